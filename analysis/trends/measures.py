"""What a series measures, and the scale on which its trend is a slope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from analysis.results import Floats

CLOSEST_TO_BOUND = 0.005
"""Share of the range to which scores at chance or at the ceiling are pulled in before taking the logit."""

SATURATION_POINTS = 0.05
"""Five percentage points, as a fraction."""

SATURATION_ERRORS = 2.0


class Scale(StrEnum):
    """How a value enters the regression."""

    IDENTITY = "identity"
    LOG2 = "log2"
    LOGIT = "logit of the chance-corrected score"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured quantity: its name, unit, scale, and for a bounded score its chance level and ceiling.

    `unit` is that of the scaled value; slopes are in `unit` a year. `chance` and `ceiling` are in the unit of
    the raw value (a fraction) and count only on the logit scale.
    """

    name: str
    unit: str
    scale: Scale = Scale.IDENTITY
    chance: float = 0.0
    ceiling: float = 1.0

    def __post_init__(self) -> None:
        if self.scale is Scale.LOGIT and self.ceiling <= self.chance:
            raise ValueError(
                f"{self.name}: the ceiling ({self.ceiling}) must lie above chance ({self.chance})"
            )

    @property
    def bounded(self) -> bool:
        """Whether the measure ends at a ceiling."""
        return self.scale is Scale.LOGIT

    def scaled(self, values: Floats) -> Floats:
        """Raw values, shape (n,), on the scale of the regression; ValueError where one has no logarithm."""
        if self.scale is Scale.IDENTITY:
            return values
        if self.scale is Scale.LOG2:
            if (values <= 0).any():
                raise ValueError(f"{self.name}: {values.min():g} has no logarithm; leave out such values")
            return np.asarray(np.log2(values))
        share = (values - self.chance) / (self.ceiling - self.chance)
        share = np.clip(share, CLOSEST_TO_BOUND, 1.0 - CLOSEST_TO_BOUND)
        return np.asarray(np.log(share / (1.0 - share)))

    def unscaled(self, scaled: Floats) -> Floats:
        """Values on the scale of the regression, shape (n,), back in the unit of the raw values."""
        if self.scale is Scale.IDENTITY:
            return scaled
        if self.scale is Scale.LOG2:
            return np.asarray(np.exp2(scaled))
        return np.asarray(self.chance + (self.ceiling - self.chance) / (1.0 + np.exp(-scaled)))

    def saturated_at(self, best: float, stderr: float = 0.0) -> bool:
        """Whether `best`, with its standard error, is within two errors or five points of the ceiling."""
        margin = max(SATURATION_POINTS, SATURATION_ERRORS * stderr)
        return self.bounded and best >= self.ceiling - margin


INDEX = Measure("capability index", "points")
RATING = Measure("rating", "points")
HORIZON = Measure("time horizon", "doublings", Scale.LOG2)


def bounded_score(name: str, chance: float = 0.0, ceiling: float = 1.0) -> Measure:
    """A score between chance and a ceiling, both as fractions; slopes are in log-odds a year."""
    return Measure(name, "log-odds", Scale.LOGIT, chance, ceiling)


def is_used_up(best: Mapping[str, Any]) -> bool:
    """Whether a bounded benchmark cannot show progress any more: the one rule for all that count them.

    `best`: value, stderr (nullable), chance and ceiling of its best score, as fractions.
    """
    measure = bounded_score("best score", best["chance"], best["ceiling"])
    return measure.saturated_at(best["value"], best["stderr"] or 0.0)
