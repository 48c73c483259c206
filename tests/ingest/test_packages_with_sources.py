"""Sources of installed packages: which module and folder each brings, and how a broken one is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from ingest import packaged_sources as packaged
from ingest.packaged_sources import GROUP, Packaged, packaged_sources


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package, a module, and a package without a file of its own."""
    (tmp_path / "boards_pkg" / "deep").mkdir(parents=True)
    (tmp_path / "boards_pkg" / "__init__.py").touch()
    (tmp_path / "one_board.py").touch()
    (tmp_path / "bare_pkg").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in ("boards_pkg", "one_board", "bare_pkg"):
        sys.modules.pop(name, None)


def brought(monkeypatch: pytest.MonkeyPatch, *points: tuple[str, str]) -> list[Packaged | tuple[str, str]]:
    """What packages with these entry points bring."""
    found = [EntryPoint(name, value, GROUP) for name, value in points]
    monkeypatch.setattr(packaged, "entry_points", lambda group: found if group == GROUP else [])
    return list(packaged_sources())


def test_a_package_brings_a_folder_and_a_module_a_file(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of their names."""
    points = (("b", "one_board"), ("c", "bare_pkg"), ("a", "boards_pkg"))
    assert brought(monkeypatch, *points) == [
        Packaged("boards_pkg", installed / "boards_pkg"),
        Packaged("one_board", installed / "one_board.py"),
        Packaged("bare_pkg", installed / "bare_pkg"),
    ]


def test_one_that_cannot_be_found_is_told_and_costs_no_other(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its name, with the reason."""
    first, second, third = brought(
        monkeypatch, ("a", "nowhere_at_all"), ("b", "nowhere_at_all.inner"), ("c", "one_board")
    )
    assert first == (
        "a",
        "the package that brings nowhere_at_all cannot be read: there is no module nowhere_at_all",
    )
    assert isinstance(second, tuple) and second[0] == "b"
    assert third == Packaged("one_board", installed / "one_board.py")


def test_a_file_of_a_package_has_a_dotted_name(tmp_path: Path) -> None:
    """That of the package itself where it is its only file."""
    package = Packaged("boards", tmp_path / "boards")
    inner = tmp_path / "boards" / "deep" / "board.py"
    assert package.holds(inner) and package.holds(tmp_path / "boards")
    assert not package.holds(tmp_path / "boards2" / "x.py")
    assert package.module_of(inner) == "boards.deep.board"
    single = Packaged("board", tmp_path / "board.py")
    assert single.module_of(tmp_path / "board.py") == "board"
    assert single.holds(tmp_path / "board.py")
    assert not single.holds(tmp_path / "other.py")
