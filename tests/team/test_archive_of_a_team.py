"""What a team's archive promises beside what each does (tests/store): any machine finds its bodies."""

from __future__ import annotations

import pytest
import zstandard

from store.archive import Archive
from store.bodies import ArchiveError
from store.sightings import Seen
from store.team.archive import TeamArchive, obstore
from store.team.store import TeamStore
from tests.store.test_archive import DAY, put


@pytest.fixture
def archive(team: TeamStore) -> TeamArchive:
    """The archive of a team, as one of its machines sees it."""
    return team.archive()


@pytest.fixture
def elsewhere(team: TeamStore) -> TeamArchive:
    """The same, as another machine sees it that has nothing yet."""
    other = TeamStore(team.address, team.folder.parent / "elsewhere", 20.0)
    return other.archive()


def test_what_one_machine_adds_another_one_reads(archive: TeamArchive, elsewhere: TeamArchive) -> None:
    """A, B, A again: three payloads and two bodies, and nothing twice, whoever adds it."""
    assert [put(archive, body, hours=hour) for hour, body in enumerate([b"A", b"B", b"A"])] == [True] * 3
    assert put(elsewhere, b"B", hours=1) is False
    assert [elsewhere.body(entry.sha256) for entry in elsewhere.entries("aider")] == [b"A", b"B", b"A"]
    size = elsewhere.size()
    assert (size.payloads, size.bodies, size.served_bytes) == (3, 2, 2)
    assert size.stored_bytes > 0


def test_a_child_that_parses_finds_the_bodies_in_a_folder(
    archive: TeamArchive, elsewhere: TeamArchive
) -> None:
    """`at_hand` brings them to this machine, laid out as the archive of one machine is."""
    put(archive, b"A")
    entries = elsewhere.entries("aider")
    assert Archive(elsewhere.at_hand(entries)).body(entries[0].sha256) == b"A"


def test_a_body_that_is_lost_is_told_and_stored_again(archive: TeamArchive, elsewhere: TeamArchive) -> None:
    """Fetching its source again mends it, as on one machine."""
    put(archive, b"A")
    (entry,) = archive.entries("aider")
    obstore().delete(elsewhere._objects, f"bodies/{entry.sha256[:2]}/{entry.sha256}.zst")
    assert any("is missing" in problem for problem in elsewhere.problems())
    with pytest.raises(ArchiveError, match="missing"):
        elsewhere.body(entry.sha256)
    assert put(elsewhere, b"A") is False
    assert elsewhere.problems(deep=True) == []


@pytest.mark.parametrize("damage", ["lost", "torn", "other"])
def test_what_storage_has_lost_or_damaged_is_written_again_by_whoever_has_it(
    team: TeamStore, archive: TeamArchive, elsewhere: TeamArchive, damage: str
) -> None:
    """Its server says that nothing has changed, so no body comes: the next refresh looks at its own copy."""
    put(archive, b"A")
    (entry,) = archive.entries("aider")
    name = f"bodies/{entry.sha256[:2]}/{entry.sha256}.zst"
    if damage == "lost":
        obstore().delete(archive._objects, name)
    else:
        whole = bytes(obstore().get(archive._objects, name).bytes())
        other = zstandard.ZstdCompressor().compress(b"B")
        obstore().put(archive._objects, name, whole[:-2] if damage == "torn" else other)
    assert any(
        ("is missing" if damage == "lost" else "damaged") in told for told in elsewhere.problems(deep=True)
    )
    assert not elsewhere.is_whole(entry.sha256)
    later = TeamArchive(team.folder / "archive", team.postgres, team.address)
    assert later.is_whole(entry.sha256)
    assert elsewhere.problems(deep=True) == []
    assert elsewhere.body(entry.sha256) == b"A"


def test_a_damaged_copy_that_somebody_else_has_removed_meanwhile_is_fetched(
    archive: TeamArchive, elsewhere: TeamArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes of one machine may find it at the same time."""
    put(archive, b"A")
    (entry,) = archive.entries("aider")
    copy = elsewhere._bodies.file(entry.sha256)
    assert elsewhere.body(entry.sha256) == b"A"

    def removed(_: Archive, sha256: str) -> bytes:
        copy.unlink()
        raise ArchiveError(f"{sha256} is damaged")

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "body", removed)
        assert elsewhere.body(entry.sha256) == b"A"
    assert copy.is_file()


def test_sightings_of_all_machines_are_one(archive: TeamArchive, elsewhere: TeamArchive) -> None:
    """Merged by minimum and maximum, whoever saw what."""
    put(archive, b"A")
    (entry,) = archive.entries("aider")
    archive.saw(entry, DAY.replace(hour=9))
    elsewhere.saw(entry, DAY.replace(hour=5))
    assert elsewhere.seen(entry) == Seen(DAY, DAY.replace(hour=9))
    assert archive.sightings().height == 1


def test_a_source_is_purged_for_all(archive: TeamArchive, elsewhere: TeamArchive) -> None:
    """Bodies that another source has too stay."""
    put(archive, b"A")
    put(archive, b"A", source="weirdml")
    put(archive, b"B")
    assert elsewhere.purge("aider") == 2
    assert archive.sources() == ["weirdml"]
    assert [archive.body(entry.sha256) for entry in archive.entries("weirdml")] == [b"A"]
