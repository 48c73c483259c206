"""The diagnosis of an installation: where the data are, what is wrong, what would be better."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.diagnosis import advice, standing, troubles
from config import Settings
from store.archive import describe
from store.ledger import Status
from store.store import store_of
from store.warehouse import Loaded
from tests.homes.small_home import fill
from tests.places import files_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A small home in order, with a contact."""
    fill(tmp_path)
    return Settings(home=tmp_path, contact="somebody@example.org")


def test_a_home_in_order_has_neither_trouble_nor_advice(settings: Settings) -> None:
    """Nothing is complained of for the sake of complaining."""
    assert list(troubles(settings)) == []
    assert list(advice(settings)) == []


def test_it_says_where_data_and_own_sources_live(settings: Settings) -> None:
    """The folder of one's own sources is named whole, since that is what people look for."""
    said = "\n".join(standing(settings))
    assert f"Data in {settings.home}" in said
    assert str(settings.sources_folder) in said
    assert "Snapshot no. 1" in said


def test_it_says_what_the_runs_of_the_last_day_did(settings: Settings) -> None:
    """Rows added, revised, gone and refused, together; older runs are left out."""
    ledger, now = store_of(settings).ledger(), datetime.now(UTC)
    for hours, counts in (
        (1, Loaded(1, 9, 7, 2, 3, 4)),
        (2, Loaded(1, 9, 1, 0, 1, 1)),
        (30, Loaded(1, 9, 9)),
    ):
        at = now - timedelta(hours=hours)
        ledger.finish(ledger.start("one", "schedule", at), Status.NEW, at, counts)
    said = "\n".join(standing(settings))
    assert (
        "2 runs; 8 rows added, of these 5 revise earlier ones and 2 say that one is gone; 4 refused" in said
    )


def test_an_empty_home_is_a_trouble_with_a_way_out(tmp_path: Path) -> None:
    """No snapshot: the sentence names the command that makes one."""
    assert any("hypecurve up" in trouble for trouble in troubles(Settings(home=tmp_path)))


def test_a_missing_contact_is_advice_and_no_failure(settings: Settings) -> None:
    """Everything but a few strict servers works without one."""
    (told,) = advice(replace(settings, contact=Settings(home=settings.home).contact))
    assert "HYPECURVE_CONTACT" in told


def test_a_broken_source_file_is_told_with_its_line(settings: Settings) -> None:
    """The path, the line and the nearest key."""
    settings.sources_folder.mkdir()
    (settings.sources_folder / "mine.toml").write_text('title = "Mine"\nlicense = "MIT"\n')
    told = "\n".join(troubles(settings))
    assert "mine.toml, line 2" in told
    assert "licence" in told


def test_a_lost_body_of_the_archive_is_told(settings: Settings) -> None:
    """A payload whose bytes are gone is named, since a rebuild would miss it."""
    archive = store_of(settings).archive()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entry = describe(b"x", source_id="aider-edit", url="https://a.example/", as_of=at, fetched_at=at)
    archive.add(entry, b"x")
    for body in files_of(settings).archive_folder.glob("bodies/*/*.zst"):
        body.unlink()
    assert any("aider-edit" in trouble for trouble in troubles(settings))
