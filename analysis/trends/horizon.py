"""METR's doubling time of the time horizon, under METR's own convention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import polars as pl
from scipy import stats

from analysis.results import DAYS_PER_YEAR, Estimate, Interval, Window, years

SINCE = date(2023, 1, 1)
LEVEL = 0.90
FEWEST_MODELS = 4


class DoublingVerdict(StrEnum):
    """What the data say of the doubling time, a closed list."""

    GROWING = "growing"
    UNDETERMINED = "growth undetermined"
    CANNOT_BE_TOLD = "cannot be told: too few models"


@dataclass(frozen=True, slots=True)
class DoublingTime:
    """Days in which the horizon doubles; `days` is None where it cannot be told or the horizon does not grow.

    The interval is that of the slope (t with n - 2 degrees of freedom); it is None where it holds no growth.
    """

    days: Estimate | None
    n: int
    window: Window | None
    verdict: DoublingVerdict
    method: str


def record_doubling_time(models: pl.DataFrame, since: date = SINCE) -> DoublingTime:
    """METR's figure: least squares of log2 of the 50 % horizon on release date through the record-setting
    models.

    `models`: released_on (date), value (minutes), is_sota (bool), one suite only. A reference under its
    author's convention: a line through records is selected to rise, so it is not the trend of the frontier.

    References: Kwa et al. (2025), Measuring AI Ability to Complete Long Tasks (METR), Time Horizon 1.1
    (2026).
    """
    method = "least squares of log2(minutes) through the record-setting models (METR)"
    records = models.filter(
        pl.col("is_sota") & (pl.col("released_on") >= since) & (pl.col("value") > 0)
    ).sort("released_on")
    if records.height < FEWEST_MODELS or records["released_on"].n_unique() < 2:
        return DoublingTime(None, records.height, _window(records), DoublingVerdict.CANNOT_BE_TOLD, method)
    days = years(records["released_on"]) * DAYS_PER_YEAR
    fit = stats.linregress(days, np.log2(records["value"].to_numpy()))
    half = stats.t.ppf(0.5 + LEVEL / 2, records.height - 2) * fit.stderr
    grows = fit.slope - half > 0
    interval = (
        Interval(float(1 / (fit.slope + half)), float(1 / (fit.slope - half)), LEVEL) if grows else None
    )
    found = Estimate(float(1 / fit.slope), interval) if fit.slope > 0 else None
    verdict = DoublingVerdict.GROWING if grows else DoublingVerdict.UNDETERMINED
    return DoublingTime(found, records.height, _window(records), verdict, method)


def _window(records: pl.DataFrame) -> Window | None:
    if records.is_empty():
        return None
    return Window(records["released_on"][0], records["released_on"][-1])
