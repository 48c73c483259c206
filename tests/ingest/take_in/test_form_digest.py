"""The digests of forms are made when they are asked for, and each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.take_in import form_digest as forms
from ingest.take_in.form_digest import ALWAYS, FormDigests, form_digest


def test_only_what_is_asked_for_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refresh of one source reads one form, however often it asks; a source without a file has none."""
    read: list[Path] = []
    monkeypatch.setattr(forms, "form_digest", lambda file: read.append(file) or file.name)
    files = {name: tmp_path / f"{name}.toml" for name in ("a", "b", "lost")}
    for name in ("a", "b"):
        files[name].touch()
    digests = FormDigests(files)
    assert set(digests) == {"a", "b"}
    assert len(digests) == 2
    assert "lost" not in digests
    assert digests.get("lost") is None
    assert read == []
    assert digests["a"] == digests.get("a") == "a.toml"
    assert read == [files["a"]]


PARSER = """
from ingest.formats import (
    markdown_tables,
    texts,
)
from mine import helper
from . import beside
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of somebody else's with a parser, two modules that it imports and a table that one names."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name, text in {
        "__init__": "",
        "parser": PARSER,
        "helper": 'TABLE = "words.csv"\n',
        "beside": "",
    }.items():
        (folder / f"{name}.py").write_text(text)
    (folder / "words.csv").write_text("a\n")
    return folder


@pytest.mark.parametrize("changed", ["parser.py", "helper.py", "beside.py", "words.csv"])
def test_whatever_a_parser_is_made_of_changes_its_digest(package: Path, changed: str) -> None:
    """Its own text, the modules of its package that it imports, and the tables that these name."""
    before = form_digest(package / "parser.py")
    file = package / changed
    file.write_text(file.read_text() + "# more than before\n")
    assert form_digest(package / "parser.py") != before


@pytest.mark.parametrize(
    "module",
    [
        ALWAYS,
        *(ALWAYS.parent / "formats" / f"{name}.py" for name in ("texts", "markdown_tables", "encodings")),
    ],
)
def test_what_is_imported_in_brackets_or_by_another_module_counts(
    package: Path, monkeypatch: pytest.MonkeyPatch, module: Path
) -> None:
    """Imports over several lines, those of what is imported, and what every source is parsed within."""
    before = form_digest(package / "parser.py")
    as_it_is = forms._bytes
    monkeypatch.setattr(forms, "_bytes", lambda file: as_it_is(file) + b"#" * (file == module))
    assert form_digest(package / "parser.py") != before
