"""What is said of one technology on the hype map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from analysis.hypemap.parting import Pair
from analysis.hypemap.phases import MapPhase, Phases
from analysis.price.steps import PriceBasis, cheapest_steps
from analysis.results import Estimate, Interval
from analysis.trends.measures import HORIZON
from analysis.trends.trend import FrontierTrend, frontier_trend
from analysis.trends.verdicts import TrendVerdict
from charts.parts.figure import in_words
from questions.hypemap.rows import Attended, Known, Row
from questions.hypemap.technologies import TECHNOLOGIES, Attention, Figure, Technology
from questions.hypemap.words import (
    DIRECTION,
    NO_DATA,
    agents_text,
    attention_text,
    capability_text,
    change_text,
    chart_title,
    cost_text,
    cost_use_money,
    counted_in,
    details,
    direction,
    first_line,
    known_text,
    missing_text,
    named,
    of_phases,
    phase_text,
    row_title,
    table_row,
    then_row,
    verdict_text,
    works_text,
)
from questions.price.cheapest import CheapestWay
from questions.trends.series import GrowthSeries
from tests.questions.one_trend import TREND

THEN = date(2024, 12, 20)
AGENTS = next(one for one in TECHNOLOGIES if one.key == "agents")
COST: dict[str, object] = {
    "benchmark": "OSWorld",
    "cost": 1.25,
    "value": 0.4,
    "title": "GPT-5",
    "released_on": date(2025, 8, 7),
}
OF_A_TASK = "OSWorld: $1.25 per task for 40\u00a0% (GPT-5, August 2025)"


def row_of(count: int) -> Row:
    """Agents whose horizon doubles with each of `count` models, two weeks apart up to the end of 2025."""
    days = [date(2026, 1, 1) - timedelta(weeks=2 * place) for place in reversed(range(count))]
    models = pl.DataFrame(
        {
            "model_id": [f"model-{place}" for place in range(count)],
            "title": [f"Model {place}" for place in range(count)],
            "organization": [f"maker {place % 5}" for place in range(count)],
            "released_on": days,
            "value": [2.0 ** (place / 4) for place in range(count)],
            "low": [2.0 ** (place / 4) / 2 for place in range(count)],
            "high": [2.0 ** (place / 4) * 2 for place in range(count)],
        }
    )
    series = GrowthSeries(("horizon", "50"), "horizon", "the horizon", "it", models, HORIZON, "minutes")
    trend = frontier_trend(models, date(2026, 1, 1), HORIZON, draws=100)
    return Row(AGENTS, capability=series, trend=trend)


@pytest.mark.parametrize(("count", "said"), [(12, "12 recent models, 20 needed"), (35, "; the frontier ")])
def test_the_time_of_agents_is_told_by_then_now_and_trend(count: int, said: str) -> None:
    """Few recent models tell no trend; what no series tells is named."""
    row = row_of(count)
    text = agents_text(row, THEN)
    assert said in text
    assert "no series of attention or price or cost or use or money is collected here yet" in text
    assert "No test of agents" in agents_text(None, THEN)
    assert "Horizon: " in details(row)
    assert ("agents and computer use" in works_text([row], THEN).split("For ")[0]) == (count > 20)


def test_the_best_then_is_that_of_models_released_by_then() -> None:
    """Before the first model there is none."""
    row = row_of(35)
    assert row.capability is not None
    models = row.capability.models
    day = models["released_on"][3]
    found = then_row(row, day)
    assert found is not None
    assert f"(Model 3, {day:%B %Y})" in found["then"]
    assert "(Model 34, January 2026)" in found["now"]
    earlier = then_row(row, date(2020, 1, 1))
    assert earlier is not None
    assert earlier["then"] == NO_DATA


def attended(change: Estimate | None, shares: Phases | None = None, region: str = "") -> Attended:
    """Twelve months of attention up to May 2026 with this change."""
    months = [date(2025, 6, 1) + timedelta(days=31 * place) for place in range(12)]
    points = pl.DataFrame({"valid_on": [day.replace(day=1) for day in months], "value": [1.0] * 12})
    told = shares or Phases(((MapPhase.FALLING, 0.996), (MapPhase.TROUGH, 0.004)))
    return Attended(Attention(("a",), "Articles read", region=region), points, change, told)


def named_row(name: str = "Agents", attention: Attended | None = None, **known: Any) -> Row:
    """A technology of which only this is known."""
    return Row(Technology("any", name, (), test="Own test"), attention, **known)


TWICE = Estimate(2.0, Interval(1.5, 2.6))
HALF = Estimate(0.5, Interval(0.4, 0.6))
SAME = Estimate(1.1, Interval(0.9, 1.3))
PLATEAU = replace(TREND, verdict=TrendVerdict.PLATEAU)


def test_without_a_pair_the_first_line_says_up_to_when_attention_reaches() -> None:
    """The last month of all technologies that have attention."""
    rows = [named_row(), named_row("MCP", attended(TWICE))]
    assert first_line(None, rows, 11) == (
        "Up to May 2026, where attention and capability part company cannot be told: no technology has both "
        "long enough."
    )


@pytest.mark.parametrize(
    ("change", "rises", "said"),
    [
        (
            TWICE,
            False,
            "Attention and capability part most for chat tools: attention to May 2026 was 2 times the year "
            "before's (1.5 to 2.6); capability stood still up to 16 July 2026.",
        ),
        (
            HALF,
            True,
            "Attention and capability part most for chat tools: attention to May 2026 was 0.5 times the year "
            "before's (0.4 to 0.6); capability rose up to 16 July 2026.",
        ),
        (
            Estimate(0.5),
            True,
            "To May 2026 attention and capability are known for none of 11 technologies: attention's change "
            "in a year cannot be told.",
        ),
        (
            SAME,
            False,
            "Attention and capability nowhere clearly part: of 11 technologies 1 can be judged (to May "
            "2026); for chat tools only capability surely rose.",
        ),
    ],
    ids=["attention alone rises", "capability alone rises", "no interval", "may be no change"],
)
def test_the_first_line_names_where_attention_and_capability_part(
    change: Estimate, rises: bool, said: str
) -> None:
    """Only what is told parts; the interval stands there where there is one; at most thirty words."""
    rows = [named_row("MCP"), named_row("Chat tools", attended(change), trend=TREND)]
    line = first_line(Pair("Chat tools", change, rises), rows, 11)
    assert line == said
    assert len(line.split()) <= 30


def test_the_map_is_headed_by_what_surely_rose_and_fell() -> None:
    """An interval that holds 1, or none, is neither; one technology is singular."""
    rows = [
        named_row("A", attended(TWICE), trend=TREND),
        named_row("B", attended(HALF), trend=PLATEAU),
        named_row("C", attended(SAME), trend=TREND),
        named_row("D", attended(Estimate(3.0))),
        named_row("E", attended(None)),
        named_row("F"),
    ]
    assert chart_title(rows) == (
        "Of the 6 technologies shown, attention can be compared with a year before for 3: it surely rose for "
        "1 and fell for 1; capability rose for 2"
    )
    assert chart_title([replace(rows[2], trend=PLATEAU)]) == (
        "Of the 1 technology shown, attention can be compared with a year before for 1: it surely rose for "
        "none and fell for none; capability rose for none"
    )
    assert chart_title(rows[4:5]) == (
        "Of the 1 technology shown, attention can be compared with a year before for none; capability rose "
        "for none"
    )


@pytest.mark.parametrize("low", [1.0, 1.01])
def test_no_change_at_the_end_of_an_interval_is_no_rise(low: float) -> None:
    """Attention surely rose where the whole interval lies above 1, and fell where it lies below."""
    up = named_row("A", attended(Estimate(2.0, Interval(low, 3.0))))
    down = named_row("B", attended(Estimate(0.5, Interval(0.3, 2.0 - low))))
    assert ("surely rose for 1 " in chart_title([up, down])) == (low > 1)
    assert ("fell for 1" in chart_title([up, down])) == (low > 1)


def test_a_technology_of_which_nothing_is_known_has_dashes() -> None:
    """In every column but its name."""
    assert table_row(named_row()) == dict.fromkeys(
        ("technology", "attention", "phase", "capability", "cost", "use", "money"), NO_DATA
    ) | {"technology": "Agents"}


def test_a_technology_stands_in_few_words() -> None:
    """Attention, the phases of half a percent and more, verdict, cost, and figures parted by semicolons."""
    users = Figure("users", "users", "people", "China")
    sales = Figure("sales", "sales", "usd")
    shares = Phases(((MapPhase.FALLING, 0.695), (MapPhase.TROUGH, 0.3), (MapPhase.RISING_AGAIN, 0.005)))
    row = named_row(
        attention=attended(TWICE, shares, "China"),
        trend=TREND,
        cost=COST,
        use=(known(users, (2024, 1e6), (2025, 2.5e9)), known(users, (2025, 12345.0))),
        money=(known(sales, (2024, 4e6), (2025, 1e9)),),
    )
    assert table_row(row) == {
        "technology": "Agents",
        "attention": "2 (1.5 to 2.6) (China)",
        "phase": "falling 70\u00a0%; trough 30\u00a0%; rising again 0\u00a0%",
        "capability": "Own test: climbed, no change of pace found",
        "cost": OF_A_TASK,
        "use": "users, China: 1 million in January 2024, 2.5 billion in January 2025; users, China: 12,345 "
        "in January 2025",
        "money": "sales: $4 million in January 2024, $1 billion in January 2025",
    }


def known(figure: Figure, *points: tuple[int, float]) -> Known:
    """Figures of these Januaries."""
    days = [date(year, 1, 1) for year, _ in points]
    return Known(
        figure,
        pl.DataFrame({"valid_on": days, "value": [value for _, value in points], "valid_precision": "month"}),
    )


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("percent", 0.52, "52\u00a0%"),
        ("people", 999_999.0, "999,999"),
        ("usd", 500.0, "$500"),
        ("usd", 1e6, "$1 million"),
        ("people", 9.9e8, "990 million"),
        ("usd", 1e9, "$1 billion"),
    ],
)
def test_figures_are_written_by_their_kind(kind: str, value: float, said: str) -> None:
    """Shares as percent; from a million on, and from a billion on, in these."""
    assert known_text(known(Figure("a", "a", kind), (2025, value))) == f"a: {said} in January 2025"


def test_attention_without_an_interval_is_not_told() -> None:
    """Briefly and in full; the country stands beside it."""
    for change in (None, Estimate(2.0)):
        row = named_row(attention=attended(change, region="China"))
        assert table_row(row)["attention"] == "cannot be told (China only)"
        assert attention_text(attended(change, region="China")) == (
            "Articles read (China only), to May 2026: the change cannot be told (months with no count, or "
            "a count of zero)"
        )


@pytest.mark.parametrize(("change", "ending"), [(TWICE, ""), (SAME, ", which may be no change")])
def test_a_change_that_may_be_none_is_told_so(change: Estimate, ending: str) -> None:
    """In the words of a row and in its title."""
    low, high = change.interval.low, change.interval.high  # type: ignore[union-attr] # both have one
    assert change_text(change) == (
        f"{change.value:g} times that of a year before (90\u00a0% interval {low} to {high}){ending}"
    )
    assert row_title(named_row(attention=attended(change))) == (
        f"Agents: attention {change.value:g} times that of a year before{ending}"
    )


def test_a_row_is_headed_by_what_is_told_of_it() -> None:
    """Attention, the frontier, both, or neither."""
    frontier = "the frontier of its test climbed, no change of pace found"
    attention = "attention 2 times that of a year before"
    assert row_title(named_row(attention=attended(TWICE), trend=TREND)) == f"Agents: {attention}; {frontier}"
    assert row_title(named_row(attention=attended(Estimate(2.0)), trend=TREND)) == f"Agents: {frontier}"
    assert row_title(named_row(attention=attended(None))) == (
        "Agents: no change of attention or capability is told"
    )


@pytest.mark.parametrize(("region", "said"), [("", "Users"), ("China", "Users (China)")])
def test_what_is_counted_in_one_country_says_so(region: str, said: str) -> None:
    """Figures and lines of attention alike."""
    assert named(Figure("a", "Users", "people", region)) == said
    assert counted_in(attended(None, region=region)) == said.replace("Users", "Articles read")


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("", "falling 100\u00a0%, if one peak on growth is the right shape"),
        ("Too short", "falling 100\u00a0%: Too short"),
    ],
)
def test_a_phase_is_told_with_what_it_hangs_on(why: str, said: str) -> None:
    """Or with why none is told; shares below half a percent are left out."""
    assert phase_text(Phases(((MapPhase.FALLING, 0.996), (MapPhase.TROUGH, 0.0049)), why)) == said


@pytest.mark.parametrize(
    ("trend", "said"),
    [
        (None, NO_DATA),
        (replace(TREND, verdict=TrendVerdict.SATURATED), "is used up, the end of a test"),
        (replace(TREND, n_recent=1), "cannot be told (1 recent model)"),
        (TREND, "climbed, no change of pace found"),
    ],
)
def test_the_verdict_of_a_row_is_in_the_past(trend: FrontierTrend | None, said: str) -> None:
    """Its newest models are what it reaches to; used up and too few are said."""
    assert verdict_text(named_row(trend=trend)) == said


def test_a_capability_has_its_slope_where_that_is_told() -> None:
    """With the day of its newest model; of too few models there is no slope."""
    series = row_of(2).capability
    told = named_row(capability=series, trend=TREND)
    assert capability_text(told) == (
        "Horizon: climbed, no change of pace found, to 16 July 2026; +15.2 points a year (90 % interval 13.7 "
        "to 17.3)"
    )
    few = replace(told, trend=replace(TREND, n_recent=19))
    assert capability_text(few) == "Horizon: cannot be told (19 recent models), to 16 July 2026"
    for unknown in (
        replace(told, trend=None),
        replace(told, capability=None),
        replace(told, trend=replace(TREND, slopes=None)),
    ):
        assert capability_text(unknown) == NO_DATA


def test_the_price_of_a_level_comes_before_the_cost_of_a_task() -> None:
    """With the day of the price and how many times cheaper it is; what cannot be compared is no price.

    A cost says of when its model is.
    """
    assert cost_text(named_row(price=way(37.5, 0.5), cost=COST)) == (
        "GPT-4's GPQA level: $0.50 per million tokens on 1 July 2026, 75 times less than in March 2023"
    )
    assert cost_text(named_row(price=way(37.5), cost=COST)) == OF_A_TASK
    assert cost_text(named_row(price=way(37.5))) == NO_DATA


def way(*prices: float) -> CheapestWay:
    """A level whose maker's price fell so, a year at a time."""
    offers = pl.DataFrame(
        {
            "model_id": [f"model-{place}" for place in range(len(prices))],
            "provider": "maker",
            "seller": "maker",
            "valid_on": [date(2023 + place, 3, 14) for place in range(len(prices))],
            "price_usd_per_mtok": prices,
        }
    )
    scores = offers.select("model_id", score=pl.lit(0.5))
    steps = cheapest_steps(offers, scores, 0.33, date(2026, 7, 1), PriceBasis.MAKER)
    return CheapestWay(("any", 0.33, "maker", ()), steps, offers, scores, "")


