"""The question of growth: verdict first, saturation never told as plateau, days of boards never mixed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.results import Estimate, Interval
from analysis.trends.measures import INDEX
from analysis.trends.residuals import residuals_of
from analysis.trends.trend import frontier_trend
from charts.parts.figure import in_words
from questions.answer import (
    Answer,
    Drawn,
    Heading,
    Later,
    Method,
    Paragraph,
    Placed,
    chart_named,
    charts_of,
)
from questions.controls import ControlError, read, specs
from questions.trends.controls import TrendsControls
from questions.trends.curve_words import NO_EARLY
from questions.trends.question import QUESTION, _judged, _residuals, _track_record, curves_of
from questions.trends.series import HORIZONS, benchmark, index
from questions.trends.track_words import HOW_TO_READ
from questions.trends.trend import SEED
from questions.trends.words import slope_text
from questions.view import View
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.doubtful_home import GUESSED, REPEATED, fill_doubtful, published_index
from tests.homes.growth_home import (
    BOARD_DAYS,
    FIRST,
    KNOWN,
    LAST,
    SCORES,
    fill_growth,
    first_board,
    released,
)
from tests.places import ROOT
from tests.questions.asked import ask, headings, table, view_of, words

SERIES = [option.value for option in specs(TrendsControls)["series"].options]  # type: ignore[union-attr] # a choice
OLD_LABELS = {
    "capability index": "capability-index",
    "Epoch's published index": "epoch-eci",
    "rating of one board on one day": "rating",
    "METR's time horizon": "time-horizon",
    "one benchmark with a ceiling": "benchmark",
}


@pytest.fixture(scope="module")
def rising(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose index rises by the same slope all along."""
    folder = tmp_path_factory.mktemp("rising")
    fill_growth(folder)
    return folder


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose index stopped rising 18 months before its newest model."""
    folder = tmp_path_factory.mktemp("stopped")
    fill_growth(folder, slope_after=0.0)
    return folder


@pytest.fixture(scope="module")
def answer_of_stop(stopped: Path) -> Answer:
    """The answer on an index that stopped."""
    return ask(QUESTION, stopped)


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published index that lists one of its values twice."""
    folder = tmp_path_factory.mktemp("doubtful")
    fill_doubtful(folder)
    return folder


@pytest.fixture(scope="module")
def doubling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose models' time horizons double every 130 days."""
    folder = tmp_path_factory.mktemp("doubling")
    fill_growth(folder)
    names = ["gpt-4-0314", *(f"model-{place}" for place in range(1, len(released())))]
    rows = [
        {
            "source_id": SCORES,
            "payload_sha256": "e" * 64,
            "observed_at": KNOWN,
            "gone": False,
            "model_name": name,
            "benchmark_id": benchmark,
            "setting": "",
            "score": 4.0 * 2 ** ((day - FIRST).days / 130),
            "unit": "minutes",
            "reported_by": "independent",
        }
        for name, day in zip(names, released(), strict=True)
        for benchmark in HORIZONS.values()
    ]
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("score", pl.DataFrame(rows))
        publish(warehouse, folder / "snapshots")
    return folder


@pytest.fixture(scope="module")
def answer(rising: Path) -> Answer:
    """The answer with the default controls."""
    return ask(QUESTION, rising)


def test_the_first_line_is_the_verdict_with_interval_and_last_day(answer: Answer, rising: Path) -> None:
    """A straight line of models is called steady, with slope, interval and the day of the newest model."""
    newest = in_words(released()[-1])
    assert answer.first_line.startswith(
        f"Up to {newest} the capability index climbed, no change of pace found: +"
    )
    assert re.search(
        r"points a year \(90 % interval [\d.]+ to [\d.]+\), change [+-][\d.]+ \([+-][\d.]+ to [+-][\d.]+\)\.",
        answer.first_line,
    )
    fresh = ask(QUESTION, rising, as_of="2026-06-30").first_line
    assert fresh.startswith("The capability index climbs, no change of pace found: +")
    assert fresh.endswith(f", data to {newest}.")
    assert answer.caveat == ""


