"""What is proposed for a table: which columns fill which fields, in which unit, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest

from ingest.declared.guess.by_day import (
    asked_of_topic,
    events,
    facts,
    may_be_series,
    series,
    topic_of,
    unit_and_field,
    uses,
)
from ingest.declared.guess.column import columns_of, missing_words
from ingest.declared.guess.drafts import About, Draft, RecordDraft, column_of, draft_of, json_of
from ingest.declared.guess.mapping import Choice, chosen, fields_of, tables_of
from ingest.declared.guess.margins import with_margins
from ingest.declared.guess.offers import currency_of_prices, prices, speeds
from ingest.declared.guess.scores import scores
from ingest.declared.guess.seen import Day, Seen
from ingest.declared.guess.turned import turned
from ingest.declared.guess.wide_series import wide_series
from ingest.declared.guess.writing import kind_in_words, written
from ingest.records import Kind

ABOUT = About("board", "https://example.org/x", title="A board", host="www.example.org")
DAY = Day("date", "date")
MODELS = "gpt-5 claude-4 grok-4"
DATES = "2026-01-01 2026-01-02 2026-01-03"


def table(columns: Mapping[str, str]) -> pl.DataFrame:
    """A table of texts: a column of words parted by blanks each, `_` in a word standing for one."""
    cells = {name: [word.replace("_", " ") for word in said.split(" ")] for name, said in columns.items()}
    return pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))


def seen(columns: Mapping[str, str], about: About = ABOUT) -> Seen:
    frame = table(columns)
    return Seen.of(about, columns_of(frame, "."), missing_words(frame))


def only_column(name: str, cells: str) -> Any:
    return columns_of(table({name: cells}), ".")[0]


# --- days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("GPU rent", "compute"),
        ("Nasdaq close", "market"),
        ("Revenue of labs", "money"),
        ("Sales ($)", "money"),
        ("Weekly users", "adoption"),
        ("page views", "attention"),
        ("weather", None),
        ("chipset", None),
    ],
)
def test_what_figures_are_of_is_a_word_beside_them(text: str, topic: str | None) -> None:
    """Else a person is asked, with the words there are."""
    assert topic_of(text) == topic
    known = "" if topic else "not known: "
    assert asked_of_topic(topic).startswith(f"topic {known}attention, adoption")


@pytest.mark.parametrize(
    ("name", "cells", "unit", "field"),
    [
        ("Share", "5% 6%", "fraction", {"column": "Share", "unit": "percent"}),
        ("Rent (USD/h)", "$5 $6", "USD/h", {"column": "Rent (USD/h)", "currency": "USD"}),
        ("Rent", "$5 $6", "USD", {"column": "Rent", "currency": "USD"}),
        ("Power [GW]", "5 6", "GW", "Power [GW]"),
        ("Users", "5 6", "users", "Users"),
    ],
)
def test_the_unit_of_a_series_is_what_its_column_says(name: str, cells: str, unit: str, field: Any) -> None:
    """Percent, a currency, what stands in brackets, else its name."""
    assert unit_and_field(only_column(name, cells)) == (unit, field)


@pytest.mark.parametrize(
    ("cells", "size"),
    [("5k 6k", "thousands"), ("5_mio. 6_Mio.", "millions"), ("5bn 6bn", "billions"), ("5_GB 6_GB", None)],
)
def test_figures_that_count_by_thousands_say_so(cells: str, size: str | None) -> None:
    """In every cell, whatever the language; anything else behind them is part of the unit."""
    unit, field = unit_and_field(only_column("Users", cells))
    assert field.get("unit") == size
    assert unit == ("users" if size else "users gb")


def test_each_column_of_figures_is_a_series() -> None:
    """Of one column the series has the name of the board; a rank is none."""
    one = series(seen({"date": DATES, "rank": "1 2 3", "GPU rent": "4 5 6"}), DAY)
    assert [record.kind for record in one] == [Kind.SERIES, Kind.SERIES_POINT]
    assert one[0].constants == {
        "series_id": "board",
        "title": "A board",
        "topic": "compute",
        "unit": "gpu rent",
    }
    assert (one[1].fields, one[1].where) == ({"valid_on": "date", "value": "GPU rent"}, {})
    two = series(seen({"date": DATES, "a": "4 5 -", "b": "7 8 9"}), DAY)
    assert [record.constants["series_id"] for record in two] == ["board-a", "board-a", "board-b", "board-b"]
    assert two[0].constants["title"] == "A board, a"
    assert two[0].constants["topic"] == "data"
    assert [record.where for record in two] == [{}, {"a": {"present": True, "not": ["-"]}}, {}, {}]


@pytest.mark.parametrize(
    ("columns", "day"),
    [
        ({"date": DATES, "a": "1 2 3"}, Day()),
        ({"date": DATES, "rank": "1 2 3"}, DAY),
        ({"date": DATES, "a": "1 2 3", "model": MODELS}, DAY),
        ({"date": DATES, "a": "1 2 3", "title": "x y z"}, DAY),
    ],
)
def test_what_is_no_series(columns: dict[str, str], day: Day) -> None:
    """Without a day, without figures, about models, or about events, each of which has its title."""
    assert series(seen(columns), day) == []


def test_a_column_of_names_makes_a_series_a_word() -> None:
    """The one with the most words, of which fewer than seven in ten are different."""
    dates = " ".join(f"2026-01-{day:02d}" for day in range(1, 7))
    found = seen({"date": dates, "land": "DE US FR DE US FR", "size": "L S L S L S", "value": "1 2 3 4 5 6"})
    described, points = series(found, DAY)
    key = {"column": "land", "slug": True, "prefix": "board-"}
    assert (described.fields["series_id"], points.fields["series_id"]) == (key, key)
    assert points.fields["value"] == "value"
    assert (described.where, points.where) == ({"land": {"present": True}},) * 2
    assert points.comments == {}
    assert may_be_series(found, DAY) is False
    for lands, is_named in (("DE US FR IT DE US", True), ("DE US FR IT ES DE", False)):
        some = seen({"date": dates, "land": lands, "value": "1 2 3 4 5 6"})
        assert may_be_series(some, DAY) is not is_named
    assert may_be_series(seen({"date": DATES, "a": "1 2 3"}), DAY) is True
    assert may_be_series(seen({"date": DATES, "a": "1 2 3", "model": MODELS}), DAY) is False
    other = seen({"date": dates, "land": "DE US FR DE US FR", "n": "1 2 3 4 5 6", "value": "1 2 3 4 5 6"})
    assert series(other, DAY)[1].comments == {"value": "or is another figure meant: n?"}
    assert series(other, DAY)[1].fields["value"] == "value"


def test_three_columns_of_one_kind_are_turned_into_series() -> None:
    """Two have a table each; what differs in percent, currency or brackets is not of one kind."""
    columns = ["date", "DE (GW)", "FR (GW)", "US (GW)"]
    cells = {"date": DATES, "DE (GW)": "1 2 3", "FR (GW)": "4 5 6", "US (GW)": "7 8 9"}
    found = wide_series(seen(cells), DAY, columns)
    assert found is not None
    key, (described, points) = found
    assert key == {"unpivot": {"keep": ["date"], "name": "series", "value": "value"}}
    assert described.constants == {"topic": "data", "unit": "GW"}
    assert points.fields["value"] == "value"
    assert points.where == {"value": {"present": True}}
    assert wide_series(seen({name: cells[name] for name in columns[:3]}), DAY, columns[:3]) is None
    assert wide_series(seen(cells), Day(), columns) is None
    for name, other in (("US (MW)", "7 8 9"), ("US (GW)", "7% 8% 9%"), ("US (GW)", "$7 $8 $9")):
        unlike = {**{one: cells[one] for one in columns[:3]}, name: other}
        assert wide_series(seen(unlike), DAY, list(unlike)) is None
    percent = {"date": DATES, "a": "1% 2% 3%", "b": "1% 2% 3%", "c": "1% 2% 3%"}
    turned_percent = wide_series(seen(percent), DAY, list(percent))
    assert turned_percent is not None
    assert turned_percent[1][0].constants["unit"] == "fraction"
    plain = {"date": DATES, "a": "1 2 3", "b": "1 2 3", "c": "1 2 3"}
    turned_plain = wide_series(seen(plain), DAY, list(plain))
    assert turned_plain is not None
    assert turned_plain[1][0].constants["unit"] == "figures"


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        ({"total_tokens": "10 20 30"}, {"tokens": "total_tokens"}),
        ({"tokens per request": "10 20 30"}, None),
        ({"tokens": "10 20.5 30"}, None),
        ({"token cost": "10 20 30"}, None),
        ({"share": "0.1 0.2 1"}, {"share": "share"}),
        ({"share": "0.1 0.2 1.1"}, {"share": {"column": "share", "unit": "percent"}}),
        ({"share": "1% 2% 3%"}, {"share": {"column": "share", "unit": "percent"}}),
        ({"x": "1 2 3"}, None),
    ],
)
def test_uses_are_whole_tokens_or_shares(columns: dict[str, str], fields: dict[str, Any] | None) -> None:
    """A share above one is in percent; tokens of one answer, and what costs, are no use."""
    found = uses(seen({"model": MODELS, "date": DATES, **columns}), DAY)
    if fields is None:
        assert found == []
        return
    (record,) = found
    assert record.fields == {"model_name": "model", "valid_on": "date", **fields}
    assert uses(seen({"model": MODELS, **columns}), Day()) == []
    assert uses(seen({"who": "a b c", "date": DATES, **columns}), DAY) == []


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        ({"context": "500 1000 8192"}, {"context_tokens": "context"}),
        ({"context": "100 200 499"}, None),
        ({"context": "1 200 500"}, {"context_tokens": "context"}),
        ({"context": "0 1000 8192"}, None),
        ({"context": "1.5 1000 8192"}, None),
        ({"context": "1k 8k 32k"}, {"context_tokens": "thousands"}),
        ({"context": "1_GB 8_GB 3_GB"}, None),
        ({"parameters": "7 70 405"}, {"parameters": {"column": "parameters", "unit": "billions"}}),
        ({"parameters": "7 70 100000"}, {"parameters": "parameters"}),
        ({"parameters": "0 70 405"}, None),
        ({"parameters": "7_x 70_x 405_x"}, None),
    ],
)
def test_facts_are_what_models_read_and_how_large_they_are(
    columns: dict[str, str], fields: dict[str, Any] | None
) -> None:
    """From 500 tokens on; small sizes are taken as billions, and nothing that is nought."""
    found = facts(seen({"model": MODELS, "lab": "x y z", **columns}), Day())
    if fields is None:
        assert found == []
        return
    (record,) = found
    said = {
        name: value for name, value in record.fields.items() if name not in ("model_name", "organization")
    }
    if fields == {"context_tokens": "thousands"}:
        assert said["context_tokens"]["unit"] == "thousands"
    else:
        assert said == fields
    assert (record.fields["model_name"], record.fields["organization"]) == ("model", "lab")
    in_billions = isinstance(fields.get("parameters"), dict)
    assert record.comments.get("parameters", "") == (
        "small figures: taken as billions" if in_billions else ""
    )


def test_a_day_is_a_fact_where_it_is_that_of_release_or_beside_others() -> None:
    """A date by itself says nothing of a model."""
    cells = {"model": MODELS, "date": DATES}
    assert facts(seen(cells), DAY) == []
    (released,) = facts(seen({"model": MODELS, "release date": DATES}), Day("release date", "release date"))
    assert released.fields["valid_on"] == "release date"
    (beside,) = facts(seen({**cells, "context": "1000 2000 3000"}), DAY)
    assert beside.fields["valid_on"] == "date"
    assert facts(seen({"who": "a b c", "context": "1000 2000 3000"}), Day()) == []


def test_an_event_has_a_day_and_a_title() -> None:
    """A column called so, else the first of words that differ; its maker and its address where there are."""
    cells = {
        "date": DATES,
        "note": "a b c",
        "title": "x y z",
        "lab": "d e f",
        "link": "https://a https://b https://c",
    }
    (event,) = events(seen(cells), DAY)
    assert event.fields == {
        "event_id": {"template": "{date} {title}", "slug": True, "prefix": "board-"},
        "title": "title",
        "valid_on": "date",
        "organization": "lab",
        "url": "link",
    }
    assert event.constants == {"topic": "board"}
    (other,) = events(seen({"date": DATES, "note": "a b c"}), DAY)
    assert other.fields["title"] == "note"
    assert events(seen({"date": f"{DATES} 2026-01-04", "note": "a a b b"}), DAY) == []
    five = " ".join(f"2026-01-0{day}" for day in range(1, 6))
    assert events(seen({"date": five, "note": "a b c a b"}), DAY) != []
    assert events(seen({"note": "a b c"}), Day()) == []


# --- scores -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cells", "unit", "of_column", "comment"),
    [
        ("acc", "0 0.5 1", "fraction", None, None),
        ("acc", "0.5 1.5 10", "points", None, "figures up to 10: taken as points, not as percent"),
        ("acc", "1 10.5 100", "fraction", "percent", "figures up to 100: taken as percent"),
        ("acc", "1 50 100.5", "points", None, "figures from 1 to 100.5: taken as points"),
        ("acc", "-1 50 60", "points", None, "figures from -1 to 60: taken as points"),
        ("acc", "5% 6% 7%", "fraction", "percent", None),
        ("acc %", "0.1 0.5 1", "fraction", "percent", "figures up to 1: percent, as the name says"),
        ("acc %", "0.1 0.5 1.1", "fraction", "percent", None),
        ("elo", "0.1 0.5 1", "points", None, None),
        ("rating", "1400 1300 1200", "points", None, None),
    ],
)
def test_the_unit_of_scores_is_told_by_their_size_and_their_name(
    name: str, cells: str, unit: str, of_column: str | None, comment: str | None
) -> None:
    """Up to 1 a fraction, up to 10 points, up to 100 percent; what is in doubt is said."""
    (record,) = scores(seen({"model": MODELS, name: cells}), Day())
    assert record.constants["unit"] == unit
    assert record.fields["score"] == ({"column": name, "unit": of_column} if of_column else name)
    assert record.comments.get("score") == comment
    assert record.constants["reported_by"] == "community"


@pytest.mark.parametrize(
    ("name", "benchmark"),
    [
        ("score", "board"),
        ("MMLU", "mmlu"),
        ("Results.mmlu_pro", "mmlu-pro"),
        ("Own Bench", "board-own-bench"),
        ("Accuracy (%)", "board"),
        ("Terminal v2.1", "board-terminal-v2.1"),
        ("points", "board"),
    ],
)
def test_the_only_column_of_scores_is_the_board_or_a_benchmark_that_is_known(
    name: str, benchmark: str
) -> None:
    """Words of units are no part of its name."""
    (record,) = scores(seen({"model": MODELS, name: "0.1 0.2 0.3"}), Day())
    assert record.constants["benchmark_id"] == benchmark


def test_of_two_columns_each_is_a_benchmark_of_the_board() -> None:
    """Also one that is only called a score; what counts, spreads or ranks is none."""
    cells = {
        "model": MODELS,
        "score": "0.1 0.2 0.3",
        "MMLU": "0.1 0.2 -",
        "rank": "1 2 3",
        "std": "1 2 3",
        "# games": "1 2 3",
        "votes": "5 6 7",
        "cost ($)": "1 2 3",
        "grok-4": "1 2 3",
    }
    found = scores(seen(cells), Day())
    assert [record.constants["benchmark_id"] for record in found] == ["board-score", "mmlu"]
    assert [record.where for record in found] == [{}, {"MMLU": {"present": True, "not": ["-"]}}]
    assert found[0].fields == {"model_name": "model", "trials": "# games", "score": "score"}


def test_what_is_beside_scores_is_shared_by_all() -> None:
    """Maker, what tells rows apart, day, trials, error and address; an error in the unit of its score."""
    cells = {
        "model": MODELS,
        "lab": "x y z",
        "effort": "high low high",
        "date": DATES,
        "votes": "10 20 30",
        "se": "1 2 3",
        "link": "https://a https://b https://c",
        "score": "81 82 83",
    }
    (record,) = scores(seen(cells), DAY)
    percent = {"unit": "percent"}
    assert record.fields == {
        "model_name": "model",
        "organization": "lab",
        "setting": {"column": "effort", "default": ""},
        "valid_on": "date",
        "trials": "votes",
        "stderr": {"column": "se", **percent},
        "url": "link",
        "score": {"column": "score", **percent},
    }
    assert record.comments["setting"] == "what tells two scores of one model apart"
    for votes in ("10.5 20 30", "-1 20 30"):
        (other,) = scores(seen({**cells, "votes": votes}), DAY)
        assert "trials" not in other.fields
    (plain,) = scores(seen({**cells, "score": "0.81 0.82 0.83"}), DAY)
    assert plain.fields["stderr"] == "se"
    assert scores(seen({"who": "a b c", "x": "1 2 3"}), Day()) == []


def test_a_column_that_names_benchmarks_makes_one_table_of_scores() -> None:
    """Of several columns the first that is called a score; a single one whatever it is called."""
    cells = {"model": MODELS, "benchmark": "x x y", "grade": "0.1 0.2 0.3", "score": "0.4 0.5 0.6"}
    (record,) = scores(seen(cells), Day())
    assert record.fields["benchmark_id"] == {"column": "benchmark", "slug": True}
    assert record.fields["score"] == "score"
    assert "benchmark_id" not in record.constants
    (single,) = scores(seen({name: cells[name] for name in ("model", "benchmark", "grade")}), Day())
    assert single.fields["score"] == "grade"


def test_where_lower_is_better_the_benchmark_is_described_first() -> None:
    """By one row, with the unit of its scores."""
    described, record = scores(seen({"model": MODELS, "WER": "0.1 0.2 0.3"}), Day())
    assert described.constants == {
        "benchmark_id": record.constants["benchmark_id"],
        "title": "A board, WER",
        "unit": "fraction",
        "higher_is_better": "false",
    }
    assert described.where == {"@row": ["1"]}


def test_margins_of_the_one_score_become_its_interval() -> None:
    """With the keys of the score; of two scores, or two margins, nobody knows whose they are."""
    cells = {"model": MODELS, "score": "81 82 83", "ci": "+1/-2 +2/-3 -1/+1"}
    found = seen(cells)
    made = with_margins(found, scores(found, Day()), list(cells))
    assert made is not None
    key, (record,) = made
    assert key["derive"].keys() == {"above", "below"}
    assert record.fields["low"] == {"formula": "{score} - {below}", "unit": "percent"}
    assert record.fields["high"] == {"formula": "{score} + {above}", "unit": "percent"}
    taken = with_margins(found, scores(found, Day()), [*cells, "above"])
    assert taken is not None
    assert set(taken[0]["derive"]) == {"above_the_score", "below"}
    for more in ({"gpqa": "0.1 0.2 0.3"}, {"ci 2": "+1/-2 +2/-3 -1/+1"}):
        other = seen({**cells, **more})
        assert with_margins(other, scores(other, Day()), list(cells)) is None
    braces = seen({"model": MODELS, "score {a}": "81 82 83", "ci": "+1/-2 +2/-3 -1/+1"})
    assert with_margins(braces, scores(braces, Day()), list(cells)) is None


@pytest.mark.parametrize(
    ("columns", "is_turned"),
    [
        ({"task": "a b c", "gpt-5": "1 2 3", "claude-4": "1 2 3", "grok-4": "1 2 3"}, True),
        ({"task": "a b c", "gpt-5": "1 2 3", "claude-4": "1 2 3"}, False),
        ({"task": "a b c", "gpt-5": "1 2 3", "claude-4": "1 2 3", "grok-4": "1 y z"}, True),
        ({"task": "a b c", "gpt-5": "x y z", "claude-4": "x y z", "grok-4": "1 y z"}, False),
        ({"gpt-5": "1 2 3", "claude-4": "1 2 3", "grok-4": "1 2 3"}, False),
        ({"who": MODELS, "gpt-5": "1 2 3", "claude-4": "1 2 3", "grok-4": "1 2 3"}, False),
        (
            {"task": "a b", "x": "1 2", "y": "1 2", "gpt-5": "1 2", "claude-4": "1 2", "grok-4": "1 2"},
            True,  # half of all
        ),
        (
            {
                "task": "a b",
                "x": "1 2",
                "y": "1 2",
                "z": "1 2",
                "gpt-5": "1 2",
                "claude-4": "1 2",
                "grok": "1 2",
            },
            False,
        ),
        ({"task": "a b", "gpt-5.score": "1 2", "gpt-5.votes": "1 2", "grok-4.score": "1 2"}, False),
    ],
)
def test_a_table_is_turned_where_its_columns_are_called_like_models(
    columns: dict[str, str], is_turned: bool
) -> None:
    """Three of them, and half of all, beside one that names benchmarks."""
    found = turned(table(columns), ABOUT, ".", ())
    assert (found is not None) is is_turned
    if found is not None:
        key, (record,) = found
        assert key == {"unpivot": {"keep": ["task"], "name": "model", "value": "score"}}
        assert record.fields["benchmark_id"] == {"column": "task", "slug": True}


# --- prices and speeds ------------------------------------------------------------------------------------


def priced(columns: Mapping[str, str], about: About = ABOUT, day: Day = Day()) -> list[RecordDraft]:  # noqa: B008
    """The tables of prices; there is no reason against them."""
    found, why_not = prices(seen({"model": "m1 m2 m3", **columns}, about), day)
    assert why_not == ""
    return found


def test_prices_are_those_of_input_output_and_caches() -> None:
    """Each in the field of its own; one of them will do, and none without the column of models."""
    cells = {
        "input price": "2 3 4",
        "output price": "8 9 10",
        "cached input price": "1 1 1",
        "cache write price": "3 4 5",
    }
    (record,) = priced(cells, day=DAY)
    assert {name: value for name, value in record.fields.items() if name.endswith("mtok")} == {
        "input_usd_per_mtok": "input price",
        "output_usd_per_mtok": "output price",
        "cached_input_usd_per_mtok": "cached input price",
        "cache_write_usd_per_mtok": "cache write price",
    }
    assert record.fields["valid_on"] == "date"
    assert record.where == {}
    (output,) = priced({"output price": "8 9 10"})
    assert output.fields == {"model_name": "model", "output_usd_per_mtok": "output price"}
    assert priced({"cached input price": "1 1 1"}) == []
    assert prices(seen({"x": "a b c", "other price": "1 2 3"}), Day()) == ([], "")


@pytest.mark.parametrize(
    ("columns", "role"),
    [
        ({"input": "2 3 4"}, "input"),
        ({"max input": "2 3 4"}, None),
        ({"input length": "2 3 4"}, None),
        ({"my input": "2 3 4"}, None),
        ({"my input": "$2 $3 $4"}, "my input"),
        ({"my input": "2 3 4", "input price": "1 2 3"}, "input price"),
        ({"input price": "-1 3 4"}, None),
    ],
)
def test_a_column_of_prices_speaks_of_them(columns: dict[str, str], role: str | None) -> None:
    """By its name, a currency or a bare word; what counts something else, or is below zero, is none."""
    found = priced(columns)
    assert (found[0].fields["input_usd_per_mtok"] if found else None) == role


def test_one_price_in_twenty_may_be_below_zero() -> None:
    """As lists write what is priced elsewhere."""
    for below, is_price in ((1, True), (2, False)):
        cells = " ".join(["-1"] * below + ["2"] * (20 - below))
        models = " ".join(f"m{at}" for at in range(20))
        assert bool(prices(seen({"model": models, "input price": cells}), Day())[0]) is is_price


def test_a_price_of_zero_or_none_is_not_stated() -> None:
    """A condition says so, and a comment that it was taken so."""
    (blank,) = priced({"input price": "2 - 4"})
    assert blank.where == {"input price": {"present": True, "not": ["-"]}}
    (free,) = priced({"input price": "2 0 4"})
    assert free.where == {"input price": {"min": 1e-12}}
    assert free.comments["where"] == "a price of zero is taken as not stated"
    (whole,) = priced({"input price": "0.1 0.5 1"})
    assert whole.where == {}
    assert "where" not in whole.comments


@pytest.mark.parametrize(
    ("columns", "constants", "fields"),
    [
        ({}, {"tier": "standard", "provider": "example.org", "seller": "shown"}, {}),
        ({"provider": "a b c"}, {"tier": "standard", "seller": "reseller"}, {"provider": "provider"}),
        (
            {"tier": "batch flex flex"},
            {"provider": "example.org", "seller": "shown"},
            {"tier": {"column": "tier", "default": "standard"}},
        ),
        (
            {"tier": "1 2 3", "lab": "a b c"},
            {"tier": "standard", "provider": "example.org", "seller": "shown"},
            {"organization": "lab"},
        ),
    ],
)
def test_who_asks_a_price_is_a_column_or_the_site(
    columns: dict[str, str], constants: dict[str, str], fields: dict[str, Any]
) -> None:
    """A person is asked who that is."""
    (record,) = priced({"input price": "2 3 4", **columns})
    assert record.constants == constants
    assert {name: record.fields.get(name) for name in fields} == fields
    assert record.comments["constants"].startswith("seller: ")
    (nameless,) = priced({"input price": "2 3 4"}, About("board"))
    assert nameless.constants["provider"] == "board"


def test_a_tier_may_have_columns_of_its_own() -> None:
    """They make a table each, in the unit of the others."""
    standard, batch, priority = priced(
        {
            "input per 1K tokens": "0.002 0.003 0.004",
            "batch input per 1K tokens": "0.001 0.002 0.003",
            "batch output per 1K tokens": "0.001 0.002 0.003",
            "priority input per 1K tokens": "0.1 0.2 0.3",
        }
        | {"input price per 1K tokens": "0.002 0.003 0.004"}
    )
    unit = {"unit": "per thousand tokens"}
    assert standard.fields["input_usd_per_mtok"] == {"column": "input price per 1K tokens", **unit}
    assert (batch.constants["tier"], priority.constants["tier"]) == ("batch", "priority")
    assert batch.fields == {
        "model_name": "model",
        "input_usd_per_mtok": {"column": "batch input per 1K tokens", **unit},
        "output_usd_per_mtok": {"column": "batch output per 1K tokens", **unit},
    }
    assert batch.where == {"batch input per 1K tokens": {"present": True}}


def test_another_currency_waits_for_a_person() -> None:
    """What one is worth is said with --usd; of several the first by name is asked for."""
    cells = {"model": "m1 m2 m3", "input price": "€2 €3 €4"}
    assert currency_of_prices(seen(cells)) == "EUR"
    assert currency_of_prices(seen({"model": "m1 m2 m3", "input price": "$2 $3 $4"})) is None
    assert currency_of_prices(seen({**cells, "output price": "£2 £3 £4"})) == "EUR"
    found, why_not = prices(seen(cells), Day())
    assert found == []
    assert why_not.startswith("its prices are in EUR: say what one EUR is in USD with --usd")
    (record,) = priced({"input price": "€2 €3 €4"}, About("board", usd=1.1))
    assert record.fields["input_usd_per_mtok"] == {"column": "input price", "usd": 1.1}


@pytest.mark.parametrize(
    ("columns", "unit", "comment"),
    [
        ({"model": "m1 m2", "input price": "2 3"}, {}, "taken as USD per million tokens; no known model"),
        ({"model": "m1 m2", "input price": "0.000002 0.000003"}, {"unit": "per token"}, "by the size"),
        ({"model": "m1 m2", "input price": "0 0"}, {}, "taken as USD"),
        ({"model": "gpt-4o m2", "input price": "2.5 3"}, {}, ""),
        (
            {"model": "gpt-4o claude-3.5-sonnet", "input price": "0.0025 0.003"},
            {"unit": "per thousand tokens"},
            "by the prices of known models",
        ),
        (
            {"model": "gpt-4o claude-3.5-sonnet", "input price": "250 300"},
            {"unit": "cents"},
            "by the prices of known models",
        ),
        (
            {"model": "gpt-4o claude-3.5-sonnet", "input price": "0.00025 0.0003"},
            {"unit": "per token", "scale": 0.01},
            "cents per token, by the prices of known models",
        ),
    ],
)
def test_the_unit_of_prices_is_told_by_known_models_or_by_size(
    columns: dict[str, str], unit: dict[str, Any], comment: str
) -> None:
    """Before that by the name of the column."""
    ((record,), _) = prices(seen(columns), Day())
    said = record.fields["input_usd_per_mtok"]
    assert said == ({"column": "input price", **unit} if unit else "input price")
    assert record.comments["input_usd_per_mtok"].startswith(comment)
    assert bool(record.comments["input_usd_per_mtok"]) is bool(comment)


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        ({"tokens per second": "80 90 99"}, {"output_tokens_per_second": "tokens per second"}),
        ({"ttft (ms)": "400 500 600"}, {"latency_seconds": {"column": "ttft (ms)", "unit": "milliseconds"}}),
        ({"latency": "0.4 0.5 0.6"}, {"latency_seconds": "latency"}),
        (
            {"tps": "80 90 99", "ttft": "0.4 0.5 0.6"},
            {"output_tokens_per_second": "tps", "latency_seconds": "ttft"},
        ),
    ],
)
def test_speeds_are_tokens_by_second_and_waits(columns: dict[str, str], fields: dict[str, Any]) -> None:
    """Waits may be in milliseconds; who answered is a column, or asked of a person."""
    (record,) = speeds(seen({"model": MODELS, **columns}), DAY)
    assert record.fields == {"model_name": "model", "valid_on": "date", **fields}
    assert record.constants == {"provider": "www.example.org"}
    assert record.comments == {"constants": "provider: who answered?"}
    assert record.where == {}
    (named,) = speeds(seen({"model": MODELS, "provider": "a b c", **columns}), Day())
    assert (named.fields["provider"], named.constants, named.comments) == ("provider", {}, {})
    assert "valid_on" not in named.fields


def test_no_speeds_without_models_or_without_any() -> None:
    """And a cell that says nothing is left out."""
    assert speeds(seen({"model": MODELS, "x": "1 2 3"}), DAY) == []
    assert speeds(seen({"x": "a b c", "y": "1 2 3"}), DAY) == []
    (record,) = speeds(seen({"model": MODELS, "tps": "80 - 99"}), Day())
    assert record.where == {"tps": {"present": True, "not": ["-"]}}
    (nameless,) = speeds(seen({"model": MODELS, "tps": "80 90 99"}, About("board")), Day())
    assert nameless.constants == {"provider": "board"}


# --- forms ------------------------------------------------------------------------------------------------


def test_a_draft_is_written_with_what_is_left_to_a_person() -> None:
    """Tables of one kind as a list; texts in quotes, and comments on one line."""
    said = RecordDraft(
        Kind.SCORE,
        {"model_name": "Model", "score": {"column": "a b", "unit": "percent"}},
        {"unit": "fraction"},
        {"a b": {"present": True, "min": 0.5, "not": ["-", 'q"']}},
        {"score": "is it\npercent?"},
    )
    draft = Draft(ABOUT, {"format": "csv", "header_row": 2}, (said, said), said=("one\ttwo",))
    assert written(draft).splitlines() == [
        "#:schema ./form.schema.json",
        "# one two",
        'title = "A board"',
        'homepage = "https://www.example.org/" # the page of its makers',
        'licence = "not looked up" # under which terms may its figures be used?',
        'credit = "www.example.org" # whom to credit',
        "shippable = false # true once the licence allows to hand the figures on",
        'url = "https://example.org/x"',
        'format = "csv"',
        "header_row = 2",
        'cadence = "1d"',
        *[
            "",
            "[[score]]",
            'model_name = "Model"',
            'score = { column = "a b", unit = "percent" } # is it percent?',
            'where = { "a b" = { present = true, min = 0.5, not = ["-", "q\\""] } }',
            'constants = { unit = "fraction" }',
        ]
        * 2,
    ]
    of_file = written(Draft(About("own", path="/x\x7f.csv"), {"a": False}, (RecordDraft(Kind.EVENT),)))
    assert 'homepage = "https://example.org/"' in of_file
    assert 'credit = "own"' in of_file
    assert 'path = "/x\\u007f.csv"\na = false\n' in of_file
    assert of_file.endswith("\n\n[event]\n")
    assert draft_of(json_of(draft)) == draft


def test_kinds_are_told_in_words() -> None:
    """Each that is proposed, and any other by its name."""
    assert kind_in_words(Kind.SCORE) == "scores of models"
    assert kind_in_words(Kind.SERIES_POINT) == "a series of figures over time"
    assert kind_in_words(Kind.BENCHMARK) == "benchmark"


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ("x", "x"),
        ({"column": "x", "unit": "u"}, "x"),
        ({"column": ["x", "y"]}, "x"),
        ({"formula": "{x}"}, ""),
        ("", ""),
    ],
)
def test_the_column_of_a_field_is_the_first_that_it_names(said: Any, column: str) -> None:
    """A field that is reckoned is read from none."""
    assert column_of(said) == column


def score_of(benchmark: str, column: str, **fields: Any) -> RecordDraft:
    return RecordDraft(
        Kind.SCORE,
        {"model_name": "Model", "score": {"column": column, "unit": "percent"}, **fields},
        {"benchmark_id": benchmark, "unit": "fraction"},
        {column: {"present": True}},
    )


TWO = Draft(ABOUT, {}, (score_of("x", "a"), score_of("y", "b", organization="Lab")))


def test_fields_that_all_tables_fill_alike_are_shown() -> None:
    """Those that are filled or needed come first; of one table all are shown."""
    fields = {field.name: field for field in fields_of(TWO)}
    assert "score" not in fields
    assert "benchmark_id" not in fields
    assert "organization" not in fields
    assert "valid_precision" not in fields
    assert (fields["model_name"].column, fields["model_name"].needed) == ("Model", True)
    assert (fields["unit"].constant, fields["unit"].is_fixed) == ("fraction", True)
    assert fields["reported_by"].is_fixed
    assert not fields["model_name"].is_fixed
    one = {field.name: field for field in fields_of(TWO, [1])}
    assert (one["score"].column, one["score"].unit, one["score"].is_figure) == ("b", "percent", True)
    assert not one["model_name"].is_figure
    assert (one["setting"].needed, one["url"].needed) == (False, False)
    filled = [bool(field.needed or field.column or field.constant) for field in fields_of(TWO, [1])]
    assert filled == sorted(filled, reverse=True)
    assert "vendor" in one["reported_by"].words


def test_tables_are_called_by_what_they_are_of() -> None:
    """Only where there are several; the benchmark that one describes is no choice."""
    described = RecordDraft(Kind.BENCHMARK, constants={"benchmark_id": "x"})
    assert tables_of(TWO) == {0: "x", 1: "y"}
    assert tables_of(Draft(ABOUT, {}, (described, score_of("x", "a")))) == {}
    assert tables_of(Draft(ABOUT, {}, (described, *TWO.records))) == {1: "x", 2: "y"}
    column = RecordDraft(Kind.SCORE, {"score": "a"})
    assert tables_of(Draft(ABOUT, {}, (column, RecordDraft(Kind.EVENT)))) == {0: "a", 1: "event"}


@pytest.mark.parametrize(
    ("choice", "score", "where"),
    [
        (Choice(), None, {}),
        (Choice("a"), "a", {"a": {"present": True}}),
        (Choice("a", "percent"), {"column": "a", "unit": "percent"}, {"a": {"present": True}}),
        (Choice("c"), "c", {"c": {"present": True}}),
        (Choice("c", "percent"), {"column": "c", "unit": "percent"}, {"c": {"present": True}}),
        (Choice(constant="7"), None, {"a": {"present": True}}),
    ],
)
def test_what_a_person_chose_for_a_field_holds(choice: Choice, score: Any, where: dict[str, Any]) -> None:
    """The condition goes along with the column; what is not chosen is not read."""
    found = chosen(TWO, {"score": choice}, [0])
    (record,) = found.records
    assert record.fields.get("score") == score
    assert record.where == where
    assert record.constants.get("score") == (choice.constant or None)
    assert record.constants["unit"] == "fraction"


def test_keys_of_a_field_stay_with_their_column_and_what_is_reckoned_stays() -> None:
    """A pattern is of one column's cells; a scale of one unit."""
    field = {"column": "a", "pattern": "x", "unit": "u", "scale": 2, "default": "d"}
    draft = Draft(ABOUT, {}, (score_of("x", "a", score=field, low={"formula": "{a}"}),))

    def said(choice: Choice) -> Any:
        return chosen(draft, {"score": choice, "low": Choice()}).records[0].fields["score"]

    assert said(Choice("a")) == {"column": "a", "pattern": "x", "scale": 2, "default": "d"}
    assert said(Choice("a", "v")) == {"column": "a", "pattern": "x", "default": "d", "unit": "v"}
    assert said(Choice("b")) == {"column": "b", "scale": 2, "default": "d"}
    assert chosen(draft, {"low": Choice()}).records[0].fields["low"] == {"formula": "{a}"}
    assert chosen(TWO, {}).records == TWO.records
