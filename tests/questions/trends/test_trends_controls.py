"""What the question on trends offers to be chosen, given what was chosen before."""

from __future__ import annotations

import pytest

from questions.trends.controls import CURVE_OPTIONS, Kind, curves_to_choose

CEILING = "logistic-to-the-known-ceiling"


@pytest.mark.parametrize("kind", list(Kind))
def test_only_a_benchmark_is_offered_a_curve_to_its_known_ceiling(kind: Kind) -> None:
    """The others have none: choosing it would change nothing, and nothing would say so."""
    offered = [option.value for option in curves_to_choose(None, {"series": kind.value})]  # type: ignore[arg-type] # asks nothing of a view
    assert (CEILING in offered) is (kind == Kind.BENCHMARK)
    assert [option.value for option in CURVE_OPTIONS if option.value != CEILING] == offered[:5]
