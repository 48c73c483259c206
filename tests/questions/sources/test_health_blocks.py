"""Who refreshes, the last runs, what changed suddenly, and room on the disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest

from charts.parts.figure import in_words
from questions.answer import Notice, Paragraph, Table, Tiles
from questions.sources.health import refresher, room, run_words, sudden_changes, who_refreshes
from questions.sources.words import drifted
from questions.view import View
from store.beat import Beat, Ending, note_beat, note_ending
from store.ledger import Ledger, Status
from store.snapshot import publish
from store.warehouse import Loaded, open_warehouse
from tests.homes.small_home import PRICES, PRICES_URL, SEEN, fill

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_the_last_runs_are_told_in_words(tmp_path: Path) -> None:
    """Thirty at most and no sign that has to be learnt; a back-fill is no run that asked the source."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for turn in range(33):
        status = (Status.FAILED, Status.NEW, Status.UNCHANGED)[turn % 3]
        run = ledger.start("a", "schedule", NOW + timedelta(hours=turn))
        ledger.finish(run, status, NOW + timedelta(hours=turn), Loaded())
    ledger.start("b", "schedule", NOW)
    run = ledger.start("c", "backfill", NOW)
    ledger.finish(run, Status.NEW, NOW, Loaded())
    told = dict(run_words(ledger.runs()).iter_rows())
    assert told == {"a": "10 with new data, 10 unchanged, 10 failed; the last: unchanged", "b": "1 running"}


