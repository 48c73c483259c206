"""From archived payloads to units: what belongs together, what is complained of, and what a unit may bury."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ingest.records import KEYS, WHOLE_PAYLOAD, Kind, Records, complaint, refusals
from ingest.source import Fallback, Source
from ingest.take_in.statements import Step, archived_steps, bundled_steps
from store.archive import Archive, Entry, describe
from store.bodies import ArchiveError
from store.fold import Unit
from store.warehouse import OBSERVATIONS

START = datetime(2026, 1, 1, tzinfo=UTC)
U, V = "https://x.example/u", "https://x.example/v"

SOURCE = Source(
    id="s",
    title="S",
    homepage="",
    licence="",
    attribution="",
    urls=(U, V),
    cadence="1d",
    kinds=(Kind.USAGE,),
    parse=lambda _: Records(),
    complete=True,
)


def usage(n_rows: int, *refused: pl.DataFrame) -> Records:
    names = pl.DataFrame({"model_name": [f"m{at}" for at in range(n_rows)]}, schema={"model_name": pl.String})
    return Records({Kind.USAGE: names}, pl.concat(refused)) if refused else Records({Kind.USAGE: names})


class Told:
    """Answers in place of a parser: what each group of payloads says, by the bodies' names."""

    def __init__(self, archive: Archive, says: dict[str, Any]) -> None:
        self.archive, self.says, self.asked = archive, says, list[str]()

    def read(self, _source: Source, together: Sequence[Entry]) -> Records | str:
        name = "+".join(sorted(self.archive.body(entry.sha256).decode() for entry in together))
        self.asked.append(name)
        answer = self.says.get(name, usage(2))
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[no-any-return] # of a test


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Three days of one address, one day of another; bodies are called by address and day."""
    archive = Archive(tmp_path)
    for name, url, days in (("u0", U, 0), ("u1", U, 1), ("v1", V, 1), ("u2", U, 2)):
        at = START + timedelta(days=days)
        archive.add(describe(name.encode(), source_id="s", url=url, as_of=at, fetched_at=at), name.encode())
    return archive


def steps(
    archive: Archive, source: Source = SOURCE, only: str = "", missing: list[str] | None = None, **says: Any
) -> tuple[list[Step], list[str]]:
    """The steps of all entries (of those whose bodies are named), and what was asked of the parser."""
    told = Told(archive, {name.replace("_", "+"): answer for name, answer in says.items()})
    entries = [
        one for one in archive.entries("s") if not only or archive.body(one.sha256).decode() in only.split()
    ]
    found = list(archived_steps(source, archive, entries, read=told.read, missing=missing))
    assert [at for at, _ in found] == sorted(at for at, _ in found)
    return [step for _, step in found], told.asked


def unit(step: Step) -> Unit:
    assert step[1] is not None
    return step[1]


def hashed(archive: Archive, *names: str) -> frozenset[str]:
    return frozenset(one.sha256 for one in archive.entries("s") if archive.body(one.sha256).decode() in names)


def test_each_payload_is_a_step_and_may_bury_what_its_own_address_stated(archive: Archive) -> None:
    """Up to its instant: no later payload, so that the order of arrival never shows."""
    found, asked = steps(archive)
    assert asked == ["u0", "u1", "v1", "u2"]
    assert [unit(step).scope for step in found] == [
        hashed(archive, "u0"),
        hashed(archive, "u0", "u1"),
        hashed(archive, "v1"),
        hashed(archive, "u0", "u1", "u2"),
    ]
    assert [unit(step).complete for step in found] == [True] * 4
    ((row,), one) = found[0]
    assert one is not None
    assert (row.source_id, row.url, row.origin, row.error, row.unread) == ("s", U, "archive", None, False)
    assert (one.url, one.observed_at, one.payload_sha256) == (U, START, row.sha256)
    assert one.keys["usage"][0] == "model_name"


def test_a_grouped_source_is_parsed_from_the_newest_of_every_address(archive: Archive) -> None:
    """Those of one instant are one step; the largest of the new ones stands for it."""
    found, asked = steps(archive, replace(SOURCE, grouped=True))
    assert asked == ["u0", "u1+v1", "u2+v1"]
    assert [len(rows) for rows, _ in found] == [1, 2, 1]
    assert unit(found[1]).url == V
    assert unit(found[2]).scope == hashed(archive, "u0", "u1", "u2", "v1")


def test_only_the_wanted_entries_are_steps_and_what_came_before_is_compared(archive: Archive) -> None:
    """The newest of the earlier ones that could be read and listed something."""
    found, asked = steps(archive, only="u2", u1="not readable", u0=usage(20), u2=usage(5))
    assert asked == ["u1", "u0", "u2"]
    (row,) = found[0][0]
    assert row.error is not None
    assert "lists only 5 rows of usage where the version before listed 20" in row.error
    assert unit(found[0]).complete is False
    assert row.unread is False
    partial = replace(SOURCE, complete=False)
    assert "look whether the list was cut" in (
        steps(archive, partial, "u2", u1=usage(20), u2=usage(5))[0][0][0][0].error or ""
    )
    pages = replace(partial, follow=lambda _: ())
    told, asked = steps(archive, pages, "u2", u1=usage(20), u2=usage(5))
    assert (told[0][0][0].error, asked) == (None, ["u2"])


def test_a_version_that_said_nothing_does_not_count_as_the_one_before(archive: Archive) -> None:
    """The list before it is still the measure."""
    found, _ = steps(archive, u0=usage(20), u1="torn", u2=usage(5))
    errors = {row.url + str(row.as_of.day): row.error for rows, _ in found for row in rows}
    assert errors[f"{U}2"] == "torn"
    assert "before listed 20" in (errors[f"{U}3"] or "")


@pytest.mark.parametrize("said", ["it is a web page", "the parser failed"])
def test_a_payload_that_could_not_be_read_is_refused_whole(archive: Archive, said: str) -> None:
    """It buries nothing, and is noted as unread with the reason."""
    found, _ = steps(archive, only="u0", u0=said)
    ((row,), one) = found[0]
    assert one is not None
    assert (row.error, row.unread, one.complete, one.frames) == (said, True, False, {})
    assert one.refused.select("kind", "reason").rows() == [(WHOLE_PAYLOAD, said)]


def test_an_own_address_without_rows_is_complained_of_and_a_further_page_is_not(archive: Archive) -> None:
    """A fallback is an own address, too; addresses that a function makes all are."""
    reasons = refusals(Kind.USAGE, pl.DataFrame({"model_name": ["x"]}), "no figure")
    for source, is_own in (
        (SOURCE, True),
        (replace(SOURCE, urls=(V,)), False),
        (replace(SOURCE, urls=(V,), fallbacks=(Fallback(U),)), True),
        (replace(SOURCE, urls=lambda _: ()), True),
    ):
        found, _ = steps(archive, source, "u0", u0=usage(0, reasons))
        ((row,), one) = found[0]
        assert one is not None
        assert (row.unread, bool(row.error), one.complete) == (is_own, is_own, not is_own)
        assert one.refused.height == 1 + is_own
        if is_own:
            assert "not one of 1 rows could be taken in, most often because no figure (1)" in (
                row.error or ""
            )


def test_a_complaint_is_noted_and_its_payload_buries_nothing(archive: Archive) -> None:
    """Several are one sentence; what was read is taken in."""
    complained = usage(3, complaint("a column is lost"), complaint("a key is stated twice"))
    found, _ = steps(archive, only="u0", u0=complained)
    ((row,), one) = found[0]
    assert one is not None
    assert (row.error, row.unread) == ("a column is lost; a key is stated twice", False)
    assert (one.complete, one.frames["usage"].height) == (False, 3)


def test_a_damaged_body_leaves_its_moment_out(archive: Archive) -> None:
    """To be taken in once it is whole; a sentence says which."""
    missing: list[str] = []
    found, _ = steps(archive, missing=missing, u1=ArchiveError("u1 is damaged"))
    assert [row.url for rows, _ in found for row in rows] == [U, V, U]
    assert missing == ["u1 is damaged"]


def bundle(**rows: Any) -> dict[str, pl.DataFrame]:
    """A bundle of two payloads of one address, one with two rows of use."""
    payload = pl.DataFrame(
        {
            "source_id": ["s", "s"],
            "url": [U, U],
            "as_of": [START + timedelta(days=1), START],
            "sha256": ["1" * 64, "0" * 64],
            "bytes": [1, 2],
            "content_type": ["text/csv", None],
        }
    )
    stamp = pl.DataFrame(
        {
            "model_name": ["a", "b"],
            "source_id": ["s"] * 2,
            "payload_sha256": ["0" * 64] * 2,
            "observed_at": [START + timedelta(microseconds=5)] * 2,
            "gone": [False] * 2,
        }
    )
    keyed = {
        kind.value: stamp.with_columns(
            **{name: pl.lit(None, pl.String) for name in KEYS[kind] if name not in stamp.columns}
        )
        for kind in Kind
    }
    others = {table: keyed[table].clear() for table in OBSERVATIONS}
    return {"payload": payload, **others, "usage": keyed["usage"], **rows}


def test_rows_of_a_bundle_are_steps_of_their_payloads() -> None:
    """Oldest first; an instant may be ticks apart from its payload's, and a payload without rows is noted."""
    (first_at, (first, one)), (second_at, (second, none)) = bundled_steps(bundle())
    assert (first_at, second_at) == (START + timedelta(microseconds=5), START + timedelta(days=1))
    assert one is not None
    assert (one.frames["usage"]["model_name"].to_list(), one.complete) == (["a", "b"], False)
    assert not {"source_id", "payload_sha256", "observed_at"} & set(one.frames["usage"].columns)
    assert [(row.sha256[0], row.bytes, row.content_type, row.origin) for row in (*first, *second)] == [
        ("0", 2, None, "bundle"),
        ("1", 1, "text/csv", "bundle"),
    ]
    assert none is None


def test_what_a_bundle_listed_is_the_measure_of_the_first_payload_after_it(archive: Archive) -> None:
    """And may be buried with what its address stated; nothing that ships with a later instant."""
    shipped = bundle()
    rows = shipped["usage"]
    many = pl.concat(
        [rows.with_columns(model_name=pl.format("{}-{}", "model_name", pl.lit(at))) for at in range(10)]
    )
    entries = [one for one in archive.entries("s") if archive.body(one.sha256) == b"u0"]
    told = Told(archive, {"u0": usage(2)})
    found = list(archived_steps(SOURCE, archive, entries, {**shipped, "usage": many}, told.read))
    (_, ((row,), one)) = found[0]
    assert one is not None
    assert "lists only 2 rows of usage where the version before listed 20" in (row.error or "")
    assert one.scope == frozenset({"0" * 64, row.sha256})
