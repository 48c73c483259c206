"""What the page on worth says, as pure functions: sentences and tables with their intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from analysis.results import Estimate
from analysis.worth.measured_rows import Row
from analysis.worth.measured_run import RunComparison, ScoreVerdict
from analysis.worth.value import OfferValue, WorthIt
from charts.parts.axes import money
from charts.parts.figure import in_words
from charts.parts.percent import percent
from charts.worth.worth import finding


def answer(worth: WorthIt, value_usd: float, titles: Mapping[str, str], as_of: date) -> str:
    """The first line: verdict, extra cost, extra share solved, and from what value on it pays."""
    extra, solved = worth.extra_cost_usd, worth.extra_solved
    said = finding(worth, value_usd, titles)
    return (
        f"As of {in_words(as_of)}, {said[0].lower()}{said[1:]}. It costs {dollar_range(extra)} more per task "
        f"than {titles[worth.cheaper]}, solves {_more_or_fewer(solved)}, and pays {_from(worth)}."
    )


def would_change(worth: WorthIt, value_usd: float) -> str:
    """What would change the verdict."""
    pays = worth.pays_from_usd.value
    if math.isinf(pays):
        return "What would change it: a measurement in which the dearer model solves more tasks."
    side = "below" if value_usd > pays else "above"
    return (
        f"What would change it: a task worth {side} {money(pays)}, fewer tokens a call, or more tasks tried "
        "on the board, which would narrow the interval of the share solved."
    )


def value_table(values: Sequence[OfferValue], titles: Mapping[str, str]) -> pl.DataFrame:
    """What a call, a solved task and a wait cost, with intervals: a row per quantity, one column a model."""
    columns = {titles[value.model_id]: _value_column(value) for value in values}
    return pl.DataFrame({"quantity (90 % interval)": list(_value_column(values[0]))}).with_columns(
        pl.Series(title, list(column.values())) for title, column in columns.items()
    )


def of_example(compared: RunComparison, board: str, first: str, second: str) -> str:
    """One board of the worked example in a sentence."""
    words = [f"**{board}**: {first} cost"]
    words.append(
        f"{compared.cost_ratio:.1f} times as much a run" if compared.cost_ratio else "an unknown amount"
    )
    if compared.implied_token_ratio:
        low, high = compared.implied_token_ratio.low, compared.implied_token_ratio.high
        words.append(f"as {second}, which implies {low:.1f} to {high:.1f} times the tokens,")
    if compared.seconds_ratio:
        words.append(f"and took {compared.seconds_ratio:.1f} times as long")
    solves = _solves_more(compared.score_verdict, first, second)
    return f"{' '.join(words)}. Score: {solves} ({_points(compared.score_difference)})."


def of_claim(compared: Sequence[RunComparison]) -> str:
    """The article's claim on cost against the measured ones."""
    claimed = compared[0].claimed_cost_ratio
    ratios = [one.cost_ratio for one in compared if one.cost_ratio]
    if claimed is None or not ratios:
        return "The claim on cost cannot be judged: no cost was recorded."
    measured = " and ".join(f"{ratio:.1f}" for ratio in ratios)
    inside = sum(one.claim_holds is True for one in compared)
    return (
        f"The article's claim, 2 to 10 times the tokens at {compared[0].output_price_ratio:.0f} times the "
        f"price of output, means {claimed.low:.0f} to {claimed.high:.0f} times the cost; measured: "
        f"{measured} times. "
        f"{inside} of {len(ratios)} lie within. No tokens were recorded for these runs: they are implied."
    )


def example_titles(compared: Sequence[RunComparison]) -> tuple[str, str]:
    """Titles of the example's two charts: what the runs cost, and who solved more."""
    ratios = [f"{one.cost_ratio:.1f}" for one in compared if one.cost_ratio]
    times = " and ".join(ratios) or "an unknown number of"
    verdicts = [one.score_verdict for one in compared]
    more, fewer = (verdicts.count(kind) for kind in (ScoreVerdict.FIRST_HIGHER, ScoreVerdict.SECOND_HIGHER))
    return (
        f"o1-preview cost {times} times as much a run as Claude 3.5 Sonnet",
        f"Of {len(compared)} boards o1-preview solved more tasks on {more or 'none'}, fewer on "
        f"{fewer or 'none'}",
    )


