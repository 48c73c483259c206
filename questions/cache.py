"""One bounded store of answers for all faces of a process, and the key that is also the ETag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from questions.answer import Answer
from questions.bounded import Bounded
from questions.controls import written
from questions.kept import forget_results
from questions.question import Question
from questions.view import View, forget_rows

KEPT_ANSWERS: Final = 300
_CODE: Final = ("analysis", "charts", "questions", "store")
"""The packages whose code makes an answer out of a snapshot."""


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """All that an answer depends on."""

    snapshot: str
    published: int
    as_of: date
    today: date
    question: str
    controls: tuple[tuple[str, str], ...]
    code: str

    def etag(self) -> str:
        """The key as the entity tag of HTTP, without quotes."""
        return sha256(repr(self).encode()).hexdigest()[:24]


class AnswerCache:
    """The newest answers by key."""

    def __init__(self, most: int = KEPT_ANSWERS) -> None:
        self._answers: Bounded[AnswerKey, Answer] = Bounded(most)

    def answer(self, question: Question, view: View, controls: object) -> Answer:
        """The answer, computed only where it is not kept; a live question is answered each time."""
        if question.live:
            return question.answer(view, controls)
        key = key_of(question, view, controls)
        return self._answers.result(key, lambda: question.answer(view, controls))

    def forget(self, folder: Path, keep: frozenset[str], since: date) -> None:
        """Let go of what was answered on the snapshots in a folder, but for those of these ids since a day.

        Nobody asks an old snapshot again, or as of yesterday's today, and each holds as much as the new one.
        """
        there = {f"{folder}/{name}" for name in keep}

        def is_old(key: AnswerKey) -> bool:
            return key.snapshot.startswith(f"{folder}/") and (key.snapshot not in there or key.today < since)

        self._answers.forget(is_old)
        forget_results(folder, keep, since)
        forget_rows(folder, keep)

    def made(self, question: Question, view: View, controls: object) -> Answer | None:
        """The answer where it is kept already, for faces that must not wait for it."""
        return None if question.live else self._answers.made(key_of(question, view, controls))


ANSWERS: Final = AnswerCache()
"""The store that pages, routes and background work of a process share."""


def key_of(question: Question, view: View, controls: object) -> AnswerKey:
    """What the answer to a question depends on."""
    snapshot = view.snapshot
    return AnswerKey(
        f"{snapshot.file.parent}/{snapshot.id}",
        snapshot.file.stat().st_mtime_ns if snapshot.file.exists() else 0,
        view.as_of,
        view.today,
        question.name,
        written(controls),
        code_version(),
    )


@cache
def code_version() -> str:
    """A digest of the code that answers are made by: two versions never share an answer."""
    root = Path(__file__).parents[1]
    files = [
        file for name in _CODE for kind in ("*.py", "*.sql") for file in sorted((root / name).rglob(kind))
    ]
    digest = sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
