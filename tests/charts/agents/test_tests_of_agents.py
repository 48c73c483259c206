"""What agents solve: panels that are compared by eye."""

from __future__ import annotations

from charts.parts.theme import Mode
from tests.charts.frontier_charts import of_tests


def test_all_panels_have_the_same_three_ticks() -> None:
    """None, half and all of the tasks, however small the shares of a panel are."""
    layout = of_tests().draw(Mode.LIGHT).layout
    for axis in (layout.yaxis, layout.yaxis2):
        assert list(axis.tickvals) == [0.0, 0.5, 1.0]
        assert list(axis.ticktext) == ["0\u00a0%", "50\u00a0%", "100\u00a0%"]