def test_power_stands_beside_the_verdict_of_an_index(answer: Answer, answer_of_stop: Answer) -> None:
    """What the test of a bend finds, and how surely it would have noticed a stop, as derived."""
    said = words(answer)
    assert "**Test of a bend.** No " in said
    assert "**Power.** Had progress stopped on 19 June 2025, a year before these data end" in said
    assert "probability more than 99\u00a0%; had it stopped on 19 December 2025, with 86\u00a0%." in said
    assert "Had the pace halved on those days, with 94\u00a0% and 41\u00a0%." in said
    assert "notices the stop of half a year ago with 43\u00a0%." in said
    assert re.search(
        r"\*\*Test of a bend\.\*\* The frontier bends downwards [\d to]+ months before", words(answer_of_stop)
    )


def test_other_windows_have_the_power_of_their_own_test(rising: Path) -> None:
    """That of the two slopes, with what they would call slower by chance; no test of a bend is told."""
    other = words(ask(QUESTION, rising, recent_months="12"))
    told = re.search(r"\*\*Power\.\*\* .* with probability (?:more than )?(\d+)", other)
    assert told is not None
    assert int(told[1]) > 50
    assert re.search(r"It would have called \d+\u00a0% of straight lines slower, wrongly\.", other)
    assert "**Test of a bend.**" not in other


@pytest.mark.parametrize("as_of", ["2025-12-31", "2025-06-30"])
def test_a_past_verdict_has_its_power_on_its_own_dates(rising: Path, as_of: str) -> None:
    """That of the models to that day, not the power that was derived of the newest."""
    past = ask(QUESTION, rising, as_of=as_of)
    assert "Verdict: " in past.rests_on
    said = re.search(r"\*\*Power\.\*\* .* models to (\d+ \w+ \d{4})\.", words(past))
    assert said is not None
    assert said[1] in past.rests_on
    assert said[1].endswith("2025")


def test_the_table_of_past_verdicts_says_what_their_power_is() -> None:
    """And where a past verdict stands with all of its power."""
    assert "in 100 simulated worlds with the models of that day" in HOW_TO_READ
    assert "as of a day to have its verdict with all of its power" in HOW_TO_READ


@pytest.mark.parametrize("chosen", [{"series": "benchmark"}, {"series": "rating"}])
def test_power_stands_beside_the_verdict_of_any_series(rising: Path, chosen: dict[str, str]) -> None:
    """Simulated on the series' own dates; of a used-up test, or with too few models, in words."""
    answer = ask(QUESTION, rising, **chosen)
    said = words(answer)
    verdict = re.search(r"Verdict: ([a-z, ]+)\.", answer.rests_on)
    assert verdict is not None
    if verdict[1] == "used up":
        assert "**Power.** A test that is used up can notice no stop of AI." in said
        return
    told = re.search(r"with probability (more than 99|\d+) %; had it stopped on", said.replace("\u00a0", " "))
    assert told is not None
    assert "From 150 simulated worlds with the release dates and the shortfalls of the" in said


def test_the_verdict_rests_on_models_windows_and_both_slopes(answer: Answer) -> None:
    """What it rests on has the counts, both slopes with intervals, the verdict's name and the method."""
    assert "recent" in answer.rests_on
    assert "in the 18 months to" in answer.rests_on
    assert answer.rests_on.count("90 % interval") == 2
    assert "in the 24 months before" in answer.rests_on
    assert "Verdict: climbed, no change of pace found." in answer.rests_on
    assert answer.rests_on.endswith("bootstrap over models (1000 draws).")
    assert answer.would_change.startswith("A bend downwards that the test notices")
    assert "With organisations drawn in place of models" in words(answer)


def test_the_parts_stand_in_order_and_curves_come_later(answer: Answer) -> None:
    """The chart of the verdict comes first; other readings and curves are put off; the methods come last."""
    curves, early = ("growth-curves", "curve-residuals"), ("early-fits",)
    assert [chart.name for chart in charts_of(answer)] == ["frontier-slopes", *curves, *early]
    assert headings(answer) == [
        "Other measures, other windows",
        "Track record of the verdict",
        "Does it bend? Candidate curves",
        "What an earlier fit had predicted",
    ]
    assert [block.charts for block in answer.blocks if isinstance(block, Later)] == [(), curves, early]
    methods = [block.name for block in answer.blocks if isinstance(block, Method)]
    assert methods == ["trend", "scurve", "track_record", "calibration"]


def test_an_index_that_stopped_is_a_plateau(stopped: Path) -> None:
    """Where the last 18 months bring nothing, the first line says plateau."""
    answer = ask(QUESTION, stopped)
    assert " the frontier of the capability index was on a plateau: " in answer.first_line
    assert "Verdict: was on a plateau." in answer.rests_on


