"""How many tasks on a real computer an agent solves."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.amounts import in_words, percent
from analysis.claims.statement import ClaimVerdict, Finding, cannot_be_told, claim, evidence_of
from analysis.numeric.proportions import wilson_interval

CLAIMED_SHARE = 0.15
OSWORLD_TASKS = 369
"""Xie et al. (2024), OSWorld: Benchmarking Multimodal Agents in Real Computer Environments."""

LEVEL = 0.90


@claim(
    statement="Claude's computer use succeeds on 15 % of real tasks.",
    measure="Share of OSWorld tasks that the newest Claude on that board solves, without extra steps",
    unit="fraction",
    page="agents",
    query="claim_computer_use",
    rule=f"Held if {percent(CLAIMED_SHARE)} lies within the {percent(LEVEL)} interval that "
    f"{OSWORLD_TASKS} tasks give the share; otherwise it did not hold.",
    would_change="Another share stated for OSWorld itself: the claim holds while its interval holds 15 %.",
)
def computer_use_solves_15_percent(shares: pl.DataFrame, on: date) -> Finding:
    """Held if the binomial interval of the share over OSWorld's 369 tasks holds 0.15.

    `shares`: test, system, value (fraction), stated_on, reported_by, source_id, payload_sha256, url. OSWorld
    and OSWorld-Verified are two tests: the second is told beside the first and never judges the claim.

    References: Wilson (1927) for the interval.
    """
    stated = shares.filter(pl.col("stated_on") <= on).sort("stated_on", "value")
    own = stated.filter(pl.col("system").str.starts_with("Claude"))
    on_board = own.filter(test="OSWorld")
    if on_board.is_empty():
        return cannot_be_told("No share of a Claude model on OSWorld had been stated.", text=_beside(own))
    newest = on_board.filter(pl.col("stated_on") == pl.col("stated_on").max())
    row = newest.row(0, named=True)
    interval = wilson_interval(row["value"], OSWORLD_TASKS, LEVEL)
    reported = row["reported_by"] or "not said"
    return Finding(
        verdict=ClaimVerdict.HELD if interval.holds(CLAIMED_SHARE) else ClaimVerdict.DID_NOT_HOLD,
        why=f"How it was reported: {reported}. OSWorld's tasks are made for a test; what share of people's "
        "own tasks succeeds was not measured.",
        text=" ".join(filter(None, [f"{_listed(newest)}.", _beside(own)])),
        value=row["value"],
        interval=interval,
        n=OSWORLD_TASKS,
        observed_on=row["stated_on"],
        evidence=evidence_of(newest),
    )


def _listed(rows: pl.DataFrame) -> str:
    named = rows.select("test", "system", "value", "stated_on", "reported_by").iter_rows()
    return "; ".join(
        f"{test}: {system} {percent(value, 1)} ({in_words(day)}, {by or 'not said by whom'})"
        for test, system, value, day, by in named
    )


def _beside(own: pl.DataFrame) -> str:
    """The best Claude on OSWorld-Verified, another test."""
    best = own.filter(test="OSWorld-Verified").sort("value", "stated_on").tail(1)
    return f"On another test, {_listed(best)}." if best.height else ""
