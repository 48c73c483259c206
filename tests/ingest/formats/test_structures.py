"""Rows out of JSON, scripts and databases: by path, with their parents, by column, by name."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from ingest.errors import ParseError
from ingest.formats import sqlite_tables
from ingest.formats.javascript import assigned_in_javascript
from ingest.formats.patterns import LONGEST_PATTERN, PatternError, compiled, n_groups, searched
from ingest.formats.sqlite_tables import sqlite_table
from ingest.formats.structured import as_rows, frame_of_objects, rows_of, rows_of_columns, rows_with_names

WHERE = "the board"
NESTED = {
    "labs": {
        "a": {"maker": "A", "models": [{"name": "a1", "runs": [{"n": 1}, {"n": 2}]}]},
        "b": {"maker": "B", "models": [{"name": "b1"}]},
        "c": {"maker": "C"},
    }
}


@pytest.mark.parametrize(
    ("found", "rows"),
    [
        ([{"n": 1}, {"n": 2}], [{"n": 1}, {"n": 2}]),
        ([["x", 1], ["y"]], [{"1": "x", "2": 1}, {"1": "y"}]),
        (["x", 2], [{"value": "x"}, {"value": 2}]),
        ("x", [{"value": "x"}]),
        ({"a": {"n": 1}, "b": {"n": 2}}, [{"key": "a", "n": 1}, {"key": "b", "n": 2}]),
        (
            {"a": {"n": 1}, "b": {"n": 2}, "c": 3},
            [{"key": "a", "n": 1}, {"key": "b", "n": 2}, {"key": "c", "value": 3}],
        ),
        ({"a": {"n": 1}, "b": 2}, [{"a": {"n": 1}, "b": 2}]),
        ({"a": [1], "b": 2}, [{"a": [1], "b": 2}]),
        ({"a": 1, "b": 2}, [{"key": "a", "value": 1}, {"key": "b", "value": 2}]),
        ({}, []),
    ],
)
def test_what_is_found_is_rows_whatever_its_form(found: Any, rows: list[dict[str, Any]]) -> None:
    """An object is one of rows where most of its members are objects; else it is a row itself, or a list."""
    assert as_rows(found) == rows


def test_a_row_has_what_its_parents_say() -> None:
    """The innermost as `parent.`, the one around it as `parent.parent.`; one without rows gives none."""
    assert rows_of(NESTED, "models", ["labs"], WHERE) == [
        {"name": "a1", "runs": [{"n": 1}, {"n": 2}], "parent.maker": "A", "parent.key": "a"}
        | {"parent.models": '[{"name": "a1", "runs": [{"n": 1}, {"n": 2}]}]'},
        {"name": "b1", "parent.maker": "B", "parent.key": "b", "parent.models": '[{"name": "b1"}]'},
    ]
    found = rows_of(NESTED, "runs", ["labs", "models"], WHERE)
    assert [
        (
            row["n"],
            row["parent.name"],
            row["parent.key"],
            row["parent.parent.maker"],
            row["parent.parent.key"],
        )
        for row in found
    ] == [(1, "a1", 1, "A", "a"), (2, "a1", 1, "A", "a")]
    assert rows_of(NESTED, "labs", [], WHERE)[2] == {"key": "c", "maker": "C"}


@pytest.mark.parametrize(
    ("rows", "parents", "says"),
    [
        ("boards", [], "'boards', finds nothing in the board; at the top are labs"),
        ("x", ["boards"], "'boards', finds nothing"),
        ("x", ["labs"], "'x', finds nothing in any parent"),
    ],
)
def test_a_path_that_finds_nothing_is_told(rows: str, parents: list[str], says: str) -> None:
    """With what there is instead."""
    with pytest.raises(ParseError, match=says):
        rows_of(NESTED, rows, parents, WHERE)


def test_columns_become_rows() -> None:
    """Lists side by side, or objects by the names of their rows, where one may lack some."""
    assert rows_of_columns({"a": [1, 2], "b": ["x", "y"]}, WHERE) == [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]
    assert rows_of_columns({"a": {"0": 1, "1": 2}, "b": {"1": "y"}}, WHERE) == [
        {"key": "0", "a": 1, "b": None},
        {"key": "1", "a": 2, "b": "y"},
    ]
    for wrong, says in (
        ([], "no object of columns"),
        ({}, "no object of columns"),
        ({"a": [1], "b": [1, 2]}, r"not of one length \(a 1, b 2\)"),
        ({"a": [1], "b": {"0": 1}}, "not every column is a list"),
        ({"a": 1}, "not every column is a list"),
    ):
        with pytest.raises(ParseError, match=says):
            rows_of_columns(wrong, WHERE)


def test_rows_get_the_names_that_stand_elsewhere() -> None:
    """As texts, or as objects with a name or an id; a name that comes twice is told apart."""
    rows = as_rows([["x", 1, 2], ["y"]])
    names = ["model", {"name": "score"}, {"id": "score"}]
    first, second = rows_with_names(names, rows, WHERE)
    assert list(first.values()) == ["x", 1, 2]
    assert list(first)[:2] == ["model", "score"]
    assert len(first) == 3
    assert list(second.values()) == ["y", None, None]
    assert rows_with_names(["a", "b", "c"], rows, WHERE)[0] == {"a": "x", "b": 1, "c": 2}
    with pytest.raises(ParseError, match=r"more cells than there are column names \(2\)"):
        rows_with_names(["a", "b"], rows, WHERE)
    nothings: tuple[Any, ...] = ([], None, "model")
    for nothing in nothings:
        with pytest.raises(ParseError, match="finds no list of column names"):
            rows_with_names(nothing, rows, WHERE)


def test_objects_are_a_frame_of_texts() -> None:
    """Members of members under dotted names, lists as JSON, and what one lacks is null."""
    rows: list[dict[str, Any]] = [
        {"a": 1, "b": {"c": True, "d": {"e": 0.5}}},
        {"a": None, "f": ["é", 2], "b": {"c": False}},
    ]
    assert frame_of_objects(rows, WHERE).to_dicts() == [
        {"a": "1", "b.c": "true", "b.d.e": "0.5", "f": None},
        {"a": None, "b.c": "false", "b.d.e": None, "f": '["é", 2]'},
    ]
    with pytest.raises(ParseError, match="different names of fields: too many"):
        frame_of_objects([{str(at): 1 for at in range(200_000)}], WHERE)


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("const rows = [{model: 'a', score: 1,},]; const other = [2]", "rows", [{"model": "a", "score": 1}]),
        ("const rows = [1]; window.other = [2]", "other", [2]),
        ("const rows: Row[] = [1]", "rows", [1]),
        ("x({rows: [3]})", "rows", [3]),
        ("export default {a: 1}", None, {"a": 1}),
        ("[4]", None, [4]),
        (r"""const rows = JSON.parse('[{"a": "it\'s"}]')""", "rows", [{"a": "it's"}]),
        ('const rows = `[{"a": "\\\\u00e9\\\\n"}]`', "rows", [{"a": "é\n"}]),
        ("const rows = `- a: 1\\n- a: 2\\n`", "rows", [{"a": 1}, {"a": 2}]),
        ('const rows = "[\\x31, \\u0032, \\u{33}]"', "rows", [1, 2, 3]),
    ],
)
def test_what_a_script_assigns_is_read_and_never_run(text: str, name: str | None, found: Any) -> None:
    """By its name, or the first that there is; a text is read as the JSON or YAML that it holds."""
    assert assigned_in_javascript(text, name, WHERE) == found


@pytest.mark.parametrize(
    ("text", "name"), [("const other = [1]", "rows"), ("alert()", None), ("rows = [1", "rows")]
)
def test_a_script_that_assigns_nothing_is_told(text: str, name: str | None) -> None:
    """Or nothing that can be read."""
    with pytest.raises(ParseError, match="the board assigns no object"):
        assigned_in_javascript(text, name, WHERE)


@pytest.fixture
def database() -> bytes:
    """Two tables, a view between them, and cells of every kind."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute('CREATE TABLE "of ""models""" (name, score)')
        connection.executemany(
            'INSERT INTO "of ""models""" VALUES (?, ?)', [("a", 0.5), (None, 1), (b"x", "é")]
        )
        connection.execute('CREATE VIEW seen AS SELECT * FROM "of ""models"""')
        connection.execute("CREATE TABLE notes (text)")
        connection.execute("INSERT INTO notes VALUES ('n')")
        connection.commit()
        return connection.serialize()


