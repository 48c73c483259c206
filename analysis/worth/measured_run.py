"""Two measured runs of one benchmark side by side: price, cost, implied tokens, time and score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from analysis.numeric.difference import difference
from analysis.numeric.proportions import wilson_interval
from analysis.results import Estimate, Interval
from analysis.worth.value import ListPrice


@dataclass(frozen=True, slots=True)
class MeasuredRun:
    """One run of a model over a whole benchmark: `solved` of `tasks`, measured cost and time.

    `cost_usd` is of the whole run and `seconds_per_task` of one task; None, or a zero, means not recorded.
    """

    model_id: str
    price: ListPrice
    tasks: int
    solved: int
    cost_usd: float | None
    seconds_per_task: float | None
    source: str

    def __post_init__(self) -> None:
        if not 0 <= self.solved <= self.tasks or self.tasks == 0:
            raise ValueError(f"{self.model_id}: {self.solved} of {self.tasks} tasks solved is no measurement")


class ScoreVerdict(Enum):
    """Which of two runs solved the larger share."""

    FIRST_HIGHER = "the first model solves more"
    SECOND_HIGHER = "the second model solves more"
    NOT_DISTINGUISHABLE = "not distinguishable"


@dataclass(frozen=True, slots=True)
class RunComparison:
    """The first run over the second: ratios are first / second, None where either is not recorded.

    `implied_token_ratio` is the cost ratio over the dearest and the cheapest price ratio (input and output).
    `claimed_cost_ratio` is the output price ratio times a claimed token ratio, `claim_holds` whether the
    measured cost ratio lies within. `score_difference` is first less second as a share of the tasks (0..1).
    """

    first: str
    second: str
    input_price_ratio: float
    output_price_ratio: float
    blended_price_ratio: float
    cost_ratio: float | None
    implied_token_ratio: Interval | None
    claimed_cost_ratio: Interval | None
    claim_holds: bool | None
    seconds_ratio: float | None
    score_difference: Estimate
    score_verdict: ScoreVerdict
    method: str


def compare_runs(
    first: MeasuredRun,
    second: MeasuredRun,
    claimed_token_ratio: Interval | None = None,
    level: float = 0.90,
) -> RunComparison:
    """Set two runs of the same benchmark side by side, with the interval of their difference in score.

    `claimed_token_ratio` is a claim to hold against the measured cost. The score interval is Newcombe's for
    two independent shares; both models sat the same tasks, which makes it somewhat too wide, but the pairs
    are not published. Raises ValueError when the runs have different numbers of tasks.

    Reference: Newcombe, Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17, 1998 (method 10).
    """
    if first.tasks != second.tasks:
        raise ValueError(
            f"{first.model_id} ran {first.tasks} tasks and {second.model_id} {second.tasks}: "
            "compare runs of one benchmark"
        )
    dear, cheap = first.price, second.price
    by_input = dear.input_usd_per_mtok / cheap.input_usd_per_mtok
    by_output = dear.output_usd_per_mtok / cheap.output_usd_per_mtok
    cost = _ratio(first.cost_usd, second.cost_usd)
    claimed = None
    if claimed_token_ratio is not None:
        low, high = claimed_token_ratio.low, claimed_token_ratio.high
        claimed = Interval(by_output * low, by_output * high, claimed_token_ratio.level)
    score_difference = share_difference(first.solved, first.tasks, second.solved, second.tasks, level)
    return RunComparison(
        first=first.model_id,
        second=second.model_id,
        input_price_ratio=by_input,
        output_price_ratio=by_output,
        blended_price_ratio=dear.blended_usd_per_mtok / cheap.blended_usd_per_mtok,
        cost_ratio=cost,
        implied_token_ratio=_implied_tokens(cost, by_input, by_output),
        claimed_cost_ratio=claimed,
        claim_holds=None if claimed is None or cost is None else claimed.holds(cost),
        seconds_ratio=_ratio(first.seconds_per_task, second.seconds_per_task),
        score_difference=score_difference,
        score_verdict=_score_verdict(score_difference),
        method="ratios of measured runs; score difference by Newcombe's interval for independent shares",
    )


def share_difference(
    first_solved: int, first_tasks: int, second_solved: int, second_tasks: int, level: float = 0.90
) -> Estimate:
    """First less second share of tasks solved (-1..1), with Newcombe's interval for independent shares."""
    one, two = first_solved / first_tasks, second_solved / second_tasks
    own, other = wilson_interval(one, first_tasks, level), wilson_interval(two, second_tasks, level)
    return difference(one, own, two, other)


def _ratio(first: float | None, second: float | None) -> float | None:
    """None where either is missing or zero: zero in a leaderboard means not recorded."""
    return first / second if first and second else None


def _implied_tokens(cost: float | None, by_input: float, by_output: float) -> Interval | None:
    """All tokens are input or output, so the ratio of tokens lies between these two, if both grow alike."""
    if cost is None:
        return None
    return Interval(cost / max(by_input, by_output), cost / min(by_input, by_output), level=1.0)


def _score_verdict(difference: Estimate) -> ScoreVerdict:
    if difference.interval is not None and difference.interval.low > 0:
        return ScoreVerdict.FIRST_HIGHER
    if difference.interval is not None and difference.interval.high < 0:
        return ScoreVerdict.SECOND_HIGHER
    return ScoreVerdict.NOT_DISTINGUISHABLE
