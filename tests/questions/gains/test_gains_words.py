"""What is said of gains: what budgets buy, what the best cost, how levels fell, what one more point costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.gains.budget import BudgetSteps
from analysis.gains.margin import FrontPrice, PointPrice
from analysis.gains.records import FrontierCost
from analysis.price.steps import CheapestSteps, PriceBasis, StepsVerdict
from analysis.results import Estimate, Interval, Window
from charts.gains.ladder import LadderRung
from questions.evidence import Evidence
from questions.gains.level_words import (
    LevelPrice,
    TakenLevel,
    anchors_text,
    beginnings_text,
    beside_the_headline,
    ends_text,
    ladder_doubt,
    ladder_title,
    levels_table,
    thinking_text,
)
from questions.gains.words import (
    budget_doubt,
    budget_title,
    first_line,
    front_text,
    frontier_doubt,
    frontier_title,
    in_a_year,
    point_text,
)
from questions.price.threshold import Capability

ON = date(2026, 6, 1)
FRESH = Evidence(ON, ON)
SINCE = date(2023, 3, 14)
INDEX = "the capability index"


def buys(
    budget: float, value: float | None, low: float | None = None, high: float | None = None, title: str = "A"
) -> BudgetSteps:
    """A budget that buys one score since 2025; None stands for nothing that was scored."""
    there = None if value is None else "a"
    row = {"valid_on": date(2025, 1, 1), "model_id": there, "title": title, "value": value}
    types = {"value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "model_id": pl.String}
    steps = pl.DataFrame([row | {"low": low, "high": high}], schema_overrides=types)
    return BudgetSteps(budget, steps, ON)


EARLIER = {"model_id": "b", "value": 0.72, "low": None, "high": None}


@pytest.mark.parametrize(
    ("bought", "before", "said"),
    [
        (
            buys(1.0, 150.0, 148.0, 152.0),
            EARLIER | {"value": 138.0, "low": 137.0, "high": 139.0},
            "$1 per million tokens bought 150.0 points (90\u00a0% interval 148.0 to 152.0) at makers' list "
            "prices, up 12 points (10 to 14) in a year.",
        ),
        (buys(1.0, 150.0), None, "$1 per million tokens bought 150.0 points at makers' list prices."),
        (buys(1.0, 150.0, 148.0), None, "bought 150.0 points at makers' list prices."),
        (buys(1.0, 150.0, None, 152.0), None, "bought 150.0 points at makers' list prices."),
        (
            buys(0.1, None),
            None,
            "On 1 June 2026, no model that was scored is on sale for $0.10 per million tokens.",
        ),
    ],
    ids=["with interval and gain", "no year before", "no upper end", "no lower end", "nothing"],
)
def test_the_first_line_says_what_the_budget_buys(
    bought: BudgetSteps, before: dict[str, object] | None, said: str
) -> None:
    """With the interval where both ends are known, and the gain where there was something a year before."""
    line = first_line(bought, before, "points", PriceBasis.MAKER, FRESH)
    assert line.startswith("On 1 June 2026, ")
    assert line.endswith(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (1, " (90\u00a0% interval 70.0\u00a0% to 75.0\u00a0%) at the cheapest host of w."),
        (8, " bought 72.0\u00a0% at the cheapest host of w w w w w w w w, as much as a year before."),
        (12, " bought 72.0\u00a0% of w w w w w w w w w w w w, as much as a year before."),
        (17, " bought 72.0\u00a0% of w w w w w w w w w w w w w w w w w."),
    ],
)
def test_a_long_scope_pushes_out_the_interval_the_seller_and_the_gain(words: int, said: str) -> None:
    """In that order, so that the line keeps to thirty words."""
    among = " of" + " w" * words
    before = None if words == 1 else EARLIER
    line = first_line(buys(1.0, 0.72, 0.7, 0.75), before, "fraction", PriceBasis.CHEAPEST_HOST, FRESH, among)
    assert line.endswith(said)
    assert len(line.split()) <= 30


def test_of_some_models_none_may_be_on_sale_for_the_budget() -> None:
    """The scope of the filters stands before."""
    line = first_line(buys(1.0, None), None, "points", PriceBasis.MAKER, FRESH, " among open-weight models")
    assert line.startswith("On 1 June 2026, among open-weight models none that was scored is on sale for $1 ")


@pytest.mark.parametrize(
    ("gained", "unit", "point", "said"),
    [
        (Estimate(12.4), "points", "point", "12 points more than a year before"),
        (Estimate(-3.0), "points", "", "3 points less than a year before"),
        (Estimate(0.4), "points", "point", "as much as a year before"),
        (Estimate(0.03), "fraction", "percentage point", "3 percentage points more than a year before"),
        (Estimate(12.4, Interval(8.2, 16.4)), "points", "point", "up 12 points (8 to 16) in a year"),
        (Estimate(12.4, Interval(8.2, 16.4)), "points", "", "up 12 (8 to 16) in a year"),
        (Estimate(5.0, Interval(0.4, 9.6)), "points", "", "up 5 (0.4 to 10) in a year"),
        (Estimate(-0.03, Interval(-0.05, -0.01)), "fraction", "", "down 3 (1 to 5) in a year"),
        (Estimate(0.004, Interval(-0.02, 0.03)), "fraction", "", "no clear gain in a year (-2 to 3)"),
    ],
)
def test_a_gain_stands_beside_its_interval(gained: Estimate, unit: str, point: str, said: str) -> None:
    """Fractions gain percentage points; a gain whose interval holds zero is none that is told."""
    assert in_a_year(gained, unit, point) == said


def test_a_larger_budget_buys_more_within_an_interval_or_no_clear_gain() -> None:
    """The interval is that of the difference; without errors the difference stands alone."""
    small = buys(1.0, 150.0, 148.0, 152.0)
    title = "On 1 June 2026 $1 per million tokens bought 150.0 points on the capability index; $10 bought"
    more = BudgetSteps(10.0, buys(10.0, 160.0, 158.0, 162.0).steps.with_columns(model_id=pl.lit("b")), ON)
    near = BudgetSteps(10.0, buys(10.0, 151.0, 149.0, 153.0).steps.with_columns(model_id=pl.lit("b")), ON)
    plain = buys(10.0, 160.0)
    assert (
        budget_title((small, more), "points", ON, INDEX)
        == f"{title} 10 points more (90\u00a0% interval 7 to 13)"
    )
    assert (
        budget_title((small, near), "points", ON, INDEX)
        == f"{title} no clear gain (90\u00a0% interval -2 to 4)"
    )
    assert budget_title((small, plain), "points", ON, INDEX) == f"{title} 10 points more"


RECENT = "In the 18 months to June 2026"
RANGE = f"{RECENT} the best model's list price per million tokens was between"


def costs(*prices: float | None, first_read_on: date | None = None) -> FrontierCost:
    """The price of the best model from month to month, each month another one; the first may be read late."""
    names = [f"m{place}" for place in range(len(prices))]
    days = [date(2024 + (10 + place) // 12, (10 + place) % 12 + 1, 1) for place in range(len(prices))]
    steps = pl.DataFrame(
        {
            "valid_on": days,
            "model_id": names,
            "title": names,
            "price_usd_per_mtok": prices,
            "first_read_on": [first_read_on, *[None] * (len(prices) - 1)],
        },
        schema_overrides={"price_usd_per_mtok": pl.Float64, "first_read_on": pl.Date},
    )
    return FrontierCost(pl.DataFrame({"model_id": names}), steps, ON)


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        ((3.0,), "What the best model costs is known of too few to compare"),
        ((3.0, None), "What the best model costs is known of too few to compare"),
        ((2.0, 6.0), f"{RECENT} the best model's list price was $6 per million tokens"),
        ((None, 6.0, 1.5), f"{RANGE} $1.50 for m2 and $6 for m1"),
        ((2.0, 2.0), f"{RECENT} the best model's list price was $2 per million tokens"),
        ((2.0, 2.0, None), f"{RECENT} the best model's list price was $2 per million tokens"),
        (
            (1.0, 2.0, 9.0, 3.0, 8.0, 1.5, 4.0),
            f"{RANGE} $1.50 for m5 and $9 for m2, with no clear rise or fall",
        ),
        ((1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), f"{RANGE} $2 for m1 and $7 for m6, and rose"),
        ((9.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0), f"{RANGE} $2 for m6 and $7 for m1, and fell"),
    ],
)
def test_the_price_of_the_best_is_a_range_with_its_course(
    prices: tuple[float | None, ...], said: str
) -> None:
    """Of the last eighteen months; two chosen ends tell no course, and one price alone tells nothing."""
    assert frontier_title(costs(*prices)) == said


def test_long_without_a_price_the_best_has_no_range() -> None:
    """What is known of earlier years says nothing of these months."""
    late = replace(costs(2.0, 6.0, None), until=date(2027, 6, 1))
    assert frontier_title(late) == "In the 18 months to June 2027 no list price of the best model is known"


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        (
            (2.0, 6.0),
            "The best at the end was m1; its list price was $6 per million tokens. A price per token is not",
        ),
        (
            (2.0, None),
            "The best at the end was m1; no list price of it is known. 1 model that held the record has no "
            "known list price. A price per token is not",
        ),
        (
            (2.0, None, None),
            "The best at the end was m2; no list price of it is known. 2 models that held the record have no "
            "known list price. A price per token is",
        ),
    ],
)
def test_the_last_record_is_named_and_those_without_a_price_are_counted(
    prices: tuple[float | None, ...], said: str
) -> None:
    """One has, several have; nothing is said of these where all are priced."""
    assert frontier_doubt(costs(*prices)).startswith(said)


def test_records_whose_price_was_read_late_are_named() -> None:
    """A price that is only taken to have held since a launch is told from one that was read at it."""
    said = frontier_doubt(costs(2.0, 6.0, first_read_on=date(2026, 6, 1)))
    assert ". The list price of m0 was first read more than three months after the launch" in said


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        ((2.0, 6.0), ""),
        ((2.0,) * 7, ""),
        (
            (1.0, 2.0, 9.0, 3.0, 8.0, 1.5, 4.0),
            "No clear rise or fall: these 6 prices, put in a random order, ",
        ),
        ((1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), "A clear rise: these 6 prices, "),
        ((9.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0), "A clear fall: these 6 prices, "),
    ],
)
def test_what_a_course_rests_on_is_said_in_words(prices: tuple[float, ...], said: str) -> None:
    """How many prices there are, and what chance would do; nothing of prices that are too few or equal."""
    assert f"per million tokens. {said or 'A price per token'}" in frontier_doubt(costs(*prices))


def way(
    first: float,
    last: float | None,
    basis: PriceBasis = PriceBasis.MAKER,
    first_read_on: date | None = None,
) -> CheapestSteps:
    """A cheapest price that went from the first to the last."""
    steps = pl.DataFrame(
        {
            "valid_on": [SINCE, ON],
            "price_usd_per_mtok": [first, last],
            "model_id": ["a", "b"],
            "provider": "maker",
            "first_read_on": [first_read_on, None],
        },
        schema_overrides={"first_read_on": pl.Date},
    )
    verdict = StepsVerdict.WITHDRAWN if last is None else StepsVerdict.CHEAPER
    return CheapestSteps(0.3, basis, steps, steps, 2, (), Window(SINCE, ON), "steps", verdict, asked=steps)


TENFOLD = LadderRung(("GPT-4",), way(10.0, 1.0))
THREEFOLD = LadderRung(("o1", "o3"), way(3.0, 1.0))
DEARER = LadderRung(("GPT-5",), way(1.0, 2.0))
AS_BEFORE = LadderRung(("GPT-5",), way(1.0, 1.0))
GONE = LadderRung(("GPT-5",), way(1.0, None))


@pytest.mark.parametrize(
    ("rungs", "said"),
    [
        ((DEARER,), "What each level costs"),
        ((GONE, AS_BEFORE), "What each level costs"),
        (
            (THREEFOLD, TENFOLD),
            "Every level on the index got cheaper at makers' list prices: GPT-4's fell most, to 1/10 since "
            "March 2023",
        ),
        (
            (TENFOLD, DEARER, THREEFOLD),
            "2 of 3 levels on the index got cheaper at makers' list prices: GPT-4's fell most, to 1/10 since "
            "March 2023",
        ),
        (
            (GONE, THREEFOLD),
            "1 of 2 levels on the index got cheaper at makers' list prices: o1's fell to 1/3 since March "
            "2023",
        ),
    ],
    ids=["dearer", "gone or as before", "every", "some", "one gone"],
)
def test_the_level_that_fell_most_is_named(rungs: tuple[LadderRung, ...], said: str) -> None:
    """Only levels that got cheaper count, and whether these are all is said."""
    assert ladder_title(rungs, "the index") == said


SO_FAR = "1/10 since March 2023"


@pytest.mark.parametrize(
    ("fell_on", "low", "said"),
    [
        (date(2024, 9, 24), 1.0, f"{SO_FAR}, all of it by September 2024; since then no cheaper"),
        (date(2024, 9, 24), 0.95, f"{SO_FAR}, all of it by September 2024; since then 5\u00a0% dearer"),
        (date(2024, 9, 24), 0.25, f"{SO_FAR}, all of it by September 2024; since then 4 times as dear"),
        (date(2025, 6, 1), 1.0, f"{SO_FAR}, all of it by June 2025; since then no cheaper"),
        (date(2025, 6, 2), 1.0, SO_FAR),
        (date(2024, 9, 24), 1.1, SO_FAR),
    ],
    ids=[
        "as low since",
        "lower then",
        "far lower then",
        "a year ago",
        "less than a year ago",
        "not all of it",
    ],
)
def test_a_fall_that_ended_long_ago_says_when(fell_on: date, low: float, said: str) -> None:
    """By which month all of it had come, where that was at least a year before the end."""
    found = way(10.0, 1.0)
    fell = {"valid_on": fell_on, "price_usd_per_mtok": low, "model_id": "c", "provider": "maker"}
    fallen = pl.DataFrame([fell | {"first_read_on": None}], schema=found.steps.schema)
    rung = LadderRung(("GPT-4",), replace(found, steps=pl.concat([found.steps, fallen]).sort("valid_on")))
    assert ladder_title([rung], "the index").endswith(f"GPT-4's fell to {said}")


def test_a_fall_from_a_price_that_was_read_late_says_when() -> None:
    """A price that is only taken to have held since a launch is no dated one."""
    rung = LadderRung(("GPT-4",), way(10.0, 1.0, first_read_on=date(2024, 3, 1)))
    assert "(price first read in March 2024)" in ladder_title([rung], "the index")


def test_levels_that_share_a_line_and_those_without_one_are_named() -> None:
    """Nothing of either is said where there are none."""
    caution = (
        "A level is one score on one scale: a cheaper model that reaches it may be worse at other things."
    )
    assert ladder_doubt((TENFOLD,), ()) == caution
    assert ladder_doubt((TENFOLD, THREEFOLD), ("GPT-2", "GPT-3")) == (
        "o1 and o3 are within error of each other and share a line, at o1's score. "
        "No line for GPT-2 and GPT-3: no score here, or none "
        f"above what guessing reaches. {caution}"
    )


LEVEL = Capability(
    "any",
    "GPT-4's GPQA score",
    "GPQA",
    "gpqa",
    0.33,
    pl.DataFrame(),
    "fraction",
    PriceBasis.MAKER,
    (),
    "GPT-4",
)


def test_the_fall_that_other_pages_tell_stands_beside_the_levels() -> None:
    """With its price, its model and its day; nothing where they tell no fall."""
    assert beside_the_headline(LEVEL, way(10.0, 1.0), {"b": "Beta"}) == (
        "Overview and Falling price read GPT-4's level on another scale: GPT-4's GPQA score (33.0\u00a0%) "
        "cost $1 at the cheapest maker with Beta on 1 June 2026, 10 times less than in March 2023. Which "
        "models reach a level depends on the scale, and with them its price."
    )
    assert " with b on " in beside_the_headline(LEVEL, way(10.0, 1.0), {})
    assert beside_the_headline(LEVEL, way(10.0, None), {}) == ""
    assert beside_the_headline(LEVEL, replace(way(10.0, 1.0), window=None), {}) == ""


SMALL, LARGE, NONE = buys(0.1, 120.0, title="A"), buys(10.0, 150.0, title="B"), buys(1.0, None)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((NONE,), "What a fixed budget buys"),
        (
            (NONE, SMALL, LARGE),
            "On 1 June 2026 $0.10 per million tokens bought 120.0 points on the capability index; $10 "
            "bought 30 points more",
        ),
        (
            (SMALL, buys(10.0, 120.0)),
            "On 1 June 2026 $0.10 per million tokens bought 120.0 points on the capability index; $10 "
            "bought as much",
        ),
        (
            (SMALL, NONE),
            "On 1 June 2026 of these budgets only $0.10 per million tokens bought a model that was scored: "
            "120.0 points on the capability index",
        ),
    ],
    ids=["nothing", "more", "as much", "one alone"],
)
def test_the_smallest_budget_stands_against_the_largest(found: tuple[BudgetSteps, ...], said: str) -> None:
    """Of those that buy anything."""
    assert budget_title(found, "points", ON, INDEX) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((SMALL, LARGE), "On 1 June 2026 the best model for $0.10 was A; for $10 it was B. The best of many"),
        (
            (SMALL, NONE),
            "On 1 June 2026 the best model for $0.10 was A. $1 per million tokens bought none that "
            "was scored. The best of many",
        ),
        (
            (LARGE, NONE, buys(0.01, None)),
            "On 1 June 2026 the best model for $10 was B. $1 and $0.01 per million tokens bought none that "
            "was scored. The best",
        ),
    ],
)
def test_the_models_of_each_budget_are_named(found: tuple[BudgetSteps, ...], said: str) -> None:
    """And the budgets that buy none, in the right number."""
    assert budget_doubt(found, ON).startswith(said)


@pytest.mark.parametrize(
    ("price", "unit", "said"),
    [
        (
            PointPrice(ON, 0.02, 0.5, 5.0),
            "points",
            "On 1 June 2026 one more point cost $0.02 per million tokens above the cheapest model, and $0.50 "
            "below the best, 25 times as much; each over a step of at least 5 points.",
        ),
        (
            PointPrice(ON, 0.5, 0.5, 0.05),
            "fraction",
            "On 1 June 2026 one more percentage point cost $0.50 per million tokens above the cheapest "
            "model, and $0.50 below the best; each over a step of at least 5 percentage points.",
        ),
        (
            PointPrice(ON, 0.0, 0.5, 5.0),
            "points",
            "On 1 June 2026 one more point cost $0 per million tokens above the cheapest model, and $0.50 "
            "below the best; each over a step of at least 5 points.",
        ),
        (
            PointPrice(ON, None, 0.5, 5.0),
            "points",
            "What one more point costs cannot be told: the models on sale span less than 5 points.",
        ),
        (
            PointPrice(ON, 0.5, None, 0.05),
            "fraction",
            "What one more percentage point costs cannot be told: the models on sale span less than 5 "
            "percentage points.",
        ),
        (
            PointPrice(ON, 0.02, 0.5, 5.0, ("A", "B"), None),
            "points",
            "On 1 June 2026 one more point cost $0.50 per million tokens below the best, over a step of at "
            "least 5 points; above the cheapest model it cannot be told: the intervals of A and B overlap.",
        ),
        (
            PointPrice(ON, 0.02, 0.5, 5.0, None, ("B", "C")),
            "points",
            "On 1 June 2026 one more point cost $0.02 per million tokens above the cheapest model, over a "
            "step of at least 5 points; below the best it cannot be told: the intervals of B and C overlap.",
        ),
        (
            PointPrice(ON, 0.02, 0.5, 5.0, ("A", "B"), ("B", "C")),
            "points",
            "What one more point cost on 1 June 2026 cannot be told at either end: above the cheapest model "
            "the intervals of A and B overlap, below the best the intervals of B and C overlap.",
        ),
    ],
    ids=[
        "dearer at the best",
        "as dear",
        "for nothing",
        "no cheap end",
        "no best end",
        "cheap end not told apart",
        "best end not told apart",
        "neither",
    ],
)
def test_one_more_point_has_a_price_at_both_ends(price: PointPrice, unit: str, said: str) -> None:
    """Or cannot be told; how many times as much is said only where it is more."""
    assert point_text(price, unit) == said


def end_of_front(title: str, value: float, price: float) -> dict[str, object]:
    """One of the two models between which a point is priced."""
    return {"title": title, "value": value, "price_usd_per_mtok": price}


@pytest.mark.parametrize(
    ("unit", "values", "interval", "said"),
    [
        (
            "points",
            (130.0, 150.0),
            Interval(0.3, 0.8, 0.9),
            "On average from the cheapest model on sale on 1 June 2026, Small with 130.0 points for $0.50, "
            "to the best, Big with 150.0 points for $10.50, one more point cost $0.50 per million tokens "
            "(90\u00a0% interval $0.30 to $0.80). The first points of these may cost far less and the "
            "last far more.",
        ),
        (
            "fraction",
            (0.7, 0.9),
            None,
            "On average from the cheapest model on sale on 1 June 2026, Small with 70.0\u00a0% for $0.50, to "
            "the best, Big with 90.0\u00a0% for $10.50, one more percentage point cost $0.50 per million "
            "tokens. The first points of these may cost far less and the last far more.",
        ),
    ],
)
def test_a_point_has_a_price_on_average_over_the_front(
    unit: str, values: tuple[float, float], interval: Interval | None, said: str
) -> None:
    """With its interval where it is known; nothing is said where there is no front."""
    ends = end_of_front("Small", values[0], 0.5), end_of_front("Big", values[1], 10.5)
    assert front_text(FrontPrice(ON, Estimate(0.5, interval), *ends), unit) == said
    assert front_text(None, unit) == ""


def fixing(name: str) -> LevelPrice:
    """A level whose score fixes the scale: exact, though a price of either end is there."""
    return LevelPrice((name,), 130.0, Interval(130.0, 130.0, 0.9), 0.2, (0.2, 0.2), "Nano", ON)


def level_price(name: str, *ends: float | None, spread: bool = True) -> LevelPrice:
    """A level that costs $0.14, whose ends cost so much; without them no error is known."""
    interval = Interval(121.0, 133.8, 0.9) if spread else None
    both = (ends[0], ends[1]) if ends else None
    return LevelPrice((name, "GPT-4o"), 126.8, interval, 0.14, both, "Nano", ON)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            [level_price("GPT-4", 0.14, 0.14)],
            "Each level's score has an error. On 1 June 2026 it did not matter to the price: either end of "
            "each 90 % interval costs what the score itself did.",
        ),
        (
            [level_price("GPT-4", 0.14, 0.14), level_price("o1", 0.05, None)],
            "Each level's score has an error, and on 1 June 2026 the ends of its 90 % interval put o1's "
            "level at $0.05 or more (nothing on sale reaches the upper end); for GPT-4 either end costs what "
            "the score itself did. So no fall is more exact than that.",
        ),
        (
            [level_price("o1", 0.05, 2.2)],
            "Each level's score has an error, and on 1 June 2026 the ends of its 90 % interval put o1's "
            "level at $0.05 to $2.20. So no fall is more exact than that.",
        ),
        (
            [fixing("GPT-5"), level_price("o1", 0.05, 2.2)],
            "The score of each other level has an error, and on 1 June 2026 the ends of its 90 % interval "
            "put o1's level at $0.05 to $2.20. So no fall is more exact than that.",
        ),
        ([fixing("GPT-5")], ""),
        (
            [level_price("o1", spread=False)],
            "No error of these scores is known, so what it does to the prices cannot be told.",
        ),
    ],
    ids=["none moves", "one moves", "all move", "some exact", "all exact", "no error"],
)
def test_the_error_of_each_score_reaches_the_price_of_its_level(told: list[LevelPrice], said: str) -> None:
    """A model that may be as good, or no better, may cost ten times as much."""
    assert ends_text(told, ON).replace("\N{NO-BREAK SPACE}", " ") == said


def test_the_scores_that_fix_the_scale_are_named() -> None:
    """Exact by definition; nothing where every score has an error."""
    scores = pl.DataFrame(
        {"title": ["A", "B", "C"], "value": [150.0, 130.0, 140.0], "low": [150.0, 130.0, 139.0]}
    ).with_columns(high=pl.when(pl.col("title") == "C").then(141.0).otherwise("low"))
    assert anchors_text(scores, "points") == (
        "The scale is fixed by B at 130.0 and A at 150.0: exact by definition, so they have no interval."
    )
    assert anchors_text(scores.tail(1), "points") == ""


def test_each_level_stands_in_the_table_with_its_error_and_prices() -> None:
    """What is not known is said so; a score that fixes the scale has no error by definition."""
    spread = Interval(150.0, 150.0, 0.9)
    anchor = replace(
        level_price("GPT-5", None, None), spread=spread, price=None, with_model="", names=("GPT-5",)
    )
    rows = levels_table([level_price("GPT-4", 0.05, None), level_price("o1", spread=False), anchor], "points")
    assert rows["level"].to_list() == [
        "GPT-4 (within error of it: GPT-4o)",
        "o1 (within error of it: GPT-4o)",
        "GPT-5",
    ]
    assert rows[:, 1].to_list() == [
        "126.8 (121.0 to 133.8), GPT-4's own",
        "126.8 (not known), o1's own",
        "126.8 (none: exact by definition, it fixes the scale)",
    ]
    assert rows["cheapest"].to_list() == ["$0.14, Nano", "$0.14, Nano", "nothing on sale"]
    assert rows["either end costs"].to_list() == ["$0.05 and nothing on sale", "not known", "nothing on sale"]
    assert rows["last confirmed on"].to_list() == [ON, ON, ON]


def test_a_line_begins_with_its_own_model() -> None:
    """Who had reached the level before is named; where no own price is known, that is said."""
    taken = [
        TakenLevel(TENFOLD, SINCE, "Grok 4"),
        TakenLevel(THREEFOLD, SINCE, None),
        TakenLevel(DEARER, None, None),
    ]
    assert beginnings_text(taken) == (
        "A line begins on the first day on which the model that it is named after had a price. Before that "
        "day Grok 4 had reached GPT-4's level. No such price of GPT-5 is known here: that line begins with "
        "the first model on sale that reaches it."
    )


def test_steps_without_thinking_are_named() -> None:
    """With what thinking costs; nothing is said where there are none."""
    rows = pl.DataFrame(
        {
            "model_id": ["a", "b"],
            "price_usd_per_mtok": [0.26, 0.5],
            "thinking_usd_per_mtok": [0.99, 1.0],
        }
    )
    assert thinking_text(rows.clear(), {}) == ""
    assert thinking_text(rows[:1], {"a": "A"}) == (
        "One step is a price without thinking, though the score may be of a run with it: A at $0.26 "
        "(thinking: $0.99)."
    )
    assert thinking_text(rows, {"a": "A"}).startswith("Some steps are prices without thinking")
