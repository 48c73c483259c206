"""The states of sources, as a person wants to see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from pages.shared.source_actions import CADENCES
from questions.sources.states import DUE, SourceState, state_of, states
from store.cadence import trigger_of
from store.ledger import Action, Ledger, Status
from store.warehouse import Loaded

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
HEALTHY: dict[str, Any] = {
    "paused": False,
    "key_env": None,
    "failures_in_a_row": 0,
    "last_success_at": NOW - timedelta(hours=1),
    "next_run_at": NOW + timedelta(hours=5),
    "payloads": 1,
    "frozen": None,
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, SourceState.FRESH),
        ({"next_run_at": None}, SourceState.FRESH),
        ({"next_run_at": NOW}, SourceState.FRESH),
        ({"next_run_at": NOW - DUE / 2}, SourceState.DUE),
        ({"next_run_at": NOW - DUE}, SourceState.DUE),
        ({"next_run_at": NOW - 2 * DUE}, SourceState.LATE),
        ({"last_success_at": None}, SourceState.DUE),
        ({"last_success_at": None, "payloads": 0}, SourceState.UNFETCHED),
        ({"frozen": "since 2025-10, no new rows", "next_run_at": NOW - 2 * DUE}, SourceState.FROZEN),
        ({"failures_in_a_row": 1}, SourceState.FAILING),
        ({"paused": True, "failures_in_a_row": 1}, SourceState.PAUSED),
        ({"by_hand": True, "paused": True}, SourceState.CURATED),
        ({"key_env": "NO_SUCH_KEY", "last_success_at": None}, SourceState.NEEDS_KEY),
    ],
)
def test_each_state_has_its_rule(changed: dict[str, Any], expected: SourceState) -> None:
    """Paused comes before a missing key, that before failures, these before frozen, due or late."""
    assert state_of(HEALTHY | changed, {}, NOW) is expected


def test_a_key_in_the_environment_lifts_the_need() -> None:
    """A source whose key is set is judged like any other."""
    assert state_of(HEALTHY | {"key_env": "A_KEY"}, {"A_KEY": "secret"}, NOW) is SourceState.FRESH


def test_a_backfill_never_makes_a_stale_source_look_fresh(tmp_path) -> None:
    """After a back-fill alone a source is still due; after a scheduled run fresh. Trouble comes first."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for source, trigger in (("only-backfilled", "backfill"), ("scheduled", "schedule")):
        run = ledger.start(source, trigger, NOW - timedelta(minutes=2))
        ledger.finish(run, Status.NEW, NOW - timedelta(minutes=1), Loaded(payloads=1, added=7, revised=2))
    ledger.ask("resting", Action.PAUSE, NOW)
    sources = pl.DataFrame(
        {
            "source_id": ["only-backfilled", "scheduled", "resting"],
            "key_env": [None, None, None],
            "payloads": [1, 1, 1],
            "frozen": [None, None, None],
            "cadence": "1d",
        }
    )
    table = states(sources, ledger.health(), ledger.runs(), {}, NOW)
    assert table.select("source_id", "state").rows() == [
        ("only-backfilled", "due"),
        ("resting", "paused"),
        ("scheduled", "fresh"),
    ]
    assert table.filter(source_id="scheduled").select("rows_added", "rows_revised").row(0) == (7, 2)


@pytest.mark.parametrize("cadence", [cadence for cadence in CADENCES.values() if cadence])
def test_the_scheduler_takes_every_cadence_that_is_offered(cadence: str) -> None:
    """A page cannot ask the scheduler's parser, so it offers only what that parser reads."""
    assert trigger_of(cadence)
