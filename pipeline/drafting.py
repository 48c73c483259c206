"""A source that a person makes in the browser: what came, what may be chosen, what would go in, saving.

The page knows no form: it hands drafts and texts through. Nothing is stored before `save`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from config import Settings
from errors import ExpectedError
from ingest.declared.check import FormError, read_form
from ingest.declared.guess.drafts import About, Draft
from ingest.declared.guess.mapping import Choice, Field, chosen, fields_of, tables_of
from ingest.declared.guess.proposal import Proposal
from ingest.declared.guess.writing import kind_in_words, written
from ingest.declared.keys import UNITS
from ingest.declared.local_files import local_addresses
from ingest.declared.parse import source_from_toml
from ingest.take_in.gather import instant
from ingest.take_in.guessing import Guessed
from pipeline.new_source import (
    Came,
    NewSourceError,
    described,
    fetched,
    guess,
    must_be_free,
    trying,
    write_form,
)
from pipeline.source_check import Checked, judged
from store.archive import Archive, describe
from store.ledger import Action
from store.store import store_of

__all__ = ["Came", "Checked", "Choice", "Draft", "Field", "Guessed", "Proposal", "guess"]

UNIT_WORDS: Final = tuple(UNITS)
"""What figures may be counted in."""

FILES: Final = "_files"
"""The folder beside the forms for files that were dropped on the page; nothing in it is taken for a form."""

MOST_BYTES: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class Saved:
    """A source that was saved: its name and the file of its form."""

    name: str
    file: Path


def name_for(address: str) -> str:
    """A name for what an address or a file name serves: its host and the last part of its path."""
    bare = re.sub(r"^[a-z]+://(www\.)?", "", address.strip().lower()).partition("?")[0].strip("/")
    host, _, path = bare.partition("/")
    parts = (
        [host.rpartition(".")[0] or host, PurePosixPath(path).stem] if path else [PurePosixPath(host).stem]
    )
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts)).strip("-")[:60] or "own-source"


def come_by_address(settings: Settings, name: str, url: str) -> Came:
    """What an address serves. Raises NewSourceError for a name or an address that cannot be, or no answer."""
    about = described(settings, name, url, None)
    with TemporaryDirectory(prefix="hypecurve-") as folder:
        return fetched(settings, about, Archive(Path(folder)))


def come_as_file(settings: Settings, name: str, file_name: str, body: bytes) -> Came:
    """A file that was dropped. Raises NewSourceError for a name that cannot be or a file too large."""
    must_be_free(settings, name)
    if len(body) > MOST_BYTES:
        raise NewSourceError(f"{file_name} has more than {MOST_BYTES // 1_000_000} MB.")
    suffix = "".join(PurePosixPath(re.sub(r"[^A-Za-z0-9._-]", "-", file_name)).suffixes[-2:])
    path = f"{FILES}/{name}{suffix}"
    about = About(name, path=path, title=name.replace("-", " ").capitalize())
    (url,) = local_addresses(path, None, "*")
    now = instant()
    return Came(about, describe(body, source_id=name, url=url, as_of=now, fetched_at=now), body)


def kind_of(proposal: Proposal) -> str:
    """What the rows of a proposal are, in words."""
    return kind_in_words(proposal.kind)


def table_of(proposal: Proposal) -> pl.DataFrame:
    """The first rows of the table as it came, all texts."""
    return pl.DataFrame(list(proposal.rows), schema=dict.fromkeys(proposal.columns, pl.String), orient="row")


def tables(draft: Draft) -> dict[int, str]:
    """The tables of records that may be left out, by position."""
    return tables_of(draft)


def fields(draft: Draft, kept: Sequence[int]) -> list[Field]:
    """What may be chosen, what a row needs first."""
    return fields_of(draft, kept)


def text_of(draft: Draft, choices: Mapping[str, Choice], kept: Sequence[int]) -> str:
    """The form with what was chosen, as TOML."""
    return written(chosen(draft, choices, kept))


def tried(settings: Settings, came: Came, text: str) -> Checked:
    """What a form makes of what came: problems by line, rows, names, and what they would change."""
    name = came.about.name
    try:
        form = read_form(text, name)
        if form.id != name:
            return Checked(problems=(f"The id in the form is {form.id!r}, the name above {name!r}.",))
        source = source_from_toml(text, name)
    except FormError as error:
        return Checked(problems=tuple(map(str, error.problems)))
    with TemporaryDirectory(prefix="hypecurve-") as folder:
        file = Path(folder) / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        with trying(settings, came, {name: file}) as parsers:
            try:
                found = parsers.read(source, [came.entry])
            except ExpectedError as error:
                return Checked(problems=(str(error),))
    if isinstance(found, str):
        return Checked(problems=(found,))
    return judged(settings, source, found, came.entry.as_of.date())


def save(settings: Settings, came: Came, text: str) -> Saved:
    """Write the form into the folder of a person's own sources, keep what came, ask for it to be taken in.

    Raises FormError for a form that is not valid, NewSourceError where the name was taken meanwhile.
    """
    name = came.about.name
    read_form(text, name)
    must_be_free(settings, name)
    if came.about.path:
        file = settings.sources_folder / came.about.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(came.body)
    written_to = write_form(settings, name, text)
    store = store_of(settings)
    store.archive().add(replace(came.entry, source_id=name), came.body)
    store.ledger().ask(name, Action.RUN, instant())
    return Saved(name, written_to)
