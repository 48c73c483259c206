"""The docs say what the code does: tables and command help are made from it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from docs.build import command_reference
from ingest.declared.json_schema import form_schema_text
from ingest.field_table import field_table
from ingest.registry import load_sources
from ingest.source_table import with_source_table
from tests.places import ROOT

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_docs_list_every_source_as_its_file_says() -> None:
    """After a change of a source: `make docs`."""
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert text == with_source_table(text, load_sources().sources.values())


def test_every_command_is_in_the_docs_as_its_help_says() -> None:
    """After a change of a command: `make docs`."""
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == command_reference()


def test_the_schema_of_forms_is_that_of_the_code() -> None:
    """After a change of a key or a kind: `make docs`."""
    assert (ROOT / "docs" / "form.schema.json").read_text(encoding="utf-8") == form_schema_text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_within_the_project_lead_somewhere(document: Path) -> None:
    """No reader ends in nothing."""
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert missing == []


def test_the_fields_of_records_are_those_of_the_code() -> None:
    """docs/fields.md is what `make docs` writes: every field of each kind with its words."""
    assert (ROOT / "docs" / "fields.md").read_text(encoding="utf-8") == field_table()


def test_the_changelog_begins_with_the_version_of_the_project() -> None:
    """The version has one home, pyproject.toml; the newest chapter says what it brings."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == version
