"""The contract that every source of the registry keeps, on small fixtures and on all its recordings.

A fixture is a folder `tests/fixtures/<source-id>/` with payload files as the source serves them (small,
written by hand, true to the form) and one `fixture.toml`:

    as_of = 2026-01-31              # when the payloads were served, unless the table below says otherwise

    [payloads]                      # file = the address it answers
    "board.yml" = "https://example.org/board.yml"
    "older.yml" = { url = "https://example.org/board.yml", as_of = 2025-12-31 }

    [rows]                          # accepted rows per kind, summed over all payloads; and the refused
    score = 2
    refused = 1

    [recordings]                    # optional, where the recordings need another bound
    refused_share_at_most = 0.2     # default 0.1, of all rows of all recordings together
    unreadable = ["arena/x.json"]   # files that must raise ParseError

Sources of one folder below `ingest/sources/`, such as `feeds`, may share the fixture of that folder's name.
Payloads of one `as_of` are parsed together where the source is `grouped`, else one by one. Recordings are
those whose `source` in the manifest is the source's id or one of its `replay_ids`; a recording without an
address gets "recording:FILE". Nothing else is needed for a new source: this test finds it. What its rows
say is held too where a file `rows.jsonl` stands beside (tests/ingest/sources/test_accepted_rows.py).
"""

from __future__ import annotations

import gzip
import json
import tomllib
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Records, check
from ingest.registry import load_sources
from ingest.source import Payload, Source
from tests.places import FIXTURES, RECORDINGS

CATALOGUE = load_sources()
SOURCES = list(CATALOGUE.sources.values())


def test_every_source_file_of_the_project_can_be_read() -> None:
    """No source file of the project is broken and no id is used twice."""
    assert [str(problem) for problem in CATALOGUE.problems] == []
    assert SOURCES


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_fixture_gives_the_rows_that_it_states(source: Source) -> None:
    """Each source turns its fixture into exactly the stated number of accepted and refused rows per kind."""
    stated = _fixture(source.id)
    payloads = fixture_payloads(source.id)
    found = [check(source.parse(group)) for group in groups_of(source, payloads)]
    assert _counts(found) == stated["rows"]
    _assert_refusals_have_reasons(found)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_parse_is_pure(source: Source) -> None:
    """Parsing the same payloads twice gives equal frames, and only kinds that the source declares."""
    for group in groups_of(source, fixture_payloads(source.id)):
        first, second = source.parse(group), source.parse(group)
        assert set(first.frames) <= set(source.kinds)
        assert all(first.frames[kind].equals(second.frames[kind]) for kind in first.frames)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_source_says_who_made_it_and_under_which_licence(source: Source) -> None:
    """Title, homepage, licence and credit are stated, since every chart prints them."""
    assert source.title
    assert source.licence
    assert source.attribution
    assert source.homepage.startswith("https://") or _comes_with_the_code(source)
    assert source.kinds


@pytest.mark.recordings
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_all_recordings_are_taken_in(source: Source) -> None:
    """Every real payload parses, gives accepted rows, and each refused row says why."""
    payloads = _recorded(source)
    limits = _fixture(source.id).get("recordings", {})
    unreadable = set(limits.get("unreadable", ()))
    good = [payload for file, payload in payloads if file not in unreadable]
    for file, payload in payloads:
        if file in unreadable:
            with pytest.raises(ParseError):
                source.parse((payload,))
    found = [check(source.parse(group)) for group in groups_of(source, good)]
    counts = _counts(found)
    refused = counts.pop("refused", 0)
    accepted = sum(counts.values())
    assert accepted > 0
    assert refused <= limits.get("refused_share_at_most", 0.1) * (accepted + refused), _reasons(found)
    _assert_refusals_have_reasons(found)


def _comes_with_the_code(source: Source) -> bool:
    return isinstance(source.urls, tuple) and all(url.startswith("facts:") for url in source.urls)


def _folder(source_id: str) -> Path:
    own = FIXTURES / source_id
    shared = FIXTURES / CATALOGUE.files[source_id].parent.name
    return shared if not own.is_dir() and shared.is_dir() else own


def _fixture(source_id: str) -> dict[str, Any]:
    path = _folder(source_id) / "fixture.toml"
    assert path.is_file(), (
        f"the source {source_id} has no fixture: write {path.name} in tests/fixtures/{source_id}"
    )
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fixture_payloads(source_id: str) -> list[Payload]:
    """The payloads of a source's fixture, as served at its addresses."""
    stated = _fixture(source_id)
    payloads = []
    for file, said in stated["payloads"].items():
        table = {"url": said} if isinstance(said, str) else said
        served_on = table.get("as_of", stated["as_of"])
        body = (_folder(source_id) / file).read_bytes()
        payloads.append(_payload(source_id, table["url"], served_on, body, table.get("content_type")))
    return payloads


def _recorded(source: Source) -> list[tuple[str, Payload]]:
    ids = {source.id, *source.replay_ids}
    entries = [entry for entry in _manifest() if entry["source"] in ids]
    if not entries:
        pytest.skip(f"no recording of {source.id}" if _manifest() else "the recordings are not there")
    return [(entry["file"], _payload_of(source.id, entry)) for entry in entries]


@cache
def _manifest() -> tuple[dict[str, Any], ...]:
    path = RECORDINGS / "manifest.json"
    return tuple(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else ()


def _payload_of(source_id: str, entry: dict[str, Any]) -> Payload:
    body = (RECORDINGS / entry["file"]).read_bytes()
    if entry["encoding"] == "gzip":
        body = gzip.decompress(body)
    url = entry["url"] or f"recording:{entry['file']}"
    return _payload(source_id, url, _last_day(entry["as_of"]), body, entry["content_type"])


def _last_day(said: str) -> date:
    year, month, day = [*(int(part) for part in said.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def _payload(source_id: str, url: str, served_on: date, body: bytes, content_type: str | None) -> Payload:
    as_of = datetime(served_on.year, served_on.month, served_on.day, tzinfo=UTC)
    return Payload(source_id, url, as_of, sha256(body).hexdigest(), body, content_type)


def groups_of(source: Source, payloads: Sequence[Payload]) -> list[tuple[Payload, ...]]:
    """The payloads that are parsed together."""
    if not source.grouped:
        return [(payload,) for payload in payloads]
    ordered = sorted(payloads, key=lambda payload: payload.as_of)
    return [tuple(group) for _, group in groupby(ordered, key=lambda payload: payload.as_of)]


def _counts(found: Sequence[Records]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for records in found:
        for kind, frame in records.frames.items():
            counts[kind.value] = counts.get(kind.value, 0) + frame.height
        counts["refused"] = counts.get("refused", 0) + records.refused.height
    return {name: count for name, count in counts.items() if count}


def _assert_refusals_have_reasons(found: Sequence[Records]) -> None:
    refused = pl.concat([records.refused for records in found])
    assert refused.filter(pl.col("reason").is_null() | (pl.col("reason") == "")).is_empty()


def _reasons(found: Sequence[Records]) -> str:
    refused = pl.concat([records.refused for records in found])
    return str(refused["reason"].value_counts(sort=True).head(5).rows())
