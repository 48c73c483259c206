"""What the curve fits must be: right derivatives, the true curve found, no ceiling told that is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy import stats
from scipy.optimize import least_squares

from analysis.numeric.batch_fit import fit_batch, fit_from_starts
from analysis.numeric.curve_fit import Series, corrected_aic, fit_curve
from analysis.numeric.curve_starts import Box, box_for, starts_for
from analysis.numeric.curves import BROKEN_LINE, EXPONENTIAL, GOMPERTZ, LINE, LOGISTIC, Curve
from analysis.numeric.forecasts import Forecast, rolling_forecasts
from analysis.numeric.likelihood_ratio import LikelihoodRatio, line_against_saturation
from analysis.numeric.profiles import profile_intervals
from analysis.results import ORIGIN, Floats
from analysis.trends.curve_points import quarterly_best, series_of
from analysis.trends.measures import HORIZON, INDEX, bounded_score
from analysis.trends.scurve import NOT_TOLD, CurveVerdict, _verdict, compare_curves, families

TRUTH = {
    "line": (LINE, [10.0, 14.0]),
    "exponential": (EXPONENTIAL, [0.25, 1.0, 0.4]),
    "logistic": (LOGISTIC, [0.25, 0.9, 4.5, 2.5]),
    "Gompertz": (GOMPERTZ, [0.25, 0.9, 4.3, 1.5]),
    "line with one break": (BROKEN_LINE, [4.6, 100.0, 14.0, 3.0]),
}
TIME = np.linspace(3.0, 6.5, 60)


def flat(values: Floats, time: Floats = TIME) -> Series:
    return Series(time, values, np.ones(len(values)))


def noisy_logistic(seed: int) -> Series:
    noise = np.random.default_rng(seed).normal(0, 0.03, len(TIME))
    return flat(LOGISTIC.value(TIME, np.array([0.25, 0.9, 4.5, 2.5])) + noise)


def known_floor(curve: Curve) -> float | None:
    return 0.25 if "floor" in curve.parameters else None


def scores(
    midpoint: float, rate: float = 2.5, noise: float = 0.05, seed: int = 0, n: int = 160
) -> pl.DataFrame:
    """Models below a logistic frontier from chance 0.25 to 0.9, released 2023 to mid-2026."""
    generator = np.random.default_rng(seed)
    time = np.sort(generator.uniform(3.0, 6.5, n))
    frontier = LOGISTIC.value(time, np.array([0.25, 0.9, midpoint, rate]))
    return pl.DataFrame(
        {
            "model_id": [f"model-{i}" for i in range(n)],
            "released_on": [ORIGIN + timedelta(days=round(365 * t)) for t in time],
            "value": np.clip(frontier - generator.exponential(noise, n), 0.01, 0.99),
        }
    )


@pytest.mark.parametrize("name", TRUTH)
def test_derivatives_are_those_of_the_curve(name: str) -> None:
    """The analytic Jacobian equals central differences, for one parameter set and for a batch of them."""
    curve, truth = TRUTH[name]
    parameters = np.array(truth)
    moved = 1e-6 * np.eye(len(parameters))
    numeric = [(curve.value(TIME, parameters + d) - curve.value(TIME, parameters - d)) / 2e-6 for d in moved]
    single = curve.jacobian(TIME, parameters)
    np.testing.assert_allclose(single, np.stack(numeric, axis=-1), rtol=1e-5, atol=1e-7)
    batch = np.stack([parameters, parameters * 1.01])
    np.testing.assert_allclose(curve.jacobian(TIME, batch)[0], single)
    np.testing.assert_allclose(curve.value(TIME, batch)[0], curve.value(TIME, parameters))


@pytest.mark.parametrize("name", TRUTH)
def test_a_curve_without_noise_is_found_exactly(name: str) -> None:
    """Data that lie on a curve give its parameters back, from starts read off the data."""
    curve, truth = TRUTH[name]
    fit = fit_curve(curve, flat(curve.value(TIME, np.array(truth))), known_floor(curve))
    assert fit is not None
    np.testing.assert_allclose(fit.parameters, truth, rtol=1e-5)


@pytest.mark.parametrize("curve", [LOGISTIC, GOMPERTZ], ids=lambda curve: curve.name)
def test_every_draw_of_a_batch_is_the_separate_fit(curve: Curve) -> None:
    """Bootstrap draws fitted together equal scipy's fit of each alone to six digits."""
    generator = np.random.default_rng(1)
    values = curve.value(TIME, np.array([0.25, 0.9, 4.4, 2.0])) + generator.normal(0, 0.03, 60)
    weights = generator.multinomial(60, np.full(60, 1 / 60), size=12).astype(float)
    box = box_for(curve, TIME, values, floor=0.25)
    start = starts_for(curve, TIME, values, box)[1]
    together = fit_batch(curve, TIME, values, weights, np.tile(start, (12, 1)), box.low, box.high)

    def full(free: Floats) -> Floats:
        return np.concatenate([[0.25], free])

    for row, weight in enumerate(weights):
        alone = least_squares(
            lambda free, w=weight: np.sqrt(w) * (curve.value(TIME, full(free)) - values),
            start[1:],
            jac=lambda free, w=weight: np.sqrt(w)[:, None] * curve.jacobian(TIME, full(free))[:, 1:],
            method="lm",
            xtol=1e-14,
            ftol=1e-14,
        )
        np.testing.assert_allclose(together.parameters[row, 1:], alone.x, rtol=1e-6)


