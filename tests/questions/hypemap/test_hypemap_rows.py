"""What is known of a technology: whole months of attention, the columns that it has, the best so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import polars as pl
import pytest

from analysis.hypemap.phases import MapPhase, Phases
from analysis.trends.measures import INDEX
from questions.hype.attention_series import MEASURES
from questions.hypemap.opened import best_so_far
from questions.hypemap.rows import Attended, Known, Row, _by_month, _every_pattern, _regex
from questions.hypemap.technologies import TECHNOLOGIES, Attention, Figure, Technology
from questions.trends.series import GrowthSeries
from tests.questions.one_trend import TREND

AS_OF = date(2026, 9, 15)


def points(series: str, first: date, days: int, precision: str = "day") -> pl.DataFrame:
    """One a day from a day on."""
    return pl.DataFrame(
        {
            "series_id": series,
            "valid_on": [first + timedelta(days=place) for place in range(days)],
            "valid_precision": precision,
            "value": 1.0,
            "source_id": "facts",
            "known_then": True,
        }
    )


def counted(rows: pl.DataFrame, as_of: date = AS_OF) -> dict[date, float]:
    """The sums by month."""
    return dict(_by_month(rows, as_of).select("valid_on", "value").iter_rows())


def test_days_are_added_up_over_whole_months() -> None:
    """A month that lacks a day is left out: June of 30 days and July of 31 are whole, August is not."""
    whole = points("a", date(2026, 6, 1), 61 + 30)
    assert counted(whole) == {date(2026, 6, 1): 30.0, date(2026, 7, 1): 31.0}
    assert counted(whole.tail(-1)) == {date(2026, 7, 1): 31.0}


@pytest.mark.parametrize(("as_of", "months"), [(date(2026, 7, 31), 1), (date(2026, 8, 1), 2)])
def test_a_month_counts_when_it_is_over(as_of: date, months: int) -> None:
    """On its last day it is not."""
    assert len(counted(points("a", date(2026, 6, 1), 61), as_of)) == months


@pytest.mark.parametrize("precision", ["day", "month"])
def test_a_figure_a_month_is_no_day(precision: str) -> None:
    """One count a month is the month's own, whatever its precision says."""
    rows = pl.concat([points("a", date(2026, month, 1), 1, precision) for month in (6, 7)])
    assert counted(rows) == {date(2026, 6, 1): 1.0, date(2026, 7, 1): 1.0}


def test_several_counts_of_a_month_that_are_no_days_are_added_up() -> None:
    """Weeks, say: only days have to be all there."""
    assert counted(points("a", date(2026, 6, 1), 4, "week")) == {date(2026, 6, 1): 4.0}


def test_series_are_added_up_where_all_of_them_have_the_month() -> None:
    """A sum of fewer series would look like a fall."""
    both = pl.concat([points("a", date(2026, 6, 1), 61), points("b", date(2026, 7, 1), 31)])
    assert counted(both) == {date(2026, 7, 1): 62.0}


def test_a_month_was_known_then_where_all_of_it_was() -> None:
    """Of every day and every series."""
    rows = points("a", date(2026, 6, 1), 61).with_columns(known_then=pl.col("valid_on") != date(2026, 7, 9))
    assert _by_month(rows, AS_OF)["known_then"].to_list() == [True, False]
    other = pl.concat([rows, points("b", date(2026, 6, 1), 61)])
    assert _by_month(other, AS_OF)["known_then"].to_list() == [True, False]
    assert _by_month(rows, AS_OF).columns == ["valid_on", "value", "source_id", "known_then"]


NO_POINTS = pl.DataFrame({"valid_on": [date(2026, 6, 1), date(2026, 7, 1)], "value": [1.0, 2.0]})
ATTENTION = Attended(Attention(("a",), "a"), NO_POINTS, None, Phases(((MapPhase.CANNOT_BE_TOLD, 1.0),)))
USE = Known(Figure("a", "a", "people"), NO_POINTS)
EMPTY = Row(Technology("any", "Any", ()))
COLUMNS = ("attention", "capability", "price or cost", "use", "money")


