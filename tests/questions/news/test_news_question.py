"""What's new: the last days that have evidence, each kind with its last day, one maker, one kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from questions.answer import Answer, Drawn, Entries, Folded, Heading, charts_of, every_block
from questions.controls import ControlError
from questions.news import question
from questions.news.question import QUESTION
from questions.news.unread import Readings
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.news_home import NEW, OTHER, fill_news
from tests.questions.asked import ask, headings, table, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home in which things happen; asked on 15 September 2026."""
    folder = tmp_path_factory.mktemp("news")
    fill_news(folder)
    return folder


def lines(answer: Answer) -> list[tuple[str, str]]:
    """Label and text of every entry, in order."""
    return [
        (entry.label, entry.text)
        for block in every_block(answer.blocks)
        if isinstance(block, Entries)
        for entry in block.entries
    ]


def test_the_newest_day_comes_first_and_the_weightiest_kind_of_a_day(home: Path) -> None:
    """By day; on one day a new leader stands before a record, and that before a price."""
    answer = ask(QUESTION, home)
    days = [heading for heading in headings(answer) if "2026" in heading]
    assert days == ["Saturday, 8 August 2026", "Wednesday, 5 August 2026"]
    labels = [label for label, _ in lines(answer)]
    assert labels.index("New leader") < labels.index("Price") < labels.index("Record")
    assert "with evidence, 14 March 2023, 3 February 2025 and 5 to 8 August 2026: " in answer.first_line


def test_each_kind_says_its_last_day(home: Path) -> None:
    """Also kinds of which nothing lies in the span."""
    last = dict(table(ask(QUESTION, home), "last-of-each-kind").select("kind", "happened_on").iter_rows())
    assert (last["New leader"], last["Post"]) == (date(2026, 8, 8), date(2026, 8, 5))


def test_the_news_come_before_the_chart(home: Path) -> None:
    """Then the time line, then the last of each kind, folded."""
    kinds = [type(block) for block in ask(QUESTION, home).blocks]
    assert kinds[0] is Heading
    assert kinds[1] is Entries
    assert kinds.index(Drawn) > max(place for place, kind in enumerate(kinds) if kind is Entries)
    assert kinds[-1] is Folded


def test_one_maker_and_one_kind_can_be_asked_for(home: Path) -> None:
    """The other makers' news are left out; a maker that there is not is told."""
    answer = ask(QUESTION, home, maker="Anthropic", kind="post")
    assert lines(answer) == [("Post", "Anthropic: Introducing Claude New")]
    with pytest.raises(ControlError, match="maker = 'Nobody'"):
        ask(QUESTION, home, maker="Nobody")


def test_a_past_day_sees_what_was_known_then(home: Path) -> None:
    """A week before the second reading nothing of it is known."""
    assert "Claude New" not in words(ask(QUESTION, home, as_of="2026-08-02"))
    assert lines(ask(QUESTION, home, as_of="2026-08-02", kind="price")) == []


def test_the_span_is_that_of_the_maker(home: Path) -> None:
    """Whose last news is long ago is shown with it, not with nothing."""
    answer = ask(QUESTION, home, maker="Elsewhere")
    assert "with evidence of Elsewhere, on 3 February 2025: " in answer.first_line
    assert [text for _, text in lines(answer)] == ["Elsewhere released Other."]


def test_models_that_are_no_news_are_counted_where_new_models_would_stand(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also on the first day of the span; not for one maker, and not for other kinds."""
    silent = pl.DataFrame({"seen_on": [date(2023, 3, 14)], "models": [69]})
    monkeypatch.setattr(question, "readings", lambda _view, _by: Readings(pl.DataFrame(), silent))
    told = "69 models were first seen on 14 March 2023"
    assert told in words(ask(QUESTION, home))
    assert told not in words(ask(QUESTION, home, kind="post"))
    assert told not in words(ask(QUESTION, home, maker="Anthropic"))


def with_notices(home: Path, *notices: dict[str, object]) -> None:
    """What happens, and OpenAI shuts GPT-4 down on 1 September, or otherwise as given."""
    fill_news(home)
    notice = {
        "news_id": "notice",
        "kind": "shutdown",
        "happened_on": date(2026, 9, 1),
        "about_on": date(2026, 9, 1),
        "known_at": datetime(2026, 7, 1, tzinfo=UTC),
        "is_late": False,
        "headline": "OpenAI shuts GPT-4 down, by its notice.",
        "organization": "OpenAI",
        "subject": "OpenAI",
        "model_id": "gpt-4-0314",
        "evidence": "day stated",
        "source_id": "feed-anthropic-news",
    }
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("news", pl.DataFrame([notice | known for known in notices]))
        publish(warehouse, home / "snapshots")


def test_what_an_old_notice_named_is_folded_and_counted_apart(tmp_path: Path) -> None:
    """A shut-down told two months before its day is a plan of then, not news of the day."""
    with_notices(tmp_path, {})
    answer = ask(QUESTION, tmp_path)
    assert "shut-down" not in answer.first_line
    (chart,) = charts_of(answer)
    assert chart.rows.filter(pl.col("kind") == "shutdown").is_empty()
    last = table(answer, "last-of-each-kind")
    assert "Shut-down" not in last["kind"]
    assert ("1 September 2026", "OpenAI shuts GPT-4 down, by its notice.") in lines(answer)
    alone = ask(QUESTION, tmp_path, kind="shutdown").first_line
    assert alone == "1 shut-down due on 1 September 2026, by notices known by 1 July 2026."


def test_what_one_seller_shuts_down_on_one_day_is_told_together(tmp_path: Path) -> None:
    """The announcement of both is one line, a third model's of another day is a line of its own."""
    announced = {"happened_on": date(2026, 8, 7), "known_at": datetime(2026, 8, 7, tzinfo=UTC)}
    other = {"news_id": "other", "model_id": OTHER}
    third = {"news_id": "third", "model_id": NEW, "about_on": date(2026, 10, 1), "headline": "The third one."}
    with_notices(tmp_path, announced, announced | other, announced | third)
    said = [text for label, text in lines(ask(QUESTION, tmp_path, kind="shutdown")) if label == "Shut-down"]
    assert said == ["OpenAI announced that it shuts 2 models down on 1 September 2026.", "The third one."]


def test_who_shuts_down_is_told_where_it_is_folded(tmp_path: Path) -> None:
    """The count by whose word, before anybody opens it."""
    with_notices(tmp_path, {})
    assert (
        "1 shut-down due on 1 September 2026, by notices known by 1 July 2026: OpenAI 1"
        in words(ask(QUESTION, tmp_path)).splitlines()
    )


def test_a_week_of_which_nothing_is_known_is_said_first(home: Path) -> None:
    """The newest there is is of five weeks before; on its day nothing is silent."""
    assert ask(QUESTION, home).first_line.startswith(
        "No news is known of the last week; the last seven days "
    )
    assert ask(QUESTION, home, kind="post").first_line.startswith("No such news is known of the last week; ")
    assert ask(QUESTION, home, as_of="2026-08-08").first_line.startswith("In the last seven days ")