def test_bounds_hold_and_bind() -> None:
    """A parameter never leaves its box, and one that would leave stays at the wall with the others at their
    best.
    """
    values = LOGISTIC.value(TIME, np.array([0.25, 0.9, 4.5, 2.5]))
    low, high = np.array([0.25, 0.3, 0.0, 0.1]), np.array([0.25, 0.8, 9.0, 9.0])
    fit = fit_batch(LOGISTIC, TIME, values, np.ones(60), np.array([[0.25, 0.5, 4.0, 1.0]]), low, high)
    assert fit.parameters[0, 1] == 0.8
    assert (fit.parameters >= low).all()
    assert (fit.parameters <= high).all()
    near = fit_batch(
        LOGISTIC, TIME, values, np.ones(60), fit.parameters + np.array([0, 0, 0.05, -0.1]), low, high
    )
    np.testing.assert_allclose(near.parameters, fit.parameters, rtol=1e-5)


def test_profile_of_a_line_is_the_student_interval() -> None:
    """For a straight line the profile interval is the textbook one."""
    generator = np.random.default_rng(2)
    values = 3.0 + 2.0 * TIME + generator.normal(0, 1, 60)
    fit = fit_curve(LINE, flat(values))
    assert fit is not None
    found = profile_intervals(fit, flat(values), ("slope",))[0]
    centred = TIME - TIME.mean()
    slope = centred @ values / (centred @ centred)
    spread = np.sqrt(fit.residual_ss / 58 / (centred @ centred))
    assert found.low == pytest.approx(slope - 1.671553 * spread, rel=1e-5)
    assert found.high == pytest.approx(slope + 1.671553 * spread, rel=1e-5)


def test_profile_of_the_ceiling_covers_it() -> None:
    """The 90 % profile interval of a ceiling past the bend holds the true one in about nine of ten series."""
    generator = np.random.default_rng(3)
    clean = LOGISTIC.value(TIME, np.array([0.25, 0.9, 4.5, 2.5]))
    held = []
    for _ in range(60):
        series = flat(clean + generator.normal(0, 0.04, 60))
        fit = fit_curve(LOGISTIC, series, floor=0.25)
        assert fit is not None
        held.append(profile_intervals(fit, series, ("ceiling",))[0].holds(0.9))
    assert 0.80 <= np.mean(held) <= 0.98


