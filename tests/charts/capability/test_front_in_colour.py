"""The front stands out on the chart of capability by release date; the rest is there for comparison."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from analysis.capability.frontier import best_so_far
from charts.capability.capability_over_time import capability_over_time
from charts.parts import theme
from charts.parts.figure import Footing
from charts.parts.theme import Mode

ON = date(2026, 7, 16)
FOOTING = Footing(("A list",), ON, 4, "models")
VALUES = {"old best": 100.0, "weak": 80.0, "leader": 150.0, "level": 149.0}


def models() -> pl.DataFrame:
    """Of Anthropic, a hundred days apart: a record, one below it, a leader and one within its noise."""
    rows = [
        {
            "model_id": name,
            "title": name.capitalize(),
            "organization": "Anthropic",
            "released_on": date(2025, 1, 1) + timedelta(days=100 * place),
            "value": value,
            "stderr": 2.0,
            "low": value - (60.0 if name == "weak" else 3.3),
            "high": value + 3.3,
            "open_weights": False,
            "reported_by": "independent",
            "setting": None,
            "cost": None,
        }
        for place, (name, value) in enumerate(VALUES.items())
    ]
    return pl.DataFrame(rows, schema_overrides={"setting": pl.String, "cost": pl.Float64})


def test_only_the_front_and_what_is_level_with_it_is_in_colour() -> None:
    """The rest is small, grey and without whiskers, which do not stretch the axis; its maker is hovered."""
    chart = capability_over_time(best_so_far(models(), ON), models(), "index", "points", FOOTING)
    figure = chart.draw(Mode.LIGHT)
    marks = {
        model: (colour, trace.marker.size, text)
        for trace in figure.data
        if trace.customdata is not None
        for model, colour, text in zip(trace.customdata, trace.marker.color, trace.hovertext, strict=True)
    }
    hue = theme.colour_of("Anthropic", Mode.LIGHT)
    assert {name for name, (colour, _, _) in marks.items() if colour == hue} == set(VALUES) - {"weak"}
    assert marks["weak"][0] == theme.grey(Mode.LIGHT)
    assert marks["weak"][1] < marks["leader"][1]
    assert "Anthropic" in marks["weak"][2]
    assert figure.layout.yaxis.range[0] > models()["low"].min()


def test_whom_the_title_names_the_chart_names() -> None:
    """The leader and those that cannot be told apart from it, before older records."""
    chart = capability_over_time(best_so_far(models(), ON), models(), "index", "points", FOOTING)
    assert chart.title == "Leader leads at 150.0 points, but cannot be told apart from Level"
    names = [one.text for one in chart.draw(Mode.LIGHT).layout.annotations]
    assert names[:2] == ["Leader", "Level"]


def test_the_first_that_is_level_with_the_leader_is_named_where_there_is_no_room() -> None:
    """A line leads from its name to its mark."""
    long = "Level with a name that is too long for any place beside its mark in a small plot"
    near = models().with_columns(title=pl.col("title").replace("Level", long))
    chart = capability_over_time(best_so_far(near, ON), near, "index", "points", FOOTING)
    (pointing,) = (one for one in chart.draw(Mode.LIGHT).layout.annotations if one.showarrow)
    assert pointing.text == long
