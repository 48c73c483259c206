"""The overview: the verdict first, what GPT-4's level costs, and one number for one measure everywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from charts.parts.axes import dollars
from questions.answer import (
    Answer,
    Drawn,
    Entries,
    Folded,
    Link,
    Paragraph,
    Tiles,
    chart_named,
    charts_of,
    every_block,
)
from questions.controls import must_read
from questions.overview import question as asking
from questions.overview.question import QUESTION, _drawn, _growth, _posts, _published, _side_by_side
from questions.price.question import QUESTION as PRICE
from questions.registry import question_named, question_of_chart
from questions.scores import scores_of
from questions.trends.question import QUESTION as TRENDS
from questions.trends.series import index, published_index
from tests.homes.doubtful_home import GUESSED, fill_doubtful
from tests.homes.news_home import fill_news
from tests.homes.small_home import fill
from tests.questions.asked import ask, table, view_of, words


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with eight models, two benchmarks, prices and a post."""
    folder = tmp_path_factory.mktemp("small")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with enough models for a verdict, and with two doubtful ones."""
    folder = tmp_path_factory.mktemp("grown")
    fill_doubtful(folder)
    return folder


@pytest.fixture(scope="module")
def answer(grown: Path) -> Answer:
    """The overview of the home with a verdict."""
    return ask(QUESTION, grown)


def test_the_first_line_is_verdict_interval_day_and_price(answer: Answer) -> None:
    """Both halves of the question are answered, each with its day, in at most twenty-nine words."""
    pattern = (
        r"Up to \d+ June 2026 AI's capability climbed: \+[\d.]+ index points a year \(90 % interval "
        r"[\d.]+ to [\d.]+\); GPT-4's GPQA level: \$0\.\d+ per million tokens \(maker, 15 September 2026\)\."
    )
    assert re.fullmatch(pattern, answer.first_line)
    assert len(re.findall(r"\S*\w\S*", answer.first_line)) <= 29
    assert "Verdict: climbed, no change of pace found." in answer.rests_on
    assert "Newest model measured 19 June 2026, prices last confirmed 15 September 2026." in answer.rests_on
    assert answer.would_change


def test_with_too_few_models_the_first_line_says_so(small: Path) -> None:
    """No verdict is made of eight models; the price of GPT-4's level stands there all the same."""
    answer = ask(QUESTION, small)
    assert answer.first_line.startswith("It cannot be told whether AI's capability still climbs: ")
    assert answer.first_line.endswith("too few; GPT-4's GPQA level: $0.90 per million tokens (maker).")
    assert len(answer.first_line.split()) <= 30
    text = words(answer)
    assert " cost $0.90 per million tokens at the cheapest maker, 42 times less than in March 2023." in text
    assert "GPT-5's 150.0 points" in text


def test_a_past_date_falls_back_to_what_had_been_released(small: Path) -> None:
    """Where the archive does not reach back, the models released by then are shown, and it is said once."""
    text = words(ask(QUESTION, small, "2024-12-20"))
    assert "o1's 142.0 points" in text
    assert text.count("The archive does not reach back to 20 December 2024") == 1


@pytest.mark.parametrize("as_of", ["", "2025-06-30"])
def test_one_measure_has_one_number_in_all_questions(grown: Path, as_of: str) -> None:
    """Whatever the day, the overview gives slope, interval and last day of the question of growth."""
    overview, trends = (ask(question, grown, as_of) for question in (QUESTION, TRENDS))
    slope = re.search(r"(\+[\d.]+) index points a year (\(90 % interval .*?\))", overview.first_line)
    assert slope is not None
    assert f": {slope[1]} points a year {slope[2]}" in trends.first_line
    days = [re.search(r"(\d+ June 202[56])", answer.first_line) for answer in (overview, trends)]
    assert days[0] is not None
    assert days[1] is not None
    assert days[0][1] == days[1][1]
    assert trends.rests_on in overview.rests_on


def test_the_cheapest_way_is_that_of_its_chart(answer: Answer) -> None:
    """The first line and the chart say one price; a model of unknown release day sets none."""
    chart = chart_named(answer, "price-of-gpt-4-level")
    assert chart is not None
    last = chart.rows.row(-1, named=True)
    assert f"level: {dollars(last['price_usd_per_mtok'])} per million tokens (maker, " in answer.first_line
    assert GUESSED not in chart.rows["model_id"].to_list()


def test_the_level_is_a_score_that_every_model_of_the_chart_reaches(answer: Answer, grown: Path) -> None:
    """The threshold is GPT-4's own score, the one that the question of prices asks for."""
    chart = chart_named(answer, "price-of-gpt-4-level")
    assert chart is not None
    scores = dict(scores_of(view_of(grown), "gpqa-diamond").dated.select("model_id", "value").iter_rows())
    assert min(scores[model] for model in chart.rows["model_id"].drop_nulls()) >= scores["gpt-4-0314"]
    priced = chart_named(ask(PRICE, grown), "price-of-capability")
    assert priced is not None
    assert priced.rows["price_usd_per_mtok"].equals(chart.rows["price_usd_per_mtok"])


