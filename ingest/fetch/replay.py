"""Answer from a folder of recorded payloads instead of the network, as of any date."""

from __future__ import annotations

import calendar
import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import httpx2

from ingest.errors import RecordingError
from ingest.fetch.client import RECORDED_AS_OF
from ingest.source import Payload

NOT_SERVED: Final = "recording:"
"""Prefix of the address of a recording that no live address answers with."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded payload.

    url     the live address, or `recording:FILE` where there is none
    as_of   aware UTC; midnight of its (last) day plus, in microseconds, its place among the recordings of
            one address and day
    sha256  of the decoded body
    """

    source_id: str
    url: str
    as_of: datetime
    file: Path
    gzipped: bool
    content_type: str | None
    sha256: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers with which a replay serves it."""
        served = {
            "etag": f'"{self.sha256}"',
            "last-modified": format_datetime(self.as_of, usegmt=True),
            RECORDED_AS_OF: self.as_of.isoformat(timespec="microseconds"),
        }
        return served | ({"content-type": self.content_type} if self.content_type else {})

    def body(self) -> bytes:
        """The decoded bytes; raises RecordingError where the file is missing or is not what was recorded."""
        advice = "Restore the file, or take its entry out of manifest.json"
        try:
            stored = self.file.read_bytes()
            body = gzip.decompress(stored) if self.gzipped else stored
        except (OSError, EOFError, zlib.error) as error:
            raise RecordingError(str(self.file), f"the recording cannot be read ({error})", advice) from error
        if hashlib.sha256(body).hexdigest() != self.sha256:
            raise RecordingError(str(self.file), "the recording is not the one that was listed", advice)
        return body


class Recordings:
    """The recorded payloads that the `manifest.json` of a folder lists."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest; raises RecordingError where it is missing or an entry is unusable."""
        self.folder = folder
        self.entries: tuple[Recording, ...] = tuple(_entries(folder, _rows(folder / "manifest.json")))
        self._of_url: dict[str, list[Recording]] = {}
        for entry in self.entries:
            self._of_url.setdefault(_matchable(entry.url), []).append(entry)

    def answer(self, url: str, on: date) -> Recording | None:
        """What `url` served at the end of the day `on`: the newest recording until then, if there is one."""
        end = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(days=1)
        served = [entry for entry in self._of_url.get(_matchable(url), ()) if entry.as_of < end]
        return max(served, key=lambda entry: entry.as_of, default=None)

    def of(self, source_id: str, replay_ids: Sequence[str] = ()) -> Iterator[Payload]:
        """All recordings of a source, under its own id and `replay_ids`, as its payloads, oldest first."""
        ids = {source_id, *replay_ids}
        listed = [entry for entry in self.entries if entry.source_id in ids]
        for entry in sorted(listed, key=lambda entry: entry.as_of):
            headers = {name: value for name, value in entry.headers.items() if name != RECORDED_AS_OF}
            body = entry.body()
            yield Payload(source_id, entry.url, entry.as_of, entry.sha256, body, entry.content_type, headers)


class ReplayTransport(httpx2.BaseTransport):
    """Stands in for the network: every address answers with what it served at the end of the day `on`."""

    def __init__(self, recordings: Recordings, on: date) -> None:
        self.recordings = recordings
        self.on = on

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Status 200 with the recorded body, 304 where the caller has it already, 404 without a recording."""
        entry = self.recordings.answer(str(request.url), self.on)
        if entry is None:
            return httpx2.Response(404)
        if entry.headers["etag"] == request.headers.get("if-none-match"):
            return httpx2.Response(304, headers=entry.headers)
        return httpx2.Response(200, headers=entry.headers, stream=httpx2.ByteStream(entry.body()))


def _rows(manifest: Path) -> list[Mapping[str, Any]]:
    advice = "Name a folder of recordings, which holds a manifest.json that lists them"
    try:
        rows = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecordingError(str(manifest), f"it cannot be read ({error})", advice) from error
    if not isinstance(rows, list):
        raise RecordingError(str(manifest), "it is not a list of recordings", advice)
    return rows


def _entries(folder: Path, rows: Sequence[Mapping[str, Any]]) -> Iterator[Recording]:
    places: Counter[tuple[str, date]] = Counter()
    for number, row in enumerate(rows, start=1):
        try:
            day = _last_day(row["as_of"])
            url = row["url"] or NOT_SERVED + row["file"]
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            entry = Recording(
                source_id=row["source"],
                url=url,
                as_of=midnight + timedelta(microseconds=places[_matchable(url), day]),
                file=folder / row["file"],
                gzipped=row["encoding"] == "gzip",
                content_type=row["content_type"],
                sha256=row["sha256"],
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            where, what = str(folder / "manifest.json"), f"entry {number} is unusable ({error!r})"
            raise RecordingError(where, what, "Correct that entry, or take it out") from error
        places[_matchable(url), day] += 1
        yield entry


def _last_day(text: str) -> date:
    """The day, or the last day of the month or year, that "2026-10-31", "2026-10" or "2026" names."""
    match [int(part) for part in text.split("-")]:
        case [year]:
            return date(year, 12, 31)
        case [year, month]:
            return date(year, month, calendar.monthrange(year, month)[1])
        case [year, month, day]:
            return date(year, month, day)
        case _:
            raise ValueError(f"as_of {text!r} is not a day, month or year")


def _matchable(url: str) -> str:
    """An address with percent-encoding undone, since %28 and ( ask a server for the same."""
    return unquote(url).partition("#")[0]
