"""The whole line on real recordings: refresh, back-fill, rebuild, two processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from config import Settings
from pipeline import refresh as pipeline
from store.ledger import Ledger, Status
from store.snapshot import latest
from store.warehouse import open_warehouse
from tests.places import ROOT

RECORDINGS = ROOT.parent / "shared" / "recordings"
SOME = ["aider-polyglot", "llm-prices", "epoch-benchmarks", "feed-mistral", "openrouter-models"]

pytestmark = [
    pytest.mark.recordings,
    pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside this checkout"),
]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty home, without the bundled data."""
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    return Settings(home=tmp_path / "home")


def exported(settings: Settings, folder: Path) -> dict[str, bytes]:
    """Every table but the ledger's as ordered CSV."""
    with open_warehouse(settings.warehouse_file, 10) as warehouse:
        return {file.name: file.read_bytes() for file in warehouse.export(folder)}


def test_a_refresh_that_brings_nothing_new_writes_nothing(settings: Settings) -> None:
    """The second refresh of the same day stores no payload, no row and no snapshot."""
    first = pipeline.refresh(settings, SOME, replay=RECORDINGS, as_of=date(2026, 7, 1))
    assert {outcome.status for outcome in first} == {Status.NEW}
    snapshot = latest(settings.snapshot_folder).id
    second = pipeline.refresh(settings, SOME, replay=RECORDINGS, as_of=date(2026, 7, 1))
    assert {outcome.status for outcome in second} == {Status.UNCHANGED}
    assert latest(settings.snapshot_folder).id == snapshot


def test_a_later_day_adds_only_what_changed(settings: Settings) -> None:
    """A refresh at a later date appends; what was known before stays as it was known."""
    pipeline.refresh(settings, ["llm-prices"], replay=RECORDINGS, as_of=date(2026, 1, 1))
    then = "price_at(TIMESTAMPTZ '2026-01-02 00:00:00+00')"
    sql = f"SELECT model_name, input_usd_per_mtok FROM {then} ORDER BY ALL"
    before = latest(settings.snapshot_folder).select(sql)
    pipeline.refresh(settings, ["llm-prices"], replay=RECORDINGS, as_of=date(2026, 7, 1))
    assert latest(settings.snapshot_folder).select(sql).equals(before)
    assert latest(settings.snapshot_folder).select("SELECT count(*) AS n FROM price")["n"][0] > before.height


def test_refreshing_day_by_day_equals_one_back_fill_and_a_rebuild(settings: Settings, tmp_path: Path) -> None:
    """Three ways to the same payloads end in the same bytes."""
    other = Settings(home=tmp_path / "other")
    pipeline.backfill(settings, SOME, replay=RECORDINGS)
    once = exported(settings, tmp_path / "once")
    for source in reversed(SOME):
        pipeline.backfill(other, [source], replay=RECORDINGS)
    assert exported(other, tmp_path / "one by one") == once
    pipeline.rebuild(settings)
    assert exported(settings, tmp_path / "rebuilt") == once


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
    runs = Ledger(settings.ledger_file).runs()
    assert set(runs["status"]) == {"failed", "new data"}


def test_an_unknown_source_is_answered_with_near_names(settings: Settings) -> None:
    """A typing error costs a second, not a search."""
    with pytest.raises(pipeline.UnknownSourceError, match="aider-polyglot"):
        pipeline.refresh(settings, ["aider-polyglott"], replay=RECORDINGS)


def test_reading_goes_on_while_another_process_refreshes(settings: Settings) -> None:
    """The open snapshot answers during the refresh; afterwards the pointer leads to the new one."""
    pipeline.refresh(settings, ["aider-polyglot"], replay=RECORDINGS, as_of=date(2025, 1, 1))
    sql = "SELECT count(*) AS n FROM score"
    opened = latest(settings.snapshot_folder)
    before = opened.select(sql)["n"][0]
    command = [sys.executable, "-m", "cli", "refresh", "aider-polyglot", "--replay", str(RECORDINGS)]
    environment = {**os.environ, "HYPECURVE_HOME": str(settings.home)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        assert opened.select(sql)["n"][0] == before
    assert process.returncode == 0
    assert latest(settings.snapshot_folder).select(sql)["n"][0] > before