def test_a_used_up_test_is_saturated_and_no_plateau(stopped: Path) -> None:
    """A bounded benchmark near its ceiling is told as the end of a test, whatever its slope."""
    answer = ask(QUESTION, stopped, series="benchmark")
    assert answer.first_line.startswith("GPQA diamond is used up: its best score by ")
    assert "This is not a plateau of AI." in answer.first_line
    assert "Verdict: used up." in answer.rests_on
    assert "The ceiling is 100" in answer.rests_on
    assert "is on a plateau" not in words(answer)


def test_ratings_of_two_days_are_never_in_one_line(rising: Path) -> None:
    """Choosing a day of a board leaves only the models measured on that day, and the line names the day."""
    days = specs(TrendsControls)["board_on"]
    chosen = {"series": "rating", "board": "arena-text"}
    offered = [option.value for option in days.offered(view_of(rising), chosen)]  # type: ignore[union-attr] # a choice
    assert offered == [day.isoformat() for day in reversed(BOARD_DAYS)]
    answer = ask(QUESTION, rising, series="rating")
    assert "rating of 25 June 2026" in answer.first_line
    chart = chart_named(answer, "frontier-slopes")
    assert chart is not None
    second_day = {day for day in released() if not first_board(day)}
    assert chart.rows.height > 100
    assert set(chart.rows["released_on"]) <= second_day


def test_a_line_gets_no_ceiling(answer: Answer) -> None:
    """On data that rise in a straight line no ceiling is told, and the answer says that there is none."""
    assert "No ceiling is drawn: it is not identifiable from these data." in words(answer)
    ceilings = table(answer, "candidates")["ceiling"]
    assert not any(ceiling[0].isdigit() for ceiling in ceilings)


def test_the_track_record_shows_misses_and_readings(answer: Answer) -> None:
    """Past verdicts are listed with their reading, and a miss counts as one."""
    assert (
        "Of 2 past verdicts on Epoch's index that claimed something and whose following year is over, 1 held"
        in words(answer)
    )
    rows = table(answer, "track-record")
    assert set(rows["reading"]) == {"released"}
    assert rows["outcome"].to_list() == ["miss", "hit"]


@pytest.mark.parametrize("series", ["time-horizon", "epoch-eci"])
def test_an_unknown_series_is_said_in_words(rising: Path, series: str) -> None:
    """A series of which nothing is known gives a sentence, no chart, and still says how it would be known."""
    answer = ask(QUESTION, rising, series=series)
    assert answer.first_line == "No data yet: nothing is known of this series as of this date."
    assert not answer.known
    assert list(charts_of(answer)) == []
    assert any(isinstance(block, Method) for block in answer.blocks)


def test_metrs_own_doubling_time_stands_beside_the_trend_of_its_horizon(
    doubling: Path, answer: Answer
) -> None:
    """By METR's convention at the percentage that METR states, and as a reference: at no other."""
    said = words(ask(QUESTION, doubling, series="time-horizon"))
    assert "**METR's own convention**" in said
    assert "a doubling every 130 days" in said
    assert "convention" not in words(ask(QUESTION, doubling, series="time-horizon", success="80"))
    assert "convention" not in words(answer)


@pytest.mark.parametrize("as_of", ["", "2026-01-31"])
def test_the_published_index_counts_each_fitted_value_once(doubtful: Path, as_of: str) -> None:
    """Slope and interval are those of the fitted values released by the day, though one is listed twice."""
    day = date.fromisoformat(as_of) if as_of else LAST
    models = published_index()
    models = models.filter(models["released_on"] <= day)
    trend = frontier_trend(models, max(models["released_on"]), INDEX, 18 / 12, 24 / 12, seed=SEED)
    assert trend.slopes is not None
    answer = ask(QUESTION, doubtful, as_of, series="epoch-eci")
    assert slope_text(trend, trend.slopes.recent) in answer.rests_on
    assert f"{trend.n_recent} recent, {trend.n_earlier} earlier" in answer.rests_on
    drawn = {
        name for chart in charts_of(answer) if "model_id" in chart.rows for name in chart.rows["model_id"]
    }
    assert drawn.isdisjoint({GUESSED, REPEATED})


