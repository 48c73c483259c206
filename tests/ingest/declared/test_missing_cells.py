"""Which cells of a declared source say nothing, and what follows for a field, a template and a condition."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.declared.parse import source_from_toml
from ingest.records import Kind, Records, check
from ingest.source import Payload

HEAD = """\
title = "Example"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
url = "https://example.org/x"
cadence = "1d"
format = "csv"
"""


def parsed(form: str, body: str) -> Records:
    payload = Payload("e", "https://example.org/x", datetime(2026, 6, 1, tzinfo=UTC), "0" * 64, body.encode())
    return check(source_from_toml(HEAD + form, "e").parse((payload,)))


def tokens(form: str, cell: str) -> tuple[list[float | None], list[str]]:
    """What becomes of one optional figure: its values, and why the row was refused."""
    usage = f'[usage]\nmodel_name = "Model"\n{form}\n'
    records = parsed(usage, f'Model,Tokens,Older\na,"{cell}",7\n')
    return records.frames[Kind.USAGE]["tokens"].to_list(), records.refused["reason"].to_list()


@pytest.mark.parametrize("cell", ["", " ", "null", "NaN", "nan", "N/A", "n/a", " n/a "])
def test_cells_that_say_nothing_anywhere_are_missing(cell: str) -> None:
    """An empty cell and the usual words for one leave the figure out and keep the row."""
    assert tokens('tokens = "Tokens"', cell) == ([None], [])


@pytest.mark.parametrize("cell", ["-", "none", "TBD", "?", "—"])
def test_other_words_are_a_fault_unless_the_form_declares_them(cell: str) -> None:
    """A word that the form does not know is refused; declared for the file or for the field it is missing."""
    assert tokens('tokens = "Tokens"', cell) == ([], [f"tokens: '{cell}' is not a number"])
    assert tokens(f'tokens = {{ column = "Tokens", missing = ["{cell}"] }}', cell) == ([None], [])
    whole = f'missing = ["{cell}"]\n[usage]\nmodel_name = "Model"\ntokens = "Tokens"\n'
    assert parsed(whole, f"Model,Tokens\na,{cell}\n").frames[Kind.USAGE]["tokens"].to_list() == [None]


@pytest.mark.parametrize("cell", ["0", "0.0", "$0"])
def test_a_zero_is_said(cell: str) -> None:
    """Nought is a figure, not a gap, unless the form declares it to be one."""
    assert tokens('tokens = "Tokens"', cell) == ([0.0], [])
    assert tokens(f'tokens = {{ column = "Tokens", missing = ["{cell}"] }}', cell) == ([None], [])


def test_words_for_missing_of_one_field_are_words_in_another() -> None:
    """What a field declares holds for that field only."""
    form = """[usage]
model_name = "Model"
organization = { column = "Maker", missing = ["x"] }
"""
    frame = parsed(form, "Model,Maker\nx,x\n").frames[Kind.USAGE]
    assert frame.select("organization", "model_name").rows() == [(None, "x")]


@pytest.mark.parametrize(("cell", "value"), [("5", 5.0), ("", 7.0), ("n/a", 7.0), ("-", 7.0), ("0", 0.0)])
def test_the_first_column_that_says_something_counts(cell: str, value: float) -> None:
    """Of several columns the next is asked only where the one before says nothing."""
    form = 'tokens = { column = ["Tokens", "Older"], missing = ["-"] }'
    assert tokens(form, cell) == ([value], [])


@pytest.mark.parametrize(("cell", "name"), [("5", "a 5"), ("", None), ("n/a", None), ("-", None)])
def test_a_template_with_a_missing_part_is_missing(cell: str, name: str | None) -> None:
    """Half a name would be another name: the row is refused for want of it."""
    form = '[usage]\nmodel_name = { template = "{Model} {Size}", missing = ["-"] }\ntokens = "Tokens"\n'
    records = parsed(form, f'Model,Size,Tokens\na,"{cell}",1\n')
    assert records.frames[Kind.USAGE]["model_name"].to_list() == ([name] if name else [])
    assert records.refused.height == (0 if name else 1)


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ("{ present = true }", ["said"]),
        ("{ present = false }", ["empty", "word"]),
        ('["x"]', ["said"]),
        ('{ not = ["x"] }', ["empty", "word"]),
        ('{ matches = "." }', ["said", "word"]),
        ('{ lacks = "x" }', ["empty", "word"]),
    ],
)
def test_conditions_on_a_cell_that_says_nothing(condition: str, kept: list[str]) -> None:
    """An empty cell meets no condition that asks for something, and every one that forbids something."""
    form = f'[usage]\nmodel_name = "Model"\ntokens = "Tokens"\nwhere = {{ Note = {condition} }}\n'
    body = "Model,Tokens,Note\nsaid,1,x\nempty,2,\nword,3,n/a\n"
    assert parsed(form, body).frames[Kind.USAGE]["model_name"].to_list() == kept


@pytest.mark.parametrize(("bound", "kept"), [("{ min = 2 }", [2.0, 3.0]), ("{ max = 2 }", [1.0, 2.0])])
def test_a_cell_without_a_figure_is_within_no_bound(bound: str, kept: list[float]) -> None:
    """A row whose figure is missing, or none, is neither at least nor at most anything; ends count."""
    form = f'[usage]\nmodel_name = "Model"\ntokens = "Tokens"\nwhere = {{ Tokens = {bound} }}\n'
    body = "Model,Tokens\na,1\nb,2\nc,3\nd,\ne,n/a\n"
    assert parsed(form, body).frames[Kind.USAGE]["tokens"].to_list() == kept