@pytest.mark.parametrize("curve", [LOGISTIC, GOMPERTZ], ids=lambda curve: curve.name)
def test_ends_sought_together_are_those_sought_alone(curve: Curve) -> None:
    """All ends of a curve's intervals as one batch are those of each parameter alone, and at each end the
    best of the other parameters has just the sum of squares that Student's quantile allows.
    """
    series = noisy_logistic(7)
    fit = fit_curve(curve, series, floor=0.25)
    assert fit is not None
    names = ("ceiling", "midpoint", "rate")
    allowed = fit.residual_ss * (1 + stats.t.ppf(0.95, 57) ** 2 / 57)
    for name, together in zip(names, profile_intervals(fit, series, names), strict=True):
        alone = profile_intervals(fit, series, (name,))[0]
        assert (together.low, together.high) == pytest.approx((alone.low, alone.high), rel=1e-7)
        for end in (together.low, together.high):
            place = np.arange(len(curve.parameters)) == curve.index(name)
            box = Box(np.where(place, end, fit.box.low), np.where(place, end, fit.box.high))
            starts = starts_for(curve, series.time, series.values, box)
            held = fit_from_starts(curve, series.time, series.values[None], series.weights, starts, box)
            assert held.residual_ss[0] == pytest.approx(allowed, rel=1e-7)


@pytest.mark.parametrize("name", TRUTH)
def test_forecasts_of_all_origins_together_are_those_of_each_alone(name: str) -> None:
    """Fits to the past of every origin as one batch forecast as separate fits to each past do."""
    curve, floor = TRUTH[name][0], known_floor(TRUTH[name][0])
    series = noisy_logistic(8)
    errors = []
    for origin in np.arange(series.time[11], series.time.max() - 0.5 + 1e-9, 0.25):
        past = series.time <= origin
        ahead = ~past & (series.time <= origin + 0.5)
        fit = fit_curve(curve, Series(series.time[past], series.values[past], series.weights[past]), floor)
        assert fit is not None
        errors.append(fit.at(series.time[ahead]) - series.values[ahead])
    (together,) = rolling_forecasts(series, {name: (curve, floor, None)}, (6,))
    alone = np.concatenate(errors)
    assert (together.n, together.origins) == (len(alone), len(errors))
    assert together.root_mean_square == pytest.approx(np.sqrt(np.mean(alone**2)), rel=1e-6)
    assert together.bias == pytest.approx(alone.mean(), rel=1e-6)


def test_a_ceiling_is_told_past_the_bend() -> None:
    """A series that has levelled off below 1 gives its ceiling with an interval that holds it."""
    found = compare_curves(scores(midpoint=4.3), bounded_score("test", 0.25), draws=99)
    assert found.verdict is CurveVerdict.SATURATING
    told = next(c for c in found.candidates if c.name == "logistic").ceiling
    assert told is not None and told.interval is not None
    assert told.value == pytest.approx(0.88, abs=0.04)
    assert told.interval.high < 1.0


def test_a_curve_that_could_not_forecast_is_not_believed() -> None:
    """A better fit of the past is no bend where saturating curves erred more than a line, looking ahead."""
    measure = bounded_score("test", 0.25)
    series = series_of(quarterly_best(scores(midpoint=4.3)), measure)
    candidates = families(measure).items()
    fitted = {
        name: fit
        for name, family in candidates
        if (fit := fit_curve(family[0], series, *family[1:])) is not None
    }
    ratio = line_against_saturation(series, 0.25, draws=99)

    def judged(line: float, logistic: float) -> CurveVerdict:
        errors = {"line": line, "exponential": 1.0, "logistic": logistic, "Gompertz": 1.0}
        ahead = tuple(Forecast(name, 12, 30, 5, error, 0.0) for name, error in errors.items())
        return _verdict(fitted, ratio, ahead, float(series.time.max()))

    assert judged(line=0.2, logistic=0.1) is CurveVerdict.SATURATING
    assert judged(line=0.1, logistic=0.2) is CurveVerdict.FORECASTS_WORSE
    assert _verdict(fitted, ratio, (), float(series.time.max())) is CurveVerdict.FORECASTS_WORSE


