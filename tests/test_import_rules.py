"""The import rules that the linter's contracts cannot say: those of single modules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.places import ROOT

HTTP = {"ingest/fetch/client.py", "ingest/fetch/replay.py"}


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


@pytest.mark.parametrize("name", ["cli.py", "config.py", "pipeline/refresh.py", "pipeline/derive.py"])
def test_only_app_and_pages_use_streamlit(name: str) -> None:
    """Commands and the pipeline run without a dashboard."""
    assert "streamlit" not in imported(ROOT / name)


@pytest.mark.parametrize(
    "name",
    [
        "app.py",
        "cli.py",
        "config.py",
        "pipeline/refresh.py",
        "pipeline/derive.py",
        "commands/doctor.py",
    ],
)
def test_only_the_store_talks_to_duckdb(name: str) -> None:
    """Which database is in use is known to the store alone."""
    assert "duckdb" not in imported(ROOT / name)


def test_config_imports_none_of_our_packages() -> None:
    """Settings stand at the bottom: everything may import them."""
    own = {"analysis", "charts", "ingest", "pages", "store", "pipeline", "derive", "cli", "app"}
    assert not imported(ROOT / "config.py") & own
