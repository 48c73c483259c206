"""Reading payloads through a child: what is kept, what is not tried again, how its end is told."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Kind, Records
from ingest.source import Payload, Source
from ingest.take_in import parsers as parsing
from ingest.take_in.parse import here, parsed, payload_of
from ingest.take_in.parse_child import MEMORY_EXIT, WALL_PER_PROCESSOR
from ingest.take_in.parsers import (
    GRACE_SECONDS,
    KEPT_BYTES,
    ParseLimits,
    ParserError,
    Parsers,
    _bare,
    _line,
    _named,
    _size,
    _why,
    open_parsers,
    remove_orphans,
)
from ingest.take_in.records_file import write_records
from store.archive import Archive, Entry, describe
from store.bodies import ArchiveError

AT = datetime(2026, 1, 1, tzinfo=UTC)
USAGE = Records({Kind.USAGE: pl.DataFrame({"model_name": ["m"]})})


class Aside:
    """Remembers what was put aside."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def why_put_aside(self, key: str) -> str | None:
        return self.kept.get(key)

    def put_aside(self, source_id: str, key: str, reason: str, now: datetime) -> None:
        assert key.startswith(f"{source_id}:")
        assert now.tzinfo is UTC
        self.kept[key] = reason


def entry(url: str = "u", hours: int = 0, body: bytes = b"x") -> Entry:
    at = AT + timedelta(hours=hours)
    return describe(body, source_id="a", url=url, as_of=at, fetched_at=at)


def source(parse: Any = lambda _: USAGE) -> Source:
    return Source(
        id="a",
        title="A",
        homepage="",
        licence="",
        attribution="",
        urls=(),
        cadence="1d",
        kinds=(Kind.USAGE,),
        parse=parse,
    )


@pytest.fixture
def aside() -> Aside:
    return Aside()


@pytest.fixture
def parsers(tmp_path: Path, aside: Aside) -> Iterator[Parsers]:
    """Of one source whose form is in a file; no child has begun."""
    files = {"a": tmp_path / "a.toml"}
    limits = ParseLimits(megabytes=1_500, seconds=1_000)
    with open_parsers(
        tmp_path / "home", Archive(tmp_path / "archive"), files, {"a": "1"}, aside, limits
    ) as opened:
        yield opened


def answering(monkeypatch: pytest.MonkeyPatch, parsers: Parsers, *answers: Any, code: int = 0) -> list[Any]:
    """In place of a child: its answers one after the other, None where it died with a code."""
    asked: list[Any] = []

    def ask(_self: Parsers, said: dict[str, Any]) -> Any:
        asked.append(said)
        answer = answers[len(asked) - 1]
        if answer == {} and "entries" in said:
            write_records(Path(said["into"]), USAGE)
        return answer

    monkeypatch.setattr(Parsers, "_ask", ask)
    monkeypatch.setattr(Parsers, "_died", lambda _self: code)
    return asked


