"""The borders, small rules and figures in words of the claims, each worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import polars as pl
import pytest

from analysis.claims import agents, cost, launches, limits, progress, quality, speed, steps, use
from analysis.claims.evaluate import THEN, all_claims
from analysis.claims.side_by_side import newest_day, ratios_in_words
from analysis.claims.statement import ClaimVerdict, Evidence, Finding, evidence_of, range_of
from analysis.datawall.crossing import GrowthVerdict, SetGrowth, WallForecast, WallVerdict
from analysis.results import Estimate, Interval
from analysis.trends.power import STOP
from tests.analysis.claims.test_claims_of_cost import O1, ON, SONNET, run, runs, scored
from tests.analysis.claims.test_claims_of_progress import index, of_one_maker
from tests.analysis.claims.test_claims_of_the_world import figures, shares, speeds, views

HELD, PARTLY = ClaimVerdict.HELD, ClaimVerdict.PARTLY
NOT, OPEN = ClaimVerdict.DID_NOT_HOLD, ClaimVerdict.CANNOT_BE_TOLD
LATER = date(2026, 7, 1)


def test_a_survey_is_told_with_its_shares_its_years_and_the_revenue_of_a_tool() -> None:
    """What was not asked is not told; Cursor's revenue is in millions a year, with its month."""
    then, now = date(2024, 1, 1), date(2025, 1, 1)
    stated = figures(
        (use.USE_OR_PLAN, now, 0.84),
        (use.USE_NOW, then, 0.62),
        (use.TRUST, now, 0.33),
        (use.DISTRUST, now, 0.46),
        (use.REVENUE, date(2025, 11, 13), 1_200e6),
    )
    found = use.coding_assistants_already_work.judge(stated, LATER)
    assert found.text.replace("\u00a0", " ") == (
        "Of developers 84 % use or plan to use AI tools (survey of 2025); 62 % used them (survey of 2024); "
        "33 % trust and 46 % distrust the answers (2025); Cursor earned $1.2 billion a year by November "
        "2025 (second-hand)."
    )
    alone = use.coding_assistants_already_work.judge(figures((use.USE_NOW, then, 0.62)), LATER)
    assert alone.text.replace("\u00a0", " ") == (
        "Of developers 62 % used them (survey of 2024); trust in the answers had not been asked."
    )
    assert (found.n, found.verdict) == (1, PARTLY)


@pytest.mark.parametrize(
    ("used_in", "used", "verdict"),
    [(2025, 0.4, NOT), (2026, 0.4, NOT), (2024, 0.4, PARTLY), (2025, 0.6, PARTLY)],
)
def test_the_share_that_uses_judges_unless_it_is_older(
    used_in: int, used: float, verdict: ClaimVerdict
) -> None:
    """A survey of the same year that asked for use alone; else the share that uses or plans to."""
    stated = figures((use.USE_OR_PLAN, date(2025, 1, 1), 0.84), (use.USE_NOW, date(used_in, 1, 1), used))
    found = use.coding_assistants_already_work.judge(stated, LATER)
    assert (found.verdict, found.value) == (verdict, 0.84)


@pytest.mark.parametrize("precision", ["day", "year"])
def test_a_survey_has_a_day_only_where_it_is_known(precision: str) -> None:
    """1 January of a year is not the day of a survey of that year."""
    day = date(2025, 1, 1)
    stated = figures((use.USE_OR_PLAN, day, 0.84)).with_columns(valid_precision=pl.lit(precision))
    found = use.coding_assistants_already_work.judge(stated, LATER)
    assert found.observed_on == (day if precision == "day" else None)


def test_users_are_told_in_millions_and_a_first_figure_alone() -> None:
    """Without a figure of a year before the sentence ends."""
    found = use.chat_already_works.judge(figures((use.WEEKLY_USERS, LATER, 123.4e6)), LATER)
    assert (found.text, found.n, found.value) == ("123 million on 1 July 2026.", 1, 123.4e6)
    unnamed = figures((use.WEEKLY_USERS, LATER, 123.4e6)).with_columns(reported_by=pl.lit(None, pl.String))
    assert use.chat_already_works.judge(unnamed, LATER).why.endswith("Reported by: not said.")


