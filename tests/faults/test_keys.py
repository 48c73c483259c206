"""A key of a source is nowhere but in the environment: a marker is looked for after ten kinds of failure."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from faces.documents import answer_document
from ingest.fetch.client import Limits
from pipeline.probe import probe
from questions.controls import read
from questions.registry import question_named
from questions.view import View
from store.ledger import Status
from store.store import store_of
from tests.faults.small_place import BOARD, SmallPlace
from tests.loopback import Answer, Reply, Seen, redirect

MARKER = "MARKER/of-a+key"
LITERAL = "MARKERTHATSTANDSINTHEFORM"
FORM = """
title = "Keyed"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
key = "KEYED_BOARD_KEY"
headers = {{ x-api-key = "{{key}}" }}
url = [{urls}]
format = "csv"
cadence = "1d"

[score]
model_name = "Model"
score = {{ column = "Score", unit = "percent" }}
constants = {{ benchmark_id = "keyed", unit = "fraction", reported_by = "community" }}
"""


def away(seen: Seen) -> Reply:
    """A server that sends its caller, key and all, to where nothing is."""
    return redirect(f"ftp://elsewhere.example{seen.path}")


def echo(seen: Seen) -> Reply:
    """A server that says in its error what it was asked with."""
    return Reply(403, {"X-Why": seen.headers.get("x-api-key", "")}, (str(seen).encode(),))


FAILURES: tuple[Answer, ...] = (
    Reply(401),
    echo,
    Reply(404),
    Reply(410),
    Reply(429, {"Retry-After": "9999"}),
    Reply(500),
    away,
    lambda seen: redirect(seen.path),
    Reply(200, {"Content-Encoding": "gzip"}, (b"no gzip",)),
    Reply(200, {}, (b"cut",), declared=999),
)


def everything(place: SmallPlace) -> Iterator[tuple[str, str]]:
    """All that this home holds, says and shows, with where it stands."""
    for file in place.settings.home.rglob("*"):
        if file.is_file() and place.settings.sources_folder not in file.parents:
            yield str(file), file.read_bytes().decode("latin-1")
    archive = store_of(place.settings).archive()
    for entry in archive.entries("keyed"):
        yield f"body {entry.sha256}", archive.body(entry.sha256).decode("latin-1")
    ledger = store_of(place.settings).ledger()
    yield "/api/sources", ledger.health().write_json()
    snapshot, today = store_of(place.settings).latest(), datetime.now(UTC).date()
    for table in snapshot.tables():
        yield table, snapshot.select(f'SELECT * FROM "{table}"').write_json()
    view = View(snapshot, today, today, ledger)
    asked = question_named("sources")
    controls, _ = read(asked.controls, view, {})
    said = answer_document(asked, view, controls, asked.answer(view, controls))
    yield "the page of sources", json.dumps(said, ensure_ascii=False, default=str)
    yield "probe", "".join(map(str, probe(place.settings, ["keyed"])))
    for words in (("sources", "--json"), ("runs", "--json"), ("doctor",), ("sources", "show", "keyed")):
        done = place.command(*words)
        yield " ".join(words), done.stdout + done.stderr


def test_a_key_is_nowhere_after_ten_kinds_of_failure(
    hurried: SmallPlace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the archive, ledger, snapshot, errors, pages, routes, logs and output of commands."""
    place = hurried
    monkeypatch.setattr("pipeline.probe.Limits", lambda **_: Limits(attempts=1, seconds_between_requests=0.0))
    monkeypatch.setenv("KEYED_BOARD_KEY", MARKER)
    tail = f"?id={{key}}&token={LITERAL}"
    sent = f"?id={quote(MARKER, safe='')}&token={LITERAL}"
    for at, answer in enumerate((Reply(pieces=(BOARD,)), *FAILURES)):
        place.server.on(f"/{at}.csv{sent}", answer)
    urls = ", ".join(f'"{place.server.url(f"/{at}.csv")}{tail}"' for at in range(len(FAILURES) + 1))
    place.settings.sources_folder.mkdir(parents=True)
    (place.settings.sources_folder / "keyed.toml").write_text(FORM.format(urls=urls), encoding="utf-8")
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            outcome = place.refresh("keyed")["keyed"]
    asked = [seen for seen in place.server.seen if seen.path.startswith("/0.csv")]
    assert asked[0].path.endswith(sent)
    assert asked[0].headers["x-api-key"] == MARKER
    assert outcome.status in (Status.NEW, Status.UNCHANGED)
    assert place.scores()
    spellings = {MARKER, quote(MARKER, safe=""), LITERAL}
    found = [
        (where, spelling)
        for where, text in (*everything(place), ("log", caplog.text), ("outcome", repr(outcome)))
        for spelling in spellings
        if spelling in text
    ]
    assert found == []


def test_what_parses_has_no_key_in_its_environment(
    hurried: SmallPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no use for one, and may run the code of strangers."""
    monkeypatch.setenv("KEYED_BOARD_KEY", MARKER)
    monkeypatch.setenv("HYPECURVE_OPERATOR_TOKEN", MARKER)
    hurried.serve("nosy", Reply(pieces=(b"one two",)))
    hurried.module("nosy", "    import os\n    raise ValueError(' '.join(sorted(os.environ)))")
    told = hurried.refresh("nosy")["nosy"].message
    assert "PATH" in told
    assert "KEYED_BOARD_KEY" not in told
    assert "TOKEN" not in told
