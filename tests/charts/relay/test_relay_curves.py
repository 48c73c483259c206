"""Of many tests those stand out that most models sat, and their names say which they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import plotly.graph_objects as go
import polars as pl
import pytest

from analysis.relay.logistics import ToldLogistic
from analysis.results import Interval
from charts.parts import theme
from charts.parts.figure import Footing
from charts.parts.theme import Mode
from charts.relay.curves import period_colour, relay_curves

FOOTING = Footing(("A list",), date(2026, 1, 1), 1, "scores")
BEGAN = date(2023, 1, 1)


def given_tests(*given: dict[str, Any]) -> pl.DataFrame:
    """Tests as `frontiers` has them: models, the day on which they passed 80 %, whether they are used up."""
    bare = {"period": "2023–24", "models": 10, "done_on": None, "used_up": False}
    rows = [
        bare
        | {"benchmark_id": f"b{place}", "benchmark": f"Test {place}"}
        | {"began_on": BEGAN, "ended_on": date(2025, 6, 1)}
        | one
        for place, one in enumerate(given)
    ]
    return pl.DataFrame(rows, schema_overrides={"done_on": pl.Date})


def drawn(tests: pl.DataFrame, told: Mapping[str, ToldLogistic] | None = None) -> go.Figure:
    """All of them, from 10 % to 90 % in two steps; the first passes 80 % on its day."""
    steps = pl.DataFrame(
        [
            {"benchmark_id": name, "released_on": BEGAN + timedelta(days=days), "share": share}
            for name in tests["benchmark_id"]
            for days, share in ((0, 0.1), (400, 0.9))
        ]
    )
    return relay_curves(tests, steps, told or {}, "Title", FOOTING).draw(Mode.LIGHT)


def strong(figure: go.Figure) -> set[str]:
    """The names of the lines that stand out."""
    widest = max(line.line.width for line in figure.data)
    return {line.name for line in figure.data if line.line.width == widest}


def labels(figure: go.Figure) -> set[str]:
    return {one.text for one in figure.layout.annotations if one.text.startswith("Test")}


def test_the_most_measured_stand_out() -> None:
    """Five that passed 80 %, and an open one of each period; lines that stand out are drawn last."""
    passed = [{"done_on": date(2024, 3, 1), "models": 100 + place} for place in range(10)]
    waiting = [
        {"models": place, "period": period} for period in ("2023–24", "since 2025") for place in (1, 2, 3)
    ]
    tests = given_tests(*passed, *waiting)
    figure = drawn(tests)
    expected = {f"Test {place}" for place in (5, 6, 7, 8, 9, 12, 15)}
    assert strong(figure) == expected
    assert {line.name for line in figure.data[-7:]} == expected
    assert labels(figure) <= expected


@pytest.mark.parametrize(
    ("one", "stands_out"),
    [
        ({}, True),
        ({"done_on": date(2024, 3, 1)}, True),
        ({"done_on": date(2020, 3, 1)}, False),
        ({"used_up": True}, False),
        ({"benchmark": "Test of sixteen"}, True),
        ({"benchmark": "Test of seventeen"}, False),
    ],
)
def test_what_has_no_room_for_its_name_does_not_stand_out(one: dict[str, Any], stands_out: bool) -> None:
    """Nor what passed before the chart begins, nor what is used up without having passed."""
    name = one.get("benchmark", "Test 0")
    figure = drawn(given_tests(one, {"benchmark": "Test 1", "period": "since 2025"}))
    line = next(line for line in figure.data if line.name == name)
    assert (line.line.width > 2) is stands_out
    assert (name in labels(figure)) is stands_out


def test_a_name_stands_where_80_percent_were_passed() -> None:
    """Or at the end of a test that has not got so far."""
    figure = drawn(given_tests({"done_on": BEGAN + timedelta(days=400)}, {"models": 9}))
    places = {one.text: one.x for one in figure.layout.annotations}
    assert places == {"Test 0": BEGAN + timedelta(days=400), "Test 1": date(2025, 6, 1)}


def test_what_is_used_up_is_grey() -> None:
    """Whatever its period; the others have the colour of theirs."""
    figure = drawn(given_tests({"used_up": True}, {"period": "since 2025"}))
    colours = {line.name: line.line.color for line in figure.data}
    assert colours["Test 0"] == theme.see_through(theme.grey(Mode.LIGHT), 0.22)
    assert colours["Test 1"] == theme.see_through(period_colour("since 2025", Mode.LIGHT), 0.95)


def test_the_shares_between_which_time_is_taken_are_drawn() -> None:
    """Lightly, across the plot, and the subtitle says what they are."""
    figure = drawn(given_tests({}))
    assert [(line.y0, line.line.dash) for line in figure.layout.shapes] == [(0.2, "dot"), (0.8, "dot")]
    assert "20\u00a0% and 80\u00a0%, between which" in figure.layout.meta["subtitle"]


@pytest.mark.parametrize(("name", "dashed"), [("Test 0", 1), ("Test of seventeen", 0)])
def test_only_a_test_in_front_has_its_logistic(name: str, dashed: int) -> None:
    """Dashes of those behind would hide what is told."""
    fit = cast("Any", SimpleNamespace(at=lambda years: 0.02 * (years - 2000)))
    told = ToldLogistic("b0", fit, Interval(2023.5, 2024.5), 0.0, 1.0, 2023.0, 2025.0)
    figure = drawn(given_tests({"benchmark": name}), {"b0": told})
    assert sum(line.line.dash == theme.FITTED for line in figure.data) == dashed
