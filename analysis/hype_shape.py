"""The shape of a hype: adoption alone, or a peak and a trough on the way; and the phase it is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import optimize

from analysis.results import Estimate, Floats, Interval, Window, years

MINIMUM_MONTHS = 24
AICC_LEAD = 6.0
"""Lead in AICc that a peak needs over adoption alone."""

BLOCK_MONTHS = 4
FLAT_SHARE = 0.02
"""A rise or fall of less than this share of the highest fitted value is none."""

LEVEL = 0.90
_GRID = 400


class ShapeVerdict(StrEnum):
    """What shape the series has, a closed list."""

    PEAK_AND_TROUGH = "peak and trough"
    PEAK = "a peak; a trough is not established"
    ADOPTION_ALONE = "adoption alone describes it as well"
    CANNOT_BE_TOLD = "cannot be told: too few months"


class Phase(StrEnum):
    """Where the end of the series lies on the fitted curve."""

    BEFORE_A_PEAK = "climbing, no peak so far"
    FALLING = "falling from a peak"
    IN_THE_TROUGH = "at the bottom of a trough"
    PAST_THE_TROUGH = "past a trough, and above it"


@dataclass(frozen=True, slots=True)
class PhaseShare:
    """A phase and the share of bootstrap draws that end in it."""

    phase: Phase
    share: float


@dataclass(frozen=True, slots=True)
class HypeShape:
    """Comparison of logistic adoption with the same plus a peak.

    `estimate` is the depth of the trough: fall from the peak to the trough, or rise after it, whichever is
    smaller, as a share of the peak, with its 90 % interval; None unless the peak is established.
    `aicc_lead` is AICc of adoption alone less that with the peak. `phases` is empty unless the peak is
    established, and holds if this curve is the right one. `fitted` has valid_on, adoption, with_peak in the
    unit of the series.
    """

    estimate: Estimate | None
    aicc_lead: float | None
    phases: tuple[PhaseShare, ...]
    fitted: pl.DataFrame
    n: int
    window: Window | None
    method: str
    verdict: ShapeVerdict


def hype_shape(attention: pl.DataFrame, draws: int = 100, seed: int = 0) -> HypeShape:
    """Fit (a) a logistic and (b) a logistic plus a bell-shaped peak, and say which the data support.

    `attention`: valid_on (first day of the month), value (views a month; missing months have no row).
    "Peak and trough" is said only if (b) leads by AICc at least 6 and the bootstrap interval of the
    trough's depth excludes zero.

    References: Burnham and Anderson (2002), Model Selection and Multimodel Inference, on AICc; Steinert
    and Leifer (2010), Scrutinizing Gartner's hype cycle approach, on adoption plus a peak.
    """
    rows = attention.drop_nulls("value").sort("valid_on")
    window = Window(rows["valid_on"][0], rows["valid_on"][-1]) if rows.height else None
    method = f"logistic against logistic plus peak, AICc, {draws} draws of blocks of residuals"
    if rows.height < MINIMUM_MONTHS or not rows["value"].max():
        empty = pl.DataFrame(schema={"valid_on": pl.Date, "adoption": pl.Float64, "with_peak": pl.Float64})
        return HypeShape(None, None, (), empty, rows.height, window, method, ShapeVerdict.CANNOT_BE_TOLD)
    time = years(rows["valid_on"])
    time = (time - time[0]) / (time[-1] - time[0])
    value = rows["value"].cast(pl.Float64).to_numpy()
    unit = float(value.max())
    scaled = value / unit
    adoption, peaked = _fit(_adoption, _adoption_starts(scaled), time, scaled), _fit_peak(time, scaled)
    lead = _aicc(scaled - _adoption(time, adoption), 3) - _aicc(scaled - _with_peak(time, peaked), 6)
    fitted = rows.select("valid_on").with_columns(
        adoption=unit * _adoption(time, adoption), with_peak=unit * _with_peak(time, peaked)
    )
    if lead < AICC_LEAD or _turns(peaked)[0] is None:
        return HypeShape(None, lead, (), fitted, rows.height, window, method, ShapeVerdict.ADOPTION_ALONE)
    drawn = _redrawn(time, scaled, peaked, draws, seed)
    depths = np.array([_depth(parameters) for parameters in drawn])
    low, high = np.quantile(depths, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    return HypeShape(
        estimate=Estimate(_depth(peaked), Interval(float(low), float(high), LEVEL)),
        aicc_lead=lead,
        phases=_phase_shares(drawn),
        fitted=fitted,
        n=rows.height,
        window=window,
        method=method,
        verdict=ShapeVerdict.PEAK_AND_TROUGH if low > FLAT_SHARE else ShapeVerdict.PEAK,
    )


def _adoption(time: Floats, parameters: Floats) -> Floats:
    ceiling, rate, midpoint = parameters[:3]
    return np.asarray(ceiling / (1 + np.exp(-np.clip(rate * (time - midpoint), -500, 500))))


def _with_peak(time: Floats, parameters: Floats) -> Floats:
    height, peak, width = parameters[3:]
    return np.asarray(_adoption(time, parameters) + height * np.exp(-(((time - peak) / width) ** 2) / 2))


_LOW = np.array([0.0, 0.1, -2.0, 0.0, -0.2, 0.02])
_HIGH = np.array([5.0, 60.0, 3.0, 5.0, 1.2, 0.5])


def _adoption_starts(scaled: Floats) -> list[Floats]:
    top = float(np.median(scaled[-6:]))
    return [np.array([max(top, 0.05), rate, midpoint]) for rate in (3.0, 12.0) for midpoint in (0.0, 0.5)]


def _fit(
    model: Callable[[Floats, Floats], Floats], starts: list[Floats], time: Floats, scaled: Floats
) -> Floats:
    """Bounded least squares from several starts, the best of them."""
    size = len(starts[0])
    fits = [
        optimize.least_squares(
            lambda parameters: model(time, parameters) - scaled,
            np.clip(start, _LOW[:size] + 1e-6, _HIGH[:size] - 1e-6),
            bounds=(_LOW[:size], _HIGH[:size]),
            max_nfev=200,
        )
        for start in starts
    ]
    return np.asarray(min(fits, key=lambda fit: float(fit.cost)).x)


def _fit_peak(time: Floats, scaled: Floats) -> Floats:
    highest = float(time[int(scaled.argmax())])
    starts = [
        np.concatenate([base, [0.5, peak, 0.1]])
        for base in _adoption_starts(scaled)
        for peak in {highest, 0.25, 0.6}
    ]
    return _fit(_with_peak, starts, time, scaled)


def _aicc(residuals: Floats, parameters: int) -> float:
    """Corrected Akaike criterion under normal errors that follow their predecessor (two parameters more).

    Months resemble their neighbours: with independent errors every slow wander would count as a peak.
    """
    earlier, later = residuals[:-1], residuals[1:]
    carried = float(np.clip(earlier @ later / max(float(earlier @ earlier), 1e-12), -0.95, 0.95))
    innovations = later - carried * earlier
    n, k = innovations.size, parameters + 2
    return float(n * np.log(np.mean(innovations**2) + 1e-12) + 2 * k + 2 * k * (k + 1) / (n - k - 1))


def _redrawn(time: Floats, scaled: Floats, peaked: Floats, draws: int, seed: int) -> list[Floats]:
    """Parameters fitted again to the curve plus blocks of its own residuals."""
    rng = np.random.default_rng(seed)
    curve = _with_peak(time, peaked)
    residuals = scaled - curve
    n = residuals.size
    starts = rng.integers(0, n, (draws, -(-n // BLOCK_MONTHS), 1))
    rows = (starts + np.arange(BLOCK_MONTHS)).reshape(draws, -1)[:, :n] % n
    return [_fit(_with_peak, [peaked], time, curve + residuals[row]) for row in rows]


def _turns(parameters: Floats) -> tuple[int | None, int | None]:
    """Grid positions of the highest inner maximum and of the lowest point after it; None if none."""
    curve = _curve(parameters)
    inner = np.flatnonzero((curve[1:-1] > curve[:-2]) & (curve[1:-1] >= curve[2:])) + 1
    if not inner.size:
        return None, None
    peak = int(inner[curve[inner].argmax()])
    if curve[peak] - curve[peak:].min() < FLAT_SHARE * curve.max():
        return None, None
    return peak, peak + int(curve[peak:].argmin())


def _curve(parameters: Floats) -> Floats:
    return _with_peak(np.linspace(0.0, 1.0, _GRID), parameters)


def _depth(parameters: Floats) -> float:
    peak, trough = _turns(parameters)
    if peak is None or trough is None:
        return 0.0
    curve = _curve(parameters)
    return float(min(curve[peak] - curve[trough], curve[-1] - curve[trough]) / curve[peak])


def _phase(parameters: Floats) -> Phase:
    peak, trough = _turns(parameters)
    if peak is None or trough is None:
        return Phase.BEFORE_A_PEAK
    curve = _curve(parameters)
    if curve[-1] - curve[trough] > FLAT_SHARE * curve.max():
        return Phase.PAST_THE_TROUGH
    # The bottom is flat: the last twentieth of the span neither falls nor rises.
    still_falling = curve[-_GRID // 20] - curve[-1] > FLAT_SHARE * curve.max()
    return Phase.FALLING if still_falling else Phase.IN_THE_TROUGH


def _phase_shares(drawn: list[Floats]) -> tuple[PhaseShare, ...]:
    names: NDArray[np.str_] = np.array([_phase(parameters).value for parameters in drawn])
    shares = [PhaseShare(phase, float(np.mean(names == phase.value))) for phase in Phase]
    return tuple(sorted((share for share in shares if share.share > 0), key=lambda share: -share.share))
