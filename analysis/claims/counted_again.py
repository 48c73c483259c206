"""Ratios of tokens that a board gave once and gives no longer, since it ran a model anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.claims.cost import CLAIMED_TOKENS
from analysis.claims.side_by_side import of_newest_sonnet

RUN_ANEW: Final = 0.10
"""A count that differs by more than this share is one of another run; smaller changes are corrections."""


@dataclass(frozen=True, slots=True)
class CountedAgain:
    """A board's ratio of o1's tokens over Claude 3.5 Sonnet's before it ran o1 anew, and since.

    `last_on` is the day of the last reading with the old count, `since_on` that of the first with the new.
    """

    title: str
    benchmark: str
    before: float
    now: float
    last_on: date
    since_on: date

    @property
    def crosses(self) -> bool:
        """Whether the one ratio lies in the claimed range of 2 to 10 and the other does not."""
        return CLAIMED_TOKENS.holds(self.before) != CLAIMED_TOKENS.holds(self.now)


def counted_again(counts: pl.DataFrame, on: date) -> tuple[CountedAgain, ...]:
    """The o1 models whose newest count differs from the one before it, board by board.

    `counts`: role ('o1' or 'sonnet'), model_id, title, released_on, benchmark_id, benchmark,
    output_tokens_per_task, observed_on: every reading. The newest Sonnet of the board divides, by its newest
    count of each day.
    """
    known = counts.filter(pl.col("observed_on") <= on).sort(
        "observed_on", "output_tokens_per_task", maintain_order=True
    )
    return tuple(
        found for rows in known.partition_by("benchmark_id", maintain_order=True) for found in _of_board(rows)
    )


def _of_board(rows: pl.DataFrame) -> Iterator[CountedAgain]:
    divisor = of_newest_sonnet(rows)
    if divisor.is_empty():
        return
    reasoners = rows.filter(role="o1").sort("released_on", maintain_order=True)
    for own in reasoners.partition_by("model_id", maintain_order=True):
        now = own["output_tokens_per_task"][-1]
        share = (pl.col("output_tokens_per_task") / now - 1).abs()
        other = own.with_columns(other=share > RUN_ANEW)
        if not other["other"].any():
            continue
        last = other.filter("other").row(-1, named=True)
        first = other.filter(~pl.col("other"), pl.col("observed_on") > last["observed_on"])["observed_on"][0]
        yield CountedAgain(
            last["title"],
            last["benchmark"],
            last["output_tokens_per_task"] / _count_on(divisor, last["observed_on"]),
            now / _count_on(divisor, own["observed_on"][-1]),
            last["observed_on"],
            first,
        )


def _count_on(counts: pl.DataFrame, day: date) -> float:
    """The newest count by a day; the first one where it was counted later."""
    known = counts.filter(pl.col("observed_on") <= day)
    return float((known if known.height else counts.head(1))["output_tokens_per_task"][-1])
