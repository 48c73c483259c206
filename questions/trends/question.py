"""S-curves and plateaus: does a series still climb, has it bent, and can a ceiling be known?"""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from analysis.capability.frontier import best_so_far
from analysis.trends.bend import SPAN_YEARS
from analysis.trends.horizon import record_doubling_time
from analysis.trends.measures import INDEX
from analysis.trends.scurve import CurveComparison, compare_curves
from analysis.trends.trend import FrontierTrend
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
    Table,
    nothing_known,
)
from questions.kept import kept
from questions.question import Question
from questions.trends import curve_words, power_words, track_words, words
from questions.trends.controls import SINCE_ALL, TrendsControls, chosen_series
from questions.trends.series import METR_STATES, GrowthSeries, evidence_of
from questions.trends.trend import SEED, bend_of, is_calibrated, trend_of, window_end
from questions.view import View
from questions.wording import as_fit

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
    caveat, more = as_fit((rests.caveat, *words.caveats(trend, series)))
    return Answer(
        first_line=words.first_line(trend, series, is_old=rests.is_old),
        caveat=caveat,
        rests_on=f"{words.rests_on(trend, series.unit)} {more}".strip(),
        would_change=trend.would_change,
        blocks=(*_evidence(view, series, trend, controls.curves_since), *METHODS),
    )


def curves_of(view: View, series: GrowthSeries, since: str) -> CurveComparison:
    """The candidate curves through the models since a year, computed once per series and year."""
    models = models_since(series, since)
    return kept(
        view,
        "candidate curves",
        (series.key, since),
        lambda: compare_curves(models, series.measure, seed=SEED),
    )


def models_since(series: GrowthSeries, since: str) -> pl.DataFrame:
    """The models that were released since the beginning of a year, or all."""
    if since == SINCE_ALL:
        return series.models
    return series.models.filter(pl.col("released_on") >= date(int(since), 1, 1))


def _evidence(view: View, series: GrowthSeries, trend: FrontierTrend, since: str) -> tuple[Block, ...]:
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
        *_power(series, trend),
        *_doubling_time(series),
        *_track_record(view),
        Heading("Does it bend? Candidate curves"),
        Placed("curves_since"),
        Later(lambda: _curves(view, series, since), charts=(CURVES_CHART,), height=560),
    )


def _power(series: GrowthSeries, trend: FrontierTrend) -> tuple[Block, ...]:
    """What the tests would have noticed: of an index in the windows for which this was simulated."""
    if series.measure is not INDEX or not trend.earlier_told or not is_calibrated(trend):
        return ()
    return (
        Paragraph(power_words.of_power(trend.window.end, trend.n / SPAN_YEARS)),
        Paragraph(power_words.of_bend(bend_of(series, trend))),
    )


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
        Table("track-record", track_words.track_table(rows)),
    )


def _curves(view: View, series: GrowthSeries, since: str) -> tuple[Block, ...]:
    """Candidate curves with their evidence, forecasts and, where it can be known, a ceiling."""
    comparison = curves_of(view, series, since)
    said = Paragraph(curve_words.of_curves(comparison, series.measure.bounded))
    if not comparison.candidates:
        return (said,)
    note = f"{comparison.n} of them are among the three best of their quarter"
    footing = view.footing(models_since(series, since), note=note)
    title = curve_words.curve_title(comparison, series.name)
    return (
        said,
        Drawn(growth_curves(comparison, title, series.name, series.unit, footing)),
        Table("candidates", curve_words.candidate_table(comparison, series.unit)),
        *_forecasts(comparison),
    )


def _forecasts(comparison: CurveComparison) -> tuple[Block, ...]:
    if not comparison.forecasts:
        return ()
    return (
        Paragraph(curve_words.of_forecasts(comparison.measure)),
        Table("forecasts", curve_words.forecast_table(comparison)),
    )


QUESTION: Final = Question(
    name="trends",
    title="S-curves and plateaus",
    asks="Does a series still climb, has it bent, and can a ceiling be known?",
    answer=answer,
    controls=TrendsControls,
    charts=(SLOPES_CHART, CURVES_CHART),
)
