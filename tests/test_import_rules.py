"""The import rules that the linter's contracts cannot say: those of single modules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.places import ROOT

HTTP = {"ingest/fetch/client.py", "ingest/fetch/replay.py"}
PACKAGES = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests"}
OWN = PACKAGES | {file.stem for file in ROOT.glob("*.py")}
MAY_IMPORT = {
    "app.py": {"config", "faces", "logs", "pages", "pipeline"},
    "cli.py": {"commands", "config", "errors", "store"},
    "config.py": {"errors", "logs"},
    "errors.py": set[str](),
    "logs.py": {"terminal"},
    "terminal.py": set[str](),
}
WHOLE = [file for name in sorted(PACKAGES - {"pages"}) for file in (ROOT / name).rglob("*.py")] + sorted(
    ROOT.glob("*.py")
)


def imported(file: Path) -> set[str]:
    """The top names of everything that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def files(*folders: str) -> list[Path]:
    """Python files of the folders, and of the top level."""
    return [file for folder in folders for file in (ROOT / folder).rglob("*.py")]


@pytest.mark.parametrize("file", files("ingest"), ids=str)
def test_only_fetching_and_replaying_use_the_http_client(file: Path) -> None:
    """Every request goes through the one polite fetcher."""
    name = file.relative_to(ROOT).as_posix()
    assert "httpx2" not in imported(file) or name in HTTP


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
def test_a_module_beside_the_packages_imports_what_it_may(name: str) -> None:
    """The entries know what they start; settings and the kind of error stand at the bottom."""
    assert imported(ROOT / name) & OWN <= MAY_IMPORT[name]


def test_every_module_beside_the_packages_has_its_rule() -> None:
    """A new one is held to a rule before it is used."""
    assert {file.name for file in ROOT.glob("*.py")} == set(MAY_IMPORT)


@pytest.mark.parametrize("file", [file for file in WHOLE if file.name != "app.py"], ids=str)
def test_only_app_and_pages_use_streamlit(file: Path) -> None:
    """Commands, pipeline and charts run without a dashboard."""
    assert "streamlit" not in imported(file)


@pytest.mark.parametrize("file", [ROOT / name for name in MAY_IMPORT], ids=str)
def test_only_the_store_talks_to_duckdb(file: Path) -> None:
    """Which database is in use is known to the store alone."""
    assert "duckdb" not in imported(file)
