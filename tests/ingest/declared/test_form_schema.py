"""The JSON Schema of forms takes what the reader of forms takes, and points at what it refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped] # it comes without types

from ingest.declared.check import FormError, read_form
from ingest.declared.json_schema import form_schema, form_schema_text
from ingest.registry import OWN_FOLDER

FORMS = [path for path in sorted(OWN_FOLDER.rglob("*.toml")) if not path.name.startswith("_")]
GOOD = """title = "A board"
homepage = "https://board.example/"
licence = "CC0-1.0"
credit = "its makers"
url = "https://board.example/a.csv"
format = "csv"
cadence = "1d"
[score]
model_name = "Model"
score = { column = "Score", unit = "percent" }
constants = { benchmark_id = "board", unit = "fraction", reported_by = "community" }
"""


def faults(text: str) -> list[str]:
    found: list[Any] = list(Draft7Validator(form_schema()).iter_errors(tomllib.loads(text)))
    return [error.message for error in found]


def test_the_schema_itself_is_valid() -> None:
    """Editors can read it."""
    Draft7Validator.check_schema(form_schema())


def test_the_schema_is_written_as_it_is() -> None:
    """A line a key, so that what has changed is seen, and no line without its end."""
    text = form_schema_text()
    assert json.loads(text) == form_schema()
    assert text.endswith("}\n")
    assert max(map(len, text.splitlines())) < 1000


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_form_of_the_project_fits(path: Path) -> None:
    """An editor has nothing to say against a form that is taken."""
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('format = "csv"', 'format = "cvs"'),
        ('unit = "percent"', 'unit = "percents"'),
        ('title = "A board"\n', ""),
        ("[score]", "[scores]"),
        ('model_name = "Model"', 'modelname = "Model"\nmodel_name = "Model"'),
        ('reported_by = "community"', 'reported_by = "me"'),
        ('url = "https://board.example/a.csv"', 'url = "https://board.example/a.csv"\npath = "a.csv"'),
        ('cadence = "1d"', 'cadence = "1d"\ncomplete = "yes"'),
        ('cadence = "1d"', 'cadence = "1d"\ndecimal = ";"'),
    ],
)
def test_what_the_reader_refuses_the_schema_marks(right: str, wrong: str) -> None:
    """A wrong key, word or type is marked while it is typed, and refused when it is read."""
    assert faults(GOOD) == []
    broken = GOOD.replace(right, wrong)
    assert faults(broken)
    with pytest.raises(FormError):
        read_form(broken, "board")
