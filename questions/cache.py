"""One bounded store of answers for all faces of a process, and the key that is also the ETag."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final

from questions.answer import Answer
from questions.controls import written
from questions.question import Question
from questions.view import View

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
    """The newest answers by key; two who ask the same at once get one computation."""

    def __init__(self, most: int = KEPT_ANSWERS) -> None:
        self._most = most
        self._kept: OrderedDict[AnswerKey, Answer] = OrderedDict()
        self._underway: dict[AnswerKey, Lock] = {}
        self._guard = Lock()

    def answer(self, question: Question, view: View, controls: object) -> Answer:
        """The answer, computed only where it is not kept; a live question is answered each time."""
        if question.live:
            return question.answer(view, controls)
        key = key_of(question, view, controls)
        with self._guard:
            turn = self._underway.setdefault(key, Lock())
        with turn:
            found = self._look_up(key)
            if found is None:
                try:
                    found = question.answer(view, controls)
                finally:
                    with self._guard:
                        self._underway.pop(key, None)
                self._keep(key, found)
            return found

    def _look_up(self, key: AnswerKey) -> Answer | None:
        with self._guard:
            if key not in self._kept:
                return None
            self._underway.pop(key, None)
            self._kept.move_to_end(key)
            return self._kept[key]

    def _keep(self, key: AnswerKey, answer: Answer) -> None:
        with self._guard:
            self._kept[key] = answer
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


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
