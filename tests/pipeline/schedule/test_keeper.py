"""One refresher per home lives: it is started again, ended when it must be, and its end is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import Settings
from pipeline.schedule.keeper import Keeper, Patience, ended_how
from store.beat import Beat, endings, last_beat, suspects
from store.ledger import DIED, Ledger, Status
from tests.places import ROOT

QUICK = Patience(look=0.05, longest_run=60.0, silence=60.0, grace=5.0, first_rest=0.01, longest_rest=0.05)
HASTY = Patience(look=0.05, longest_run=0.2, silence=60.0, grace=0.2, first_rest=0.01, longest_rest=0.05)
STAND_IN = "tests.pipeline.schedule.stand_in"
WAIT_SECONDS = 60.0


def until(true: Callable[[], object]) -> None:
    """Return once something is so."""
    end = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


@contextmanager
def kept(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    does: str,
    megabytes: int = 4000,
    patience: Patience = QUICK,
) -> Iterator[Ledger]:
    """A keeper of a refresher that does nothing but what is asked."""
    monkeypatch.setenv("STAND_IN_DOES", does)
    ledger = Ledger(home / "ledger.sqlite")
    keeper = Keeper(Settings(home=home, refresh_megabytes=megabytes), patience, STAND_IN)
    keeper.start()
    try:
        yield ledger
    finally:
        keeper.stop()


def beat(ledger: Ledger) -> Beat:
    """The beat of a refresher that has begun."""
    until(lambda: last_beat(ledger))
    found = last_beat(ledger)
    assert found
    return found


def test_a_refresher_that_is_killed_is_started_again_and_its_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal and its last words stand in the ledger and in the error of the run that it was at."""
    with kept(tmp_path, monkeypatch, "run") as ledger:
        first = beat(ledger)
        until(lambda: ledger.runs().height)
        os.kill(first.process, signal.SIGKILL)
        until(lambda: beat(ledger).process != first.process)
        (ending,) = endings(ledger)
        assert (ending.process, ending.code) == (first.process, -signal.SIGKILL)
        assert "I am at it" in ending.said
        errors = ledger.runs().filter(ledger.runs()["error"].is_not_null())["error"].to_list()
        assert errors[0].startswith(f"{DIED}: signal SIGKILL")
        assert suspects(ledger) <= {"a"}


def test_a_stop_that_was_asked_for_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run under way is noted as skipped, nothing is missed, and nobody is left behind."""
    with kept(tmp_path, monkeypatch, "run") as ledger:
        process = beat(ledger).process
        until(lambda: ledger.runs().height)
    assert ledger.runs()["status"].to_list() == [Status.SKIPPED]
    assert last_beat(ledger) is None
    assert endings(ledger) == []
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize(
    ("does", "megabytes", "patience", "told"),
    [
        ("run", 4000, HASTY, "has been at one refresh (a) since"),
        ("deaf", 4000, HASTY, "has been at one refresh (a) since"),
        ("run", 1, QUICK, "more than refresh_megabytes allows"),
    ],
    ids=["too long", "deaf to being asked", "too large"],
)
def test_a_refresher_that_must_not_go_on_is_ended(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    does: str,
    megabytes: int,
    patience: Patience,
    told: str,
) -> None:
    """A run that never ends, one that cannot be asked, and memory that grows: each is ended and told."""
    with kept(tmp_path, monkeypatch, does, megabytes, patience) as ledger:
        until(lambda: endings(ledger))
        assert told in endings(ledger)[-1].said


def test_one_that_wants_to_be_renewed_is_started_anew_and_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Having grown is no fault."""
    with kept(tmp_path, monkeypatch, "renew") as ledger:
        first = beat(ledger).process
        until(lambda: beat(ledger).process != first)
        assert endings(ledger) == []


def test_the_survivor_of_two_takes_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two dashboards on one home one refreshes; when it stops, the other one does, within seconds."""
    with kept(tmp_path, monkeypatch, "run") as ledger:
        with kept(tmp_path, monkeypatch, "run"):
            first = beat(ledger).process
            time.sleep(0.2)  # the second one looks several times, and leaves the place to the first
            assert beat(ledger).process == first
        until(lambda: (last := last_beat(ledger)) and last.beat_at > datetime.now(UTC) - timedelta(seconds=5))
        os.kill(beat(ledger).process, 0)


def test_a_refresher_ends_with_its_keeper(tmp_path: Path) -> None:
    """Also where that one was killed: nobody refreshes behind the operator's back."""
    script = (
        "from config import Settings; from pathlib import Path; from pipeline.schedule.keeper import Keeper\n"
        f"Keeper(Settings(home=Path({str(tmp_path)!r})), module={STAND_IN!r}).keep()"
    )
    ledger = Ledger(tmp_path / "ledger.sqlite")
    keeper = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, "STAND_IN_DOES": "run"}
    )
    process = beat(ledger).process
    keeper.kill()
    keeper.wait()
    until(lambda: not _lives(process))


def test_exit_codes_are_told_in_words() -> None:
    """A number is for machines."""
    assert (ended_how(3), ended_how(-9), ended_how(-99)) == ("exit code 3", "signal SIGKILL", "signal 99")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
