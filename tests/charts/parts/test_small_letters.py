"""On a narrow screen letters shrink after Plotly has measured them: in place, and in all panels alike."""

from __future__ import annotations

import pytest

from charts.compare.measures import compared_measures
from charts.compare.price_history import compared_prices
from charts.parts.theme import Mode
from tests.charts.every_chart import EVERY
from tests.places import ROOT


@pytest.mark.parametrize("function", [compared_measures, compared_prices])
def test_a_label_shrinks_towards_where_it_is_anchored(function: object) -> None:
    """In a column of its own; else a longer one, as wide as its letters were, begins farther right."""
    annotations = EVERY[function]().draw(Mode.LIGHT).layout.annotations  # type: ignore[index]  # by function
    assert annotations
    assert [one.align for one in annotations] == [one.xanchor for one in annotations]


def test_the_ticks_of_every_panel_shrink() -> None:
    """Those of a second panel are of the class y2tick, not ytick."""
    css = (ROOT / "faces" / "assets" / "charts.css").read_text()
    assert '[class$="tick"] text' in css
    assert ".ytick text" not in css
