"""Charts of attention: the finding in the title, no number where none can be told, gaps as gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from analysis.hype.attention import IndexedAttention, IndexVerdict, indexed_attention, rank_launches
from analysis.hype.attention_days import views_a_day, weekly_means
from analysis.hype.buzz import BuzzVerdict
from analysis.hype.lag import LagResult, LagVerdict
from analysis.hype.monthly_best import monthly_best
from analysis.hype.shape import HypeShape, ShapeVerdict
from analysis.results import Estimate, Interval, Window
from charts.hype.attention_and_capability import attention_and_capability
from charts.hype.attention_over_time import PageLabel, attention_over_time
from charts.hype.buzz import buzz_chart
from charts.hype.launch_ranks import launch_ranks
from charts.hype.other_attention import Measure, drawn_measures, other_attention
from charts.hype.shape_of_hype import shape_of_hype
from charts.parts.figure import words_around
from charts.parts.line_ends import spread
from charts.parts.theme import FITTED, Mode
from tests.charts.given import ATTENTION, MONTHS, buzz
from tests.charts.models import FOOTING

MOST_LETTERS = 48
"""Of 10 pixels on a telephone of 390, right of the ticks."""


def test_a_release_that_cannot_be_told_is_in_the_table_and_not_drawn() -> None:
    """Only told ones have a lane, the title counts both, and the table says why."""
    chart = buzz_chart(
        [buzz("told", 0.1, BuzzVerdict.USUAL), buzz("untold", None, BuzzVerdict.ALREADY_CLIMBING)],
        "Page",
        FOOTING,
    )
    figure = chart.draw(Mode.LIGHT)
    assert list(figure.layout.yaxis.ticktext) == ["told"]
    assert [list(trace.x) for trace in figure.data if trace.mode == "markers"] == [[0.1]]
    assert "climbing" in chart.rows["verdict"][1]
    assert (
        chart.title
        == "None of 1 release can be told to have drawn more readers to the page Page than is usual; "
        "1 more cannot be judged"
    )
    assert chart.rows["release"].to_list() == ["told", "untold"]


def test_no_interval_of_views_ends_below_none() -> None:
    """In the rows as in the picture."""
    low = replace(buzz("told", -0.9, BuzzVerdict.USUAL), estimate=Estimate(-0.9, Interval(-1.4, 0.2)))
    assert buzz_chart([low], "Page", FOOTING).rows.select("low", "high").rows() == [(-1.0, 0.2)]


def test_an_interval_that_goes_down_to_no_views_has_an_arrow_there() -> None:
    """It is cut at -100 %, and looks so; one that ends before has no arrow."""
    cut = replace(buzz("cut", -0.9, BuzzVerdict.USUAL), estimate=Estimate(-0.9, Interval(-1.4, 0.2)))
    figure = buzz_chart([cut, buzz("whole", 0.1, BuzzVerdict.USUAL)], "Page", FOOTING).draw(Mode.LIGHT)
    arrows = [trace for trace in figure.data if "beyond" in (trace.hovertext or "")]
    assert [(list(one.x), list(one.marker.symbol)) for one in arrows] == [([-1.0], ["triangle-left"])]
    assert figure.layout.yaxis.ticktext[arrows[0].y[0]] == "cut"


def test_the_key_of_buzz_has_only_what_is_drawn() -> None:
    """Where nothing stands out, there is no entry for what does."""
    usual, loud = buzz("usual", 0.1, BuzzVerdict.USUAL), buzz("loud", 3.0, BuzzVerdict.STANDS_OUT)
    keys = [
        [item.text for item in words_around(buzz_chart(found, "Page", FOOTING).draw(Mode.LIGHT)).key]
        for found in ([usual], [loud], [usual, loud])
    ]
    assert keys == [["no more than is usual"], ["stands out"], ["stands out", "no more than is usual"]]


def test_a_release_that_stands_out_is_named_in_the_title() -> None:
    """What stands out leads the title."""
    chart = buzz_chart([buzz("loud", 3.0, BuzzVerdict.STANDS_OUT)], "Page", FOOTING)
    assert chart.title.startswith("loud stood out among 1 release on")


def test_launches_are_ranked_from_the_top_with_their_sources() -> None:
    """The largest is the first lane, and each row keeps the address where it was counted."""
    launches = pl.DataFrame(
        {
            "name": ["small", "large"],
            "released_on": [date(2025, 1, 1)] * 2,
            "organization": ["OpenAI", None],
            "points_after": [50.0, 500.0],
            "points_before": [0.0, 100.0],
            "url": ["https://one.example", "https://two.example"],
        }
    )
    chart = launch_ranks(rank_launches(launches), launches, FOOTING)
    assert chart.title.startswith("large caused the largest stir on")
    near = launches.with_columns(points_after=pl.Series([370.0, 500.0]))
    both = launch_ranks(rank_launches(near), near, FOOTING).title
    assert both == "large and small caused the largest stirs on Hacker News among 2 launches"
    assert list(chart.draw(Mode.LIGHT).data[0].x) == [400.0, 50.0]
    assert chart.rows["url"].to_list() == ["https://two.example", "https://one.example"]


def test_weeks_without_a_record_are_a_gap_in_the_line() -> None:
    """Two weeks are missing between two recorded ones: the line has empty points there, not a bridge."""
    first = date(2026, 5, 18)
    sums = pl.DataFrame(
        {
            "page": ["p"] * 3,
            "cadence": ["weekly"] * 3,
            "valid_on": [first, first + timedelta(weeks=1), first + timedelta(weeks=4)],
            "value": [70.0, 70.0, 140.0],
        }
    )
    indexed = indexed_attention(views_a_day(sums), Window(first, first + timedelta(days=13)))
    weeks = weekly_means(indexed.levels, "index")
    chart = attention_over_time(indexed, weeks, {"p": PageLabel("P", None)}, FOOTING)
    assert list(chart.draw(Mode.LIGHT).data[0].y) == [100.0, 100.0, None, None, 200.0]
    assert chart.title == (
        "In the week of 15 June 2026 P peaked at about 2 times its mean of 18 to 31 May 2026"
    )
    subtitles = [
        words_around(
            attention_over_time(indexed, weeks, {"p": PageLabel("P", None)}, FOOTING, log=log).draw(
                Mode.LIGHT
            )
        ).subtitle
        for log in (True, False)
    ]
    assert [said.endswith("equal steps are equal factors.") for said in subtitles] == [True, False]


def test_the_base_is_named_and_peaks_are_told_in_one_way() -> None:
    """Title and panel say the same rounded factor; the band at the base says what it is."""
    first = date(2024, 1, 1)
    weeks = pl.DataFrame(
        [
            {"series_id": "p", "valid_on": first + timedelta(weeks=at), "index": value}
            for at, value in enumerate([15873.0, 120.0, 100.0])
        ]
    )
    indexed = replace(on_base_of(first, 1), base=Window(first + timedelta(weeks=2), date(2024, 1, 21)))
    chart = attention_over_time(indexed, weeks, {"p": PageLabel("P", None)}, FOOTING)
    notes = {note.text: note for note in chart.draw(Mode.LIGHT).layout.annotations}
    assert "P peaked at about 160 times its mean of" in chart.title
    assert "<b>P</b>: peak about 160 times its base, Jan 2024" in notes
    assert notes["base = 100"].xanchor == "right"
    lines = [shape for shape in chart.draw(Mode.LIGHT).layout.shapes if shape.type == "line"]
    assert [(line.y0, line.y1, line.yref) for line in lines] == [(100.0, 100.0, "y")], "in every panel"


def test_the_words_above_a_panel_have_room_on_a_telephone() -> None:
    """Words that reach beyond the edge are not shown at all (charts.js), so a long title breaks its line."""
    first = date(2024, 9, 2)
    weeks = pl.DataFrame({"series_id": ["p"], "valid_on": [first], "index": [15873.0]})
    labels = {"p": PageLabel("Gemini (one title)", None)}
    chart = attention_over_time(on_base_of(first, 1), weeks, labels, FOOTING)
    (heading,) = [note.text for note in chart.draw(Mode.LIGHT).layout.annotations if "<b>" in note.text]
    lines = heading.replace("<b>", "").replace("</b>", "").split("<br>")
    assert max(map(len, lines)) <= MOST_LETTERS
    assert len(lines) == 2


def on_base_of(first: date, n: int) -> IndexedAttention:
    """So many pages on the base of a week; the chart draws the weeks that it is given beside it."""
    base = Window(first, first + timedelta(days=6))
    return IndexedAttention(pl.DataFrame(), (), base, n, None, "", IndexVerdict.ALL)


def test_a_record_of_a_few_weeks_is_named_and_has_no_panel() -> None:
    """Less than a tenth of the longest one: neither picture, rows nor title have it."""
    first = date(2024, 1, 1)
    long = [
        {"series_id": "long", "valid_on": first + timedelta(weeks=at), "index": at + 1.0} for at in range(50)
    ]
    short = [
        {"series_id": "short", "valid_on": first + timedelta(weeks=at), "index": 900.0} for at in range(4)
    ]
    indexed = on_base_of(first, 2)
    labels = {"long": PageLabel("Long", None), "short": PageLabel("Short", None)}
    chart = attention_over_time(indexed, pl.DataFrame(long + short), labels, FOOTING)
    assert chart.rows["series_id"].unique().to_list() == ["long"]
    assert "Long peaked" in chart.title
    assert "a tenth of the weeks recorded: Short." in words_around(chart.draw(Mode.LIGHT)).subtitle
    assert len(chart.draw(Mode.LIGHT).data) == 1


def test_a_month_that_is_one_sum_is_one_point() -> None:
    """In its middle, between the ends of the record; weeks that were counted themselves are all there."""
    first = date(2024, 1, 1)
    values = [5.0, 5.0, 5.0, 7.0, 8.0, 8.0, 9.0, 9.0, 9.0, 9.0]
    weeks = [
        {"series_id": "p", "valid_on": first + timedelta(weeks=at), "index": value}
        for at, value in enumerate(values)
    ]
    indexed = on_base_of(first, 1)
    chart = attention_over_time(indexed, pl.DataFrame(weeks), {"p": PageLabel("P", None)}, FOOTING)
    (line,) = chart.draw(Mode.LIGHT).data
    assert list(line.y) == [5.0, 5.0, 7.0, 8.0, 8.0, 9.0, 9.0]
    assert [day.isoformat() for day in line.x] == [
        (first + timedelta(weeks=at)).isoformat() for at in (0, 1, 3, 4, 5, 7, 9)
    ]


def test_finer_sums_win_over_coarser_ones() -> None:
    """A day that is counted itself is not replaced by the mean of its month."""
    sums = pl.DataFrame(
        {
            "page": ["p", "p"],
            "cadence": ["monthly", "daily"],
            "valid_on": [date(2025, 6, 1), date(2025, 6, 2)],
            "value": [300.0, 99.0],
        }
    )
    days = views_a_day(sums)
    assert days.height == 30
    assert days["value"][:3].to_list() == [10.0, 99.0, 10.0]


def test_the_best_so_far_never_falls_and_has_every_month() -> None:
    """Months without a release keep the record; a weaker release does not lower it."""
    models = pl.DataFrame(
        {
            "released_on": [date(2024, 1, 9), date(2024, 3, 1), date(2024, 4, 2)],
            "value": [100.0, 120.0, 90.0],
            "model_id": ["a", "b", "c"],
        }
    )
    best = monthly_best(models)
    assert best["value"].to_list() == [100.0, 100.0, 120.0, 120.0]
    assert best["model_id"].to_list() == ["a", "a", "b", "b"]


@pytest.mark.parametrize(
    ("verdict", "correlation", "lag", "words"),
    [
        (
            LagVerdict.CANNOT_BE_TOLD,
            None,
            None,
            "M: a lag cannot be told, 20 months in common with the index, 36 needed",
        ),
        (LagVerdict.NONE, Estimate(0.4, Interval(-0.2, 0.8)), None, "M: no lag between"),
        (
            LagVerdict.ATTENTION_FOLLOWS,
            Estimate(0.7, Interval(0.4, 0.9)),
            Estimate(2.0, Interval(1.0, 3.0)),
            "M: attention follows capability, by 2 months (90 % interval 1 to 3)",
        ),
    ],
)
def test_the_title_says_the_lag_with_its_interval_or_that_there_is_none(
    verdict: LagVerdict, correlation: Estimate | None, lag: Estimate | None, words: str
) -> None:
    """Attention stands above, capability below, on one time axis; the title is the verdict."""
    result = LagResult(lag, correlation, pl.DataFrame(), 20, None, "test", verdict)
    best = pl.DataFrame({"valid_on": MONTHS, "value": [100.0] * 30})
    chart = attention_and_capability(ATTENTION, "M", ",~r", best, result, FOOTING)
    assert words in chart.title
    assert [trace.yaxis for trace in chart.draw(Mode.LIGHT).data] == ["y", "y2"]
    assert chart.draw(Mode.LIGHT).layout.yaxis.domain[0] > chart.draw(Mode.LIGHT).layout.yaxis2.domain[1]


def test_no_curve_below_the_minimum_of_months() -> None:
    """Too few months: the months are drawn, no fit is, and the title says how many are needed."""
    empty = pl.DataFrame(schema={"valid_on": pl.Date, "adoption": pl.Float64, "with_peak": pl.Float64})
    shape = HypeShape(None, None, (), empty, 10, None, "test", ShapeVerdict.CANNOT_BE_TOLD)
    chart = shape_of_hype(ATTENTION.head(10), shape, "M", ",~r", FOOTING)
    assert len(chart.draw(Mode.LIGHT).data) == 1
    assert "24 are needed" in chart.title


def test_fits_are_dashed_and_the_observed_months_solid() -> None:
    """Both candidate curves are drawn dashed beside the solid months."""
    fitted = ATTENTION.select("valid_on", adoption="value", with_peak="value")
    shape = HypeShape(None, 1.0, (), fitted, 30, None, "test", ShapeVerdict.ADOPTION_ALONE)
    chart = shape_of_hype(ATTENTION, shape, "M", ",~r", FOOTING)
    assert [trace.line.dash for trace in chart.draw(Mode.LIGHT).data] == ["solid", FITTED, FITTED]


def test_other_measures_have_a_panel_each_and_their_caveat_in_words() -> None:
    """No measure shares an axis with another, and what spoils each is said."""
    measures = [Measure("One", ATTENTION, ",~r", "biased"), Measure("Two", ATTENTION, ",~r", "short")]
    chart = other_attention(measures, FOOTING)
    figure = chart.draw(Mode.LIGHT)
    assert {trace.yaxis for trace in figure.data} == {"y", "y2"}
    assert {figure.layout.yaxis.rangemode, figure.layout.yaxis2.rangemode} == {"tozero"}
    assert "compare shapes, not heights" in words_around(figure).subtitle
    assert "**One**: biased" in chart.how_to_read
    assert chart.title.startswith("All 2 other measures of attention stood higher")
    falling = replace(measures[1], points=ATTENTION.with_columns(-pl.col("value")))
    for shown, said in (
        ([measures[0], falling], "1 of 2 other measures"),
        ([falling], "0 of 1 other measure"),
        ([measures[0]], "1 of 1 other measure"),
    ):
        assert other_attention(shown, FOOTING).title.startswith(f"{said} of attention stood higher")
    assert f"record (to {MONTHS[-1]:%B %Y}) than" in chart.title


def test_what_ended_years_ago_is_not_drawn() -> None:
    """Neither drawn nor counted; where none goes on all are."""
    going, ended = Measure("Goes on", ATTENTION, ",~r", ""), Measure("Ended", ATTENTION, ",~r", "")
    last = ATTENTION["valid_on"].max()
    assert isinstance(last, date)
    ended = replace(ended, points=ATTENTION.with_columns(pl.col("valid_on").dt.offset_by("-3y")))
    assert drawn_measures([going, ended], last) == [going]
    assert drawn_measures([ended], last) == [ended]


def test_records_that_end_at_different_times_say_so() -> None:
    """The last year of a record is not the same for each: the title has the first and the last end."""
    shorter = ATTENTION.head(ATTENTION.height - 3)
    chart = other_attention(
        [Measure("One", ATTENTION, ",~r", ""), Measure("Two", shorter, ",~r", "")], FOOTING
    )
    first, last = (f"{frame['valid_on'].max():%B %Y}" for frame in (shorter, ATTENTION))
    assert f"(which ends between {first} and {last})" in chart.title


def test_a_base_after_the_peak_is_said_to_have_come_later() -> None:
    """A peak of 158.7 times what was read a year later is told with two digits, and when its base was."""
    first = date(2025, 1, 27)
    weeks = pl.DataFrame(
        {"series_id": ["p"] * 2, "valid_on": [first, date(2026, 5, 18)], "index": [15870.0, 100.0]}
    )
    chart = attention_over_time(on_base_of(date(2026, 5, 18), 1), weeks, {"p": PageLabel("P", None)}, FOOTING)
    assert chart.title == (
        "In the week of 27 January 2025 P peaked at about 160 times its mean of 18 to 24 May 2026, "
        "which came later"
    )


def test_names_at_line_ends_are_moved_apart_and_far_ones_stay() -> None:
    """Ends closer than a line of text are spread around their middle; others keep their place."""
    assert spread([0.0, 0.0, 100.0]) == [-7.5, 7.5, 0.0]
