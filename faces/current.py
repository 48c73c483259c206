"""Which snapshot all faces of a process show: the newest whose default answers are ready.

A new snapshot is followed only after its answers were computed in the background, so that no visitor waits
for a cold page; the first one of a process is shown at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from config import Settings
from questions.answer import every_block
from questions.cache import ANSWERS, AnswerCache
from questions.controls import read
from questions.question import Question
from questions.registry import all_questions
from questions.view import View, as_of_date
from store.ledger import Ledger
from store.snapshot import NoSnapshotError, Snapshot, latest

LOOK_SECONDS: Final = 5.0
_log = logging.getLogger(__name__)
_shown: dict[Path, Snapshot] = {}
_guard = Lock()


def current_snapshot(folder: Path) -> Snapshot:
    """The snapshot to show: the one that is followed, else the newest. Raises NoSnapshotError."""
    with _guard:
        followed = _shown.get(folder)
    return followed or latest(folder)


def current_view(settings: Settings, as_of_text: str | None = None) -> View:
    """What a route or a command sees, as of a day or today. Raises NoSnapshotError and AsOfError."""
    today = datetime.now(UTC).date()
    snapshot = current_snapshot(settings.snapshot_folder)
    return View(snapshot, as_of_date(as_of_text, today), today, Ledger(settings.ledger_file))


class Follower:
    """Follows the published snapshots of a folder in a thread of its own."""

    def __init__(self, settings: Settings, answers: AnswerCache = ANSWERS) -> None:
        self._settings = settings
        self._answers = answers
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="follow snapshots", daemon=True)

    def start(self) -> None:
        """Show the newest snapshot at once, and begin to look for newer ones."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a computation under way ends with the process."""
        self._stopped.set()
        with _guard:
            _shown.pop(self._settings.snapshot_folder, None)

    def look(self) -> bool:
        """Follow a snapshot that is new; whether there was one."""
        folder = self._settings.snapshot_folder
        newest = latest(folder)
        with _guard:
            shown = _shown.get(folder)
            if shown is None:
                _shown[folder] = newest
        if shown == newest:
            return False
        today = datetime.now(UTC).date()
        view = View(newest, today, today, Ledger(self._settings.ledger_file))
        prepare(all_questions().values(), view, self._answers)
        with _guard:
            _shown[folder] = newest
        return True

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.look()
            except NoSnapshotError:
                pass
            except Exception:  # noqa: BLE001 - whatever is wrong with a new snapshot, the old is still good
                _log.exception("The newest snapshot cannot be shown; the one before stays.")
            self._stopped.wait(LOOK_SECONDS)


def prepare(questions: Iterable[Question], view: View, answers: AnswerCache = ANSWERS) -> None:
    """Compute the default answers, put-off blocks included; a question that fails is left to its readers."""
    for question in questions:
        try:
            controls, _ = read(question.controls, view, {})
            for _block in every_block(answers.answer(question, view, controls).blocks):
                pass
        except Exception:  # noqa: BLE001 - a fault of one question costs the others nothing
            _log.exception("The question %s could not be answered ahead of its readers.", question.name)
