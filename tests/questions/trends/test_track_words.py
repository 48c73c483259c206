"""What is said of past verdicts: what was at stake, and what they let one forecast."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.results import months_after
from questions.trends.track_words import track_summary

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
    """Always to say "climbing" is right wherever the frontier rose, with or without a claim."""
    rose = [row(month, "hit") for month in range(3)] + [row(3, "no claim was made")]
    assert 'always said "climbing" would have been right on 4 of 4 days: little was at stake.' in said(rose)
    fell = [*rose, row(4, "miss", low=-1.0)]
    assert 'always said "climbing" would have been right on 4 of 5 days.' in said(fell)


def test_rows_without_a_claim_do_not_enter_the_forecast() -> None:
    """A slope that was not told misses by as much as it likes."""
    claimed = [row(month, "hit", miss=3.0) for month in range(24)]
    wild = [row(24 + month, "no claim was made", miss=50.0) for month in range(6)]
    for rows in (claimed, claimed + wild):
        assert "+14.0 points a year, 67\u00a0% interval +11.0 to +17.0" in said(rows)
        assert "2 whole years of record cannot promise more than 67\u00a0%" in said(rows)
        assert "such intervals held 24 of 24." in said(rows)
        assert "**Of 24 past verdicts that claimed something" in said(rows)


def test_the_power_of_the_judged_verdicts_is_told() -> None:
    """How many could have noticed a stop, and the span; nothing where no test was made."""
    told = said([row(month, "hit") for month in range(14)] + [row(16, "no claim was made")])
    assert "a year before, the tests of 2 of these 14 verdicts" in told
    assert "probability 80\u00a0% or more (between 30\u00a0% and 85\u00a0%)." in told
    assert "progress stopped" not in said([row(month, "hit") for month in range(2)])


def test_a_short_record_forecasts_nothing() -> None:
    """Fewer than two years of judged verdicts: no interval, and none is claimed."""
    assert "Forecast" not in said([row(month, "hit") for month in range(11)])
    open_years = [row(month, "twelve months not yet over", low=None) for month in range(30)]
    assert "Forecast" not in said([*open_years, row(30, "hit")])
