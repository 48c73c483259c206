"""The question on hype: the answer first, cannot be told where so, every series that was looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from charts.hype.other_attention import Measure
from questions.answer import Answer, Drawn, Later, Table, chart_named, charts_of, every_block
from questions.controls import ControlError, must_read, written
from questions.hype.over_time import bases_to_choose
from questions.hype.question import QUESTION, _others
from tests.homes.series_home import fill_series
from tests.homes.small_home import fill
from tests.questions.asked import ask, headings, table, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where one release drew five times the views, and one came before its window was over."""
    folder = tmp_path_factory.mktemp("attention")
    fill_series(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer with the default controls."""
    return ask(QUESTION, home)


def test_first_line_names_the_launch_and_the_release_that_stood_out(answer: Answer) -> None:
    """The largest stir with its points, the release that stood out, and the last day recorded."""
    assert answer.first_line == (
        "On Hacker News Big model caused the largest stir of 2 launches (890 points); on Wikipedia's page "
        "ChatGPT Big model stood out by 27 October 2025."
    )


def test_what_cannot_be_told_is_the_caveat(answer: Answer) -> None:
    """The release without a full window is counted beside the answer, not left out in silence."""
    assert answer.caveat.startswith("1 more release cannot be judged on the page ChatGPT: ")
    assert "the only release that can be judged, Big model, clearly drew more readers" in words(answer)
    assert "1 more cannot be judged" in words(answer)


def test_the_points_and_views_behind_it_are_told(answer: Answer) -> None:
    """What the first line rests on names points before and after, days recorded, and what is not measured."""
    assert (
        "Big model (890) caused the largest stir of 2 launches counted on Hacker News up to"
        in answer.rests_on
    )
    assert "by the day from 1 January 2025 to 27 October 2025" in answer.rests_on
    assert "Attention is not use and not capability." in answer.rests_on
    assert "daily views of more pages" in answer.would_change.lower()


def test_the_parts_stand_in_the_order_of_the_question(home: Path) -> None:
    """Releases first, then attention over time, capability, shape, and the other measures."""
    answer = ask(QUESTION, home, base="january-2025")
    assert headings(answer) == [
        "Which launch caused a stir?",
        "Did readers come for the release?",
        "Attention over time",
        "Does attention follow capability?",
        "Is there a peak and a trough?",
        "Other measures of attention",
    ]
    assert [chart.name for chart in charts_of(answer)] == list(QUESTION.charts)


def test_a_release_without_a_full_window_gets_no_number(answer: Answer) -> None:
    """The late release stands in the rows with its reason and without an estimate."""
    chart = chart_named(answer, "buzz")
    assert chart is not None
    late = chart.rows.filter(release="Late model").row(0, named=True)
    assert late["verdict"].startswith("cannot be told")
    assert late["excess_share"] is None


def test_the_highest_day_after_a_release_is_told(answer: Answer) -> None:
    """Five times the views of a weekday: the peak, its day, and that the excess halved when it ended."""
    assert "After Big model (2 June 2025) the page ChatGPT was read 5,520 times" in words(answer)
    assert "days later the excess had halved" in words(answer)


@pytest.mark.parametrize("name", ["lags", "shapes"])
def test_the_verdict_on_a_series_is_in_sight_on_a_telephone(answer: Answer, name: str) -> None:
    """It stands beside the name, and its words wrap."""
    shown = next(
        block for block in every_block(answer.blocks) if isinstance(block, Table) and block.name == name
    )
    assert shown.wraps
    assert list(shown.columns)[:2] == ["attention", "verdict"]


@pytest.mark.parametrize("name", ["lags", "shapes"])
def test_every_series_looked_at_is_listed_with_its_verdict(answer: Answer, name: str) -> None:
    """Lag and shape are shown for all series, not only for the chosen one."""
    rows = table(answer, name)
    assert rows["attention"].to_list() == [
        "GitHub trending, share of language-model repositories",
        "Slashdot, share of AI headlines",
    ]
    assert rows["verdict"].null_count() == 0


def test_months_with_few_headlines_are_left_out(answer: Answer) -> None:
    """A share of 99 headlines is no share, one of 100 is: 47 of the 48 months of Slashdot remain, "
    "everywhere."""
    months = dict(table(answer, "shapes").select("attention", "months").iter_rows())
    assert months["Slashdot, share of AI headlines"] == 47
    others = chart_named(answer, "other-attention")
    assert others is not None
    assert others.footing.n == others.rows.height == 47 + 48


def test_a_chosen_measure_is_drawn_against_capability_and_asked_for_its_shape(home: Path) -> None:
    """Both charts are of the series that the reader chose."""
    answer = ask(QUESTION, home, measure="slashdot-ai-share")
    for name in ("attention-and-capability", "shape-of-hype"):
        chart = chart_named(answer, name)
        assert chart is not None
        assert "Slashdot, share of AI headlines" in f"{chart.title} {chart.alt}"


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"page": "ChatGPT"}, "chatgpt"),
        ({"base": "1 to 19 January 2025 (before DeepSeek-R1)"}, "january-2025"),
        ({"measure": "Slashdot, share of AI headlines"}, "slashdot-ai-share"),
    ],
)
def test_names_of_older_links_are_understood(home: Path, given: dict[str, str], value: str) -> None:
    """Addresses held the names that readers see; they ask for the same as the ids that stand there now."""
    controls = must_read(QUESTION.controls, view_of(home), {name: [word] for name, word in given.items()})
    assert value in dict(written(controls)).values()


