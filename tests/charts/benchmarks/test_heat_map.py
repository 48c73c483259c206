"""What a cell of the heat map says without a pointer: its number, or that nobody measured it."""

from __future__ import annotations

import re

import pytest

from charts.parts import theme
from charts.parts.theme import Mode
from tests.charts.frontier_charts import of_benchmarks
from tests.charts.parts.test_theme import contrast


@pytest.mark.parametrize("mode", list(Mode))
def test_each_measured_cell_has_its_number_and_each_gap_a_dash(mode: Mode) -> None:
    """A share of nothing is a number, too: it is not taken for what was not measured."""
    figure = of_benchmarks().draw(mode)
    cells, numbers, gaps = figure.data
    shares = {
        (x, y): share for y, line in enumerate(cells.z) for x, share in enumerate(line) if share is not None
    }
    said = dict(zip(zip(numbers.x, numbers.y, strict=True), numbers.text, strict=True))
    assert said == {place: f"{100 * share:.0f}" for place, share in shares.items()}
    assert not numbers.cliponaxis
    assert all(
        (size < 8) == (text == "100") for size, text in zip(numbers.textfont.size, numbers.text, strict=True)
    )
    assert "0" in said.values()
    assert not set(said) & set(zip(gaps.x, gaps.y, strict=True))
    assert len(said) + len(gaps.x) == sum(len(line) for line in cells.z)


@pytest.mark.parametrize("mode", list(Mode))
def test_numbers_are_read_on_the_fullest_cell(mode: Mode) -> None:
    """Ink keeps 4.5:1 on the colour of a cell of all right."""
    (_, _), (_, full) = of_benchmarks().draw(mode).data[0].colorscale
    *hue, opacity = (float(part) for part in re.findall(r"[\d.]+", full))
    ground = [int(theme.paper(mode)[start : start + 2], 16) for start in (1, 3, 5)]
    seen = [round(opacity * one + (1 - opacity) * other) for one, other in zip(hue, ground, strict=True)]
    assert contrast("#" + "".join(f"{one:02X}" for one in seen), theme.ink(mode)) >= 4.5


def test_names_of_columns_stand_at_the_top() -> None:
    """Above the first row, where a reader begins, with room for the longest."""
    layout = of_benchmarks().draw(Mode.LIGHT).layout
    assert layout.xaxis.side == "top"
    assert layout.margin.t > 150
