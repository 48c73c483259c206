"""What o1 costs beside Claude 3.5 Sonnet: list price, tokens, cost of a measured run, seconds."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from analysis.amounts import dollars
from analysis.claims.side_by_side import board_ratios, evidence_of_both, newest_day, ratios_in_words
from analysis.claims.statement import (
    ClaimVerdict,
    Finding,
    Tense,
    cannot_be_told,
    claim,
    evidence_of,
    range_of,
)
from analysis.results import Interval
from analysis.worth.value import ListPrice

CLAIMED_PRICE = 4.0
CLAIMED_TOKENS = Interval(2.0, 10.0, level=1.0)
CLAIMED_COST = 40.0

NEAR = 0.75
"""A measured ratio from this share of the claimed highest one on counts as having reached it."""

SLOWER = 1.25
"""Ratio of times below which two timings, for which no error is stated, are not told apart."""


@claim(
    statement="o1 costs 4x more per token than Claude Sonnet.",
    measure="List price of o1 over that of Claude 3.5 Sonnet, output tokens",
    unit="times",
    page="value",
    query="claim_list_prices",
    rule="Held if o1's list prices both for output and for three parts of input and one of output round to "
    f"{CLAIMED_PRICE:g} times Sonnet's; partly if one of the two does; otherwise it did not hold.",
    would_change="A list price of that time by which the output or the blended ratio does not round to 4.",
    tense=Tense.FACT,
)
def o1_price_per_token(prices: pl.DataFrame, on: date) -> Finding:
    """Held if the output price ratio is 4 and the blended one (3 input : 1 output) rounds to it.

    `prices`: role, model_id, released_on, input_usd_per_mtok, output_usd_per_mtok, observed_on, source_id,
    payload_sha256, url; the newest model with a price speaks for each role.
    """
    released = prices.filter(pl.col("released_on") <= on).sort(
        "released_on", "observed_on", descending=True, maintain_order=True
    )
    newest = released.unique("role", keep="first", maintain_order=True).sort("role")
    if newest["role"].to_list() != ["o1", "sonnet"]:
        return cannot_be_told("No list price of both models had been stated.")
    o1, sonnet = (
        ListPrice(*row) for row in newest.select("input_usd_per_mtok", "output_usd_per_mtok").rows()
    )
    by_input = o1.input_usd_per_mtok / sonnet.input_usd_per_mtok
    by_output = o1.output_usd_per_mtok / sonnet.output_usd_per_mtok
    blended = o1.blended_usd_per_mtok / sonnet.blended_usd_per_mtok
    return Finding(
        verdict=_price_verdict(by_output, blended),
        why="4x is the ratio of output prices; a list price is not what an answer costs, which depends on "
        "its tokens.",
        text=f"{_price_in_words(o1)} against {_price_in_words(sonnet)} per million tokens: {by_input:.3g}x "
        f"for input, {by_output:.3g}x for output, {blended:.4g}x for three parts of input and one of output.",
        value=by_output,
        n=2,
        observed_on=newest["observed_on"].max(),  # type: ignore[arg-type]  # a column of dates
        evidence=evidence_of(newest),
    )


def _price_in_words(price: ListPrice) -> str:
    return f"{dollars(price.input_usd_per_mtok)} and {dollars(price.output_usd_per_mtok)}"


def _price_verdict(by_output: float, blended: float) -> ClaimVerdict:
    near = [round(ratio) == CLAIMED_PRICE for ratio in (by_output, blended)]
    if all(near):
        return ClaimVerdict.HELD
    return ClaimVerdict.PARTLY if any(near) else ClaimVerdict.DID_NOT_HOLD


@claim(
    statement="o1 emits 2 to 10x more tokens than Claude Sonnet.",
    measure="Output tokens per task of o1 over Claude 3.5 Sonnet's, counted or else implied by cost",
    unit="times",
    page="value",
    query="claim_measured_runs",
    rule=f"Held if all ratios of counted tokens lie from {CLAIMED_TOKENS.low:g} to {CLAIMED_TOKENS.high:g}; "
    "partly if some do, or if tokens can only be inferred from costs; it did not hold if none does.",
    would_change="Tokens counted on more boards: ratios all from 2 to 10 would hold it, none refute it.",
    tense=Tense.FACT,
)
def o1_tokens_per_answer(runs: pl.DataFrame, on: date) -> Finding:
    """Held if every counted ratio lies from 2 to 10; where tokens can only be inferred, partly at best.

    `runs`: the rows of `claim_measured_runs`. The implied ratio is the cost ratio over the price ratio,
    between its values if all tokens were output and if all were input.
    """
    counted = board_ratios(runs, on, "output_tokens_per_task")
    if counted.height:
        return _tokens_counted(counted)
    costs = board_ratios(runs, on, "cost_usd_per_task").drop_nulls(
        ["input_usd_per_mtok", "input_usd_per_mtok_sonnet"]
    )
    if costs.is_empty():
        return cannot_be_told("Neither tokens nor costs of both models had been recorded on one board.")
    return _tokens_implied(costs)


def _tokens_counted(counted: pl.DataFrame) -> Finding:
    ratios = counted["ratio"].to_list()
    inside = [CLAIMED_TOKENS.holds(ratio) for ratio in ratios]
    boards = counted["benchmark_id"].n_unique()
    return Finding(
        verdict=_all_some_none(inside),
        why=f"Tokens of both models were counted on {boards} board{'s' if boards > 1 else ''} only; other "
        "tasks may differ.",
        text=f"Counted: {ratios_in_words(counted)}.",
        value=float(np.median(ratios)),
        interval=range_of(ratios),
        n=len(ratios),
        observed_on=newest_day(counted),
        evidence=evidence_of_both(counted),
    )


def _tokens_implied(costs: pl.DataFrame) -> Finding:
    by_input = pl.col("input_usd_per_mtok") / pl.col("input_usd_per_mtok_sonnet")
    by_output = pl.col("output_usd_per_mtok") / pl.col("output_usd_per_mtok_sonnet")
    ends = costs.select(
        "benchmark",
        low=pl.col("ratio") / pl.max_horizontal(by_input, by_output),
        high=pl.col("ratio") / pl.min_horizontal(by_input, by_output),
    )
    found = [*ends["low"], *ends["high"]]
    inside = all(CLAIMED_TOKENS.holds(end) for end in found)
    outside = not any(CLAIMED_TOKENS.holds(end) for end in found)
    words = ", ".join(f"{board} {low:.1f} to {high:.1f}x" for board, low, high in ends.iter_rows())
    return Finding(
        verdict=ClaimVerdict.DID_NOT_HOLD if outside else ClaimVerdict.PARTLY,
        why="Tokens were not counted. Cost over price implies a ratio "
        + ("within 2 to 10, for coding tasks." if inside else "not wholly within 2 to 10."),
        text=f"Implied by cost and price: {words}.",
        value=float(np.sqrt(min(found) * max(found))),
        interval=range_of(found),
        n=ends.height,
        observed_on=newest_day(costs),
        evidence=evidence_of_both(costs),
    )


@claim(
    statement="An answer of o1 costs up to 40x as much as one of Claude Sonnet.",
    measure="Measured cost per task of o1 over that of Claude 3.5 Sonnet on the board where it is highest, "
    "average of all its tasks",
    unit="times",
    page="value",
    query="claim_measured_runs",
    rule=f"Held if on some board a task of o1 costs at least {NEAR * CLAIMED_COST:g} times as much on "
    f"average, which is near enough to {CLAIMED_COST:g}; partly if it costs more on every board; "
    "otherwise it did not hold.",
    would_change="A board on which a task costs 30 times as much on average, or one on which o1 costs less.",
    tense=Tense.FACT,
)
def o1_cost_per_answer(runs: pl.DataFrame, on: date) -> Finding:
    """Held if some board's average comes near 40, partly if o1 cost more everywhere but less than that.

    `runs`: the rows of `claim_measured_runs`; a cost of zero counts as not recorded.
    """
    costs = board_ratios(runs, on, "cost_usd_per_task")
    if costs.is_empty():
        return cannot_be_told("No board had recorded the cost of both models.")
    ratios = costs["ratio"].to_list()
    return Finding(
        verdict=_cost_verdict(ratios),
        why="40x multiplies the price ratio by the highest token ratio. The boards give averages over all "
        "tasks; the dearest single answers were not recorded.",
        text=f"Measured: {ratios_in_words(costs)}.",
        value=max(ratios),
        interval=range_of(ratios),
        n=len(ratios),
        observed_on=newest_day(costs),
        evidence=evidence_of_both(costs),
    )


def _cost_verdict(ratios: list[float]) -> ClaimVerdict:
    if max(ratios) >= NEAR * CLAIMED_COST:
        return ClaimVerdict.HELD
    return ClaimVerdict.PARTLY if min(ratios) > 1 else ClaimVerdict.DID_NOT_HOLD


@claim(
    statement="o1 is slow.",
    measure="Seconds per task of o1 over those of Claude 3.5 Sonnet on the same board",
    unit="times",
    page="value",
    query="claim_measured_runs",
    rule=f"'Slow' is read as at least {SLOWER:g} times Sonnet's time: held if so on every board that timed "
    "both; partly if on some; it did not hold if on none.",
    would_change="A board on which o1 takes less than 1.25 times as long.",
    tense=Tense.FACT,
)
def o1_is_slow(runs: pl.DataFrame, on: date) -> Finding:
    """Held if o1 took at least a quarter longer on every board that timed both.

    `runs`: the rows of `claim_measured_runs`.
    """
    times = board_ratios(runs, on, "seconds_per_task")
    if times.is_empty():
        return cannot_be_told("No board had timed both models.")
    ratios = times["ratio"].to_list()
    return Finding(
        verdict=_all_some_none([ratio >= SLOWER for ratio in ratios]),
        why="Times are those of the boards' own runs, with the load of the day and without a stated error.",
        text=f"Measured: {ratios_in_words(times)}.",
        value=float(np.median(ratios)),
        interval=range_of(ratios),
        n=len(ratios),
        observed_on=newest_day(times),
        evidence=evidence_of_both(times),
    )


def _all_some_none(agree: list[bool]) -> ClaimVerdict:
    if all(agree):
        return ClaimVerdict.HELD
    return ClaimVerdict.PARTLY if any(agree) else ClaimVerdict.DID_NOT_HOLD