def test_a_page_without_daily_views_is_not_offered(home: Path) -> None:
    """The sentence names the page that can be chosen."""
    with pytest.raises(ControlError, match=r"page = 'deepseek' cannot be used; it takes chatgpt\."):
        ask(QUESTION, home, page="deepseek")


def test_no_base_lies_after_the_day_of_the_answer(home: Path) -> None:
    """On a past day the newest base that was over then is taken; before all of them nothing is drawn."""
    view = view_of(home)
    ends = {date(2026, 6, 14): 3, date(2026, 6, 13): 2, date(2025, 1, 19): 2, date(2023, 4, 29): 0}
    for as_of, offered in ends.items():
        assert len(bases_to_choose(replace(view, as_of=as_of), {})) == offered
    assert "attention-over-time" not in [chart.name for chart in charts_of(ask(QUESTION, home, "2023-04-01"))]


def test_a_base_without_a_record_is_said_in_words(home: Path) -> None:
    """With a base before the first recorded day there is a sentence in place of the chart."""
    answer = ask(QUESTION, home, base="spring-2023")
    assert "No page has enough days recorded from 1 February 2023 to 30 April 2023" in words(answer)
    assert chart_named(answer, "attention-over-time") is None


def test_a_past_date_shows_what_had_been_counted_by_then(home: Path) -> None:
    """Before the spike the release is not there, and the caveat says that the figures are of today."""
    answer = ask(QUESTION, home, as_of="2025-05-01")
    assert "Big model" not in words(answer)
    assert "Which launch caused a stir?" not in headings(answer)
    assert "as they are known now" in answer.caveat
    assert answer.first_line.startswith("As of 1 May 2025 it cannot be told which release drew attention")


def test_what_was_not_there_yet_is_neither_chosen_nor_written_out(home: Path) -> None:
    """As of a day before all launches no page can be chosen, and the address of a chart can be read again."""
    view = view_of(home, "2025-05-01")
    controls = must_read(QUESTION.controls, view, {})
    assert "page" not in dict(written(controls))
    assert must_read(QUESTION.controls, view, {name: [word] for name, word in written(controls)}) == controls


def test_without_any_series_the_question_says_so(tmp_path: Path) -> None:
    """A home without attention has no answer, and says what is missing."""
    fill(tmp_path)
    answer = ask(QUESTION, tmp_path)
    assert not answer.known
    assert answer.first_line == "No data yet: no series of attention is known as of this date."


def test_slow_parts_are_put_off(answer: Answer) -> None:
    """Lag and shape are computed when they are looked at: launches and buzz are there before."""
    put_off = [name for block in answer.blocks if isinstance(block, Later) for name in block.charts]
    assert put_off == ["attention-over-time", "attention-and-capability", "shape-of-hype"]


def test_views_are_drawn_on_a_logarithmic_axis_unless_a_reader_says_otherwise(home: Path) -> None:
    """They grow by factors."""
    view = view_of(home)
    assert must_read(QUESTION.controls, view, {}).log_attention is True
    assert must_read(QUESTION.controls, view, {"log_attention": ["false"]}).log_attention is False


def test_months_that_are_not_drawn_are_not_counted(home: Path) -> None:
    """A record that ended years ago is named below the chart's title; n is that of the others."""
    view, months = view_of(home), pl.date_range(date(2024, 1, 1), date(2025, 10, 1), "1mo", eager=True)
    points = pl.DataFrame({"valid_on": months, "value": 1.0, "source_id": "facts", "series_id": "s"})
    earlier = points.with_columns(pl.col("valid_on").dt.offset_by("-8y"))
    known = {name: Measure(name, own, ",~r", "") for name, own in (("now", points), ("ended", earlier))}
    (drawn,) = [block.chart for block in _others(view, known) if isinstance(block, Drawn)]
    assert drawn.footing.n == points.height == drawn.rows.height
