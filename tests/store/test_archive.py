"""What an archive promises: nothing lost, nothing twice, nothing damaged unnoticed.

Tests that ask for `archive` run on the archive of one machine and on that of a team. Those that ask for
`local` are about files in a folder, which a team has none of: it keeps bodies on object storage and its index
in PostgreSQL (tests/team/ damages these).
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
import zstandard
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from config import Settings
from store.archive import Archive, Entry, Size, describe
from store.bodies import ArchiveError
from store.store import Store, store_of

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def put(
    archive: Archive, body: bytes, url: str = "https://example.org/a", hours: int = 0, source: str = "aider"
):
    """Add a payload served `hours` after the first of November; gives what `add` says."""
    as_of = DAY + timedelta(hours=hours)
    entry = describe(body, source_id=source, url=url, as_of=as_of, fetched_at=as_of, run_id="run-1")
    return archive.add(entry, body)


@pytest.fixture
def archive(store: Store) -> Archive:
    return store.archive()


@pytest.fixture
def local(tmp_path: Path) -> Archive:
    """The archive of one machine: index and bodies are files in a folder."""
    return Archive(tmp_path / "archive")


def test_what_goes_in_comes_out(archive: Archive, reopened: Callable[[], Store]):
    """Body and entry come back whole, also to another process that opens the archive later."""
    body = "modèle,score\n".encode() * 1000
    entry = describe(
        body,
        source_id="epoch-benchmarks",
        url="https://example.org/ü?a=1\u2028b",
        as_of=DAY + timedelta(microseconds=3),
        fetched_at=DAY + timedelta(days=1),
        content_type="text/csv; charset=utf-8",
        headers={"etag": 'W/"x"', "date": "Sun, 01 Nov 2026 00:00:00 GMT"},
        run_id="run-7",
    )
    assert archive.add(entry, body) is True
    again = reopened().archive()
    assert again.entries("epoch-benchmarks") == [entry]
    assert again.body(entry.sha256) == body
    assert (entry.bytes, entry.sha256) == (len(body), hashlib.sha256(body).hexdigest())


def test_a_body_stands_compressed_under_its_hash(local: Archive):
    """bodies/ab/<sha256>.zst, smaller than what it holds, and nothing unfinished beside it."""
    body = b"0123456789" * 10_000
    put(local, body)
    sha256 = hashlib.sha256(body).hexdigest()
    file = local.folder / "bodies" / sha256[:2] / f"{sha256}.zst"
    assert [item for item in local.folder.rglob("bodies/*/*") if item.is_file()] == [file]
    assert file.stat().st_size < len(body) / 10


def test_adding_twice_changes_nothing(archive: Archive):
    """The second time answers False and leaves the entry as it was, whenever it was fetched."""
    entry = describe(b"x", source_id="aider", url="u", as_of=DAY, fetched_at=DAY)
    assert archive.add(entry, b"x") is True
    assert archive.add(replace(entry, fetched_at=DAY + timedelta(days=9), run_id="later"), b"x") is False
    assert archive.entries("aider") == [entry]


def test_adding_twice_leaves_the_file_alone(local: Archive):
    """Not a byte of the index is written."""
    put(local, b"x")
    before = (local.folder / "index" / "aider.jsonl").read_bytes()
    put(local, b"x")
    assert (local.folder / "index" / "aider.jsonl").read_bytes() == before


def test_one_instant_in_two_time_zones_is_one(archive: Archive, reopened: Callable[[], Store]):
    """as_of counts as an instant: the same moment under another offset is the same payload."""
    entry = describe(b"x", source_id="aider", url="u", as_of=DAY, fetched_at=DAY)
    archive.add(entry, b"x")
    elsewhere = replace(entry, as_of=DAY.astimezone(timezone(timedelta(hours=9))))
    assert reopened().archive().add(elsewhere, b"x") is False


def test_a_b_a_again_is_three_payloads_and_two_bodies(archive: Archive):
    """What came back is a payload of its own time, though its bytes are stored once."""
    assert [put(archive, body, hours=hour) for hour, body in enumerate([b"A", b"B", b"A"])] == [True] * 3
    assert [archive.body(entry.sha256) for entry in archive.entries("aider")] == [b"A", b"B", b"A"]
    size = archive.size()
    assert (size.payloads, size.bodies, size.served_bytes) == (3, 2, 2)
    assert size.stored_bytes > 0


def test_the_size_is_that_of_the_files(local: Archive):
    """Compressed, as they lie in the folder."""
    for hour, body in enumerate([b"A", b"B" * 1000, b"A"]):
        put(local, body, hours=hour)
    assert local.size().stored_bytes == sum(file.stat().st_size for file in local.folder.rglob("*.zst"))


def test_entries_stand_in_order_of_time(archive: Archive):
    """Ordered by (as_of, url, sha256), whatever the order of arrival."""
    for url, hours in (("b", 5), ("a", 5), ("c", 1)):
        put(archive, b"x", url, hours)
    assert [(entry.url, entry.as_of.hour) for entry in archive.entries("aider")] == [
        ("c", 1),
        ("a", 5),
        ("b", 5),
    ]


def test_the_latest_of_each_address(archive: Archive):
    """latest() gives the newest payload of each URL, though an older one arrived after it."""
    for url, hours in (("a", 5), ("b", 2), ("a", 3)):
        put(archive, f"{url}{hours}".encode(), url, hours)
    latest = archive.latest("aider")
    assert {url: entry.as_of.hour for url, entry in latest.items()} == {"a": 5, "b": 2}


def test_an_empty_archive_answers_empty(archive: Archive):
    """Before the first payload there is nothing, and asking creates nothing."""
    assert (archive.entries("aider"), archive.latest("aider"), archive.sources()) == ([], {}, [])
    assert (archive.size().payloads, archive.problems()) == (0, [])
    assert not archive.folder.exists()


def test_a_source_is_purged_and_nothing_of_another_one(archive: Archive, reopened: Callable[[], Store]):
    """Its payloads, sightings and bodies go; a body that another source has too stays."""
    assert archive.purge("aider") == 0
    for source, bodies in (("aider", (b"own", b"both")), ("weirdml", (b"both", b"other"))):
        for hour, body in enumerate(bodies):
            put(archive, body, hours=hour, source=source)
    archive.saw(archive.entries("aider")[0], DAY + timedelta(days=3))
    assert archive.purge("aider") == 2
    again = reopened().archive()
    assert (again.sources(), again.entries("aider"), again.sightings().height) == (["weirdml"], [], 0)
    assert [again.body(entry.sha256) for entry in again.entries("weirdml")] == [b"both", b"other"]
    with pytest.raises(ArchiveError, match="missing"):
        again.body(hashlib.sha256(b"own").hexdigest())
    assert again.problems(deep=True) == []


def test_sources_are_listed(archive: Archive):
    """Each source with payloads is listed once, in alphabetical order."""
    for source in ("weirdml", "aider", "weirdml"):
        put(archive, source.encode(), source=source)
    assert archive.sources() == ["aider", "weirdml"]


def test_a_body_that_is_not_the_described_one_is_refused(archive: Archive):
    """An entry cannot be filed under a hash or length that its body does not have."""
    entry = describe(b"x", source_id="aider", url="u", as_of=DAY, fetched_at=DAY)
    for wrong, body in ((entry, b"y"), (replace(entry, bytes=2), b"x")):
        with pytest.raises(ArchiveError, match="not the one"):
            archive.add(wrong, body)
    assert archive.entries("aider") == []


@pytest.mark.parametrize(
    "wrong",
    [{"source_id": "../x"}, {"source_id": ""}, {"sha256": "ab/../x"}, {"as_of": DAY.replace(tzinfo=None)}],
)
def test_an_entry_is_a_safe_file_name_and_a_real_instant(wrong: dict[str, object]):
    """Source ids and hashes name files, and instants need a time zone: everything else is refused."""
    with pytest.raises(ValueError):
        replace(describe(b"x", source_id="aider", url="u", as_of=DAY, fetched_at=DAY), **wrong)


def _truncate(file: Path):
    file.write_bytes(file.read_bytes()[:-3])


def _swap(file: Path):
    file.write_bytes(zstandard.compress(b"other"))


@pytest.mark.parametrize(
    ("damage", "words"), [(_truncate, "damaged"), (_swap, "another hash"), (Path.unlink, "missing")]
)
def test_damage_to_a_body_is_told_by_its_file(local: Archive, damage, words: str):
    """A cut-off, exchanged or missing body is a plain error that names the file, never other bytes."""
    put(local, b"precious" * 100)
    [entry] = local.entries("aider")
    [file] = local.folder.rglob("*.zst")
    damage(file)
    with pytest.raises(ArchiveError, match=words) as error:
        local.body(entry.sha256)
    assert str(file) in str(error.value)


def test_missing_bodies_are_found_without_reading_any(local: Archive):
    """problems() names the file of each body that an index lists and the archive lacks."""
    put(local, b"here")
    put(local, b"gone", hours=1)
    gone = local.entries("aider")[1]
    file = local.folder / "bodies" / gone.sha256[:2] / f"{gone.sha256}.zst"
    file.unlink()
    [problem] = local.problems()
    assert str(file) in problem
    assert "aider" in problem


@given(st.integers(1, 200))
def test_a_torn_last_line_is_left_out_told_and_written_over(
    tmp_path_factory: pytest.TempPathFactory, lost: int
):
    """After a crash while writing, wherever it cut, all earlier payloads stay and the next one fits."""
    archive = Archive(tmp_path_factory.mktemp("archive"))
    put(archive, b"one")
    put(archive, b"two", hours=1)
    index = archive.folder / "index" / "aider.jsonl"
    index.write_bytes(index.read_bytes()[:-lost])
    fresh = Archive(archive.folder)
    assert [fresh.body(entry.sha256) for entry in fresh.entries("aider")] == [b"one"]
    [problem] = fresh.problems()
    assert "torn" in problem
    assert str(index) in problem
    assert put(fresh, b"two", hours=1) is True
    assert fresh.problems() == []
    assert [fresh.body(entry.sha256) for entry in Archive(archive.folder).entries("aider")] == [
        b"one",
        b"two",
    ]


@pytest.mark.parametrize("line", [b"{not json}", b"[]", b'{"source_id": "aider"}', b'{"as_of": 3}'])
def test_a_damaged_line_costs_itself_and_is_told(local: Archive, line: bytes):
    """What cannot be a torn end is damage: told with file and line number, and the other payloads stay."""
    put(local, b"one")
    index = local.folder / "index" / "aider.jsonl"
    index.write_bytes(index.read_bytes() + line + b"\n")
    put_again = Archive(local.folder)
    assert len(put_again.entries("aider")) == 1
    [told] = put_again.problems()
    assert "aider.jsonl, line 2 is damaged" in told
    assert put_again.damaged_lines("aider") == (told,)


def test_an_index_line_is_plain_json(local: Archive):
    """A person can read the index: one JSON object a line, instants in ISO form and UTC."""
    put(local, b"x")
    [line] = (local.folder / "index" / "aider.jsonl").read_text().splitlines()
    row = json.loads(line)
    assert set(row) == set(Entry.__dataclass_fields__)
    assert row["as_of"] == "2026-11-01T00:00:00.000000+00:00"


def test_a_restored_index_is_read_anew(local: Archive):
    """An index replaced by a shorter one, from a backup say, is read from its start."""
    put(local, b"one")
    index = local.folder / "index" / "aider.jsonl"
    backup = index.read_bytes()
    put(local, b"two", hours=1)
    assert len(local.entries("aider")) == 2
    index.write_bytes(backup)
    assert len(local.entries("aider")) == 1


def test_a_writer_does_not_wait_for_ever(local: Archive):
    """Where another process holds the lock, the wait ends with an error that names the lock file."""
    put(local, b"x")
    with FileLock(local.folder / "index" / "aider.lock"):
        outcome: list[str] = []

        def other() -> None:
            try:
                put(Archive(local.folder, lock_wait_seconds=0.1), b"y", hours=1)
            except ArchiveError as error:
                outcome.append(str(error))

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(outcome) == 1
    assert "aider.lock" in outcome[0]


PAYLOADS = st.tuples(st.sampled_from("ABC"), st.sampled_from(["u", "v"]), st.integers(0, 3))


def is_the_set_of_its_payloads(one: Archive, other: Archive, added, random, source: str) -> None:
    """`one` gets them in their order, `other` in any, with repetitions."""
    fresh = [put(one, body.encode(), url, hours, source) for body, url, hours in added]
    assert sum(fresh) == len(set(added))
    shuffled = random.sample(added, len(added)) + added[:3]
    again = source if other is not one else f"{source}-again"
    for body, url, hours in shuffled:
        put(other, body.encode(), url, hours, again)
    entries = one.entries(source)
    assert [entry.identity for entry in entries] == [entry.identity for entry in other.entries(again)]
    got = {(one.body(entry.sha256).decode(), entry.url, entry.as_of.hour) for entry in entries}
    assert got == set(added)


@given(st.lists(PAYLOADS, max_size=15), st.randoms(use_true_random=False))
def test_the_archive_is_the_set_of_its_payloads(tmp_path_factory: pytest.TempPathFactory, added, random):
    """Any order, with any repetitions, gives the same entries; add is True just for the first of each."""
    one, other = (Archive(tmp_path_factory.mktemp("archive")) for _ in range(2))
    is_the_set_of_its_payloads(one, other, added, random, "aider")


@settings(max_examples=10)
@given(st.lists(PAYLOADS, max_size=15), st.randoms(use_true_random=False))
def test_so_is_that_of_any_store(store_of_module: Store, added, random):
    """The same of whichever store, each time of a source of its own; fewer examples, for they cost more."""
    archive = store_of_module.archive()
    is_the_set_of_its_payloads(archive, archive, added, random, f"source-{uuid4().hex}")


def _write_many(settings: Settings, start: int) -> None:
    archive = store_of(settings).archive()
    for number in range(start, start + 40):
        put(archive, f"body {number % 7}".encode(), f"https://example.org/{number}")


def test_two_processes_lose_nothing(archive: Archive, settings_of_store: Settings):
    """Two processes that append to one source at once, half of it the same, leave each payload once."""
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write_many, args=(settings_of_store, start)) for start in (0, 20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert sorted(entry.url for entry in archive.entries("aider")) == sorted(
        f"https://example.org/{n}" for n in range(60)
    )
    size = archive.size()
    assert (size.payloads, size.bodies) == (60, 7)
    assert archive.problems() == []


def test_threads_that_share_an_archive_lose_nothing(archive: Archive):
    """Threads of one process, which share the memory of what is known, leave each payload once too."""
    fresh: list[bool] = []
    threads = [
        threading.Thread(
            target=lambda: fresh.extend(put(archive, b"x", f"https://example.org/{n}") for n in range(20))
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (fresh.count(True), fresh.count(False), len(archive.entries("aider"))) == (20, 40, 20)


@pytest.mark.parametrize("name", ["as_of", "fetched_at"])
def test_both_instants_of_an_entry_need_a_time_zone(name: str):
    """Either without one is refused, and the address is named."""
    entry = describe(b"x", source_id="aider", url="https://a.example", as_of=DAY, fetched_at=DAY)
    with pytest.raises(ValueError, match=r"https://a\.example: as_of and fetched_at need a time zone"):
        replace(entry, **{name: DAY.replace(tzinfo=None)})


def test_lines_are_counted_on_where_an_index_grows(local: Archive):
    """Each damaged line is told with its own number, also by who has read the lines before it."""
    index = local.folder / "index" / "aider.jsonl"
    put(local, b"one")
    assert local.problems() == []
    for hours, number in ((1, 2), (2, 4)):
        with index.open("ab") as file:
            file.write(b"{}\n")
        assert f"aider.jsonl, line {number} is damaged" in local.problems()[-1]
        put(local, b"more", hours=hours)
    assert len(local.damaged_lines("aider")) == 2
    assert len(local.entries("aider")) == 3


def test_a_body_that_is_gone_is_no_longer_whole(local: Archive):
    """Though it was read before; one that was never there is not either."""
    put(local, b"x")
    [entry] = local.entries("aider")
    assert local.is_whole(entry.sha256) is True
    local.files(entry.sha256)[0].unlink()
    assert local.is_whole(entry.sha256) is False
    assert local.is_whole("0" * 64) is False


def test_a_lost_body_is_written_again_though_its_payload_is_known(local: Archive):
    """`add` says that it is no new one."""
    put(local, b"x")
    [entry] = local.entries("aider")
    local.files(entry.sha256)[0].unlink()
    assert put(local, b"x") is False
    assert local.body(entry.sha256) == b"x"


def test_what_was_never_finished_is_removed_once_it_is_old(local: Archive):
    """Older than the instant; what is of that instant may still be at work."""
    put(local, b"x")
    [body] = local.folder.rglob("*.zst")
    for hours in (0, 1, 2):
        part = body.with_name(f"{hours}.part")
        part.touch()
        at = (DAY + timedelta(hours=hours)).timestamp()
        os.utime(part, (at, at))
    assert local.remove_unfinished(DAY + timedelta(hours=1)) == 1
    assert sorted(file.name for file in body.parent.iterdir()) == ["1.part", "2.part", body.name]


def test_an_index_line_is_sorted_and_as_it_was_written(local: Archive):
    """By name, and letters beyond ASCII as themselves: a person searches in it."""
    entry = describe(b"x", source_id="aider", url="https://a.example/ü", as_of=DAY, fetched_at=DAY)
    local.add(entry, b"x")
    line = (local.folder / "index" / "aider.jsonl").read_text(encoding="utf-8")
    assert "https://a.example/ü" in line
    assert list(json.loads(line)) == sorted(json.loads(line))


def test_a_writer_waits_two_minutes_unless_told_otherwise(local: Archive):
    """And who has waited is told for how long."""
    assert (local.lock_wait_seconds, local._sightings.lock_wait_seconds) == (120, 120)
    hasty = Archive(local.folder, 0.1)
    with FileLock(local.folder / "index" / "aider.lock"), pytest.raises(ArchiveError) as error:
        put(hasty, b"x")
    assert "aider.lock: another process has been writing for 0.1 seconds; wait" in str(error.value)


def test_torn_and_missing_are_told_in_words(local: Archive):
    """How many bytes of the last line are there, and which source lists what is missing."""
    put(local, b"x")
    index = local.folder / "index" / "aider.jsonl"
    with index.open("ab") as file:
        file.write(b"half a line")
    [entry] = local.entries("aider")
    [file] = local.files(entry.sha256)
    file.unlink()
    torn, missing = Archive(local.folder).problems()
    assert torn.startswith(f"{index}: the last line is torn (11 bytes without an end of line), from a crash")
    assert missing == f"{file} is missing from the archive, though aider lists it"


def test_a_body_that_rests_on_one_of_a_purged_source_stays(local: Archive):
    """What another source has too is written as a whole before what it rests on goes."""
    long = random.Random(5).randbytes(20_000)
    bodies = [long + str(number).encode() for number in range(3)]
    for hour, body in enumerate(bodies):
        put(local, body, hours=hour)
    put(local, bodies[1], source="weirdml")
    assert local.compact(DAY + timedelta(days=1)).bodies == 1
    assert local.purge("aider") == 3
    again = Archive(local.folder)
    [entry] = again.entries("weirdml")
    assert again.body(entry.sha256) == bodies[1]
    assert again.files(entry.sha256) == (local.folder / "bodies" / entry.sha256[:2] / f"{entry.sha256}.zst",)
    assert again.size() == Size(1, 1, 20_001, again.files(entry.sha256)[0].stat().st_size)