def test_what_was_read_is_not_read_again_until_it_is_forgotten(
    parsers: Parsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever order the payloads come; other payloads are another reading."""
    asked = answering(monkeypatch, parsers, {}, {}, {})
    one, other = entry("u"), entry("v")
    for together in ([one, other], [other, one]):
        found = parsers.read(source(), together)
        assert isinstance(found, Records)
        assert found.frames[Kind.USAGE]["model_name"].to_list() == ["m"]
    assert len(asked) == 1
    parsers.read(source(), [one])
    assert len(asked) == 2
    assert len(list(parsers.folder.iterdir())) == 2
    assert len({said["into"] for said in asked}) == 2
    parsers.forget("b")
    parsers.read(source(), [one])
    assert len(asked) == 2
    parsers.forget("a")
    assert (list(parsers.folder.iterdir()), parsers._kept_bytes) == ([], 0)
    parsers.read(source(), [one])
    assert len(asked) == 3


def test_what_does_not_fit_into_memory_is_read_from_its_file(
    parsers: Parsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound itself will do."""
    size = _size(USAGE)
    assert KEPT_BYTES == 200_000_000
    for most, n_kept in ((size, 1), (size - 1, 0)):
        monkeypatch.setattr(parsing, "KEPT_BYTES", most)
        asked = answering(monkeypatch, parsers, {})
        parsers.read(source(), [entry()])
        assert (len(parsers._kept), parsers._kept_bytes) == (n_kept, size * n_kept)
        assert isinstance(parsers.read(source(), [entry()]), Records)
        assert len(asked) == 1
        parsers.forget("a")


def test_a_source_without_a_file_is_parsed_here(parsers: Parsers, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes with the code."""
    asked = answering(monkeypatch, parsers)
    parsers.files = {}
    kept = entry()
    parsers.archive.add(kept, b"x")
    assert isinstance(parsers.read(source(), [kept]), Records)
    assert asked == []


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        ({"damaged": "torn"}, ArchiveError, "^torn$"),
        ({"broken": "no disk"}, ParserError, "^what a serves could not be read: no disk$"),
    ],
)
def test_what_is_no_fault_of_the_payload_is_raised(
    parsers: Parsers,
    monkeypatch: pytest.MonkeyPatch,
    answer: dict[str, str],
    error: type[Exception],
    says: str,
) -> None:
    """It is tried again the next time."""
    answering(monkeypatch, parsers, answer)
    with pytest.raises(error, match=says):
        parsers.read(source(), [entry()])


def test_what_killed_its_parser_is_put_aside_and_not_tried_again(
    parsers: Parsers, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the newest address, until the payload or the form changes."""
    asked = answering(monkeypatch, parsers, None, {}, code=-signal.SIGXCPU)
    together = [entry("old"), entry("new", 5), entry("middle", 3)]
    said = parsers.read(source(), together)
    assert said == (
        "new: reading it was stopped, since it took the processor for more than 1,000 seconds. It is put "
        "aside and not tried again until it, the form or the parser changes; `hypecurve rebuild a` tries it"
    )
    assert list(aside.kept.values()) == [said]
    assert parsers.read(source(), together) == said
    assert len(asked) == 1
    parsers.forms = {"a": "2"}
    assert isinstance(parsers.read(source(), together), Records)


@pytest.mark.parametrize(
    ("code", "n_tried"),
    [
        (-signal.SIGKILL, 2),
        (-signal.SIGALRM, 2),
        (-signal.SIGXCPU, 1),
        (-signal.SIGSEGV, 1),
        (MEMORY_EXIT, 1),
    ],
)
def test_a_death_that_may_be_somebody_elses_deed_is_tried_once_more(
    parsers: Parsers, monkeypatch: pytest.MonkeyPatch, code: int, n_tried: int
) -> None:
    """The system kills whom it likes when memory is short, and a machine may sleep."""
    asked = answering(monkeypatch, parsers, None, None, code=code)
    assert isinstance(parsers.read(source(), [entry()]), str)
    assert len(asked) == n_tried
    again = answering(monkeypatch, parsers, None, {}, code=-signal.SIGKILL)
    assert isinstance(parsers.read(source(), [entry("v")]), Records)
    assert len(again) == 2


@pytest.mark.parametrize("code", [-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP])
def test_a_parser_that_was_ended_from_outside_says_nothing_of_the_payload(
    parsers: Parsers, aside: Aside, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Somebody stopped us; nothing is put aside."""
    answering(monkeypatch, parsers, None, code=code)
    with pytest.raises(ParserError, match=rf"ended from outside \(signal {-code}\)$"):
        parsers.read(source(), [entry()])
    assert aside.kept == {}


def test_something_else_is_done_within_the_same_limits(
    parsers: Parsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is said where it was done."""
    answering(monkeypatch, parsers, {}, None, code=MEMORY_EXIT)
    assert parsers.do({"about": 1}) is None
    assert parsers.do({"about": 1}) == "Reading it was stopped, since it took more than 1,500 MB of memory."


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (-signal.SIGXCPU, "it took the processor for more than 1,000 seconds"),
        (-signal.SIGALRM, f"it took more than {WALL_PER_PROCESSOR * 1000:,} seconds"),
        (MEMORY_EXIT, "it took more than 1,500 MB of memory"),
        (-signal.SIGABRT, "it took more than 1,500 MB of memory"),
        (-signal.SIGKILL, "it took more than 1,500 MB of memory"),
        (-signal.SIGSEGV, "it crashed the parser (SIGSEGV)"),
        (3, "it crashed the parser (exit code 3)"),
    ],
)
def test_why_a_child_ended_is_told_by_its_code(code: int, why: str) -> None:
    """Limits with the figures that were set."""
    assert _why(code, ParseLimits(1_500, 1_000)) == why
    assert (ParseLimits().megabytes, ParseLimits().seconds, GRACE_SECONDS) == (2_000, 120, 120)
    assert _named(0) == "exit code 0"


def test_a_child_gets_what_an_interpreter_needs_and_no_key() -> None:
    """Whole names: what only begins so is another one."""
    needed = {"PATH": "1", "HOME": "2", "LC_ALL": "3", "TMPDIR": "4", "PYTHONPATH": "5", "VIRTUAL_ENV": "6"}
    keys = {"OPENAI_API_KEY": "x", "PATHS": "x", "HOMEBREW": "x", "MY_PATH": "x"}
    assert _bare({**needed, **keys}) == needed


@pytest.mark.parametrize(
    ("written", "closed", "said"),
    [
        (b"{}\n", False, b"{}\n"),
        (b"{}", True, b"{}"),
        (b"{", False, b"{"),
        (b"", True, b""),
        (b"", False, b""),
    ],
)
def test_a_line_ends_with_its_end_with_the_pipe_or_with_the_time(
    written: bytes, closed: bool, said: bytes
) -> None:
    """Whatever has come by then."""
    reading, writing = os.pipe()
    try:
        os.write(writing, written)
        if closed:
            os.close(writing)
        assert _line(reading, 0.05) == said
    finally:
        os.close(reading)
        if not closed:
            os.close(writing)


def test_folders_of_processes_that_died_are_removed(tmp_path: Path) -> None:
    """Those of who lives, and of somebody else, stay."""
    for name in ("parsing-7-abc", "parsing-8-abc", "parsing-x-abc", "other-7-abc"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    remove_orphans(tmp_path, lambda process: process == 8)
    assert sorted(folder.name for folder in tmp_path.iterdir()) == [
        "other-7-abc",
        "parsing-8-abc",
        "parsing-x-abc",
    ]


def test_a_folder_is_made_for_the_block_and_cleared_away(tmp_path: Path, aside: Aside) -> None:
    """Named after the process; a child that began ends with it."""
    home = tmp_path / "deep" / "home"
    with open_parsers(home, Archive(tmp_path), {}, {}, aside) as opened:
        assert opened.folder.parent == home
        assert opened.folder.name.startswith(f"parsing-{os.getpid()}-")
        assert opened.limits == ParseLimits()
        opened.warm()
        child = opened._child
        assert child is not None and child.poll() is None
        opened.warm()
        assert opened._child is child
    assert child.poll() is not None
    assert list(home.iterdir()) == []


def test_how_much_room_is_taken_is_that_of_all_frames_or_of_the_sentence() -> None:
    """Refusals among them."""
    assert _size("abc") == 3
    assert _size(USAGE) == USAGE.frames[Kind.USAGE].estimated_size() + USAGE.refused.estimated_size()


def test_payloads_are_parsed_in_the_order_of_their_addresses(tmp_path: Path) -> None:
    """With all that is known of them."""
    archive, seen = Archive(tmp_path), list[Payload]()

    def parse(payloads: Sequence[Payload]) -> Records:
        seen.extend(payloads)
        return USAGE

    together = [entry("v", 0, b"1"), entry("u", 5, b"2")]
    for one, body in zip(together, (b"1", b"2"), strict=True):
        archive.add(one, body)
    assert isinstance(here(archive)(source(parse), together), Records)
    assert [(payload.url, payload.body) for payload in seen] == [("u", b"2"), ("v", b"1")]
    assert seen[1] == payload_of(archive, together[0])
    assert (seen[1].source_id, seen[1].as_of, seen[1].sha256) == ("a", AT, together[0].sha256)


def test_a_parsers_own_fault_is_a_sentence_and_costs_no_other_payload(tmp_path: Path) -> None:
    """With the newest address; what a parser says itself is told as it is, want of memory goes through."""
    archive = Archive(tmp_path)
    together = [entry("u", 0), entry("v", 5), entry("w", 3)]
    for one in together:
        archive.add(one, b"x")

    def failing(error: Exception) -> Any:
        def parse(_: Sequence[Payload]) -> Records:
            raise error

        return parsed(source(parse), archive, together)

    assert failing(ParseError("no table")) == "no table"
    assert failing(KeyError("x")) == "the parser of a failed on v: KeyError: 'x'"
    with pytest.raises(MemoryError):
        failing(MemoryError())
