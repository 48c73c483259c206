"""Every chart: the finding in its title, exactly its rows, and steps that are steps."""

from __future__ import annotations

from datetime import date
from itertools import product

import plotly.graph_objects as go
import polars as pl
import pytest

from analysis.capability.frontier import best_so_far
from charts.capability.capability_over_time import capability_over_time
from charts.models.releases import OTHERS
from charts.parts.figure import CAPTION_NAMES, NARROW_FOOTER, NARROW_HEADING, WIDE_FOOTER
from charts.parts.percent import no_break_percent
from charts.parts.theme import Mode, colour_of
from charts.price.price_over_time import price_steps
from tests.charts.every_chart import ON, against_cost, of_capability, of_model, over_time, timeline
from tests.charts.models import FOOTING, models

ALL = (over_time, against_cost, of_model, of_capability, timeline)


def lines(figure: go.Figure, shape: str) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.mode == "lines" and trace.line.shape == shape]


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("mode", list(Mode))
def test_every_chart_carries_its_words(make, mode: Mode) -> None:
    """Title, source, licence, date and n are in the figure, for wide and narrow screens, and an alt."""
    chart = make()
    layout = chart.draw(mode).layout
    title = layout.title.text.replace("<br>", " ").replace("</b> <b>", " ")
    assert no_break_percent(chart.title) in title
    assert len(chart.alt) > len(chart.title)
    named = {note.name: note.text.replace("<br>", " ") for note in layout.annotations if note.name}
    assert set(named) == set(CAPTION_NAMES)
    assert no_break_percent(chart.title) in named[NARROW_HEADING].replace("</b> <b>", " ")
    for said in ("CC BY 4.0", "As of 1 July 2026", "n = 5 models", "Two are left out"):
        assert said in named[NARROW_FOOTER]
        assert said in named[WIDE_FOOTER]
    assert chart.how_to_read
    assert chart.rows.height > 0


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
    ends = {
        value for trace in lines(over_time().draw(Mode.LIGHT), None) for value in trace.y if value is not None
    }
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
    assert linear.tickprefix == "$"


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
    assert "hollow: reported by the vendor" in chart.draw(Mode.LIGHT).layout.title.text


def test_a_selected_model_is_ringed_and_labelled() -> None:
    """The chosen model gets a ring and its name, even off the front."""
    figure = against_cost(selected="dear").draw(Mode.LIGHT)
    assert any(trace.marker.symbol == "circle-open" and trace.x == (20.0,) for trace in figure.data)
    assert "Dear" in [note.text for note in figure.layout.annotations]
    assert "Dear" not in [note.text for note in against_cost().draw(Mode.LIGHT).layout.annotations]


def test_marks_have_the_colour_of_their_maker() -> None:
    """Colour means organisation in every chart that shows organisations."""
    makers = dict(models().select("model_id", "organization").iter_rows())
    for chart, mode in product((over_time(), against_cost()), Mode):
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
        ([10.0, 10.0], "has not changed"),
        ([10.0, 5.0], "fell from $10 to $5"),
        ([5.0, 8.0], "rose from $5 to $8"),
        ([5.0, None], "no longer listed"),
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
    assert words in price_steps("GPT-X", rows, ON, FOOTING).title


def test_the_cheapest_way_steps_down_to_today() -> None:
    """The line starts at the first price, falls at each cheaper offer, and reaches the as-of date."""
    chart = of_capability()
    (line,) = lines(chart.draw(Mode.LIGHT), "hv")
    assert list(line.y) == [30.0, 10.0, 0.5, 0.5]
    assert line.x[-1] == ON
    assert "60 times less" in chart.title


def test_makers_without_a_hue_share_a_lane() -> None:
    """The time line has a lane for each maker with a hue and one for all others; all releases are on it."""
    chart = timeline()
    lanes = next(trace.y for trace in chart.draw(Mode.LIGHT).data)
    assert set(lanes) <= {"OpenAI", "Anthropic", "Google", "DeepSeek", "Alibaba", OTHERS}
    assert chart.rows.height == 4
