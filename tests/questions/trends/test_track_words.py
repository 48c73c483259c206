"""What is said of past verdicts: what was at stake, and what they let one forecast."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.results import months_after
from questions.trends.track_words import HOW_TO_READ, track_summary, track_table

FIRST = date(2023, 1, 28)


def row(month: int, outcome: str, miss: float = 3.0, low: float | None = 5.0) -> dict[str, object]:
    """A past verdict that found 14 a year, with what followed."""
    told = low is not None
    return {
        "as_of": months_after(FIRST, month),
        "verdict": "climbing" if outcome != "no claim was made" else "not distinguishable",
        "outcome": outcome,
        "recent": 14.0,
        "next_slope": 14.0 + miss if told else None,
        "next_low": low,
        "n_next": 40 if told else 0,
        "interval_held": False if told else None,
        "stop_noticed": None if month < 2 else min(0.2 + month / 20, 1.0),
    }


def said(rows: list[dict[str, object]]) -> str:
    return track_summary(pl.DataFrame(rows, infer_schema_length=None))


def test_what_a_fixed_answer_would_have_reached_is_told() -> None:
    """Always to say "climbed" is right wherever the frontier rose, with or without a claim: told first."""
    rose = [row(month, "hit") for month in range(3)] + [row(3, "no claim was made")]
    assert said(rose).startswith(
        '**Whoever had always said "climbed" would have been right on 4 of 4 days whose following year is '
        "over: little was at stake.** **Of 3 past verdicts"
    )
    fell = [*rose, row(4, "miss", low=-1.0)]
    assert said(fell).startswith(
        'Whoever had always said "climbed" would have been right on 4 of 5 days whose following year is '
        "over. **Of 4 past verdicts"
    )


def test_rows_without_a_claim_do_not_enter_the_forecast() -> None:
    """A slope that was not told misses by as much as it likes."""
    claimed = [row(month, "hit", miss=3.0) for month in range(24)]
    wild = [row(24 + month, "no claim was made", miss=50.0) for month in range(6)]
    for rows in (claimed, claimed + wild):
        assert "+14.0 points a year, 67\u00a0% interval +11.0 to +17.0" in said(rows)
        assert "2 whole years of record cannot promise more than 67\u00a0%" in said(rows)
        assert "such intervals held 24 of 24." in said(rows)
        assert "**Of 24 past verdicts on Epoch's index that claimed something" in said(rows)


def test_the_power_of_the_judged_verdicts_is_told() -> None:
    """How many could have noticed a stop, and the span; nothing where no test was made."""
    told = said([row(month, "hit") for month in range(14)] + [row(16, "no claim was made")])
    assert "a year before, the tests of 2 of these 14 verdicts" in told
    assert "probability 80\u00a0% or more (between 30\u00a0% and 85\u00a0%)." in told
    assert "progress stopped" not in said([row(month, "hit") for month in range(2)])
    assert "the tests of none of these 3 verdicts" in said([row(month, "hit") for month in range(3)])


def test_a_short_record_forecasts_nothing() -> None:
    """Fewer than two years of judged verdicts: no interval, and none is claimed."""
    assert "Forecast" not in said([row(month, "hit") for month in range(11)])
    open_years = [row(month, "twelve months not yet over", low=None) for month in range(30)]
    assert "Forecast" not in said([*open_years, row(30, "hit")])


def test_verdicts_are_counted_with_those_not_judged() -> None:
    """Who held of those that claimed, why the others are not judged, and what was said how often."""
    rows = [
        row(0, "hit"),
        row(1, "miss"),
        row(2, "no claim was made", low=None),
        row(3, "twelve months not yet over", low=None),
        row(4, "twelve months not yet over", low=None),
        row(5, "too few models followed", low=None),
    ]
    assert (
        "**Of 2 past verdicts on Epoch's index that claimed something and whose following year is over, 1 "
        "held; the 90 % "
    ) in said(rows)
    assert (
        "** (1 more claimed nothing, of 2 the year is not over, after 1 too few models followed). They said: "
        "climbed (2). " in said(rows)
    )
    assert (
        "**Of 1 past verdict on Epoch's index that claimed something and whose following year is over, 1 "
        "held; the 90 % "
    ) in said(rows[:1])
    assert "**. They said: climbed (1). " in said(rows[:1])
    assert "They said" not in said(rows[2:])
    assert said(rows).endswith("Rows overlap, a month apart, so they are no independent trials.")


@pytest.mark.parametrize(("followed", "days"), [(9, 1), (10, 2)])
def test_a_year_that_few_models_followed_is_no_day_at_stake(followed: int, days: int) -> None:
    """Ten models tell what followed, nine do not."""
    rows = [row(0, "hit"), row(1, "too few models followed") | {"n_next": followed}]
    assert f"on {days} of {days} day" in said(rows)
    assert "Whoever" not in said([row(0, "twelve months not yet over", low=None)])


def test_how_often_the_slopes_interval_held_is_told() -> None:
    """Of judged verdicts alone, those without an interval left out; nothing where none is known."""
    rows = [
        row(month, "hit") | {"interval_held": held} for month, held in enumerate((True, False, False, None))
    ]
    unclaimed = row(9, "no claim was made") | {"interval_held": True}
    told = said([*rows, unclaimed])
    assert "90 % interval of the slope held the next year's slope in 1 of 3** (" in told
    assert "Read the interval of a slope as a description of its own window" in told
    assert "interval of the slope" not in said([unclaimed])


def test_a_slope_that_may_be_none_is_no_climb() -> None:
    """An interval that begins at 0 does not hold what says that it climbs."""
    assert "would have been right on 1 of 2 days whose" in said([row(0, "hit"), row(1, "miss", low=0.0)])


def test_the_power_that_is_usually_asked_for_counts() -> None:
    """Exactly 80 % is enough; the weakest and the strongest are told."""
    rows = [row(2, "hit") | {"stop_noticed": share} for share in (0.9, 0.8, 0.5)]
    assert (
        "the tests of 2 of these 3 verdicts would have noticed with probability 80\u00a0% or more (between "
        "50\u00a0% and 90\u00a0%)." in said(rows)
    )


def test_a_forecast_starts_from_the_newest_slope() -> None:
    """The day and slope of the newest row, judged or not; one whole year of record is said as such."""
    rows = [row(month, "hit") for month in range(13)]
    newest = row(14, "twelve months not yet over", low=None) | {"recent": 20.0}
    assert (
        "**Forecast for the twelve months after 28 March 2024:** +20.0 points a year, 50\u00a0% interval "
        "+17.0 to +23.0, to each side the largest miss of the verdicts judged. One whole year of record "
        "cannot promise more than 50\u00a0%" in said([newest, *rows])
    )
    assert "Forecast" not in said([one | {"recent": None, "next_slope": None} for one in rows[:1]])


def test_verdicts_that_are_judged_stand_before_those_of_the_last_months() -> None:
    """A reader meets first what became of verdicts, the newest first, then those whose year is not over."""
    ends = {"recent_low": 12.0, "recent_high": 16.0, "next_high": 29.0, "reading": "known", "n_recent": 30}
    rows = [(0, "hit"), (1, "claimed nothing"), (2, "miss"), (14, "twelve months not yet over")]
    table = track_table(pl.DataFrame([row(*one) | ends for one in rows], infer_schema_length=None))
    assert table.rows["as_of"].to_list() == [months_after(FIRST, month) for month in (2, 0, 14, 1)]


def test_the_slopes_of_the_track_record_have_short_labels() -> None:
    """Six columns are in sight in a window of 1024 pixels: that of the intervals is said above the table."""
    ends = {"recent_low": 12.0, "recent_high": 16.0, "next_high": 29.0, "reading": "known", "n_recent": 30}
    rows = [row(0, "hit") | ends, row(14, "hit") | ends | {"recent": 13.0}]
    columns = track_table(pl.DataFrame(rows, infer_schema_length=None)).columns
    slopes = [columns[name].label for name in ("then", "next") if name in columns]
    assert slopes
    assert max(map(len, slopes)) <= 19
    assert "with 90 % intervals" in HOW_TO_READ


def test_past_verdicts_are_listed_the_newest_first() -> None:
    """Slopes with their intervals in tenths, the power as percent, and how many models there were."""
    ends = {"recent_low": 12.04, "recent_high": 16.0, "next_high": 29.0, "reading": "known", "n_recent": 30}
    rows = pl.DataFrame([row(0, "hit") | ends, row(14, "miss") | ends], infer_schema_length=None)
    table = track_table(rows)
    assert table.rows["as_of"].to_list() == [months_after(FIRST, 14), FIRST]
    assert table.rows.row(0, named=True) == {
        "as_of": months_after(FIRST, 14),
        "verdict": "climbed",
        "interval": "missed",
        "then": "14.0 (12.0 to 16.0)",
        "next": "17.0 (5.0 to 29.0)",
        "outcome": "miss",
        "power": "90\u00a0%",
        "reading": "known",
        "n_recent": 30,
        "n_next": 40,
    }
    assert table.rows["power"][1] is None


def test_whether_the_interval_held_is_the_third_column_and_what_never_differs_is_none() -> None:
    """In words: nobody is left to guess what "yes" means. A year that is not over has none."""
    rows = [row(0, "hit") | {"interval_held": held, "reading": "known"} for held in (True, False, None)]
    rows[2] |= {"verdict": "slowing"}
    ends = {"recent_low": 12.04, "recent_high": 16.0, "next_high": 29.0, "n_recent": 30}
    table = track_table(pl.DataFrame([one | ends for one in rows], infer_schema_length=None))
    assert table.rows["interval"].to_list() == ["held", "missed", None]
    assert list(table.columns) == ["as_of", "verdict", "interval"]


def test_what_is_said_first_tells_what_the_hits_are_worth() -> None:
    """That all verdicts held stands beside how often the interval did, and what a fixed answer would."""
    rows = [row(month, "hit") for month in range(3)]
    _, stake, _, lead, _ = said(rows).split("**", 4)
    assert stake.endswith("right on 3 of 3 days whose following year is over: little was at stake.")
    assert lead.endswith("3 held; the 90 % interval of the slope held the next year's slope in 0 of 3")