def test_its_charts_have_names_of_their_own(answer: Answer) -> None:
    """The same drawing as another question's has another name here, so that each name has one answer."""
    drawn = [chart.name for chart in charts_of(answer)]
    assert drawn == list(QUESTION.charts)
    assert set(drawn).isdisjoint(PRICE.charts)
    assert all(question_of_chart(name) is QUESTION for name in drawn)


def test_the_parts_stand_in_order(answer: Answer) -> None:
    """Figures, the frontier, the doors; the rest is folded, each with a link to where it is looked into."""
    kinds = [type(block) for block in answer.blocks]
    assert kinds[:2] == [Tiles, Drawn]
    folded = [block.title for block in answer.blocks if isinstance(block, Folded)]
    assert folded == ["What a given capability costs", "Who leads, and what checks the verdict"]
    links = [block.question for block in every_block(answer.blocks) if isinstance(block, Link)]
    assert [link for link in links if link != "news"] == [
        "capability",
        "trends",
        "dotcom",
        "price",
        "capability",
        "compare",
        "price",
        "trends",
        "sources",
    ]


def test_the_doors_lead_to_answers(answer: Answer, grown: Path) -> None:
    """What a door sets is a control of the question behind it, in words that it takes."""
    for block in every_block(answer.blocks):
        if isinstance(block, Link) and block.controls:
            given: dict[str, list[str]] = {}
            for name, word in block.controls:
                given.setdefault(name, []).append(word)
            assert must_read(question_named(block.question).controls, view_of(grown), given)


def test_the_badge_says_verdict_and_last_day(answer: Answer, small: Path) -> None:
    """In a few words, the same day as the first line; without a verdict it says that."""
    assert re.fullmatch(r"Climbed, no change of pace found; data to \d+ June 2026", answer.badge)
    assert ask(QUESTION, small).badge.startswith("Cannot be told; data to ")


def test_another_index_is_the_cross_check(answer: Answer, small: Path) -> None:
    """Epoch's published index is asked the same where it is not itself the series, and told once."""
    assert words(answer).count("**Cross-check.** The index that Epoch publishes gives +") == 1
    assert "Cross-check" not in words(ask(QUESTION, small))


def test_the_fall_is_told_as_the_question_of_prices_tells_it(answer: Answer, grown: Path) -> None:
    """The same sentences on both pages, each with the maker, and no rate that the last year belies."""
    told = next(
        block.text
        for block in every_block(answer.blocks)
        if isinstance(block, Paragraph) and "In the twelve months to" in block.text
    )
    assert told in words(ask(PRICE, grown))
    assert "the cheapest maker's price fell by" in told
    assert "we quote no single annual rate" in told


def test_the_newest_posts_are_listed(small: Path) -> None:
    """The makers' own words, with their pages."""
    posts = table(ask(QUESTION, small), "posts")
    assert posts["title"].to_list() == ["GPT-5 is here"]
    assert posts.columns == ["stated_on", "organization", "title", "url"]


def test_what_is_not_measured_has_no_tile(answer: Answer, small: Path) -> None:
    """Without horizons and claims there are two figures, each with its line; a level has no interval."""
    (shown,) = (block for block in every_block(answer.blocks) if isinstance(block, Tiles))
    assert [tile.label for tile in shown.tiles] == [
        "Capability index, points a year",
        "GPT-4's GPQA level, per million tokens",
    ]
    assert all(len(tile.trace) > 1 and tile.about for tile in shown.tiles)
    assert shown.tiles[0].note.startswith("90\u00a0% interval ")
    (few,) = (block for block in every_block(ask(QUESTION, small).blocks) if isinstance(block, Tiles))
    assert (few.tiles[0].value, few.tiles[0].note) == ("not known", "4 models cannot tell it")


def test_with_empty_tables_it_says_what_brings_data(tmp_path: Path) -> None:
    """Nothing is known: a sentence of at most thirty words, and where to run a source."""
    fill(tmp_path, with_rows=False)
    answer = ask(QUESTION, tmp_path)
    assert answer.first_line.startswith("No data yet: no scores and no prices are known")
    assert "The Sources page" in answer.first_line
    assert len(answer.first_line.split()) <= 30
    assert not answer.known


@pytest.mark.parametrize("as_of", ["2021-05-01", "2022-12-05", "2023-06-30", "2024-12-31", "2026-01-31"])
def test_first_lines_and_caveats_have_at_most_thirty_words(grown: Path, small: Path, as_of: str) -> None:
    """Whatever the day, and how little is known by then."""
    for home in (grown, small):
        answer = ask(QUESTION, home, as_of)
        assert len(answer.first_line.split()) <= 30
        assert len(answer.caveat.split()) <= 30


