"""Fetch one source and put what is new into the raw archive; loading is a step of its own (`load.py`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from ingest.declared.local_files import SCHEME as FILE
from ingest.errors import FetchError, ParseError, Unreachable
from ingest.fetch.client import Fetched, Fetcher
from ingest.fetch.local import read_local
from ingest.source import Payload, Source, State
from ingest.take_in.quiet import AT_LEAST
from store.archive import Archive, Entry
from store.concealed import KEY, Secrets, conceal

GIVE_UP_AFTER = 2
"""So many addresses of a source without a connection, and none with one: the others are not tried."""

MOST_FURTHER_ADDRESSES = 500
"""So many addresses are followed at most beyond a source's own: pages that never end are cut off."""


_Fetch = Callable[[Entry | None], Fetched]
"""Fetches one address, unless it still is what the given payload holds."""


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
    lost or damaged, and where it has sent none (see `served`) for longer than `patience`. When not one
    address has answered, the source's fallbacks are asked in their order until one has.
    """
    env = os.environ if environment is None else environment
    if source.key_env and not env.get(source.key_env):
        return Gathered(skipped=f"needs a key: set {source.key_env} in the environment, then refresh again")
    asking = _Asking(source, fetcher, archive, now, served or {}, patience)
    given = _addresses(source, archive, asking.latest, now, names)
    waiting = [url for url in map(conceal, given) if url.startswith(("http", FILE))]
    if not waiting:
        return Gathered(skipped="comes with the code or by back-fill; there is nothing to fetch")
    key = env.get(source.key_env or "", "")
    headers = {name: text.replace(KEY, key) for name, text in source.headers.items()}
    asking.ask_all(waiting, headers, Secrets.of(given, key))
    if not asking.has_answer:
        asking.ask_fallbacks(env)
    return asking.report()


@dataclass(slots=True)
class _Asking:
    """One round of questions to a source, and what came of it."""

    source: Source
    fetcher: Fetcher
    archive: Archive
    now: datetime
    served: Mapping[str, datetime]
    patience: timedelta
    latest: Mapping[str, Entry] = field(init=False)
    new: int = 0
    retries: int = 0
    unreachable: int = 0
    has_answer: bool = False
    seen: dict[str, None] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.latest = self.archive.latest(self.source.id)

    def ask_all(self, given: Sequence[str], headers: Mapping[str, str], secrets: Secrets) -> None:
        """Ask the source's own addresses and those that their answers name."""
        waiting = list(given)
        most = len(waiting) + MOST_FURTHER_ADDRESSES
        own_files = {url for url in waiting if url.startswith(FILE)}  # never one that an answer names
        own_hosts = {urlsplit(url).hostname for url in waiting}
        while waiting and len(self.seen) < most:
            url = conceal(waiting.pop(0))
            if url in self.seen:
                continue
            if url in own_files:
                waiting += self._ask(url, self._reading(url), secrets) or ()
            else:
                # a page may name a next one anywhere; the key is for the hosts of the source itself
                is_own = urlsplit(url).hostname in own_hosts
                fetching = self._fetching(secrets.reveal(url) if is_own else url, headers if is_own else {})
                waiting += self._ask(url, fetching, secrets) or ()
            if self.unreachable == len(self.seen) >= GIVE_UP_AFTER:
                break

    def ask_fallbacks(self, environment: Mapping[str, str]) -> None:
        """Ask one fallback after the other until one answers; its payload stands under its own address."""
        for fallback in self.source.fallbacks:
            key = environment.get(fallback.key_env, "") if fallback.key_env else ""
            if fallback.key_env and not key:
                self.notes.append(f"{fallback.url} stands in for it with a key: set {fallback.key_env}")
                continue
            secrets = Secrets.of((), key)
            further = self._ask(fallback.url, self._fetching(secrets.reveal(fallback.url), {}), secrets)
            if further is not None:
                self.notes.append(f"{fallback.url} answered in its place")
                return

    def report(self) -> Gathered:
        """What came of it."""
        return Gathered(
            self.new,
            len(self.seen),
            self.retries,
            tuple(self.errors),
            offline=0 < len(self.seen) == self.unreachable,
            addresses=tuple(self.seen),
            notes=tuple(self.notes),
            served=tuple(self.answered),
        )

    def _fetching(self, address: str, headers: Mapping[str, str]) -> _Fetch:
        return lambda known: self.fetcher.fetch(
            address,
            headers=headers,
            previous=known.headers if known else None,
            max_bytes=self.source.max_bytes,
        )

    def _reading(self, url: str) -> _Fetch:
        return lambda _: read_local(url, self.source.folder, self.source.max_bytes)

    def _ask(self, url: str, fetch: _Fetch, secrets: Secrets) -> Sequence[str] | None:
        """The further addresses that an answer names; None where there was no answer."""
        self.seen[url] = None
        before = self.latest.get(url)
        whole = before if before and self.archive.is_whole(before.sha256) else None
        asked_lately = whole and self.now - self.served.get(url, whole.fetched_at) <= self.patience
        known = whole if asked_lately else None
        try:
            answer = fetch(known)
        except FetchError as error:
            self.errors.append(secrets.hide(str(error)))
            self.retries += error.retries
            self.unreachable += isinstance(error, Unreachable)
            return None
        self.retries += answer.retries
        further = self._kept(url, answer, before, whole, known)
        newest = self.archive.latest(self.source.id).get(url)
        if newest and self.now - newest.as_of > self.patience and not self.source.frozen:
            self.notes.append(f"{url} has brought nothing new since {newest.as_of:%Y-%m-%d}")
        return further

    def _kept(
        self, url: str, answer: Fetched, before: Entry | None, whole: Entry | None, known: Entry | None
    ) -> Sequence[str] | None:
        if answer.unchanged:
            if known is None or whole is None:
                self.errors.append(_nothing_sent(url, whole))
                return None
            self.has_answer = True
            self.archive.saw(whole, answer.recorded_as_of or self.now)
            return _followed(
                self.source, whole, self.archive.body(whole.sha256) if self.source.follow else b""
            )
        entry = entry_of(self.source.id, url, answer, self.now)
        if self._is_refusal(entry, answer.body):
            self.errors.append(f"{url} answered with a web page in place of what it should serve")
            return None
        self.has_answer = True
        self.answered.append(url)
        self.new += _keep(
            self.archive, entry, answer.body, before, recorded=answer.recorded_as_of is not None
        )
        return _followed(self.source, entry, answer.body)

    def _is_refusal(self, entry: Entry, body: bytes) -> bool:
        """Where something stands in for it, a page of refusal is no answer; elsewhere loading tells of it."""
        recognises = self.source.recognises
        return (
            bool(self.source.fallbacks) and recognises is not None and not recognises(payload_of(entry, body))
        )


def _nothing_sent(url: str, whole: Entry | None) -> str:
    ours = f"What we have is of {whole.as_of:%Y-%m-%d}" if whole else "We have nothing whole of it"
    return (
        f"{url}: the server says that nothing has changed (status 304), though it was asked for the whole "
        f"file. {ours}; open the address in a browser to see what it serves"
    )


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
