"""A payload as tables by what its form says: format, encoding, which table, member and line of names."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from ingest.declared.form import TableForm
from ingest.errors import ParseError
from ingest.formats.tables import Served, read_tables, served
from ingest.formats.workbooks import workbook_table
from ingest.source import Payload
from tests.workbooks import workbook

URL = "https://x.example/d"


def read(body: bytes | str, charset: str | None = None, **how: Any) -> pl.DataFrame:
    said = Served(body.encode() if isinstance(body, str) else body, URL, date(2026, 6, 1), charset)
    (table,) = read_tables(said, TableForm(**how))
    return table.frame


def test_a_payload_is_served_with_its_charset_and_its_day() -> None:
    """As its type says, else its headers."""
    at = datetime(2026, 6, 1, 23, tzinfo=UTC)
    plain = Payload(
        "s", URL, at, "0" * 64, b"x", "text/csv; charset=gbk", {"content-type": "x; charset=cp1252"}
    )
    assert served(plain) == Served(b"x", URL, date(2026, 6, 1), "gbk")
    headers = Payload("s", URL, at, "0" * 64, b"x", None, {"content-type": "text/csv; charset=cp1252"})
    assert served(headers).charset == "cp1252"
    assert read("m\nmodèle\n".encode("cp1252"), "cp1252", format="csv")["m"].to_list() == ["modèle"]
    assert read("m\nпривет\n".encode("koi8-r"), encoding="koi8-r", format="csv")["m"].to_list() == ["привет"]


@pytest.mark.parametrize(
    ("body", "how", "rows"),
    [
        ("a,b\n1,2\n", {"format": "csv"}, [("1", "2")]),
        ("a\tb\n1\t2\n", {"format": "tsv"}, [("1", "2")]),
        ("a;b\n1;2\n", {"format": "csv", "separator": ";"}, [("1", "2")]),
        ("about\n\na,b\n1,2\n", {"format": "csv", "header_row": 3}, [("1", "2")]),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), {"format": "csv"}, [("1", "2")]),
        ('[{"a": 1}]', {"format": "json"}, [("1",)]),
        ('{"x": [{"a": 1}]}', {"format": "json", "rows": "x"}, [("1",)]),
        ('{"a": [1, 2], "b": [3, 4]}', {"format": "json", "layout": "columns"}, [("1", "3"), ("2", "4")]),
        ('{"t": {"a": [1]}}', {"format": "json", "layout": "columns", "rows": "t"}, [("1",)]),
        ('{"n": ["a"], "r": [[1]]}', {"format": "json", "rows": "r", "names": "n"}, [("1",)]),
        ('{"a": 1}\n{"a": 2}\n', {"format": "jsonl"}, [("1",), ("2",)]),
        ("- a: 1\n", {"format": "yaml"}, [("1",)]),
        ("const t = [{a: 1}]; const u = [{a: 2}]", {"format": "javascript", "table": "u"}, [("2",)]),
        ("const t = [{a: 1}]", {"format": "javascript", "table": 1}, [("1",)]),
        ("| a |\n|---|\n| 1 |\n\n| b |\n|---|\n| 2 |\n", {"format": "markdown", "table": 2}, [("2",)]),
        ("| a |\n|---|\n| 1 |\n\n| b |\n|---|\n| 2 |\n", {"format": "markdown"}, [("1",)]),
        ("| a |\n|---|\n| 1 |\n\n| bee |\n|---|\n| 2 |\n", {"format": "markdown", "table": "ee"}, [("2",)]),
        (
            "<table><tr><th>a</th></tr><tr><th>b</th></tr><tr><td>1</td></tr></table>",
            {"format": "html", "header_rows": 2},
            [("1",)],
        ),
    ],
)
def test_a_form_says_how_bytes_become_rows(body: bytes | str, how: dict[str, Any], rows: list[Any]) -> None:
    """Text in a compressed file is unpacked first."""
    assert read(body, **how).rows() == rows


@pytest.mark.parametrize(
    ("body", "how", "says"),
    [
        (b" \n\0", {"format": "csv"}, "answered with an empty body"),
        ("x", {"format": "other"}, "the format 'other' is not known"),
        ("<html><body>x</body></html>", {"format": "csv"}, "answered with a web page, not CSV"),
        ("<html><body>x</body></html>", {"format": "json"}, "answered with a web page, not JSON"),
        ("| a |\n|---|\n", {"format": "markdown", "table": 2}, "has no table 2; it has 1 tables"),
        ("| a |\n|---|\n", {"format": "markdown", "table": "z"}, "has no table 'z'; it has 1 tables"),
        ("no table", {"format": "markdown"}, "has no table; it has 0 tables"),
        ("| a |\n|---|\n", {"format": "markdown", "table": -1}, "has no table -1"),
    ],
)
def test_what_a_form_does_not_find_is_told(body: bytes | str, how: dict[str, Any], says: str) -> None:
    """With what there is."""
    with pytest.raises(ParseError, match=says):
        read(body, **how)


def zipped(files: Mapping[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return held.getvalue()


def test_members_of_an_archive_are_tables_of_their_own() -> None:
    """By a pattern of the path or of the name alone."""
    said = Served(
        zipped({"x/a.csv": "m\n1\n", "b.csv": "m\n2\n", "c.json": '[{"m": 3}]'}), URL, date(2026, 6, 1)
    )
    assert [(one.name, one.frame["m"].to_list()) for one in read_tables(said, TableForm("zip"))] == [
        ("x/a.csv", ["1"]),
        ("b.csv", ["2"]),
    ]
    by_path = TableForm("zip", members="x/*.csv")
    assert [one.name for one in read_tables(said, by_path)] == ["x/a.csv"]
    of_json = TableForm("zip", members="*.json", member_format="json")
    assert read_tables(said, of_json)[0].frame["m"].to_list() == ["3"]
    with pytest.raises(ParseError, match=r"holds no member that matches '\*\.txt'"):
        read_tables(said, TableForm("zip", members="*.txt"))


def test_rows_and_parents_may_be_said_anew() -> None:
    """Of one kind of records; keys that are stated twice are told."""
    body = b'{"labs": [{"n": "A", "models": [{"m": 1}]}], "other": [{"m": 2}], "x": 1, "x": 2}'
    said, form = Served(body, URL, date(2026, 6, 1)), TableForm("json", rows="other")
    (plain,) = read_tables(said, form)
    assert plain.frame["m"].to_list() == ["2"]
    assert [item.reason for item in plain.unfit] == [
        "the key 'x' is stated twice: 1, then 2; the last one is taken"
    ]
    (inner,) = read_tables(said, form, "models", ("labs",))
    assert inner.frame.select("m", "parent.n").rows() == [("1", "A")]


def test_columns_of_other_types_become_texts() -> None:
    """Members of a structure under dotted names, at any depth; lists are left out."""
    held = io.BytesIO()
    pl.DataFrame({"a": [1], "s": [{"b": {"c": 1.5}, "d": "x"}], "l": [[1]]}).write_parquet(held)
    frame = read(held.getvalue(), format="parquet")
    assert frame.to_dicts() == [{"a": "1", "s.b.c": "1.5", "s.d": "x"}]


@pytest.mark.parametrize(
    ("sheet", "header_row", "header_rows", "columns", "rows"),
    [
        (None, 1, 1, ["a", "b"], [("x", "y"), ("1", "2")]),
        ("Data", 1, 1, ["a", "b"], [("x", "y"), ("1", "2")]),
        (1, 1, 1, ["a", "b"], [("x", "y"), ("1", "2")]),
        (None, 2, 1, ["x", "y"], [("1", "2")]),
        (None, "x", 1, ["x", "y"], [("1", "2")]),
        (None, 1, 2, ["a x", "b y"], [("1", "2")]),
    ],
)
def test_a_sheet_is_found_by_name_or_place(
    sheet: str | int | None, header_row: int | str, header_rows: int, columns: list[str], rows: list[Any]
) -> None:
    """And its names in the line that is said."""
    body = workbook([["a", "b"], ["x", "y"], [1, 2]])
    table = workbook_table(body, URL, sheet, header_row, header_rows)
    assert (table.frame.columns, table.frame.rows()) == (columns, rows)


@pytest.mark.parametrize(
    ("body", "sheet", "says"),
    [
        (workbook([["a"]]), 2, "has no sheet 2; it has Data"),
        (workbook([["a"]]), 0, None),
        (workbook([["a"]]), -1, "has no sheet -1; it has Data"),
        (workbook([["a"]]), "Other", "has no sheet 'Other'; it has Data"),
        (b"PK\x03\x04 no book", None, "is not a readable workbook"),
        (b"<html>", None, "answered with a web page, not a workbook"),
    ],
)
def test_what_is_no_sheet_is_told(body: bytes, sheet: str | int | None, says: str | None) -> None:
    """With the names that there are."""
    if says is None:
        assert workbook_table(body, URL, sheet, 1).frame.columns == ["a"]
        return
    with pytest.raises(ParseError, match=says):
        workbook_table(body, URL, sheet, 1)
