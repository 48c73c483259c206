"""The wheel: it holds every file of the program, needs what it says, and serves the dashboard."""

from __future__ import annotations

import ast
import configparser
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from tests.loopback import free_port
from tests.places import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHIPPED: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
NOT_SHIPPED = {"tests", "benchmarks", "docs"}
IMPORTED_BY_OTHERS = {"pyarrow", "orjson"}
"""Polars hands rows to DuckDB with pyarrow, and Plotly writes figures with orjson; neither asks for it."""

UV = Path(sys.executable).with_name("uv")


def packages() -> set[str]:
    """The folders of the program's own code."""
    return {file.parent.name for file in ROOT.glob("*/__init__.py")} - NOT_SHIPPED


def modules() -> set[str]:
    """The modules that stand beside them."""
    return {file.name for file in ROOT.glob("*.py")}


def test_everything_of_the_program_ships_and_is_held_to_the_rules() -> None:
    """A new package or module is named in the wheel, in the import rules and in the type checks."""
    linter = configparser.ConfigParser()
    linter.read(ROOT / ".importlinter", encoding="utf-8")
    assert set(SHIPPED) == packages() | modules() | {"docs/methods", "docs/methods.md"}
    assert set(linter["importlinter"]["root_packages"].split()) == packages()
    assert {f"{name}.py" for name in PROJECT["tool"]["mypy"]["modules"]} == modules()


def test_the_dependencies_are_what_the_program_imports() -> None:
    """Nothing is asked for that nobody imports, and nothing is imported that only others ask for."""
    asked = {_distribution(line) for line in PROJECT["project"]["dependencies"]}
    own = packages() | {Path(name).stem for name in modules()}
    homes = packages_distributions()
    used = {_distribution(homes[name][0]) for name in _imported() - own - set(sys.stdlib_module_names)}
    assert used == asked - IMPORTED_BY_OTHERS


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the tree as it is, built by the backend that pyproject.toml names."""
    folder = tmp_path_factory.mktemp("wheel")
    _uv("build", "--wheel", "--out-dir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `hypecurve` as `uv tool install` leaves it, with the versions that are locked."""
    tools = tmp_path_factory.mktemp("tools")
    lock = str(ROOT / "requirements.lock")
    _uv("tool", "install", "--python", sys.executable, "--constraints", lock, str(wheel), tools=tools)
    return tools / "bin" / "hypecurve"


@pytest.mark.wheel
def test_the_wheel_holds_every_file(wheel: Path) -> None:
    """SQL, bundled Parquet, forms of sources, methods, the theme of the pages: not only code."""
    found = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert found == {file.relative_to(ROOT).as_posix() for file in _files()}
    assert {".sql", ".parquet", ".toml", ".csv", ".md", ".svg"} <= {Path(name).suffix for name in found}


@pytest.mark.wheel
def test_an_installed_wheel_serves_the_dashboard(command: Path, tmp_path: Path) -> None:
    """From a folder without any of our code, on an empty home: data, pages, and one Ctrl-C."""
    port = free_port()
    environment = {**os.environ, "HYPECURVE_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"}
    environment.pop("PYTHONPATH", None)
    server = subprocess.Popen(
        [command, "up", "--port", str(port), "--no-schedule"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        health = json.loads(_answer(f"http://127.0.0.1:{port}/healthz"))
        assert (health["status"], health["snapshot"]) == ("ok", "00000001")
        assert "<html" in _answer(f"http://127.0.0.1:{port}/")
        _draw_pages(command, tmp_path, environment)
    finally:
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=60)
    assert server.returncode == 0, said
    assert "Traceback" not in said


def _draw_pages(command: Path, folder: Path, environment: dict[str, str]) -> None:
    """Draw the first page and one with a method below it in the tool's own environment."""
    code = (
        "from pathlib import Path; import app; from streamlit.testing.v1 import AppTest\n"
        "file = Path(app.__file__).parent / 'pages' / 'navigation.py'\n"
        "page = AppTest.from_file(file, default_timeout=120)\n"
        "page.session_state['method-datawall'] = True\n"
        "for visit in (page.run, lambda: page.switch_page('datawall.py').run()):\n"
        "    found = visit()\n"
        "    assert not found.exception, found.exception\n"
        "    print(*(item.value for item in found.markdown))\n"
    )
    python = command.resolve().with_name("python")
    done = subprocess.run(
        [python, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Villalobos" in done.stdout


def _files() -> list[Path]:
    named = [ROOT / name for name in SHIPPED]
    inside = [file for folder in named if folder.is_dir() for file in folder.rglob("*") if file.is_file()]
    return [file for file in (*named, *inside) if file.is_file() and "__pycache__" not in file.parts]


def _imported() -> set[str]:
    names: set[str] = set()
    for file in (file for file in _files() if file.suffix == ".py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names


def _distribution(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-")


def _uv(*arguments: str, tools: Path | None = None) -> None:
    folders = {"UV_TOOL_DIR": str(tools), "UV_TOOL_BIN_DIR": str(tools / "bin")} if tools else {}
    done = subprocess.run(
        [UV, *arguments], env={**os.environ, **folders}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _answer(url: str) -> str:
    for _ in range(600):
        try:
            with urlopen(url, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer")
