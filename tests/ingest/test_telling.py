"""Keys that are stated twice are told by every source, whatever its parse function does with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl
import pytest

from ingest.formats.texts import json_of_text
from ingest.records import Kind, Records
from ingest.source import Payload, Source
from ingest.telling import telling

FOUND = Records({Kind.USAGE: pl.DataFrame({"model_name": ["m"]})})


def parsed(text: str, *kinds: Kind) -> Records:
    """What a source with these kinds, that tells, says of a text."""

    def parse(payloads: Sequence[Payload]) -> Records:
        json_of_text(payloads[0].body.decode(), "the board")
        return FOUND

    source = Source("s", "S", "", "", "", ("u",), "1d", kinds, parse)
    payload = Payload("s", "u", datetime(2026, 1, 1, tzinfo=UTC), "0" * 64, text.encode())
    return telling(source).parse((payload,))


def test_a_payload_that_states_each_key_once_says_what_it_says() -> None:
    """Nothing is put to it."""
    assert parsed('{"a": 1, "b": {"a": 2}}', Kind.USAGE) is FOUND


@pytest.mark.parametrize("kinds", [(Kind.USAGE, Kind.SERIES), (Kind.SERIES,)])
def test_a_key_that_is_stated_twice_is_refused_as_of_the_first_kind(kinds: tuple[Kind, ...]) -> None:
    """Beside all that was taken in."""
    records = parsed('{"a": 1, "a": 2}', *kinds)
    assert records.frames[Kind.USAGE]["model_name"].to_list() == ["m"]
    assert records.refused["kind"].to_list() == [kinds[0].value]
    assert "a" in records.refused["row"][0]


def test_a_source_of_no_kind_has_nobody_to_tell_it_of() -> None:
    """It says what it says."""
    assert parsed('{"a": 1, "a": 2}') is FOUND
