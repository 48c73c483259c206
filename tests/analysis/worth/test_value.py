"""Is it worth it: cost per call and solved task, break-even value, and two measured runs side by side."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import yaml

from analysis.results import Interval
from analysis.worth.measured_run import (
    MeasuredRun,
    ScoreVerdict,
    compare_runs,
    share_difference,
)
from analysis.worth.value import ListPrice, Offer, TaskProfile, WorthVerdict, offer_values, worth_it
from tests.places import RECORDINGS

O1_PREVIEW_PRICE = ListPrice(15.0, 60.0, 7.5)
SONNET_PRICE = ListPrice(3.0, 15.0, 0.3)
NO_REASONING = Interval(1.0, 1.0, level=1.0)
CLAIMED_TOKENS = Interval(2.0, 10.0, level=1.0)

SONNET = Offer("sonnet", SONNET_PRICE, 103, 133, NO_REASONING, Interval(17.6, 17.6, level=1.0), "Aider")
O1_PREVIEW = Offer(
    "o1-preview", O1_PREVIEW_PRICE, 106, 133, CLAIMED_TOKENS, Interval(80.9, 80.9, level=1.0), "Aider"
)
PROFILE = TaskProfile(input_tokens=2000, output_tokens=1000, value_of_solved_usd=1.0)


def run(
    model_id: str, price: ListPrice, share: float, cost: float | None, seconds: float | None
) -> MeasuredRun:
    return MeasuredRun(model_id, price, 133, round(share * 133), cost, seconds, "Aider's edit board")


O1_RUN = run("o1-preview", O1_PREVIEW_PRICE, 0.797, 63.919, 80.9)
SONNET_RUN = run("sonnet", SONNET_PRICE, 0.774, 3.6346, 17.6)


def test_cost_per_call_adds_fresh_cached_and_billed_output_tokens() -> None:
    """1,500 fresh and 500 cached tokens in, 1,000 visible out at twice the tokens, by hand."""
    profile = replace(PROFILE, cached_tokens=500)
    offer = replace(SONNET, token_multiplier=Interval(2.0, 2.0, level=1.0))
    (value,) = offer_values([offer], profile, seed=0)
    by_hand = (1500 * 3.0 + 500 * 0.3 + 2000 * 15.0) / 1e6
    assert value.cost_per_call_usd.value == pytest.approx(by_hand)
    assert value.cost_per_call_usd.interval is not None
    assert value.cost_per_call_usd.interval.width == pytest.approx(0.0)


def test_cached_input_without_a_price_of_its_own_costs_what_input_costs() -> None:
    """A cache price that is not listed gives no discount."""
    offer = replace(SONNET, price=ListPrice(3.0, 15.0))
    with_cache = offer_values([offer], replace(PROFILE, cached_tokens=2000), seed=0)
    without = offer_values([offer], PROFILE, seed=0)
    assert with_cache[0].cost_per_call_usd == without[0].cost_per_call_usd


def test_a_range_of_tokens_becomes_a_range_of_cost() -> None:
    """From 2 to 10 times the tokens: the interval lies within the ends' costs, its middle is geometric."""
    (value,) = offer_values([O1_PREVIEW], PROFILE, seed=0)
    low, high = ((2000 * 15 + 1000 * times * 60) / 1e6 for times in (2, 10))
    interval = value.cost_per_call_usd.interval
    assert interval is not None
    assert low < interval.low < value.cost_per_call_usd.value < interval.high < high
    assert value.cost_per_call_usd.value == pytest.approx((2000 * 15 + 1000 * math.sqrt(20) * 60) / 1e6)


def test_cost_per_solved_task_shares_out_failed_tries() -> None:
    """With independent tries a solved task costs call over share solved, whatever the retries."""
    by_hand = (2000 * 3 + 1000 * 15) / 1e6 / (103 / 133)
    for retries in (0, 1, 5):
        (value,) = offer_values([SONNET], replace(PROFILE, retries=retries), seed=0)
        assert value.cost_per_solved_usd.value == pytest.approx(by_hand)


def test_retries_raise_the_share_solved() -> None:
    """One retry at 60 % each leaves 16 % unsolved and takes 1.4 tries on average."""
    offer = replace(SONNET, solved=60, tried=100)
    (value,) = offer_values([offer], replace(PROFILE, retries=1), seed=0)
    assert value.solved_share.value == pytest.approx(0.84)
    assert value.seconds_per_solved is not None
    assert value.seconds_per_solved.value == pytest.approx(17.6 * 1.4 / 0.84)