def test_the_share_of_tasks_is_told_with_who_and_when_and_the_best_of_another_test() -> None:
    """A machine by another maker is no Claude; an unknown reporter is said to be unknown."""
    day = date(2024, 10, 22)
    stated = shares(
        ("OSWorld", "Claude A", 0.149, day),
        ("OSWorld", "Other B", 0.9, day),
        ("OSWorld-Verified", "Claude C", 0.61, date(2026, 1, 1)),
        ("OSWorld-Verified", "Claude D", 0.85, date(2026, 2, 1)),
        ("OSWorld-Verified", "Other E", 0.95, date(2026, 2, 1)),
    ).with_columns(reported_by=pl.when(test="OSWorld").then("reported_by"))
    found = agents.computer_use_solves_15_percent.judge(stated, LATER)
    assert found.text.replace("\u00a0", " ") == (
        "OSWorld: Claude A 14.9 % (22 October 2024, self-reported). On another test, OSWorld-Verified: "
        "Claude D 85.0 % (1 February 2026, not said by whom)."
    )
    assert (found.verdict, found.observed_on) == (HELD, day)


def wall(low: float, high: float, stock: float = 4.36e14) -> WallForecast:
    """A forecast whose crossing lies between two years."""
    growth = SetGrowth(None, 40, None, "none", GrowthVerdict.GROWING)
    crossing = Estimate((low + high) / 2, Interval(low, high, 0.8))
    return WallForecast(
        crossing, Estimate(stock), growth, 0.0, None, pl.DataFrame(), "none", WallVerdict.DATED
    )


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (2020.0, 2026.5, HELD),
        (2020.0, 2026.51, PARTLY),
        (2036.5, 2040.0, PARTLY),
        (2036.51, 2040.0, NOT),
    ],
)
def test_a_wall_has_passed_or_is_ten_years_off_only_surely(
    low: float, high: float, verdict: ClaimVerdict
) -> None:
    """The whole interval lies before the day, or beyond ten years after it."""
    assert limits._wall_verdict(wall(low, high), 2026.5) is verdict


def test_a_wall_is_told_with_its_interval_and_the_stock() -> None:
    """Years as people say them, the stock in trillions; without a date its verdict."""
    assert limits._wall_in_words(wall(2026.1, 2033.5)).replace("\u00a0", " ") == (
        "The two meet in late 2029 (80 % interval early 2026 to mid-2033) with a stock of 436 trillion "
        "tokens."
    )
    undated = replace(wall(2026.1, 2033.5), estimate=None, verdict=WallVerdict.OPEN_ENDED)
    assert limits._wall_in_words(undated) == f"They{WallVerdict.OPEN_ENDED.value[4:]}."
    assert limits._wall_verdict(undated, 2026.5) is OPEN
    never = replace(wall(2026.1, 2033.5), verdict=WallVerdict.NONE_IN_SIGHT)
    assert limits._wall_verdict(never, 2026.5) is NOT


def bounded(*scores: tuple[float | None, float | None], n: int = 20, ceiling: float = 1.0) -> pl.DataFrame:
    """Models of one benchmark with these scores and errors, and others far below."""
    rows = [*scores, *[(0.1, None)] * (n - len(scores))]
    return pl.DataFrame(
        {
            "benchmark_id": "b",
            "benchmark": "B",
            "value": [value for value, _ in rows],
            "stderr": [error for _, error in rows],
            "chance": 0.0,
            "ceiling": ceiling,
        },
        schema_overrides={"value": pl.Float64, "stderr": pl.Float64},
    )