def test_what_works_is_what_surely_rises() -> None:
    """What does not, or cannot be told, is named apart; what has no test is not named."""
    rows = [
        named_row("Alpha", trend=TREND),
        named_row("Beta", trend=replace(TREND, verdict=TrendVerdict.SLOWING)),
        named_row("Gamma", trend=PLATEAU),
        named_row("Delta"),
    ]
    last = " A better score is not work done: no series here measures work done."
    assert works_text(rows, THEN) == (
        "**What works?** Up to its newest models the frontier rose for alpha and beta. For gamma that "
        "cannot "
        f"be told, or it did not.{last}"
    )
    assert works_text(rows[3:], THEN) == f"**What works?**{last}"


def test_agents_are_told_with_interval_then_and_now() -> None:
    """Of a day before the first model there is no then; a trend with enough models has its verdict."""
    row = replace(row_of(3), trend=TREND, use=(known(Figure("a", "a", "people"), (2025, 1.0)),))
    days = row.capability.models["released_on"]  # type: ignore[union-attr] # it has one
    now = (
        "1 min (90\u00a0% interval 1 min to 3 min) by January 2026 (METR); the frontier climbed, no change "
        "of pace found. "
    )
    asked = (
        "**Is it the time of agents?** The longest tasks that a model completes half the time took people "
    )
    untold = (
        "Whether use follows cannot be told: for agents no series of attention or price or cost or money "
        "is collected here yet."
    )
    assert agents_text(row, days[0]) == (
        f"{asked}1 min (90\u00a0% interval 0 min to 2 min) then, {now}{untold}"
    )
    assert agents_text(row, days[0] - timedelta(days=1)) == f"{asked}{now}{untold}"
    bare = replace(row.capability, models=row.capability.models.drop("low"))  # type: ignore[union-attr,type-var]
    assert f"{asked}1 min by January 2026" in agents_text(replace(row, capability=bare), date(2020, 1, 1))
    assert agents_text(replace(row, capability=None), THEN) == agents_text(None, THEN)


