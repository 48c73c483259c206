"""What live addresses answer today: each asked once, conditionally, and nothing of it stored."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from config import Settings
from ingest.errors import FetchError, ParseError, Refused
from ingest.fetch.client import Fetcher, Limits
from ingest.records import Records, check
from ingest.registry import load_sources
from ingest.source import Payload, Source, State
from ingest.take_in.gather import instant, payload_of
from pipeline.place import Progress, chosen, silent
from store.archive import Archive
from store.concealed import KEY, Secrets, conceal
from store.store import store_of

PARALLEL: Final = 6
MOST_ADDRESSES: Final = 20
"""So many addresses of one source are asked; the others are of the same kind."""
MOST_COLUMNS: Final = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address answered; None stands for what is not known.

    newest_on  the newest date that a row speaks of
    message    why it is wrong, in words, or what is to be known of it
    """

    source_id: str
    url: str
    status: int | None = None
    content_type: str | None = None
    n_bytes: int | None = None
    newest_on: date | None = None
    n_rows: int | None = None
    n_refused: int | None = None
    message: str = ""
    is_wrong: bool = False


def probe(settings: Settings, source_ids: Sequence[str] = (), tell: Progress = silent) -> list[Answer]:
    """Ask the addresses of the named sources, or of all enabled ones, each once and without a second try.

    Raises UnknownSourceError for a name that no source has.
    """
    sources = chosen(load_sources(settings.sources_folder), source_ids)
    archive, now, once = store_of(settings).archive(), instant(), Limits(attempts=1)
    with (
        Fetcher.open(settings.user_agent, once, allow_private=settings.allow_private_urls) as fetcher,
        ThreadPoolExecutor(PARALLEL) as pool,
    ):

        def one(source: Source) -> list[Answer]:
            found = list(_of_source(source, fetcher, archive, now))
            tell(source.id, f"{len(found)} addresses")
            return found

        return [answer for found in pool.map(one, sources) for answer in found]


def _of_source(source: Source, fetcher: Fetcher, archive: Archive, now: datetime) -> Iterator[Answer]:
    key = os.environ.get(source.key_env, "") if source.key_env else ""
    if source.key_env and not key:
        yield Answer(source.id, "", message=f"not asked: it needs a key, in {source.key_env}")
        return
    headers = {name: text.replace(KEY, key) for name, text in source.headers.items()}
    try:
        urls = _urls(source, archive, now)
    except Exception as error:  # noqa: BLE001 - a person's own module may fail in any way, and costs no other
        yield Answer(source.id, "", message=f"its addresses cannot be told: {error}", is_wrong=True)
        return
    secrets = Secrets.of(urls, key)
    for url in [conceal(url) for url in urls if url.startswith("http")][:MOST_ADDRESSES]:
        answer = _ask(source, url, secrets.reveal(url), headers, fetcher, archive, now)
        yield _told(source.frozen and "frozen", replace(answer, message=secrets.hide(answer.message)))
    for fallback in source.fallbacks:
        key = os.environ.get(fallback.key_env, "") if fallback.key_env else ""
        if fallback.key_env and not key:
            told = f"a fallback, not asked: it needs a key, in {fallback.key_env}"
            yield Answer(source.id, fallback.url, message=told)
            continue
        own = Secrets.of((), key)
        answer = _ask(source, fallback.url, own.reveal(fallback.url), {}, fetcher, archive, now)
        yield _told("a fallback", replace(answer, message=own.hide(answer.message)))


def _told(about: str | None, answer: Answer) -> Answer:
    return replace(answer, message="; ".join(filter(None, [about, answer.message])))


def _urls(source: Source, archive: Archive, now: datetime) -> Sequence[str]:
    if not callable(source.urls):
        return source.urls
    latest = archive.latest(source.id)
    previous = {
        url: payload_of(entry, archive.body(entry.sha256))
        for url, entry in latest.items()
        if archive.is_whole(entry.sha256)
    }
    return source.urls(State(now, previous, ()))


def _ask(
    source: Source,
    url: str,
    address: str,
    headers: dict[str, str],
    fetcher: Fetcher,
    archive: Archive,
    now: datetime,
) -> Answer:
    """Ask the address that `url` stands for, with its key where it has one."""
    known = archive.latest(source.id).get(url)
    asked = Answer(source.id, url)
    try:
        came = fetcher.fetch(
            address, headers=headers, previous=known.headers if known else None, max_bytes=source.max_bytes
        )
    except FetchError as error:
        status = error.status if isinstance(error, Refused) else None
        return replace(asked, status=status, message=str(error), is_wrong=True)
    if came.unchanged:
        since = f" since {known.as_of:%Y-%m-%d}" if known else ""
        return replace(asked, status=came.status, message=f"nothing new{since}")
    answer = replace(asked, status=came.status, content_type=came.content_type, n_bytes=len(came.body))
    moved = f"it has moved to {came.final_url}" if came.final_url != address else ""
    payload = Payload(
        source.id, url, now, sha256(came.body).hexdigest(), came.body, came.content_type, came.headers
    )
    before = (
        payload_of(known, archive.body(known.sha256)) if known and archive.is_whole(known.sha256) else None
    )
    drift = _drift(source, before, payload)
    return _read(source, payload, replace(answer, message="; ".join(filter(None, [moved, drift]))))


def _drift(source: Source, before: Payload | None, now: Payload) -> str:
    """Which columns have come and gone since the newest payload that is stored, by their names."""
    if source.columns is None or before is None:
        return ""
    try:
        old, new = source.columns(before), source.columns(now)
    except ParseError:
        return ""  # what cannot be read is told when its rows are
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    told = [(gone, "columns that are gone"), (come, "new columns")]
    return "; ".join(f"{what}: {_listed(names)}" for names, what in told if names)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_COLUMNS} more" if len(names) > MOST_COLUMNS else ""
    return ", ".join(names[:MOST_COLUMNS]) + more


def _read(source: Source, payload: Payload, answer: Answer) -> Answer:
    """What the source's own parser makes of the answer: a lost column is told by the nearest names."""
    if _names_pages(source, payload) and not source.grouped:
        answer = replace(answer, message="; ".join(filter(None, [answer.message, "it names further pages"])))
    try:
        records = check(source.parse((payload,)))
    except ParseError as error:
        return replace(answer, message=str(error), is_wrong=not source.grouped)
    except Exception as error:  # noqa: BLE001 - a parser's own fault must not cost the other addresses
        return replace(answer, message=f"its parser failed: {type(error).__name__}: {error}", is_wrong=True)
    rows = sum(frame.height for frame in records.frames.values())
    return replace(
        answer,
        newest_on=_newest(records),
        n_rows=rows,
        n_refused=records.refused.height,
        is_wrong=not rows and not _names_pages(source, payload) and not source.grouped,
    )


def _names_pages(source: Source, payload: Payload) -> bool:
    return source.follow is not None and bool(source.follow(payload))


def _newest(records: Records) -> date | None:
    days: list[Any] = [
        frame["valid_on"].max()
        for frame in records.frames.values()
        if "valid_on" in frame.columns and frame["valid_on"].drop_nulls().len()
    ]
    return max(days, default=None)
