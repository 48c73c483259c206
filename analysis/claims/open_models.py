"""How closely models with open weights follow the closed ones."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from analysis.amounts import in_words, percent
from analysis.claims.statement import ClaimVerdict, Finding, Tense, cannot_be_told, claim, evidence_of
from analysis.results import DAYS_PER_YEAR, Interval

CLOSE_MONTHS = 12.0
"""What counts as "close behind" is not in the article: a year is our reading, and the page says so."""

FOLLOWING_DAYS = 730
"""A follower is of the two years before: an old model with few, narrow tests may top the index by chance."""

DAYS_PER_MONTH = DAYS_PER_YEAR / 12
CLOSE_POINTS = 0.05
NEAR_POINTS = 0.15


@claim(
    statement="Open models follow close behind the closed ones.",
    measure="Months since a closed model first reached what the best open model reaches, capability index",
    unit="months",
    page="trends",
    query="claim_index",
    rule=f"'Close behind' is read as at most {CLOSE_MONTHS:g} months: held if the whole interval of the "
    "lag lies within them; it did not hold if all of it lies beyond, and cannot be told in between.",
    would_change="A best open model whose level a closed one had reached more than 12 months before.",
    tense=Tense.COURSE,
)
def open_models_follow_closely(index: pl.DataFrame, on: date) -> Finding:
    """Held if the lag is surely at most a year, not held if it is surely more.

    `index`: model_id, released_on, open_weights (nullable: then left out), value, low, high (points, 90 %),
    source_id, payload_sha256, url. The interval of the lag is that of the open model's index, with the closed
    models' taken as they are.
    """
    dated = index.filter(pl.col("released_on") <= on).drop_nulls(["open_weights", "value"])
    opened, closed = (dated.filter(pl.col("open_weights") == flag) for flag in (True, False))
    if opened.is_empty() or closed.is_empty():
        return cannot_be_told("The index has no open or no closed model released by then.")
    lasts: date = dated["released_on"].max()  # type: ignore[assignment]  # a column of dates
    following = opened.filter(pl.col("released_on") > lasts - timedelta(days=FOLLOWING_DAYS))
    if following.is_empty():
        return cannot_be_told("The index has no open model of the last two years.")
    best = following.sort("value", descending=True).row(0, named=True)
    lag, matched = lag_months(closed, best["value"], lasts)
    ends = [lag_months(closed, best[end], lasts)[0] for end in ("high", "low") if best[end] is not None]
    interval = Interval(ends[0], ends[1]) if len(ends) == 2 else None
    return Finding(
        verdict=_lag_verdict(interval),
        why="The index rests on public benchmarks, on which open models may do better than elsewhere.",
        text=f"On {in_words(lasts)} the best open model was {best['title']} ({best['value']:.1f} points); "
        + (
            f"{matched} had come as far {lag:.0f} months before."
            if matched
            else "no closed model had come as far."
        ),
        value=lag,
        interval=interval,
        n=dated.height,
        observed_on=lasts,
        evidence=evidence_of(dated),
    )


def lag_months(closed: pl.DataFrame, points: float, on: date) -> tuple[float, str | None]:
    """Months from the first closed model with at least `points` to `on`, its title; 0, None without one."""
    reached = closed.filter(pl.col("value") >= points).sort("released_on", "model_id")
    if reached.is_empty():
        return 0.0, None
    first = reached.row(0, named=True)
    return (on - first["released_on"]).days / DAYS_PER_MONTH, str(first["title"])


def _lag_verdict(lag: Interval | None) -> ClaimVerdict:
    if lag is None or lag.low <= CLOSE_MONTHS < lag.high:
        return ClaimVerdict.CANNOT_BE_TOLD
    return ClaimVerdict.HELD if lag.high <= CLOSE_MONTHS else ClaimVerdict.DID_NOT_HOLD


@claim(
    statement="QwQ, an open model, follows close behind o1.",
    measure="Score of QwQ (preview) less that of the newest o1 on the newest LiveBench that has both",
    unit="percentage points",
    page="value",
    query="claim_qwq",
    rule=f"'Close behind' is read as at most {100 * CLOSE_POINTS:g} percentage points below o1, partly as "
    f"up to {100 * NEAR_POINTS:g}; further below it did not hold.",
    would_change="An edition of LiveBench on which the gap lies on another side of 5 or of 15 points.",
    tense=Tense.FACT,
)
def qwq_follows_o1_closely(scores: pl.DataFrame, on: date) -> Finding:
    """Held within 5 percentage points (or above), partly within 15.

    `scores`: role ('qwq', 'later qwq', 'o1', 'sonnet'), model_id, title, released_on, benchmark_id,
    benchmark (its title), score (fraction), observed_on, source_id, payload_sha256, url. QwQ's successor is
    told beside it and never judges. LiveBench states no error, so the gap has no interval.
    """
    released = scores.filter(pl.col("released_on") <= on).sort("released_on")
    newest = released.unique(["benchmark_id", "role"], keep="last", maintain_order=True)
    version = _newest_with_both(newest, "qwq").filter(pl.col("role") != "later qwq")
    if version.is_empty():
        return cannot_be_told("No edition of LiveBench is known to have scored QwQ and o1 by then.")
    score = dict(version.select("role", "score").iter_rows())
    gap = round(score["qwq"] - score["o1"], 9)  # five points are five points, whatever their last bit
    later = _newest_with_both(newest, "later qwq").filter(pl.col("role").is_in(["later qwq", "o1"]))
    return Finding(
        verdict=_gap_verdict(gap),
        why="LiveBench states no error of its total, so the gap has none.",
        text="; beside it, a later model: ".join(
            filter(None, [_scores_in_words(version), _scores_in_words(later)])
        )
        + ".",
        value=100 * gap,
        n=version.height,
        observed_on=version["observed_on"].max(),  # type: ignore[arg-type]  # a column of dates
        evidence=evidence_of(pl.concat([version, later])),
    )


def _newest_with_both(newest: pl.DataFrame, role: str) -> pl.DataFrame:
    """The rows of the newest edition that has both this role and o1, by role; empty without one."""
    roles = pl.col("role").filter(pl.col("role").is_in([role, "o1"])).n_unique()
    both = newest.filter(roles.over("benchmark_id") == 2)
    return both.filter(pl.col("benchmark_id") == pl.col("benchmark_id").max()).sort("role")


def _scores_in_words(version: pl.DataFrame) -> str:
    if version.is_empty():
        return ""
    scores = version.select("title", "score").iter_rows()
    return f"{version['benchmark'][0]}: " + ", ".join(
        f"{model} {percent(value, 1)}" for model, value in scores
    )


def _gap_verdict(gap: float) -> ClaimVerdict:
    if gap >= -CLOSE_POINTS:
        return ClaimVerdict.HELD
    return ClaimVerdict.PARTLY if gap >= -NEAR_POINTS else ClaimVerdict.DID_NOT_HOLD
