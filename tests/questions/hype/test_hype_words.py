"""First lines on hype: at most thirty words whatever the names, and right in number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.hype.attention import AttentionPeak, LaunchRanks, PeakVerdict, rank_launches
from analysis.hype.buzz import Buzz, BuzzVerdict
from analysis.hype.lag import LagResult, LagVerdict
from analysis.hype.shape import HypeShape, Phase, PhaseShare, ShapeVerdict
from analysis.results import Estimate, Interval, Window
from questions.hype.page_buzz import PageBuzz, ReleasePeak
from questions.hype.words import (
    SHAPE_COLUMNS,
    first_line,
    lag_row,
    of_buzzes,
    of_lags,
    of_launches,
    of_peak,
    of_unranked,
    of_untold,
    rests_on,
    shape_row,
)

DAY = date(2026, 10, 2)
ESTIMATE = Estimate(0.5, Interval(0.1, 0.9))


def ranks(*names: str) -> LaunchRanks:
    """Launches with falling points."""
    rows = [(name, DAY, 1000.0 / (place + 1), 10.0) for place, name in enumerate(names)]
    columns = ["name", "released_on", "points_after", "points_before"]
    schema = dict(zip(columns, (pl.String, pl.Date, pl.Float64, pl.Float64), strict=True))
    return rank_launches(pl.DataFrame(rows, schema=schema, orient="row"))


def seen(*verdicts: tuple[str, BuzzVerdict], page: str = "ChatGPT") -> PageBuzz:
    """A page with releases of these verdicts."""
    daily = pl.DataFrame({"valid_on": [DAY], "value": [1.0], "source_id": ["facts"]})
    told = (BuzzVerdict.STANDS_OUT, BuzzVerdict.USUAL)
    return PageBuzz(
        page,
        daily,
        tuple(
            Buzz(name, DAY, ESTIMATE if verdict in told else None, None, None, 0, None, None, "", verdict)
            for name, verdict in verdicts
        ),
        None,
    )


OUT, USUAL, GAP = BuzzVerdict.STANDS_OUT, BuzzVerdict.USUAL, BuzzVerdict.NO_FULL_WINDOW
LONG = "A very long name of a model with its date and its setting"


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (seen(("A", OUT), ("B", USUAL)), "only A of 2 releases stood out by 2 October 2026."),
        (seen(("A", USUAL), ("B", USUAL)), "none of 2 releases stood out by 2 October 2026."),
        (seen(("A", USUAL), ("B", GAP)), "none of 1 release stood out by 2 October 2026."),
        (seen(("A", GAP), ("B", GAP)), "none of 2 releases can be judged up to 2 October 2026."),
        (seen((LONG, OUT), ("B", USUAL)), "1 of 2 releases stood out by 2 October 2026."),
    ],
)
def test_who_stood_out_is_named_where_there_is_room(page: PageBuzz, line: str) -> None:
    """Names give way to numbers; what cannot be told is not said to be none that stood out."""
    said = first_line(ranks("GPT-5", "o1"), page, DAY)
    assert said == (
        f"On Hacker News GPT-5 caused the largest stir of 2 launches (990 points); on Wikipedia's page "
        f"ChatGPT {line}"
    )


@pytest.mark.parametrize("names", [(), ("o1",), (LONG, "o1"), (f"{LONG} {LONG}",)])
@pytest.mark.parametrize("page", [None, seen((LONG, OUT), (f"{LONG} 2", OUT)), seen(page=LONG)])
def test_no_first_line_has_more_than_thirty_words(names: tuple[str, ...], page: PageBuzz | None) -> None:
    """However long names are, whatever is missing."""
    assert len(first_line(ranks(*names), page, DAY).split()) <= 30


def test_without_launches_the_page_is_the_answer() -> None:
    """The line begins with Wikipedia."""
    line = first_line(ranks(), seen(("A", USUAL), ("B", USUAL)), DAY)
    assert line == "On Wikipedia's page ChatGPT none of 2 releases stood out by 2 October 2026."


def test_without_a_page_the_launches_are_the_answer() -> None:
    """The line has the day of the last launch."""
    line = first_line(ranks("GPT-5", "o1"), None, DAY)
    assert line == (
        "On Hacker News, up to 2 October 2026, GPT-5 caused the largest stir of 2 launches (990 points)."
    )


def test_launches_that_a_count_does_not_tell_apart_are_told_together() -> None:
    """Within a tenth of the largest; the points stand there while there is room, and always below."""
    gained = {"First": 1000.0, "Near": 900.0, "Far": 890.0}
    table = pl.DataFrame(
        {
            "name": list(gained),
            "released_on": DAY,
            "points_after": list(gained.values()),
            "points_before": 0.0,
        }
    )
    both = rank_launches(table)
    assert first_line(both, None, DAY) == (
        "On Hacker News, up to 2 October 2026, First and Near caused the largest stirs of 3 launches "
        "(1,000 and "
        "900 points)."
    )
    assert first_line(both, seen(("A", USUAL), ("B", USUAL)), DAY).startswith(
        "On Hacker News First and Near caused the largest stirs of 3 launches; on Wikipedia's page"
    )
    assert of_launches(both).startswith("First (1,000) and Near (900) caused the largest stirs of 3 launches")
    below = rank_launches(table.with_columns(points_after=pl.col("points_after") - 2000.0))
    assert below.largest["name"].to_list() == ["First", "Near"], "losses are compared like gains"


def test_what_cannot_be_told_is_counted() -> None:
    """One release or many, beside others that can be told or alone; nothing where all can."""
    assert of_untold(seen(("A", USUAL), ("B", GAP))).startswith("1 more release cannot be judged")
    assert of_untold(seen(("A", GAP), ("B", GAP))).startswith("2 releases cannot be judged")
    assert of_untold(seen(("A", USUAL))) == of_untold(None) == ""
    assert "; 1 more cannot be judged. To stand out" in of_buzzes(seen(("A", USUAL), ("B", GAP)))


def peak(half_life: int | None) -> ReleasePeak:
    """The third day of a release, five times the usual."""
    found = AttentionPeak(None, "", PeakVerdict.HALVED, 5520.0, date(2025, 6, 5), 3, half_life, 1104.0)
    return ReleasePeak("Big model", date(2025, 6, 2), date(2025, 6, 5), found)


@pytest.mark.parametrize(
    ("half_life", "said"),
    [
        (2, "; 2 days later the excess had halved."),
        (0, "; 0 days later the excess had halved."),
        (None, "; the excess had not halved when the series ends."),
    ],
)
def test_the_highest_day_says_how_fast_it_went_by(half_life: int | None, said: str) -> None:
    """With its day, counted from the release, and the median day before."""
    assert of_peak("ChatGPT", peak(half_life)) == (
        "After Big model (2 June 2025) the page ChatGPT was read 5,520 times on 5 June 2025, day 3, against "
        f"1,104 on a median day of the four weeks before{said}"
    )


def lag(verdict: LagVerdict, estimate: float | None = None, correlation: Estimate | None = None) -> LagResult:
    """A lag over forty months."""
    found = None if estimate is None else Estimate(estimate)
    return LagResult(found, correlation, pl.DataFrame(), 40, None, "", verdict)


CORRELATED = Estimate(0.456, Interval(0.1, 0.7))
UNTOLD = lag(LagVerdict.CANNOT_BE_TOLD)
UNRELATED = lag(LagVerdict.NONE, None, Estimate(0.456, Interval(-0.1, 0.7)))
FOLLOWS = lag(LagVerdict.ATTENTION_FOLLOWS, 2.0, CORRELATED)


@pytest.mark.parametrize(
    ("lags", "said"),
    [
        (
            {"A": UNTOLD},
            "**Whether attention follows capability cannot be told yet: no series is long enough.** As "
            "known now.",
        ),
        (
            {"A": UNTOLD, "B": UNRELATED},
            "**Whether attention follows capability cannot be told: in the one series that is "
            "long enough, correlations anywhere from \u22120.10 to 0.70 are possible, zero among them.** "
            "As known now.",
        ),
        (
            {"A": UNTOLD, "B": UNRELATED, "C": FOLLOWS},
            "**A lag between attention and capability shows in 1 of 2 series: C (attention follows "
            "capability).** As known now.",
        ),
    ],
    ids=["too short", "none", "one"],
)
def test_lags_are_counted_over_the_series_that_can_tell(lags: dict[str, LagResult], said: str) -> None:
    """Those too short do not count."""
    assert of_lags(lags, "As known now.") == said


def test_the_table_of_lags_has_what_is_known() -> None:
    """A correlation with its interval; a lag only where it is told."""
    assert lag_row("A", FOLLOWS) == {
        "attention": "A",
        "months_in_common": 40,
        "verdict": "attention follows capability",
        "lag_months": 2.0,
        "best_correlation": "0.46 (0.10 to 0.70)",
    }
    assert lag_row("A", UNRELATED)["lag_months"] is None
    assert lag_row("A", UNTOLD)["best_correlation"] is None
    assert lag_row("A", lag(LagVerdict.NONE, None, Estimate(0.5)))["best_correlation"] is None


def test_the_table_of_shapes_has_what_is_known() -> None:
    """The depth with its interval, the phases with their shares, the lead of the peak to a tenth."""
    whole = HypeShape(
        Estimate(0.4, Interval(0.2, 0.6)),
        12.34,
        (PhaseShare(Phase.FALLING, 0.7), PhaseShare(Phase.IN_THE_TROUGH, 0.3)),
        pl.DataFrame(),
        60,
        None,
        "",
        ShapeVerdict.PEAK_AND_TROUGH,
    )
    assert shape_row("A", whole, DAY) == {
        "attention": "A",
        "months": 60,
        "verdict": "peak and trough",
        "aicc_lead": 12.3,
        "depth_of_trough": "40\u00a0% (20\u00a0% to 60\u00a0%)",
        "phases": "falling from a peak 70\u00a0%; down from a peak, no rise so far 30\u00a0%",
    }
    assert SHAPE_COLUMNS["aicc_lead"].decimals == 1, "5 beside 18.6 reads as the more exact"
    bare = shape_row("A", replace(whole, estimate=None, aicc_lead=None, phases=()), DAY)
    assert (bare["aicc_lead"], bare["depth_of_trough"], bare["phases"]) == (None, None, None)
    assert shape_row("A", replace(whole, estimate=Estimate(0.4)), DAY)["depth_of_trough"] is None
    flat = replace(whole, estimate=Estimate(0.0, Interval(0.0, 0.004)))
    assert shape_row("A", flat, DAY)["depth_of_trough"] == "none: no rise after the peak"
    open_ = replace(whole, estimate=Estimate(0.0, Interval(0.0, 0.1)))
    assert shape_row("A", open_, DAY)["depth_of_trough"] == "0\u00a0% (0\u00a0% to 10\u00a0%)"


@pytest.mark.parametrize(
    ("ends_on", "said"), [(date(2025, 5, 1), " (data to May 2025)"), (date(2026, 8, 1), "")]
)
def test_a_phase_of_long_ago_has_its_month(ends_on: date, said: str) -> None:
    """Of a series that ended more than half a year ago the phase is not that of now."""
    shape = HypeShape(
        Estimate(0.4, Interval(0.2, 0.6)),
        12.0,
        (PhaseShare(Phase.FALLING, 1.0),),
        pl.DataFrame(),
        60,
        Window(date(2020, 1, 1), ends_on),
        "",
        ShapeVerdict.PEAK,
    )
    assert shape_row("A", shape, DAY)["phases"] == f"falling from a peak 100\u00a0%{said}"


def test_one_launch_alone_is_the_only_stir() -> None:
    """Of several the largest; those that were not counted on both sides are named."""
    assert of_launches(ranks("o1")).startswith(
        "o1 (990) caused the only stir counted on Hacker News up to 2 October 2026, in points"
    )
    assert of_launches(ranks("o1", "o3")).startswith(
        "o1 (990) caused the largest stir of 2 launches counted on Hacker"
    )
    assert "o1 caused the only stir counted (990 points)" in first_line(ranks("o1"), None, DAY)
    unranked = replace(ranks("o1"), unranked=("A", "B"))
    assert of_unranked(unranked) == "Not counted on both sides, so without a rank: A, B."


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            seen(("A", GAP), ("B", GAP)),
            "The record of Wikipedia's page ChatGPT can tell for none of 2 releases.",
        ),
        (
            seen(("A", OUT), ("B", USUAL)),
            "On Wikipedia's page ChatGPT, only A of the 2 releases that can be judged clearly drew more "
            "readers than the page's own ups and downs bring. To stand out, a release needs about 40\u00a0% "
            "more views than forecast: less would go unnoticed.",
        ),
        (
            seen(("A", USUAL)),
            "On Wikipedia's page ChatGPT, the only release that can be judged, A, did not clearly draw more "
            "readers than the page's own ups and downs bring. To stand out, a release needs about 40\u00a0% "
            "more views than forecast: less would go unnoticed.",
        ),
    ],
)
def test_how_many_releases_drew_readers_is_said_of_those_that_can_be_told(page: PageBuzz, said: str) -> None:
    """None, one, or that none can be told."""
    assert of_buzzes(page) == said


def test_what_it_rests_on_names_points_and_views() -> None:
    """Of what there is; attention is neither use nor capability."""
    end = "Attention is not use and not capability."
    assert rests_on(ranks(), None) == end
    assert rests_on(ranks("o1"), None).endswith(
        f"those of the 14 before. A count of points has no interval. {end}"
    )
    assert rests_on(ranks(), seen(("A", OUT))) == (
        "Views of the page ChatGPT are recorded by the day from 2 October 2026 to 2 October 2026; its "
        f"maker had 1 release. {end}"
    )


def test_a_correlation_below_zero_has_a_minus() -> None:
    """As headlines have it, not a hyphen."""
    below = lag(LagVerdict.NONE, None, Estimate(-0.2, Interval(-0.5, 0.1)))
    assert lag_row("A", below)["best_correlation"] == "\u22120.20 (\u22120.50 to 0.10)"


def test_only_narrow_intervals_say_that_there_is_no_lag() -> None:
    """Of correlations within 0.5 it is said that there is none; of wider ones that it cannot be told."""
    narrow = lag(LagVerdict.NONE, None, Estimate(0.1, Interval(-0.2, 0.4)))
    wide = lag(LagVerdict.NONE, None, Estimate(0.6, Interval(-0.55, 0.97)))
    assert of_lags({"A": narrow, "B": narrow}, "").startswith(
        "**No lag between attention and capability in the 2 series that are long enough: correlations beyond "
        "\u22120.20 to 0.40"
    )
    assert of_lags({"A": narrow, "B": wide}, "").startswith(
        "**Whether attention follows capability cannot be told: in the 2 series that are long enough, "
        "correlations anywhere from \u22120.55 to 0.97 are possible"
    )
    bare = lag(LagVerdict.NONE, None, Estimate(0.6))
    assert of_lags({"A": bare, "B": bare}, "").startswith(
        "**Whether attention follows capability cannot be told: in the 2 series that are long enough the "
        "correlation has no interval."
    )


def test_what_would_have_been_noticed_differs_by_release() -> None:
    """The lower end lies as far below an estimate as the rarest twentieth of other fortnights above none."""
    page = seen(("A", USUAL), ("B", USUAL))
    other = replace(page.buzzes[1], estimate=Estimate(-0.1, Interval(-0.9, 0.3)))
    said = of_buzzes(replace(page, buzzes=(page.buzzes[0], other)))
    assert "a release needs about 40\u00a0% to 80\u00a0% more views than forecast" in said
