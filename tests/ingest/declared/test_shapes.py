"""Every example of docs/add_a_source.md gives the records that stand below it."""

from __future__ import annotations

import gzip
import io
import re
import sqlite3
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import polars as pl
import pytest
import zstandard

from ingest.declared.parse import source_from_toml
from ingest.errors import ParseError
from ingest.records import Kind, Records, check
from ingest.source import Payload
from tests.places import ROOT

HEAD: Final = """title = "Example"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
url = "https://example.org/x"
cadence = "1d"
"""
SCORE: Final = """
[score]
model_name = "Model"
score = { column = "Score", unit = "percent" }
constants = { benchmark_id = "own-board", unit = "fraction", reported_by = "community" }
"""


def tarred(text: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo("data/board.csv")
        member.size = len(text.encode())
        archive.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


def in_sqlite(text: str) -> bytes:
    frame = pl.read_csv(text.encode())
    with sqlite3.connect(":memory:") as database:
        columns = ", ".join(f'"{name}"' for name in frame.columns)
        database.execute("CREATE TABLE other (x)")
        database.execute(f"CREATE TABLE board ({columns})")
        marks = ", ".join("?" * frame.width)
        database.executemany(f"INSERT INTO board VALUES ({marks})", frame.rows())
        database.commit()
        return database.serialize()


def in_arrow(text: str) -> bytes:
    buffer = io.BytesIO()
    pl.read_csv(text.encode()).write_ipc(buffer)
    return buffer.getvalue()


PACKED: Final[Mapping[str, Callable[[str], bytes]]] = {
    "": str.encode,
    "gbk": lambda text: text.encode("gbk"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "tar": tarred,
    "sqlite": in_sqlite,
    "arrow": in_arrow,
}


@dataclass(frozen=True, slots=True)
class Example:
    """What is served, the form, and the records below it: their kind, fields and cells."""

    title: str
    body: bytes
    form: str
    kind: str
    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def examples() -> list[Example]:
    text = (ROOT / "docs" / "add_a_source.md").read_text(encoding="utf-8")
    part = text.partition("<!-- examples -->")[2].partition("<!-- end of examples -->")[0]
    found = []
    for title, section in re.findall(r"^### ([^\n]+)\n(.*?)(?=^### |\Z)", part, re.DOTALL | re.MULTILINE):
        (how, served), (_, form), (_, gives) = re.findall(r"```\w+ ?(\w*)\n(.*?)```", section, re.DOTALL)
        head, *lines = gives.strip().splitlines()
        kind, _, fields = head.partition(": ")
        rows = tuple(tuple(line.split(", ")) for line in lines)
        found.append(Example(title, PACKED[how](served), form, kind, tuple(fields.split(", ")), rows))
    return found


def parsed(form: str, body: bytes, content_type: str | None = None) -> Records:
    source = source_from_toml(HEAD + form, "example")
    as_of = datetime(2026, 6, 1, tzinfo=UTC)
    payload = Payload(source.id, "https://example.org/x", as_of, "0" * 64, body, content_type)
    return check(source.parse((payload,)))


def written(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.title)
def test_an_example_gives_the_records_below_it(example: Example) -> None:
    """Each shape is taken in by the few lines that the page shows, with nothing refused."""
    records = parsed(example.form, example.body)
    frame = records.frames[Kind(example.kind)].select(example.fields)
    assert tuple(tuple(map(written, row)) for row in frame.iter_rows()) == example.rows
    assert records.refused.is_empty()


def test_the_page_has_an_example_of_every_shape() -> None:
    """One for each key of a form that says how rows come about."""
    forms = " ".join(example.form for example in examples())
    for key in (
        "separator",
        "encoding",
        "decimal",
        "currency",
        "parent",
        "layout",
        "names",
        "header_rows",
        "member_format",
        "pivot",
        "derive",
        "formula",
        "other",
        "default",
    ):
        assert re.search(rf"\b{key}\b", forms), key


def test_a_charset_of_the_header_is_used() -> None:
    """Without a word in the form."""
    form = 'format = "csv"\n' + SCORE.replace('"Model"', '"模型"').replace('"Score"', '"分数"')
    records = parsed(form, "模型,分数\n通用-1,81\n".encode("gbk"), "text/csv; charset=GBK")
    assert records.frames[Kind.SCORE]["model_name"].to_list() == ["通用-1"]


def test_zstd_is_unpacked_as_gzip_is() -> None:
    """Whatever the name of the file."""
    records = parsed('format = "csv"\n' + SCORE, zstandard.compress(b"Model,Score\nalpha-1,81\n"))
    assert records.frames[Kind.SCORE].height == 1


@pytest.mark.parametrize(
    ("form", "body", "says"),
    [
        ('format = "csv"\nencoding = "gbk"', b"Model,Score\n\xff\xff\xff,1\n", "not text in gbk"),
        ('format = "csv"', b"Model;Score\nalpha;1\n", 'separator = ";" may be what the form lacks'),
        ('format = "json"\nlayout = "columns"', b'{"Model": ["a", "b"], "Score": [1]}', "not of one length"),
        (
            'format = "json"\nrows = "data"\nnames = "cols"',
            b'{"data": [[1,2,3]], "cols": ["Model"]}',
            "more cells",
        ),
        ('format = "json"\nparent = "models"\nrows = "results"', b'{"model": []}', "finds nothing"),
        ('format = "javascript"\ntable = "board"', b"var other = [1];", "assigns no object"),
        ('format = "sqlite"', b"SQLite format 3\0 and more", "not a readable SQLite file"),
        ('format = "sqlite"\ntable = "x"', in_sqlite("Model,Score\na,1\n"), "its tables are: other, board"),
        ('format = "arrow"', b"ARROW1\0\0 and more", "not a readable Arrow file"),
        ('format = "tar"', b"no archive at all" * 100, "not a readable tar archive"),
    ],
)
def test_another_shape_is_an_error_in_words(form: str, body: bytes, says: str) -> None:
    """The message says what is wrong, and where it can, what the form lacks."""
    with pytest.raises(ParseError, match=re.escape(says)):
        parsed(form + "\n" + SCORE, body)


def test_figures_that_contradict_each_other_are_not_pivoted() -> None:
    """Neither of them is taken; the others are."""
    form = """format = "csv"
pivot = { keep = ["model"], name = "field", value = "new" }
[price]
model_name = "model"
input_usd_per_mtok = "input"
output_usd_per_mtok = "output"
constants = { provider = "shop", tier = "standard", seller = "reseller" }
"""
    body = b"model,field,new\na,input,1\na,input,2\na,output,3\nb,input,1\nb,output,1\nb,,5\n"
    records = parsed(form, body)
    prices = records.frames[Kind.PRICE].select("model_name", "input_usd_per_mtok").rows()
    assert prices == [("a", None), ("b", 1.0)]
    assert sorted(records.refused["reason"].unique()) == [
        "contradicts another figure of the same thing",
        "field does not say of what the figure is",
    ]


def test_a_key_that_json_states_twice_is_told() -> None:
    """The row is taken from the last one, and the quarantine says so."""
    body = b'[{"Model": "alpha-1", "Score": 80, "Score": 81}]'
    records = parsed('format = "json"\n' + SCORE, body)
    assert records.frames[Kind.SCORE]["score"].to_list() == [0.81]
    assert "the key 'Score' is stated twice" in records.refused["reason"][0]


def test_objects_whose_names_are_data_are_refused_before_they_fill_the_memory() -> None:
    """Thousands of rows that share no name make no table."""
    rows = ",".join(f'{{"k{n}": 1}}' for n in range(30_000))
    with pytest.raises(ParseError, match="different names of fields"):
        parsed('format = "json"\n' + SCORE, f"[{rows}]".encode())


def test_views_of_an_sqlite_file_are_not_read() -> None:
    """They run what the author of the file wrote."""
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE t (Model, Score)")
        database.execute("CREATE VIEW board AS SELECT randomblob(1000000000) AS Model, 1 AS Score")
        database.commit()
        body = database.serialize()
    with pytest.raises(ParseError, match="its tables are: t"):
        parsed('format = "sqlite"\ntable = "board"\n' + SCORE, body)
