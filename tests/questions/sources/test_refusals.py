"""What was not believed, in words: sightings before a release, names that no rule explains, and their "
"order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from questions.answer import Block, Folded, Heading, Notice, Paragraph, Placed, Table
from questions.sources.refusals import (
    _nothing_refused,
    _shipped,
    doubted_prices,
    doubted_sightings,
    quarantine,
    refusing_sources,
    unresolved_names,
)
from questions.view import View
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.small_home import PRICES, SCORES, SEEN, fill
from tests.questions.asked import view_of


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """A home with refused rows of two sources, a sighting that is too early, and a name of its own."""
    folder = tmp_path_factory.mktemp("refusals")
    fill(folder)
    stamp = {"source_id": SCORES, "payload_sha256": "a" * 64, "observed_at": SEEN}
    refused = [stamp | {"kind": "score", "row": f"{{{place}}}", "reason": "no score"} for place in range(2)]
    sighting = {
        "model_id": "gpt-5",
        "released_on": date(2025, 7, 1),
        "precision": "day",
        "evidence": "litellm first seen",
        "source_id": PRICES,
        "payload_sha256": "b" * 64,
    }
    with open_warehouse(folder / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("quarantine", pl.DataFrame(refused))
        warehouse.insert("release_evidence", pl.DataFrame([sighting]))
        publish(warehouse, folder / "snapshots")
    return view_of(folder)


def said(blocks: tuple[Block, ...]) -> list[str]:
    """Headings, notices and paragraphs."""
    return [block.text for block in blocks if isinstance(block, Heading | Notice | Paragraph)]


def test_the_source_with_most_refused_rows_stands_first(view: View) -> None:
    """All are counted; the rows are those of the source that is asked for."""
    assert refusing_sources(view) == [SCORES, PRICES]
    blocks = quarantine(view, PRICES)
    assert said(blocks)[1:] == ["Kept out, with the reason: 3 rows that failed a schema or sanity check."]
    tables = {block.name: block.rows for block in blocks if isinstance(block, Table)}
    assert tables["reasons"]["rows"].to_list() == [2, 1]
    assert tables["refused"].height == 1
    assert not any("newest" in one for one in said(blocks))
    assert Placed("refused_from") in blocks
    assert said(quarantine(view, None))[1:] == ["Nothing was refused in the 2 payloads read on this machine."]


def test_of_many_refused_rows_it_is_said_that_only_the_newest_are_shown(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With how many there are, in words and for the switch that shows all."""
    monkeypatch.setattr("questions.sources.refusals.MOST_REFUSED", 1)
    blocks = quarantine(view, SCORES)
    assert f"The newest 1 of 2 rows refused from {SCORES}." in said(blocks)
    (refused,) = (block for block in blocks if isinstance(block, Table) and block.name == "refused")
    assert (refused.rows.height, refused.of) == (1, 2)


def test_a_sighting_before_the_release_is_told(view: View, tmp_path: Path) -> None:
    """Where there is none that is said."""
    blocks = doubted_sightings(view)
    assert said(blocks)[1].startswith("1 sighting of a model before its release day. An edition")
    assert isinstance(blocks[-1], Folded)
    fill(tmp_path)
    assert said(doubted_sightings(view_of(tmp_path)))[1:] == ["No list shows a model before its release day."]


def test_a_doubted_price_stands_with_its_day(view: View) -> None:
    """In no chart, and counted."""
    blocks = doubted_prices(view)
    assert said(blocks)[1].startswith("1 price in no chart: each is more likely an error in a table")
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert table.rows["observed_at"].to_list() == [SEEN.date()]


def test_a_name_that_no_rule_explains_stands_on_its_own(tmp_path: Path) -> None:
    """It is counted, and the names stand behind a line."""
    fill(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        alias = warehouse.frame("SELECT * FROM model_alias WHERE model_id = 'o1'")
        warehouse.replace(
            "model_alias",
            pl.concat(
                [
                    warehouse.frame("SELECT * FROM model_alias WHERE model_id <> 'o1'"),
                    alias.with_columns(rule=pl.lit("unresolved"), kind=pl.lit("unresolved")),
                ]
            ),
        )
        publish(warehouse, tmp_path / "snapshots")
    blocks = unresolved_names(view_of(tmp_path))
    assert said(blocks)[1].startswith("1 name with a score or a price stays on its own,")
    assert isinstance(blocks[-1], Folded)


@pytest.mark.parametrize(
    ("read_here", "told"),
    [
        (0, "No payload was read on this machine yet, so none of its rows could be refused."),
        (1, "Nothing was refused in the 1 payload read on this machine."),
        (2, "Nothing was refused in the 2 payloads read on this machine."),
    ],
)
def test_an_empty_quarantine_says_of_how_much(read_here: int, told: str) -> None:
    """What was not read could not be refused."""
    assert _nothing_refused(read_here) == told


def test_what_came_with_the_code_is_counted() -> None:
    """Nothing is said where nothing did."""
    assert _shipped(0) == ()
    assert said(_shipped(1))[0].startswith("1 payload came with the code as accepted rows only")
