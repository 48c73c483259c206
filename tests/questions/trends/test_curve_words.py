"""What is said of candidate curves: verdict, evidence, ceiling and midpoint only where they are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import numpy as np
import polars as pl
import pytest

from analysis.numeric.curve_fit import FittedCurve
from analysis.numeric.curve_starts import Box
from analysis.numeric.curves import BROKEN_LINE
from analysis.numeric.curves import LOGISTIC as BENT
from analysis.numeric.forecasts import Forecast
from analysis.numeric.likelihood_ratio import LikelihoodRatio
from analysis.results import Estimate, Interval, year_of
from analysis.trends.early_fit import EarlyCandidate, EarlyFit
from analysis.trends.measures import HORIZON, INDEX, Measure, bounded_score
from analysis.trends.residuals import Residuals
from analysis.trends.scurve import NAMES, Candidate, CurveComparison, CurveVerdict
from faces.cells import text_rows
from questions.answer import Column, Kind
from questions.trends.curve_words import (
    _SHAPES,
    candidate_table,
    curve_title,
    early_table,
    early_title,
    forecast_table,
    of_curves,
    of_forecasts,
    of_projection,
    of_residuals,
    of_shapes,
    residual_title,
    unit_of_fit,
)

SCORE = bounded_score("Test", 0.25)
NO_FIT = cast(FittedCurve, None)
"""Words do not look at the curve itself."""

MIDDLE = year_of(date(2025, 3, 1))
CEILING = Estimate(180.0, Interval(170.0, 200.0))
LINE = Candidate("line", NO_FIT, 0.0, None, "no ceiling: a line has none", None, None)
LOGISTIC = Candidate("logistic", NO_FIT, 2.0, CEILING, "", None, None)


def comparison(*candidates: Candidate, measure: Measure = INDEX) -> CurveComparison:
    """A comparison of these candidates on 40 points."""
    return CurveComparison(
        measure=measure,
        series=None,
        candidates=candidates,
        ratio=None,
        forecasts=(),
        n=40,
        window=None,
        verdict=CurveVerdict.NOT_DISTINGUISHABLE,
        would_change="More quarters.",
        method="",
    )


def test_curves_are_told_with_verdict_evidence_and_what_would_change_it() -> None:
    """A difference of two in AICc is worth 73 against 27 %; without any ceiling the reader learns why."""
    said = of_curves(comparison(LINE, replace(LOGISTIC, ceiling=None)), bounded=False)
    assert said == (
        "**Not distinguishable yet.** Of the evidence, 73\u00a0% is for the line, 27\u00a0% for the logistic "
        "(40 points). **No ceiling is drawn: it is not identifiable from these data.** What would change it: "
        "More quarters."
    )


@pytest.mark.parametrize(
    ("bounded", "added"),
    [(True, " This ceiling is where the test ends: it says nothing of AI."), (False, "")],
)
def test_a_ceiling_of_a_test_is_no_ceiling_of_ai(bounded: bool, added: str) -> None:
    """One candidate with a ceiling is enough for one to be drawn; of a test it is its end."""
    said = of_curves(comparison(LINE, LOGISTIC), bounded)
    assert said.endswith(f"(40 points).{added} What would change it: More quarters.")


def test_the_test_against_a_line_is_told_in_tenths_of_a_percent() -> None:
    """Where it was made; its p-value is that of simulated lines."""
    made = replace(comparison(LINE, LOGISTIC), ratio=LikelihoodRatio(4.0, 0.0325, 199, ""))
    assert "would gain as much on it in 3.2\u00a0% of simulated worlds (this is one test" in of_curves(
        made, bounded=False
    )


def test_why_the_year_ahead_has_no_band_is_told_with_past_misses() -> None:
    """Of the best curve, over the longest time judged, in the unit of the fit and with its side."""
    past = (
        Forecast("line", 6, 30, 12, 3.1, 0.4),
        Forecast("line", 12, 50, 10, 5.44, -1.83),
        Forecast("logistic", 12, 50, 10, 2.0, 2.0),
    )
    said = of_projection(replace(comparison(LINE, LOGISTIC), forecasts=past))
    assert (
        "Fitted on 10 earlier days, the line missed the points of the next 12 months by 5.4 points (root "
        "mean square), on average 1.8 too low." in said
    )
    share = replace(
        comparison(LOGISTIC, LINE, measure=SCORE), forecasts=(Forecast("logistic", 6, 9, 1, 0.02, 0.01),)
    )
    assert (
        "Fitted on 1 earlier day, the logistic missed the points of the next 6 months by 2 percentage points "
        "(root mean square), on average 1 too high." in of_projection(share)
    )
    assert of_projection(comparison(LINE)).endswith(
        "no earlier day is known from which such a curve can be judged."
    )


def test_the_shapes_of_the_candidates_alone_are_told() -> None:
    """In plain words, for who has met no such curve."""
    assert of_shapes(comparison(LOGISTIC, LINE)).startswith(
        "Line, the same gain every year; logistic, an S that levels off at a ceiling as fast as it rose. "
    )
    assert set(_SHAPES) == set(NAMES)


@pytest.mark.parametrize(
    "few",
    [
        replace(comparison(LINE, LOGISTIC), verdict=CurveVerdict.TOO_FEW),
        comparison(),
    ],
    ids=["too few points", "no curve fits"],
)
def test_too_few_points_are_no_curves(few: CurveComparison) -> None:
    """Whether the verdict says so or nothing could be fitted."""
    assert of_curves(few, bounded=False) == "**Too few points** for curves: More quarters."


@pytest.mark.parametrize(
    ("verdict", "title"),
    [
        (CurveVerdict.SATURATING, "Rating bends towards a ceiling"),
        (CurveVerdict.NOT_BENDING, "Rating: no bend that favours a ceiling"),
        (CurveVerdict.NOT_DISTINGUISHABLE, "Rating: an S-curve and a line are not distinguishable yet"),
        (
            CurveVerdict.TEST_ALONE,
            "Rating: the test rejects a line, but no S-curve is clearly better by AICc",
        ),
    ],
)
def test_the_title_is_the_finding(verdict: CurveVerdict, title: str) -> None:
    """Each verdict on the curves heads their chart in its own words."""
    assert curve_title(replace(comparison(LINE), verdict=verdict), "rating") == title


def test_candidates_stand_with_their_share_of_the_evidence() -> None:
    """The best first, its distance in AICc from the best with one decimal."""
    table = candidate_table(comparison(LINE, replace(LOGISTIC, delta_aicc=2.04)), "points")
    rows = table.rows
    assert rows["curve"].to_list() == ["line", "logistic"]
    assert rows["evidence"].to_list() == pytest.approx([73.5, 26.5], abs=0.05)
    assert rows["aicc"].to_list() == [0.0, 2.04]
    assert table.columns["aicc"].decimals == 1


@pytest.mark.parametrize(
    ("ceiling", "measure", "unit", "said"),
    [
        (CEILING, INDEX, "points", "180.0 points (170.0 points to 200.0 points)"),
        (Estimate(5.0, Interval(4.0, 6.0)), HORIZON, "minutes", "32 min (16 min to 64 min)"),
        (None, INDEX, "points", "not told"),
        (Estimate(180.0), INDEX, "points", "not told"),
        (
            Estimate(0.8, Interval(0.7, 0.9)),
            SCORE,
            "fraction",
            "80.0\u00a0% (70.0\u00a0% to 90.0\u00a0%)",
        ),
        (
            Estimate(1.0, Interval(0.9, 1.0)),
            SCORE,
            "fraction",
            "100.0\u00a0% (90.0\u00a0% to 100.0\u00a0%)",
        ),
        (
            Estimate(1.01, Interval(0.9, 1.2)),
            SCORE,
            "fraction",
            "beyond the end of the test, so not a ceiling",
        ),
    ],
    ids=["points", "doublings", "none", "no interval", "score", "the end of the test", "beyond it"],
)
def test_a_ceiling_has_its_interval_in_the_unit_of_the_data(
    ceiling: Estimate | None, measure: Measure, unit: str, said: str
) -> None:
    """Doublings are told as minutes; a ceiling beyond the end of a test is none."""
    one = replace(LOGISTIC, ceiling=ceiling, ceiling_note="not told")
    rows = candidate_table(comparison(one, measure=measure), unit).rows
    assert rows["ceiling"].item() == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (MIDDLE - 0.5, MIDDLE + 0.5, "Mar 2025 (Aug 2024 to Aug 2025)"),
        (-100.0, MIDDLE + 0.5, "not bounded by these data"),
        (MIDDLE - 0.5, 100.0, "not bounded by these data"),
        (float("-inf"), float("inf"), "not bounded by these data"),
    ],
    ids=["both ends", "open below", "open above", "open"],
)
def test_a_midpoint_is_told_where_the_data_bound_it(low: float, high: float, said: str) -> None:
    """A hundred years away is no bound."""
    one = replace(LOGISTIC, midpoint=Estimate(MIDDLE, Interval(low, high)))
    assert candidate_table(comparison(one), "points").rows["midpoint"].item() == said


@pytest.mark.parametrize("midpoint", [None, Estimate(MIDDLE)], ids=["none", "no interval"])
def test_a_curve_without_a_midpoint_has_a_dash(midpoint: Estimate | None) -> None:
    """A line has none, and one without an interval is not told."""
    rows = candidate_table(comparison(replace(LOGISTIC, midpoint=midpoint)), "points").rows
    assert rows["midpoint"].item() == "–"


@pytest.mark.parametrize(
    ("measure", "unit"),
    [(INDEX, "points"), (SCORE, "percentage points")],
)
def test_errors_have_the_unit_of_the_fit(measure: Measure, unit: str) -> None:
    """Scores are fitted as shares and drawn as percentage points, all else in its own unit."""
    assert f"errors in {unit}. One day alone" in of_forecasts(measure)
    assert unit_of_fit(measure) == unit


def residuals(above: int, recent: int, p_value: float | None, name: str = "line") -> Residuals:
    """So many of the last year's points above a curve."""
    return Residuals(name, pl.DataFrame(), recent, above, p_value)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (residuals(0, 0, None), "What the line leaves unexplained"),
        (
            residuals(9, 12, 0.05),
            "The last year's points lie on both sides of the line, as chance alone would scatter them",
        ),
        (residuals(10, 12, 0.0499), "10 of the last year's 12 points lie above the line"),
        (residuals(2, 12, 0.0386), "10 of the last year's 12 points lie below the line"),
    ],
    ids=["no recent points", "chance", "above", "below"],
)
def test_residuals_are_headed_by_the_side_that_chance_does_not_explain(found: Residuals, title: str) -> None:
    """From 5 % on it is chance; else the many are counted with their side."""
    assert residual_title([found]) == title


