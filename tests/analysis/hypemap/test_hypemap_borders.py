"""The hype map at its borders: which months, which weight, which pair, which best model."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from analysis.hype.shape import HypeShape, Phase, PhaseShare, ShapeVerdict
from analysis.hypemap.change import year_on_year
from analysis.hypemap.parting import Pair, widest
from analysis.hypemap.phases import MapPhase, Phases, months_counted, phases
from analysis.hypemap.rise import surely_rose
from analysis.results import Estimate, Interval
from tests.analysis.hypemap.test_hypemap import fitted_to, monthly

THEN = date(2025, 1, 1)


@pytest.mark.parametrize("more", [0, 1, 7])
def test_only_the_last_two_years_are_compared(more: int) -> None:
    """What came before them does not count, nor need it be there; neither does the order of rows."""
    found = year_on_year(monthly([1.0] * more + [2.0] * 12 + [5.0] * 12).reverse())
    assert found is not None
    assert found.interval is not None
    assert found.value == pytest.approx(2.5)
    assert (found.interval.low, found.interval.high) == pytest.approx((2.5, 2.5))


def test_nothing_counted_has_no_change() -> None:
    """Two years of noughts, or no month at all."""
    assert year_on_year(monthly([0.0] * 24)) is None
    assert year_on_year(monthly([1.0]).clear()) is None
    assert year_on_year(monthly([2.0] * 23)) is None


@pytest.mark.parametrize(("counted", "told"), [(24, True), (23, False)])
def test_two_years_of_counts_are_a_shape(counted: int, told: bool) -> None:
    """Months of noughts are none."""
    points = monthly([1.0] * counted + [0.0] * 12)
    assert months_counted(points) == counted
    found = phases(points, fitted_to(points, np.ones(counted + 12)))
    assert found.are_told is told
    if not told:
        assert found.why == "23 months in which something was counted, 24 needed"


@pytest.mark.parametrize("lead", [-4.0, 0.0, 2 * math.log(3), 20.0])
def test_a_peak_has_the_akaike_weight_of_its_curve(lead: float) -> None:
    """exp(lead / 2) to one; the rest cannot be told, and the largest share stands first."""
    points = monthly([1.0] * 30)
    found = phases(points, fitted_to(points, np.ones(30), lead))
    odds = math.exp(lead / 2)
    shares = dict(found.shares)
    assert shares[MapPhase.FALLING] == pytest.approx(0.8 * odds / (1 + odds))
    assert shares[MapPhase.TROUGH] == pytest.approx(0.2 * odds / (1 + odds))
    assert shares[MapPhase.CANNOT_BE_TOLD] == pytest.approx(1 / (1 + odds))
    assert [share for _, share in found.shares] == sorted(shares.values(), reverse=True)
    assert found.why == ""


def test_why_no_phase_is_told_is_said() -> None:
    """An end that is missed, no peak that leads, no lead that is known."""
    points = monthly([1.0] * 30)
    shape: HypeShape = fitted_to(points, np.ones(30))
    missed = phases(points, replace(shape, verdict=ShapeVerdict.END_MISSED))
    assert missed.why == "the last 6 months all lie on one side of the fitted curve"
    plain = "no peak is established: plain growth describes it as well"
    assert phases(points, replace(shape, phases=())).why == plain
    assert phases(points, replace(shape, aicc_lead=None)).why == plain
    assert phases(points, None).why == "30 months in which something was counted, 24 needed"


def test_every_phase_has_its_word_on_the_map() -> None:
    """All four of a curve, in the words of the map."""
    points = monthly([1.0] * 30)
    told = tuple(PhaseShare(phase, 0.25) for phase in Phase)
    found = phases(points, replace(fitted_to(points, np.ones(30), 90.0), phases=told))
    assert {phase for phase, share in found.shares if share > 0.1} == set(MapPhase) - {
        MapPhase.CANNOT_BE_TOLD
    }
    assert not Phases(((MapPhase.CANNOT_BE_TOLD, 0.6), (MapPhase.FALLING, 0.4))).are_told


@pytest.mark.parametrize(
    ("value", "ends", "rises", "gap", "is_told"),
    [
        (0.5, (0.4, 0.9), True, math.log(2), True),
        (0.5, (0.4, 1.0), True, math.log(2), False),
        (0.5, None, True, math.log(2), False),
        (2.0, (1.5, 3.0), True, -math.log(2), False),
        (2.0, (1.5, 3.0), False, math.log(2), True),
        (0.5, (0.4, 0.9), False, -math.log(2), False),
        (1.0, (1.1, 1.2), False, 0.0, False),
    ],
)
def test_attention_parts_from_capability_by_the_logarithm_of_its_change(
    value: float, ends: tuple[float, float] | None, rises: bool, gap: float, is_told: bool
) -> None:
    """The other way than capability counts; told where no change is left out."""
    pair = Pair("a", Estimate(value, Interval(*ends) if ends else None), rises)
    assert pair.gap == pytest.approx(gap)
    assert pair.is_told is is_told


def test_of_pairs_that_are_told_the_widest_is_taken() -> None:
    """And of none there is none."""
    near, far = (
        Pair(name, Estimate(v, Interval(0.1, 0.9)), True) for name, v in (("near", 0.8), ("far", 0.3))
    )
    assert widest([near, far]) is far
    assert widest([]) is None


def models(*rows: tuple[date, float, float | None, float | None, float | None]) -> pl.DataFrame:
    """Day, value, low, high and error."""
    columns = {"released_on": pl.Date} | dict.fromkeys(["value", "low", "high", "stderr"], pl.Float64)
    return pl.DataFrame(rows, schema=columns, orient="row")


@pytest.mark.parametrize(
    ("error", "rose"), [(1.0 / 1.6448536269514722 - 1e-9, True), (1.0 / 1.6448536269514722 + 1e-9, False)]
)
def test_an_error_reaches_its_critical_value_to_either_side(error: float, rose: bool) -> None:
    """Ten and twelve, each with so much error, lie two such reaches apart. A half-known end is none."""
    later = date(2025, 6, 1)
    rows = models((THEN, 10.0, None, 11.5, error), (later, 12.0, 11.5, None, error))
    assert surely_rose(rows, THEN) is rose
    assert not surely_rose(rows.drop("stderr"), THEN)


def test_the_best_and_not_the_newest_is_compared() -> None:
    """The day itself belongs to then; without a better one nothing rose."""
    rows = models(
        (THEN, 10.0, 9.0, 11.0, None),
        (date(2025, 2, 1), 20.0, 19.0, 21.0, None),
        (date(2025, 3, 1), 15.0, 14.0, 16.0, None),
    )
    assert surely_rose(rows, THEN)
    assert not surely_rose(rows, date(2025, 2, 1))
    assert surely_rose(rows.drop("stderr"), THEN)
