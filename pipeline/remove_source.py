"""Take a source of one's own away: its form and its rows; its payloads only where that is wished."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config import Settings
from errors import ExpectedError
from ingest.registry import load_sources
from pipeline.new_source import form_file
from pipeline.place import Place, Progress, chosen, silent
from pipeline.stages import finish
from store.sql import query
from store.store import store_of


class NotRemovableError(ExpectedError):
    """A source that is not a person's own was to be removed."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What went: the form's file (None where it was gone already), rows and payloads; what stays of these."""

    file: Path | None
    rows: int
    payloads: int
    kept: int


def remove(settings: Settings, name: str, *, with_payloads: bool = False, tell: Progress = silent) -> Removed:
    """Remove a source of the person's own folder and publish what is left.

    Raises NotRemovableError for a source that comes with hypecurve, UnknownSourceError for none at all.
    """
    file = _file_of(settings, name)
    if file is not None:
        file.unlink()
    place = Place.at(settings, tell)

    def without() -> int:
        with place.warehouse() as warehouse:
            rows = warehouse.frame(query("rows_of_source"), {"source": name})["rows"].sum()
            with warehouse.taking_in(name):
                warehouse.reload((), name)
            finish(place, warehouse)
            return int(rows)

    rows = place.with_whole_warehouse(without)
    kept = len(place.archive.entries(name))
    gone = place.archive.purge(name) if with_payloads else 0
    return Removed(file, rows, gone, kept - gone)


def _file_of(settings: Settings, name: str) -> Path | None:
    """The form of a person's own source; None where it is gone but its payloads are here."""
    own = form_file(settings, name)
    if own.is_file():
        return own
    catalogue = load_sources(settings.sources_folder)
    file = catalogue.files.get(name)
    if file is not None and file.is_relative_to(settings.sources_folder):
        declared = [other for other, where in catalogue.files.items() if where == file]
        if len(declared) > 1:
            raise NotRemovableError(
                f"{file} declares {', '.join(declared)} together; take {name} out of that file by hand."
            )
        return file
    if file is not None:
        raise NotRemovableError(
            f"{name} comes with hypecurve ({file.name}). To keep it off, pause it: `hypecurve up`, page Data."
        )
    if not store_of(settings).archive().entries(name):
        chosen(catalogue, [name])  # tells which sources there are
    return None