@pytest.mark.parametrize(
    ("p_value", "gain", "last", "verdict"),
    [
        (0.01, 5.0, 6.0, CurveVerdict.FORECASTS_WORSE),
        (0.01, 5.0, 3.0, CurveVerdict.MIDPOINT_AHEAD),
        (0.01, 1.0, 6.0, CurveVerdict.TEST_ALONE),
        (0.20, 5.0, 6.0, CurveVerdict.NOT_DISTINGUISHABLE),
        (0.20, 1.0, 3.0, CurveVerdict.NOT_DISTINGUISHABLE),
        (0.01, -5.0, 6.0, CurveVerdict.NOT_BENDING),
        (0.20, -5.0, 3.0, CurveVerdict.NOT_BENDING),
    ],
)
def test_each_reason_for_no_ceiling_has_a_label_of_its_own(
    p_value: float, gain: float, last: float, verdict: CurveVerdict
) -> None:
    """An S-curve and a line are called not distinguishable only where the test does not reject the line."""
    measure = bounded_score("test", 0.25)
    series = series_of(quarterly_best(scores(midpoint=4.3)), measure)
    line, logistic = (
        fit_curve(family[0], series, *family[1:])
        for family in (families(measure)[n] for n in ("line", "logistic"))
    )
    assert line is not None
    assert logistic is not None
    fitted = {"line": line, "logistic": replace(logistic, aicc=line.aicc - gain)}
    ratio = LikelihoodRatio(10.0, p_value, 99, "")
    assert _verdict(fitted, ratio, (), last) is verdict
    rejected = p_value < 0.05
    assert not (rejected and verdict is CurveVerdict.NOT_DISTINGUISHABLE)


@pytest.mark.parametrize("midpoint", [7.0, 8.0])
def test_no_ceiling_is_told_before_the_bend(midpoint: float) -> None:
    """Before the inflection no candidate carries a ceiling, however well a logistic fits."""
    found = compare_curves(scores(midpoint=midpoint, rate=1.2), bounded_score("test", 0.25), draws=99)
    assert found.verdict is not CurveVerdict.SATURATING
    assert all(candidate.ceiling is None for candidate in found.candidates)


def test_no_ceiling_is_told_while_a_line_fits_as_well() -> None:
    """On a noisy line the verdict names no bend, and a ceiling that a fit happens to have is withheld."""
    generator = np.random.default_rng(4)
    days = np.sort(generator.integers(1100, 2370, 160))
    models = pl.DataFrame(
        {
            "model_id": [f"model-{i}" for i in range(160)],
            "released_on": [ORIGIN + timedelta(days=int(day)) for day in days],
            "value": 100 + 14 * days / 365 - generator.exponential(4, 160),
        }
    )
    found = compare_curves(models, INDEX, draws=99)
    assert found.verdict in (
        CurveVerdict.NOT_BENDING,
        CurveVerdict.NOT_DISTINGUISHABLE,
        CurveVerdict.TEST_ALONE,
    )
    saturating = [candidate for candidate in found.candidates if candidate.fit.curve.saturating]
    assert saturating
    assert all(c.ceiling is None and c.ceiling_note for c in saturating)
    assert NOT_TOLD.startswith("no ceiling told")


def test_the_ratio_test_keeps_its_level() -> None:
    """On straight lines the test of line against saturation rejects in about one case of twenty."""
    generator = np.random.default_rng(5)
    time = np.linspace(3.0, 6.5, 36)
    p_values = [
        line_against_saturation(
            flat(2 * time + generator.normal(0, 1, 36), time), draws=39, seed=seed
        ).p_value
        for seed in range(40)
    ]
    assert np.mean(np.array(p_values) <= 0.05) <= 0.15


