"""The phase of attention as shares of probability, with what cannot be told as one of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.hype.shape import LAST_MONTHS, MINIMUM_MONTHS, HypeShape, Phase, ShapeVerdict


class MapPhase(StrEnum):
    """A phase in the words of the map, a closed list."""

    BEFORE_THE_PEAK = "before the peak"
    FALLING = "falling"
    TROUGH = "trough"
    RISING_AGAIN = "rising again"
    CANNOT_BE_TOLD = "cannot be told"


_OF: dict[Phase, MapPhase] = {
    Phase.BEFORE_A_PEAK: MapPhase.BEFORE_THE_PEAK,
    Phase.FALLING: MapPhase.FALLING,
    Phase.IN_THE_TROUGH: MapPhase.TROUGH,
    Phase.PAST_THE_TROUGH: MapPhase.RISING_AGAIN,
}


@dataclass(frozen=True, slots=True)
class Phases:
    """Shares by phase, which add up to 1, the largest first; `why` says what kept a phase from being told."""

    shares: tuple[tuple[MapPhase, float], ...]
    why: str = ""

    @property
    def are_told(self) -> bool:
        """Whether any phase but "cannot be told" has a share."""
        return self.shares[0][0] is not MapPhase.CANNOT_BE_TOLD


def months_counted(attention: pl.DataFrame) -> int:
    """Months in which anything was counted; a run of noughts has no shape."""
    return attention.filter(pl.col("value") > 0).height


def phases(attention: pl.DataFrame, shape: HypeShape | None) -> Phases:
    """The phases of `shape`, the fit to `attention` (valid_on, value), weighted by the odds of a peak.

    A peak that is established has the Akaike weight of its curve against adoption alone; the rest cannot be
    told. Nothing can be told with fewer than 24 months in which something was counted, without an established
    peak, or where the last six months all lie on one side of the curve: then it does not describe the end.
    """
    if shape is None or months_counted(attention) < MINIMUM_MONTHS:
        return _untold(
            f"{months_counted(attention)} months in which something was counted, {MINIMUM_MONTHS} needed"
        )
    if shape.verdict is ShapeVerdict.END_MISSED:
        return _untold(f"the last {LAST_MONTHS} months all lie on one side of the fitted curve")
    if shape.verdict is ShapeVerdict.NO_FALL:
        return _untold("no peak is established: the fitted curve does not fall after one")
    if not shape.phases or shape.aicc_lead is None:
        return _untold("no peak is established: plain growth describes it as well")
    weight = 1.0 / (1.0 + float(np.exp(-shape.aicc_lead / 2)))
    shares = [(_OF[one.phase], weight * one.share) for one in shape.phases]
    shares.append((MapPhase.CANNOT_BE_TOLD, 1.0 - weight))
    return Phases(tuple(sorted(shares, key=lambda pair: -pair[1])))


def _untold(why: str) -> Phases:
    return Phases(((MapPhase.CANNOT_BE_TOLD, 1.0),), why)
