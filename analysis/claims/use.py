"""Whether chat and coding assistants already work, judged by who keeps using them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from analysis.amounts import in_words, large_amount, percent
from analysis.claims.statement import ClaimVerdict, Finding, cannot_be_told, claim, evidence_of

MANY_USERS = 100e6
MAJORITY = 0.5

WEEKLY_USERS = "users-chatgpt-weekly"
USE_OR_PLAN = "survey-stack-overflow-survey-developers-use-or-plan-to-use-ai-tools"
USE_NOW = "survey-stack-overflow-survey-developers-use-ai-tools-now"
TRUST = "survey-stack-overflow-survey-developers-trust-the-accuracy-of-ai-output"
DISTRUST = "survey-stack-overflow-survey-developers-distrust-the-accuracy-of-ai-output"
REVENUE = "coding-tools-cursor-annualised-revenue"


@claim(
    statement="Chat already works.",
    measure="Weekly users of ChatGPT, as reported",
    unit="users",
    page="dotcom",
    query="claim_use",
    rule=f"'Works' is read as use: held if at least {large_amount(MANY_USERS)} people use it every week, and "
    "more than a year before; partly where the year before is not known; otherwise it did not hold.",
    would_change="Fewer than 100 million weekly users, or fewer than a year before.",
)
def chat_already_works(figures: pl.DataFrame, on: date) -> Finding:
    """Held if at least 100 million people use it weekly, and more than a year before.

    `figures`: series_id, title, valid_on, valid_precision, value, reported_by, source_id, payload_sha256,
    url.
    """
    users = _until(figures, on).filter(series_id=WEEKLY_USERS)
    if users.is_empty():
        return cannot_be_told("No number of weekly users had been stated.")
    newest = users.row(-1, named=True)
    before = users.filter(pl.col("valid_on") <= newest["valid_on"] - timedelta(days=365))
    year_ago = before["value"][-1] if before.height else None
    return Finding(
        verdict=_users_verdict(newest["value"], year_ago),
        why=f"People keep coming back; how well it serves them is not measured. Reported by: "
        f"{newest['reported_by'] or 'not said'}.",
        text=f"{large_amount(newest['value'])} on {in_words(newest['valid_on'])}"
        + (f", {large_amount(year_ago)} a year or more before." if year_ago else "."),
        value=newest["value"],
        n=users.height,
        observed_on=newest["valid_on"],
        evidence=evidence_of(users),
    )


def _users_verdict(users: float, year_ago: float | None) -> ClaimVerdict:
    if users < MANY_USERS:
        return ClaimVerdict.DID_NOT_HOLD
    if year_ago is None:
        return ClaimVerdict.PARTLY
    return ClaimVerdict.HELD if users > year_ago else ClaimVerdict.DID_NOT_HOLD


@claim(
    statement="Coding assistants already work.",
    measure="Share of developers in the newest Stack Overflow survey who use or plan to use AI tools",
    unit="fraction",
    page="dotcom",
    query="claim_use",
    rule="'Work' is read as use and trust: held if most developers use them (or plan to, where only that was "
    "asked) and as many trust the answers as distrust them; partly if only the first is so; otherwise it did "
    "not hold.",
    would_change="A survey in which trust is as common as distrust, or one in which most use no AI tools.",
)
def coding_assistants_already_work(figures: pl.DataFrame, on: date) -> Finding:
    """Held if most use them and no fewer trust than distrust them; partly where trust is lower or not asked.

    The question on use and plans is the one that every survey on record asked, so it is the one compared;
    where the newest survey asked for use alone too, that share judges.

    `figures` as for `chat_already_works`. The survey is of volunteers, so its share has no sampling interval.
    """
    stated = _until(figures, on)
    planned, use, trust, distrust = (
        _newest(stated, name) for name in (USE_OR_PLAN, USE_NOW, TRUST, DISTRUST)
    )
    asked = planned or use
    if asked is None:
        return cannot_be_told("No survey had asked developers whether they use AI tools.")
    judging = use if use is not None and use.stated_on >= asked.stated_on else asked
    told = (
        _asked_in_words(planned, "use or plan to use AI tools"),
        _asked_in_words(use, "used them"),
        _trust_in_words(trust, distrust),
        _revenue_in_words(_newest(stated, REVENUE)),
    )
    return Finding(
        verdict=_coding_verdict(judging.value, trust, distrust),
        why="Use is not success: what developers gain was not measured here. The survey is of volunteers.",
        text=f"Of developers {'; '.join(filter(None, told))}.",
        value=asked.value,
        n=1,
        observed_on=asked.stated_on if asked.to_the_day else None,
        evidence=evidence_of(stated.filter(pl.col("series_id") != WEEKLY_USERS)),
    )


@dataclass(frozen=True, slots=True)
class _Stated:
    """A stated figure; `to_the_day` is false where only its month or year is known."""

    value: float
    stated_on: date
    to_the_day: bool


def _until(figures: pl.DataFrame, on: date) -> pl.DataFrame:
    return figures.filter(pl.col("valid_on") <= on).sort("series_id", "valid_on", maintain_order=True)


def _newest(stated: pl.DataFrame, series_id: str) -> _Stated | None:
    to_the_day = pl.col("valid_precision") == "day"
    rows = stated.filter(series_id=series_id).select("value", "valid_on", to_the_day).rows()
    return _Stated(*rows[-1]) if rows else None


def _coding_verdict(use: float, trust: _Stated | None, distrust: _Stated | None) -> ClaimVerdict:
    if use <= MAJORITY:
        return ClaimVerdict.DID_NOT_HOLD
    trusted = trust is not None and distrust is not None and trust.value >= distrust.value
    return ClaimVerdict.HELD if trusted else ClaimVerdict.PARTLY


def _asked_in_words(stated: _Stated | None, what: str) -> str:
    return "" if stated is None else f"{percent(stated.value)} {what} (survey of {stated.stated_on.year})"


def _trust_in_words(trust: _Stated | None, distrust: _Stated | None) -> str:
    if trust is None or distrust is None:
        return "trust in the answers had not been asked"
    return (
        f"{percent(trust.value)} trust and {percent(distrust.value)} distrust the answers "
        f"({trust.stated_on.year})"
    )


def _revenue_in_words(revenue: _Stated | None) -> str:
    if revenue is None:
        return ""
    return f"Cursor earned ${large_amount(revenue.value)} a year by {revenue.stated_on:%B %Y} (second-hand)"
