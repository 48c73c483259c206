"""What the page on the dot-com years says of its results, as pure functions."""

from __future__ import annotations

import polars as pl

from analysis.dotcom.base_rates import BaseRate
from analysis.dotcom.likeness import Likeness, LikenessRow, LikenessVerdict
from analysis.dotcom.money import SpendingShares
from charts.parts.figure import in_words
from charts.parts.percent import percent


def of_likeness(alike: Likeness, market: str) -> str:
    """How far both booms had risen after as many days, and where the figures end."""
    then, now = alike.then, alike.now
    if then.run_up is None or now.run_up is None:
        return f"How far the two booms had risen cannot be told from the days recorded ({market})."
    return (
        f"On {in_words(now.until_on)} the AI boom stood at {now.run_up:.2f} times its start of "
        f"{alike.days:,} days before ({now.anchor.name}); after as many days the dot-com boom stood at "
        f"{then.run_up:.2f} times. Measured by: {market}."
    )


def of_base_rate(base: BaseRate) -> str:
    """What followed earlier episodes at the longest horizon, with n and the range."""
    last = base.outcomes[-1]
    if last.estimate is None or last.estimate.interval is None:
        return f"What followed markets like it cannot be told: n = {last.n} episodes, three are needed."
    interval = last.estimate.interval
    return (
        f"{last.horizon_months // 12} years after each of {last.n} earlier markets as dear and as fast-risen "
        f"the real price had changed by {percent(interval.low, signed=True)} to "
        f"{percent(interval.high, signed=True)}: {last.verdict.value}, "
        "so what comes next cannot be told."
    )


def likeness_table(alike: Likeness) -> pl.DataFrame:
    """Each quantity then and now with its own verdict."""
    return pl.DataFrame(
        [
            {
                "quantity": row.quantity,
                f"then, {in_words(alike.then.until_on)}": value_text(row.then, row.unit),
                f"now, {in_words(alike.now.until_on)}": value_text(row.now, row.unit),
                "verdict": row.verdict.value,
            }
            for row in alike.rows
        ]
    )


def of_differences(rows: tuple[LikenessRow, ...]) -> str:
    """Which quantities are alike and which are not, in one sentence."""
    kinds = {
        "Alike": [row.quantity for row in rows if row.verdict is LikenessVerdict.ALIKE],
        "larger now": [row.quantity for row in rows if row.verdict is LikenessVerdict.LARGER_NOW],
        "smaller now": [row.quantity for row in rows if row.verdict is LikenessVerdict.SMALLER_NOW],
        "not to be told": [row.quantity for row in rows if row.verdict is LikenessVerdict.CANNOT_BE_TOLD],
    }
    words = [f"**{kind}**: {', '.join(names)}" for kind, names in kinds.items() if names]
    return f"{'; '.join(words)}."


def of_spending(shares: SpendingShares) -> str:
    """The pairs of one definition, and what has only one side."""
    pairs = [
        f"**{pair.measure}**: {pair.then:g} {pair.unit} in {pair.period_then}, {pair.now:g} in "
        f"{pair.period_now} ({pair.verdict.value})"
        for pair in shares.pairs
    ]
    head = "; ".join(pairs) if pairs else "No measure has a figure of one definition on both sides"
    one_sided = ", ".join(shares.one_sided)
    tail = f" These have one side only and are set against nothing: {one_sided}." if one_sided else ""
    return f"{head}.{tail}"


def value_text(value: float | None, unit: str) -> str:
    """A figure in its unit: times, share, per year or ratio."""
    if value is None:
        return "cannot be told"
    return {
        "times": f"{value:.2f} times",
        "share": percent(value),
        "per year": f"{percent(value, 1)} a year",
        "ratio": f"{value:.1f}",
    }[unit]
