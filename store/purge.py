"""Take the payloads of one source out of the raw archive, which otherwise keeps everything for ever."""

from __future__ import annotations

from filelock import FileLock

from store.archive import Archive


def purge(archive: Archive, source_id: str) -> int:
    """Delete what was fetched of a source; bodies that another source has too stay. Returns how many went.

    A body that another process takes in at this very moment is asked for again by its next refresh.
    """
    index = archive.folder / "index" / f"{source_id}.jsonl"
    if not index.is_file():
        return 0
    with FileLock(index.with_suffix(".lock"), timeout=archive.lock_wait_seconds):
        own = archive.entries(source_id)
        others = {
            entry.sha256 for name in archive.sources() if name != source_id for entry in archive.entries(name)
        }
        index.unlink()
        (archive.folder / "seen" / f"{source_id}.json").unlink(missing_ok=True)
        for sha256 in {entry.sha256 for entry in own} - others:
            (archive.folder / "bodies" / sha256[:2] / f"{sha256}.zst").unlink(missing_ok=True)
    return len(own)