def test_net_value_counts_tokens_waiting_and_failures() -> None:
    """Value of what is solved, less failures, tokens and the wage of waiting, by hand."""
    profile = replace(PROFILE, cost_of_failure_usd=2.0, wage_usd_per_hour=36.0)
    (value,) = offer_values([SONNET], profile, seed=0)
    share, call = 103 / 133, (2000 * 3 + 1000 * 15) / 1e6
    by_hand = share * 1.0 - (1 - share) * 2.0 - call - 17.6 * 36 / 3600
    assert value.net_value_usd.value == pytest.approx(by_hand)


def test_net_value_is_nil_at_the_break_even_value() -> None:
    """A task that is worth the break-even value when solved brings nothing on average."""
    profile = replace(PROFILE, cost_of_failure_usd=0.5, wage_usd_per_hour=20.0, retries=2)
    (value,) = offer_values([SONNET], profile, seed=0)
    at_break_even = replace(profile, value_of_solved_usd=value.break_even_value_usd.value)
    (nothing,) = offer_values([SONNET], at_break_even, seed=0)
    assert nothing.net_value_usd.value == pytest.approx(0.0, abs=1e-12)


def test_a_model_that_solved_nothing_has_no_finite_cost_per_solved_task() -> None:
    """Nothing solved costs infinitely much per solved task: never zero, never an error."""
    (value,) = offer_values([replace(SONNET, solved=0)], PROFILE, seed=0)
    assert math.isinf(value.cost_per_solved_usd.value)
    assert value.cost_per_solved_usd.interval is not None
    assert math.isfinite(value.cost_per_solved_usd.interval.low)


def test_share_solved_has_the_interval_of_a_binomial() -> None:
    """103 of 133: Jeffreys interval at 90 % is 0.711 to 0.829."""
    (value,) = offer_values([SONNET], PROFILE, seed=0, draws=40_000)
    interval = value.solved_share.interval
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.7114, 0.8288), abs=0.003)


def test_shares_of_being_best_tell_the_better_offer() -> None:
    """Same price and speed, far more solved: best in nearly all draws, and all offers together make one."""
    weak = replace(SONNET, model_id="weak", solved=40)
    values = offer_values([SONNET, weak], PROFILE, seed=0)
    assert values[0].share_best > 0.99
    assert sum(value.share_best for value in values) == pytest.approx(1.0)


def test_dearer_model_pays_from_the_value_that_covers_its_extra_cost() -> None:
    """The threshold is extra cost over extra share solved, less the cost of a failure, by hand."""
    profile = replace(PROFILE, cost_of_failure_usd=0.1)
    better = replace(SONNET, model_id="better", price=ListPrice(30.0, 150.0), solved=130)
    result = worth_it(SONNET, better, profile, seed=0)
    call = (2000 * 3 + 1000 * 15) / 1e6
    by_hand = 9 * call / ((130 - 103) / 133) - 0.1
    assert (result.dearer, result.cheaper) == ("better", "sonnet")
    assert result.pays_from_usd.value == pytest.approx(by_hand)
    above = worth_it(SONNET, better, replace(profile, value_of_solved_usd=by_hand + 0.01), seed=0)
    below = worth_it(SONNET, better, replace(profile, value_of_solved_usd=by_hand - 0.01), seed=0)
    assert above.extra_net_value_usd.value > 0 > below.extra_net_value_usd.value


def test_verdict_is_told_only_where_the_interval_excludes_nil() -> None:
    """A dear model that solves far more pays at a high value; one that solves less pays at none."""
    better = replace(SONNET, model_id="better", price=ListPrice(30.0, 150.0), solved=130)
    worse = replace(better, solved=60)
    rich = replace(PROFILE, value_of_solved_usd=100.0)
    assert worth_it(SONNET, better, rich, seed=0).verdict is WorthVerdict.DEARER_PAYS
    never = worth_it(SONNET, worse, rich, seed=0)
    assert never.verdict is WorthVerdict.CHEAPER_PAYS
    assert math.isinf(never.pays_from_usd.value)
    assert never.share_never > 0.99


