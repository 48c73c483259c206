"""What the question of sources says of their states, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import polars as pl

from charts.parts.figure import in_words
from questions.sources.states import SourceState
from questions.wording import counted

MEANINGS: Final = (
    "Fresh: the last run went well and the next is not due. Due: its time has come, or it has never run "
    "here. Late: its time passed more than ten minutes ago. Failing: the last run failed, and the error "
    "says why. A back-fill never makes a source fresh."
)
WOULD_CHANGE: Final = "The next run of each source, which the table names; a person can run any of them now."


def first_line(table: pl.DataFrame, now: datetime) -> str:
    """How many sources are in which state, at which instant."""
    counts = dict(table.group_by("state").len().iter_rows())
    told = [f"{counts[state.value]} {_words(state)}" for state in SourceState if state.value in counts]
    return f"On {in_words(now.date())} at {now:%H:%M} UTC, of {table.height} sources: {', '.join(told)}."


def reach(held: Mapping[str, Any]) -> str:
    """How far the data reach; nothing where there are none. `held`: a row of newest_payload.sql."""
    return f"Newest data: {in_words(held['last_as_of'].date())}." if held["last_as_of"] else ""


def rests_on(held: Mapping[str, Any]) -> str:
    """How much is held, and what the states mean."""
    return (
        f"{counted(held['rows_held'], 'row')} from {counted(held['sources'], 'source')}, "
        f"{counted(held['payloads'], 'payload')} kept, and the runs on this machine. {MEANINGS}"
    )


def _words(state: SourceState) -> str:
    return "in need of a key" if state is SourceState.NEEDS_KEY else state.value
