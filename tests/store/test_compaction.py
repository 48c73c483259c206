"""Compaction of the archive: less room, every payload as it was, nothing that rests on what is not there."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive import Archive, Compacted, describe
from store.backup import back_up, restore
from store.bodies import DIFFERENCE, SMALLEST, WHOLE, ArchiveError
from store.locks import file_lock

DAY = datetime(2026, 3, 1, tzinfo=UTC)
NOW = datetime(2027, 1, 1, tzinfo=UTC)
LONG = random.Random(1).randbytes(2 * SMALLEST)
"""Nothing that could be compressed by itself."""


def body(number: int) -> bytes:
    """A long payload that differs from the others in a few bytes, as by a date."""
    return LONG + f"as of day {number}".encode()


def serve(archive: Archive, *numbers: int, source: str = "board", url: str = "https://x.example/a") -> None:
    """Payloads of an address, served one after the other, a day apart."""
    first = len(archive.entries(source))
    for place, number in enumerate(numbers, start=first):
        at = DAY + timedelta(days=place)
        entry = describe(body(number), source_id=source, url=url, as_of=at, fetched_at=at)
        archive.add(entry, body(number))


def files(archive: Archive, suffix: str) -> list[Path]:
    """The files of bodies that lie so."""
    return sorted(archive.folder.rglob(f"*{suffix}"))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Five payloads of one address."""
    archive = Archive(tmp_path / "archive")
    serve(archive, 1, 2, 3, 4, 5)
    return archive


def test_what_was_superseded_takes_little_room_and_reads_the_same(archive: Archive) -> None:
    """The first stays, since others rest on it, and the last, which is asked for most."""
    before = archive.size()
    done = archive.compact(NOW)
    assert done.bodies == 3
    assert done.after < done.before / 20
    assert archive.size().stored_bytes == before.stored_bytes - done.before + done.after
    fresh = Archive(archive.folder)
    assert fresh.entries("board") == archive.entries("board")
    assert [fresh.body(entry.sha256) for entry in fresh.entries("board")] == [body(n) for n in range(1, 6)]
    assert fresh.problems(deep=True) == []
    assert (len(files(archive, DIFFERENCE)), len(files(archive, WHOLE))) == (3, 2)


def test_only_what_was_superseded_since_is_looked_at_again(archive: Archive) -> None:
    """What is compacted every day costs a day's payloads, and all of them where somebody wants it."""
    archive.compact(DAY + timedelta(days=4))
    assert archive.compact(NOW) == Compacted()
    serve(archive, 6)
    assert archive.compact(NOW + timedelta(days=1)).bodies == 0  # superseded before NOW, which lies ahead
    assert archive.compact(NOW + timedelta(days=2), all_of_them=True).bodies == 1


def test_a_payload_that_differs_in_all_stays_whole(tmp_path: Path) -> None:
    """A difference that is no smaller is not kept."""
    archive = Archive(tmp_path)
    for number in range(3):
        content = random.Random(number).randbytes(2 * SMALLEST)
        at = DAY + timedelta(days=number)
        archive.add(describe(content, source_id="s", url="u", as_of=at, fetched_at=at), content)
    assert archive.compact(NOW) == Compacted()
    assert files(archive, DIFFERENCE) == []


def test_what_rests_on_a_damaged_body_says_so_and_is_written_again(archive: Archive) -> None:
    """The file is named, the others are read, and a refresh that gets the bytes again mends it."""
    archive.compact(NOW)
    first, second, *_ = archive.entries("board")
    [base] = archive.files(first.sha256)
    base.write_bytes(base.read_bytes()[:-5])
    fresh = Archive(archive.folder)
    with pytest.raises(ArchiveError, match=str(base)):
        fresh.body(second.sha256)
    assert len(fresh.problems(deep=True)) == 4
    base.unlink()
    assert len(fresh.problems()) == 4
    fresh.add(first, body(1))
    assert fresh.problems(deep=True) == []
    assert fresh.body(second.sha256) == body(2)