@pytest.mark.parametrize(
    ("scores", "used_up"),
    [
        ([(0.95, None)], True),
        ([(0.94, None)], False),
        ([(0.9, 0.05)], True),
        ([(None, None), (0.96, None)], True),
        ([(0.96, None), (0.5, 0.3)], True),
        ([(0.5, 0.3), (0.6, None)], False),
    ],
)
def test_the_best_score_with_its_own_error_uses_a_benchmark_up(
    scores: list[tuple[float | None, float | None]], used_up: bool
) -> None:
    """An unknown score is not the best, an unknown error is none, and another model's does not count."""
    assert limits.used_up_benchmarks(bounded(*scores)).rows() == [("b", "B", used_up)]
    assert limits.used_up_benchmarks(bounded(*scores, n=19)).is_empty()


def horizons(suite: str, *minutes: float, first: int = 0) -> pl.DataFrame:
    """Horizons of so many models on a suite."""
    ids = [f"m{first + place}" for place in range(len(minutes))]
    return pl.DataFrame({"benchmark_id": suite, "model_id": ids, "value": list(minutes)})


@pytest.mark.parametrize(
    ("sizes", "suite"),
    [
        ({}, ""),
        ({"a": 3}, "a"),
        ({"a": 3, "b": 2}, "b"),
        ({"a": 20, "b": 19}, "a"),
        ({"a": 20, "b": 20}, "b"),
        ({"a": 19, "b": 25, "c": 1}, "b"),
    ],
)
def test_the_newest_suite_that_twenty_models_sat_is_taken(sizes: dict[str, int], suite: str) -> None:
    """Without one of so many the newest of all."""
    empty = horizons("a", 1.0).clear()
    rows = [horizons(name, *[1.0] * n) for name, n in sizes.items()]
    assert progress.newest_suite(pl.concat([empty, *rows])) == suite


def test_models_of_two_suites_are_compared_with_the_suite_just_before() -> None:
    """The median ratio and both ends; not with an older one, and of strangers nothing is said."""
    rows = pl.concat(
        [
            horizons("a", 100.0, 100.0, 100.0),
            horizons("b", 10.0, 10.0, 10.0, 7.0),
            horizons("c", 5.0, 12.0, 20.0, first=0),
            horizons("c", 1.0, first=9),
        ]
    )
    assert progress._overlap(rows, "c") == (
        "Of the newest suite's 4 models 3 were measured on the suite before it too: their horizons are 1.20 "
        "times those (from 0.50 to 2.00)."
    )
    assert progress._overlap(rows, "a") == ""
    assert progress._overlap(pl.concat([horizons("a", 1.0), horizons("b", 1.0, first=5)]), "b") == ""


@pytest.mark.parametrize(
    ("noticed", "said"),
    [
        (None, "These are too few models to notice a stop."),
        ([], "There is no rise that could stop."),
        ([0.42], "A stop a year before the data end would have been noticed with probability 42 %."),
        ([1.0], "A stop a year before the data end would have been noticed with probability more than 99 %."),
    ],
)
def test_what_the_test_would_have_noticed_stands_beside_its_verdict(
    noticed: list[float] | None, said: str
) -> None:
    """The share of worlds in which a stop of twelve months is told; other changes and times do not count."""
    power = None
    if noticed is not None:
        own = pl.DataFrame(
            {"change": STOP, "months": 12, "noticed": noticed},
            schema={"change": pl.String, "months": pl.Int64, "noticed": pl.Float64},
        )
        other = own.with_columns(months=pl.lit(18, pl.Int64), noticed=pl.lit(0.9))
        power = pl.concat([other, own])
    assert progress._noticed(power).replace("\u00a0", " ") == said


def test_the_pace_is_told_with_the_pace_before_where_that_is_known() -> None:
    """Slopes in the unit of the measure, with the number of models of each window."""
    rows = index(14.0, 14.0)
    found = progress.models_only_incrementally_better.judge(rows, LATER)
    knot = found.text.split(" since ")[1].split(" (")[0]
    recent = rows.filter(pl.col("released_on") >= date(2024, 12, 30)).height
    assert found.value is not None
    assert found.text.startswith(f"{found.value:.1f} points a year since {knot} ({recent} models); before: 1")
    few = progress.models_only_incrementally_better.judge(rows.head(3), LATER)
    assert few.text == ("3 models are too few to fit a slope. These are too few models to notice a stop.")
    assert (few.value, few.interval) == (None, None)


