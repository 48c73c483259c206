"""Bodies of the archive: one or two files each, held against their hash, and worth the room they take."""

from __future__ import annotations

import hashlib
import random
from fractions import Fraction
from pathlib import Path

import pytest

from store.bodies import LARGEST, MOST_RESTING, SMALLEST, WORTH, ArchiveError, Bodies

LONG = random.Random(2).randbytes(20_000)
"""Nothing that could be compressed by itself."""


def put(bodies: Bodies, body: bytes) -> str:
    """The hash of a body that was written as a whole."""
    sha256 = hashlib.sha256(body).hexdigest()
    bodies.write(sha256, body)
    return sha256


@pytest.fixture
def bodies(tmp_path: Path) -> Bodies:
    """An archive's bodies, none so far."""
    return Bodies(tmp_path)


def test_a_body_lies_below_the_first_two_digits_of_its_hash(bodies: Bodies, tmp_path: Path) -> None:
    """Whole, or as what differs from another one."""
    name = "ab" + "0" * 62
    assert bodies.file(name) == tmp_path / "bodies" / "ab" / f"{name}.zst"
    assert bodies.difference(name) == tmp_path / "bodies" / "ab" / f"{name}.delta"


def test_the_bounds_of_compaction_are_the_documented_ones() -> None:
    """8 KiB to 32 MB, at most half of the whole, sixty on one."""
    assert (SMALLEST, LARGEST, WORTH, MOST_RESTING) == (8_192, 32_000_000, 0.5, 60)


def test_a_difference_gives_the_body_back_and_counts_for_its_base(bodies: Bodies) -> None:
    """It is read from two files; what is not there is read from none."""
    first, second = put(bodies, LONG), put(bodies, LONG + b"and more")
    assert (bodies.files(second), bodies.base(second), bodies.resting()) == ((bodies.file(second),), None, {})
    assert bodies.shrink(second, first) is True
    assert bodies.files(second) == (bodies.difference(second), bodies.file(first))
    assert (bodies.base(second), bodies.base(first), bodies.resting()) == (first, None, {first: 1})
    assert bodies.read(second) == LONG + b"and more"
    assert bodies.stored_bytes() == sum(file.stat().st_size for file in bodies.files(second))
    bodies.file(first).unlink()
    assert (bodies.files(second), bodies.files(first)) == ((), ())
    with pytest.raises(ArchiveError) as error:
        bodies.read(second)
    assert str(error.value).startswith(
        f"{bodies.file(first)} is missing from the archive, and {bodies.difference(second)} rests on it: "
    )
    assert error.value.file == bodies.file(first)


def test_a_difference_is_kept_up_to_half_of_the_whole(
    bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound itself will do; a byte above it does not, and then the body stays as it was."""
    first, second = put(bodies, LONG), put(bodies, LONG + b"and more")
    whole = bodies.file(second).stat().st_size
    assert bodies.shrink(second, first)
    packed = bodies.difference(second).stat().st_size
    bodies.remove(second)
    assert bodies.files(second) == ()
    for most, worth in ((Fraction(2 * packed - 1, 2 * whole), False), (Fraction(packed, whole), True)):
        put(bodies, LONG + b"and more")
        monkeypatch.setattr("store.bodies.WORTH", most)
        assert bodies.shrink(second, first) is worth
        assert (bodies.file(second).exists(), bodies.difference(second).exists()) == (not worth, worth)


def test_bodies_with_little_in_common_stay_whole(bodies: Bodies) -> None:
    """A third is in common: the rest would take more than half."""
    other = LONG[:6_000] + random.Random(3).randbytes(14_000)
    assert bodies.shrink(put(bodies, other), put(bodies, LONG)) is False
    nearer = LONG[:14_000] + random.Random(4).randbytes(6_000)
    assert bodies.shrink(put(bodies, nearer), put(bodies, LONG)) is True


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "its head is none of ours"),
        (b"hcdelta1" + bytes(31), "its head is none of ours"),
        (b"hcdelta2" + bytes(40), "its head is none of ours"),
    ],
)
def test_a_difference_with_another_head_is_damaged(bodies: Bodies, content: bytes, says: str) -> None:
    """Too short, or of another kind: it rests on nothing and is told by its file."""
    first, second = put(bodies, LONG), put(bodies, LONG + b"and more")
    bodies.shrink(second, first)
    bodies.difference(second).write_bytes(content)
    assert (bodies.base(second), bodies.resting()) == (None, {})
    with pytest.raises(ArchiveError) as error:
        bodies.read(second)
    assert f"{bodies.difference(second)} is damaged ({says}): fetch or back-fill" in str(error.value)


def test_what_is_not_there_or_cannot_be_read_is_told_by_its_file(bodies: Bodies) -> None:
    """A folder in its place is neither missing nor damaged: the system's own words say what it is."""
    name = "ab" + "0" * 62
    with pytest.raises(ArchiveError) as error:
        bodies.read(name)
    assert str(error.value).startswith(f"{bodies.file(name)} is missing from the archive: fetch")
    bodies.file(name).mkdir(parents=True)
    with pytest.raises(ArchiveError) as error:
        bodies.read(name)
    assert f"{bodies.file(name)} cannot be read (Is a directory): " in str(error.value)


def test_nothing_unfinished_is_left_where_writing_breaks_off(
    bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The body is there wholly or not at all."""
    monkeypatch.setattr("os.fsync", lambda _number: (_ for _ in ()).throw(OSError("no room")))
    with pytest.raises(OSError, match="no room"):
        put(bodies, b"x")
    assert [file for file in bodies.folder.rglob("*") if file.is_file()] == []


def test_what_repeats_itself_far_apart_takes_room_once(bodies: Bodies) -> None:
    """A body of 8 MB that is its base twice, with few new lines, takes less than a fiftieth of the base."""
    chance = random.Random(1)
    words = [chance.randbytes(6).hex() for _ in range(5_000)]
    lines = [" ".join(chance.choice(words) for _ in range(8)) for _ in range(40_000)]
    changed = [line if at % 50 else f"new {line}" for at, line in enumerate(lines)]
    base = put(bodies, "\n".join(lines).encode())
    twice = put(bodies, "\n".join([*lines, *changed]).encode())
    assert bodies.shrink(twice, base) is True
    assert 50 * bodies.difference(twice).stat().st_size < bodies.file(base).stat().st_size
