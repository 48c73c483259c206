"""The child process that parses: it is told what to read a line at a time, and dies of what it must not do.

Its limits are the system's own, so that they hold inside compiled code too and when nobody watches any more:
memory (RLIMIT_DATA; address space alone is one or two gigabytes), processor time and wall time (several times
as much, since a busy machine is no fault of a payload). Polars aborts where memory ends; the parent then
knows which payloads were being read.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from store.garbage import look_rarely_for_garbage

MEMORY_EXIT: Final = 77
"""Exit code of a child that ran out of memory in Python's own code."""

WALL_PER_PROCESSOR: Final = 10
"""How much longer than of the processor a reading may take by the clock."""


def main(megabytes: int, seconds: int) -> None:
    """Answer one line on the standard output for each on the standard input, until that ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a parser prints is no answer
    _limit(resource.RLIMIT_DATA, megabytes * 1_000_000)
    _limit(resource.RLIMIT_CORE, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    look_rarely_for_garbage()
    reader = _Reader()
    for line in sys.stdin:
        _begin(seconds)
        try:
            answer = reader.answer(json.loads(line))
        except MemoryError:
            os._exit(MEMORY_EXIT)
        signal.alarm(0)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _begin(seconds: int) -> None:
    """So many seconds from now, of the clock and of the processor, and the system ends this process."""
    signal.alarm(WALL_PER_PROCESSOR * seconds)
    used = int(time.process_time()) + 1
    _limit(resource.RLIMIT_CPU, used + seconds)


def _limit(what: int, most: int) -> None:
    """Limit this process; never beyond what whoever started us may use himself."""
    _, own = resource.getrlimit(what)
    resource.setrlimit(what, (most if own == resource.RLIM_INFINITY else min(most, own), own))


class _Reader:
    """Keeps the sources that it has imported."""

    def __init__(self) -> None:
        """Import what parsing needs: now that the limits are set, and before any payload's time runs."""
        self._archive = import_module("store.archive")
        self._parse = import_module("ingest.take_in.parse")
        self._records_file = import_module("ingest.take_in.records_file")
        self._registry = import_module("ingest.registry")
        self._sources: dict[tuple[str, str], Any] = {}

    def answer(self, asked: dict[str, Any]) -> dict[str, str]:
        """Parse what was asked for into a file; says `damaged` or `broken` where that was not possible."""
        if "about" in asked:
            return self._guess(asked)
        try:
            source = self._source(asked["file"], asked["source_id"])
            entries = [self._archive.entry_of_json(row) for row in asked["entries"]]
            found = self._parse.parsed(source, self._archive.Archive(Path(asked["archive"])), entries)
        except self._archive.ArchiveError as error:
            return {"damaged": str(error)}
        except LookupError as error:
            return {"broken": str(error)}
        try:
            self._records_file.write_records(Path(asked["into"]), found)
        except OSError as error:  # no room, say: no fault of the payload
            return {"broken": f"{asked['into']} cannot be written ({error.strerror})"}
        return {}

    def _guess(self, asked: dict[str, Any]) -> dict[str, str]:
        """Forms that would take a payload in, or why there is none, into a file."""
        drafts = import_module("ingest.declared.guess.drafts")
        proposal = import_module("ingest.declared.guess.proposal")
        about = drafts.About(**asked["about"])
        entry = self._archive.entry_of_json(asked["entry"])
        payload = self._parse.payload_of(self._archive.Archive(Path(asked["archive"])), entry)
        found = proposal.proposals(payload, about)
        reason = "" if found else proposal.told(payload, about)
        tables = [asdict(table) for table in proposal.tables_found(payload)]
        currency = "" if found else proposal.currency_asked(payload, about)
        forms = [item.to_json() for item in found]
        said = {"proposals": forms, "reason": reason, "tables": tables, "currency": currency}
        Path(asked["into"]).write_text(json.dumps(said), encoding="utf-8")
        return {}

    def _source(self, file: str, source_id: str) -> Any:
        if (file, source_id) not in self._sources:
            self._sources[file, source_id] = self._registry.read_source(Path(file), source_id)
        return self._sources[file, source_id]


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(int(sys.argv[1]), int(sys.argv[2]))