@pytest.mark.parametrize(
    ("row", "known", "stands"),
    [
        (EMPTY, (), False),
        (replace(EMPTY, attention=ATTENTION), ("attention",), False),
        (replace(EMPTY, use=(USE,), money=(USE,)), ("use", "money"), False),
        (replace(EMPTY, attention=ATTENTION, trend=TREND), ("attention", "capability"), True),
        (replace(EMPTY, attention=ATTENTION, cost={}), ("attention", "price or cost"), True),
        (replace(EMPTY, attention=ATTENTION, money=(USE,)), ("attention", "money"), True),
    ],
    ids=["nothing", "attention alone", "no attention", "capability", "cost", "money"],
)
def test_a_row_stands_with_attention_and_one_other_column(
    row: Row, known: tuple[str, ...], stands: bool
) -> None:
    """What is known and what is missing are all columns, in their order."""
    assert row.known == known
    assert row.missing == tuple(name for name in COLUMNS if name not in known)
    assert row.stands is stands


def test_first_and_newest_figure_are_those_of_the_ends() -> None:
    """With their days."""
    assert USE.then == (date(2026, 6, 1), 1.0)
    assert USE.now == (date(2026, 7, 1), 2.0)
    assert ATTENTION.until == date(2026, 7, 1)


def test_the_best_so_far_never_falls() -> None:
    """The best of each day, and no less than any before; of no series there is none."""
    days = [date(2025, 3, 1), date(2025, 1, 1), date(2025, 1, 1), date(2025, 2, 1)]
    models = pl.DataFrame({"released_on": days, "value": [3, 1, 2, 1]})
    found = best_so_far(GrowthSeries(("a",), "a", "a", "a", models, INDEX, "points"))
    assert found.rows() == [(date(2025, 1, 1), 2.0), (date(2025, 2, 1), 2.0), (date(2025, 3, 1), 3.0)]
    assert best_so_far(None).columns == ["valid_on", "value"]
    assert best_so_far(None).is_empty()


def test_every_technology_names_its_series_of_attention_and_where_they_were_counted() -> None:
    """No key and no series twice; hot topics are of China, and named by what they are about."""
    keys = [one.key for one in TECHNOLOGIES]
    counts = [one for technology in TECHNOLOGIES for one in technology.attention]
    named = [series for one in counts for series in one.series]
    assert len(set(keys)) == len(keys)
    assert len(set(named)) == len(named)
    assert all(technology.attention for technology in TECHNOLOGIES)
    china = {one.name: one.series for one in counts if one.region == "China"}
    assert china == {
        "Weibo, hot topics on agents and Manus": (
            "china-hot-topics-weibo-agent",
            "china-hot-topics-weibo-manus",
        ),
        "Weibo, hot topics on o1 and o3": ("china-hot-topics-weibo-o1", "china-hot-topics-weibo-o3"),
        "Weibo, hot topics on DeepSeek, Llama, Qwen, Kimi": tuple(
            f"china-hot-topics-weibo-{topic}" for topic in ("deepseek", "llama", "qwen", "kimi")
        ),
        "Weibo, hot topics on Sora": ("china-hot-topics-weibo-sora",),
    }
    terms = next(one for one in TECHNOLOGIES if one.key == "mcp").attention
    assert [one.series for one in terms] == [("term-views-daily-mcp",), ("hn-term-mcp.%",)]


@pytest.mark.parametrize(
    "name", ["sec-capex-x", "sec-capex-", "sec.capex", "a-sec-capex-x", "sec-capex", "secxcapex"]
)
@pytest.mark.parametrize("pattern", ["sec-capex-%", "sec-capex", "%capex%", "sec_capex", "sec.capex", "%"])
def test_a_pattern_matches_what_it_matches_in_sql(pattern: str, name: str) -> None:
    """Series are asked for together and told apart here."""
    (like,) = duckdb.sql(f"SELECT '{name}' LIKE '{pattern}'").fetchone() or ()
    assert pl.Series([name]).str.contains(_regex(pattern)).item() is like


def test_every_series_of_the_map_is_asked_for() -> None:
    """Those of attention, of use and of money."""
    asked = set(_every_pattern())
    for technology in TECHNOLOGIES:
        assert {pattern for measure in technology.attention for pattern in measure.series} <= asked
        assert {figure.series for figure in (*technology.use, *technology.money)} <= asked


def test_a_share_says_of_what_it_is_as_on_the_page_on_hype() -> None:
    """A share alone means nothing, and one series has one name."""
    shares = [
        (measure.series[0], measure.name)
        for technology in TECHNOLOGIES
        for measure in technology.attention
        if measure.tickformat.endswith("%")
    ]
    assert shares
    for series_id, name in shares:
        assert name == MEASURES[series_id][0]