def test_residuals_of_all_curves_are_told_with_their_chance() -> None:
    """The first in full, the others briefly; what has no recent point is not counted."""
    doubt = (
        "The points of a quarter are its best, and models of one maker are alike, so chance does it more "
        "often than that."
    )
    line, other = residuals(10, 12, 0.0386), residuals(7, 12, 0.774, "logistic")
    lead = (
        "Of the last year's 12 points 10 lie above the line (so uneven a split, or more, comes up by chance "
        "in 4\u00a0% of cases)"
    )
    assert of_residuals([line]) == f"{lead}. {doubt}"
    assert of_residuals([line, other]) == f"{lead}, 7 above the logistic (77\u00a0%). {doubt}"
    assert of_residuals([residuals(0, 0, None), line]) == f"{lead}. {doubt}"
    assert of_residuals([residuals(0, 0, None)]) == doubt
    even = "Of the last year's 15 points 8 lie above the line (as even as can be)"
    assert of_residuals([residuals(8, 15, 1.0)]) == f"{even}. {doubt}"


def early(errors: Sequence[tuple[str, float, float]], measure: Measure = INDEX) -> EarlyFit:
    """Curves fitted on New Year's Day 2025, with typical and mean error."""
    on = date(2025, 1, 1)
    after = pl.DataFrame({"released_on": [on + timedelta(days=30)] * 4, "value": [1.0] * 4})
    candidates = tuple(EarlyCandidate(name, NO_FIT, typical, mean) for name, typical, mean in errors)
    return EarlyFit(on, date(2026, 1, 1), after.clear(), after, candidates, measure)


