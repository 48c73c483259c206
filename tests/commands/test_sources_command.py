"""A table that nobody has seen becomes rows by three commands and no editing."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from commands.exit_codes import FAILED, PARTLY
from commands.source_check import saves_of
from config import load_settings
from errors import ExpectedError
from store.archive import Archive
from store.store import store_of
from tests.homes.small_home import fill
from tests.loopback import Loopback, Reply, page
from tests.places import ROOT

SEMICOLONS = b"Modell;Genauigkeit;Datum\nQuokka 1;81,5;31.05.2026\nQuokka 2;84,25;02.06.2026\n"
TABS = b"model\tresolved (%)\nquokka-1\t61.2\nquokka-2\t65.0\n"
OBJECTS = b'{"board": [{"model": "quokka-1", "elo": 1400}, {"model": "quokka-2", "elo": 1420}]}'
NESTED = b"""{"models": [
{"name": "quokka-1", "results": [{"bench": "X", "score": 81}, {"bench": "Y", "score": 19}]}]}"""
PAGE = (
    b"<!doctype html><html><body><h1>Board</h1><table><tr><th>Model</th><th>Accuracy</th></tr>"
    b"<tr><td>quokka-1</td><td>81.0%</td></tr><tr><td>quokka-2</td><td>64.5%</td></tr></table></body></html>"
)
MARKDOWN = b"# Board\n\n| Model | Pass@1 |\n|---|---|\n| quokka-1 | 0.81 |\n| quokka-2 | 0.64 |\n"
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>Quokka 2 is here</title>'
    b"<link>https://e.example/1</link><guid>1</guid><pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate></item>"
    b"</channel></rss>"
)
CHANGES = b"# Changelog\n\n## 1.2.0 (2026-05-04)\n\n- New model\n\n## 1.1.0 (2026-04-01)\n\n- A fix\n"
PRICES = b"Model,Input ($/1M tokens),Output ($/1M tokens)\ngpt-4o,2.50,10.00\nquokka-1,0.50,2.00\n"
SERIES = b"date,GPU rent (USD per hour)\n2026-01-01,2.1\n2026-02-01,2.0\n"
SPEEDS = b'[{"model": "quokka-1", "provider": "host-a", "tokens_per_second": 80.2}]'
EVENTS = b"Date,Event\n2026-01-01,A laboratory opens\n2026-02-01,Another one closes\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small home, which commands find by the environment."""
    fill(tmp_path)
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    return tmp_path


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A server that answers what a test puts there."""
    with Loopback() as loopback:
        yield loopback


def run(*arguments: str) -> Any:
    """What a command came to."""
    return CliRunner().invoke(cli.commands, list(arguments))


def rows(name: str) -> dict[str, int]:
    """How many rows the published data have of a source, by kind."""
    return dict(store_of(load_settings()).latest().ask("rows_of_source", source=name).iter_rows())


def served(server: Loopback, body: bytes, content_type: str = "text/plain") -> str:
    return server.on("/data", page(body, etag='"1"', Content_Type=content_type))


@pytest.mark.long
@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (SEMICOLONS, "text/csv", {"score": 2}),
        (TABS, "text/tab-separated-values", {"score": 2}),
        (OBJECTS, "application/json", {"score": 2}),
        (NESTED, "application/json", {"score": 2}),
        (PAGE, "text/html", {"score": 2}),
        (MARKDOWN, "text/plain", {"score": 2}),
        (FEED, "application/rss+xml", {"release": 1}),
        (CHANGES, "text/markdown", {"release": 2}),
        (PRICES, "text/csv", {"price": 2}),
        (SERIES, "text/csv", {"series": 1, "series_point": 2}),
        (SPEEDS, "application/json", {"speed": 1}),
        (EVENTS, "text/csv", {"event": 2}),
    ],
    ids=["semicolons", "tabs", "json", "nested", "html", "markdown", "feed", "changes", "prices", "series",
         "speeds", "events"],
)  # fmt: skip
def test_three_commands_and_no_editing(
    home: Path, server: Loopback, body: bytes, content_type: str, expected: dict[str, int]
) -> None:
    """`sources new --yes`, `sources check` and `refresh` are enough, and the server is asked for it once."""
    made = run("sources", "new", "unseen", "--url", served(server, body, content_type), "--yes")
    assert made.exit_code == 0, made.output
    checked = run("sources", "check", "unseen")
    assert checked.exit_code == 0, checked.output
    assert run("refresh", "unseen").exit_code == 0
    assert rows("unseen") == expected
    assert [seen.headers.get("if-none-match") for seen in server.seen] == [None, '"1"']


def test_a_file_on_this_machine_is_a_source_too(home: Path, tmp_path: Path) -> None:
    """--file stands in place of --url, with a name that holds blanks."""
    file = tmp_path / "my board.csv"
    file.write_bytes(SEMICOLONS)
    assert run("sources", "new", "own", "--file", str(file), "--yes").exit_code == 0
    assert run("sources", "check", "own").exit_code == 0
    assert run("refresh", "own").exit_code == 0
    assert rows("own") == {"score": 2}


def test_the_form_names_the_schema_that_lies_beside_it(home: Path, server: Loopback) -> None:
    """Editors complete the form by its first line."""
    run("sources", "new", "unseen", "--url", served(server, TABS), "--yes")
    first = (home / "sources" / "unseen.toml").read_text().splitlines()[0]
    assert (home / "sources" / first.removeprefix("#:schema ./")).is_file()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Bad Name", "--url", "https://e.example/"], "lower-case words"),
        (["unseen"], "--url ADDRESS or --file PATH"),
        (["unseen", "--url", "e.example/a.csv"], "no address"),
        (["unseen", "--file", "no/such/file.csv"], "does not exist"),
        (["litellm-prices", "--url", "https://e.example/"], "already"),
    ],
)
def test_what_cannot_be_a_source_is_told_in_a_sentence(home: Path, arguments: list[str], told: str) -> None:
    """Nothing is fetched and nothing is written."""
    said = run("sources", "new", *arguments, "--yes")
    assert isinstance(said.exception, ExpectedError)
    assert told in str(said.exception)


def test_an_answer_without_a_table_gives_no_form(home: Path, server: Loopback) -> None:
    """What came is kept; the message says what there was."""
    said = run(
        "sources", "new", "unseen", "--url", served(server, b"<html><body>Hello</body></html>"), "--yes"
    )
    assert said.exit_code == FAILED
    assert "No form was written" in said.output
    assert not (home / "sources" / "unseen.toml").exists()


def test_a_server_that_refuses_is_told(home: Path, server: Loopback) -> None:
    """The status stands in the message."""
    said = run("sources", "new", "unseen", "--url", server.on("/gone", Reply(404)), "--yes")
    assert "404" in str(said.exception)


def test_check_fails_where_rows_go_to_quarantine(home: Path, server: Loopback) -> None:
    """Exit code 1, with the reason and the number of rows; a broken form is told by its line."""
    run("sources", "new", "unseen", "--url", served(server, TABS), "--yes")
    form = home / "sources" / "unseen.toml"
    good = form.read_text()
    form.write_text(good.replace(', unit = "percent"', ", scale = 1"))
    said = run("sources", "check", "unseen")
    assert said.exit_code == FAILED
    assert "2 rows go to quarantine" in said.output
    form.write_text(good.replace('format = "tsv"', 'format = "tvs"'))
    said = run("sources", "check", "unseen")
    assert said.exit_code == FAILED
    assert "did you mean 'tsv'" in said.output


def test_check_says_what_repeats_and_what_would_change(home: Path, server: Loopback) -> None:
    """Rows that say the same are counted, and a benchmark that others report is held against the lead."""
    board = b"Model,GPQA Diamond\nGPT-5,88.5\nGPT-5,88.5\nquokka-1,61.2\n"
    run("sources", "new", "unseen", "--url", served(server, board, "text/csv"), "--yes")
    said = run("sources", "check", "unseen")
    assert said.exit_code == 0, said.output
    assert "1 row repeats what an earlier one says" in said.output
    assert "gpqa-diamond: GPT-5 would lead with 88.5% (gpt-5 has 86%)" in said.output


def test_a_key_decides_what_a_name_means(
    home: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal `check` asks of each open name, and the decision is one for this source."""
    url = served(server, b"Model,Score\nclaude-opuss-4-7,61\nquokka-1,65\n", "text/csv")
    run("sources", "new", "unseen", "--url", url, "--yes")
    assert "claude-opuss-4-7: a model of its own, or" in run("sources", "check", "unseen").output
    monkeypatch.setattr("commands.source_check._on_a_terminal", lambda: True)
    monkeypatch.setattr("typer.getchar", lambda: "1")
    assert "claude-opuss-4-7 is now claude-opus-4-7" in run("sources", "check", "unseen").output
    assert "claude-opuss-4-7,claude-opus-4-7,unseen" in (home / "aliases.csv").read_text()
    monkeypatch.undo()
    monkeypatch.setenv("HYPECURVE_HOME", str(home))
    assert "opuss" not in run("sources", "check", "unseen").output.replace("claude-opuss-4-7  ", "")


