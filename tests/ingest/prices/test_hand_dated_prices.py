"""Makers' prices dated by hand, from their pages and change logs, against the histories found in recordings.

`hand_dated_prices.csv`: one row a period in which a maker asked one price, with the page that says so. Each
period is asked for at a tenth, the middle and nine tenths of its days. `page_is_recorded` says whether a
price list, feed or change log in the recordings cites that page; of the others `second_source` names the
first recorded list that gave the price within the period, and its day: it confirms the price, not the days.
Where that list names the model by its moving name, this stands last.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest

from ingest.identity.resolve import Resolver
from ingest.prices.truth import same_price
from store.snapshot import Snapshot, end_of
from tests.homes.recorded_home import recorded
from tests.places import SHARED

PERIODS = pl.read_csv(Path(__file__).with_name("hand_dated_prices.csv"), try_parse_dates=True)
ENOUGH = 0.95
KNOWN = date(2026, 11, 23)

pytestmark = [
    pytest.mark.recordings,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the recordings are not beside this checkout"),
]


class Asked(NamedTuple):
    """A point at which a period is asked for, and whether the history gives its price."""

    model_id: str
    on: date
    is_right: bool


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Everything that was recorded, as published."""
    return recorded()


@pytest.fixture(scope="module")
def asked(snapshot: Snapshot) -> list[Asked]:
    """Every point of every period."""
    steps = snapshot.ask("price_steps_of_hosts", as_of=end_of(KNOWN), on=KNOWN)
    stories = {
        key: part.to_dicts() for key, part in steps.partition_by("model_id", "provider", as_dict=True).items()
    }
    return [
        Asked(row["model_id"], on, _is_right(stories.get((row["model_id"], row["provider"]), []), row, on))
        for row in PERIODS.iter_rows(named=True)
        for on in _points(row["from_on"], row["to_on"])
    ]


def _points(first: date, last: date) -> list[date]:
    return [first + timedelta(days=round((last - first).days * share)) for share in (0.1, 0.5, 0.9)]


def _is_right(story: list[dict[str, Any]], row: dict[str, Any], on: date) -> bool:
    held = [step for step in story if step["held_from"] <= on]
    if not held or held[-1]["input_usd_per_mtok"] is None:
        return False
    told, true = ((each["input_usd_per_mtok"], each["output_usd_per_mtok"]) for each in (held[-1], row))
    return same_price(told, true)


def _pointed(moving: str, on: date) -> str | None:
    """The version that a moving name stood for on a day."""
    known = Resolver().pointings(moving)
    return next(
        (one.model_id for one in known if one.from_on <= on and (one.to_on is None or on < one.to_on)), None
    )


def test_what_no_recording_cites_a_second_source_repeats(snapshot: Snapshot) -> None:
    """The list that is named gave that price on that day, in the period; no period has its page alone."""
    alone = PERIODS.filter(~pl.col("page_is_recorded"))
    assert alone["second_source"].null_count() == 0
    for row in alone.iter_rows(named=True):
        source, day, *moving = row["second_source"].split(" ")
        on = date.fromisoformat(day)
        assert row["from_on"] <= on <= row["to_on"]
        name = moving[0] if moving else row["model_id"]
        assert name == row["model_id"] or _pointed(name, on) == row["model_id"]
        said = snapshot.select(
            "SELECT p.input_usd_per_mtok, p.output_usd_per_mtok FROM price p "
            "JOIN model_alias a USING (source_id, model_name) "
            f"WHERE a.model_id = '{name}' AND p.source_id = '{source}' "
            f"AND coalesce(p.valid_on, p.observed_at::DATE) = DATE '{day}' AND NOT p.gone"
        )
        asked = (row["input_usd_per_mtok"], row["output_usd_per_mtok"])
        assert any(same_price(one, asked) for one in said.iter_rows()), (row["model_id"], said.rows())


def test_periods_are_many_and_each_names_its_page() -> None:
    """At least 100, none overlapping another of the same model."""
    assert PERIODS.height >= 100
    assert PERIODS["source_url"].str.starts_with("https://").all()
    assert PERIODS["page_is_recorded"].mean() > 0.8  # type: ignore[operator] # a column of booleans
    ordered = PERIODS.sort("model_id", "from_on").with_columns(
        before=pl.col("to_on").shift(1).over("model_id")
    )
    assert ordered.filter(pl.col("from_on") <= pl.col("before")).is_empty()


def test_histories_are_right_at_95_of_100_points(asked: list[Asked]) -> None:
    """Counted on all points; the interval is Wilson's at 95 %."""
    right, n = sum(point.is_right for point in asked), len(asked)
    share, wrong = right / n, [point for point in asked if not point.is_right]
    half = 1.96 * sqrt(share * (1 - share) / n + 1.96**2 / (4 * n * n)) / (1 + 1.96**2 / n)
    middle = (share + 1.96**2 / (2 * n)) / (1 + 1.96**2 / n)
    told = f"{right} of {n} ({middle - half:.3f} to {middle + half:.3f}); wrong: {wrong}"
    assert share >= ENOUGH, told


@pytest.mark.parametrize(
    ("model_id", "expected"),
    [
        ("gpt-5.6-luna", [("2026-07-09", 1.0, 6.0), ("2026-07-30", 0.2, 1.2)]),
        ("gpt-5.6-terra", [("2026-07-09", 2.5, 15.0), ("2026-07-30", 2.0, 12.0)]),
        ("claude-sonnet-5", [("2026-06-30", 2.0, 10.0)]),
        ("gpt-4o", [("2024-05-13", 5.0, 15.0), ("2024-10-02", 2.5, 10.0)]),
        ("o3-2025-04-16", [("2025-04-16", 10.0, 40.0), ("2025-06-10", 2.0, 8.0)]),
    ],
)
def test_histories_that_were_wrong(
    snapshot: Snapshot, model_id: str, expected: list[tuple[str, float, float]]
) -> None:
    """Launch prices that a late list hid, a rise that was called off, a name that moved, a stale copy."""
    told = snapshot.ask("price_history_of_model", model=model_id, as_of=end_of(KNOWN), on=KNOWN).filter(
        seller="maker", tier="standard"
    )
    columns = ("starts_on", "input_usd_per_mtok", "output_usd_per_mtok")
    assert [(str(on), *prices) for on, *prices in told.select(columns).iter_rows()] == expected


def test_no_chain_changes_on_the_day_on_which_its_list_was_read(snapshot: Snapshot) -> None:
    """`start: null` of model-prices is since launch, not the day of the reading."""
    rows = snapshot.select(
        "SELECT model_id FROM price_step WHERE ends_on = '2026-10-26' AND reason = 'changed' AND is_own"
    )
    assert rows.is_empty()


def test_no_maker_offers_what_it_has_shut_down(snapshot: Snapshot) -> None:
    """Notices in the same snapshot end what lists still name."""
    offered = snapshot.ask("price_steps", as_of=end_of(KNOWN), on=KNOWN).filter(
        "is_list_price", price_kind="list price"
    )
    dead = snapshot.ask("shutdown_notices", as_of=end_of(KNOWN)).filter(
        pl.col("shuts_down_on") <= KNOWN, pl.col("organization").is_in(["OpenAI", "Anthropic"])
    )
    newest = dead.sort("announced_on", "shuts_down_on").unique("model_id", keep="last")
    alive = set(offered.filter(pl.col("provider").is_in(["openai", "anthropic"]))["model_id"])
    assert alive & set(newest["model_id"]) == set()
