"""What a claim is: a statement, a measure, and what the data say of it on two dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from analysis.results import Interval, Reading


class ClaimVerdict(StrEnum):
    """What the data say of a claim, a closed list."""

    HELD = "held"
    DID_NOT_HOLD = "did not hold"
    PARTLY = "partly"
    CANNOT_BE_TOLD = "cannot be told"


class Tense(StrEnum):
    """Which of the two dates judges a claim."""

    FACT = "a fact on fixed models: judged by the best measurement there is now"
    STATE = "a state of affairs: judged by the data on the claim's own date"
    COURSE = "a course of things: judged by what has followed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One payload that a figure rests on, or only its source where the figure is derived from many.

    `url` is that of the rows used, where they share one.
    """

    source_id: str
    payload_sha256: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the data of one date say of a claim.

    `value` is in the claim's unit; `interval` says by its level what it is: below 1 an interval of sampling
    error, 1 the range from the lowest to the highest figure. `n` counts the figures behind it, `observed_on`
    is the day of the newest of them. `text` gives the figures in words, `why` the reason for the verdict,
    `would_change` the finding that would turn it, where that depends on the data.
    """

    verdict: ClaimVerdict
    why: str
    text: str = ""
    value: float | None = None
    interval: Interval | None = None
    n: int = 0
    observed_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    would_change: str = ""


Judge = Callable[[pl.DataFrame, date], Finding]
"""The frame of a claim's query and a day -> what could be said of the claim on that day."""


@dataclass(frozen=True, slots=True)
class ClaimDefinition:
    """A claim before the data: its words, its measure and the function that judges it.

    `query` names the query whose rows `judge` takes; `page` is the address of the page that shows it;
    `rule` says in one sentence how `judge` decides, for readers who know no statistics; `would_change` says
    which finding would turn the verdict by it.
    """

    claim_id: str
    statement: str
    measure: str
    unit: str
    page: str
    tense: Tense
    query: str
    rule: str
    would_change: str
    judge: Judge


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with what was known in December 2024 (`then`) and what is known now."""

    definition: ClaimDefinition
    then: Finding
    then_reading: Reading
    now: Finding

    @property
    def deciding(self) -> Finding:
        """The finding that judges the claim, by its tense."""
        return self.then if self.definition.tense is Tense.STATE else self.now

    @property
    def verdict(self) -> ClaimVerdict:
        """Whether the claim, as made in December 2024, held."""
        return self.deciding.verdict

    def reason(self, finding: Finding) -> str:
        """The reason for the verdict of one side, and what would change it."""
        change = finding.would_change or self.definition.would_change
        return f"{finding.why} What would change it: {change}"


def claim(
    statement: str,
    measure: str,
    unit: str,
    page: str,
    query: str,
    rule: str,
    would_change: str,
    tense: Tense = Tense.STATE,
) -> Callable[[Judge], ClaimDefinition]:
    """Make a claim of the function that judges it; the function's name is the claim's id."""

    def define(judge: Judge) -> ClaimDefinition:
        claim_id = judge.__name__.replace("_", "-")
        return ClaimDefinition(
            claim_id, statement, measure, unit, page, tense, query, rule, would_change, judge
        )

    return define


def cannot_be_told(why: str, **found: object) -> Finding:
    """The finding where the data do not decide; `found` may give what there is all the same."""
    return Finding(verdict=ClaimVerdict.CANNOT_BE_TOLD, why=why, **found)  # type: ignore[arg-type]  # fields of Finding


def evidence_of(rows: pl.DataFrame) -> tuple[Evidence, ...]:
    """The distinct payloads of rows with source_id, payload_sha256 (null: derived) and url, in order."""
    shared_url = pl.when(pl.col("url").n_unique() == 1).then(pl.col("url").first())
    payloads = rows.group_by("source_id", "payload_sha256").agg(shared_url.alias("url"))
    return tuple(Evidence(*row) for row in payloads.sort("source_id", "payload_sha256").iter_rows())


def range_of(values: Iterable[float]) -> Interval | None:
    """From the lowest to the highest of two or more figures (level 1: a range, no sampling error)."""
    found = sorted(values)
    return Interval(found[0], found[-1], level=1.0) if len(found) > 1 else None
