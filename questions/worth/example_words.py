"""What the worked example says of its measured runs, as pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from analysis.amounts import factor_text
from analysis.results import Estimate
from analysis.worth.measured_run import RunComparison, ScoreVerdict
from charts.parts.axes import factor_span
from questions.wording import agreeing, counted

_NUMBERS: Final = ("none", "one", "two")
"""How many of the example's two boards."""


def of_example(compared: RunComparison, board: str, first: str, second: str) -> str:
    """One board of the worked example in a sentence."""
    cost = compared.cost_ratio
    words = [f"**{board}**: {first} cost"]
    words.append(
        f"{factor_text(cost)} times as much per run as {second}" if cost else "an unknown amount per run"
    )
    if compared.implied_token_ratio:
        low, high = compared.implied_token_ratio.low, compared.implied_token_ratio.high
        words[-1] += ","
        words.append(f"which implies {factor_span(low, high)} times the tokens")
    if compared.seconds_ratio:
        words[-1] += ","
        words.append(f"and took {factor_text(compared.seconds_ratio)} times as long")
    verdict = _solved(compared.score_verdict, first, second)
    return f"{' '.join(words)}. Score: {verdict} ({_points(compared.score_difference)})."


def of_claim(compared: Sequence[RunComparison]) -> str:
    """The article's claim on cost against the measured ones."""
    claimed = compared[0].claimed_cost_ratio
    ratios = [one.cost_ratio for one in compared if one.cost_ratio]
    if claimed is None or not ratios:
        return "The claim on cost cannot be judged: no cost was recorded."
    measured = " and ".join(factor_text(ratio) for ratio in ratios)
    inside = sum(one.claim_holds is True for one in compared)
    dearer, cost = factor_text(compared[0].output_price_ratio), factor_span(claimed.low, claimed.high)
    return (
        f"The claim of the article of December 2024, 2 to 10 times the tokens at {dearer} times the price of "
        f"output, means {cost} times the cost; measured: {measured} times. {_inside(inside, len(ratios))} "
        "within the claimed range. No tokens were recorded for these runs: they are implied."
    )


def _inside(inside: int, ratios: int) -> str:
    """How many of the one or two measured ratios lie in the claimed range, as one says it."""
    match inside, ratios:
        case 2, 2:
            return "Both lie"
        case 0, 2:
            return "Neither lies"
        case 1, 1:
            return "That lies"
        case 0, 1:
            return "That does not lie"
        case _:
            return f"{inside} of {ratios} {agreeing(inside, 'lies', 'lie')}"


def example_titles(compared: Sequence[RunComparison]) -> tuple[str, str]:
    """Titles of the example's two charts: what the runs cost, and who solved more."""
    ratios = [factor_text(one.cost_ratio) for one in compared if one.cost_ratio]
    times = " and ".join(ratios) or "an unknown number of"
    verdicts = [one.score_verdict for one in compared]
    more, fewer = (verdicts.count(kind) for kind in (ScoreVerdict.FIRST_HIGHER, ScoreVerdict.SECOND_HIGHER))
    return (
        f"o1-preview cost {times} times as much per run as Claude 3.5 Sonnet",
        f"o1-preview clearly solved more tasks on {_NUMBERS[more]} of {counted(len(compared), 'board')}, "
        f"clearly fewer on {_NUMBERS[fewer]}",
    )


def _solved(verdict: ScoreVerdict, first: str, second: str) -> str:
    match verdict:
        case ScoreVerdict.FIRST_HIGHER:
            return f"{first} solves more"
        case ScoreVerdict.SECOND_HIGHER:
            return f"{second} solves more"
        case ScoreVerdict.NOT_DISTINGUISHABLE:
            return "not distinguishable"


def _points(share: Estimate) -> str:
    words = f"{100 * share.value:+.1f} percentage points"
    if share.interval is None:
        return words
    return f"{words}, 90 % interval {100 * share.interval.low:+.1f} to {100 * share.interval.high:+.1f}"