def test_a_module_in_place_of_a_form_is_tested_and_taken_in(home: Path, server: Loopback) -> None:
    """--python writes about twenty lines that take a plain list in, and a test that holds for it."""
    url = served(server, b'[{"model": "quokka-1", "score": 61.5}, {"model": "quokka-2", "score": 65}]')
    said = run("sources", "new", "own-list", "--url", url, "--python")
    assert said.exit_code == 0, said.output
    assert len((home / "sources" / "own-list.py").read_text().splitlines()) <= 35
    assert run("sources", "check", "own-list").exit_code == 0
    assert run("refresh", "own-list").exit_code == 0
    assert rows("own-list") == {"score": 2}
    test = home / "sources" / "_test_own_list.py"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(home),
        str(test),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_check_says_that_nothing_was_fetched(home: Path, server: Loopback) -> None:
    """A form written by hand has nothing to be judged on before its first refresh."""
    run("sources", "new", "unseen", "--url", served(server, TABS), "--yes")
    form = (home / "sources" / "unseen.toml").read_text()
    (home / "sources" / "by-hand.toml").write_text(form)
    said = run("sources", "check", "by-hand")
    assert said.exit_code == FAILED
    assert "hypecurve refresh by-hand" in said.output


def test_watching_goes_on_with_each_save_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    """A save with the same content is none, nor is a file that an editor is just replacing."""
    file = tmp_path / "form.toml"
    file.write_text("a")
    steps = iter(["a", "b", None, "c"])

    def sleep(_: float) -> None:
        step = next(steps, "end")
        if step == "end":
            raise KeyboardInterrupt
        file.unlink(missing_ok=True) if step is None else file.write_text(step)

    assert len(list(saves_of(file, sleep))) == 2


