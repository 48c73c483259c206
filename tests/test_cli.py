"""The command: exit codes with a meaning, tables that hide nothing, rows for other programs, one Ctrl-C."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import polars as pl
import pytest
from typer.testing import CliRunner

import cli
from commands.exit_codes import FAILED, PARTLY
from commands.up import PortTakenError
from config import release
from ingest.take_in.backfill import archive_bundle
from store.archive import Archive
from tests.homes.small_home import fill
from tests.loopback import Loopback, Reply, free_port
from tests.places import ROOT

BOARD = """
title = "A board"
homepage = "https://board.example/"
licence = "CC0-1.0"
credit = "The makers of the board"
url = "{url}"
format = "csv"
cadence = "1d"

[usage]
model_name = "model"
tokens = "tokens"
valid_on = "day"
"""
ROWS = b"model,tokens,day\ngpt-4,5,2026-01-01\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small home, which commands find by the environment."""
    fill(tmp_path)
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    return tmp_path


def run(*arguments: str) -> Any:
    """What a command came to."""
    return CliRunner().invoke(cli.commands, list(arguments))


@pytest.mark.parametrize(
    ("output", "read"),
    [
        ("csv", pl.read_csv),
        ("json", lambda said: pl.DataFrame(json.loads(said.read()))),
        ("parquet", pl.read_parquet),
    ],
)
def test_other_programs_can_read_the_rows_of_a_query(home: Path, output: str, read: Any) -> None:
    """CSV, JSON and Parquet hold the same rows, lists included."""
    said = run("query", "SELECT model_name, score FROM score ORDER BY ALL LIMIT 3", "--format", output)
    assert said.exit_code == 0
    rows = read(io.BytesIO(said.stdout_bytes))
    assert rows.columns == ["model_name", "score"]
    assert rows.height == 3


def test_a_list_stands_in_a_table_and_in_csv_as_its_items(home: Path) -> None:
    """Neither form has lists, and neither breaks on one."""
    for output in ("csv", "table"):
        said = run("query", "SELECT ['a', 'b'] AS letters, {'n': 1} AS thing", "--format", output)
        assert said.exit_code == 0
        assert "a, b" in said.stdout


def test_a_table_in_a_pipe_hides_nothing(home: Path) -> None:
    """Where no terminal sets a width, long text stays whole and every row is one line."""
    long = "x" * 300
    said = run(
        "query", f"SELECT '{long}' AS text, 1 AS n UNION ALL SELECT 'two' || chr(10) || 'lines', 20"
    ).stdout
    names, rule, *rows = said.splitlines()
    assert names.split() == ["text", "n"]
    assert set(rule) == {"-", " "}
    assert rows == [f"{long}   1", f"{'two lines':<300}  20"]


def test_words_in_brackets_stand_as_they_are(home: Path) -> None:
    """What a person named is said back whole, whatever a terminal library makes of brackets."""
    assert "[bold]" in run("query", "SELECT '[bold]' AS text").stdout
    command = [sys.executable, "-m", "cli", "query", "SELECT '[bold]'::INTEGER"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == FAILED
    assert "'[bold]'" in done.stderr


def test_the_version_is_that_of_the_settings() -> None:
    """One line with the name and the version that servers are told too."""
    assert run("--version").stdout == f"hypecurve {release()}\n"


def test_the_list_of_commands_is_short_enough_to_read() -> None:
    """At 80 columns no command's purpose is cut off."""
    said = run("--help").stdout + run("models", "--help").stdout
    assert "..." not in said.replace("[ARGS]...", "")


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"polars", "duckdb", "numpy", "rich", "pydantic", "config"}),
        (["refresh", "--help"], {"polars", "duckdb", "numpy", "rich", "pydantic"}),
        (["query", "SELECT 1"], {"numpy", "pyarrow", "scipy", "rich", "pydantic", "httpx2", "plotly"}),
    ],
    ids=["help", "help of a command", "query"],
)
def test_a_command_loads_what_it_needs_and_no_more(
    home: Path, arguments: list[str], unwanted: set[str]
) -> None:
    """What a command does not need is not imported, so it starts at once."""
    code = "import sys, cli\ntry: cli.main()\nfinally: print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert unwanted & set(done.stderr.split()) == set()