def test_the_words_of_a_row_leave_out_what_is_not_known() -> None:
    """Attention, phase, capability, and what is missing, each a paragraph."""
    assert details(named_row()) == (
        "**Not collected here yet**: attention, capability, price or cost, use, money."
    )
    full = named_row(
        attention=attended(TWICE),
        capability=row_of(2).capability,
        trend=TREND,
        cost={"benchmark": "OSWorld"},
        use=(known(Figure("a", "a", "people"), (2025, 1.0)),),
        money=(known(Figure("a", "a", "usd"), (2025, 1.0)),),
    )
    assert [one[: one.index("**", 2) + 2] for one in details(full).split("\n\n")] == [
        "**Attention.**",
        "**Phase.**",
        "**Capability.**",
    ]


def test_without_a_test_there_is_no_then_and_now() -> None:
    """A technology whose capability is not known has no row."""
    assert then_row(named_row(), THEN) is None


def test_what_surely_rose_is_not_said_to_be_untold() -> None:
    """Too few models tell no change of pace; that the best is better than then they may tell all the same."""
    row = row_of(12)
    assert row.capability is not None
    day = row.capability.models["released_on"][0]
    found = then_row(row, day)
    assert found is not None
    assert found["verdict"] == "rose; whether its pace changed cannot be told (12 recent models)"
    assert (
        "that it rose is clear, whether its pace changed cannot be told: 12 recent models, 20 needed."
    ) in agents_text(row, day)
    assert works_text([row], day).startswith(
        f"**What works?** For agents and computer use the best is clearly better than on "
        f"{in_words(day)}; whether the pace changed cannot be told. A better"
    )
    last = row.capability.models["released_on"][-1]
    assert "whether the frontier still rises cannot be told: 12" in agents_text(row, last)
    assert "that cannot be told, or it did not." in works_text([row], last)
    assert (then_row(row, last) or {})["verdict"] == "cannot be told (12 recent models)"


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (TrendVerdict.NOT_DISTINGUISHABLE, "rose; lately it may have risen or stood still"),
        (TrendVerdict.STEADY, "climbed, no change of pace found"),
        (TrendVerdict.SATURATED, "is used up, the end of a test"),
    ],
)
def test_then_and_now_are_compared_whatever_the_last_months(verdict: TrendVerdict, said: str) -> None:
    """What stands between two days is no matter of the recent window: both are told where they differ."""
    row = row_of(12)
    assert row.capability is not None
    told = replace(row, trend=replace(TREND, verdict=verdict))
    found = then_row(told, row.capability.models["released_on"][0])
    assert found is not None
    assert found["verdict"] == said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (
            ("A", "B"),
            "2 can be judged (to May 2026); for a and b only capability surely rose.",
        ),
        (
            ("A", "B", "C"),
            "3 can be judged (to May 2026); for a, b and c only capability surely rose.",
        ),
        (
            ("A" + " b" * 6, "B" + " c" * 6),
            "2 can be judged (to May 2026); for 2 only capability surely rose.",
        ),
    ],
)
def test_technologies_are_named_while_there_is_room(names: tuple[str, ...], said: str) -> None:
    """Those of which both are known, and no other; at most thirty words."""
    rows = [named_row(name, attended(SAME), trend=TREND) for name in names]
    line = first_line(Pair(names[0], SAME, rises=True), [*rows, named_row("Other", attended(SAME))], 11)
    assert line == f"Attention and capability nowhere clearly part: of 11 technologies {said}"
    assert len(line.split()) <= 30


