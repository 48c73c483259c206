"""Shapes that the bytes of a payload may have: formats, paths to rows, sheets, members of archives."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import pytest

from ingest.declared.guess.held import MOST_TRIED, archived, sqlite_tables
from ingest.declared.guess.paths_to_rows import DEEPEST, MOST_WAYS, ways_to_rows
from ingest.declared.guess.shapes import MOST_TABLES, Shape, possible_shapes

ROW = {"a": 1}


def ways(found: Any) -> list[Mapping[str, Any]]:
    return list(ways_to_rows(found))


@pytest.mark.parametrize(
    ("found", "first"),
    [
        ([ROW, ROW], {}),
        ({"rows": [ROW, ROW]}, {"rows": "rows"}),
        ({"a b": {"rows-2": [ROW, ROW]}}, {"rows": '"a b"."rows-2"'}),
        ([ROW, 1], None),  # half of them are objects
        ([ROW, ROW, 1], {}),
        ([["x", "y"], ["a", 1]], {"rows": "[1:]", "names": "[0]"}),
        ({"rows": [["x", "y"], ["a", 1]]}, {"rows": "rows[1:]", "names": "rows[0]"}),
        ([["x", "y"], ["a", "b"]], {}),
        ([["x", ""], ["a", 1]], {}),
        ({"rows": [["x", "y"], ["a", "b"]]}, None),
        ({"m1": {"x": ["t"]}, "m2": {"x": ["t"]}}, {}),
        ({"m1": {"x": "t"}, "b": 1}, None),  # half of the members are objects
        ({"x": {"0": 1, "1": 2}, "y": {"0": 3, "1": 4}}, {"layout": "columns"}),
        ({"t": {"x": {"0": 1}, "y": {"0": 3}}}, {"rows": "t", "layout": "columns"}),
        ({"x": [1, 2], "y": [3, 4]}, {"layout": "columns"}),
        ({"x": [1, 2], "y": [3]}, None),
        ({"x": [], "y": []}, None),
        ({"a": 1, "b": 2, "c": "x"}, {}),
        ({"a": 1, "b": 2}, None),
        ({"m1": [ROW, ROW], "m2": [ROW]}, {"parent": "@"}),
        ({"t": {"m1": [ROW, ROW], "m2": [ROW]}}, {"parent": "t"}),
        ({"m1": {"x": 1, "y": 2}, "m2": {"x": 1, "y": 2}}, {"parent": "@"}),
        ([{"n": 1, "r": [ROW, ROW]}, {"n": 2, "r": [ROW]}], {"parent": "@", "rows": "r"}),
        ({"t": [{"r": [ROW, ROW]}, {"r": [ROW]}]}, {"parent": "t", "rows": "r"}),
        ({"names": ["x", "y"], "data": [["a", "b"], ["c", "d"]]}, {"rows": "data", "names": "names"}),
        ({"names": ["x"], "data": [["a", "b"], ["c", "d"]]}, None),
        ([], None),
        ({}, None),
        (7, None),
        (["a", "b"], None),
    ],
)
def test_where_rows_may_lie_the_longest_list_first(found: Any, first: Mapping[str, Any] | None) -> None:
    """In lists, objects, columns, within parents, or under names that stand beside them."""
    assert next(iter(ways(found)), None) == first


def test_lists_within_most_objects_are_rows_and_those_within_few_are_none() -> None:
    """Half of the objects is enough; a list of anything else than objects is none."""
    with_two: list[Any] = [{"r": [ROW, ROW]}, {"r": [ROW, ROW]}, {"n": 1}, {"n": 2}]
    assert {"parent": "@", "rows": "r"} in ways(with_two)
    assert {"parent": "@", "rows": "r"} not in ways([*with_two, {"n": 3}])
    assert {"parent": "@", "rows": "r"} not in ways([{"r": [ROW]}, {"r": [1]}])
    assert {"parent": "@", "rows": "r"} in ways([{"r": {"x": ROW}}, {"r": {"y": ROW}}])


def test_ways_end_at_a_depth_a_width_and_a_number() -> None:
    """Below the fourth member nothing is looked for, nor within an object of more than sixty."""
    deep: Any = [ROW, ROW]
    for depth in range(DEEPEST):
        deep = {f"d{depth}": deep}
    assert ways(deep) == [{"rows": "d3.d2.d1.d0"}]
    assert ways({"d4": deep}) == []
    assert ways({f"k{at}": [ROW, ROW] if not at else True for at in range(60)})[0] == {"rows": "k0"}
    assert {"rows": "k0"} not in ways({f"k{at}": [ROW, ROW] if not at else True for at in range(61)})
    many = {f"k{at}": [ROW] * (at + 1) for at in range(14)} | {"x": 1}
    assert [way.get("rows") for way in ways(many)] == [f"k{at}" for at in range(13, 1, -1)]
    assert len(ways(many)) == MOST_WAYS == 12


def shapes(text: str, url: str = "https://a.example/x", content_type: str | None = None) -> list[Any]:
    return [dict(shape.keys) for shape in possible_shapes(text.encode(), content_type, url)]


PIPES = "| a | b |\n|---|---|\n| 1 | 2 |\n"


@pytest.mark.parametrize(
    ("text", "url", "found"),
    [
        ("a,b\n1,2\n", "x", [{"format": "csv"}]),
        ("a;b\n1;2\n", "x", [{"format": "csv", "separator": ";"}]),
        ("a\tb\n1\t2\n", "x", [{"format": "tsv"}]),
        ("a|b\n1|2\n", "x", [{"format": "csv", "separator": "|"}]),
        ("a\n1\n", "x", []),
        ("a,b\n", "x", []),
        ("about it\n\na,b\n1,2\n", "x", [{"format": "csv", "header_row": 3}]),
        ("Export,,\nof May,,\nm,s,t\n1,2,3\n", "x", [{"format": "csv", "header_row": 3}]),
        (",G,\nm,s,t\n1,2,3\n", "x", [{"format": "csv"}]),
        ("m,s,\n1,2,3\nx,y,z\n", "x", [{"format": "csv"}]),
        ('a,"b\nc",d\n1,2,3\n', "x", [{"format": "csv"}]),
        (PIPES, "x", [{"format": "markdown"}]),
        (f"{PIPES}\n\n{PIPES}", "x", [{"format": "markdown", "table": at} for at in (1, 2)]),
        ("# A 1\n\nx\n", "x.md", [{"format": "changelog"}]),
        ("A 1\n===\n\nx\n", "x.rst", [{"format": "changelog-rst"}]),
        ("= A\n\nx\n", "x.adoc", [{"format": "changelog-asciidoc"}]),
        ('{"a": 1}\n{"a": 2}\n', "x", [{"format": "jsonl"}]),
        ('{"a": 1', "x", []),
        ('[{"a": 1}]', "x", [{"format": "json"}]),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', "x", [{"format": "feed"}]),
        ("- a: 1\n- a: 2\n", "x", [{"format": "yaml"}]),
        ("a:\n  - x: 1\n  - x: 2\n", "x.yml", [{"format": "yaml", "rows": "a"}]),
        ("const t = [{a: 1}]", "x", [{"format": "javascript", "table": "t"}]),
        ("export default [{a: 1}]", "x.js", [{"format": "javascript"}]),
        ("a,b\n1,2\n", "x.js", []),
        ("<rss><channel></channel></rss>", "x", [{"format": "feed"}]),
        ("<html><p>x</p></html>", "x", [{"format": "changelog-html"}]),
    ],
)
def test_a_text_has_the_shapes_that_fit_it(text: str, url: str, found: list[dict[str, Any]]) -> None:
    """By how it begins, by its suffix, and by what can be read of it."""
    assert shapes(text, f"https://a.example/{url}") == found


def test_tables_of_a_page_are_numbered_where_there_are_several() -> None:
    """As many as are tried, and the page as a change log after them."""
    one = "<table><tr><td>x</td></tr></table>"
    assert shapes(f"<html>{one}</html>") == [{"format": "html"}, {"format": "changelog-html"}]
    many = shapes(f"<html>{one * (MOST_TABLES + 2)}</html>")
    assert many[:-1] == [{"format": "html", "table": at} for at in range(1, 13)]
    assert shapes(f"{PIPES}\n\n" * (MOST_TABLES + 2)) == [
        {"format": "markdown", "table": at} for at in range(1, 13)
    ]


def test_two_lines_in_a_hundred_tell_the_separator() -> None:
    """The sign that cuts most lines alike, and of as many the one that cuts them finer."""
    assert shapes("a;b,c\n1;2,3\n4;5,6\n7;8\n") == [{"format": "csv", "separator": ";"}]
    assert shapes("a;b,c,d\n1;2,3,4\n") == [{"format": "csv"}]
    lines = "words without any\n" * 199
    assert shapes(f"{lines}a,b\n1,2\n") == []


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ({"format": "csv"}, "1"),
        ({"format": "html", "table": 2}, "2"),
        ({"format": "json", "parent": "labs", "rows": "models"}, "labs models"),
        ({"format": "zip", "members": "*.csv"}, "*.csv"),
    ],
)
def test_a_table_is_called_by_what_leads_to_it(keys: dict[str, Any], name: str) -> None:
    """A number, a name, a path or files; where it is the only one, the first."""
    assert (Shape(keys).name, Shape(keys).format) == (name, keys["format"])


@pytest.mark.parametrize(
    ("start", "form"),
    [
        (b"PAR1", "parquet"),
        (b"ARROW1", "arrow"),
        (b"\xff\xff\xff\xff", "arrow"),
    ],
)
def test_bytes_are_known_by_their_beginning(start: bytes, form: str) -> None:
    """Whatever the address is called."""
    assert [shape.keys for shape in possible_shapes(start + b"x", None, "https://a.example/x.csv")] == [
        {"format": form}
    ]


def zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return held.getvalue()


def of_csv(_body: bytes, path: str) -> list[Mapping[str, Any]]:
    return [{"format": "csv", "seen": path}, {"format": "zip", "seen": path}]


def test_members_of_one_kind_are_one_table_then_each_alone() -> None:
    """The kind with the most bytes first, the largest member first; a single one is not named again."""
    body = zipped({"a.csv": b"x", "b.csv": b"xxx", "c.json": b"x" * 9, "d.png": b"x" * 99})
    found = [(keys["members"], keys["seen"]) for keys in archived(body, "x.zip", "zip", of_csv)]
    assert found == [("*.json", "c.json"), ("*.csv", "b.csv"), ("b.csv", "b.csv"), ("a.csv", "a.csv")]
    first = next(archived(body, "x.zip", "zip", of_csv))
    assert first == {"format": "zip", "members": "*.json", "member_format": "csv", "seen": "c.json"}
    many = zipped({f"{at}.csv": b"x" * (at + 1) for at in range(9)})
    members = [keys["members"] for keys in archived(many, "x.zip", "zip", of_csv)]
    assert members == ["*.csv", *(f"{at}.csv" for at in range(8, 2, -1))]
    assert MOST_TRIED == 6
    assert list(archived(b"no archive", "x.zip", "zip", of_csv)) == []


def test_tables_of_a_database_are_named_where_there_are_several() -> None:
    """SQLite's own are none; what is no database has none."""

    def tables(*names: str) -> list[Any]:
        with closing(sqlite3.connect(":memory:")) as connection:
            for name in names:
                connection.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY AUTOINCREMENT)")
            connection.commit()
            return list(sqlite_tables(connection.serialize()))

    assert tables("one") == [{}]
    assert tables("one", "two") == [{"table": "one"}, {"table": "two"}]
    assert len(tables(*(f"t{at}" for at in range(9)))) == 6
    assert list(sqlite_tables(b"x" * 2000)) == []


@pytest.mark.parametrize(("about", "line"), [(20, 21), (21, 1)])
def test_at_most_twenty_lines_about_a_table_stand_above_it(about: int, line: int) -> None:
    """Further down, a full line is a row like the others; the first line has the names then."""
    text = "Export,,\n" * about + "m,s,t\n" + "1,2,3\n"
    (shape,) = possible_shapes(text.encode(), None, "x")
    assert shape.keys.get("header_row", 1) == line
