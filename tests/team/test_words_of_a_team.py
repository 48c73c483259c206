"""What a team's store says and for how long it waits, as far as no server is needed to tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from store.team import parts
from store.team.locks import Locks
from store.team.postgres import (
    AGAIN_SECONDS,
    AwayError,
    Postgres,
    RefusedError,
    away,
    clocks_apart,
    session_name,
    storage_trouble,
)
from store.team.warehouse import PAUSES_SECONDS
from store.trouble import StorageError


@pytest.mark.parametrize("refused", [True, False])
def test_the_words_of_storage_are_cut_after_two_hundred_characters(refused: bool) -> None:
    """A server may answer with a page; its line breaks are blanks, and it ends without a full stop."""
    words = f"a page {'x' * 92}\n{'y' * 100}"
    said = storage_trouble("s3://b/p", f"{words}z and more", refused=refused)
    assert type(said) is (StorageError if refused else AwayError)
    assert f"({words.replace(chr(10), ' ')})" in str(said)
    assert "(gone)" in str(storage_trouble("s3://b/p", "gone.", refused=refused))


@pytest.mark.parametrize("why", ["", "FATAL: password authentication failed "])
def test_the_words_of_a_database_are_cut_after_two_hundred_characters(why: str) -> None:
    """Of a refusal those from FATAL on."""
    text = f"{why}{'x' * (200 - len(why))}END and more"
    said = away("dbname=team", ValueError(f"connection to server failed: {text}" if why else text))
    assert type(said) is (RefusedError if why else AwayError)
    assert f"({text[:200]})" in str(said)


@pytest.mark.parametrize(("seconds", "words"), [(75, "75 s behind"), (-3600, "3,600 s ahead of")])
def test_a_clock_that_goes_wrong_is_told_with_its_way(seconds: int, words: str) -> None:
    """By how much PostgreSQL's is ahead of this one's."""
    assert f"clock is {words} PostgreSQL's" in clocks_apart(timedelta(seconds=seconds))


def test_a_session_is_named_in_as_many_bytes_as_postgresql_keeps() -> None:
    """Else nobody would find it by its name."""
    assert session_name("m", 7) == "hypecurve 7 on m"
    assert session_name("m" * 100, 7) == "hypecurve 7 on " + "m" * 48


def test_an_extension_of_another_version_is_told_with_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of the package; one that cannot be found out is unknown."""
    monkeypatch.setattr("duckdb.__version__", "9.9.9")
    monkeypatch.setattr(parts, "version", lambda package: {"duckdb-extension-httpfs": "1.5.5"}[package])
    with pytest.raises(parts.MissingPartError, match=r"extension httpfs of 1\.5\.5; .*duckdb==1\.5\.5\."):
        parts._extension_file("httpfs")
    monkeypatch.undo()
    assert parts._version("no_such_package") == "unknown"


def test_who_crosses_another_waits_twice_as_long_each_time() -> None:
    """Up to five seconds, and a quarter of a minute in all: a load of another machine is over by then."""
    first, *later = PAUSES_SECONDS
    assert first == 0.2
    assert later == [min(2 * before, 5.0) for before in PAUSES_SECONDS[:-1]]
    assert 15 < sum(PAUSES_SECONDS) < 20


def test_a_database_that_did_not_answer_is_asked_again_after_a_while_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page asks a dozen times: it would wait as often as long as a connection may take."""
    now, asked = [1000.0], []

    def silent(_: Postgres) -> None:
        asked.append(now[0])
        raise AwayError("nobody there")

    monkeypatch.setattr("store.team.postgres.time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(Postgres, "open", silent)
    postgres = Postgres("host=nowhere")
    for now[0] in (1000.0, 1000.1, 1000.0 + AGAIN_SECONDS - 0.1, 1000.0 + AGAIN_SECONDS):
        with pytest.raises(AwayError, match="nobody there"):
            postgres.rows("SELECT 1")
    assert asked == [1000.0, 1000.0 + AGAIN_SECONDS]


@pytest.mark.parametrize(("apart", "told"), [(0, 0), (-50, 0), (70, 1), (-70, 1)])
def test_a_clock_that_goes_wrong_is_told_of_once(
    apart: int, told: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """At every statement it is looked at; one that goes right, or nearly, is none to tell of."""
    monkeypatch.setattr(parts.psycopg(), "connect", lambda *_, **__: _Clock(timedelta(seconds=apart)))
    monkeypatch.setattr("store.team.postgres._brought_up", lambda _: None)
    postgres = Postgres("host=nowhere")
    for _ in range(3):
        postgres.rows("SELECT 1")
    assert len(caplog.records) == told
    assert postgres.ahead() == timedelta(seconds=apart)


class _Clock:
    """A connection to a database whose clock is ahead."""

    description = None

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead

    def execute(self, *_: object) -> _Clock:
        return self

    def fetchone(self) -> dict[str, datetime]:
        return {"now": datetime.now(UTC) + self._ahead}


@pytest.mark.parametrize(("said", "words"), [("no such role.\nHINT: make it", "no such role"), ("", "Error")])
def test_what_postgresql_refuses_is_told_in_its_first_line(
    said: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its full stop; an error that says nothing is told by its kind."""

    def refused(_: Postgres) -> None:
        raise parts.psycopg().Error(said)

    monkeypatch.setattr(Postgres, "_usable", refused)
    with pytest.raises(StorageError, match=rf"needs: {words}\.$"):
        Postgres("host=nowhere").rows("SELECT 1")


def test_who_was_alone_takes_locks_again() -> None:
    """Inside of its own block it needs none; after it, each load and each block does."""
    asked = _Asked()
    locks = Locks(SimpleNamespace(open=lambda: asked), 1.0)  # type: ignore[arg-type]
    with locks.alone(), locks.alone(), locks.source("a"):
        pass
    with locks.source("a"):
        pass
    with locks.alone():
        pass
    loads, own = "hypecurve loads", "hypecurve source a"
    whole = [("lock", loads), ("unlock", loads)]
    one = [("lock_shared", loads), ("lock", own), ("unlock", own), ("unlock_shared", loads)]
    assert asked.locks == [*whole, *one, *whole]


class _Asked:
    """A connection that notes which locks it is asked for."""

    closed = False

    def __init__(self) -> None:
        self.locks: list[tuple[str, object]] = []

    def execute(self, sql: str, values: tuple[object, ...]) -> _Asked:
        if "pg_advisory_" in sql:
            self.locks.append((sql.partition("pg_advisory_")[2].partition("(")[0], values[0]))
        return self

    def fetchall(self) -> list[object]:
        return []
