"""What sightings promise: first and last, whatever the order, and nothing else is touched.

Tests that ask for `store` run on one machine and on a team; those that ask for a folder are about its files,
and a team keeps sightings in PostgreSQL.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations
from pathlib import Path

import pytest

from store.archive import Archive, Entry, describe
from store.locks import file_lock
from store.sightings import SCHEMA, Seen, Sightings
from store.store import Store

DAY = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://example.org/a"


def kept(archive: Archive, body: bytes = b"a", hours: int = 0) -> Entry:
    at = DAY + timedelta(hours=hours)
    entry = describe(body, source_id="prices", url=URL, as_of=at, fetched_at=at)
    archive.add(entry, body)
    return entry


def test_a_payload_was_seen_when_it_was_served(store: Store) -> None:
    """Without a further sighting both ends are the instant of the payload."""
    archive = store.archive()
    assert archive.seen(kept(archive)) == Seen(DAY, DAY)
    assert archive.sightings().is_empty()


@pytest.mark.parametrize("hours", list(permutations((-5, 3, 9))))
def test_the_order_of_sightings_never_shows(store: Store, hours: tuple[int, ...]) -> None:
    """They are merged by minimum and maximum."""
    archive = store.archive()
    entry = kept(archive)
    for hour in hours:
        archive.saw(entry, DAY + timedelta(hours=hour))
    assert archive.seen(entry) == Seen(DAY - timedelta(hours=5), DAY + timedelta(hours=9))


def test_the_file_holds_what_was_seen_once(tmp_path: Path) -> None:
    """However often it was."""
    archive = Archive(tmp_path)
    entry = kept(archive)
    for hour in (9, 3, 9):
        archive.saw(entry, DAY + timedelta(hours=hour))
    assert (tmp_path / "seen" / "prices.json").read_text().count("2026-11-01T09:00") == 1


def test_a_sighting_between_the_ends_writes_nothing(tmp_path: Path) -> None:
    """What is known already leaves the file alone."""
    archive = Archive(tmp_path)
    entry = kept(archive)
    archive.saw(entry, DAY + timedelta(hours=9))
    file = tmp_path / "seen" / "prices.json"
    before = file.stat().st_mtime_ns
    archive.saw(entry, DAY + timedelta(hours=4))
    assert file.stat().st_mtime_ns == before


def test_payloads_of_equal_bytes_are_seen_apart(store: Store) -> None:
    """A, B, A again are three payloads, each with its own two ends."""
    archive = store.archive()
    first, again = kept(archive), kept(archive, hours=48)
    archive.saw(again, DAY + timedelta(hours=60))
    assert archive.seen(first) == Seen(DAY, DAY)
    assert archive.seen(again).last_at == DAY + timedelta(hours=60)


def test_sightings_add_no_payload(tmp_path: Path) -> None:
    """Index and bodies stay as they were, so nothing is loaded, derived or published for a sighting."""
    archive = Archive(tmp_path)
    entry = kept(archive)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    archive.saw(entry, DAY + timedelta(days=3))
    assert {file: file.read_bytes() for file in before} == before
    assert archive.entries("prices") == [entry]


@pytest.mark.parametrize("text", ["", "{", "[[1]]", '[["u", "x", "y", "z", "w"]]', "7"])
def test_a_damaged_file_costs_sightings_only(tmp_path: Path, text: str) -> None:
    """It is warned of and written anew; the payloads were seen when they were served."""
    archive = Archive(tmp_path)
    entry = kept(archive)
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "prices.json").write_text(text)
    assert archive.seen(entry) == Seen(DAY, DAY)
    archive.saw(entry, DAY + timedelta(hours=1))
    assert archive.seen(entry).last_at == DAY + timedelta(hours=1)


def test_the_frame_names_every_payload_that_was_seen_again(store: Store) -> None:
    """One row each, in the columns that a question joins."""
    archive = store.archive()
    archive.saw(kept(archive), DAY + timedelta(hours=1))
    frame = archive.sightings()
    assert frame.schema == SCHEMA
    assert frame.row(0, named=True)["last_seen_at"] == DAY + timedelta(hours=1)


def test_the_sources_of_which_something_was_seen_again_are_listed(tmp_path: Path) -> None:
    """In alphabetical order; what is put takes the place of what was noted, and what is forgotten is gone."""
    sightings = Sightings(tmp_path)
    assert sightings.sources() == []
    identity, seen = (URL, DAY, "0" * 64), Seen(DAY - timedelta(days=1), DAY)
    for source_id in ("prices", "boards"):
        sightings.note(source_id, identity, DAY + timedelta(days=1))
    assert sightings.sources() == ["boards", "prices"]
    sightings.put("boards", {identity: seen})
    assert sightings.of("boards") == {identity: seen}
    sightings.forget("prices")
    assert (sightings.sources(), dict(sightings.of("prices"))) == (["boards"], {})
    assert sightings.frame().rows() == [("boards", URL, DAY, "0" * 64, DAY - timedelta(days=1), DAY)]


def test_sightings_are_put_into_an_archive_of_which_nothing_is_there_yet(tmp_path: Path) -> None:
    """A copy is put back into an empty place."""
    sightings = Sightings(tmp_path / "home" / "archive")
    known = {(URL, DAY, "0" * 64): Seen(DAY - timedelta(days=1), DAY)}
    sightings.put("boards", known)
    assert sightings.of("boards") == known


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    """As everywhere in the archive."""
    with pytest.raises(ValueError, match="time zone"):
        archive = store.archive()
        archive.saw(kept(archive), DAY.replace(tzinfo=None))


def test_the_file_is_lines_that_a_person_can_read(tmp_path: Path) -> None:
    """One value a line, payloads in order, letters as themselves, instants in UTC."""
    sightings = Sightings(tmp_path)
    east = DAY.astimezone(timezone(timedelta(hours=9)))
    sightings.put("prices", {("ü", east, "0" * 64): Seen(DAY, DAY + timedelta(seconds=1))})
    assert (tmp_path / "seen" / "prices.json").read_text(encoding="utf-8").splitlines() == [
        "[",
        "[",
        '"ü",',
        '"2026-11-01T00:00:00.000000+00:00",',
        f'"{"0" * 64}",',
        '"2026-11-01T00:00:00.000000+00:00",',
        '"2026-11-01T00:00:01.000000+00:00"',
        "]",
        "]",
    ]


def test_rows_of_the_frame_stand_in_order(tmp_path: Path) -> None:
    """By source, address and instant, whatever was seen first."""
    sightings = Sightings(tmp_path)
    hours = [DAY + timedelta(hours=hour) for hour in range(3)]
    for source_id, url, as_of in (("b", "u", 0), ("a", "v", 0), ("a", "u", 1), ("a", "u", 0)):
        sightings.note(source_id, (url, hours[as_of], "0" * 64), hours[2])
    assert sightings.frame().select("source_id", "url", "as_of", "first_seen_at").rows() == [
        ("a", "u", hours[0], hours[0]),
        ("a", "u", hours[1], hours[1]),
        ("a", "v", hours[0], hours[0]),
        ("b", "u", hours[0], hours[0]),
    ]


def test_a_sighting_at_the_instant_of_the_payload_is_noted(tmp_path: Path) -> None:
    """Though it tells nothing new; the wait for another writer is two minutes unless told otherwise."""
    sightings = Sightings(tmp_path)
    sightings.note("prices", (URL, DAY, "0" * 64), DAY)
    assert dict(sightings.of("prices")) == {(URL, DAY, "0" * 64): Seen(DAY, DAY)}
    assert (sightings.lock_wait_seconds, Sightings(tmp_path, 3).lock_wait_seconds) == (120, 3)
    with file_lock(tmp_path / "seen" / "prices.lock"), pytest.raises(TimeoutError):
        Sightings(tmp_path, 0.05).note("prices", (URL, DAY, "0" * 64), DAY + timedelta(hours=1))