BOTH = (("line", 1.234, -0.5), ("logistic", 4.0, 3.91))


def test_an_early_fit_is_headed_by_who_came_closest_and_who_was_furthest_off() -> None:
    """Of one curve alone its error is told."""
    assert early_title(early(BOTH)) == (
        "Fitted on 1 January 2025, the line came closest to the year that followed, the logistic was "
        "furthest off"
    )
    assert early_title(early(BOTH[:1])) == "Fitted on 1 January 2025, the line erred by 1.2 points"


@pytest.mark.parametrize(
    ("measure", "scale", "unit"), [(INDEX, 1.0, "points"), (SCORE, 0.01, "percentage points")]
)
def test_early_errors_are_in_the_unit_of_their_heading(measure: Measure, scale: float, unit: str) -> None:
    """Points as they are, shares as percentage points."""
    table = early_table(early([(name, scale * one, scale * mean) for name, one, mean in BOTH], measure))
    rows = table.rows
    assert rows["curve"].to_list() == ["line", "logistic"]
    assert table.columns["typical"] == Column(f"typical error, {unit}", Kind.NUMBER, width=190, decimals=1)
    assert rows["typical"].to_list() == pytest.approx([1.2, 4.0])
    assert rows["mean"].to_list() == pytest.approx([-0.5, 3.9])
    assert rows["came"].to_list() == [4, 4]


