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


def record_doubling_time(models: pl.DataFrame) -> DoublingTime:
    """METR's figure: least squares of log2 of the 50 % horizon on release date through the record-setting
    models since 2023.

    `models`: released_on (date), value (minutes), one suite only; a model sets a record where its horizon is
    longer than that of all models before it. A reference under its author's convention: a line through
    records is selected to rise, so it is not the trend of the frontier.

    References: Kwa et al. (2025), Measuring AI Ability to Complete Long Tasks (METR), Time Horizon 1.1
    (2026).
    """
    method = "least squares of log2(minutes) through the record-setting models (METR)"
    records = _records(models.filter(pl.col("value") > 0)).filter(pl.col("released_on") >= SINCE)
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


def _records(models: pl.DataFrame) -> pl.DataFrame:
    """The models that were better than all before them, by release; of one day only the best counts."""
    ordered = models.sort("released_on", "value", descending=[False, True])
    best_before = pl.col("value").cum_max().shift(1).fill_null(0.0)
    return ordered.filter(pl.col("value") > best_before)


def _window(records: pl.DataFrame) -> Window | None:
    if records.is_empty():
        return None
    return Window(records["released_on"][0], records["released_on"][-1])
