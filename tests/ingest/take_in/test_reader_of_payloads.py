"""What the child that parses does with one payload, done here: its limits, and each kind of answer."""

from __future__ import annotations

import json
import resource
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.declared.guess.drafts import TableFound
from ingest.records import Kind, Records
from ingest.take_in import parse_child
from ingest.take_in.guessing import Guessed
from ingest.take_in.parse_child import WALL_PER_PROCESSOR, _begin, _limit, _Reader
from ingest.take_in.records_file import read_records
from store.archive import Archive, Entry, describe, entry_to_json

AT = datetime(2026, 1, 1, tzinfo=UTC)
FORM = """title = "Board"
homepage = "https://a.example/"
licence = "CC0-1.0"
credit = "A"
url = "https://a.example/x.csv"
format = "csv"
cadence = "1d"

[score]
model_name = "Model"
score = { column = "Score", unit = "percent" }
constants = { benchmark_id = "board", unit = "fraction", reported_by = "community" }
"""


@pytest.fixture(scope="module")
def reader() -> _Reader:
    """The reader of a child, with what it imports."""
    return _Reader()


@pytest.fixture
def archived(tmp_path: Path) -> Entry:
    """One payload of a board, in an archive beside its form."""
    body = b"Model,Score\ngpt-5.2,81\nbeta,64\n"
    entry = describe(body, source_id="board", url="https://a.example/x.csv", as_of=AT, fetched_at=AT)
    Archive(tmp_path / "archive").add(entry, body)
    (tmp_path / "board.toml").write_text(FORM)
    return entry


def asked(folder: Path, archived: Entry, **others: Any) -> dict[str, Any]:
    """What a parent asks of its child."""
    return {
        "file": str(folder / "board.toml"),
        "source_id": "board",
        "entries": [entry_to_json(archived)],
        "archive": str(folder / "archive"),
        "into": str(folder / "into"),
        **others,
    }


def test_what_a_payload_says_goes_into_a_file(reader: _Reader, archived: Entry, tmp_path: Path) -> None:
    """The answer itself says nothing then; the source is imported once."""
    for _ in range(2):
        assert reader.answer(asked(tmp_path, archived)) == {}
        records = read_records(tmp_path / "into")
        assert isinstance(records, Records)
        assert records.frames[Kind.SCORE].select("model_name", "score").rows() == [
            ("gpt-5.2", 0.81),
            ("beta", 0.64),
        ]
        (tmp_path / "board.toml").write_text("no form any more")


def test_a_payload_that_cannot_be_read_is_told_from_one_that_cannot_be_written(
    reader: _Reader, archived: Entry, tmp_path: Path
) -> None:
    """The first is damaged; for the second, and for a source that is not there, nobody blames the payload."""
    assert (
        "no/into cannot be written"
        in reader.answer(asked(tmp_path, archived, into=str(tmp_path / "no/into")))["broken"]
    )
    assert reader.answer(asked(tmp_path, archived, source_id="other")).keys() == {"broken"}
    for file in (tmp_path / "archive" / "bodies").rglob("*.zst"):
        file.write_bytes(b"torn")
    said = reader.answer(asked(tmp_path, archived))
    assert said.keys() == {"damaged"}
    assert "is damaged" in said["damaged"]


def test_forms_are_proposed_for_a_payload_that_nobody_has_seen(
    reader: _Reader, archived: Entry, tmp_path: Path
) -> None:
    """With the tables that it holds; where there is no form, it is said why."""
    about = {"name": "board", "url": "https://a.example/x.csv", "title": "A board", "host": "a.example"}
    for given, is_form in ((about, True), ({**about, "title": ""}, False)):
        question = asked(tmp_path, archived, about=given, entry=entry_to_json(archived))
        assert reader.answer(question) == {}
        said = json.loads((tmp_path / "into").read_text())
        assert ["[score]" in form["text"] for form in said["proposals"]] == [True] * is_form
        assert ("'title' is empty" in said["reason"]) is not is_form
        assert said["tables"] == [{"name": "1", "rows": 2, "columns": ["Model", "Score"]}]
        assert said["currency"] == ""


def test_a_reading_has_its_time_of_the_clock_and_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted from now: what the process has used before is not the payload's, down to the second."""
    alarms: list[int] = []
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(signal, "alarm", alarms.append)
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (-1, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", lambda what, both: limits.append((what, both)))
    monkeypatch.setattr(time, "process_time", lambda: 7.9)
    _begin(30)
    assert alarms == [30 * WALL_PER_PROCESSOR]
    assert limits == [(resource.RLIMIT_CPU, (38, resource.RLIM_INFINITY))]


@pytest.mark.parametrize(
    ("own", "given"), [(resource.RLIM_INFINITY, 500), (900, 500), (500, 500), (300, 300)]
)
def test_a_limit_is_never_above_that_of_whoever_started_us(
    own: int, given: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system would refuse it; the hard limit stays as it is."""
    limits: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (-1, own))
    monkeypatch.setattr(resource, "setrlimit", lambda _what, both: limits.append(both))
    _limit(resource.RLIMIT_DATA, 500)
    assert limits == [(given, own)]
    assert parse_child.MEMORY_EXIT not in (0, 1, 2)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("board", "board"),
        ("2", "2"),
        ("1", "board"),
        ("3", "last"),
        ("4", None),
        ("0", None),
        ("x", None),
        ("-1", None),
    ],
)
def test_a_table_is_called_by_its_name_or_its_place(said: str, name: str | None) -> None:
    """A name comes before a place, and places count from one."""
    tables = (TableFound("board", 2, ("a",)), TableFound("2", 1, ("a",)), TableFound("last", 1, ("a",)))
    assert Guessed((), "", tables).called(said) == name
