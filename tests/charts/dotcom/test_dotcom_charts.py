"""Charts of the dot-com page: both booms from their starts, episodes counted once, scopes kept apart."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import polars as pl
import pytest

from analysis.dotcom.base_rates import EpisodeRule, base_rate
from analysis.dotcom.likeness import aligned
from analysis.dotcom.market_falls import adoption_through, fall_after_peak
from analysis.dotcom.moved_starts import moved_starts, run_ups, spliced
from analysis.dotcom.price_split import price_split
from analysis.results import Window
from charts.dotcom.adoption_through_crash import Use, adoption_through_crash
from charts.dotcom.anchor_sensitivity import anchor_sensitivity
from charts.dotcom.booms import booms
from charts.dotcom.earnings_and_multiple import NamedSplit, earnings_and_multiple
from charts.dotcom.episodes import episodes
from charts.dotcom.falls import falls
from charts.parts.figure import in_words
from charts.parts.theme import Mode
from tests.charts.given import CLOSES, NOW, THEN, daily
from tests.charts.models import FOOTING


@pytest.mark.parametrize(("log", "kind"), [(True, "log"), (False, None)])
def test_both_booms_start_at_one_hundred_on_one_axis(log: bool, kind: str | None) -> None:
    """The lines cross 100 at year zero; the title says both multiples after the same time."""
    levels = [aligned(CLOSES, anchor, 1500) for anchor in (THEN, NOW)]
    chart = booms(levels[0], levels[1], ("A", "B"), FOOTING, log=log)
    assert chart.draw(Mode.LIGHT).layout.yaxis.type == kind
    for trace in chart.draw(Mode.LIGHT).data:
        assert dict(zip(trace.x, trace.y, strict=True))[0.0] == pytest.approx(100)
    on = in_words(levels[1].levels["valid_on"][-1])
    assert chart.title.startswith(f"On {on}, after ")
    assert f" days, B stood at {np.exp(0.634):.2f} times its start; in the dot-com boom" in chart.title
    assert f"A stood at {np.exp(0.317):.2f} times after the same time" in chart.title


def test_the_names_of_both_booms_stand_where_no_line_runs() -> None:
    """The line of now ends amid that of then: both are named above the plot, in their colours."""
    then, now = (aligned(CLOSES, anchor, 1500) for anchor in (THEN, NOW))
    figure = booms(then, now, ("A", "B"), FOOTING).draw(Mode.LIGHT)
    key = figure.layout.meta["key"]
    assert [item["text"] for item in key] == ["A, then", "B, now"]
    assert [item["colour"] for item in key] == [line.line.color for line in figure.data]
    assert not figure.layout.annotations


def test_moved_starts_show_how_much_hangs_on_the_chosen_day() -> None:
    """Steady growth gives the same ratio whatever the start: the title's range is narrow."""
    moved = run_ups(moved_starts(CLOSES, THEN, NOW))
    assert moved["months"].to_list() == list(range(-6, 7))
    assert (moved["now"] / moved["then"]).min() > 1.2
    chart = anchor_sensitivity(moved, "A", FOOTING)
    said = r"by up to 6 months, .* 1\.\d to 1\.\d times the level of the dot-com boom at the same age \(A,"
    assert re.search(said, chart.title)


def test_two_series_are_spliced_between_the_booms_only() -> None:
    """The seam lies before the second boom, moved starts included; no day comes twice."""
    both = spliced(daily(date(1994, 1, 1), 12000, 0.0), daily(date(1999, 1, 1), 10000, 0.0), NOW)
    assert both["valid_on"].is_unique().all()
    assert both["valid_on"].is_sorted()