def smallest_order(n: int) -> int | None:
    """How many values from either end hold the median in 90 %: the binomial tail added up by hand."""
    tail, below = 0.0, None
    for place in range(n // 2):
        tail += math.comb(n, place) / 2**n
        if tail > 0.05:
            break
        below = place
    return below


@pytest.mark.parametrize("n", [0, 1, 4, 5, 6, 11, 20, 41])
def test_the_interval_of_a_median_lies_between_two_of_the_values(n: int) -> None:
    """As far out as both tails together have at most 10 %; of four values none does."""
    values = np.random.default_rng(n).permutation(np.arange(float(n)) ** 2)
    below, found = smallest_order(n), steps.median_interval(values)
    if below is None:
        assert found is None
        return
    assert found is not None
    assert (found.low, found.high, found.level) == (below**2, (n - 1 - below) ** 2, 0.9)


def test_the_trend_of_steps_is_sens_interval() -> None:
    """Slopes of all pairs in order, cut so many places from each end by the variance of Kendall's S."""
    generator = np.random.default_rng(6)
    time, gains = np.sort(generator.uniform(-3, 0, 25)), generator.normal(4, 1, 25)
    slopes = sorted((gains[b] - gains[a]) / (time[b] - time[a]) for a, b in combinations(range(25), 2))
    reach = 1.6448536 * math.sqrt(25 * 24 * 55 / 18)
    low, high = round((len(slopes) - reach) / 2), round((len(slopes) + reach) / 2)
    found = steps._trend(gains, time)
    assert found.low in slopes[low - 2 : low + 1]
    assert found.high in slopes[high - 1 : high + 2]
    assert found.level == 0.9


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(-2.0, -0.1, HELD), (-2.0, 0.0, OPEN), (0.0, 2.0, OPEN), (0.1, 2.0, NOT), (-1.0, 1.0, OPEN)],
)
def test_steps_shrink_or_grow_only_beyond_nought(low: float, high: float, verdict: ClaimVerdict) -> None:
    """An interval that touches it tells neither."""
    assert steps._verdict(Interval(low, high)) is verdict


def test_steps_are_told_by_window_and_the_largest_by_name() -> None:
    """18 months of 547.5 days, and 730 before them; what is older is not told at all."""
    days = [1279, 1276, 600, 548, 547, 100, 0]
    found = steps.steps_only_incremental.judge(of_one_maker([9.0, 1, 2, 3, 4, 5, 8], days), LATER)
    assert found.text == (
        "3 steps in the last 18 months, median 5.0 points; 3 in the 24 before, median 2.0; "
        "the largest 8 points (Model 7, 1 July 2026)."
    )
    assert (found.value, found.n, found.observed_on) == (5.0, 6, LATER)
    assert found.why == "20 steps in each of the two windows are needed."


@pytest.mark.parametrize(("earlier", "recent", "told"), [(20, 20, True), (19, 20, False), (20, 19, False)])
def test_twenty_steps_in_each_window_tell_a_trend(earlier: int, recent: int, told: bool) -> None:
    """Nineteen in one of them do not."""
    days = [*range(600, 600 + 2 * earlier, 2)][::-1] + [*range(0, 2 * recent, 2)][::-1]
    found = steps.steps_only_incremental.judge(of_one_maker([4.0] * len(days), days), LATER)
    assert ("a step changes by +0.0 to +0.0 points a year (90 % interval)" in found.text) is told
    assert found.why.startswith("Makers release more often" if told else "20 steps")