def test_a_phase_that_cannot_be_told_is_no_share() -> None:
    """Nobody weighs it: it stands without a percentage, with the reason."""
    assert phase_text(Phases(((MapPhase.CANNOT_BE_TOLD, 1.0),), "Too short")) == "cannot be told: Too short"


def test_where_attention_is_unknown_it_is_not_said_to_go_with_capability() -> None:
    """Each technology by what both did."""
    rows = [named_row("A", attended(TWICE), trend=TREND), named_row("B", attended(SAME), trend=TREND)]
    assert first_line(Pair("A", TWICE, rises=True), rows, 11) == (
        "Attention and capability nowhere clearly part: of 11 technologies 2 can be judged (to May 2026); "
        "for a both rose; for b only capability surely rose."
    )
    fell = named_row("C", attended(HALF), trend=PLATEAU)
    assert "for c capability stood still, attention fell." in first_line(Pair("C", HALF, False), [fell], 11)


def test_a_row_and_then_and_now_have_one_wording_and_one_count() -> None:
    """That a frontier rose since the article is said, and counted, wherever it is told."""
    told = row_of(12)
    assert told.capability is not None
    models = told.capability.models
    first = pl.when(pl.col("released_on") == models["released_on"][0]).then(date(2024, 1, 1))
    row = replace(
        told,
        capability=replace(
            told.capability, models=models.with_columns(released_on=first.otherwise("released_on"))
        ),
    )
    said = "rose; whether its pace changed cannot be told (12 recent models)"
    assert verdict_text(row) == (then_row(row, THEN) or {})["verdict"] == said
    assert table_row(row)["capability"].endswith(said)
    assert chart_title([row]).endswith("capability rose for 1 (for 1 its pace cannot be told)")