def test_each_episode_is_one_mark_and_the_median_needs_three() -> None:
    """Two episodes are two marks, without a median line; the title says how many are needed."""
    months = [date(1900 + place // 12, place % 12 + 1, 1) for place in range(600)]
    risen = [10.0 if place in (100, 101, 300) else 1.0 for place in range(600)]
    frame = pl.DataFrame({"valid_on": months, "real_price": risen, "cape": [30.0] * 600})
    base = base_rate(frame, EpisodeRule())
    chart = episodes(base, FOOTING)
    assert chart.rows.height == base.n == 2
    assert "cannot be told: 2 episodes, 3 are needed" in chart.title
    assert "median of the episodes" not in str(chart.draw(Mode.LIGHT).data)


def test_an_episode_is_one_line_that_is_named_once() -> None:
    """Where its course ends, as far as it is known; medians cross the column that they are of."""
    months = [date(1900 + place // 12, place % 12 + 1, 1) for place in range(600)]
    risen = [10.0 if place in (100, 250, 400, 590) else 1.0 for place in range(600)]
    frame = pl.DataFrame({"valid_on": months, "real_price": risen, "cape": [30.0] * 600})
    base = base_rate(frame, EpisodeRule())
    chart = episodes(base, FOOTING)
    assert "in 3 years the real price had changed by -90\u00a0%, median -90\u00a0%" in chart.title
    figure = chart.draw(Mode.LIGHT)
    courses = [trace for trace in figure.data if trace.mode == "lines+markers"]
    last = len(base.outcomes) - 1
    assert len(courses) == 3
    assert all(list(course.x) == list(range(last + 1)) for course in courses)
    named = [
        (round(note.x), note.text.partition(":")[0]) for note in figure.layout.annotations if ":" in note.text
    ]
    assert sorted(named) == [(last, "1908"), (last, "1920"), (last, "1933")]
    medians = [trace for trace in figure.data if trace.mode == "lines"]
    assert any("of the episodes" in median.hovertemplate for median in medians)
    assert all(round(sum(median.x) / 2, 9) in range(last + 1) for median in medians)
    ends = {max(median.x) for median in medians}
    assert {note.x for note in figure.layout.annotations} == ends, "words would lie on the medians"


def test_bars_of_earnings_and_multiple_add_up_to_the_price() -> None:
    """What was earned plus what was paid for it is the rise, and an untold split is not drawn."""
    months = pl.DataFrame(
        {
            "valid_on": [date(2000, 1, 1), date(2003, 1, 1)],
            "price": [100.0, 400.0],
            "earnings": [5.0, 10.0],
        }
    )
    told = price_split(months, date(2000, 1, 1), date(2003, 1, 1))
    untold = price_split(months, date(2000, 1, 1), date(2009, 1, 1))
    chart = earnings_and_multiple([NamedSplit("A", told), NamedSplit("B", untold)], FOOTING)
    figure = chart.draw(Mode.LIGHT)
    earned, multiple, price = figure.data
    assert earned.x[0] + multiple.x[0] == pytest.approx(price.x[0])
    told = [(note.text, note.x, note.xref) for note in figure.layout.annotations]
    assert told == [("2x", 1, "paper"), ("2x", 1, "paper"), ("4x", 1, "paper")]
    assert chart.rows["what"].to_list() == ["A, Jan 2000 to Jan 2003", "B, Jan 2000 to Jan 2009"]
    assert chart.rows["price"].null_count() == 1


def split_of(name: str, prices: tuple[float, float], earnings: tuple[float, float]) -> NamedSplit:
    """A rise over three years."""
    days = [date(2000, 1, 1), date(2003, 1, 1)]
    months = pl.DataFrame({"valid_on": days, "price": prices, "earnings": earnings})
    return NamedSplit(name, price_split(months, *days))


def test_the_title_tells_what_carried_the_largest_rises() -> None:
    """In the factors that stand at the bars, the largest first; the smallest of three is not told."""
    splits = [
        split_of("Small", (10.0, 11.0), (1.0, 1.1)),
        split_of("Less", (10.0, 40.0), (1.0, 16.0)),
        split_of("Most", (10.0, 90.0), (1.0, 4.5)),
    ]
    chart = earnings_and_multiple(splits, FOOTING)
    assert chart.title == (
        "Most's earnings had grown 4.5-fold and its multiple 2-fold by January 2003; Less's earnings had "
        "grown 16-fold while its multiple had fallen to 0.25 times the start by January 2003"
    )
    notes = chart.draw(Mode.LIGHT).layout.annotations
    assert [note.text for note in notes if note.y == int(note.y)] == ["1x", "0.25x", "2x"]


def test_the_multiple_has_its_range_over_neighbouring_starts() -> None:
    """From other starts the multiple fell to 0.13 and 0.31 times: the title has what the whisker has."""
    days = [date(1999, 10, 1), date(2000, 1, 1), date(2000, 4, 1), date(2003, 1, 1)]
    frame = {"valid_on": days, "price": [20.0, 10.0, 8.0, 40.0], "earnings": [1.0, 1.0, 1.0, 16.0]}
    months = pl.DataFrame(frame)
    chart = earnings_and_multiple([NamedSplit("Less", price_split(months, days[1], days[-1]))], FOOTING)
    assert "fallen to 0.25 times the start (0.13 to 0.31 from starts nearby) by January 2003" in chart.title


def test_a_fall_says_when_the_next_record_came_or_until_when_none_did() -> None:
    """The deepest is on top; a series that ends below its peak names its last day."""
    days = [date(2000, 1, 1), date(2001, 1, 1), date(2010, 1, 1)]
    found = {
        name: fall_after_peak(
            pl.DataFrame({"valid_on": days, "value": values}), Window(date(1999, 1, 1), date(2000, 6, 1))
        )
        for name, values in (("back", [10.0, 5.0, 11.0]), ("gone", [10.0, 1.0, 2.0]))
    }
    chart = falls(found, FOOTING)
    assert chart.title == (
        "The survivors lost 50\u00a0% to 90\u00a0%; for 1 of the 2 the next record took 10.0 years; gone "
        "had none by January 2010"
    )
    assert falls({"back": found["back"]}, FOOTING).title.endswith("%, and the next record took 10.0 years")
    assert falls({"gone": found["gone"]}, FOOTING).title == "The survivors lost 90\u00a0%"
    assert list(chart.draw(Mode.LIGHT).data[0].x) == [-0.9, -0.5]
    texts = " ".join(note.text for note in chart.draw(Mode.LIGHT).layout.annotations)
    assert "none by Jan 2010" in texts
    assert "record after 10.0 years" in texts


def test_use_through_the_crash_says_the_range_of_rates() -> None:
    """One measure that grew by a quarter a year: the title says so, and the crash is shaded."""
    crash = Window(date(2000, 3, 10), date(2002, 10, 9))
    points = pl.DataFrame(
        {
            "series_id": ["use"] * 5,
            "valid_on": [date(year, 4, 1) for year in range(1999, 2004)],
            "value": [1.25**step for step in range(5)],
        }
    )
    use = Use("Use", points, ",~r", adoption_through(points, crash.start, crash.end))
    chart = adoption_through_crash("Market", points, [use], crash, FOOTING)
    assert chart.title == "While prices fell, use grew by 25\u00a0% a year in the only measure"
    twice = adoption_through_crash("Market", points, [use, use], crash, FOOTING)
    assert twice.title.endswith("a year in both measures")
    axes = [axis for axis in chart.draw(Mode.LIGHT).select_yaxes() if axis.rangemode]
    assert [axis.rangemode for axis in axes] == ["tozero", "tozero"], "a height is a multiple"
    assert (chart.draw(Mode.LIGHT).layout.shapes[0].x0, chart.draw(Mode.LIGHT).layout.shapes[0].x1) == (
        crash.start,
        crash.end,
    )
