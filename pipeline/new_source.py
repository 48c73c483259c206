"""A source that nobody has written yet: fetched once, kept in the archive, its form proposed and written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from config import Settings
from errors import ExpectedError
from ingest.declared.guess.drafts import About
from ingest.declared.guess.proposal import Proposal, proposals, told
from ingest.declared.guess.writing import SCHEMA_FILE
from ingest.declared.json_schema import form_schema_text
from ingest.declared.local_files import local_addresses
from ingest.fetch.client import Fetcher
from ingest.records import Records
from ingest.registry import load_sources
from ingest.source import Payload, Source
from ingest.take_in.gather import gather, instant, payload_of
from store.archive import Archive

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS: Final = re.compile(r"https?://\S+")


class NewSourceError(ExpectedError):
    """A new source could not be made, in words: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched for a new source, and the forms that would take it in, the best first."""

    about: About
    payload: Payload
    proposals: Sequence[Proposal]

    @property
    def reason(self) -> str:
        """Why there is no proposal, as far as can be said."""
        return told(self.payload, self.about)


def described(settings: Settings, name: str, url: str | None, file: Path | None) -> About:
    """What is asked for, checked. Raises NewSourceError where the name is taken or the address is none."""
    if not _NAME.fullmatch(name):
        raise NewSourceError(f"{name!r} is no name for a source: lower-case words joined by hyphens are.")
    if (url is None) == (file is None):
        raise NewSourceError("Say where it comes from: --url ADDRESS or --file PATH.")
    catalogue = load_sources(settings.sources_folder)
    form = form_file(settings, name)
    taken = catalogue.files.get(name) or (form if form.exists() else None)
    if taken is not None:
        raise NewSourceError(
            f"There is a source {name!r} already ({taken}). Choose another name, edit that file, or "
            f"`hypecurve sources remove {name}`."
        )
    title = name.replace("-", " ").capitalize()
    if file is not None:
        return About(name, path=str(_plain_file(file)), title=title)
    address = str(url).strip()
    if not _ADDRESS.fullmatch(address):
        raise NewSourceError(f"{address!r} is no address such as https://example.org/data.csv.")
    return About(name, url=address, title=title, host=urlsplit(address).hostname or "")


def fetched(settings: Settings, about: About) -> Fetched:
    """Fetch once, keep what came in the archive, and propose forms for it.

    Raises NewSourceError where nothing could be fetched.
    """
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
    archive = Archive(settings.archive_folder)
    with Fetcher.open(settings.user_agent) as fetcher:
        came = gather(source, fetcher, archive, instant())
    entry = archive.latest(about.name).get(urls[0])
    if came.errors or entry is None:
        raise NewSourceError(" ".join(came.errors) or f"{urls[0]} could not be fetched.")
    payload = payload_of(entry, archive.body(entry.sha256))
    return Fetched(about, payload, proposals(payload, about))


def form_file(settings: Settings, name: str) -> Path:
    """Where the form of a person's own source lies."""
    return settings.sources_folder / f"{name}.toml"


def write_form(settings: Settings, proposal: Proposal) -> Path:
    """Write the form, and the schema that its first line names beside it; gives its file."""
    file = form_file(settings, proposal.draft.about.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    (file.parent / SCHEMA_FILE).write_text(form_schema_text(), encoding="utf-8")
    with file.open("x", encoding="utf-8") as new:
        new.write(proposal.text)
    return file


def _plain_file(file: Path) -> Path:
    whole = file.expanduser().absolute()
    if not whole.is_file():
        what = "is a folder; name one file of it" if whole.is_dir() else "does not exist"
        raise NewSourceError(f"{file} {what}.")
    return whole