@pytest.mark.parametrize(
    ("own", "verdict"),
    [
        ((1.0, 2.9), HELD),
        ((1.0, 3.0), OPEN),
        ((8.1, 9.0), NOT),
        ((8.0, 9.0), PARTLY),
        ((4.1, 9.0), PARTLY),
        ((4.0, 9.0), OPEN),
    ],
)
def test_a_launch_is_above_or_below_another_only_beyond_its_interval(
    own: tuple[float, float], verdict: ClaimVerdict
) -> None:
    """Others of 3 to 4 and of 7 to 8; an end that is shared tells nothing."""
    assert launches._verdict(Interval(*own), [Interval(3.0, 4.0), Interval(7.0, 8.0)]) is verdict


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ({"GPT-4": 4000.0}, "No launch of o1 is among those counted on Hacker News."),
        (
            {"GPT-4": 4000.0, "o1-preview": 3039.4, "GPT-3": 10.0},
            "On Hacker News o1-preview gained 3,039 points, rank 2 of 3 launches.",
        ),
        (
            {"GPT-4": 4000.0, "o1-preview": 3039.4},
            "On Hacker News o1-preview gained 3,039 points, rank 2 of 2 launches; GPT-3 is not among them.",
        ),
        (
            {"o1-preview": 3039.4},
            "On Hacker News o1-preview gained 3,039 points, rank 1 of 1 launches; GPT-3 and GPT-4 are not "
            "among them.",
        ),
    ],
)
def test_points_of_a_launch_have_a_rank_and_what_is_missing_is_named(
    points: dict[str, float], said: str
) -> None:
    """The most points first."""
    rows = pl.DataFrame({"launch": list(points), "value": list(points.values())})
    assert launches._points_in_words(rows) == said


def test_views_of_launches_are_told_as_the_interval_of_their_excess() -> None:
    """The middle of the interval is the value; without a launch of its own nothing is compared."""
    found = launches.o1_less_buzz_than_gpt.judge(
        views(GPT_3=3000.0, GPT_4=7000.0, o1=1000.0), date(2026, 7, 31)
    )
    assert found.interval is not None and found.value is not None
    assert found.value == pytest.approx((found.interval.low + found.interval.high) / 2)
    assert found.n == 3
    assert found.text.startswith(f"o1 {found.interval.low:,.0f} to {found.interval.high:,.0f}; GPT-3 ")
    assert found.text.endswith(".")


def test_a_verdict_on_boards_names_each_with_both_scores() -> None:
    """Better, worse and not told apart, each with its boards, and the boards without an error."""
    boards = scored((0.9, 0.5, 0.03), (0.5, 0.9, 0.03), (0.5, 0.5, 0.03), (0.7, 0.6, None))
    found = quality.o1_only_sometimes_better.judge(boards, ON)
    name = O1.upper()
    assert found.text.replace("\u00a0", " ") == (
        f"Better on Board-0 ({name} 90.0 % against 50.0 %); worse on Board-1 ({name} 50.0 % against 90.0 %); "
        f"not told apart on Board-2 ({name} 50.0 % against 50.0 %); without a known error: higher on 1 of 1."
    )
    assert found.value == pytest.approx(1 / 3)
    assert found.n == 3
    even = quality.o1_only_sometimes_better.judge(scored((0.9, 0.5, 0.03), (0.6, 0.6, None)), ON)
    assert even.text.endswith(
        "worse on none; not told apart on none; without a known error: higher on 0 of 1."
    )


@pytest.mark.parametrize(
    ("better", "worse", "judged", "elsewhere", "verdict"),
    [
        (1, 1, 2, 0, HELD),
        (3, 0, 3, 0, NOT),
        (2, 0, 2, 0, OPEN),
        (0, 3, 3, 0, NOT),
        (0, 3, 3, 1, PARTLY),
        (0, 2, 2, 0, OPEN),
        (1, 0, 2, 0, PARTLY),
        (0, 1, 3, 1, PARTLY),
        (0, 1, 3, 0, OPEN),
        (0, 0, 3, 2, OPEN),
    ],
)
def test_every_count_of_better_and_worse_has_its_verdict(
    better: int, worse: int, judged: int, elsewhere: int, verdict: ClaimVerdict
) -> None:
    """Three comparisons are needed for "always"; higher without a known error softens "always worse"."""
    assert quality._verdict(better, worse, judged, elsewhere) is verdict