def test_a_source_is_shown_with_its_form_payloads_rows_and_quarantine(home: Path, server: Loopback) -> None:
    """One command says all that is known of it."""
    url = served(server, TABS)
    run("sources", "new", "unseen", "--url", url, "--yes")
    run("refresh", "unseen")
    said = run("sources", "show", "unseen").output
    for part in ("unseen.toml", 'format = "tsv"', "Payloads: 1", url, "Rows: 2", "In quarantine: 0"):
        assert part in said
    assert "quokka-2" in run("sources", "preview", "unseen").output


def test_a_removed_source_leaves_its_payloads_until_purged(home: Path, server: Loopback) -> None:
    """Its form and rows go at once; what was fetched goes when a person says so."""
    run("sources", "new", "unseen", "--url", served(server, TABS), "--yes")
    run("refresh", "unseen")
    others = {name: rows(name) for name in ("litellm-prices", "epoch-benchmarks")}
    archive = store_of(load_settings()).archive()
    (entry,) = archive.entries("unseen")
    assert run("sources", "remove", "unseen").exit_code == 0
    assert rows("unseen") == {}
    assert not (home / "sources" / "unseen.toml").exists()
    assert archive.is_whole(entry.sha256)
    assert run("sources", "remove", "unseen", "--purge").exit_code == 0
    assert "unseen" not in archive.sources()
    assert not Archive(archive.folder).is_whole(entry.sha256)
    assert {name: rows(name) for name in others} == others


