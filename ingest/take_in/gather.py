"""Fetch one source and put what is new into the raw archive; loading is a step of its own (`load.py`)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from ingest.declared.local_files import SCHEME as FILE
from ingest.errors import FetchError, ParseError, Unreachable
from ingest.fetch.client import Fetched, Fetcher
from ingest.fetch.local import read_local
from ingest.source import Payload, Source, State, Version
from ingest.take_in.quiet import AT_LEAST
from store.archive import Archive, Entry, describe

GIVE_UP_AFTER = 2
"""So many addresses of a source without a connection, and none with one: the others are not tried."""

MOST_FURTHER_ADDRESSES = 500
"""So many addresses are followed at most beyond a source's own: pages that never end are cut off."""

VERSION_HEADER = "x-version-address"
"""Under this name the archive notes from where a dated version came."""

GITHUB_INTERFACE = "https://api.github.com/"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What fetching one source brought.

    new      payloads added to the archive
    asked    addresses that were asked for
    errors   what went wrong, in words, one per address that failed
    offline  whether every address failed for want of a connection
    skipped  why nothing was asked for, where that is so
    addresses  what was asked for
    notes    what a person should know though nothing failed
    served   the addresses that answered with a body
    """

    new: int = 0
    asked: int = 0
    retries: int = 0
    errors: tuple[str, ...] = ()
    skipped: str | None = None
    offline: bool = False
    addresses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    served: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether not one address answered."""
        return self.asked > 0 and len(self.errors) == self.asked


def gather(
    source: Source,
    fetcher: Fetcher,
    archive: Archive,
    now: datetime,
    environment: Mapping[str, str] | None = None,
    names: tuple[str, ...] = (),
    served: Mapping[str, datetime] | None = None,
    patience: timedelta = AT_LEAST,
) -> Gathered:
    """Ask every address of `source` and archive the payloads that differ from the newest ones.

    `now` (aware UTC) is the instant that the payloads of this refresh get, unless a recording says another.
    An address is asked for the whole file, and not only for what has changed, where the body that we have is
    lost or damaged, and where it has sent none (see `served`) for longer than `patience`.
    """
    env = os.environ if environment is None else environment
    if source.key_env and not env.get(source.key_env):
        return Gathered(skipped=f"needs a key: set {source.key_env} in the environment, then refresh again")
    headers = {
        name: text.replace("{key}", env.get(source.key_env or "", ""))
        for name, text in source.headers.items()
    }
    latest = archive.latest(source.id)
    new = asked = retries = unreachable = 0
    errors: list[str] = []
    given = _addresses(source, archive, latest, now, names)
    waiting = [url for url in given if url.startswith(("http", FILE))]
    own_files = {url for url in waiting if url.startswith(FILE)}  # never one that an answer names
    notes: list[str] = []
    answered: list[str] = []
    if not waiting:
        return Gathered(skipped="comes with the code or by back-fill; there is nothing to fetch")
    most = len(waiting) + MOST_FURTHER_ADDRESSES
    own_hosts = {urlsplit(url).hostname for url in waiting}
    seen: set[str] = set()
    while waiting and len(seen) < most:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        asked += 1
        before = latest.get(url)
        whole = before if before and archive.is_whole(before.sha256) else None
        known = whole if whole and now - (served or {}).get(url, whole.fetched_at) <= patience else None
        try:
            answer = (
                read_local(url, source.folder, source.max_bytes)
                if url in own_files
                else fetcher.fetch(
                    url,
                    # a page may name a next one anywhere; the key is for the hosts of the source itself
                    headers=headers if urlsplit(url).hostname in own_hosts else {},
                    previous=known.headers if known else None,
                    max_bytes=source.max_bytes,
                )
            )
        except FetchError as error:
            errors.append(str(error))
            retries += error.retries
            unreachable += isinstance(error, Unreachable)
            if unreachable == asked >= GIVE_UP_AFTER:
                break
            continue
        retries += answer.retries
        if not answer.unchanged:
            entry = entry_of(source.id, url, answer, now)
            answered.append(url)
            new += _keep(archive, entry, answer.body, before, recorded=answer.recorded_as_of is not None)
            waiting += _followed(source, entry, answer.body)
        elif known is None:
            errors.append(_nothing_sent(url, whole))
        elif whole is not None:
            archive.saw(whole, answer.recorded_as_of or now)
            waiting += _followed(source, whole, archive.body(whole.sha256) if source.follow else b"")
        newest = archive.latest(source.id).get(url)
        if newest and now - newest.as_of > patience:
            notes.append(f"{url} has brought nothing new since {newest.as_of:%Y-%m-%d}")
    return Gathered(
        new,
        asked,
        retries,
        tuple(errors),
        offline=0 < asked == unreachable,
        addresses=tuple(seen),
        notes=tuple(notes),
        served=tuple(answered),
    )