def test_a_table_of_a_database_is_read_by_name_or_place(database: bytes) -> None:
    """The first where none is named; bytes are no text, and a view is no table."""
    first = sqlite_table(database, WHERE, None).frame
    assert first.to_dict(as_series=False) == {"name": ["a", None, None], "score": ["0.5", "1", "é"]}
    assert sqlite_table(database, WHERE, 1).frame.equals(first)
    assert sqlite_table(database, WHERE, 'of "models"').frame.equals(first)
    for wanted in (2, "notes"):
        assert sqlite_table(database, WHERE, wanted).frame["text"].to_list() == ["n"]
    for wrong in (3, "seen", "none", -1):
        with pytest.raises(ParseError, match='its tables are: of "models", notes'):
            sqlite_table(database, WHERE, wrong)
    with pytest.raises(ParseError, match="is not a readable SQLite file"):
        sqlite_table(database[:1000], WHERE, None)


@pytest.mark.parametrize(("most", "is_read"), [(1_500, False), (4_500, True)])
def test_a_table_that_takes_too_long_is_refused(
    most: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three steps a row are what a table of one column takes."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE one (n)")
        connection.executemany("INSERT INTO one VALUES (?)", [(number,) for number in range(1_000)])
        connection.commit()
        body = connection.serialize()
    monkeypatch.setattr(sqlite_tables, "MOST_STEPS", most)
    monkeypatch.setattr(sqlite_tables, "_STEPS_A_LOOK", 100)
    if is_read:
        assert sqlite_table(body, WHERE, None).frame.height == 1_000
        return
    with pytest.raises(ParseError, match="interrupted"):
        sqlite_table(body, WHERE, None)


def test_a_pattern_from_outside_finds_its_first_group() -> None:
    """Or the whole match; what would have to go back is no pattern here, and no text is too long for one."""
    assert searched(r"v(\d+)-(\d+)", "a v12-3 v4-5") == "12"
    assert searched(r"v\d+", "a v12") == "v12"
    assert searched(r"v\d+", "a") is None
    assert (n_groups("a"), n_groups("(a)(b)")) == (0, 2)
    assert compiled("a" * LONGEST_PATTERN)
    for wrong in ("(", r"(a)\1", "(?=a)", "a" * (LONGEST_PATTERN + 1)):
        with pytest.raises(PatternError):
            compiled(wrong)
    assert searched("(a*)*b", "a" * 100_000) is None
