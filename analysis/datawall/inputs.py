"""What the data wall is drawn from: ranges of the stock of human text, and the reader's own choices."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.numeric.noise import critical_value
from analysis.results import Floats

BASE_YEAR = 2024.0
"""Calendar year for which the stock and the largest training set are stated."""

REPEAT_SCALE = 15.39
"""Repetitions after which another pass is worth 1/e of fresh text (Muennighoff et al. 2023, R*_D)."""


@dataclass(frozen=True, slots=True)
class LogNormalRange:
    """A log-normal quantity by the ends of its central interval; `level` is that interval's coverage."""

    low: float
    high: float
    level: float

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.high or not 0 < self.level < 1:
            raise ValueError(f"no log-normal has {self.low} to {self.high} as its {self.level:.0%} interval")

    def draw(self, rng: np.random.Generator, n: int) -> Floats:
        """`n` independent draws, in the unit of the ends."""
        centre = (math.log(self.low) + math.log(self.high)) / 2
        spread = (math.log(self.high) - math.log(self.low)) / 2 / critical_value(self.level)
        drawn: Floats = np.exp(rng.normal(centre, spread, n))
        return drawn


@dataclass(frozen=True, slots=True)
class WallInputs:
    """Ranges for the stock of public human text and for the largest training run, at the start of 2024."""

    pages: LogNormalRange
    bytes_per_page: LogNormalRange
    six_minus_bytes_per_token: LogNormalRange
    page_length_growth: LogNormalRange
    page_number_growth: LogNormalRange
    quality: LogNormalRange
    repeats: LogNormalRange
    start_tokens: LogNormalRange
    start_flop: LogNormalRange
    compute_growth: LogNormalRange


@dataclass(frozen=True, slots=True)
class WallChoices:
    """What the reader may move.

    `stock_factor` multiplies the stock; `growth_orders_per_year` replaces the fitted growth of training sets;
    `over_training` is tokens per parameter beyond what the base holds (at equal compute the set grows with
    its square root); `epochs` replaces the drawn gain from repeating; `compute_weight` is the share of
    draws whose demand follows training compute instead of the history of training sets.
    """

    stock_factor: float = 1.0
    stock_grows: bool = True
    growth_orders_per_year: float | None = None
    over_training: float = 1.0
    epochs: float | None = None
    compute_weight: float = 0.0

    def __post_init__(self) -> None:
        if self.stock_factor <= 0 or self.over_training <= 0:
            raise ValueError("the stock factor and the over-training factor must be above 0")
        if self.epochs is not None and self.epochs < 1:
            raise ValueError(f"{self.epochs} epochs: the text is read at least once")
        if not 0 <= self.compute_weight <= 1:
            raise ValueError(f"the weight of compute is a share from 0 to 1, not {self.compute_weight}")


_QUANTITIES = {
    "pages": "raw indexed web, 2024",
    "bytes_per_page": "text per page",
    "page_length_growth": "growth of a page's length",
    "page_number_growth": "growth of the number of pages",
    "quality": "share left after quality filtering",
    "repeats": "gain from repeating data",
    "start_tokens": "largest training set at 2024-01-01",
    "start_flop": "compute at 2024",
}

_SIX_MINUS_BYTES_PER_TOKEN = LogNormalRange(1.0, 4.0, 0.95)
_COMPUTE_GROWTH = LogNormalRange(3.5, 5.0, 0.90)


def wall_inputs(parameters: pl.DataFrame) -> WallInputs:
    """The ranges of a table of parameters.

    `parameters`: quantity, kind ("input" counts), low, high, interval ("95 %"); units as the field names
    say. Bytes per token is 6 minus a log-normal of 1 to 4 (2 to 5 bytes), and compute grows 3.5 to 5 times
    a year (90 %), as the table's notes state. Raises ValueError naming the quantity that is missing or not
    a range.
    """
    rows = {row["quantity"]: row for row in parameters.filter(kind="input").iter_rows(named=True)}
    ranges = {field: _range(rows, quantity) for field, quantity in _QUANTITIES.items()}
    return WallInputs(
        **ranges, six_minus_bytes_per_token=_SIX_MINUS_BYTES_PER_TOKEN, compute_growth=_COMPUTE_GROWTH
    )


def _range(rows: dict[str, dict[str, object]], quantity: str) -> LogNormalRange:
    row = rows.get(quantity)
    if row is None:
        raise ValueError(f'the table of parameters has no input "{quantity}"; add its row')
    low, high, interval = row["low"], row["high"], row["interval"]
    if not isinstance(low, int | float) or not isinstance(high, int | float) or not isinstance(interval, str):
        raise ValueError(
            f'the input "{quantity}" needs low, high and interval, not {low}, {high}, {interval}'
        )
    return LogNormalRange(float(low), float(high), float(interval.removesuffix("%")) / 100)


def stock_draws(inputs: WallInputs, choices: WallChoices, rng: np.random.Generator, n: int) -> Floats:
    """Draws of the effective stock of public human text at the start of 2024, in tokens, shape (n,).

    Pages x bytes a page / bytes a token x share of good quality x gain from repeating.
    """
    # Six minus the log-normal comes out negative once in a thousand draws: half a byte a token is the floor.
    bytes_per_token = np.clip(6.0 - inputs.six_minus_bytes_per_token.draw(rng, n), 0.5, None)
    text = inputs.pages.draw(rng, n) * inputs.bytes_per_page.draw(rng, n) / bytes_per_token
    repeats = inputs.repeats.draw(rng, n)
    gain = repeats if choices.epochs is None else np.full(n, repetition_gain(choices.epochs))
    return text * inputs.quality.draw(rng, n) * gain * choices.stock_factor


def repetition_gain(epochs: float) -> float:
    """How many times its own size a text is worth when it is read `epochs` times.

    References: Muennighoff et al. (2023), Scaling Data-Constrained Language Models, equation 5.
    """
    if epochs < 1:
        raise ValueError(f"{epochs} epochs: the text is read at least once")
    return 1.0 + REPEAT_SCALE * (1.0 - math.exp(-(epochs - 1.0) / REPEAT_SCALE))
