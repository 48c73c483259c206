"""S-curves and plateaus: does a series still climb, has it bent, and can a ceiling be known?"""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from analysis.capability.frontier import best_so_far
from analysis.trends.early_fit import early_fit
from analysis.trends.horizon import record_doubling_time
from analysis.trends.power import can_notice
from analysis.trends.residuals import residuals_of
from analysis.trends.scurve import CurveComparison, compare_curves
from analysis.trends.trend import FrontierTrend
from charts.parts.figure import Footing
from charts.trends.curve_residuals import NAME as RESIDUALS_CHART
from charts.trends.curve_residuals import curve_residuals
from charts.trends.early_fits import NAME as EARLY_CHART
from charts.trends.early_fits import early_fits
from charts.trends.frontier_slopes import NAME as SLOPES_CHART
from charts.trends.frontier_slopes import frontier_slopes_chart
from charts.trends.growth_curves import NAME as CURVES_CHART
from charts.trends.growth_curves import growth_curves
from questions.answer import (
    Answer,
    Block,
    Drawn,
    Heading,
    Later,
    Method,
    Paragraph,
    Placed,
    nothing_known,
)
from questions.kept import kept
from questions.question import Question
from questions.trends import curve_words, power_words, track_words, words
from questions.trends.choices import choice_blocks, left_out_blocks
from questions.trends.controls import Kind as Series
from questions.trends.controls import TrendsControls, chosen_series, models_since
from questions.trends.series import METR_STATES, OWN_INDEX, GrowthSeries, evidence_of
from questions.trends.trend import SEED, derived_power, power_of, trend_of, window_end
from questions.unlisted import of_benchmark
from questions.view import View
from questions.wording import as_fit

SHOWN: Final = 2
"""So many candidates have their residuals drawn where a reader chose none."""

METHODS: Final = (
    Method("trend", "the trend and its verdict"),
    Method("scurve", "candidate curves and ceilings"),
    Method("track_record", "the track record"),
    Method("calibration", "how often the verdict is right (calibration by simulation)"),
)


def answer(view: View, controls: TrendsControls) -> Answer:
    """The verdict on the chosen series, its evidence and its track record; then curves."""
    series = chosen_series(view, controls)
    if series is None:
        return nothing_known("nothing is known of this series as of this date.", METHODS)
    trend = trend_of(view, series, controls.recent_months, controls.earlier_months)
    rests = evidence_of(view, series)
    caveat, more = as_fit((_no_new_scores(view, series) or rests.caveat, *words.caveats(trend, series)))
    return Answer(
        first_line=words.first_line(trend, series, is_old=rests.is_old),
        caveat=caveat,
        rests_on=f"{words.rests_on(trend, series.unit)} {more}".strip(),
        would_change=f"{trend.would_change} {words.OTHER_CHOICES}".strip(),
        blocks=(*_evidence(view, series, trend, controls), *METHODS),
    )


def _no_new_scores(view: View, series: GrowthSeries) -> str:
    """Of a benchmark that nobody measures any more, that it is so: no newer model waits for its score."""
    kind, *names = series.key
    if kind != Series.BENCHMARK:
        return ""
    return of_benchmark(view, names[0])


def curves_of(view: View, series: GrowthSeries, since: str) -> CurveComparison:
    """The candidate curves through the models since a year, computed once per series and year."""
    models = models_since(series, since)
    return kept(
        view,
        "candidate curves",
        (series.key, since),
        lambda: compare_curves(models, series.measure, seed=SEED),
    )


def _evidence(
    view: View, series: GrowthSeries, trend: FrontierTrend, controls: TrendsControls
) -> tuple[Block, ...]:
    end = window_end(series, view.as_of)
    inside = series.models.filter(pl.col("released_on").is_between(trend.window.start, end))
    if inside.is_empty():
        return ()
    best = best_so_far(inside.with_columns(cost=pl.lit(None, pl.Float64)), end)
    title = words.title(trend, series.name, is_old=evidence_of(view, series).is_old)
    chart = frontier_slopes_chart(
        trend, series.models, best, title, series.name, series.unit, view.footing(inside)
    )
    return (
        Drawn(chart),
        *(Paragraph(said) for said in words.checks(trend)),
        *_power(view, series, trend),
        *_doubling_time(series),
        *(left_out_blocks(view) if series.key == (OWN_INDEX,) else ()),
        Heading("Other measures, other windows"),
        Later(lambda: choice_blocks(view), height=420),
        *_track_record(view),
        Heading("Does it bend? Candidate curves"),
        Placed("curves_since"),
        Placed("curves"),
        Later(lambda: _curves(view, series, controls), charts=(CURVES_CHART, RESIDUALS_CHART), height=760),
        Heading("What an earlier fit had predicted"),
        *_early(view, series, controls),
    )


def _power(view: View, series: GrowthSeries, trend: FrontierTrend) -> tuple[Block, ...]:
    """What the test of a bend finds and would have noticed, or why that cannot be told."""
    bend = () if trend.bend is None else (Paragraph(power_words.of_bend(trend.bend)),)
    return (*bend, *power_of_verdict(view, series, trend))


