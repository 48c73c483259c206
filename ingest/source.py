"""What a source is: data about itself plus a pure parse function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from ingest.records import Kind, Records

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Payload:
    """Bytes that a source served, and when. `as_of` (aware UTC) is when these bytes were what it served."""

    source_id: str
    url: str
    as_of: datetime
    sha256: str
    body: bytes = field(repr=False)
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


Parse = Callable[[Sequence[Payload]], Records]
"""Pure: no network, no clock, no database. Gets one payload, or one group where the source says `grouped`."""


@dataclass(frozen=True, slots=True)
class State:
    """What a source's URL function may look at to choose the addresses of the next refresh.

    `today` is the date of the refresh, `previous` the newest payload stored per URL, `names` what the
    warehouse offers (for example a watch list of models), empty where nothing is known yet.
    """

    now: datetime
    previous: Mapping[str, Payload] = field(default_factory=dict)
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A dated copy of a payload: `address` serves what `url` served at `as_of` (aware UTC).

    older   the copies just before it, newest first, for the case that it cannot be read
    """

    url: str
    address: str
    as_of: datetime
    older: tuple[Version, ...] = ()


Read = Callable[[str], bytes]
"""Fetches an address politely; what a history function reads its index of versions with."""

History = Callable[[Read, date, date], Iterable[Version]]
"""The versions of a source from one day to another, oldest first; pure but for the reader it is given."""

Urls = tuple[str, ...] | Callable[[State], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fallback:
    """An address that stands in for those of a source while none of them answers.

    key_env   name of the environment variable whose value takes the place of "{key}" in the address
    """

    url: str
    key_env: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source of records.

    id             lower-case words joined by hyphens; the name of its file
    urls           addresses, or a function of the last state that gives them
    fallbacks      asked in this order, one after the other, when not one of `urls` has answered
    frozen         since when and why its makers add nothing more; it is asked once a month
    recognises     optional: whether an answer is at a glance what the source reads, and no page of refusal
    columns        optional: the names of the columns of a payload's tables, to see what has moved
    follow         optional: further addresses named by a payload just fetched (paging, an index page)
    cadence        a cron line in UTC ("17 */6 * * *") or an interval ("6h", "1d")
    complete       True: what is missing from a newer payload of the same URL is gone (tombstone)
    grouped        True: payloads of one moment belong together and are parsed together
    shippable      False: its licence forbids bundling its figures with the code
    key_env        name of the environment variable with the key, for sources that need one
    headers        request headers; "{key}" stands for the key
    history        optional: names dated copies of older payloads, for `backfill --since`
    dates_readings True: the dates of its prices are days on which it looked, not first days of prices
    copies         ids of the sources whose statements it repeats: together they count as one witness
    replay_ids     further ids under which recordings of this source are listed
    max_bytes      a larger payload is refused
    after          ids of sources that are to run and be published first where they fall due together
    folder         where its own file lies, from which addresses of local files (`file:`) are seen
    """

    id: str
    title: str
    homepage: str
    licence: str
    attribution: str
    urls: Urls
    cadence: str
    kinds: tuple[Kind, ...]
    parse: Parse
    core: bool = False
    complete: bool = False
    grouped: bool = False
    shippable: bool = True
    key_env: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fallbacks: tuple[Fallback, ...] = ()
    frozen: str | None = None
    recognises: Callable[[Payload], bool] | None = None
    columns: Callable[[Payload], Sequence[str]] | None = None
    follow: Callable[[Payload], Sequence[str]] | None = None
    history: History | None = None
    dates_readings: bool = False
    copies: tuple[str, ...] = ()
    replay_ids: tuple[str, ...] = ()
    max_bytes: int = 64 * MEGABYTE
    enabled: bool = True
    folder: Path | None = None
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise ValueError(
                f"source id {self.id!r}: use lower-case words joined by hyphens, such as 'aider-edit'"
            )
