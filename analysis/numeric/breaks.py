"""One structural break in a mean or a line, found where the F statistic is largest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from analysis.results import Floats, Interval

TRIM = 0.15
"""Share of the observations at either end in which no break is sought."""

SIGNIFICANCE = 0.05


class Shape(StrEnum):
    """What is fitted on either side of the break."""

    MEAN = "mean"
    LINE = "line"


class BreakVerdict(StrEnum):
    """What the data say of a break, a closed list."""

    BREAK = "break"
    NO_BREAK = "no break that can be told"
    TOO_FEW = "too few points"


@dataclass(frozen=True, slots=True)
class BreakTest:
    """Largest F statistic, where it lies, and the coefficients before and after.

    `last_before` is the time of the last observation before the break. Coefficients are (mean,) or (value at
    time 0, slope), in the units of the data. `p_value` counts permutations of the residuals under no break.
    """

    sup_f: float
    last_before: float
    before: tuple[float, ...]
    after: tuple[float, ...]
    p_value: float
    n: int
    searched: Interval
    verdict: BreakVerdict
    method: str


def single_break(
    time: Floats, values: Floats, shape: Shape = Shape.MEAN, draws: int = 999, seed: int = 0
) -> BreakTest:
    """The most likely single break of `values` on `time`, both shape (n,), `time` ascending.

    Breaks are sought in the middle 70 % of the observations. The p-value holds for the largest F over all of
    them: the residuals of the unbroken fit are permuted `draws` times. Below 10 observations (mean) or 14
    (line) the verdict says so and the figures are NaN.

    References: Andrews (1993), Tests for parameter instability and structural change with unknown change
    point, Econometrica 61(4); Zeileis et al. (2003), Testing and dating of structural changes in practice.
    """
    design = np.ones((len(time), 1)) if shape is Shape.MEAN else np.column_stack([np.ones(len(time)), time])
    method = f"sup-F test of one break in the {shape}, permutation p-value ({draws} draws)"
    if len(time) < 6 + 4 * design.shape[1]:
        return _too_few(len(time), method)
    edges = _edges(len(time), design.shape[1])
    # Residuals on an orthonormal basis: raw years would cost half the digits.
    basis, _ = np.linalg.qr(design)
    residuals = values - basis @ (basis.T @ values)
    generator = np.random.default_rng(seed)
    shuffled = generator.permuted(np.tile(residuals, (draws, 1)), axis=1)
    statistics = f_statistics(basis, np.vstack([residuals, shuffled]), edges)
    highest = statistics.max(axis=1)
    edge = int(edges[statistics[0].argmax()])
    p_value = float((1 + (highest[1:] >= highest[0]).sum()) / (draws + 1))
    before, after = (
        np.linalg.lstsq(design[side], values[side], rcond=None)[0]
        for side in (slice(0, edge), slice(edge, None))
    )
    return BreakTest(
        sup_f=float(highest[0]),
        last_before=float(time[edge - 1]),
        before=tuple(map(float, before)),
        after=tuple(map(float, after)),
        p_value=p_value,
        n=len(time),
        searched=Interval(float(time[edges[0] - 1]), float(time[edges[-1] - 1]), 1.0),
        verdict=BreakVerdict.BREAK if p_value < SIGNIFICANCE else BreakVerdict.NO_BREAK,
        method=method,
    )


def f_statistics(design: Floats, values: Floats, edges: NDArray[np.intp]) -> Floats:
    """F statistic of a break before each row number in `edges`, shape (k,), for each series of `values` (B,
    n).

    `design`: shape (n, q). F = ((S0 - S1) / q) / (S1 / (n - 2q)), S0 and S1 being the sums of squares without
    and with the break. Returns shape (B, k).
    """
    n, q = design.shape
    moments = np.cumsum(design[:, :, None] * design[:, None, :], axis=0)
    products = np.cumsum(values[:, :, None] * design, axis=1)
    left, right = moments[edges - 1], moments[-1] - moments[edges - 1]
    left_products = products[:, edges - 1]
    right_products = products[:, -1:, :] - left_products
    explained = _explained(left, left_products) + _explained(right, right_products)
    unbroken = _explained(moments[-1:], products[:, -1:, :])
    broken_ss = np.sum(values**2, axis=1, keepdims=True) - explained
    return np.asarray(((explained - unbroken) / q) / (broken_ss / (n - 2 * q)))


def _too_few(n: int, method: str) -> BreakTest:
    nothing = float("nan")
    searched = Interval(nothing, nothing, 1.0)
    return BreakTest(nothing, nothing, (), (), nothing, n, searched, BreakVerdict.TOO_FEW, method)


def _explained(moments: Floats, products: Floats) -> Floats:
    solved = np.linalg.solve(moments[None], products[..., None])[..., 0]
    return np.asarray(np.sum(products * solved, axis=-1))


def _edges(n: int, q: int) -> NDArray[np.intp]:
    margin = max(int(np.floor(TRIM * n)), q + 1)
    return np.arange(margin, n - margin + 1, dtype=np.intp)