@pytest.mark.parametrize(("boards", "said"), [(1, "on 1 board only"), (2, "on 2 boards only")])
def test_counted_tokens_are_told_by_board(boards: int, said: str) -> None:
    """The median of the ratios is the value, each ratio stands with its board and its model."""
    rows = runs(
        *(run(O1, f"board-{place}", tokens=300.0 + 200 * place) for place in range(boards)),
        *(run(SONNET, f"board-{place}", tokens=100.0) for place in range(boards)),
    )
    found = cost.o1_tokens_per_answer.judge(rows, ON)
    assert said in found.why
    assert found.value == pytest.approx(3.0 if boards == 1 else 4.0)
    listed = ", ".join(f"Board-{place} {3 + 2 * place}.0x ({O1.upper()})" for place in range(boards))
    assert found.text == f"Counted: {listed}."
    assert (found.n, found.observed_on) == (boards, date(2024, 10, 22))


def test_a_ratio_is_of_the_newer_day_of_both_sides() -> None:
    """Whichever side was measured later; without rows there is none."""
    both = pl.DataFrame(
        {
            "benchmark": ["A", "B"],
            "title": ["o1", "o1-preview"],
            "ratio": [1.24, 17.56],
            "observed_on": [date(2024, 1, 1), date(2024, 3, 1)],
            "observed_on_sonnet": [date(2024, 4, 1), date(2024, 2, 1)],
        }
    )
    assert newest_day(both) == date(2024, 4, 1)
    assert newest_day(both.clear()) is None
    assert ratios_in_words(both) == "A 1.2x (o1), B 17.6x (o1-preview)"


def test_speeds_without_round_figures_raise_no_doubt() -> None:
    """Two models in the order of their names, the factor in the middle, and from lowest to highest."""
    rows = speeds([955.0, 477.5], (81.0, 91.0, 101.0)).filter(pl.col("host") != "groq")
    found = speed.cerebras_ten_times_faster.judge(rows, date(2026, 7, 31))
    assert found.why == "Speeds of one list for the open models it has, without a stated error; loads differ."
    assert found.value == pytest.approx((955 + 477.5) / 2 / 91)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((477.5 / 91, 955 / 91))
    assert (found.n, found.verdict) == (2, HELD)


def test_evidence_has_an_address_only_where_its_rows_share_one() -> None:
    """In the order of sources, a payload once; a derived figure has no payload."""
    rows = pl.DataFrame(
        {
            "source_id": ["b", "a", "a", "a"],
            "payload_sha256": ["x", "y", "y", None],
            "url": ["u", "v", "w", "u"],
        }
    )
    found = evidence_of(rows)
    assert set(found) == {Evidence("b", "x", "u"), Evidence("a", "y", None), Evidence("a", None, "u")}
    assert found[-1] == Evidence("b", "x", "u")


@pytest.mark.parametrize(
    ("values", "span"), [([], None), ([1.0], None), ([3.0, 1.0, 2.0], (1.0, 3.0)), ([2.0, 2.0], (2.0, 2.0))]
)
def test_a_range_needs_two_figures(values: list[float], span: tuple[float, float] | None) -> None:
    """It is no interval of chance, so that its level is 1."""
    found = range_of(values)
    assert (found is None) is (span is None)
    assert found is None or (found.low, found.high, found.level) == (*span, 1.0)  # type: ignore[misc]


def test_the_day_of_the_article_itself_can_be_asked() -> None:
    """A finding has no figure behind it unless it says so."""
    assert all_claims(lambda _query, _as_of: pl.DataFrame(), THEN, []) == ()
    with pytest.raises(ValueError, match="2024-12-19"):
        all_claims(lambda _query, _as_of: pl.DataFrame(), THEN - timedelta(seconds=1), [])
    assert (Finding(HELD, "").n, Finding(HELD, "").value) == (0, None)