def _nothing_sent(url: str, whole: Entry | None) -> str:
    ours = f"What we have is of {whole.as_of:%Y-%m-%d}" if whole else "We have nothing whole of it"
    return (
        f"{url}: the server says that nothing has changed (status 304), though it was asked for the whole "
        f"file. {ours}; open the address in a browser to see what it serves"
    )


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
        own = github_token and url.startswith(GITHUB_INTERFACE)
        headers = {"Authorization": f"Bearer {github_token}"} if own else {}
        return fetcher.fetch(url, headers=headers, max_bytes=source.max_bytes).body

    try:
        for version in source.history(read, since, now.date()):
            for copy in (version, *version.older):
                if copy.address in known:
                    break
                asked += 1
                body = read(copy.address)
                new += _archive_version(source, copy, body, archive, now)
                known.add(copy.address)
                if _is_readable(source, copy, body):
                    break
    except FetchError as error:
        errors.append(f"{error} What came before it is kept; the same command goes on from there.")
        asked += 1
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


def entry_of(source_id: str, url: str, answer: Fetched, now: datetime) -> Entry:
    """The archive's note of one answer."""
    return Entry(
        source_id=source_id,
        url=url,
        as_of=answer.recorded_as_of or now,
        sha256=sha256(answer.body).hexdigest(),
        fetched_at=now,
        bytes=len(answer.body),
        content_type=answer.content_type,
        headers=dict(answer.headers),
    )


def payload_of(entry: Entry, body: bytes) -> Payload:
    """An archived payload as parse functions get it."""
    return Payload(
        entry.source_id, entry.url, entry.as_of, entry.sha256, body, entry.content_type, entry.headers
    )


def instant() -> datetime:
    """Now, as aware UTC."""
    return datetime.now(UTC)


def _keep(archive: Archive, entry: Entry, body: bytes, before: Entry | None, *, recorded: bool) -> bool:
    """Archive an answer; of what was there before a damaged body is mended, and it was seen once more."""
    if before is None or before.sha256 != entry.sha256 or recorded:
        return archive.add(entry, body)
    archive.saw(before, entry.as_of)
    return archive.add(before, body)


def _addresses(
    source: Source, archive: Archive, latest: Mapping[str, Entry], now: datetime, names: tuple[str, ...]
) -> Sequence[str]:
    if not callable(source.urls):
        return source.urls
    return source.urls(State(now, _previous(archive, latest), names))


def _previous(archive: Archive, latest: Mapping[str, Entry]) -> Mapping[str, Payload]:
    return {
        url: payload_of(entry, archive.body(entry.sha256))
        for url, entry in latest.items()
        if archive.is_whole(entry.sha256)
    }


def _followed(source: Source, entry: Entry, body: bytes) -> Sequence[str]:
    """Further addresses that a payload names; one that cannot be read names none, as loading it will say."""
    if source.follow is None:
        return ()
    try:
        return source.follow(payload_of(entry, body))
    except ParseError:
        return ()
