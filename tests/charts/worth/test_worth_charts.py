"""Charts of worth, of the data wall and of claims: the finding in the title, the rows, honest marks."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.amounts import year_in_words
from analysis.datawall.inputs import WallChoices
from analysis.results import Estimate, Interval
from analysis.worth.value import Offer
from charts.datawall.crossing_years import Scenario, crossing_years, year_text
from charts.datawall.data_wall import data_wall, tokens_in_words
from charts.parts.axes import money
from charts.parts.figure import Chart, words_around
from charts.parts.theme import FITTED, Mode
from charts.worth.run_ratios import run_ratios
from charts.worth.score_difference import score_difference
from charts.worth.worth import worth_by_task_value
from tests.charts.given import DEAR, ONCE, TITLES, boards, forecast, sets, worth
from tests.charts.models import FOOTING


def of_worth(value_usd: float, dear: Offer = DEAR) -> Chart:
    return worth_by_task_value(*worth(value_usd, dear), value_usd, TITLES, FOOTING)


@pytest.mark.parametrize(
    ("value_usd", "dear", "finding"),
    [
        (100.0, DEAR, "At $100 per solved task Dear model was probably worth its extra cost"),
        (0.01, DEAR, "At $0.01 per solved task Cheap model was probably the better buy"),
        (
            20.0,
            Offer("dear", DEAR.price, 52, 100, ONCE, None, "board"),
            "At $20 per solved task it cannot be told whether Dear model was worth its extra cost",
        ),
    ],
)
def test_the_title_of_worth_is_its_verdict(value_usd: float, dear: Offer, finding: str) -> None:
    """Each of the three verdicts is said in the title, with the value it holds for."""
    assert of_worth(value_usd, dear).title == finding


def test_the_curve_of_worth_is_dashed_because_it_is_computed() -> None:
    """The line is computed and not observed, and the band is drawn with it."""
    figure = of_worth(20.0).draw(Mode.LIGHT)
    band, line = figure.data[:2]
    assert band.fill == "toself"
    assert line.line.dash == FITTED
    assert "Above $0 the dearer model pays." in words_around(figure).subtitle


def test_the_curve_begins_at_a_worthless_task_where_only_cost_counts() -> None:
    """At a value of 0 the dearer model adds its extra cost as a loss, and the curve rises from there."""
    curve, at_own = worth(20.0)
    assert curve["value_usd"][0] == 0.0
    assert curve["extra_net_usd"][0] == pytest.approx(-at_own.extra_cost_usd.value)
    assert curve["extra_net_usd"].is_sorted()
    assert curve["value_usd"][-1] >= 40.0


def test_ratios_that_were_not_recorded_have_no_row() -> None:
    """Without a cost there is neither a cost ratio nor a token ratio; prices and time remain."""
    known = set(run_ratios(boards(), "Dear", "Cheap", "Title", FOOTING).rows["quantity"])
    unknown = run_ratios(boards(None), "Dear", "Cheap", "Title", FOOTING).rows["quantity"]
    assert known - set(unknown) == {"Cost of the run, Some board", "Tokens implied, Some board"}


def test_ratios_have_their_figures_in_words() -> None:
    """Essential values are on the chart itself and in its alternative text, not only under the mouse."""
    chart = run_ratios(boards(), "Dear", "Cheap", "Title", FOOTING)
    assert "Cost of the run, Some board: 10x" in chart.alt
    assert any("<b>2 to 2.5x</b>" in (note.text or "") for note in chart.draw(Mode.LIGHT).layout.annotations)


def test_what_is_implied_is_never_marked_as_measured() -> None:
    """Ends that follow from cost over price are hollow, and have their own place in the key."""
    figure = run_ratios(boards(), "Dear", "Cheap", "Title", FOOTING).draw(Mode.LIGHT)
    drawn = {trace.hovertext.split(",")[0]: trace.marker.symbol for trace in figure.data if trace.hovertext}
    key = {item.text: item.mark for item in words_around(figure).key}
    assert drawn["Cost of the run"] == "circle"
    assert drawn["Tokens implied"] == "square-open"
    assert key["measured"] == "●"
    assert key["implied by cost over price, not recorded"] == "□"


def test_a_difference_in_score_is_in_points_with_its_interval() -> None:
    """60 against 90 of 100 tasks is 30 points fewer, and the interval lies below zero."""
    chart = score_difference(boards(), "Dear", "Cheap", "Title", FOOTING)
    row = chart.rows.row(0, named=True)
    assert row["difference"] == pytest.approx(-30.0)
    assert row["high"] < 0
    assert "the second model solves more" in chart.alt


def test_the_data_wall_shows_projection_as_projection() -> None:
    """From 2024 on lines are dashed; exactly the training sets are the rows."""
    chart = data_wall(forecast(), sets(), "Title", FOOTING)
    lines = [trace for trace in chart.draw(Mode.LIGHT).data if trace.mode == "lines"]
    assert lines
    assert all(trace.line.dash == FITTED and min(trace.x) >= 2024 for trace in lines)
    assert chart.rows.equals(sets())


def test_the_shade_of_the_data_wall_begins_after_the_last_set_that_is_fitted() -> None:
    """Newer sets lie in the shade, in a shape of their own; subtitle and shade name the same day."""
    newer = pl.DataFrame(
        {"collection": ["newer"], "title": ["later"], "published_on": [date(2025, 7, 1)], "tokens": [3e13]}
    )
    chart = data_wall(forecast(), pl.concat([sets(), newer]), "Title", FOOTING)
    figure = chart.draw(Mode.LIGHT)
    assert figure.layout.shapes[0].x0 == pytest.approx(2023 + 1 / 365.25)
    assert "fitted to, 1 January 2023" in words_around(figure).subtitle
    fitted, later = (trace for trace in figure.data if trace.marker.size == 8)
    assert (len(fitted.x), fitted.marker.symbol) == (12, "circle")
    assert (len(later.x), later.marker.symbol) == (1, "triangle-up")
    assert [item.mark for item in words_around(figure).key][:2] == ["●", "▲"]


def test_line_crossing_and_day_of_the_data_wall_are_named_where_they_are() -> None:
    """The stock, the crossing on it and the day the page speaks of have their words beside them."""
    found = forecast()
    notes = data_wall(found, sets(), "Title", FOOTING).draw(Mode.LIGHT).layout.annotations
    at = {note.text: note for note in notes}
    assert found.estimate is not None
    assert at["stock of public<br>human text"].x == 2024
    assert at[f"crossing,<br>{year_in_words(found.estimate.value)}"].x == found.estimate.value
    assert at[f"{FOOTING.as_of:%b %Y}"].x == pytest.approx(FOOTING.as_of.year, abs=1)


def test_no_crossing_draws_no_year() -> None:
    """Where demand never meets the stock the chart has no line at a year."""
    never = data_wall(forecast(WallChoices(growth_orders_per_year=0.0)), sets(), "Title", FOOTING)
    dated = data_wall(forecast(), sets(), "Title", FOOTING)
    assert len(dated.draw(Mode.LIGHT).layout.shapes) - len(never.draw(Mode.LIGHT).layout.shapes) == 2


def test_scenarios_without_a_year_stay_in_the_list() -> None:
    """A scenario without a crossing is a row that says so, not a row that is missing."""
    dated = Estimate(2029.0, Interval(2027.0, float("inf"), 0.8))
    chart = crossing_years([Scenario("One", dated), Scenario("Other", None)], "Title", FOOTING)
    assert chart.rows["year"].to_list() == [2029.0, None]
    assert "Other: no year in this century" in chart.alt
    assert year_text(dated) == "early 2029 (from 2027, open-ended)"


@pytest.mark.parametrize(
    ("amount", "text"), [(0.021, "$0.021"), (-0.28, "-$0.28"), (1200.0, "$1,200"), (0.0, "$0"), (20.0, "$20")]
)
def test_amounts_keep_their_sign_and_two_digits(amount: float, text: str) -> None:
    """A loss is written as one, and a tenth of a cent is not rounded away."""
    assert money(amount) == text


def test_numbers_of_tokens_are_said_as_people_say_them() -> None:
    """Millions, billions and trillions, two digits."""
    assert tokens_in_words(3.23e14) == "320 trillion tokens"
    assert tokens_in_words(1.2e15) == "1,200 trillion tokens"
    assert tokens_in_words(4.5e9) == "4.5 billion tokens"
