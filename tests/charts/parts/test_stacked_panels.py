"""Panels on one time axis: ticks of logarithmic ones."""

from __future__ import annotations

from datetime import date

import pytest

from charts.parts.figure import Captions, Footing, empty_figure
from charts.parts.stacked_panels import Panel, PanelLine, draw_panels
from charts.parts.theme import Mode

DAYS = (date(2024, 1, 1), date(2024, 2, 1))


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((60.0, 487.0), ["10", "20", "50", "100", "200", "500"]),
        ((0.5, 15_000.0), ["0.1", "1", "10", "100", "1,000", "10,000"]),
    ],
)
def test_a_logarithmic_panel_has_ticks_to_read_it_by(values: tuple[float, float], ticks: list[str]) -> None:
    """Powers of ten where there are several, else 2 and 5 of each as well."""
    assert ticks_of(values) == ticks


def test_ticks_of_a_panel_in_dollars_bear_their_sign() -> None:
    """Also where the axis is logarithmic and its ticks are written out."""
    assert ticks_of((0.3, 40.0), "$,~r") == ["$0.10", "$1", "$10"]


def ticks_of(values: tuple[float, float], tickformat: str = ",~r") -> list[str]:
    """What is written beside a logarithmic panel with these values."""
    figure = empty_figure(Captions("name", "Title", "", Footing((), DAYS[0], 2)), Mode.LIGHT)
    line = PanelLine(DAYS, values, "#000000")
    draw_panels(figure, [Panel("One", (line,), tickformat, log=True)], Mode.LIGHT)
    return list(figure.layout.yaxis.ticktext)
