"""Asking a question of a home as an address does, for the tests of questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from questions.answer import Answer, Block, Folded, Heading, Notice, Paragraph, Table, every_block
from questions.controls import must_read
from questions.question import Question
from questions.view import View, as_of_date
from store.ledger import Ledger
from store.snapshot import latest

TODAY: Final = date(2026, 9, 15)


def view_of(home: Path, as_of: str = "") -> View:
    """The newest snapshot of a home as of a day, or of `TODAY`."""
    return View(latest(home / "snapshots"), as_of_date(as_of, TODAY), TODAY, Ledger(home / "ledger.sqlite"))


def ask(question: Question, home: Path, as_of: str = "", **given: str) -> Answer:
    """The answer to a question with the words of its controls. Raises ControlError for a wrong word."""
    view = view_of(home, as_of)
    words = {name: [word] for name, word in given.items()}
    return question.answer(view, must_read(question.controls, view, words))


def words(answer: Answer) -> str:
    """All that an answer says outside its charts and tables, a line for each part."""
    lines = [answer.first_line, answer.caveat, answer.rests_on, answer.would_change]
    return "\n".join([*lines, *_said(answer.blocks)])


def table(answer: Answer, name: str) -> pl.DataFrame:
    """The rows of one table."""
    return next(
        block.rows for block in every_block(answer.blocks) if isinstance(block, Table) and block.name == name
    )


def headings(answer: Answer) -> list[str]:
    """The parts of an answer, in order."""
    return [block.text for block in every_block(answer.blocks) if isinstance(block, Heading)]


def _said(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in every_block(blocks):
        match block:
            case Heading() | Paragraph() | Notice():
                yield block.text
            case Folded():
                yield block.title
            case _:
                pass