def test_it_is_told_who_refreshes_and_how_the_last_one_ended(tmp_path: Path) -> None:
    """Nobody, one at work, one offline; an end that nobody asked for stays told for a day."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    (nobody,) = refresher(ledger, NOW)
    assert isinstance(nobody, Notice) and "Nothing refreshes" in nobody.text
    note_beat(ledger, Beat(1, NOW, NOW, ("a", "b"), NOW, 3, 250.0))
    (at_work,) = refresher(ledger, NOW)
    assert isinstance(at_work, Paragraph) and "2 sources" in at_work.text and "250 MB" in at_work.text
    note_beat(ledger, Beat(1, NOW, NOW, offline_since=NOW))
    assert "12:00" in refresher(ledger, NOW)[0].text  # type: ignore[union-attr]
    note_ending(ledger, Ending(1, NOW, -9, "signal SIGKILL\nlast words"))
    said = refresher(ledger, NOW + timedelta(hours=1))
    assert (
        isinstance(said[-1], Notice) and "signal SIGKILL" in said[-1].text and "last words" in said[-1].text
    )
    assert len(refresher(ledger, NOW + timedelta(days=2))) == 1


def viewed(home: Path, payloads: list[dict[str, Any]], prices: list[dict[str, Any]]) -> View:
    """A home with further payloads and prices."""
    fill(home)
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        for table, rows in (("payload", payloads), ("price", prices)):
            if rows:
                columns = warehouse.frame(f"SELECT * FROM {table} LIMIT 0")
                full = [dict.fromkeys(columns.columns) | row for row in rows]
                warehouse.insert(table, pl.DataFrame(full, schema=columns.schema))
        snapshot = publish(warehouse, home / "snapshots")
    day = (SEEN + timedelta(days=3)).date()
    return View(snapshot, day, day, Ledger(home / "ledger.sqlite"))


def price(model: str, usd: float | None, at: datetime) -> dict[str, Any]:
    """What a list says of a model."""
    return {
        "source_id": PRICES,
        "model_name": model,
        "provider": "p",
        "tier": "standard",
        "input_usd_per_mtok": usd,
        "output_usd_per_mtok": usd,
        "payload_sha256": "b" * 64,
        "observed_at": at,
        "gone": False,
    }


@pytest.mark.parametrize(
    ("factor", "says"), [(1000.0, "became 1e+03 times larger"), (None, "became unknown in 8 of 8 rows")]
)
def test_units_that_jump_and_columns_that_become_unknown_are_told(
    tmp_path: Path, factor: float | None, says: str
) -> None:
    """In most of the figures that are stated anew; a few prices that differ are no news."""
    later = SEEN + timedelta(days=1)
    prices = [price(f"m{at}", at + 1.0, SEEN) for at in range(8)]
    prices += [price(f"m{at}", (at + 1.0) * factor if factor else None, later) for at in range(8)]
    _, table = sudden_changes(viewed(tmp_path, [], prices))
    assert isinstance(table, Table)
    assert any(says in said for said in table.rows["said"])


def test_a_list_that_lost_a_fifth_of_its_rows_is_told(tmp_path: Path) -> None:
    """From one payload of an address to the next."""
    shared = {"source_id": PRICES, "url": PRICES_URL, "origin": "archive"}
    payloads = [
        shared | {"as_of": SEEN + timedelta(days=1), "sha256": "c" * 64, "rows_read": 100},
        shared | {"as_of": SEEN + timedelta(days=2), "sha256": "d" * 64, "rows_read": 60},
    ]
    _, table = sudden_changes(viewed(tmp_path, payloads, []))
    assert isinstance(table, Table)
    assert table.rows["said"].to_list() == ["lost 40% of its rows: 60 where there were 100"]


def test_where_nothing_changed_suddenly_that_is_said(tmp_path: Path) -> None:
    """And corrections of some prices are nothing."""
    later = SEEN + timedelta(days=1)
    prices = [price(f"m{at}", 1.0, SEEN) for at in range(8)]
    prices += [price(f"m{at}", 0.9, later) for at in range(8)]
    _, notice = sudden_changes(viewed(tmp_path, [], prices))
    assert isinstance(notice, Notice)
    assert notice.text.startswith("In the 30 days to ")
    assert " none of the 2 sources read" in notice.text
    month_later = (SEEN + timedelta(days=40)).date()
    _, unread = sudden_changes(replace(viewed(tmp_path / "later", [], []), as_of=month_later))
    assert isinstance(unread, Notice)
    assert unread.text.startswith(f"No source was read in the 30 days to {in_words(month_later)}")


def test_a_jump_in_words_names_its_direction() -> None:
    """Smaller is told as smaller."""
    row = {"figure": "score", "before": 9, "after": 9, "factor": 0.01}
    assert drifted(row).startswith("score became 100 times smaller in most of 9 rows")


def test_room_on_the_disk_is_told_by_store(tmp_path: Path) -> None:
    """Of what there is."""
    fill(tmp_path)
    _, tiles = room(Ledger(tmp_path / "ledger.sqlite"))
    assert isinstance(tiles, Tiles)
    assert [tile.label for tile in tiles.tiles] == ["Archive", "Warehouse", "Snapshots", "Ledger"]


def test_an_end_of_a_day_ago_is_no_longer_told(tmp_path: Path) -> None:
    """Up to then it is."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    note_ending(ledger, Ending(1, NOW, -9, "signal SIGKILL"))
    day = timedelta(days=1)
    assert len(refresher(ledger, NOW + day - timedelta(seconds=1))) == 2
    assert len(refresher(ledger, NOW + day)) == 1


def test_of_several_machines_each_is_named_and_the_one_that_is_gone(tmp_path: Path) -> None:
    """All is well only with those that live."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    long_ago = NOW - timedelta(hours=1)
    note_beat(ledger, Beat(1, NOW, NOW, machine="here"))
    note_beat(ledger, Beat(2, long_ago, long_ago, machine="there"))
    told = who_refreshes(ledger, NOW)
    assert [well for well, _ in told] == [True, False]
    assert told[0][1].startswith("The refresher on here waits")
    assert told[1][1].startswith(
        "The refresher on there is gone: its last sign of life was on 1 July 2026 at 11:00"
    )
    (alone,) = who_refreshes(ledger, NOW + timedelta(days=1))
    assert alone[0] is False
    assert " The last one was seen on 1 July 2026 at " in alone[1]


def test_a_home_without_stores_takes_no_room(tmp_path: Path) -> None:
    """Nothing is shown; sizes are in megabytes."""
    sizes = {"archive": 2_500_000, "ledger": 40_000}
    assert room(cast(Ledger, SimpleNamespace(room=dict))) == ()
    _, tiles = room(cast(Ledger, SimpleNamespace(room=lambda: sizes)))
    assert isinstance(tiles, Tiles)
    assert [(tile.label, tile.value) for tile in tiles.tiles] == [("Archive", "2.5 MB"), ("Ledger", "0.0 MB")]
