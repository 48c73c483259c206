"""Sources are found by looking; a broken file is named and stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.registry import load_sources, read_source

FORM = """\
title = "Example"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
url = "https://example.org/x.csv"
format = "csv"
cadence = "1d"

[series_point]
valid_on = "Day"
value = "Views"
constants = { series_id = "views" }
"""

MODULE = """\
from ingest.records import Kind, Records
from ingest.source import Source

SOURCE = Source(
    id="mine-in-python", title="T", homepage="https://example.org/", licence="CC0-1.0", attribution="E",
    urls=("https://example.org/",), cadence="1d", kinds=(Kind.EVENT,), parse=lambda payloads: Records(),
)
"""


def test_files_of_the_user_join_those_of_the_project(tmp_path: Path) -> None:
    """TOML and Python files are found at any depth; names that start with an underscore are not sources."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "mine-in-toml.toml").write_text(FORM)
    (tmp_path / "mine.py").write_text(MODULE)
    (tmp_path / "_notes.toml").write_text("this is no source")
    catalogue = load_sources(tmp_path)
    own = load_sources()
    assert set(catalogue.sources) - set(own.sources) == {"mine-in-toml", "mine-in-python"}
    assert catalogue.files["mine-in-toml"] == tmp_path / "deep" / "mine-in-toml.toml"
    assert catalogue.problems == ()


def test_no_folder_of_the_user_is_no_problem(tmp_path: Path) -> None:
    """A folder that does not exist holds no sources."""
    assert set(load_sources(tmp_path / "none").sources) == set(load_sources().sources)


def test_a_broken_file_is_named_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Broken TOML, wrong forms, broken Python and modules without a source are problems of that file only."""
    (tmp_path / "a-good.toml").write_text(FORM)
    (tmp_path / "b-syntax.toml").write_text('title = "x"\nurl = [\n')
    (tmp_path / "c-form.toml").write_text(FORM.replace("cadence", "cadense"))
    (tmp_path / "d_syntax.py").write_text("x = 1\ndef broken(:\n")
    (tmp_path / "e_fails.py").write_text("\nx = 1 / 0\n")
    (tmp_path / "f_empty.py").write_text("x = 1\n")
    (tmp_path / "g_wrong.py").write_text("SOURCE = 'text'\n")
    catalogue = load_sources(tmp_path)
    assert "a-good" in catalogue.sources
    wrong_form = [problem for problem in catalogue.problems if problem.path.name == "c-form.toml"]
    assert (7, True) in [
        (problem.line, "did you mean 'cadence'" in problem.message) for problem in wrong_form
    ]
    said = {problem.path.name: (problem.line, problem.message) for problem in catalogue.problems}
    assert set(said) == {path.name for path in tmp_path.glob("*.*") if path.name != "a-good.toml"}
    assert said["d_syntax.py"][0] == 2
    assert said["e_fails.py"] == (2, "ZeroDivisionError: division by zero")
    assert "neither SOURCE nor SOURCES" in said["f_empty.py"][1]
    assert "must be an ingest.source.Source" in said["g_wrong.py"][1]


def test_an_id_that_is_taken_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    """A user's file cannot silently replace a source of the project."""
    own = load_sources()
    taken = next(iter(own.sources))
    (tmp_path / f"{taken}.toml").write_text(FORM)
    catalogue = load_sources(tmp_path)
    assert catalogue.files[taken] == own.files[taken]
    (problem,) = catalogue.problems
    assert taken in problem.message
    assert str(own.files[taken]) in problem.message
    assert str(problem).startswith(str(tmp_path))


def install(folder: Path, value: str) -> None:
    """A distribution that names `value` in the entry point group of sources."""
    info = folder / "demo-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[hypecurve.sources]\ndemo = {value}\n")


def test_an_installed_package_brings_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms and modules of the package, the latter under their own names: they may import each other."""
    package = tmp_path / "demo_of_sources"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "_kinds.py").write_text("from ingest.records import Kind\n\nKINDS = (Kind.EVENT,)\n")
    (package / "from-a-package.toml").write_text(FORM)
    (package / "mine.py").write_text(
        "from ._kinds import KINDS\n" + MODULE.replace("kinds=(Kind.EVENT,)", "kinds=KINDS")
    )
    install(tmp_path, "demo_of_sources")
    monkeypatch.syspath_prepend(str(tmp_path))
    catalogue = load_sources()
    assert {"from-a-package", "mine-in-python"} <= set(catalogue.sources)
    assert catalogue.problems == ()
    for name in ("from-a-package", "mine-in-python"):
        assert read_source(catalogue.files[name], name).id == name


def test_a_single_module_of_a_package_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry point may name a module that is no package."""
    (tmp_path / "demo_single_source.py").write_text(MODULE)
    install(tmp_path, "demo_single_source")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "mine-in-python" in load_sources().sources


def test_a_broken_package_costs_no_other_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, and all the others are there."""
    before = set(load_sources().sources)
    install(tmp_path, "demo_that_is_not_there.at_all")
    monkeypatch.syspath_prepend(str(tmp_path))
    catalogue = load_sources()
    assert set(catalogue.sources) == before
    (problem,) = catalogue.problems
    assert "demo_that_is_not_there" in str(problem)