def test_the_month_ends_with_the_last_evidence(tmp_path: Path) -> None:
    """Five lines, and what never happened is said."""
    fill_news(tmp_path)
    answer = ask(QUESTION, tmp_path)
    (lines,) = (block for block in every_block(answer.blocks) if isinstance(block, Entries))
    assert [entry.label for entry in lines.entries] == [
        "New leader",
        "Price cuts",
        "New low of a level",
        "New models",
        "Shut-downs",
    ]
    assert all(entry.text.endswith(".") for entry in lines.entries)


def test_the_door_to_compare_leads_to_the_best_of_three_makers(grown: Path) -> None:
    """The best model of each; without an index, or with fewer makers, no model is chosen or promised."""
    growth = _growth(view_of(grown))
    assert growth is not None
    door = _side_by_side(growth)
    assert (door.question, door.text) == ("compare", "The best of three makers, compared")
    best = growth.series.models.sort("value", descending=True).unique("organization", keep="first")
    chosen = [word for _, word in door.controls]
    assert {name for name, _ in door.controls} == {"models"}
    assert chosen == best.sort("value", descending=True)["model_id"].head(3).to_list()
    two = growth.series.models.filter(pl.col("organization").is_in(["OpenAI", "Google"]))
    few = replace(growth, series=replace(growth.series, models=two))
    assert _side_by_side(few) == _side_by_side(None) == Link("compare", "Compare models")


def test_of_as_good_models_the_first_by_name_is_compared(grown: Path) -> None:
    """So that the same data give the same door."""
    growth = _growth(view_of(grown))
    assert growth is not None
    names = ["c", "b", "a"]
    models = pl.DataFrame({"model_id": names, "organization": ["C", "B", "A"], "value": [1.0] * 3})
    alike = replace(growth, series=replace(growth.series, models=models))
    assert [word for _, word in _side_by_side(alike).controls] == ["a", "b", "c"]


def test_the_front_is_drawn_where_the_windows_of_the_verdict_begin(grown: Path) -> None:
    """That day included; where no model is so new all are drawn."""
    growth = _growth(view_of(grown))
    assert growth is not None
    start = growth.trend.window.start
    assert min(_drawn(growth)["released_on"]) >= start
    assert _drawn(growth).height < growth.series.models.height
    for day, height in ((start, 1), (start - timedelta(days=1), 2)):
        rows = growth.series.models.head(2).with_columns(
            released_on=pl.Series([day, start - timedelta(days=9)])
        )
        few = replace(growth, series=replace(growth.series, models=rows))
        assert _drawn(few).height == height


def test_without_posts_there_is_no_fold(grown: Path, small: Path) -> None:
    """The makers' statements are folded where there are any."""
    assert _posts(view_of(grown)) == ()
    (folded,) = _posts(view_of(small))
    assert isinstance(folded, Folded)
    assert folded.title == "The makers' newest posts and change-log entries"


def test_a_cross_check_is_another_series(grown: Path, small: Path) -> None:
    """Where the published index is itself the series, or cannot be told, nothing is checked."""
    view = view_of(grown)
    published = published_index(view)
    own = index(view)
    assert published is not None
    assert own is not None
    (said,) = _published(view, own)
    assert isinstance(said, Paragraph)
    assert said.text.startswith("**Cross-check.** The index that Epoch publishes gives +")
    assert _published(view, published) == ()
    only = published_index(view_of(small))
    assert only is not None
    assert _published(view_of(small), replace(only, key=("other",))) == ()


def test_a_home_of_prices_alone_tells_the_price(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one of scores alone the verdict: each without what rests on the other."""
    view = view_of(small)
    with monkeypatch.context() as without:
        without.setattr(asking, "_growth", lambda _view: None)
        priced = QUESTION.answer(view, must_read(QUESTION.controls, view, {}))
    assert priced.first_line == "GPT-4's GPQA level: $0.90 per million tokens (maker, 15 September 2026)."
    assert (priced.known, priced.badge, priced.would_change) == (True, "", "")
    assert priced.rests_on.startswith("Prices last confirmed ")
    folds = [block.title for block in priced.blocks if isinstance(block, Folded)]
    assert "What a given capability costs" in folds
    assert "Who leads, and what checks the verdict" not in folds
    monkeypatch.setattr(asking, "_cost", lambda _view: None)
    scored = QUESTION.answer(view, must_read(QUESTION.controls, view, {}))
    assert scored.first_line.endswith("too few.")
    assert "prices last confirmed" not in scored.rests_on
    assert "What a given capability costs" not in [
        block.title for block in scored.blocks if isinstance(block, Folded)
    ]


def test_a_known_model_that_the_index_lacks_is_told_on_the_first_screen(
    grown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the first line, not in a fold: whoever knows it would distrust a page that is silent of it."""
    monkeypatch.setattr(asking, "too_new", lambda _view, _beside: "Claude Next is too new for our index.")
    assert "Claude Next is too new for our index." in ask(QUESTION, grown).caveat
