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

PARALLEL: Final = 6
MOST_ADDRESSES: Final = 20
"""So many addresses of one source are asked; the others are of the same kind."""


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
    archive, now = Archive(settings.archive_folder), instant()
    with (
        Fetcher.open(settings.user_agent, Limits(attempts=1)) as fetcher,
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
    headers = {name: text.replace("{key}", key) for name, text in source.headers.items()}
    try:
        urls = _urls(source, archive, now)
    except Exception as error:  # noqa: BLE001 - a person's own module may fail in any way, and costs no other
        yield Answer(source.id, "", message=f"its addresses cannot be told: {error}", is_wrong=True)
        return
    for url in [url for url in urls if url.startswith("http")][:MOST_ADDRESSES]:
        yield _ask(source, url, headers, fetcher, archive, now)


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
    source: Source, url: str, headers: dict[str, str], fetcher: Fetcher, archive: Archive, now: datetime
) -> Answer:
    known = archive.latest(source.id).get(url)
    asked = Answer(source.id, url)
    try:
        came = fetcher.fetch(
            url, headers=headers, previous=known.headers if known else None, max_bytes=source.max_bytes
        )
    except FetchError as error:
        status = error.status if isinstance(error, Refused) else None
        return replace(asked, status=status, message=str(error), is_wrong=True)
    if came.unchanged:
        since = f" since {known.as_of:%Y-%m-%d}" if known else ""
        return replace(asked, status=came.status, message=f"nothing new{since}")
    answer = replace(asked, status=came.status, content_type=came.content_type, n_bytes=len(came.body))
    moved = f"it has moved to {came.final_url}" if came.final_url != url else ""
    payload = Payload(
        source.id, url, now, sha256(came.body).hexdigest(), came.body, came.content_type, came.headers
    )
    return _read(source, payload, replace(answer, message=moved))


def _read(source: Source, payload: Payload, answer: Answer) -> Answer:
    """What the source's own parser makes of the answer: a lost column is told by the nearest names."""
    if source.follow is not None and source.follow(payload) and not source.grouped:
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
        is_wrong=not rows and not answer.message and not source.grouped,
    )


def _newest(records: Records) -> date | None:
    days: list[Any] = [
        frame["valid_on"].max()
        for frame in records.frames.values()
        if "valid_on" in frame.columns and frame["valid_on"].drop_nulls().len()
    ]
    return max(days, default=None)
