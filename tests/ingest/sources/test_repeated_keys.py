"""A key that a JSON file states twice and differently is told, whichever source reads the file."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import ParseError
from ingest.records import check
from ingest.registry import load_sources
from ingest.source import Payload
from tests.ingest.test_sources import fixture_payloads

SOURCES = load_sources().sources
FIRST_VALUE = re.compile(rb'("[\w-]+"): ?("[^"]*"|[\d.]+)')
ONLY_NAME_FILES = {"arena-space", "openrouter-usage"}
"""Sources whose JSON only says where the data lie, and gives no row."""

READERS_OF_PAYLOADS = ("declared", "formats", "sources")
INGEST = Path(__file__).parents[3] / "ingest"


def _in_json(source_id: str) -> list[Payload]:
    return [
        payload
        for payload in fixture_payloads(source_id)
        if payload.body.lstrip()[:1] in (b"{", b"[") and FIRST_VALUE.search(payload.body)
    ]


def _stated_twice(payload: Payload) -> tuple[str, Payload]:
    """A key of the payload, and the payload with another value for it before its own."""
    found = FIRST_VALUE.search(payload.body)
    assert found is not None
    at = found.start()
    body = payload.body[:at] + found[1] + b': "something else", ' + payload.body[at:]
    return found[1].decode().strip('"'), replace(payload, body=body)


@pytest.mark.parametrize(
    "source_id", [name for name in SOURCES if name not in ONLY_NAME_FILES and _in_json(name)]
)
def test_a_key_stated_twice_is_told(source_id: str) -> None:
    """The last one counts, as for most readers, and quarantine names the key."""
    told = []
    for payload in _in_json(source_id):
        key, twice = _stated_twice(payload)
        try:
            reasons = check(SOURCES[source_id].parse((twice,))).refused["reason"].to_list()
        except ParseError:  # one of several payloads that are read together
            continue
        told += [reason for reason in reasons if key in reason and "twice" in reason]
    assert told or SOURCES[source_id].grouped


def test_no_reader_of_payloads_loads_json_by_itself() -> None:
    """`ingest/formats/texts.py` alone calls `json.load` and `json.loads`, so that no key is lost unheard."""
    found = [
        f"{file.relative_to(INGEST)}:{node.lineno}"
        for folder in READERS_OF_PAYLOADS
        for file in sorted((INGEST / folder).rglob("*.py"))
        if file.name != "texts.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("load", "loads")
        if isinstance(node.value, ast.Name) and node.value.id == "json"
    ]
    assert found == []
