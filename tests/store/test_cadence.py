"""The cadence: what people may write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.registry import load_sources
from store.cadence import CadenceError, interval_of, trigger_of

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


@pytest.mark.parametrize(
    ("cadence", "span"),
    [
        ("90m", timedelta(minutes=90)),
        (" 6h ", timedelta(hours=6)),
        ("2w", timedelta(weeks=2)),
        ("17 */6 * * *", None),
        ("daily", None),
    ],
)
def test_only_an_interval_has_a_span(cadence: str, span: timedelta | None) -> None:
    """A cron line has none, since its times need not lie evenly; nor has what is no cadence."""
    assert interval_of(cadence) == span