def prices_note(rows: Sequence[Row]) -> str:
    """Since when the list prices held, and until when where a model is no longer sold."""
    return ". ".join(_price_held(row) for row in rows)


def dollar_range(estimate: Estimate) -> str:
    """An amount with its interval; an infinite end is said in words."""
    if estimate.interval is None:
        return _amount(estimate.value)
    low, high = estimate.interval.low, estimate.interval.high
    return f"{_amount(estimate.value)} (90 % interval {_amount(low)} to {_amount(high)})"


def _solves_more(verdict: ScoreVerdict, first: str, second: str) -> str:
    match verdict:
        case ScoreVerdict.FIRST_HIGHER:
            return f"{first} solves more"
        case ScoreVerdict.SECOND_HIGHER:
            return f"{second} solves more"
        case ScoreVerdict.NOT_DISTINGUISHABLE:
            return "not distinguishable"


def _price_held(row: Row) -> str:
    until = f" until {in_words(row['held_until'])}" if row["held_until"] else ""
    return (
        f"{row['title']}: list price {money(row['input_usd_per_mtok'])} in, "
        f"{money(row['output_usd_per_mtok'])} out per million tokens since "
        f"{in_words(row['held_from'])}{until}"
    )


def _from(worth: WorthIt) -> str:
    pays = worth.pays_from_usd
    if math.isinf(pays.value):
        words = "at no value of a task, because it does not solve more"
    else:
        words = f"from a value of {dollar_range(pays)} on"
    if 0.005 < worth.share_never < 0.995:
        words += f"; in {percent(worth.share_never)} of draws it never pays"
    return words


def _amount(value: float) -> str:
    return "never" if math.isinf(value) else money(value)


def _points(share: Estimate) -> str:
    words = f"{100 * share.value:+.1f} percentage points"
    if share.interval is None:
        return words
    return f"{words}, 90 % interval {100 * share.interval.low:+.1f} to {100 * share.interval.high:+.1f}"


def _more_or_fewer(share: Estimate) -> str:
    side = "more" if share.value > 0 else "fewer"
    words = f"{100 * abs(share.value):.1f} percentage points {side} of the tasks"
    if share.interval is None:
        return words
    return f"{words} (90 % interval {100 * share.interval.low:+.1f} to {100 * share.interval.high:+.1f})"


def _short(estimate: Estimate) -> str:
    low, high = (estimate.interval.low, estimate.interval.high) if estimate.interval else (None, None)
    if low is None or high is None or low == high:
        return _amount(estimate.value)
    return f"{_amount(estimate.value)} ({_amount(low)} to {_amount(high)})"


def _share(estimate: Estimate) -> str:
    low, high = (estimate.interval.low, estimate.interval.high) if estimate.interval else (None, None)
    told = f" ({percent(low)} to {percent(high)})" if low is not None and high is not None else ""
    return f"{percent(estimate.value)}{told}"


def _seconds(estimate: Estimate | None) -> str:
    if estimate is None:
        return "not recorded"
    low, high = (estimate.interval.low, estimate.interval.high) if estimate.interval else (None, None)
    told = f" ({low:.0f} to {high:.0f})" if low is not None and high is not None else ""
    return f"{estimate.value:.0f} s{told}"


def _value_column(value: OfferValue) -> dict[str, str]:
    return {
        "cost per call": _short(value.cost_per_call_usd),
        "tasks solved, with retries": _share(value.solved_share),
        "cost per solved task": _short(value.cost_per_solved_usd),
        "time per solved task": _seconds(value.seconds_per_solved),
        "net value per task": _short(value.net_value_usd),
        "break-even value of a solved task": _short(value.break_even_value_usd),
        "best of the two": f"in {percent(value.share_best)} of draws",
    }
