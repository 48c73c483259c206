"""Archive the dated versions that a source keeps of itself: back-fill over the network."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from ingest.errors import FetchError, ParseError
from ingest.fetch.client import Fetcher
from ingest.source import Payload, Source, Version
from ingest.take_in.gather import Gathered
from store.archive import Archive, describe

VERSION_HEADER = "x-version-address"
"""Under this name the archive notes from where a dated version came."""

GITHUB_INTERFACE = "https://api.github.com/"


def gather_history(
    source: Source,
    fetcher: Fetcher,
    archive: Archive,
    since: date,
    now: datetime,
    github_token: str = "",
) -> Gathered:
    """Archive the dated versions that a source keeps of itself since a day.

    Versions that the archive holds are not asked for again, so an interrupted back-fill goes on where it
    ended. A version that cannot be read is kept, and the one before it is taken as well. The token, if any,
    goes to GitHub's interface only.
    """
    if source.history is None:
        return Gathered(skipped="keeps no dated versions of itself")
    known = {entry.headers.get(VERSION_HEADER) for entry in archive.entries(source.id)}
    new = asked = 0
    errors: list[str] = []

    def read(url: str) -> bytes:
        nonlocal asked
        asked += 1
        own = github_token and url.startswith(GITHUB_INTERFACE)
        headers = {"Authorization": f"Bearer {github_token}"} if own else {}
        return fetcher.fetch(url, headers=headers, max_bytes=source.max_bytes).body

    try:
        for version in source.history(read, since, now.date()):
            for copy in (version, *version.older):
                if copy.address in known:
                    break
                body = read(copy.address)
                new += _archive_version(source, copy, body, archive, now)
                known.add(copy.address)
                if _is_readable(source, copy, body):
                    break
    except FetchError as error:
        errors.append(f"{error} What came before it is kept; the same command goes on from there.")
    return Gathered(new, asked, 0, tuple(errors))


def _is_readable(source: Source, version: Version, body: bytes) -> bool:
    payload = Payload(source.id, version.url, version.as_of, sha256(body).hexdigest(), body)
    try:
        source.parse((payload,))
    except ParseError:
        return False
    return True


def _archive_version(source: Source, version: Version, body: bytes, archive: Archive, now: datetime) -> bool:
    entry = describe(
        body,
        source_id=source.id,
        url=version.url,
        as_of=version.as_of,
        fetched_at=now,
        headers={VERSION_HEADER: version.address},
    )
    return archive.add(entry, body)
