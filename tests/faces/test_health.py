"""/healthz and /metrics: whether this server does its work, for programs that watch it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from config import Settings
from faces.health import health
from faces.metrics import figures
from store.beat import Beat, forget_beat, note_beat
from store.ledger import Status
from store.store import store_of
from store.warehouse import Loaded
from tests.homes.small_home import PRICES, SCORES, SEEN, fill

NOW = SEEN + timedelta(hours=1)
LONG_AGO = NOW - timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home that was refreshed an hour ago."""
    fill(tmp_path)
    return Settings(home=tmp_path, schedule=True)


def beat(settings: Settings, at: datetime) -> None:
    """A sign of life of the refresher."""
    home = str(settings.home)
    note_beat(store_of(settings).ledger(), Beat(1, LONG_AGO, at, (SCORES,), at, 3, 250.0, home=home))


def test_a_server_with_a_living_scheduler_and_fresh_data_is_well(settings: Settings) -> None:
    """It says what is shown, since when, and who refreshes."""
    beat(settings, NOW)
    found = health(settings, LONG_AGO, NOW)
    assert found.faults == ()
    assert found.document()["scheduler"]["waiting"] == 3
    assert found.document()["snapshot"]


def test_a_scheduler_that_is_gone_is_noticed(settings: Settings) -> None:
    """Whether it died, or never came; one that was just started is given a minute."""
    assert "has not started" in health(settings, LONG_AGO, NOW).faults[0]
    assert health(settings, NOW, NOW).faults == ()
    beat(settings, NOW - timedelta(minutes=2))
    assert "is gone" in health(settings, LONG_AGO, NOW).faults[0]


def test_what_lies_ahead_after_the_clock_was_set_back_is_no_sign_of_life(settings: Settings) -> None:
    """Neither of a refresher that died before that, nor of how old the data are."""
    beat(settings, NOW)
    year = timedelta(days=365)
    faults = health(settings, LONG_AGO - year, NOW - year).faults
    assert ["is gone" in faults[0], "clock was set back" in faults[1]] == [True, True]


def test_a_server_without_a_scheduler_misses_only_one_that_was_there(tmp_path: Path) -> None:
    """`serve` beside `schedule` notices that it died, and not that it was stopped on request."""
    fill(tmp_path)
    settings = Settings(home=tmp_path, schedule=False)
    assert health(settings, LONG_AGO, NOW).faults == ()
    beat(settings, NOW - timedelta(minutes=2))
    assert "is gone" in health(settings, LONG_AGO, NOW).faults[0]
    forget_beat(store_of(settings).ledger(), 1)
    assert health(settings, LONG_AGO, NOW).faults == ()


def test_data_that_nobody_refreshed_for_too_long_are_a_fault(settings: Settings) -> None:
    """Also while the scheduler lives: perhaps it is offline, or every source fails."""
    late = NOW + timedelta(hours=settings.stale_after_hours)
    beat(settings, late)
    assert "too old" in health(settings, LONG_AGO, late).faults[0]


def test_a_home_without_data_or_with_a_broken_ledger_is_told_and_is_no_traceback(tmp_path: Path) -> None:
    """The sentence says what to do."""
    assert "hypecurve up" in health(Settings(home=tmp_path), LONG_AGO, NOW).faults[0]
    fill(tmp_path)
    (tmp_path / "ledger.sqlite").unlink()
    (tmp_path / "ledger.sqlite").mkdir()
    assert "ledger.sqlite" in health(Settings(home=tmp_path), LONG_AGO, NOW).faults[0]


def test_figures_are_what_the_ledger_says(settings: Settings) -> None:
    """Runs, failures, ages, queue, memory and sizes, with the names of sources as labels."""
    beat(settings, NOW)
    ledger = store_of(settings).ledger()
    ledger.finish(ledger.start('odd "name"\n', "schedule", NOW), Status.NEW, NOW, Loaded(added=7, revised=2))
    text = figures(settings, NOW).decode()
    found = {
        (
            sample.name,
            sample.labels.get("source"),
            sample.labels.get("status") or sample.labels.get("what"),
        ): (sample.value)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["hypecurve_runs", PRICES, "failed"] == 1
    assert found["hypecurve_seconds_since_success", SCORES, None] == 3600
    assert found["hypecurve_failures_in_a_row", PRICES, None] == 1
    assert found["hypecurve_last_rows", 'odd "name"\n', "added"] == 7
    assert found["hypecurve_last_rows", 'odd "name"\n', "revised"] == 2
    assert found["hypecurve_scheduler_waiting", None, None] == 3
    assert 'hypecurve_store_bytes{store="snapshots"}' in text


def test_now_is_the_clock_where_nothing_else_is_said(settings: Settings) -> None:
    """Data of July are too old today."""
    assert "too old" in health(settings, datetime.now(UTC)).faults[0]