@pytest.mark.parametrize(
    ("slopes", "measure", "said"),
    [
        (
            (10.0, 16.0),
            INDEX,
            "It breaks upwards, about March 2025: +10.0 points a year before, +16.0 after.",
        ),
        (
            (0.3, 0.1),
            SCORE,
            "breaks downwards, about March 2025: +30.0 percentage points a year before, +10.0",
        ),
    ],
)
def test_a_break_is_told_with_its_day_its_direction_and_both_slopes(
    slopes: tuple[float, float], measure: Measure, said: str
) -> None:
    """Where the line with one break fits best, and only there."""
    parameters = np.array([MIDDLE, 100.0, *slopes])
    fit = FittedCurve(BROKEN_LINE, parameters, Box(parameters, parameters), 1.0, 40, 1.0)
    broken = replace(LINE, name=BROKEN_LINE.name, fit=fit)
    assert said in of_curves(comparison(broken, LINE, measure=measure), measure.bounded)
    assert "It breaks" not in of_curves(comparison(LINE, broken, measure=measure), measure.bounded)


def test_the_candidates_fit_a_window_of_1024_pixels() -> None:
    """Beside the list of pages 660 are left; the last column was cut there."""
    columns = candidate_table(comparison(LINE), "points").columns
    assert sum(column.width or 0 for column in columns.values()) <= 650


def test_past_forecasts_stand_with_months_errors_and_numbers() -> None:
    """Numbers; a small error below zero is no minus nought."""
    made = replace(comparison(LINE), forecasts=(Forecast("line", 6, 90, 8, 1.2345, -0.004),))
    (row,) = text_rows(forecast_table(made))
    assert row == ["line", "6", "1.2", "0.0", "90", "8"]


@pytest.mark.parametrize("verdict", [CurveVerdict.MIDPOINT_AHEAD, CurveVerdict.FORECASTS_WORSE])
def test_of_an_s_curve_is_spoken_only_where_no_other_curve_fits_better(verdict: CurveVerdict) -> None:
    """It may beat a line and still lose to one that breaks: the title names the curve that is drawn."""
    parameters = np.array([MIDDLE, 100.0, 10.0, 16.0])
    fits = [
        FittedCurve(curve, parameters, Box(parameters, parameters), 1.0, 40, 1.0)
        for curve in (BROKEN_LINE, BENT)
    ]
    broken, bent = (
        replace(LINE, name=name, fit=fit)
        for name, fit in zip((BROKEN_LINE.name, BENT.name), fits, strict=True)
    )
    beaten, best = (replace(comparison(*pair), verdict=verdict) for pair in ((broken, bent), (bent, broken)))
    said = "the line with one break fits best, and no ceiling can be told"
    assert curve_title(beaten, "rating") == f"Rating: {said}"
    assert of_curves(beaten, bounded=False).startswith(f"**T{said[1:]}.** Of the evidence, ")
    assert curve_title(best, "rating") == f"Rating: {verdict.value}"
