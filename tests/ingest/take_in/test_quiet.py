"""A server that says for long that nothing has changed is asked for the whole file again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ingest.take_in.quiet import patience


@pytest.mark.parametrize(
    ("cadence", "days"),
    [
        ("6h", 7),
        ("1d", 7),
        ("33h", 7),
        ("2d", 10),
        ("4w", 140),
        ("17 */6 * * *", 7),
        ("0 6 * * mon", 35),
        ("0 0 1 1 *", 5 * 365),
        ("no cadence", 7),
    ],
)
def test_patience_is_five_cadences_and_at_least_a_week(cadence: str, days: int) -> None:
    """Of a cron line the span between two times, without their spread; of what is no cadence the least."""
    assert patience(cadence) == timedelta(days=days)