@pytest.mark.parametrize("sql", ["DELETE FROM score", "COPY score TO 'x.csv'", "SELECT nothing FROM score"])
def test_a_statement_that_cannot_be_answered_is_one_sentence(home: Path, sql: str) -> None:
    """Writing, files and unknown columns are refused in the database's words, with exit code 1."""
    command = [sys.executable, "-m", "cli", "query", sql]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == FAILED
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_a_fresh_home_is_filled_with_the_bundled_data_first(tmp_path: Path) -> None:
    """Whoever asks at once gets an answer; what is done meanwhile is told beside it."""
    environment = {**os.environ, "HYPECURVE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "cli", "query", "SELECT 1"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "bundled data" in done.stderr
    assert done.stdout.split()[-1] == "1"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["refresh", "no-such-source"], "There is no source 'no-such-source'"),
        (["models", "accept", "a name", "no-such-model"], "no-such-model"),
        (["backfill", "aider-edit", "--since", "2026-01-01", "--replay", "."], "aider-edit"),
    ],
)
def test_what_a_person_can_mend_is_one_sentence(home: Path, arguments: list[str], told: str) -> None:
    """A slip in a name ends in a sentence with the name and exit code 1, never in a traceback."""
    command = [sys.executable, "-m", "cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == FAILED
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_table_of_names_that_contradicts_itself_is_one_sentence(home: Path) -> None:
    """A slip in one's own aliases.csv is told with its line."""
    (home / "aliases.csv").write_text("name,model_id,source_id\n,gpt-4,\n")
    command = [sys.executable, "-m", "cli", "resolve", "gpt-4"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == FAILED
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr


def test_exit_codes_tell_all_some_and_none(home: Path) -> None:
    """0 where every source answered, 3 where some did, 1 where none did, 2 for words that are no command."""
    with Loopback() as server:
        good = server.on("/good.csv", Reply(pieces=(ROWS,)))
        bad = server.on("/bad.csv", Reply(404))
        for name, url in (("good", good), ("bad", bad)):
            _write_source(home, name, url)
        assert run("refresh", "good").exit_code == 0
        assert run("refresh", "good", "bad").exit_code == PARTLY
        assert run("refresh", "bad").exit_code == FAILED
        assert run("refresh", "--no-such-option").exit_code == 2
    told = run("runs", "bad").stdout
    assert "404" in told
    assert "failed" in told


def test_a_source_whose_code_breaks_costs_no_other(home: Path) -> None:
    """A module of one's own that raises is told by name; the source beside it is taken in."""
    (home / "sources").mkdir(exist_ok=True)
    (home / "sources" / "broken.py").write_text(
        "from ingest.records import Kind, Records\n"
        "from ingest.source import Source\n\n\n"
        "def urls(state):\n    raise RuntimeError('no addresses today')\n\n\n"
        "SOURCE = Source('broken', 'Broken', 'https://b.example', 'CC0-1.0', 'nobody', urls, '1d', "
        "(Kind.USAGE,), lambda payloads: Records())\n"
    )
    with Loopback() as server:
        _write_source(home, "good", server.on("/good.csv", Reply(pieces=(ROWS,))))
        said = run("refresh", "broken", "good")
    assert said.exit_code == PARTLY
    assert "no addresses today" in said.stdout
    assert "new data" in said.stdout


def test_up_serves_until_one_ctrl_c(tmp_path: Path) -> None:
    """It prints its address, answers, says nothing of single requests, and ends with exit code 0."""
    fill(tmp_path)
    archive_bundle(Archive(tmp_path / "archive"))
    environment = {
        **os.environ,
        "HYPECURVE_HOME": str(tmp_path),
        "HYPECURVE_STALE_AFTER_HOURS": "1e6",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "cli", "serve", "--port", str(free_port())]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        address = first.split()[1]
        assert address.startswith("http://localhost:")
        assert json.loads(_answer(f"{address}/healthz"))["status"] == "ok"
        assert "html" in _answer(f"{address}/claims")
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "GET" not in rest
    assert "Traceback" not in rest


def test_a_port_that_is_taken_is_told_before_anything_starts(home: Path) -> None:
    """The sentence names the port and how to choose another one."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = run("up", "--port", str(other.getsockname()[1]), "--no-schedule")
    assert said.exit_code != 0
    assert isinstance(said.exception, PortTakenError)
    assert "--port" in str(said.exception)


def _answer(url: str) -> str:
    for _ in range(300):
        try:
            with urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer")


def _write_source(home: Path, name: str, url: str) -> None:
    folder = home / "sources"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(BOARD.format(url=url), encoding="utf-8")