def test_a_damaged_difference_is_written_again_as_a_whole(archive: Archive) -> None:
    """As any damaged body is."""
    archive.compact(NOW)
    second = archive.entries("board")[1]
    torn = archive.files(second.sha256)[0]
    for content in (b"", torn.read_bytes()[:-1], b"x" * torn.stat().st_size):
        torn.write_bytes(content)
        assert not Archive(archive.folder).is_whole(second.sha256)
    fresh = Archive(archive.folder)
    fresh.add(second, body(2))
    assert fresh.body(second.sha256) == body(2)


def test_broken_off_before_the_whole_was_removed_it_goes_on(archive: Archive) -> None:
    """A body that lies both ways is read, and the next compaction ends what was begun."""
    wholes = {file: file.read_bytes() for file in files(archive, WHOLE)}
    archive.compact(NOW)
    for file, content in wholes.items():
        file.write_bytes(content)
    assert Archive(archive.folder).problems(deep=True) == []
    assert archive.compact(NOW, all_of_them=True).bodies == 3
    assert Archive(archive.folder).problems(deep=True) == []


def test_a_copy_of_a_compacted_archive_is_whole(archive: Archive, tmp_path: Path) -> None:
    """Also one in a folder that holds a copy of before."""
    home = archive.folder.parent
    back_up(home, tmp_path / "copy")
    archive.compact(NOW)
    serve(archive, 6)
    for into in (tmp_path / "copy", tmp_path / "copy.tar"):
        assert back_up(home, into).missing == ()
        again = tmp_path / f"again-{into.suffix}"
        restore(into, again)
        restored = Archive(again / "archive")
        assert restored.problems(deep=True) == []
        assert restored.entries("board") == archive.entries("board")


STEP = st.one_of(
    st.tuples(st.just("serve"), st.sampled_from("ab"), st.sampled_from("uv"), st.integers(1, 5)),
    st.tuples(st.sampled_from(["compact", "purge"]), st.sampled_from("ab"), st.just(""), st.just(0)),
)


