"""What every stage of a refresh works with: settings, sources and their forms, ledger, archive."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Self, TypeVar

from config import Settings
from errors import ExpectedError
from ingest.registry import Catalogue, load_sources
from ingest.source import Source
from ingest.take_in.form_digest import FormDigests
from ingest.take_in.gather import instant
from ingest.take_in.parsers import ParseLimits, Parsers, open_parsers, remove_orphans
from store.archive import Archive
from store.ledger import Ledger, is_alive
from store.store import Store, store_of
from store.warehouse import Warehouse

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
    store: Store
    ledger: Ledger
    archive: Archive
    tell: Progress

    @classmethod
    def at(cls, settings: Settings, tell: Progress) -> Self:
        """Open the installation and tidy up after processes that died."""
        now = instant()
        store = store_of(settings)
        ledger = store.ledger(checked=True)
        ledger.close_dead_runs(now)
        ledger.prune(now)
        archive = store.archive()
        archive.remove_unfinished(now - UNFINISHED_FOR)
        remove_orphans(settings.home, is_alive)
        catalogue = load_sources(settings.sources_folder)
        return cls(settings, catalogue, FormDigests(catalogue.files), store, ledger, archive, tell)

    def warehouse(self) -> AbstractContextManager[Warehouse]:
        """The warehouse for writing."""
        return self.store.writing()

    def parsers(self) -> AbstractContextManager[Parsers]:
        """A child process that parses, with limits."""
        limits = ParseLimits(self.settings.parse_megabytes, self.settings.parse_seconds)
        return open_parsers(
            self.settings.home, self.archive, self.catalogue.files, self.forms, self.ledger, limits
        )

    def with_whole_warehouse(self, action: Callable[[], Result]) -> Result:
        """Do something with the warehouse, as `Store.whole` says."""
        return self.store.whole(action, self.tell)


def chosen(catalogue: Catalogue, source_ids: Sequence[str]) -> list[Source]:
    """The named sources, or all enabled ones.

    Raises UnknownSourceError with what is wrong in the file of that name, or else with the nearest names.
    """
    if not source_ids:
        return [source for source in catalogue.sources.values() if source.enabled]
    unknown = [name for name in source_ids if name not in catalogue.sources]
    broken = [str(problem) for name in unknown for problem in catalogue.problems_of(name)]
    if broken:
        raise UnknownSourceError("\n".join(broken))
    if unknown:
        near = difflib.get_close_matches(unknown[0], catalogue.sources, n=3)
        raise UnknownSourceError(
            f"There is no source {unknown[0]!r}. "
            + (f"Did you mean {', '.join(near)}? " if near else "")
            + f"`hypecurve sources` lists all {len(catalogue.sources)}."
        )
    return [catalogue.sources[name] for name in source_ids]
