"""The capability index: what enters it, what it recovers, and how it compares with the published index."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from time import process_time

import numpy as np
import polars as pl
import pytest
from scipy.special import expit
from scipy.stats import spearmanr

from analysis.capability.index import CapabilityIndex, IndexDefinition, capability_index
from analysis.capability.scale import Anchor
from tests.places import RECORDINGS

ANCHORS = (Anchor("model-05", 130.0), Anchor("model-25", 150.0))
DEFINITION = IndexDefinition(anchors=ANCHORS, base_benchmark="test-00")


def world(seed: int = 0, noise: float = 0.05, models: int = 30, benchmarks: int = 12) -> pl.DataFrame:
    """Models of rising ability on benchmarks of rising difficulty, two in five pairs not measured."""
    rng = np.random.default_rng(seed)
    ability, difficulty = np.linspace(-2, 2, models), np.linspace(-1.5, 2, benchmarks)
    slope = np.exp(rng.normal(0.3, 0.3, benchmarks))
    model, benchmark = (index.ravel() for index in np.indices((models, benchmarks)))
    share = expit(slope[benchmark] * (ability[model] - difficulty[benchmark]))
    share = np.clip(share + rng.normal(0, noise, share.size), 0, 1)
    seen = rng.random(share.size) < 0.6
    return pl.DataFrame(
        {
            "model_id": [f"model-{number:02}" for number in model[seen]],
            "benchmark_id": [f"test-{number:02}" for number in benchmark[seen]],
            "score": share[seen],
            "random_baseline": 0.0,
            "ceiling": 1.0,
        }
    )


def points(index: CapabilityIndex, model_id: str) -> float:
    return float(index.models.filter(model_id=model_id)["capability"].item())


def test_order_of_true_ability_is_recovered_and_anchors_have_their_points() -> None:
    """Known abilities come back in order, and both anchors sit on their points in fit and in every draw."""
    index = capability_index(world(), seed=1, definition=DEFINITION, draws=40)
    ranks = index.models["model_id"].str.tail(2).cast(pl.Int64)
    assert spearmanr(ranks, index.models["capability"])[0] > 0.99
    assert points(index, "model-05") == pytest.approx(130.0)
    assert points(index, "model-25") == pytest.approx(150.0)
    ids = index.models["model_id"].to_list()
    np.testing.assert_allclose(index.draws[:, ids.index("model-05")], 130.0)
    np.testing.assert_allclose(index.draws[:, ids.index("model-25")], 150.0)


def test_difficulty_and_slope_are_told_on_the_scale_of_the_index() -> None:
    """sigmoid(slope x (capability - difficulty)) in points gives the expected scores of the result."""
    index = capability_index(world(), seed=1, definition=DEFINITION, draws=0)
    joined = index.scores.join(index.models, on="model_id").join(index.benchmarks, on="benchmark_id")
    by_hand = expit((joined["slope"] * (joined["capability"] - joined["difficulty"])).to_numpy())
    np.testing.assert_allclose(by_hand, joined["expected"].to_numpy(), atol=1e-12)


def test_same_seed_same_intervals_and_another_seed_others() -> None:
    """Randomness comes in by the seed alone."""
    first = capability_index(world(), seed=3, definition=DEFINITION, draws=20)
    again = capability_index(world(), seed=3, definition=DEFINITION, draws=20)
    other = capability_index(world(), seed=4, definition=DEFINITION, draws=20)
    np.testing.assert_array_equal(first.draws, again.draws)
    assert not np.array_equal(first.draws, other.draws)


def test_order_of_rows_does_not_matter() -> None:
    """The index is a function of the set of scores."""
    rows = world()
    first = capability_index(rows, seed=3, definition=DEFINITION, draws=5)
    shuffled = capability_index(
        rows.sample(fraction=1, shuffle=True, seed=9), seed=3, definition=DEFINITION, draws=5
    )
    np.testing.assert_allclose(first.draws, shuffled.draws, rtol=1e-9)


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    """Over simulated worlds the 90 % intervals hold the true capability in 82 to 97 of 100 cases."""
    clean = capability_index(world(noise=0.0), seed=0, definition=DEFINITION, draws=0)
    truth = clean.models["capability"].to_numpy()
    hits = []
    for seed in range(20):
        noise = np.random.default_rng(seed).normal(0, 0.05, clean.scores.height)
        rows = clean.scores.select(
            "model_id",
            "benchmark_id",
            (pl.col("expected") + pl.Series(noise)).clip(0, 1).alias("score"),
            random_baseline=0.0,
            ceiling=1.0,
        )
        models = capability_index(rows, seed=seed, definition=DEFINITION, draws=100).models
        free = ~models["model_id"].is_in([anchor.model_id for anchor in ANCHORS]).to_numpy()
        hits.append(((truth >= models["low"].to_numpy()) & (truth <= models["high"].to_numpy()))[free])
    assert 0.82 < float(np.mean(hits)) < 0.97


def test_scores_are_rescaled_from_chance_to_ceiling() -> None:
    """A benchmark told in other units, with a chance level, gives the same index."""
    plain = world()
    points_of_hundred = pl.col("benchmark_id") == "test-03"
    scaled = plain.with_columns(
        pl.when(points_of_hundred).then(25 + pl.col("score") * 60).otherwise("score").alias("score"),
        pl.when(points_of_hundred).then(25.0).otherwise(0.0).alias("random_baseline"),
        pl.when(points_of_hundred).then(85.0).otherwise(1.0).alias("ceiling"),
    )
    first = capability_index(plain, seed=0, definition=DEFINITION, draws=0)
    second = capability_index(scaled, seed=0, definition=DEFINITION, draws=0)
    np.testing.assert_allclose(first.models["capability"], second.models["capability"], rtol=1e-6)


def test_missing_anchor_is_said_with_its_reason() -> None:
    """The error names the anchor, why it is not there, and longer names that may be meant."""
    rows = world()
    with pytest.raises(
        ValueError, match=r"anchor model model-99 is not among the 30 models .*no usable score"
    ):
        capability_index(rows, 0, replace(DEFINITION, anchors=(ANCHORS[0], Anchor("model-99", 150.0))))
    sparse = rows.filter((pl.col("model_id") != "model-25") | (pl.col("benchmark_id") == "test-03"))
    with pytest.raises(ValueError, match=r"model-25 is not among .*left out, as it has"):
        capability_index(sparse, 0, DEFINITION)
    apart = rows.with_columns(pl.col("model_id").replace("model-25", "model-25 (high)"))
    with pytest.raises(ValueError, match=r"longer names: model-25 \(high\)"):
        capability_index(apart, 0, DEFINITION)


def test_anchors_that_the_data_turn_round_are_refused() -> None:
    """A scale cannot be laid through a strong model set below a weak one."""
    turned = replace(DEFINITION, anchors=(Anchor("model-05", 150.0), Anchor("model-25", 130.0)))
    with pytest.raises(ValueError, match="do not put the anchor model-05 above model-25"):
        capability_index(world(), 0, turned)


def test_missing_base_benchmark_is_replaced_by_the_widest_and_named() -> None:
    """Without the named base the benchmark with the most models carries the scale, and the method says so."""
    rows = world().filter(pl.col("benchmark_id") != "test-00")
    widest = rows.group_by("benchmark_id").len().sort(["len", "benchmark_id"], descending=[True, False])
    index = capability_index(rows, 0, DEFINITION, draws=0)
    assert index.base_benchmark == widest["benchmark_id"][0]
    assert "in place of test-00" in index.method


def test_without_draws_there_are_no_intervals() -> None:
    """No draws, no interval: null, never a width of zero."""
    index = capability_index(world(), 0, DEFINITION, draws=0)
    assert index.models["low"].null_count() == index.models.height
    assert index.draws.shape == (0, 30)


def epoch_table() -> tuple[pl.DataFrame, IndexDefinition]:
    path = RECORDINGS / "epoch" / "eci_benchmarks.2026-07-17.csv.gz"
    if not path.exists():
        pytest.skip(f"the recording {path.name} is not beside the repository (../shared/recordings)")
    rows = pl.read_csv(path).select(
        model_id="model", benchmark_id="benchmark", score="performance", random_baseline=0.0, ceiling=1.0
    )
    return rows, IndexDefinition(anchors=(Anchor("Claude 3.5 Sonnet", 130.0), Anchor("GPT-5", 150.0)))


def epoch_member(name: str) -> pl.DataFrame:
    path = RECORDINGS / "epoch" / "benchmark_data.2026-07-17.zip"
    if not path.exists():
        pytest.skip(f"the recording {path.name} is not beside the repository (../shared/recordings)")
    with zipfile.ZipFile(path) as archive:
        return pl.read_csv(io.BytesIO(archive.read(name)))


@pytest.mark.recordings
def test_index_from_epochs_inputs_is_epochs_index() -> None:
    """From the published inputs of 2026-07-17 to the published index of that date, model by model."""
    rows, definition = epoch_table()
    index = capability_index(rows, 0, definition, draws=0)
    published = (
        epoch_member("epoch_capabilities_index.csv")
        .drop_nulls("ECI Score")
        .group_by(pl.col("Model name").alias("model_id"))
        .agg(pl.col("ECI Score").max())
    )
    both = index.models.join(published, on="model_id")
    difference = (both["capability"] - both["ECI Score"]).abs()
    assert (index.models.height, index.benchmarks.height, index.scores.height) == (211, 52, 2010)
    assert both.height == 167
    assert spearmanr(both["capability"], both["ECI Score"])[0] >= 0.9999
    assert difference.median() <= 0.2
    assert difference.quantile(0.95) <= 1.0
    assert difference.max() <= 1.2


@pytest.mark.recordings
def test_difficulties_and_slopes_are_epochs_too() -> None:
    """The same fit gives the published difficulties and slopes of the benchmarks."""
    rows, definition = epoch_table()
    index = capability_index(rows, 0, definition, draws=0)
    published = epoch_member("additional_eci_data/eci_benchmark_difficulties_and_slopes.csv")
    both = index.benchmarks.join(published, left_on="benchmark_id", right_on="benchmark_name")
    assert both.height >= 40
    assert spearmanr(both["difficulty"], both["edi"])[0] >= 0.999
    assert (both["difficulty"] - both["edi"]).abs().median() <= 0.5
    assert (both["slope"] / both["estimated_slope_scaled"] - 1).abs().median() <= 0.05


@pytest.mark.recordings
def test_one_fit_and_five_hundred_draws_are_fast() -> None:
    """One fit takes well under a second of the processor, 500 draws less than half a minute."""
    rows, definition = epoch_table()
    began = process_time()
    capability_index(rows, 0, definition, draws=0)
    assert process_time() - began < 1.0
    began = process_time()
    index = capability_index(rows, 0, definition, draws=500)
    assert process_time() - began < 30.0
    assert index.draws.shape == (500, 211)
    assert index.draws_failed == 0