def test_the_ratio_test_sees_a_bend() -> None:
    """A clear logistic is told from a line."""
    series = flat(
        LOGISTIC.value(TIME, np.array([0.25, 0.9, 4.3, 3.0])) + np.random.default_rng(6).normal(0, 0.03, 60)
    )
    assert line_against_saturation(series, 0.25, draws=99).p_value == pytest.approx(0.01)


def test_corrected_aic_is_the_published_formula() -> None:
    """AICc = n ln(S/n) + 2k + 2k(k+1)/(n-k-1), and infinite where n is too small."""
    assert corrected_aic(50.0, 25, 4) == pytest.approx(25 * np.log(2) + 8 + 40 / 20)
    assert corrected_aic(50.0, 5, 4) == float("inf")


def test_forecasts_use_only_the_past() -> None:
    """Changing what came last changes no forecast made before it, only its error."""
    line = 2 * TIME
    bent = np.where(TIME > 6.3, 100.0, line)
    plain = rolling_forecasts(flat(line), {"line": (LINE, None, None)}, (6,))
    moved = rolling_forecasts(flat(bent), {"line": (LINE, None, None)}, (6,))
    assert plain[0].root_mean_square == pytest.approx(0.0, abs=1e-9)
    assert moved[0].n == plain[0].n
    outcomes_moved = (TIME > 6.3).sum()
    assert moved[0].root_mean_square > 0
    assert abs(moved[0].bias) <= 100 * outcomes_moved


def test_the_true_family_forecasts_best() -> None:
    """On a logistic past its bend the line forecasts worse than the logistic."""
    series = flat(LOGISTIC.value(TIME, np.array([0.25, 0.9, 4.0, 3.0])))
    found = rolling_forecasts(series, {"line": (LINE, None, None), "logistic": (LOGISTIC, 0.25, None)})
    assert next(forecast.name for forecast in found if forecast.months == 12) == "logistic"


def test_each_quarter_gives_its_three_best_models() -> None:
    """Points are the three best of each quarter, whatever earlier quarters reached."""
    days = [date(2024, 1, 5), date(2024, 2, 5), date(2024, 2, 6), date(2024, 3, 31), date(2024, 4, 1)]
    models = pl.DataFrame(
        {"model_id": list("abcde"), "released_on": days, "value": [4.0, 1.0, 2.0, 3.0, 0.5]}
    )
    assert quarterly_best(models)["model_id"].to_list() == ["a", "c", "d", "e"]


def test_scores_near_a_bound_weigh_more_and_horizons_are_logarithms() -> None:
    """Binomial-like errors are smallest near 0 and 1; a horizon enters as log2 minutes."""
    models = pl.DataFrame({"released_on": [date(2024, 1, 1)] * 3, "value": [0.5, 0.95, 0.05]})
    weights = series_of(models, bounded_score("test")).weights
    assert weights[0] < weights[1]
    assert weights[1] == pytest.approx(weights[2])
    assert series_of(models.with_columns(value=pl.lit(8.0)), HORIZON).values.tolist() == [3.0] * 3


def test_too_few_points_give_no_curve() -> None:
    """Below twelve points there is a verdict and no curve."""
    found = compare_curves(scores(4.3).head(8), bounded_score("test", 0.25))
    assert found.verdict is CurveVerdict.TOO_FEW
    assert found.candidates == ()
    assert compare_curves(scores(4.3).head(0)).window is None


def test_a_known_ceiling_is_a_candidate_of_bounded_scores_only() -> None:
    """An index has no ceiling to know."""
    assert "logistic to the known ceiling" in families(bounded_score("test"))
    assert "logistic to the known ceiling" not in families(INDEX)
