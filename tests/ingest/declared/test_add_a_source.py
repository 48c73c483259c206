"""docs/add_a_source.md does what it says, and its reference is that of the code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from ingest.declared.check import FormError
from ingest.declared.keys import CONDITION_KEYS, FIELD_KEYS, FORMATS, RECORD_KEYS, SOURCE_KEYS
from ingest.declared.parse import source_from_toml
from ingest.records import Kind, check
from ingest.source import Payload
from tests.places import ROOT

DOCS = ROOT / "docs" / "add_a_source.md"


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_example_takes_its_table_in() -> None:
    """The TOML of the page turns the CSV of the page into the scores that the page promises."""
    source = source_from_toml(block("toml"), "example-exam")
    as_of = datetime(2026, 6, 1, tzinfo=UTC)
    payload = Payload(source.id, "https://example.org/board.csv", as_of, "0" * 64, block("csv").encode())
    records = check(source.parse((payload,)))
    scores = records.frames[Kind.SCORE]
    assert scores["model_name"].to_list() == ["example-2", "example-2-mini"]
    assert scores["score"].to_list() == [0.815, 0.64]
    assert scores["cost_usd"].to_list() == [12.4, None]
    assert scores["valid_on"].to_list() == [date(2026, 5, 31), date(2026, 5, 31)]
    assert records.refused.is_empty()


def test_the_quoted_message_is_the_real_one() -> None:
    """The message that the page shows is what a wrong format gives, line included."""
    wrong = block("toml").replace('format = "csv"', 'format = "cvs"')
    with pytest.raises(FormError) as error:
        source_from_toml(wrong, "example-exam")
    (problem,) = error.value.problems
    assert f"example-exam.toml, {problem}" in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("keys of a source", SOURCE_KEYS),
        ("keys of a record", RECORD_KEYS),
        ("keys of a field", FIELD_KEYS),
        ("keys of a condition", CONDITION_KEYS),
        ("formats", FORMATS),
    ],
)
def test_the_reference_is_that_of_the_code(heading: str, keys: Mapping[str, str]) -> None:
    """Each table of the page holds exactly the keys of the form, with their meaning."""
    text = DOCS.read_text(encoding="utf-8")
    table = re.search(rf"<!-- {heading} -->\n(.*?)<!-- end -->", text, re.DOTALL)
    assert table
    rows = [tuple(row) for row in re.findall(r"^\| `([^`]+)` \| (.*) \|$", table[1], re.MULTILINE)]
    assert rows == [(key, meaning.replace("|", "\\|")) for key, meaning in keys.items()]


def whole_forms() -> list[tuple[str, str, str]]:
    """What is served, the form and the records of each whole form of the page."""
    text = DOCS.read_text(encoding="utf-8")
    part = re.search(r"<!-- whole forms -->\n(.*?)<!-- end -->", text, re.DOTALL)
    assert part
    blocks = re.findall(r"```\w+\n(.*?)```", part[1], re.DOTALL)
    return list(zip(blocks[::3], blocks[1::3], blocks[2::3], strict=True))


@pytest.mark.parametrize(("served", "form", "promised"), whole_forms())
def test_a_whole_form_gives_the_records_that_the_page_shows(served: str, form: str, promised: str) -> None:
    """Each form of the section takes in what stands above it."""
    source = source_from_toml(form, "whole")
    as_of = datetime(2026, 6, 1, tzinfo=UTC)
    records = check(
        source.parse((Payload("whole", "https://example.org/x", as_of, "0" * 64, served.encode()),))
    )
    kind, _, fields = promised.splitlines()[0].partition(": ")
    rows = records.frames[Kind(kind)].select(fields.split(", "))
    assert [", ".join(map(str, row)) for row in rows.iter_rows()] == promised.splitlines()[1:]
    assert records.refused.is_empty()
