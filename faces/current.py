"""Which snapshot all faces of a process show: the newest whose default answers are ready.

A new snapshot is followed only after its answers were computed in the background, so that no visitor waits
for a cold page; the first one of a process is shown at once.
"""

from __future__ import annotations

import ctypes
import gc
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from charts.parts.theme import Mode
from config import Settings
from questions.answer import Drawn, every_block
from questions.cache import ANSWERS, AnswerCache
from questions.controls import read
from questions.question import Question
from questions.registry import all_questions, question_named
from questions.view import View, as_of_date
from store.snapshot import NoSnapshotError, Snapshot
from store.store import store_of

LOOK_SECONDS: Final = 5.0
_log = logging.getLogger(__name__)
_shown: dict[Path, Snapshot] = {}
_guard = Lock()


def current_snapshot(settings: Settings) -> Snapshot:
    """The snapshot to show: the one that is followed, else the newest. Raises NoSnapshotError."""
    with _guard:
        followed = _shown.get(settings.home)
    return followed or store_of(settings).latest()


def current_view(settings: Settings, as_of_text: str | None = None) -> View:
    """What a route or a command sees, as of a day or today. Raises NoSnapshotError and AsOfError."""
    today = datetime.now(UTC).date()
    snapshot = current_snapshot(settings)
    return View(snapshot, as_of_date(as_of_text, today), today, store_of(settings).ledger())


def away_since(settings: Settings) -> datetime | None:
    """Since when this process cannot look for what is newer (aware UTC); None while it can."""
    return store_of(settings).away_since()


class Follower:
    """Follows the published snapshots of a folder in a thread of its own."""

    def __init__(
        self,
        settings: Settings,
        answers: AnswerCache = ANSWERS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        first: Sequence[str] = (),
        begin: Callable[[], bool] | None = None,
    ) -> None:
        """`first` names the questions whose answers are computed before those of all others, in order.

        `begin` is what is to be done before anything can be shown, asked until it says that it is done.
        """
        self._settings = settings
        self._clock = clock
        self._answers = answers
        self._day: date | None = None
        self._first = first
        self._begin = begin
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="follow snapshots", daemon=True)

    def start(self) -> None:
        """Show the newest snapshot at once, and begin to look for newer ones."""
        self._thread.start()

    def prepare_front(self) -> None:
        """Compute the answer of the page that is met first, where there are data."""
        with suppress(NoSnapshotError):
            prepare(
                [question_named(name) for name in self._first[:1]],
                current_view(self._settings),
                self._answers,
            )

    def stop(self) -> None:
        """Look no more; a computation under way ends with the process."""
        self._stopped.set()
        with _guard:
            _shown.pop(self._settings.home, None)

    def look(self) -> bool:
        """Follow a snapshot, or a day, that is new; whether there was one."""
        home, store = self._settings.home, store_of(self._settings)
        newest, today = store.latest(), self._clock().date()
        with _guard:
            shown = _shown.get(home)
            if shown is None:
                _shown[home] = newest
        if (shown, self._day) == (newest, today):
            return False
        view = View(newest, today, today, store.ledger())
        # The one that is shown stays until the next comes, for whoever began on it. Those before it go first:
        # each holds as much as the new one, and what was held at once is never wholly given back.
        keep = frozenset(one.id for one in (newest, shown) if one)
        self._answers.forget(newest.file.parent, keep, self._day or today)
        prepare(self._in_order(), view, self._answers)
        with _guard:
            _shown[home] = newest
        self._day = today
        give_back()
        return True

    def _in_order(self) -> list[Question]:
        known = all_questions()
        return [known[name] for name in dict.fromkeys((*self._first, *known))]

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                if self._begin is not None and self._begin():
                    self._begin = None
                self.look()
            except NoSnapshotError:
                pass
            except Exception:  # noqa: BLE001 - whatever is wrong with a new snapshot, the old is still good
                _log.exception("The newest snapshot cannot be shown; the one before stays.")
            self._stopped.wait(LOOK_SECONDS)


def give_back() -> None:
    """Hand free memory back to the system, and take what stays from the collector of garbage.

    The collector stops everybody while it looks through all that stays; what was set aside before and is not
    needed any more is collected first. Where the C library cannot give memory back, the process keeps it.
    """
    gc.unfreeze()
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    gc.freeze()


def prepare(questions: Iterable[Question], view: View, answers: AnswerCache = ANSWERS) -> None:
    """Compute the default answers and draw their charts; a question that fails is left to its readers."""
    for question in questions:
        try:
            controls, _ = read(question.controls, view, {})
            for block in every_block(answers.answer(question, view, controls).blocks):
                if isinstance(block, Drawn):
                    for mode in Mode:
                        block.chart.finished(mode)
        except Exception:  # noqa: BLE001 - a fault of one question costs the others nothing
            _log.exception("The question %s could not be answered ahead of its readers.", question.name)