def test_three_more_tasks_of_133_do_not_settle_it() -> None:
    """On o1-preview's 106 against 103 solved the dearer model may never pay, and the upper end says so."""
    result = worth_it(O1_PREVIEW, SONNET, replace(PROFILE, value_of_solved_usd=20.0), seed=0)
    assert result.dearer == "o1-preview"
    assert result.verdict is WorthVerdict.CANNOT_BE_TOLD
    assert result.pays_from_usd.interval is not None
    assert math.isinf(result.pays_from_usd.interval.high)
    assert 0.2 < result.share_never < 0.5


def test_waiting_needs_the_seconds_of_both() -> None:
    """With a wage, a model of unknown speed would seem to wait for nothing: that is refused by name."""
    unknown = replace(SONNET, seconds_per_call=None)
    with pytest.raises(ValueError, match="seconds of sonnet are unknown"):
        worth_it(O1_PREVIEW, unknown, replace(PROFILE, wage_usd_per_hour=50.0), seed=0)
    assert offer_values([unknown], PROFILE, seed=0)[0].seconds_per_solved is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ListPrice(0.0, 15.0), "zero means not recorded"),
        (lambda: replace(PROFILE, cached_tokens=3000), "3000 cached of 2000 input tokens"),
        (lambda: replace(PROFILE, retries=-1), "0 to 20 times, not -1"),
        (lambda: replace(PROFILE, retries=200_000), "0 to 20 times, not 200000"),
        (lambda: replace(SONNET, solved=200), "200 of 133 tasks"),
        (
            lambda: replace(SONNET, token_multiplier=Interval(0.0, 2.0)),
            "token multiplier must be a range above 0",
        ),
    ],
)
def test_impossible_inputs_are_refused_in_words(make: object, message: str) -> None:
    """A price of zero, more cache than input, endless retries, more solved than tried: each is named."""
    with pytest.raises(ValueError, match=message):
        make()  # type: ignore[operator]


def test_worked_example_has_the_articles_price_ratios() -> None:
    """o1-preview at 15/60 against 3/15: 5x input, 4x output, 4.375x blended 3:1."""
    compared = compare_runs(O1_RUN, SONNET_RUN)
    assert (compared.input_price_ratio, compared.output_price_ratio) == (5.0, 4.0)
    assert compared.blended_price_ratio == 4.375


def test_worked_example_has_the_measured_cost_tokens_and_time() -> None:
    """On the edit board: 17.6x the cost, hence 3.5 to 4.4x the tokens, and 4.6x the time."""
    compared = compare_runs(O1_RUN, SONNET_RUN, CLAIMED_TOKENS)
    assert compared.cost_ratio == pytest.approx(17.6, abs=0.05)
    assert compared.implied_token_ratio is not None
    assert compared.implied_token_ratio.low == pytest.approx(3.5, abs=0.05)
    assert compared.implied_token_ratio.high == pytest.approx(4.4, abs=0.05)
    assert compared.seconds_ratio == pytest.approx(80.9 / 17.6)
    assert compared.claimed_cost_ratio == Interval(8.0, 40.0, level=1.0)
    assert compared.claim_holds is True


def test_worked_example_cannot_tell_the_scores_apart() -> None:
    """79.7 against 77.4 % of 133 exercises: 2.3 points more, with an interval that holds nil."""
    difference = compare_runs(O1_RUN, SONNET_RUN).score_difference
    assert difference.value == pytest.approx(0.0226, abs=0.0001)
    assert difference.interval is not None
    assert difference.interval.holds(0.0)
    assert compare_runs(O1_RUN, SONNET_RUN).score_verdict is ScoreVerdict.NOT_DISTINGUISHABLE


def test_worked_example_of_the_refactoring_board() -> None:
    """75.3 against 92.1 % of 89 exercises: o1-preview solved fewer, and the interval says so."""
    first = MeasuredRun("o1-preview", O1_PREVIEW_PRICE, 89, 67, None, None, "Aider's refactoring")
    second = MeasuredRun("sonnet", SONNET_PRICE, 89, 82, None, None, "Aider's refactoring")
    compared = compare_runs(first, second)
    assert compared.score_verdict is ScoreVerdict.SECOND_HIGHER
    assert compared.cost_ratio is None


