"""The cadence: what people may write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.cadence import CadenceError, trigger_of
from ingest.registry import load_sources

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("cadence", ["90m", "6h", "1d", "2w", "17 */6 * * *", "0 4 * * mon"])
def test_intervals_and_cron_lines_are_cadences(cadence: str) -> None:
    """Both forms give a next time."""
    assert trigger_of(cadence).get_next_fire_time(None, NOW) > NOW


@pytest.mark.parametrize("cadence", ["", "daily", "0h", "6 hours", "99 * * * *"])
def test_anything_else_is_refused_with_an_example(cadence: str) -> None:
    """The message shows what would do."""
    with pytest.raises(CadenceError, match="6h"):
        trigger_of(cadence)


def test_every_source_has_a_cadence() -> None:
    """No source of ours can break the schedule."""
    for item in load_sources().sources.values():
        assert trigger_of(item.cadence)
