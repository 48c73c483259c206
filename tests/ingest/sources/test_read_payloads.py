"""What readers of payloads share: types of cells, refusals by name, lost keys, units that are not guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Kind
from ingest.source import Payload
from ingest.sources._payloads import (
    FEWEST_TO_JUDGE,
    csv_of_bytes,
    day,
    day_precision,
    need_columns,
    need_keys,
    need_percent,
    number,
    read_csv,
    read_json,
    read_json_of,
    read_rows,
    read_yaml,
    unfit_lines,
)

URL = "https://x.example/d"
SCHEMA = pl.Schema(
    {
        "model_name": pl.String,
        "score": pl.Float64,
        "trials": pl.Int64,
        "valid_on": pl.Date,
        "own": pl.Boolean,
    }
)


def payload(
    body: bytes = b"", content_type: str | None = None, headers: Mapping[str, str] | None = None
) -> Payload:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    return Payload("s", URL, at, "0" * 64, body, content_type, headers or {})


def rows(*members: Any, name: Any = None) -> tuple[list[Any], list[dict[str, Any]]]:
    """The rows of members that are rows themselves, and their refusals."""
    told = {"name": name} if name else {}
    found = read_rows(payload(), Kind.SCORE, list(members), lambda one: [one], SCHEMA, **told)
    return found.frame.rows(), found.refused.to_dicts()


@pytest.mark.parametrize(
    ("name", "value", "cell"),
    [
        ("score", 1, 1.0),
        ("score", "1.5", 1.5),
        ("trials", 7.0, 7),
        ("trials", "7", 7),
        ("trials", 2**62, 2**62),
        ("valid_on", date(2026, 5, 4), date(2026, 5, 4)),
        ("valid_on", datetime(2026, 5, 4, 12, tzinfo=UTC), date(2026, 5, 4)),
        ("own", True, True),
        ("score", None, None),
    ],
)
def test_a_cell_is_of_its_type(name: str, value: object, cell: object) -> None:
    """Numbers in quotes are numbers; what is not stated is null, and no fault."""
    found, refused = rows({"model_name": "m", "score": 0.5, name: value})
    wanted = {"model_name": "m", "score": 0.5, "trials": None, "valid_on": None, "own": None, name: cell}
    assert found == [tuple(wanted.values())]
    assert refused == []


@pytest.mark.parametrize(
    ("name", "value", "wanted", "is_kept"),
    [
        ("trials", 7.5, "a whole number", True),
        ("trials", 2**63, "a whole number", True),
        ("trials", True, "a whole number", True),
        ("trials", "x", "a whole number", True),
        ("trials", [1], "a whole number", True),
        ("own", 1, "true or false", False),
        ("valid_on", "2026-05-04", "a date", False),
        ("score", "nan", "a number", False),
        ("score", "inf", "a number", False),
        ("score", {"x": 1}, "a number", False),
        ("model_name", True, "a text", False),
    ],
)
def test_a_cell_of_another_type_is_told_and_its_row_kept_where_it_can_do_without(
    name: str, value: object, wanted: str, is_kept: bool
) -> None:
    """Not where the record needs the field, has it in its key, or does not know it."""
    found, refused = rows({"model_name": "m", "score": 0.5, name: value})
    assert len(found) == is_kept
    assert [row["reason"] for row in refused] == [f"{name}: {value!r} is not {wanted}"]
    assert json.loads(refused[0]["row"])[name] == value if value != "x" else True


def test_a_member_that_fails_is_refused_under_its_name() -> None:
    """What it lacks is said; where all fail the payload is not what it should be."""

    def read(member: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        yield {"model_name": member["id"], "score": member["score"]}

    def tried(*members: Any) -> Any:
        named = {"name": lambda one: one["id"]}
        return read_rows(payload(), Kind.SCORE, list(members), read, SCHEMA, **named)

    found = tried({"id": "m", "score": 1}, {"id": "n"}, 7)
    assert found.frame["model_name"].to_list() == ["m"]
    assert [json.loads(row)["said"] for row in found.refused["row"]] == [{"id": "n"}, 7]
    assert json.loads(found.refused["row"][0])["model_name"] == "n"
    assert found.refused["reason"].to_list()[0] == "it has no 'score'"
    assert found.refused["reason"].to_list()[1].startswith("it is not of the usual form (")
    with pytest.raises(ParseError, match=rf"^s: {URL}: cannot be read: it has no 'score'; it reads "):
        tried({"id": "n"})
    with pytest.raises(ParseError, match=r"not one of 2 entries could be read: it has no 'score'"):
        tried({"id": "n"}, {"id": "o"})
    assert tried().frame.is_empty()


@pytest.mark.parametrize(("length", "is_cut"), [(1900, False), (2100, True)])
def test_a_long_member_is_cut_in_its_refusal(length: int, is_cut: bool) -> None:
    """From two thousand characters on, each value to two hundred."""
    _, refused = rows(
        {"model_name": "m", "score": "x", "note": "y" * length}, {"model_name": "n", "score": 1}
    )
    assert json.loads(refused[0]["row"])["note"] == "y" * (200 if is_cut else length)
    _, (foreign,) = rows(
        {"model_name": "通义", "score": "x", "note": "y" * length}, {"model_name": "n", "score": 1}
    )
    assert "通义" in foreign["row"]  # a person reads it


def test_lost_columns_and_keys_are_named_with_those_that_are_there() -> None:
    """A key that any entry has is there; fewer entries than were asked for say nothing."""
    need_columns(payload(), ["a", "b"], ["a"])
    with pytest.raises(ParseError, match=rf"^s: {URL} has no column c, d; it has a, b$"):
        need_columns(payload(), ["a", "b"], ["c", "a", "d"])
    need_keys(payload(), [{"a": 1}, {"b": 1}, 7], ["a", "b"])
    need_keys(payload(), [], ["a"])
    need_keys(payload(), [{"b": 1}], ["a"], fewest=2)
    with pytest.raises(ParseError, match=rf"^s: {URL}: no entry has 'a', 'c'; they have b$"):
        need_keys(payload(), [{"b": 1}, {"b": 2}], ["a", "b", "c"], fewest=2)
    with pytest.raises(ParseError, match=r"they have nothing$"):
        need_keys(payload(), [7], ["a"])
    with pytest.raises(ParseError) as error:
        need_keys(payload(), [{f"k{at}": 1 for at in range(50)}], ["a"])
    assert str(error.value).endswith("k38, k39")


@pytest.mark.parametrize(
    ("figures", "is_percent"),
    [
        ([0.5] * 5, False),
        ([0.5] * 4 + [1], False),
        ([0.5] * 4 + [1.01], True),
        ([0.5] * 4, True),
        ([0.5] * 4 + [0, None, "1"], True),
        ([0] * 9, True),
        ([50] * 5, True),
    ],
)
def test_five_figures_of_which_none_exceeds_one_are_no_percent(figures: list[Any], is_percent: bool) -> None:
    """Nought, and what is no figure, does not count."""
    assert FEWEST_TO_JUDGE == 5
    if is_percent:
        need_percent(payload(), figures, "the score")
        return
    with pytest.raises(ParseError, match="the score should be percent, but none of 5 figures exceeds 1"):
        need_percent(payload(), figures, "the score")


@pytest.mark.parametrize(
    ("content_type", "headers", "encoding"),
    [
        ("application/json; charset=cp1252", {}, "cp1252"),
        (None, {"content-type": "text/csv; charset=gbk"}, "gbk"),
        ("application/json; charset=utf-8", {}, "utf-8"),
        (None, {}, "utf-8"),
    ],
)
def test_a_body_is_read_in_the_charset_that_its_server_names(
    content_type: str | None, headers: dict[str, str], encoding: str
) -> None:
    """Whichever reader it is."""
    text = {"gbk": "通用"}.get(encoding, "modèle")
    body = json.dumps({"a": text}, ensure_ascii=False).encode(encoding)
    assert read_json(payload(body, content_type, headers)) == {"a": text}
    assert read_yaml(payload(body, content_type, headers)) == {"a": text}
    table = read_csv(payload(f"a\n{text}\n".encode(encoding), content_type, headers))
    assert table.frame["a"].to_list() == [text]


def test_keys_that_are_stated_twice_are_refusals() -> None:
    """With the address; the last one counts."""
    found, refused = read_json_of(payload(b'{"a": 1, "a": 2}'), Kind.PRICE)
    assert found == {"a": 2}
    assert refused.select("kind", "reason").rows() == [
        ("price", "the key 'a' is stated twice: 1, then 2; the last one is taken")
    ]
    assert URL in refused["row"][0]


def test_separated_cells_are_trimmed_and_blanks_are_null() -> None:
    """A page is none, and a line with too many cells is told."""
    table = csv_of_bytes(b" a ,b\n x , \n1,2,3\n", "d.csv")
    assert table.frame.rows() == [("x", None)]
    assert table.frame.columns == ["a", "b"]
    assert unfit_lines(Kind.SCORE, table)["reason"].to_list() == [
        "the line has more cells than there are columns"
    ]
    with pytest.raises(ParseError, match=r"^d\.csv is a page of HTML or XML where CSV was expected$"):
        csv_of_bytes(b"\n <table><tr></tr></table>", "d.csv")


def test_texts_become_numbers_and_days_where_they_are_some() -> None:
    """Anything else is null, and a day has its precision."""
    frame = pl.DataFrame(
        {"n": [" 1.5 ", "x", "inf", "nan", None], "d": ["2026-05-04T10", "2026-05", "x", None, ""]}
    )
    found = frame.select(number("n"), day("d"), precision=day_precision(day("d")))
    assert found["n"].to_list() == [1.5, None, None, None, None]
    assert found["d"].to_list() == [date(2026, 5, 4), None, None, None, None]
    assert found["precision"].to_list() == ["day", None, None, None, None]