def test_a_body_that_another_source_has_too_survives_the_purge(home: Path, server: Loopback) -> None:
    """Bodies are kept by their hash, once for all sources."""
    url = served(server, TABS)
    for name in ("one", "two"):
        run("sources", "new", name, "--url", url, "--yes")
    run("sources", "remove", "one", "--purge")
    assert run("sources", "check", "two").exit_code == 0


def test_a_source_that_comes_with_hypecurve_is_not_removed(home: Path) -> None:
    """The command says what to do in its place."""
    said = run("sources", "remove", "litellm-prices")
    assert isinstance(said.exception, ExpectedError)
    assert "comes with hypecurve" in str(said.exception)


@pytest.mark.parametrize("command", ["check", "show", "preview", "remove", "probe"])
def test_an_unknown_name_is_told_with_its_neighbours(home: Path, command: str) -> None:
    """One sentence, no traceback."""
    said = run("sources", command, "litellm-price")
    assert isinstance(said.exception, ExpectedError)
    assert "litellm-prices" in str(said.exception)


def test_probe_says_what_came_and_stores_nothing(home: Path, server: Loopback) -> None:
    """Status, rows and drift of columns of each address; a wrong one gives an exit code of its own."""
    run("sources", "new", "good", "--url", server.on("/good", page(TABS)), "--yes")
    run("sources", "new", "drifted", "--url", server.on("/drifted", page(TABS)), "--yes")
    run("sources", "new", "gone", "--url", server.on("/gone", page(TABS)), "--yes")
    server.on("/drifted", page(TABS.replace(b"model", b"modelo")))
    server.on("/gone", Reply(410))
    before = {name: len(store_of(load_settings()).archive().entries(name)) for name in ("good", "drifted")}
    said = run("sources", "probe", "good", "drifted", "gone")
    assert said.exit_code == PARTLY
    assert "has no column 'model'" in said.output
    assert "410" in said.output
    after = {name: len(store_of(load_settings()).archive().entries(name)) for name in before}
    assert after == before
    assert run("sources", "probe", "good").exit_code == 0


def test_probe_names_columns_that_came_and_went_and_asks_fallbacks_too(home: Path, server: Loopback) -> None:
    """A column more is no fault, but told; what stands in is asked as well, and a frozen source says so."""
    run("sources", "new", "wider", "--url", server.on("/wider", page(TABS)), "--yes")
    form = load_settings().sources_folder / "wider.toml"
    stands_in = server.on("/mirror", page(TABS))
    said = form.read_text(encoding="utf-8")
    lines = f'fallbacks = "{stands_in}"\nfrozen = "since 2025, no new rows"\ncadence = "30d"\n'
    form.write_text(re.sub(r"cadence = .*\n", lines, said, count=1), encoding="utf-8")
    header, _, rest = TABS.partition(b"\n")
    rows = [line + b"\t1" for line in rest.splitlines()]
    server.on("/wider", page(b"\n".join([header + b"\tversion", *rows]) + b"\n"))
    said_now = run("sources", "probe", "wider", "--json")
    assert said_now.exit_code == 0, said_now.output
    messages = [row["message"] for row in json.loads(said_now.output)]
    assert messages == ["frozen; new columns: version", "a fallback"]
    shown = run("sources", "show", "wider").output
    assert "Frozen: since 2025, no new rows" in shown
    assert "Answered last" in shown


def test_sources_alone_lists_them(home: Path) -> None:
    """The command group does what the command did."""
    said = run("sources", "--json")
    assert said.exit_code == 0
    assert '"litellm-prices"' in said.output


def test_the_commands_that_the_docs_begin_with_do_what_they_say(home: Path, server: Loopback) -> None:
    """docs/add_a_source.md, section "In five minutes", run as it stands but for the address."""
    text = (ROOT / "docs" / "add_a_source.md").read_text(encoding="utf-8")
    block = re.search(r"```console\n(.*?)```", text, re.DOTALL)
    board = re.search(r"```csv\n(.*?)```", text, re.DOTALL)
    assert block
    assert board
    url = served(server, board[1].encode(), "text/csv")
    for line in block[1].replace("https://example.org/board.csv", url).splitlines():
        program, *arguments = shlex.split(line)
        said = run(*arguments)
        assert (program, said.exit_code) == ("hypecurve", 0), said.output
    assert rows("example-board") == {"score": 2}
