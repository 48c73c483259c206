"""What the question on the dot-com years says of its results, as pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from analysis.amounts import capital, factor_text, large_amount
from analysis.dotcom.base_rates import BaseRate
from analysis.dotcom.capital_and_cash import SpendingOfCash
from analysis.dotcom.likeness import ALIKE_WITHIN, Likeness, LikenessRow, LikenessVerdict
from analysis.dotcom.money import PairVerdict, SpendingShares
from analysis.dotcom.moved_starts import LARGEST_SHIFT_MONTHS
from analysis.results import Interval
from charts.dotcom.booms import when
from charts.dotcom.episodes import like
from charts.parts.axes import span_text
from charts.parts.figure import in_words
from charts.parts.percent import no_break_percent, percent
from questions.answer import Column
from questions.wording import agreeing, at_least, counted, listed, roughly

NOTHING: Final = "no prices and no figures of the two booms are known as of this date."
NO_DAILY: Final = (
    "The daily closes of the NASDAQ are not part of the bundled data, because Nasdaq's licence does not let "
    "them be handed on. Monthly figures stand here until a refresh has fetched the daily ones from FRED."
)
NOMINAL: Final = (
    "Consumer prices are not known as of this date, so the levels cannot be shown in constant money: these "
    "are nominal."
)
NO_EPISODE: Final = "No month since 1881 passes both thresholds: lower one."
NO_SPLIT: Final = "No data yet: prices and earnings of both ends are needed for a split."
OF_QUARTERS: Final = (
    "Reported earnings of a single quarter can hold gains that will not come again; the table names the "
    "fiscal periods that stand for each end."
)
USE_OF_AI: Final = "**The same kind of figures for AI**, as companies, surveys and the press state them:"
FACTS: Final = "**Dated facts of those years**, failures among them:"
OF_VENTURES: Final = (
    "**Venture money then and now cannot be set against each other.** The trackers of the dot-com years "
    "count all sectors of the United States, those of today AI companies in the world; each has its own "
    "method. Billions of US dollars a year, nominal, whole years only."
)
_COMPARED: Final = {
    PairVerdict.HIGHER_NOW: "higher",
    PairVerdict.LOWER_NOW: "lower",
    PairVerdict.EQUAL: "the same",
}
_QUARTERS: Final = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
FIRST_HAND: Final = "by those who counted"
SECOND_HAND: Final = "copy or retelling, not checked against the original"
SPENDING: Final = "**Capital spending**, only by one definition on both sides:"
TWO_CASES: Final = "Two booms are two cases: likeness is no forecast, and there is no score over the signals."
WOULD_CHANGE: Final = "Later prices, another start, or another rule for what counts as alike."


def on_or_in(day: date, *, by_month: bool) -> str:
    """On a day; in its month where values are of whole months."""
    return f"{'in' if by_month else 'on'} {when(day, by_month=by_month)}"


def first_line(alike: Likeness | None, market: str | None, as_of: date, *, by_month: bool = False) -> str:
    """Where both booms stood after the same number of days, by which market, and the day its prices end.

    `market` is None where no market has prices; `by_month` says that its prices are of whole months.
    """
    unknown = f"As of {in_words(as_of)} how far the AI boom has risen cannot be told"
    if market is None:
        return f"{unknown}: no market has prices in both booms."
    if alike is None:
        return f"{unknown}: {no_value_at_a_start(market)}."
    then, now = alike.then, alike.now
    if then.run_up is None or now.run_up is None:
        return f"{unknown}: too few days are recorded ({market})."
    return (
        f"{capital(on_or_in(now.until_on, by_month=by_month))} the AI boom stood at {now.run_up:.2f} times "
        f"its start ({market}), "
        f"the dot-com boom at the same age ({alike.days:,} days) at {then.run_up:.2f} times."
    )


def rests_on(alike: Likeness | None, market: str | None) -> str:
    """From which starts both booms are counted, and what the comparison is not."""
    if alike is None or market is None:
        return TWO_CASES
    starts = " and ".join(
        f"{figures.n:,} values from {in_words(figures.anchor.starts_on)} ({figures.anchor.name})"
        for figures in (alike.then, alike.now)
    )
    return f"{market}: {starts}. {TWO_CASES}"


def of_other_indexes(chosen: Likeness, others: Mapping[str, Likeness], by_month: Collection[str] = ()) -> str:
    """How both booms stood by other indexes, and whether all agree on which stood higher; empty without any.

    `others`: by their titles, each with both run-ups. `by_month`: the titles of those whose values are of
    whole months.
    """
    if not others:
        return ""
    told = "; ".join(
        f"{title}, {on_or_in(one.now.until_on, by_month=title in by_month)}: AI boom "
        f"{one.now.run_up:.2f} times its start, dot-com boom {one.then.run_up:.2f} times"
        for title, one in others.items()
    )
    higher = {
        one.now.run_up > one.then.run_up
        for one in (chosen, *others.values())
        if one.now.run_up is not None and one.then.run_up is not None
    }
    agree = (
        "Which boom stood higher at the same age depends on the index and on its last day"
        if len(higher) > 1
        else f"By each of them the {'AI' if True in higher else 'dot-com'} boom stood higher at the same age"
    )
    return f"**By other indexes.** {told}. {agree}."


def of_what_followed(base: BaseRate | None) -> str:
    """What followed earlier episodes at the longest horizon, as a caveat: n, range, what it cannot say."""
    if base is None:
        return ""
    last = base.outcomes[-1]
    if last.estimate is None or last.estimate.interval is None:
        return untold_base_rate(last.n)
    rule = base.rule
    return (
        f"Real prices {last.horizon_months // 12} years after {last.n} expensive, fast-rising markets (at "
        f"least CAPE {rule.cape_at_least:g} and {percent(rule.real_rise_at_least, signed=True)} in "
        f"{rule.rise_months // 12} years): {_range(last.estimate.interval)}; what comes next cannot be told."
    )


def of_base_rate(base: BaseRate, capes: pl.DataFrame) -> str:
    """What followed earlier episodes at the longest horizon, with n, the range and the verdict.

    `capes`: valid_on, cape by month, to say how dear these markets were beside today's.
    """
    last = base.outcomes[-1]
    if last.estimate is None or last.estimate.interval is None:
        return untold_base_rate(last.n)
    return (
        f"{last.horizon_months // 12} years after each of {last.n} earlier markets with {like(base.rule)} "
        f"the real price had changed by {_range(last.estimate.interval)}: {last.verdict.value}, so what "
        f"comes next cannot be told. {_how_dear(base, capes)}"
    ).strip()


def _how_dear(base: BaseRate, capes: pl.DataFrame) -> str:
    """The CAPE of the episodes whose outcome is known beside the newest; empty where it is not known."""
    followed = [
        episode.first_on
        for episode, change in zip(base.episodes, base.outcomes[-1].changes, strict=True)
        if change is not None
    ]
    own = capes.filter(pl.col("valid_on").is_in(followed))["cape"].drop_nulls().to_list()
    known = capes.drop_nulls("cape").sort("valid_on")
    if not own:
        return ""
    on, newest = known.select("valid_on", "cape").row(-1)
    then = f"{min(own):.1f} to {max(own):.1f}"
    return f"Their CAPE was {then} when they began; in {on:%B %Y} it was {newest:.1f}."


def untold_base_rate(episodes: int) -> str:
    """Why nothing is said of what followed."""
    return (
        f"What followed markets like it cannot be told: n = {counted(episodes, 'episode')}, three are needed."
    )


def no_value_at_a_start(market: str) -> str:
    """Why two booms cannot be laid over each other."""
    return f"{market} has no value at one of the starts"


def choose_another(market: str) -> str:
    """The same, and what to do."""
    return f"{no_value_at_a_start(market)}: choose another market or start."


def of_untold_splits(names: Sequence[str]) -> str:
    """Which rises could not be split, and why."""
    return f"Cannot be told, for want of positive earnings or a price at one end: {', '.join(names)}."


def of_repeated(second_hand: int, figures: int) -> str:
    """How many figures are cited from pages that only repeat them; empty where none is."""
    if not second_hand:
        return ""
    which = f"All {figures}" if second_hand == figures > 1 else f"{second_hand} of the {figures}"
    are = f"{which} figures {agreeing(second_hand, 'is', 'are')}" if figures > 1 else "The figure is"
    return (
        f"{are} second-hand: cited from pages that repeat what others counted, not from those who counted, "
        "and not checked against them."
    )


def all_spending(figures: int) -> str:
    """The line above all figures of capital spending."""
    return f"All {counted(figures, 'figure')} of capital spending, with their sources"


def above_likeness(alike: Likeness) -> str:
    """What the table of likeness holds, and by which rule it judges."""
    return (
        f"**Likeness and difference {alike.days:,} days after each start**, without a score over them. "
        f"Alike: the larger figure is at most {ALIKE_WITHIN:g} times the smaller, a convention and not a "
        f"test. A verdict that changes when both starts move by up to {LARGEST_SHIFT_MONTHS} months depends "
        "on the start."
    )


def likeness_rows(alike: Likeness) -> pl.DataFrame:
    """Each quantity then and now with its own verdict."""
    return pl.DataFrame(
        [
            {
                "quantity": row.quantity,
                "verdict": row.verdict.value,
                "then": no_break_percent(value_text(row.then, row.unit)),
                "now": no_break_percent(value_text(row.now, row.unit)),
            }
            for row in alike.rows
        ]
    )


def likeness_columns(alike: Likeness, *, by_month: bool = False) -> Mapping[str, Column]:
    """How these rows are headed: each boom with the day, or the month, up to which it is counted."""
    then, now = (when(one.until_on, by_month=by_month) for one in (alike.then, alike.now))
    return {
        "quantity": Column("quantity"),
        "verdict": Column("verdict"),
        "then": Column(f"then, {then}"),
        "now": Column(f"now, {now}"),
    }


def of_differences(rows: tuple[LikenessRow, ...]) -> str:
    """Which quantities are alike and which are not, in one sentence."""
    kinds = {
        "Alike": [row.quantity for row in rows if row.verdict is LikenessVerdict.ALIKE],
        "larger now": [row.quantity for row in rows if row.verdict is LikenessVerdict.LARGER_NOW],
        "smaller now": [row.quantity for row in rows if row.verdict is LikenessVerdict.SMALLER_NOW],
        "depends on the start": [
            row.quantity for row in rows if row.verdict is LikenessVerdict.DEPENDS_ON_START
        ],
        "not to be told": [row.quantity for row in rows if row.verdict is LikenessVerdict.CANNOT_BE_TOLD],
    }
    words = [f"**{kind}**: {', '.join(names)}" for kind, names in kinds.items() if names]
    return f"{'; '.join(words)}."


def of_missing_cape(alike: Likeness, capes: pl.DataFrame) -> str:
    """That the CAPE ends before the prices do, and its last; empty where it does not, or none is known.

    `capes`: valid_on, cape by month.
    """
    known = capes.drop_nulls("cape").sort("valid_on")
    if alike.now.cape is not None or known.is_empty():
        return ""
    on, newest = known.select("valid_on", "cape").row(-1)
    return f"The CAPE of {alike.now.until_on:%B %Y} is not known; its last, of {on:%B %Y}, is {newest:.1f}."


def of_cash(found: SpendingOfCash) -> str:
    """Which share of its cash from operations went into property and equipment, now and a year before.

    `found`: with a share and a last quarter; the year before may have none.
    """
    assert found.share is not None
    assert found.last_on is not None
    before = (
        "which cannot be told of the year before"
        if found.share_before is None
        else f"and {percent(found.share_before)} in the year before"
    )
    return (
        f"**Capital spending against cash**: {listed(found.companies)} put {percent(found.share)} of their "
        "cash from operations into property and equipment over the four quarters to the end of "
        f"{_last_month(found.last_on):%B %Y}, {before}. Leases and debt come on top."
    )


def _last_month(quarter_from: date) -> date:
    """A day of the last month of the quarter that begins on a day."""
    return quarter_from + timedelta(days=75)


def of_chips(sold: pl.DataFrame) -> str:
    """AI chips sold so far, in H100 equivalents. `sold`: valid_on, value (running total), n (designers)."""
    first, last = sold.row(0, named=True), sold.row(-1, named=True)
    years = (last["valid_on"] - first["valid_on"]).days / 365.25
    growth = (last["value"] / first["value"]) ** (1 / years)
    return (
        f"**Compute built**: by {in_words(last['valid_on'])} the {counted(last['n'], 'designer')} that Epoch "
        f"AI follows had sold AI chips worth {last['value'] / 1e6:.2g} million H100s, by sums of medians; "
        f"since {in_words(first['valid_on'])} the total has grown by a factor of {factor_text(growth)} a "
        "year."
    )


def of_spending(shares: SpendingShares) -> str:
    """The pairs of one definition, and what has only one side."""
    pairs = [
        f"**{capital(pair.measure)}**: {pair.then:g} {pair.unit} in {_period(pair.period_then)}, "
        f"{pair.now:g} in {_period(pair.period_now)}: {_COMPARED[pair.verdict]} in the later one, by the "
        "same definition"
        for pair in shares.pairs
    ]
    head = "; ".join(pairs) if pairs else "No measure has a figure of one definition on both sides"
    one_sided = "; ".join(shares.one_sided)
    tail = f" These have one side only and have no counterpart: {one_sided}." if one_sided else ""
    return f"{head}.{tail}"


def _period(period: str) -> str:
    """A quarter as people say it: 2025Q2 is the second quarter of 2025; other periods as they are."""
    year, _, quarter = period.partition("Q")
    place = _QUARTERS.get(quarter)
    return f"the {place} quarter of {year}" if place else period


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


def amount(value: float) -> str:
    """A share, or a number in millions or billions."""
    return percent(value, 1) if value <= 1 else large_amount(value)


def stated(figure: Mapping[str, Any]) -> str:
    """A figure with the day, month or quarter that it is of.

    `figure`: valid_on, value, note, and valid_precision where it is known.
    """
    span = roughly(figure["valid_on"], figure.get("valid_precision"))
    return f"{at_least(amount(figure['value']), figure['note'])}, {span or in_words(figure['valid_on'])}"


def _range(interval: Interval) -> str:
    return span_text(percent(interval.low, signed=True), percent(interval.high, signed=True))