@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("as_of", ["", "2025-06-30", "2023-06-30", "2021-05-01"])
def test_first_lines_and_caveats_have_at_most_thirty_words(doubtful: Path, series: str, as_of: str) -> None:
    """Whatever the series, the day, and how little is known by then."""
    answer = ask(QUESTION, doubtful, as_of, series=series)
    assert len(answer.first_line.split()) <= 30
    assert len(answer.caveat.split()) <= 30


def test_a_past_date_says_how_it_is_read(rising: Path) -> None:
    """The index of a past day holds today's values of the models released by then: the caveat says so."""
    answer = ask(QUESTION, rising, "2025-06-30")
    said = "The models released by 30 June 2025, with the values of one fit to all that is known now."
    assert said in answer.caveat


def test_the_curves_can_begin_later_than_the_trend(rising: Path) -> None:
    """The year of the first models shapes the curves alone; its widget stands there without curves, too."""
    later, every = ask(QUESTION, rising, curves_since="2024"), ask(QUESTION, rising)
    assert later.first_line == every.first_line
    assert Placed("curves_since") in later.blocks
    chart = chart_named(later, "growth-curves")
    assert chart is not None
    assert min(chart.rows["released_on"]) >= date(2024, 1, 1)


def test_windows_shape_the_verdict(rising: Path) -> None:
    """Other windows give another slope, and the evidence names them."""
    answer = ask(QUESTION, rising, recent_months="24", earlier_months="12")
    assert "in the 24 months to" in answer.rests_on
    assert "in the 12 months before" in answer.rests_on


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ({"series": "moon"}, "capability-index, epoch-eci, rating, time-horizon, benchmark"),
        ({"success": "80"}, "has no meaning with series = capability-index"),
        ({"recent_months": "6"}, "a number from 12 to 36"),
        ({"series": "rating", "board_on": "2026-06-26"}, "2026-06-25, 2026-05-30"),
        ({"curves_since": "1999"}, "all, 2021, 2022, 2023, 2024"),
    ],
)
def test_a_wrong_control_names_what_is_allowed(rising: Path, given: dict[str, str], allowed: str) -> None:
    """What cannot be used is said with what can."""
    with pytest.raises(ControlError, match=allowed):
        ask(QUESTION, rising, **given)


@pytest.mark.parametrize(("label", "value"), OLD_LABELS.items())
def test_older_links_name_the_series_by_its_label(rising: Path, label: str, value: str) -> None:
    """The words that addresses had before still choose the same series."""
    controls, problems = read(TrendsControls, view_of(rising), {"series": [label]})
    assert (controls.series, problems) == (value, ())


@pytest.mark.parametrize(
    ("slope", "said"),
    [
        (Estimate(2.0, Interval(1.5, 2.5)), "+2.0 points a year (90 % interval 1.5 to 2.5)"),
        (Estimate(-2.0, Interval(-2.5, 0.5)), "-2.0 points a year (90 % interval -2.5 to 0.5)"),
        (Estimate(2.0), "+2.0 points a year"),
    ],
)
def test_a_slope_is_told_with_its_sign_and_interval(slope: Estimate, said: str) -> None:
    """Up and down differ by their sign; without an interval there are no brackets."""
    trend = frontier_trend(published_index(), LAST, INDEX, draws=50)
    assert slope_text(trend, slope) == said


def test_every_trend_of_a_question_is_computed_in_one_place() -> None:
    """One module calls the estimator, so that windows, day and seed are the same everywhere."""
    files = (ROOT / "questions").rglob("*.py")
    callers = [file for file in files if "frontier_trend(" in file.read_text("utf-8")]
    assert callers == [ROOT / "questions" / "trends" / "trend.py"]


def test_a_reader_chooses_curves_and_the_day_from_which_they_are_judged(rising: Path) -> None:
    """Each chosen curve has its residuals and its forecast; what came is told apart from what was fitted."""
    chosen = {"curves": "line,logistic", "fitted_on": "2025-01-01"}
    answer = ask(QUESTION, rising, **chosen)
    residuals, early = (chart_named(answer, name) for name in ("curve-residuals", "early-fits"))
    assert residuals is not None
    assert early is not None
    assert set(residuals.rows["curve"]) == {"line", "logistic"}
    parts = dict(early.rows.group_by("part").agg(pl.col("released_on").max()).iter_rows())
    assert parts["fitted"] <= date(2025, 1, 1) < parts["came after"] <= date(2026, 1, 1)
    assert early.title.startswith("Fitted on 1 January 2025, the ")
    errors = table(answer, "early-fits")
    assert errors["curve"].n_unique() == errors.height == 5
    with pytest.raises(ControlError, match="fitted_on"):
        ask(QUESTION, rising, fitted_on="2026-06-01")


