"""Every chart: the finding in its title, exactly its rows, and steps that are steps."""

from __future__ import annotations

from datetime import date
from itertools import product

import plotly.graph_objects as go
import polars as pl
import pytest

from analysis.capability.frontier import best_so_far
from charts.capability.capability_over_time import capability_over_time
from charts.parts.figure import words_around
from charts.parts.theme import Mode, colour_of
from charts.price.price_of_model import price_steps
from tests.charts.every_chart import ON, against_cost, of_capability, of_model, over_time
from tests.charts.models import FOOTING, models

ALL = (over_time, against_cost, of_model, of_capability)


def lines(figure: go.Figure, shape: str) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.mode == "lines" and trace.line.shape == shape]


@pytest.mark.parametrize("make", ALL)
def test_every_chart_carries_its_words(make) -> None:
    """Source, licence, date and n stand below the figure, and the alternative text says more."""
    chart = make()
    footer = words_around(chart.draw(Mode.LIGHT)).footer
    for said in ("CC BY 4.0", "As of 1 July 2026", "n = 5 models", "Two are left out"):
        assert said in footer
    assert len(chart.alt) > len(chart.title)


@pytest.mark.parametrize("make", ALL)
def test_zoom_survives_a_rerun(make) -> None:
    """The revision of the user's view is a constant of the chart."""
    assert {make().draw(mode).layout.uirevision for mode in Mode} == {make().name}


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("mode", list(Mode))
def test_no_axis_is_reversed_and_none_is_doubled(make, mode: Mode) -> None:
    """There is one x and one y axis, and both run upwards."""
    layout = make().draw(mode).layout.to_plotly_json()
    assert not {"xaxis2", "yaxis2"} & set(layout)
    for axis in (layout["xaxis"], layout["yaxis"]):
        assert axis.get("autorange") != "reversed"
        if "range" in axis:
            assert axis["range"][0] < axis["range"][1]


def test_the_frontier_is_steps_of_records() -> None:
    """The line joins only models that were the best so far, each until the next."""
    (line,) = lines(over_time().draw(Mode.LIGHT), "hv")
    assert list(line.y) == [0.5, 0.7, 0.9, 0.9]
    assert line.x[-1] == ON


def test_ties_are_told_in_the_title() -> None:
    """Models that the intervals do not separate share the first place in words."""
    close = models().with_columns(stderr=pl.lit(0.2))
    chart = capability_over_time(best_so_far(close, ON), close, "GPQA", "fraction", FOOTING)
    assert "cannot be told apart from" in chart.title


def test_whiskers_are_drawn_where_an_interval_is_known() -> None:
    """Each model with an interval has a vertical line from its low to its high end, others have none."""
    paths = " ".join(shape.path for shape in over_time().draw(Mode.LIGHT).layout.shapes)
    places = [place.split(",") for one in paths.split("M")[1:] for place in one.split("L")]
    assert [day for day, _ in places[::2]] == [day for day, _ in places[1::2]]
    ends = {float(end) for _, end in places}
    assert ends == {0.48, 0.52, 0.68, 0.72, 0.87, 0.93}


def test_a_model_without_a_price_is_never_at_zero() -> None:
    """Unpriced models are not drawn, neither at 0 nor elsewhere, and are not among the rows."""
    chart = against_cost()
    drawn = {
        name
        for trace in chart.draw(Mode.LIGHT).data
        for name in (trace.customdata if trace.customdata is not None else ())
    }
    assert drawn == set(chart.rows["model_id"]) == {"cheap", "middle", "dear", "best"}


def test_the_front_is_steps_through_the_unbeaten() -> None:
    """From each model of the front the line stays level until the next, dearer one; the beaten are off it."""
    (line,) = lines(against_cost().draw(Mode.LIGHT), "hv")
    assert list(line.x) == [0.1, 1.0, 10.0, 20.0]
    assert list(line.y) == [0.5, 0.7, 0.9, 0.9]


def test_the_cost_axis_can_be_linear() -> None:
    """The switch gives a linear axis from zero; both kinds show dollars."""
    assert against_cost().draw(Mode.LIGHT).layout.xaxis.type == "log"
    linear = against_cost(log=False).draw(Mode.LIGHT).layout.xaxis
    assert linear.type == "linear"
    assert linear.tickformat == "$,.0f"


