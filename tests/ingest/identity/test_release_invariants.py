"""Every model of the bundled data: its release day against each piece of evidence for it."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from ingest.identity.base_models import bases_of
from ingest.identity.made_titles import made_title
from ingest.identity.release_dates import LEAD
from store.snapshot import Snapshot
from tests.homes.bundled_home import bundled

SOUND = ("first version", "change log", "curated", "announcement")
MAKERS = ("first version", "change log", "announcement")


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """The bundled observations, identified anew."""
    return bundled()


@pytest.fixture(scope="module")
def walked(snapshot: Snapshot) -> pl.DataFrame:
    """Each piece of evidence beside its model's release day and basis."""
    return snapshot.select(
        "SELECT e.*, m.released_on AS model_on, m.released_basis, m.kind FROM release_evidence e "
        "JOIN model m USING (model_id) WHERE e.released_on IS NOT NULL"
    )


def test_no_release_day_is_before_the_date_in_its_name(walked: pl.DataFrame) -> None:
    """But for the week by which a version may be named after its release."""
    named = walked.filter(evidence="dated name")
    assert named.height > 100
    assert named.filter(pl.col("model_on") < pl.col("released_on") - LEAD).is_empty()


def test_no_release_day_is_later_than_two_lists_showed_the_model(walked: pl.DataFrame) -> None:
    """Whoever states it, unless the maker does; a list's own dates, which are no observation, left out."""
    seen = walked.filter(
        pl.col("evidence").is_in(["leaderboard first seen", "price listing first seen"]),
        pl.col("source_id") != "livebench",
    )
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


def test_no_list_dates_a_variant_before_the_model_that_it_was_made_of(snapshot: Snapshot) -> None:
    """Where good evidence dates the base: `deepseek-v3.2-fast` was not released before DeepSeek-V3.2."""
    known = {row["model_id"]: row for row in snapshot.select("FROM model").iter_rows(named=True)}
    pairs = [(known[variant], known[base]) for variant, base in bases_of(known).items()]
    assert len(pairs) > 100
    before = [
        variant["model_id"]
        for variant, base in pairs
        if variant["released_on"] and base["released_on"] and variant["released_on"] < base["released_on"]
        if base["released_precision"] == variant["released_precision"] == "day"
        if base["released_basis"] in SOUND and variant["released_basis"] not in SOUND
    ]
    assert before == []


@pytest.mark.parametrize("model_id", ["claude-haiku-4-5-20251001", "gpt-5.1-2025-11-13"])
def test_an_editions_date_moves_no_release(walked: pl.DataFrame, model_id: str) -> None:
    """LiveBench's edition of May 2025 names them; they came half a year later."""
    own = walked.filter(model_id=model_id)
    edition = own.filter(source_id="livebench")["released_on"].min()
    assert edition is not None
    assert own["model_on"][0] > edition + timedelta(days=100)


def test_no_moving_name_bears_what_is_a_later_versions(snapshot: Snapshot) -> None:
    """It has the day of its first version: neither the title of a model that came later nor its training."""
    moving = "m.kind = 'alias' AND m.released_basis = 'first version'"
    assert snapshot.select(f"SELECT 1 FROM model m WHERE {moving}").height > 5
    later = snapshot.select(
        "SELECT m.model_id, m.title, v.model_id AS version FROM model m JOIN model v "
        "ON v.organization = m.organization AND v.title = m.title AND v.released_on > m.released_on "
        f"WHERE {moving} AND v.kind IN ('dated', 'undated')"
    )
    # GPT-4o is also what its maker calls each version: a title that is the name's own is no version's.
    assert [row for row in later.iter_rows() if made_title(row[0]) != row[1]] == []
    assert snapshot.select(f"SELECT 1 FROM model m WHERE {moving} AND training_compute_flop > 0").is_empty()


def test_every_model_has_a_title(snapshot: Snapshot) -> None:
    """That of a source, or one made of its name, and no two the same."""
    assert snapshot.select("SELECT 1 FROM model WHERE title IS NULL OR title = ''").is_empty()
    assert snapshot.select("SELECT lower(title) FROM model GROUP BY 1 HAVING count(*) > 1").is_empty()
