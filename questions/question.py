"""A question as data: its name, its controls, the charts it may draw, and the function that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from questions.answer import Answer
from questions.controls import NoControls
from questions.view import View


@dataclass(frozen=True, slots=True)
class Question:
    """What people ask.

    name       its word in addresses and commands
    title      what stands above the answer
    purpose    one line below the title, in place of what it asks
    asks       what it asks, in one line, below the title and in lists of questions
    answer     from what is seen and what was chosen to the answer
    controls   the frozen dataclass of its controls (see controls.py)
    charts     names of all charts that it may draw; each name is of one question only
    live       it reads the ledger as it is now, so its answers are not kept
    feeds      addresses of feeds that take its controls, by what to call them
    folds      what its widgets are called where they are many: a page folds them below the answer
    """

    name: str
    title: str
    asks: str
    answer: Callable[[View, Any], Answer]
    controls: type[Any] = NoControls
    charts: tuple[str, ...] = ()
    live: bool = False
    purpose: str = ""
    feeds: Mapping[str, str] = field(default_factory=dict, hash=False)
    folds: str = ""