def test_hollow_marks_are_the_vendors_own_figures() -> None:
    """Only the model that its vendor measured is hollow, and the key says what hollow means."""
    chart = against_cost()
    symbols = {
        name: symbol
        for trace in chart.draw(Mode.LIGHT).data
        if trace.customdata is not None
        for name, symbol in zip(trace.customdata, trace.marker.symbol, strict=True)
    }
    assert symbols == {"cheap": "diamond", "middle": "circle", "dear": "square-open", "best": "circle"}
    key = [item.text for item in words_around(chart.draw(Mode.LIGHT)).key]
    assert "hollow: reported by the vendor" in key


def test_a_selected_model_is_ringed_and_labelled() -> None:
    """The chosen model gets a ring and its name, even off the front."""
    figure = against_cost(selected="dear").draw(Mode.LIGHT)
    assert any(trace.marker.symbol == "circle-open" and trace.x == (20.0,) for trace in figure.data)
    assert "Dear" in [note.text for note in figure.layout.annotations]
    assert "Dear" not in [note.text for note in against_cost().draw(Mode.LIGHT).layout.annotations]


def test_marks_have_the_colour_of_their_maker() -> None:
    """Colour means organisation in every chart that shows organisations; over time only that of the front."""
    known = models()
    best = best_so_far(known, ON)
    front = pl.col("model_id").is_in([*best.steps["model_id"], *best.leaders["model_id"]])
    of_front = known.with_columns(organization=pl.when(front).then("organization"))
    for (chart, shown), mode in product(((over_time(), of_front), (against_cost(), known)), Mode):
        makers = dict(shown.select("model_id", "organization").iter_rows())
        for trace in chart.draw(mode).data:
            if trace.customdata is not None:
                expected = [colour_of(makers[name], mode) for name in trace.customdata]
                assert list(trace.marker.color) == expected


def test_prices_are_steps_with_gaps_where_unlisted() -> None:
    """A price holds until the day of the next; from the day a name was no longer listed there is no line."""
    _, output = sorted(lines(of_model().draw(Mode.LIGHT), "hv"), key=lambda line: line.y[0])
    gone, back = date(2025, 1, 1), date(2025, 6, 1)
    assert list(output.x) == [date(2024, 1, 1), gone, gone, back, ON]
    assert list(output.y) == [15.0, 15.0, None, 10.0, 10.0]
    assert output.connectgaps is False


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        ([10.0, 10.0], "The list price of GPT-X has not changed since 1 January 2024"),
        ([10.0, 5.0], "for output fell from $10 to $5"),
        ([5.0, 8.0], "for output rose from $5 to $8"),
        ([5.0, None], "is asked no longer since 1 January 2025"),
    ],
)
def test_the_title_of_a_price_says_what_happened(outputs: list[float | None], words: str) -> None:
    """Unchanged, fallen, risen or withdrawn: the title says which."""
    rows = pl.DataFrame(
        {
            "held_from": [date(2024, 1, 1), date(2025, 1, 1)],
            "input_usd_per_mtok": outputs,
            "output_usd_per_mtok": outputs,
        }
    )
    assert words in price_steps("GPT-X", "list price", "OpenAI", rows, ON, FOOTING).title


def test_a_price_that_nobody_confirms_is_last_seen_dashed_and_hollow() -> None:
    """It is neither withdrawn nor in force: its line goes on dashed, from a hollow mark, to that date."""
    rows = pl.DataFrame(
        {
            "held_from": [date(2024, 1, 1), date(2025, 1, 1)],
            "input_usd_per_mtok": [5.0, None],
            "output_usd_per_mtok": [15.0, None],
            "basis": ["stated", "not confirmed"],
            "last_confirmed_on": [date(2024, 11, 1), date(2024, 11, 1)],
        }
    )
    chart = price_steps("GPT-X", "price at azure", "OpenAI", rows, ON, FOOTING)
    assert chart.title == "The price at azure of GPT-X was last seen on 1 November 2024"
    dashed = [line for line in chart.draw(Mode.LIGHT).data if line.line.dash == "dash"]
    assert [(list(line.x), list(line.y)) for line in dashed] == [
        ([date(2025, 1, 1), ON], [15.0, 15.0]),
        ([date(2025, 1, 1), ON], [5.0, 5.0]),
    ]
    assert {line.marker.symbol for line in dashed} == {"circle-open"}


def test_the_cheapest_way_steps_down_to_today() -> None:
    """The line starts at the first price, falls at each cheaper offer, and reaches the as-of date."""
    chart = of_capability()
    (line,) = lines(chart.draw(Mode.LIGHT), "hv")
    assert list(line.y) == [30.0, 10.0, 0.5, 0.5]
    assert line.x[-1] == ON
    assert "60 times less" in chart.title