def test_cost_not_recorded_gives_no_ratio() -> None:
    """A cost of zero or none means not recorded: no cost ratio, no token ratio, no judgement of the claim."""
    for cost in (0.0, None):
        compared = compare_runs(O1_RUN, replace(SONNET_RUN, cost_usd=cost), CLAIMED_TOKENS)
        assert compared.cost_ratio is None
        assert compared.implied_token_ratio is None
        assert compared.claim_holds is None


def test_difference_of_shares_is_newcombes() -> None:
    """The worked figures of Newcombe 1998: 56/70 less 48/80 has the 95 % interval 0.0524 to 0.3339."""
    interval = share_difference(56, 70, 48, 80, level=0.95).interval
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.0524, 0.3339), abs=0.00005)


def test_runs_of_different_benchmarks_are_not_compared() -> None:
    """Runs over 133 and 89 tasks are of two tests."""
    other = MeasuredRun("sonnet", SONNET_PRICE, 89, 82, None, None, "Aider's refactoring")
    with pytest.raises(ValueError, match="133 tasks and sonnet 89"):
        compare_runs(O1_RUN, other)


def aider_run(file: str, model: str, score: str, price: ListPrice, tasks: int) -> MeasuredRun:
    path = RECORDINGS / "aider" / file
    if not path.exists():
        pytest.skip(f"the recording {file} is not beside the repository (../shared/recordings)")
    rows = [row for row in yaml.safe_load(path.read_text()) if row["model"] == model and row["total_cost"]]
    row = max(rows, key=lambda entry: entry[score])
    solved = round(row[score] / 100 * tasks)
    return MeasuredRun(model, price, tasks, solved, row["total_cost"], row["seconds_per_case"], file)


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("file", "sonnet", "score", "tasks", "cost", "seconds", "verdict"),
    [
        (
            "edit_leaderboard.2024-12-22.yml",
            "claude-3.5-sonnet-20240620",
            "pass_rate_2",
            133,
            17.6,
            4.6,
            ScoreVerdict.NOT_DISTINGUISHABLE,
        ),
        (
            "refactor_leaderboard.2024-10-22.yml",
            "claude-3-5-sonnet-20241022",
            "pass_rate_1",
            89,
            14.3,
            7.1,
            ScoreVerdict.SECOND_HIGHER,
        ),
    ],
)
def test_both_aider_boards_of_2024_give_the_worked_example(
    file: str, sonnet: str, score: str, tasks: int, cost: float, seconds: float, verdict: ScoreVerdict
) -> None:
    """From the recorded boards: 17.6x and 14.3x the cost, 4.6x and 7.1x the time, and the verdicts."""
    first = aider_run(file, "o1-preview", score, O1_PREVIEW_PRICE, tasks)
    second = aider_run(file, sonnet, score, SONNET_PRICE, tasks)
    compared = compare_runs(first, second)
    assert compared.cost_ratio == pytest.approx(cost, abs=0.05)
    assert compared.seconds_ratio == pytest.approx(seconds, abs=0.05)
    assert compared.score_verdict is verdict


@pytest.mark.parametrize(("solved", "tried"), [(0, 1), (133, 133)])
def test_none_and_all_of_the_tasks_may_be_solved(solved: int, tried: int) -> None:
    """Both are measurements; the interval says how much they tell."""
    assert replace(SONNET, solved=solved, tried=tried).solved == solved


@pytest.mark.parametrize(("solved", "tried"), [(-1, 133), (134, 133), (0, 0)])
def test_what_is_no_count_of_tasks_is_refused(solved: int, tried: int) -> None:
    """In words, with the model's name."""
    with pytest.raises(ValueError, match=rf"sonnet: {solved} of {tried} tasks solved is no measurement"):
        replace(SONNET, solved=solved, tried=tried)


def test_what_brings_nothing_more_and_costs_nothing_more_cannot_be_told() -> None:
    """An interval that touches nought does not leave it out, from either side."""
    profile = TaskProfile(input_tokens=1, output_tokens=1, value_of_solved_usd=0.0)
    offers = [SONNET, replace(SONNET, model_id="other")]
    found = worth_it(*offers, profile, seed=1)
    assert found.extra_net_value_usd.interval == Interval(0.0, 0.0, found.extra_net_value_usd.interval.level)
    assert found.verdict is WorthVerdict.CANNOT_BE_TOLD