def power_of_verdict(view: View, series: GrowthSeries, trend: FrontierTrend) -> tuple[Block, ...]:
    """Beside a verdict: how surely its test would have noticed a change, or why that is not told.

    Put off where it has to be simulated.
    """

    def told() -> tuple[Block, ...]:
        power = power_of(view, series, trend)
        untold = power_words.power_untold(trend)
        return (Paragraph(untold if power is None else power_words.of_power(power, trend.window.end)),)

    simulated = can_notice(trend) and derived_power(view, series, trend) is None
    return (Later(told, height=60),) if simulated else told()


def _doubling_time(series: GrowthSeries) -> tuple[Block, ...]:
    """METR's own figure beside the trend of its horizon, which is stated for the 50 % horizon alone."""
    if series.key != ("horizon", METR_STATES):
        return ()
    return (Paragraph(words.of_doubling_time(record_doubling_time(series.models))),)


def _track_record(view: View) -> tuple[Block, ...]:
    """What became of the verdicts that this method would have given at each month end."""
    rows = view.ask("track_record")
    heading = Heading("Track record of the verdict")
    if rows.is_empty():
        return (heading, Paragraph("No past verdicts are derived yet."))
    return (
        heading,
        Paragraph(track_words.track_summary(rows)),
        Paragraph(track_words.HOW_TO_READ),
        track_words.track_table(rows),
    )


def _curves(view: View, series: GrowthSeries, controls: TrendsControls) -> tuple[Block, ...]:
    """Candidate curves with their evidence, residuals and, where it can be known, a ceiling."""
    since = controls.curves_since
    comparison = curves_of(view, series, since)
    said = Paragraph(curve_words.of_curves(comparison, series.measure.bounded))
    if not comparison.candidates:
        return (said,)
    note = f"{comparison.n} of them are among the three best of their quarter"
    footing = view.footing(models_since(series, since), note=note)
    title = curve_words.curve_title(comparison, series.name)
    return (
        said,
        Drawn(growth_curves(comparison, title, series.name, series.unit, footing, controls.drawn)),
        Paragraph(curve_words.of_projection(comparison)),
        Paragraph(curve_words.of_shapes(comparison)),
        curve_words.candidate_table(comparison, series.unit),
        *_residuals(comparison, controls.drawn, footing),
    )


def _residuals(comparison: CurveComparison, drawn: tuple[str, ...], footing: Footing) -> tuple[Block, ...]:
    """What the chosen candidates leave unexplained, else the two with the most evidence."""
    chosen = [one for one in comparison.candidates if one.name in drawn] or comparison.candidates[:SHOWN]
    scale = 100.0 if comparison.measure.bounded else 1.0
    found = [residuals_of(comparison, one).scaled(scale) for one in chosen]
    unit = curve_words.unit_of_fit(comparison.measure)
    chart = curve_residuals(found, unit, curve_words.residual_title(found), footing)
    return (Drawn(chart), Paragraph(curve_words.of_residuals(found)))


def _early(view: View, series: GrowthSeries, controls: TrendsControls) -> tuple[Block, ...]:
    """Curves fitted on an earlier day beside what came, and how each fared over all such days."""
    if not controls.fitted_on:
        return (Paragraph(curve_words.NO_EARLY),)
    on = date.fromisoformat(controls.fitted_on)
    return (
        Placed("fitted_on"),
        Later(lambda: _judged(view, series, controls, on), charts=(EARLY_CHART,), height=560),
    )


def _judged(view: View, series: GrowthSeries, controls: TrendsControls, on: date) -> tuple[Block, ...]:
    models = models_since(series, controls.curves_since)
    found = early_fit(models, series.measure, on)
    if found is None:
        return (Paragraph(curve_words.NO_EARLY),)
    # Without a choice those that were least wrong and most: what lies between would hide both.
    drawn = controls.drawn or (found.candidates[0].name, found.candidates[-1].name)
    footing = view.footing(models.filter(pl.col("released_on") <= found.until))
    title = curve_words.early_title(found)
    chart = early_fits(found, title, series.name, series.unit, footing, drawn)
    return (
        Drawn(chart),
        curve_words.early_table(found),
        *_forecasts(curves_of(view, series, controls.curves_since)),
    )


def _forecasts(comparison: CurveComparison) -> tuple[Block, ...]:
    if not comparison.forecasts:
        return ()
    return (
        Paragraph(curve_words.of_forecasts(comparison.measure)),
        curve_words.forecast_table(comparison),
    )


QUESTION: Final = Question(
    name="trends",
    title="Trends and S-curves",
    asks="Does a series still climb, has it bent, and can a ceiling be known?",
    answer=answer,
    controls=TrendsControls,
    charts=(SLOPES_CHART, CURVES_CHART, RESIDUALS_CHART, EARLY_CHART),
)
