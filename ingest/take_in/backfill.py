"""Put payloads of the past into the raw archive: recordings, tables of facts, the bundled data."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from ingest.fetch.replay import Recordings
from ingest.source import Source
from ingest.take_in.gather import instant
from ingest.take_in.load import BUNDLE_ID
from store.archive import Archive, describe
from store.bundle import FOLDER, bundle_files
from store.files import sha256_of

_log = logging.getLogger(__name__)

FACTS_PREFIX = "facts:"
FACTS_COLLECTED_ON = "2026-10-03"
"""The date of a table that names no publication to the day."""


def archive_recordings(source: Source, recordings: Recordings, archive: Archive) -> int:
    """Archive every recording of a source; returns how many were new."""
    new = 0
    for payload in recordings.of(source.id, source.replay_ids):
        entry = describe(
            payload.body,
            source_id=source.id,
            url=payload.url,
            as_of=payload.as_of,
            fetched_at=instant(),
            content_type=payload.content_type,
        )
        new += archive.add(entry, payload.body)
    return new


def archive_facts(source: Source, folder: Path, archive: Archive) -> int:
    """Archive the tables of facts that a source names by `facts:FILE` addresses; returns how many were new.

    A table is as of the newest full date it names in its column of publication dates.
    """
    urls = source.urls if isinstance(source.urls, tuple) else ()
    new = 0
    for url in (url for url in urls if url.startswith(FACTS_PREFIX)):
        file = folder / url.removeprefix(FACTS_PREFIX)
        if file.is_file():
            body = file.read_bytes()
            entry = describe(
                body,
                source_id=source.id,
                url=url,
                as_of=_newest_date(body),
                fetched_at=instant(),
                content_type="text/csv",
            )
            new += archive.add(entry, body)
    return new


def archive_bundle(archive: Archive, folder: Path = FOLDER) -> int:
    """Archive the data that ships with the code as payloads of their own; returns how many were new.

    Nothing of a bundle that is damaged, which is told: the one that is archived goes on.
    """
    bundle = bundle_files(folder)
    if bundle is None:
        return 0
    faults = bundle.faults()
    for fault in faults:
        _log.warning("%s", fault)
    if faults:
        return 0
    known = {entry.identity for entry in archive.entries(BUNDLE_ID)}
    new = 0
    for file in bundle.files:
        url, digest = f"{BUNDLE_ID}:{file.name}", bundle.hashes.get(file.name) or sha256_of(file)
        if (url, bundle.made_at, digest) in known and archive.is_whole(digest):
            continue
        body = file.read_bytes()
        entry = describe(
            body,
            source_id=BUNDLE_ID,
            url=url,
            as_of=bundle.made_at,
            fetched_at=instant(),
            content_type="application/vnd.apache.parquet",
        )
        new += archive.add(entry, body)
    return new


def _newest_date(body: bytes) -> datetime:
    published = pl.read_csv(body, infer_schema=False, columns=["published"])["published"]
    days = published.filter(published.str.contains(r"^\d{4}-\d{2}-\d{2}$").fill_null(value=False))
    newest = days.max() if len(days) else FACTS_COLLECTED_ON
    return datetime.fromisoformat(str(newest)).replace(tzinfo=UTC)