@settings(deadline=None, max_examples=25)
@given(steps=st.lists(STEP, min_size=4, max_size=25))
def test_whatever_comes_in_which_order_every_payload_can_be_read(
    steps: list[tuple[str, str, str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Bodies that addresses and sources share, and that come again, too; nothing rests on a difference."""
    archive = Archive(tmp_path_factory.mktemp("archive"))
    for turn, (what, source, url, number) in enumerate(steps):
        if what == "serve":
            serve(archive, number, source=source, url=f"https://x.example/{url}")
        elif what == "compact":
            archive.compact(NOW + timedelta(days=turn), all_of_them=source == "a")
        else:
            archive.purge(source)
        assert Archive(archive.folder).problems(deep=True) == []
        for base in archive._bodies.resting():
            assert archive._bodies.file(base).is_file()
            assert archive._bodies.base(base) is None or archive._bodies.file(base).is_file()


def days_of(archive: Archive, *arrivals: tuple[int, int]) -> None:
    """Payloads of one address: which number, and of which day it is, in the order of their arrival."""
    for hour, (number, day) in enumerate(arrivals):
        as_of, at = DAY + timedelta(days=day), DAY + timedelta(days=90, hours=hour)
        entry = describe(body(number), source_id="board", url="u", as_of=as_of, fetched_at=at)
        archive.add(entry, body(number))


def wholes(archive: Archive) -> list[int]:
    """The numbers of the payloads that lie as a whole, in the order of their arrival."""
    paths = {file.stem for file in files(archive, WHOLE)}
    found = sorted(archive.entries("board"), key=lambda entry: entry.fetched_at)
    return [
        number
        for number in range(1, 20)
        if any(entry.sha256 in paths and archive.body(entry.sha256) == body(number) for entry in found)
    ]


@pytest.mark.parametrize(
    ("arrivals", "whole"),
    [
        ([], []),
        ([(1, 1)], [1]),
        ([(1, 1), (2, 2)], [1, 2]),
        ([(1, 1), (2, 2), (3, 3)], [1, 3]),
        ([(1, 1), (2, 9), (3, 3), (4, 4)], [1, 2, 4]),  # the newest came second
        ([(1, 1), (2, 2), (3, 3), (2, 4)], [1, 3]),  # what came again counts once
    ],
)
def test_the_first_the_newest_and_the_last_that_came_stay_whole(
    tmp_path: Path, arrivals: list[tuple[int, int]], whole: list[int]
) -> None:
    """The newest is asked for most, and what came last may be followed by something like it."""
    archive = Archive(tmp_path)
    days_of(archive, *arrivals)
    archive.compact(NOW)
    assert wholes(archive) == whole
    assert archive.problems(deep=True) == []


def test_so_many_rest_on_one_and_the_next_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two at most: the second and third rest on the first, the fifth and sixth on the fourth."""
    monkeypatch.setattr("store.archive.MOST_RESTING", 2)
    archive = Archive(tmp_path)
    days_of(archive, *((number, number) for number in range(1, 8)))
    assert archive.compact(NOW).bodies == 4
    assert wholes(archive) == [1, 4, 7]


@pytest.mark.parametrize(("bound", "more", "bodies"), [("LARGEST", 0, 1), ("LARGEST", -1, 0)])
def test_a_body_of_the_largest_size_is_compacted_and_no_larger_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, more: int, bodies: int
) -> None:
    """By its length as it was served: two of them must fit into memory."""
    monkeypatch.setattr(f"store.archive.{bound}", len(body(1)) + more)
    archive = Archive(tmp_path)
    days_of(archive, (1, 1), (2, 2), (3, 3))
    assert archive.compact(NOW).bodies == bodies


@pytest.mark.parametrize(("more", "bodies"), [(0, 1), (1, 0)])
def test_a_file_of_the_smallest_size_is_compacted_and_no_smaller_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, bodies: int
) -> None:
    """By what it takes on the disk."""
    archive = Archive(tmp_path)
    days_of(archive, (1, 1), (2, 2), (3, 3))
    (file,) = archive.files(describe(body(2), source_id="s", url="u", as_of=DAY, fetched_at=DAY).sha256)
    before = file.stat().st_size
    monkeypatch.setattr("store.archive.SMALLEST", before + more)
    done = archive.compact(NOW)
    assert (done.bodies, done.before) == (bodies, before * bodies)
    assert (done.after > 0) is bool(bodies)


def test_what_was_superseded_at_the_very_instant_counts_as_looked_at(archive: Archive) -> None:
    """The sixth came when the archive was compacted last; with the seventh the sixth is due."""
    archive.compact(DAY + timedelta(days=5))
    serve(archive, 6)
    assert archive.compact(DAY + timedelta(days=5)).bodies == 0
    serve(archive, 7)
    assert archive.compact(NOW).bodies == 1


def test_where_nothing_is_or_somebody_is_at_it_nothing_is_done(archive: Archive, tmp_path: Path) -> None:
    """No folder is made for it, and the instant of the last time stays."""
    assert Archive(tmp_path / "none").compact(NOW) == Compacted(0, 0, 0)
    assert not (tmp_path / "none").exists()
    with file_lock(archive.folder / "compacted.lock"):
        assert archive.compact(NOW) == Compacted(0, 0, 0)
    assert archive.compacted_at() is None
    archive.compact(NOW)
    assert Archive(archive.folder).compacted_at() == NOW
    (archive.folder / "compacted").write_text("lately")
    assert archive.compacted_at() is None


def test_a_damaged_body_is_passed_over_and_told(archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    """The others are compacted."""
    third = archive.entries("board")[2]
    (file,) = archive.files(third.sha256)
    file.write_bytes(b"x" * file.stat().st_size)
    assert archive.compact(NOW).bodies == 1
    assert f"{file} is damaged" in caplog.text


def test_what_several_compactions_did_adds_up() -> None:
    """Bodies, and bytes before and after, each for itself."""
    assert Compacted(1, 20, 300) + Compacted(4, 50, 600) == Compacted(5, 70, 900)
