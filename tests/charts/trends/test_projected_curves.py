"""Where candidate curves lead is shown as lines, never as what looks like an interval."""

from __future__ import annotations

import pytest

from charts.parts import theme
from charts.parts.theme import Mode
from tests.charts.every_chart import of_curves


@pytest.mark.parametrize("mode", list(Mode))
def test_candidates_are_thin_lines_and_no_band(mode: Mode) -> None:
    """From the lowest to the highest of some guesses is no interval of the truth."""
    chart = of_curves()
    figure = chart.draw(mode)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    families = [name for name in chart.rows.columns if name not in ("released_on", "value")]
    assert len(lines) == len(families) > 2
    assert all(trace.fill is None for trace in lines)
    strong = [trace for trace in lines if trace.line.width > 2]
    assert len(strong) == 1
    assert all(trace.line.color == theme.grey(mode) for trace in lines if trace is not strong[0])


def test_what_no_curve_has_seen_is_called_a_projection() -> None:
    """In the plot itself."""
    words = [note.text for note in of_curves().draw(Mode.LIGHT).layout.annotations]
    assert "projection" in words


def test_the_curve_that_is_strong_is_named_in_the_key_with_its_evidence() -> None:
    """At its end stands a short name alone: a long one would take the plot from a telephone."""
    figure = of_curves().draw(Mode.LIGHT)
    (told,) = [note.text for note in figure.layout.annotations if "━" in note.text]
    assert "%" not in told
    assert figure.layout.margin.r < 120
    (key,) = figure.layout.meta["key"]
    assert key["text"].endswith("% of the evidence")
