"""Numbers in cells read the same on every face."""

from __future__ import annotations

import pytest

from faces.cells import cell_text
from questions.answer import Column, Kind


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (11.25, "11.3"),
        (5.625, "5.63"),
        (-5.625, "-5.63"),
        (8.0, "8"),
        (0.0875, "0.0875"),
        (float("inf"), "inf"),
    ],
)
def test_a_half_is_rounded_up(value: float, said: str) -> None:
    """As the grids of pages do, and not to the even digit."""
    assert cell_text(Column("price", Kind.NUMBER, digits=3), value) == said
