"""Stands in for the refresher: takes its place, beats, and does what STAND_IN_DOES says."""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from config import load_settings
from pipeline.schedule.resident import LOCK, RENEW, STANDBY, _end, _end_with_keeper, megabytes
from store.beat import Beat, note_beat
from store.store import store_of


def main(does: str) -> None:
    """Begin a run of source `a` and never end it; or ask to be renewed."""
    settings = load_settings()
    lock = FileLock(settings.home / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        sys.exit(STANDBY)
    signal.signal(signal.SIGTERM, signal.SIG_IGN if does == "deaf" else _end)
    threading.Thread(target=_end_with_keeper, daemon=True).start()
    ledger, now = store_of(settings).ledger(), datetime.now(UTC)
    note_beat(ledger, Beat(os.getpid(), now, now, ("a",), now, 0, megabytes()))
    if does == "renew":
        sys.exit(RENEW)
    sys.stderr.write("I am at it\n")
    sys.stderr.flush()
    ledger.start("a", "schedule", now)
    threading.Event().wait()


if __name__ == "__main__":
    main(os.environ["STAND_IN_DOES"])
