"""Scales of what is measured: there and back, what has no logarithm, and when a score is saturated."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.trends.measures import HORIZON, INDEX, RATING, Measure, Scale, bounded_score

SCORE = bounded_score("test", 0.25, 0.95)


@pytest.mark.parametrize(
    ("measure", "raw", "scaled"),
    [
        (INDEX, -3.0, -3.0),
        (RATING, 1400.0, 1400.0),
        (HORIZON, 8.0, 3.0),
        (HORIZON, 0.5, -1.0),
        (SCORE, 0.6, 0.0),
        (SCORE, 0.775, math.log(3)),
        (SCORE, 0.425, -math.log(3)),
        (bounded_score("test"), 0.9, math.log(9)),
        (Measure("test", "log-odds", Scale.LOGIT), 0.2, -math.log(4)),
    ],
)
def test_a_value_goes_to_its_scale_and_back(measure: Measure, raw: float, scaled: float) -> None:
    """Points stay, a horizon counts in doublings, a score in odds of its place between chance and ceiling."""
    assert measure.scaled(np.array([raw])).tolist() == pytest.approx([scaled])
    assert measure.unscaled(np.array([scaled])).tolist() == pytest.approx([raw])


@pytest.mark.parametrize(
    ("raw", "share"),
    [(0.0, 0.005), (0.25, 0.005), (0.2535, 0.005), (0.2605, 0.015), (0.95, 0.995), (1.0, 0.995)],
)
def test_scores_at_chance_and_at_the_ceiling_are_pulled_in(raw: float, share: float) -> None:
    """By half a percent of the range on either side: their odds would be nothing or infinite."""
    assert SCORE.scaled(np.array([raw])).tolist() == pytest.approx([math.log(share / (1 - share))])


@pytest.mark.parametrize("raw", [0.0, -1.0])
def test_what_is_not_above_nothing_has_no_logarithm(raw: float) -> None:
    """The value is named, beside others that have one."""
    with pytest.raises(ValueError, match=f"time horizon: {raw:g} has no logarithm"):
        HORIZON.scaled(np.array([4.0, raw]))


@pytest.mark.parametrize(("chance", "ceiling"), [(0.5, 0.5), (0.6, 0.5)])
def test_a_ceiling_lies_above_chance(chance: float, ceiling: float) -> None:
    """On the scale where both count."""
    with pytest.raises(ValueError, match="must lie above chance"):
        bounded_score("test", chance, ceiling)
    assert not Measure("test", "points", chance=chance, ceiling=ceiling).bounded


@pytest.mark.parametrize(
    ("best", "stderr", "saturated"),
    [
        (0.9, 0.0, True),
        (0.899, 0.0, False),
        (0.9, 0.025, True),
        (0.89, 0.03, True),
        (0.88, 0.03, False),
        (0.851, 0.05, True),
        (0.849, 0.05, False),
        (0.99, 0.0, True),
    ],
)
def test_within_five_points_or_two_errors_of_the_ceiling_a_score_is_saturated(
    best: float, stderr: float, saturated: bool
) -> None:
    """The wider of both; of what has no ceiling nothing is."""
    assert SCORE.saturated_at(best, stderr) is saturated
    assert not INDEX.saturated_at(best, stderr)
    assert not HORIZON.saturated_at(1e9)
