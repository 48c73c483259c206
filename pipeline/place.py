"""What every stage of a refresh works with: settings, sources and their forms, ledger, archive."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self, TypeVar

from config import Settings
from errors import ExpectedError
from ingest.registry import Catalogue, load_sources
from ingest.source import Source
from ingest.take_in.form_digest import form_digest
from ingest.take_in.gather import instant
from ingest.take_in.parsers import ParseLimits, Parsers, open_parsers, remove_orphans
from store.archive import Archive
from store.ledger import Ledger, is_alive
from store.snapshot import remove_unfinished
from store.trouble import DamagedError, put_aside
from store.warehouse import Warehouse, open_warehouse, writing

UNFINISHED_FOR = timedelta(hours=6)
"""A body that has not been finished after this long never will be."""

Progress = Callable[[str, str], None]
"""Told of each step: source id (or stage) and what happened, in words."""

Result = TypeVar("Result")


def silent(_source: str, _text: str) -> None:
    """Tell nobody."""


class UnknownSourceError(ExpectedError):
    """A source was named that does not exist; the message lists those that are near."""


@dataclass(frozen=True, slots=True)
class Place:
    """One installation, opened.

    forms  the digest of each source's form and code
    """

    settings: Settings
    catalogue: Catalogue
    forms: Mapping[str, str]
    ledger: Ledger
    archive: Archive
    tell: Progress

    @classmethod
    def at(cls, settings: Settings, tell: Progress) -> Self:
        """Open the installation and tidy up after processes that died."""
        now = instant()
        ledger = Ledger(settings.ledger_file, checked=True)
        ledger.close_dead_runs(now)
        ledger.prune(now)
        archive = Archive(settings.archive_folder)
        archive.remove_unfinished(now - UNFINISHED_FOR)
        remove_orphans(settings.home, is_alive)
        catalogue = load_sources(settings.sources_folder)
        forms = {name: form_digest(file) for name, file in catalogue.files.items() if file.is_file()}
        return cls(settings, catalogue, forms, ledger, archive, tell)

    @contextmanager
    def warehouse(self) -> Iterator[Warehouse]:
        """The warehouse for writing; what an earlier publishing left unfinished is removed."""
        with open_warehouse(self.settings.warehouse_file, self.settings.lock_wait_seconds) as warehouse:
            remove_unfinished(self.settings.snapshot_folder)
            yield warehouse

    def parsers(self) -> AbstractContextManager[Parsers]:
        """A child process that parses, with limits."""
        limits = ParseLimits(self.settings.parse_megabytes, self.settings.parse_seconds)
        return open_parsers(
            self.settings.home, self.archive, self.catalogue.files, self.forms, self.ledger, limits
        )

    def with_whole_warehouse(self, action: Callable[[], Result]) -> Result:
        """Do something with the warehouse; a damaged one is put aside, and it is done with an empty one.

        Every source that has payloads in the archive and none in the warehouse is then taken in again.
        """
        file = self.settings.warehouse_file
        before = _number(file)
        try:
            return action()
        except DamagedError as error:
            if error.file != file:
                raise
            with writing(file, self.settings.lock_wait_seconds):
                if _number(file) == before:  # else another process has done so meanwhile
                    aside = put_aside(file)
                    self.tell("warehouse", f"{error} It stands beside as {aside.name}")
            return action()


def _number(file: Path) -> int | None:
    """What tells a file from another one that took its name."""
    try:
        return file.stat().st_ino
    except OSError:
        return None


def chosen(catalogue: Catalogue, source_ids: Sequence[str]) -> list[Source]:
    """The named sources, or all enabled ones. Raises UnknownSourceError with the nearest names."""
    if not source_ids:
        return [source for source in catalogue.sources.values() if source.enabled]
    unknown = [name for name in source_ids if name not in catalogue.sources]
    if unknown:
        near = difflib.get_close_matches(unknown[0], catalogue.sources, n=3)
        raise UnknownSourceError(
            f"There is no source {unknown[0]!r}. "
            + (f"Did you mean {', '.join(near)}? " if near else "")
            + f"`hypecurve sources` lists all {len(catalogue.sources)}."
        )
    return [catalogue.sources[name] for name in source_ids]
