"""The shape of a hype: adoption alone, or a peak and a trough on the way; and the phase it is in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.hype.curves import ADOPTION, WITH_PEAK, box_of
from analysis.numeric.batch_fit import fit_from_starts
from analysis.numeric.curves import Curve
from analysis.results import Estimate, Floats, Interval, Window, years

MINIMUM_MONTHS = 24
AICC_LEAD = 6.0
"""Lead in AICc that a peak needs over adoption alone."""

BLOCK_MONTHS = 4
FLAT_SHARE = 0.02
"""A rise or fall of less than this share of the highest fitted value is none."""

LAST_MONTHS = 6
"""Months at the end that may not all lie on one side of the fitted curve."""

LEVEL = 0.90
_GRID = 400


class ShapeVerdict(StrEnum):
    """What shape the series has, a closed list."""

    END_MISSED = "a peak; what followed is not told: the curve misses the last months"
    PEAK_AND_TROUGH = "peak and trough"
    PEAK = "a peak; no rise after it is established"
    NO_FALL = "no peak: a curve with one fits better, but does not fall after it"
    ADOPTION_ALONE = "adoption alone describes it equally well"
    CANNOT_BE_TOLD = "cannot be told: too few months"


class Phase(StrEnum):
    """Where the end of the series lies on the fitted curve."""

    BEFORE_A_PEAK = "climbing, no peak so far"
    FALLING = "falling from a peak"
    IN_THE_TROUGH = "down from a peak, no rise so far"
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
    smaller, as a share of the peak, with its 90 % interval; None unless the peak is established and the curve
    meets the end. `aicc_lead` is AICc of adoption alone less that with the peak. `phases` is empty where
    `estimate` is None, and holds if this curve is the right one. `fitted` has valid_on, adoption, with_peak
    in the unit of the series.
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
    A peak is said only if (b) leads by AICc at least 6 and falls after its highest point, "peak and trough"
    only if the bootstrap interval of the trough's depth excludes zero too. Of an end that the curve misses,
    its last six months all on one side, neither trough nor phase is told.

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
    adoption = _fit(ADOPTION, _adoption_starts(scaled), time, scaled)
    peaked = _fit(WITH_PEAK, _peak_starts(time, scaled, adoption), time, scaled)
    alone, with_peak = ADOPTION.value(time, adoption), WITH_PEAK.value(time, peaked)
    lead = _aicc(scaled - alone, 3) - _aicc(scaled - with_peak, 6)
    fitted = rows.select("valid_on").with_columns(adoption=unit * alone, with_peak=unit * with_peak)
    if lead < AICC_LEAD:
        return HypeShape(None, lead, (), fitted, rows.height, window, method, ShapeVerdict.ADOPTION_ALONE)
    if _turns(peaked)[0] is None:
        return HypeShape(None, lead, (), fitted, rows.height, window, method, ShapeVerdict.NO_FALL)
    if _misses_the_end(scaled - with_peak):
        return HypeShape(None, lead, (), fitted, rows.height, window, method, ShapeVerdict.END_MISSED)
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


def _misses_the_end(residuals: Floats) -> bool:
    """Whether the last months all lie on one side of the curve: then it does not describe the end."""
    above = residuals[-LAST_MONTHS:] > 0
    return bool(above.all() or not above.any())


def _fit(curve: Curve, starts: Floats, time: Floats, scaled: Floats) -> Floats:
    """Parameters, shape (p,), of the best fit of one series."""
    return np.asarray(_fits(curve, starts, time, scaled[None])[0])


def _fits(curve: Curve, starts: Floats, time: Floats, scaled: Floats) -> Floats:
    """Parameters, shape (B, p), of the best fit from the starts, shape (s, p), to each row, shape (B, n)."""
    box = box_of(curve)
    # A start on a wall would stay there where the curve does not depend on the parameter.
    inside = np.clip(starts, box.low + 1e-6, box.high - 1e-6)
    return fit_from_starts(curve, time, scaled, np.ones(len(time)), inside, box).parameters


def _adoption_starts(scaled: Floats) -> Floats:
    top = max(float(np.median(scaled[-6:])), 0.05)
    return np.array([[top, rate, midpoint] for rate in (3.0, 12.0) for midpoint in (0.0, 0.5)])


def _peak_starts(time: Floats, scaled: Floats, adoption: Floats) -> Floats:
    """Peaks at several places on rough adoptions, and on the fitted one where it falls short the most."""
    highest = float(time[int(scaled.argmax())])
    rough = [[*base, 0.5, peak, 0.1] for base in _adoption_starts(scaled) for peak in (highest, 0.25, 0.6)]
    short = scaled - ADOPTION.value(time, adoption)
    spikes = [[*adoption, short.max(), time[int(short.argmax())], width] for width in (0.03, 0.1)]
    return np.array([*rough, *spikes])


def _aicc(residuals: Floats, parameters: int) -> float:
    """Corrected Akaike criterion under normal errors that follow their predecessor (two parameters more).

    Months resemble their neighbours: with independent errors every slow wander would count as a peak.
    """
    earlier, later = residuals[:-1], residuals[1:]
    carried = float(np.clip(earlier @ later / max(float(earlier @ earlier), 1e-12), -0.95, 0.95))
    innovations = later - carried * earlier
    n, k = innovations.size, parameters + 2
    return float(n * np.log(np.mean(innovations**2) + 1e-12) + 2 * k + 2 * k * (k + 1) / (n - k - 1))


def _redrawn(time: Floats, scaled: Floats, peaked: Floats, draws: int, seed: int) -> Floats:
    """Parameters fitted again to the curve plus blocks of its own residuals, shape (draws, 6).

    All draws are one batch. Each starts from the curve and from half and twice the width of its peak, since
    from one start alone some end in a worse valley.
    """
    rng = np.random.default_rng(seed)
    curve = WITH_PEAK.value(time, peaked)
    residuals = scaled - curve
    n = residuals.size
    blocks = rng.integers(0, n, (draws, -(-n // BLOCK_MONTHS), 1))
    rows = (blocks + np.arange(BLOCK_MONTHS)).reshape(draws, -1)[:, :n] % n
    widths = np.ones((3, peaked.size))
    widths[:, -1] = 1.0, 0.5, 2.0
    return _fits(WITH_PEAK, widths * peaked, time, curve + residuals[rows])


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
    return WITH_PEAK.value(np.linspace(0.0, 1.0, _GRID), parameters)


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


def _phase_shares(drawn: Floats) -> tuple[PhaseShare, ...]:
    names: NDArray[np.str_] = np.array([_phase(parameters).value for parameters in drawn])
    shares = [PhaseShare(phase, float(np.mean(names == phase.value))) for phase in Phase]
    return tuple(sorted((share for share in shares if share.share > 0), key=lambda share: -share.share))