def test_without_a_choice_the_curves_of_most_evidence_are_drawn(rising: Path, answer: Answer) -> None:
    """Residuals of the best two; of an earlier fit those that were least wrong and most."""
    best = table(answer, "candidates")["curve"].to_list()
    residuals, early = (chart_named(answer, name) for name in ("curve-residuals", "early-fits"))
    assert residuals is not None
    assert early is not None
    assert residuals.rows["curve"].unique(maintain_order=True).to_list() == best[:2]
    fitted = table(answer, "early-fits")["curve"].to_list()
    assert f"the {fitted[0]} came closest to the year that followed, the {fitted[-1]} was" in early.title
    one = chart_named(ask(QUESTION, rising, curves="logistic"), "curve-residuals")
    assert one is not None
    assert one.rows["curve"].unique().to_list() == ["logistic"]


def test_curves_stand_on_the_best_of_their_quarters(rising: Path, answer: Answer) -> None:
    """How many these are stands below the chart; past forecasts stand below the earlier fit."""
    chart = chart_named(answer, "growth-curves")
    assert chart is not None
    said = re.search(r"\((\d+) points\)", words(answer))
    assert said is not None
    assert chart.footing.note == f"{said[1]} of them are among the three best of their quarter"
    assert chart.footing.n == len(released())
    assert set(table(answer, "forecasts")["months"]) == {6, 12}
    view = view_of(rising)
    series = index(view)
    assert series is not None
    whole = curves_of(view, series, "all")
    assert curves_of(view, series, "all") is whole
    assert curves_of(view, series, "2024").n < whole.n


def test_residuals_of_scores_are_percentage_points(rising: Path) -> None:
    """A hundred times what is left of shares; of an index they are its points."""
    view = view_of(rising)
    scores, own = benchmark(view, "gpqa-diamond"), index(view)
    assert scores is not None
    assert own is not None
    for series, scale in ((scores, 100.0), (own, 1.0)):
        comparison = curves_of(view, series, "all")
        drawn, _ = _residuals(comparison, ("line",), view.footing(series.models))
        assert isinstance(drawn, Drawn)
        (line,) = (one for one in comparison.candidates if one.name == "line")
        left = residuals_of(comparison, line).rows["residual"].to_list()
        assert drawn.chart.rows["residual"].to_list() == pytest.approx([scale * one for one in left])


def test_too_few_models_have_no_curves_and_no_earlier_fit(rising: Path) -> None:
    """Both are said in words, and the verdict stands without them."""
    answer = ask(QUESTION, rising, "2022-12-31")
    said = words(answer)
    assert "**Too few points** for curves" in said
    assert "it takes twelve points before a day and a whole year after it." in said
    assert chart_named(answer, "growth-curves") is None
    assert chart_named(answer, "early-fits") is None


def test_without_past_verdicts_the_record_says_so(rising: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside its heading."""
    view = view_of(rising)
    empty = view.ask("track_record").clear()
    monkeypatch.setattr(View, "ask", lambda *_args, **_given: empty)
    assert _track_record(view) == (
        Heading("Track record of the verdict"),
        Paragraph("No past verdicts are derived yet."),
    )


def test_a_day_that_no_year_followed_judges_no_curve(rising: Path) -> None:
    """A fit of before the first models, or of the last, is said in words."""
    view, controls = view_of(rising), TrendsControls()
    series = index(view)
    assert series is not None
    for day in (date(2020, 1, 1), date(2026, 6, 15)):
        assert _judged(view, series, controls, day) == (Paragraph(NO_EARLY),)


def test_the_verdict_stands_beside_those_of_other_measures_and_windows(rising: Path) -> None:
    """A table of measures and windows whose default cell is the page's own verdict; and who is left out."""
    answer = ask(QUESTION, rising)
    rows = table(answer, "readings")
    own = rows.filter(pl.col("measure").str.starts_with("Capability index"))
    assert own["measure"].to_list() == [
        f"Capability index, last {months} months" for months in (6, 12, 18, 24)
    ]
    assert "Verdict: climbed, no change of pace found." in answer.rests_on
    assert own["verdict"][2] == "no change found"
    assert "stands under 'Other measures, other windows'" in answer.would_change
    assert "**Does it depend on the choice?** " in words(answer)
