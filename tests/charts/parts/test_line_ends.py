"""Names at the ends of lines: as much room as they need, one line of text apart, none endless."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from charts.parts.line_ends import LONGEST, LineEnd, name_line_ends, spread
from charts.parts.theme import Mode


def named(*names: str, log: bool = False) -> go.Figure:
    """A figure whose lines end at heights 1, 2, ... with these names."""
    figure = go.Figure()
    ends = [LineEnd(1.0, float(place), name, "#123456") for place, name in enumerate(names, 1)]
    name_line_ends(figure, ends, 1.0, 100.0, Mode.LIGHT, log=log, height=300)
    return figure


@pytest.mark.parametrize(
    ("names", "room"), [((), 22), (("now",), 41), (("then", "now"), 47), (("x" * 60,), 152)]
)
def test_names_have_the_room_that_they_need(names: tuple[str, ...], room: int) -> None:
    """A telephone has little: short names leave it to the plot."""
    assert named(*names).layout.margin.r == room


def test_a_long_name_is_cut() -> None:
    """At a word where one ends there, and it says that it goes on."""
    text = named("Claude 3.5 Sonnet October 2024").layout.annotations[0].text
    assert text.endswith("</span> Claude 3.5 Sonnet Oc…")
    assert named("a" * LONGEST).layout.annotations[0].text.endswith("a" * LONGEST)
    assert named("a" * (LONGEST - 2) + " bcd").layout.annotations[0].text.endswith("a…")


def test_a_logarithmic_axis_takes_exponents() -> None:
    """Plotly places annotations by them."""
    heights = [one.y for one in named("a", "b", log=True).layout.annotations]
    assert heights == pytest.approx([0.0, 0.30103])
    assert [one.y for one in named("a", "b").layout.annotations] == [1.0, 2.0]


@pytest.mark.parametrize(
    ("heights", "shifts"),
    [
        ([], []),
        ([10.0, 40.0], [0.0, 0.0]),
        ([10.0, 25.0], [0.0, 0.0]),
        ([10.0, 12.0], [-6.5, 6.5]),
        ([0.0, 0.0, 0.0], [-15.0, 0.0, 15.0]),
        ([0.0, 14.0, 15.0], [-5.333333, -4.333333, 9.666667]),
    ],
)
def test_ends_that_lie_close_are_moved_apart(heights: list[float], shifts: list[float]) -> None:
    """By as little as leaves each its line."""
    assert spread(heights) == pytest.approx(shifts, abs=1e-5)
