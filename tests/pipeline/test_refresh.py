"""The whole line on real recordings: refresh, back-fill, rebuild, two processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from config import Settings
from pipeline import refresh as pipeline
from store.ledger import Status
from store.store import store_of
from store.warehouse import NOT_COMPARED, open_warehouse
from tests.places import ROOT, files_of

RECORDINGS = ROOT.parent / "shared" / "recordings"
QUICK = ["aider-polyglot", "llm-prices", "feed-mistral", "openrouter-models"]
SOME = [*QUICK, "epoch-benchmarks"]

_WITHOUT_BUNDLE = (
    "import cli, ingest.take_in.backfill as backfill; backfill.bundle_files = lambda *_: None; cli.main()"
)
"""The command in a process of its own, which would load the bundled data first."""

pytestmark = [
    pytest.mark.recordings,
    pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside this checkout"),
]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty home, without the bundled data."""
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    return Settings(home=tmp_path / "home")


def content(settings: Settings) -> dict[str, pl.DataFrame]:
    """Every table that says what was taken in, its rows in one order."""
    with open_warehouse(files_of(settings).warehouse_file, 10) as warehouse:
        compared = [name for name in warehouse.tables() if name not in NOT_COMPARED]
        return {name: warehouse.frame(f'SELECT * FROM "{name}" ORDER BY ALL') for name in compared}


def must_be_alike(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> None:
    """Both hold the same tables with the same rows."""
    assert one.keys() == other.keys()
    for name, frame in one.items():
        assert_frame_equal(frame, other[name])


def test_a_refresh_that_brings_nothing_new_writes_nothing(settings: Settings) -> None:
    """The second refresh of the same day stores no payload, no row and no snapshot."""
    first = pipeline.refresh(settings, QUICK, replay=RECORDINGS, as_of=date(2026, 7, 1))
    assert {outcome.status for outcome in first} == {Status.NEW}
    snapshot = store_of(settings).latest().id
    second = pipeline.refresh(settings, QUICK, replay=RECORDINGS, as_of=date(2026, 7, 1))
    assert {outcome.status for outcome in second} == {Status.UNCHANGED}
    assert store_of(settings).latest().id == snapshot


def test_a_later_day_adds_only_what_changed(settings: Settings) -> None:
    """A refresh at a later date appends; what was known before stays as it was known."""
    pipeline.refresh(settings, ["llm-prices"], replay=RECORDINGS, as_of=date(2026, 1, 1))
    then = "price_at(TIMESTAMPTZ '2026-01-02 00:00:00+00')"
    sql = f"SELECT model_name, input_usd_per_mtok FROM {then} ORDER BY ALL"
    before = store_of(settings).latest().select(sql)
    pipeline.refresh(settings, ["llm-prices"], replay=RECORDINGS, as_of=date(2026, 7, 1))
    assert store_of(settings).latest().select(sql).equals(before)
    assert store_of(settings).latest().select("SELECT count(*) AS n FROM price")["n"][0] > before.height


@pytest.mark.long
def test_refreshing_day_by_day_equals_one_back_fill_and_a_rebuild(settings: Settings, tmp_path: Path) -> None:
    """Three ways to the same payloads end in the same bytes."""
    other = Settings(home=tmp_path / "other")
    pipeline.backfill(settings, SOME, replay=RECORDINGS)
    once = content(settings)
    for source in reversed(SOME):
        pipeline.backfill(other, [source], replay=RECORDINGS)
    must_be_alike(content(other), once)
    pipeline.rebuild(settings)
    must_be_alike(content(settings), once)


def test_a_source_without_a_recording_fails_in_words_and_the_others_go_on(settings: Settings) -> None:
    """A 404 is told with its address, and costs no other source anything."""
    outcomes = pipeline.refresh(
        settings, ["feed-mistral", "llm-prices"], replay=RECORDINGS, as_of=date(2026, 1, 1)
    )
    failed, taken = outcomes
    assert failed.status is Status.FAILED
    assert "404" in failed.message
    assert "mistral" in failed.message
    assert taken.status is Status.NEW
    runs = store_of(settings).ledger().runs()
    assert set(runs["status"]) == {"failed", "new data"}


def test_an_unknown_source_is_answered_with_near_names(settings: Settings) -> None:
    """A typing error costs a second, not a search."""
    with pytest.raises(pipeline.UnknownSourceError, match="aider-polyglot"):
        pipeline.refresh(settings, ["aider-polyglott"], replay=RECORDINGS)


def test_reading_goes_on_while_another_process_refreshes(settings: Settings) -> None:
    """The open snapshot answers during the refresh; afterwards the pointer leads to the new one."""
    pipeline.refresh(settings, ["aider-polyglot"], replay=RECORDINGS, as_of=date(2025, 1, 1))
    sql = "SELECT count(*) AS n FROM score"
    opened = store_of(settings).latest()
    before = opened.select(sql)["n"][0]
    command = [
        sys.executable,
        "-c",
        _WITHOUT_BUNDLE,
        "refresh",
        "aider-polyglot",
        "--replay",
        str(RECORDINGS),
    ]
    environment = {**os.environ, "HYPECURVE_HOME": str(settings.home)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        assert opened.select(sql)["n"][0] == before
        time.sleep(0.05)  # asked without a pause, the questions take the processor from the refresh
    assert process.returncode == 0
    assert store_of(settings).latest().select(sql)["n"][0] > before
