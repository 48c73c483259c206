"""What rows would change is told against what is published, and only that."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ingest.records import Kind
from pipeline.source_effect import Effect, effect_of
from store.snapshot import Snapshot, latest
from tests.homes.small_home import fill


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Eight models with scores and prices."""
    home = tmp_path_factory.mktemp("effect")
    fill(home)
    return latest(home / "snapshots")


def of_scores(snapshot: Snapshot, *rows: tuple[str, str, float]) -> Effect:
    """The effect of (model, benchmark, score); names are ids."""
    frame = pl.DataFrame(
        [
            {"model_name": name, "benchmark_id": board, "score": score, "valid_on": None}
            for name, board, score in rows
        ],
        schema_overrides={"valid_on": pl.Date},
    )
    return effect_of({Kind.SCORE: frame}, snapshot, lambda name: name)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("quokka-1", "gpqa-diamond", 0.9)], "quokka-1 would lead with 90% (gpt-5 has 86%); 1 model more"),
        ([("gpt-5", "gpqa-diamond", 0.87)], "gpt-5, which leads, would have 87% in place of 86%; 0 models"),
        ([("o1", "gpqa-diamond", 0.5)], "gpt-5 keeps the lead with 86%; the best here is o1 with 50%"),
        (
            [("o1", "own-board", 12.0)],
            "own-board is a benchmark that nobody reports yet: 1 score, 1 of a",
        ),
    ],
)
def test_a_frontier_is_told_with_who_leads(
    snapshot: Snapshot, rows: list[tuple[str, str, float]], says: str
) -> None:
    """A new leader, a better score of the leader, none of both, and a benchmark that is new."""
    (sentence,) = of_scores(snapshot, *rows).sentences
    assert says in sentence


def test_points_land_at_the_release_of_their_model(snapshot: Snapshot) -> None:
    """New points beside the known ones of the same benchmark; a model that nobody knows has no day."""
    points = of_scores(snapshot, ("gpt-5", "gpqa-diamond", 0.8), ("quokka-1", "gpqa-diamond", 0.7)).points
    new = points.filter(pl.col("is_new"))
    assert new.select("name", "on").rows() == [("gpt-5", date(2025, 8, 7)), ("quokka-1", None)]
    assert points.filter(~pl.col("is_new")).height == 8


def test_prices_are_held_against_the_list_prices(snapshot: Snapshot) -> None:
    """How many agree, which differ, how many are new."""
    frame = pl.DataFrame(
        {
            "model_name": ["gpt-5", "quokka-1"],
            "tier": ["standard", "standard"],
            "input_usd_per_mtok": [99.0, 1.0],
            "output_usd_per_mtok": [99.0, 2.0],
            "valid_on": [None, None],
        },
        schema_overrides={"valid_on": pl.Date},
    )
    (sentence,) = effect_of({Kind.PRICE: frame}, snapshot, lambda name: name).sentences
    assert sentence.startswith("Prices of 2 models: 0 agree with the list price that is known, ")
    assert "gpt-5 $99 for input, known $" in sentence or "2 have none yet" in sentence


def test_a_series_that_nobody_reports_is_told_with_its_days(snapshot: Snapshot) -> None:
    """From its first day to its last."""
    frame = pl.DataFrame(
        {"series_id": ["own"] * 2, "valid_on": [date(2026, 1, 1), date(2026, 2, 1)], "value": [1.0, 2.0]}
    )
    effect = effect_of({Kind.SERIES_POINT: frame}, snapshot, lambda name: name)
    assert effect.sentences == (
        "own is a series that nobody reports yet: 2 points, 2026-01-01 to 2026-02-01.",
    )


def test_rows_of_other_kinds_change_no_frontier(snapshot: Snapshot) -> None:
    """Posts and facts are taken in without a sentence."""
    assert effect_of({Kind.RELEASE: pl.DataFrame({"title": ["x"]})}, snapshot, str).sentences == ()
