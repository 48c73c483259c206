"""Monthly series for tests of hype: six years, with noise that carries over from month to month."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

MONTHS = pl.date_range(date(2019, 1, 1), date(2024, 12, 1), "1mo", eager=True)
COUNT = len(MONTHS)


def monthly(value: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame({"valid_on": MONTHS.head(len(value)), "value": value})


def carried_over(rng: np.random.Generator, carried: float) -> np.ndarray:
    """Noise of unit size in which each month keeps a share of the month before."""
    noise = np.zeros(COUNT)
    for month, shock in enumerate(rng.normal(size=COUNT)):
        noise[month] = carried * noise[month - 1] + np.sqrt(1 - carried**2) * shock
    return noise
