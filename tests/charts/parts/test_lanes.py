"""Names of lanes: short enough for a narrow screen, and never two alike."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from charts.parts.lanes import LANES, LEFT, lane_axis, name_lanes
from charts.parts.theme import Mode


def test_a_long_name_is_cut_in_its_middle() -> None:
    """The version, which tells two boards apart, stands at the end."""
    board = "Others: Berkeley Function-Calling Leaderboard"
    texts = lane_axis([f"{board} 3", f"{board} 4"], "#000000")["ticktext"]
    assert texts == ["Others: Berkeley<br>… Leaderboard 3", "Others: Berkeley<br>… Leaderboard 4"]


@pytest.mark.parametrize(
    "names",
    [
        [f"The same long beginning, {middle}, and the same long end" for middle in ("once", "twice")],
        [f"the same long beginning of a name and {end * 30}" for end in "ab"],
        ["short", "as short"],
    ],
)
def test_distinct_names_stay_distinct(names: list[str]) -> None:
    """Wherever they differ."""
    assert len(set(lane_axis(names, "#000000")["ticktext"])) == len(names)


def test_a_name_that_fits_is_written_out() -> None:
    """On one line or on two."""
    texts = lane_axis(["Berkeley", "Berkeley Function-Calling"], "#000000")["ticktext"]
    assert texts == ["Berkeley", "Berkeley<br>Function-Calling"]


def test_a_name_does_not_break_at_its_hyphen() -> None:
    """GPT-4 is one word."""
    assert lane_axis(["A model called GPT-4"], "#000000")["ticktext"] == ["A model called<br>GPT-4"]


def test_a_wide_screen_has_every_word_and_the_room_for_it() -> None:
    """The figure brings both: names that are cut for a telephone, and whole ones with a wider margin."""
    name = "Half of the draws follow training compute in every single year"
    figure = go.Figure(layout={"meta": {"name": "chart"}})
    name_lanes(figure, [name, "short"], Mode.LIGHT)
    lanes = figure.layout.meta[LANES]
    assert list(figure.layout.yaxis.ticktext) == lanes["narrow"]["names"]
    assert lanes["wide"]["names"] == [
        "Half of the draws follow training compute in<br>every single year",
        "short",
    ]
    assert lanes["wide"]["left"] > LEFT == lanes["narrow"]["left"]
    assert figure.layout.meta["name"] == "chart"


def test_a_name_has_as_many_lines_as_a_chart_gives() -> None:
    """Three where rows have the height."""
    name = "Half of the draws follow training compute"
    assert lane_axis([name], "#000000", 3)["ticktext"] == ["Half of the draws<br>follow training<br>compute"]
    assert "…" in lane_axis([name], "#000000")["ticktext"][0]


def test_a_lane_with_room_for_three_lines_cuts_no_name_of_three() -> None:
    """Where a chart asks for it."""
    name = "Thinking: Berkeley Function-Calling version 3"
    assert "…" in lane_axis([name], "#000000")["ticktext"][0]
    assert lane_axis([name], "#000000", 3)["ticktext"][0].replace("<br>", " ") == name
