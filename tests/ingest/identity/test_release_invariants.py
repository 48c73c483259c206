"""Every model of the bundled data: its release day against each piece of evidence for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from config import Settings
from ingest.identity.release_dates import LEAD
from pipeline.rebuild import rebuild
from store.snapshot import Snapshot, latest
from tests.once import made_once

MAKERS = ("first version", "change log", "announcement")


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """The bundled observations, identified anew and published without the slow results."""
    return latest(Settings(home=made_once("bundled-identity", _identified)).snapshot_folder)


@pytest.fixture(scope="module")
def walked(snapshot: Snapshot) -> pl.DataFrame:
    """Each piece of evidence beside its model's release day and basis."""
    return snapshot.select(
        "SELECT e.*, m.released_on AS model_on, m.released_basis, m.kind FROM release_evidence e "
        "JOIN model m USING (model_id) WHERE e.released_on IS NOT NULL"
    )


def _identified(home: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.derive.derive", lambda *_: [])
        rebuild(Settings(home=home))


def test_no_release_day_is_before_the_date_in_its_name(walked: pl.DataFrame) -> None:
    """But for the week by which a version may be named after its release."""
    named = walked.filter(evidence="dated name")
    assert named.height > 100
    assert named.filter(pl.col("model_on") < pl.col("released_on") - LEAD).is_empty()


def test_no_release_day_is_later_than_two_lists_showed_the_model(walked: pl.DataFrame) -> None:
    """Whoever states it, unless the maker does; an edition's date, which is no observation, left out."""
    seen = walked.filter(pl.col("evidence").str.ends_with("first seen"), pl.col("source_id") != "livebench")
    stated = walked.filter(pl.col("evidence").is_in(MAKERS), pl.col("precision") == "day")[
        "model_id"
    ].unique()
    late = (
        seen.filter(pl.col("released_on") < pl.col("model_on"), ~pl.col("model_id").is_in(stated.implode()))
        .group_by("model_id")
        .agg(pl.col("source_id").n_unique())
        .filter(pl.col("source_id") > 1)
    )
    assert late.is_empty(), late["model_id"].to_list()


def test_evidence_before_the_makers_day_moves_nothing(walked: pl.DataFrame) -> None:
    """A model that its maker dates is never dated by a list."""
    dated = walked.filter(pl.col("evidence").is_in(MAKERS), pl.col("precision") == "day")
    assert dated.filter(pl.col("released_basis").str.ends_with("first seen")).is_empty()


@pytest.mark.parametrize("model_id", ["claude-haiku-4-5-20251001", "gpt-5.1-2025-11-13"])
def test_an_editions_date_moves_no_release(walked: pl.DataFrame, model_id: str) -> None:
    """LiveBench's edition of May 2025 names them; they came half a year later."""
    own = walked.filter(model_id=model_id)
    edition = own.filter(source_id="livebench")["released_on"].min()
    assert edition is not None
    assert own["model_on"][0] > edition + timedelta(days=100)


def test_every_model_has_a_title(snapshot: Snapshot) -> None:
    """That of a source, or one made of its name."""
    assert snapshot.select("SELECT 1 FROM model WHERE title IS NULL OR title = ''").is_empty()
