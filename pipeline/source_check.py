"""Whether the form of a source fits what was fetched of it: judged offline, on the newest payloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import polars as pl

from config import Settings
from ingest.identity.identify import resolver_for
from ingest.identity.resolve import UNRESOLVED, Resolver
from ingest.identity.unresolved import with_suggestions
from ingest.records import KEYS, Kind, Records, merge
from ingest.registry import load_sources
from ingest.source import Source
from ingest.take_in.parse import parsed
from pipeline.place import chosen
from pipeline.source_effect import Effect, effect_of
from store.archive import Archive, Entry
from store.snapshot import NoSnapshotError
from store.store import store_of

_SAID_ONCE: Final = (Kind.SERIES, Kind.BENCHMARK)
"""A form says of each row what the series or the benchmark is, and that counts once."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    problems  what is wrong, in words; nothing where all fits
    notes     what a person should look at
    frames    the rows that would be taken in, by kind
    open_names  names of models that a person has to decide on, each with the models that it may mean
    effect    what would change in what is published
    """

    file: Path | None = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    frames: Mapping[Kind, pl.DataFrame] = field(default_factory=dict)
    open_names: Mapping[str, list[str]] = field(default_factory=dict)
    effect: Effect = field(default_factory=Effect)


def check_source(settings: Settings, name: str) -> Checked:
    """Judge one source by its newest payloads in the archive. Nothing is fetched and nothing is stored.

    Raises UnknownSourceError where no file declares or tries to declare it.
    """
    catalogue = load_sources(settings.sources_folder)
    broken = catalogue.problems_of(name)
    if broken and name not in catalogue.sources:
        return Checked(broken[0].path, tuple(map(str, broken)))
    (source,) = chosen(catalogue, [name])
    file = catalogue.files.get(name)
    archive = store_of(settings).archive()
    entries = list(archive.latest(name).values())
    if not entries:
        return Checked(file, (f"Nothing of {name} was fetched yet: `hypecurve refresh {name}` does.",))
    records, problems = read_newest(source, archive, entries)
    found = judged(settings, source, records, max(entry.as_of for entry in entries).date())
    return replace(found, file=file, problems=(*problems, *found.problems))


def judged(settings: Settings, source: Source, records: Records, fetched_on: date) -> Checked:
    """What is to be said of rows that would be taken in, and what they would change."""
    found = _judged(records, fetched_on)
    resolver = resolver_for(settings.aliases_file)
    try:
        snapshot = store_of(settings).latest()
    except NoSnapshotError:
        effect = Effect()
    else:
        effect = effect_of(
            found.frames, snapshot, lambda name: resolver.resolve(name, source_id=source.id).model_id
        )
    return replace(found, open_names=_open_names(resolver, source, found.frames), effect=effect)


def read_newest(source: Source, archive: Archive, entries: list[Entry]) -> tuple[Records, list[str]]:
    """What the payloads say, and what keeps some of them from being read."""
    groups = [entries] if source.grouped else [[entry] for entry in entries]
    read, problems = [], []
    for group in groups:
        found = parsed(source, archive, group)
        if isinstance(found, str):
            problems.append(found)
        else:
            read.append(found)
    return merge(read), problems


def _judged(records: Records, newest: date) -> Checked:
    problems = list(_refusals(records))
    frames = {kind: frame for kind, frame in records.frames.items() if frame.height}
    if not frames and not problems:
        problems.append("Not one row would be taken in: does `where` leave all of them out?")
    notes = [
        f"{kind.value}: {count:,} {'row repeats' if count == 1 else 'rows repeat'} what an earlier one says"
        for kind, count in records.repeated.items()
        if count and kind not in _SAID_ONCE
    ]
    for kind, frame in frames.items():
        notes += _ranges(kind, frame)
        if "valid_on" in frame.columns and frame["valid_on"].drop_nulls().len():
            days = sorted(frame["valid_on"].drop_nulls().unique())
            notes.append(f"{kind.value}: dates from {days[0]} to {days[-1]}")
            ahead = frame.filter(pl.col("valid_on") > newest + timedelta(days=1)).height
            if ahead and kind is not Kind.RELEASE:
                problems.append(
                    f"{kind.value}: {ahead:,} rows are dated after {newest}, when they were fetched; "
                    "is the order of day and month right?"
                )
    return Checked(None, tuple(problems), tuple(notes), frames)


def _refusals(records: Records) -> Iterator[str]:
    """Each reason once, with how many rows it costs and an example."""
    counted = records.refused.group_by("kind", "reason", maintain_order=True).agg(
        rows=pl.len(), example=pl.col("row").first()
    )
    for kind, reason, rows, example in counted.iter_rows():
        shown = f", such as {example[:200]}" if example else ""
        yield f"{kind}: {rows:,} {'row goes' if rows == 1 else 'rows go'} to quarantine: {reason}{shown}"


def _ranges(kind: Kind, frame: pl.DataFrame) -> Iterator[str]:
    """The least, middle and greatest of every figure that a kind has."""
    keys = KEYS[kind]
    for name, dtype in frame.schema.items():
        figures = frame[name].drop_nulls()
        if dtype.is_numeric() and figures.len() and name not in keys:
            ordered = sorted(float(figure) for figure in figures)
            middle = ordered[len(ordered) // 2]
            yield f"{kind.value}: {name} from {ordered[0]:g} to {ordered[-1]:g}, {middle:g} in the middle"


def _open_names(
    resolver: Resolver, source: Source, frames: Mapping[Kind, pl.DataFrame]
) -> dict[str, list[str]]:
    """Names of models that no rule explains though they resemble a known model."""
    names = sorted(
        {
            name
            for frame in frames.values()
            if "model_name" in frame.columns
            for name in frame["model_name"].drop_nulls()
        }
    )
    if not names:
        return {}
    unexplained = [name for name in names if resolver.resolve(name, source_id=source.id).rule == UNRESOLVED]
    listed = with_suggestions(
        pl.DataFrame({"model_name": unexplained}, schema={"model_name": pl.String}), resolver
    )
    return {row["model_name"]: row["near"] for row in listed.iter_rows(named=True)}