def test_a_phase_that_is_told_of_none_has_no_column() -> None:
    """It is said in a sentence instead."""
    rows = pl.DataFrame({"phase": ["cannot be told", NO_DATA]})
    assert "phase" not in direction(rows)
    assert of_phases(rows).endswith("cannot be told for any of these.")
    some = pl.DataFrame({"phase": ["cannot be told", "falling 70 %"]})
    assert direction(some) == DIRECTION
    assert of_phases(some) == ""


@pytest.mark.parametrize(
    ("precision", "said"),
    [("day", "on 3 January 2025"), ("month", "in January 2025"), ("quarter", "in Q1 2025")],
)
def test_a_figure_names_its_day_as_far_as_it_is_known(precision: str, said: str) -> None:
    """No day is made of a month or a quarter."""
    points = pl.DataFrame({"valid_on": [date(2025, 1, 3)], "value": [5.0], "valid_precision": precision})
    figure = Known(Figure("a", "a", "people"), points)
    assert known_text(figure) == f"a: 5 {said}"
    assert figure.until == ("January 2025" if precision == "day" else said.removeprefix("in "))
    passed = points.with_columns(note=pl.lit("above 5; quotes a newspaper"))
    assert known_text(Known(Figure("a", "a", "people"), passed)) == f"a: more than 5 {said}"


