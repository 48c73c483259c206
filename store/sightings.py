"""First and last sighting of each payload: a 304 and equal bytes are sightings too, and leave no new payload.

    seen/<source id>.json    [url, as_of, sha256, first_at, last_at] of every payload seen again

Sightings are merged by minimum and maximum, so the order in which they come never shows. They stand beside
the index, not in it: an unchanged refresh writes here only, and who asks since when and until when something
was said joins them then.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import polars as pl

from store.locks import file_lock

Identity = tuple[str, datetime, str]
"""(url, as_of, sha256), as in `store.archive`."""

_INSTANT: Final = pl.Datetime("us", "UTC")
SCHEMA: Final = pl.Schema(
    [
        ("source_id", pl.String),
        ("url", pl.String),
        ("as_of", _INSTANT),
        ("payload_sha256", pl.String),
        ("first_seen_at", _INSTANT),
        ("last_seen_at", _INSTANT),
    ]
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """When a payload was served, as far as is known: aware UTC, first not after last."""

    first_at: datetime
    last_at: datetime

    def with_sighting(self, at: datetime) -> Seen:
        """The same and one more sighting."""
        return Seen(min(self.first_at, at), max(self.last_at, at))


class Sightings:
    """The sightings under an archive's folder; many processes and threads may read and note at once."""

    def __init__(self, folder: Path, lock_wait_seconds: float = 120.0) -> None:
        self.folder = folder / "seen"
        self.lock_wait_seconds = lock_wait_seconds

    def note(self, source_id: str, identity: Identity, at: datetime) -> None:
        """The payload was served at this instant (aware UTC) too."""
        if at.tzinfo is None:
            raise ValueError(f"{identity[0]}: a sighting needs a time zone")
        file = self._file(source_id)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file_lock(file.with_suffix(".lock"), self.lock_wait_seconds):
            known = dict(self.of(source_id))
            before = known.get(identity, Seen(identity[1], identity[1]))
            after = before.with_sighting(at)
            if after == known.get(identity):
                return
            _write(file, known | {identity: after})

    def of(self, source_id: str) -> Mapping[Identity, Seen]:
        """What was seen again of a source; a payload that is not named was seen at its `as_of` only.

        A file that cannot be read counts as empty, with a warning: its payloads were seen at least once.
        """
        file = self._file(source_id)
        if not file.is_file():
            return {}
        try:
            return dict(_read(row) for row in json.loads(file.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            _log.warning("%s is damaged (%s): the sightings in it are lost, no payload is", file, error)
            return {}

    def put(self, source_id: str, known: Mapping[Identity, Seen]) -> None:
        """Put what was seen of a source in the place of what is noted."""
        file = self._file(source_id)
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, known)

    def forget(self, source_id: str) -> None:
        """Drop what was seen of a source."""
        self._file(source_id).unlink(missing_ok=True)

    def sources(self) -> list[str]:
        """The sources of which something was seen again."""
        return sorted(file.stem for file in self.folder.glob("*.json"))

    def frame(self) -> pl.DataFrame:
        """Both ends of every payload that was seen again, one row each, in the columns of SCHEMA."""
        rows = [
            (file.stem, url, as_of, sha256, seen.first_at, seen.last_at)
            for file in sorted(self.folder.glob("*.json"))
            for (url, as_of, sha256), seen in self.of(file.stem).items()
        ]
        return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort(pl.all())

    def _file(self, source_id: str) -> Path:
        return self.folder / f"{source_id}.json"


def _write(file: Path, known: Mapping[Identity, Seen]) -> None:
    """Put the file in place wholly or not at all."""
    rows = [
        list(_words((*identity, seen.first_at, seen.last_at))) for identity, seen in sorted(known.items())
    ]
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    part.replace(file)


def _words(row: Iterable[str | datetime]) -> Iterable[str]:
    for value in row:
        yield value if isinstance(value, str) else value.astimezone(UTC).isoformat(timespec="microseconds")


def _read(row: list[str]) -> tuple[Identity, Seen]:
    url, as_of, sha256, first_at, last_at = row
    instants = [datetime.fromisoformat(text) for text in (as_of, first_at, last_at)]
    return (url, instants[0], sha256), Seen(instants[1], instants[2])
