"""How far the rows of a chart reach: by what each knows of, never by the day that is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from questions.reach import newest_day, reaching

ON = date(2026, 12, 1)


def seen(day: int, month: int = 7) -> datetime:
    """An instant of a day of 2026."""
    return datetime(2026, month, day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ({"model_id": "a"}, None),
        ({"released_on": date(2026, 7, 1), "observed_at": seen(17)}, date(2026, 7, 17)),
        ({"released_on": date(2026, 7, 1), "observed_at": seen(2, 12)}, date(2026, 7, 1)),
        ({"valid_on": date(2006, 12, 29), "observed_at": seen(3)}, date(2006, 12, 29)),
        ({"held_from": date(2026, 1, 1), "last_confirmed_on": date(2026, 10, 26)}, date(2026, 10, 26)),
        ({"held_from": date(2026, 1, 1), "last_confirmed_on": None}, date(2026, 1, 1)),
        ({"happened_on": date(2026, 11, 30), "known_at": seen(9)}, date(2026, 7, 9)),
        ({"happened_on": date(2026, 7, 2), "known_at": seen(9)}, date(2026, 7, 2)),
        ({"valid_on": date(2027, 1, 1)}, None),
    ],
    ids=[
        "no day",
        "a score",
        "a score that the archive saw later",
        "a point of a series that was read later",
        "a price",
        "a price that nobody confirmed",
        "news that were announced",
        "news",
        "a day to come",
    ],
)
def test_a_row_reaches_to_the_day_of_its_own_evidence(row: dict[str, Any], day: date | None) -> None:
    """A day after the one that is asked for is no evidence of it."""
    types = {name: pl.Date for name in row if name.endswith("_on")}
    assert newest_day(pl.DataFrame([row], schema_overrides=types), ON) == day


def test_rows_of_different_kinds_reach_to_the_newest_of_them() -> None:
    """Joined by source and day, whatever columns each had; what is joined is read as it stands."""
    scores = pl.DataFrame({"source_id": ["a"], "observed_at": [seen(17)]})
    points = pl.DataFrame({"source_id": ["b"], "valid_on": [date(2026, 9, 1)]})
    joined = pl.concat([reaching(scores, ON), reaching(points, ON)])
    assert joined["source_id"].to_list() == ["a", "b"]
    assert newest_day(joined, ON) == date(2026, 9, 1)
    assert newest_day(joined, date(2026, 8, 1)) == date(2026, 7, 17)


def test_of_several_frames_the_newest_day_counts() -> None:
    """One without rows or without days does not stand in the way."""
    older = pl.DataFrame({"observed_at": [datetime(2026, 6, 28, tzinfo=UTC)]})
    newer = pl.DataFrame({"observed_at": [datetime(2026, 7, 1, tzinfo=UTC)]})
    assert newest_day(older, ON, newer) == newest_day(newer, ON, older) == date(2026, 7, 1)
    assert newest_day(newer.clear(), ON, older) == date(2026, 6, 28)
    assert newest_day(newer.clear(), ON) is None
    assert newest_day(newer, date(2026, 6, 30), older) == date(2026, 6, 28)