def test_the_first_line_reaches_as_far_as_the_series_that_ends_first() -> None:
    """A month of attention after the newest model is no month that capability is known of."""
    points = pl.DataFrame({"valid_on": [date(2026, 9, 1)], "value": [1.0]})
    later = replace(attended(SAME), points=points)
    line = first_line(Pair("A", SAME, rises=True), [named_row("A", later, trend=TREND)], 11)
    assert f"(to {TREND.window.end:%B %Y})" in line
    still = first_line(Pair("A", SAME, False), [named_row("A", attended(SAME), trend=PLATEAU)], 11)
    assert still.endswith("for a capability stood still, attention is unclear.")


def test_a_technology_without_price_use_and_money_has_no_row_of_dashes() -> None:
    """Of the three columns one that is known is enough."""
    rows = pl.DataFrame([table_row(named_row("A", cost=COST))])
    bare = pl.DataFrame([table_row(named_row("B", attended(TWICE)))])
    assert cost_use_money(pl.concat([rows, bare]))["technology"].to_list() == ["A"]


def test_why_a_technology_is_not_on_the_map_is_told() -> None:
    """Where attention was looked for, and of how many nothing else is followed; nothing of what is whole."""
    sites = (Attention(("a",), "Wikipedia, views"), Attention(("b",), "Weibo, topics", region="China"))
    bare = Row(Technology("b", "Bare", sites))
    no_attention = Row(Technology("c", "No attention", sites), trend=TREND)
    whole = named_row("Whole", attended(TWICE), trend=TREND)
    alone = named_row("Attention alone", attended(TWICE))
    assert missing_text([whole, bare, no_attention]) == (
        "2 of 3 technologies have no row on the map. What all of them lack is attention: Wikipedia and Weibo "
        "are looked at, and none has 12 months of counts here yet. For 1 no test, price, use or money of "
        "their own is followed here either."
    )
    assert "What 1 of them lack is attention" in missing_text([whole, alone, no_attention])
    assert missing_text([alone]) == "1 of 1 technologies have no row on the map."
