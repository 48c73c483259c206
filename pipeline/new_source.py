"""A source that nobody has written yet: fetched once, kept in the archive, its form proposed and written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from config import Settings
from errors import ExpectedError
from ingest.declared.guess.addresses import address_of_data
from ingest.declared.guess.drafts import About
from ingest.declared.guess.writing import SCHEMA_FILE
from ingest.declared.json_schema import form_schema_text
from ingest.declared.local_files import local_addresses
from ingest.fetch.client import Fetcher
from ingest.records import Records
from ingest.registry import load_sources
from ingest.source import Source
from ingest.take_in.gather import gather, instant
from ingest.take_in.guessing import Guessed, guessed
from ingest.take_in.parsers import ParseLimits, Parsers, open_parsers
from store.archive import Archive, Entry

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NO_FILES: Final[Mapping[str, Path]] = MappingProxyType({})
_ADDRESS: Final = re.compile(r"https?://\S+")


class NewSourceError(ExpectedError):
    """A new source could not be made, in words: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an address or a file that may become a source."""

    about: About
    entry: Entry
    body: bytes = field(repr=False)


@dataclass(slots=True)
class _PutNothingAside:
    """What is tried for the first time has killed no parser yet, and nobody asks for it again."""

    def why_put_aside(self, _key: str) -> str | None:
        return None

    def put_aside(self, _source_id: str, _key: str, _reason: str, _now: datetime) -> None:
        return None


def described(
    settings: Settings, name: str, url: str | None, file: Path | None, usd: float | None = None
) -> About:
    """What is asked for, checked. Raises NewSourceError where the name is taken or the address is none."""
    if usd is not None and not 0 < usd < float("inf"):
        raise NewSourceError("--usd is what one unit of the currency is in USD, such as 1.08.")
    if (url is None) == (file is None):
        raise NewSourceError("Say where it comes from: --url ADDRESS or --file PATH.")
    must_be_free(settings, name)
    title = name.replace("-", " ").capitalize()
    if file is not None:
        return About(name, path=str(_plain_file(file)), title=title, usd=usd)
    address = str(url).strip()
    if not _ADDRESS.fullmatch(address):
        raise NewSourceError(f"{address!r} is no address such as https://example.org/data.csv.")
    address = address_of_data(address)
    return About(name, url=address, title=title, host=urlsplit(address).hostname or "", usd=usd)


def must_be_free(settings: Settings, name: str) -> None:
    """Raise NewSourceError where a name cannot be one of a source, or is another's."""
    if not _NAME.fullmatch(name):
        raise NewSourceError(f"{name!r} is no name for a source: lower-case words joined by hyphens are.")
    catalogue = load_sources(settings.sources_folder)
    form = form_file(settings, name)
    taken = catalogue.files.get(name) or (form if form.exists() else None)
    if taken is not None:
        raise NewSourceError(
            f"There is a source {name!r} already ({taken}). Choose another name, edit that file, or "
            f"`hypecurve sources remove {name}`."
        )


def fetched(settings: Settings, about: About, archive: Archive) -> Came:
    """Fetch once and keep what came in the archive. Raises NewSourceError where nothing could be fetched."""
    folder = settings.sources_folder
    urls = (about.url,) if about.url else tuple(local_addresses(about.path, folder, "*"))
    source = Source(
        id=about.name,
        title=about.title,
        homepage="",
        licence="",
        attribution="",
        urls=urls,
        cadence="1d",
        kinds=(),
        parse=lambda _: Records(),
        folder=folder,
    )
    with Fetcher.open(settings.user_agent, allow_private=settings.allow_private_urls) as fetcher:
        came = gather(source, fetcher, archive, instant())
    entry = archive.latest(about.name).get(urls[0])
    if came.errors or entry is None:
        raise NewSourceError(" ".join(came.errors) or f"{urls[0]} could not be fetched.")
    return Came(about, entry, archive.body(entry.sha256))


def guess(settings: Settings, came: Came, table: str = "") -> Guessed:
    """Forms that would take in what came, the best first, or why there is none.

    `table` is the name, or the place from 1, of the table that is meant. Raises NewSourceError where there is
    no such table.
    """
    with trying(settings, came) as parsers:
        found = guessed(parsers, came.about, came.entry)
        if not table:
            return found
        name = found.called(table)
        if name is None:
            there = "; ".join(item.told() for item in found.tables) or "none"
            raise NewSourceError(f"There is no table {table!r}. There are: {there}.")
        return guessed(parsers, replace(came.about, table=name), came.entry)


@contextmanager
def trying(settings: Settings, came: Came, files: Mapping[str, Path] = _NO_FILES) -> Iterator[Parsers]:
    """A child process that reads what came, within limits, by the forms in `files`; nothing is kept."""
    with TemporaryDirectory(prefix="hypecurve-") as folder:
        archive = Archive(Path(folder) / "archive")
        archive.add(came.entry, came.body)
        limits = ParseLimits(settings.parse_megabytes, settings.parse_seconds)
        aside = _PutNothingAside()
        with open_parsers(Path(folder), archive, files, {}, aside, limits) as parsers:
            yield parsers


def form_file(settings: Settings, name: str) -> Path:
    """Where the form of a person's own source lies."""
    return settings.sources_folder / f"{name}.toml"


def write_form(settings: Settings, name: str, text: str) -> Path:
    """Write the form, and the schema that its first line names beside it; gives its file."""
    file = form_file(settings, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    (file.parent / SCHEMA_FILE).write_text(form_schema_text(), encoding="utf-8")
    with file.open("x", encoding="utf-8") as new:
        new.write(text)
    return file


def _plain_file(file: Path) -> Path:
    whole = file.expanduser().absolute()
    if not whole.is_file():
        what = "is a folder; name one file of it" if whole.is_dir() else "does not exist"
        raise NewSourceError(f"{file} {what}.")
    return whole
