"""What Epoch's archive says of its benchmarks and models, and what is said here where it does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from ingest.records import Kind, Records
from ingest.sources.benchmarks._epoch_described import Stated, benchmarks, stated_in
from ingest.sources.benchmarks._epoch_measures import MEASURES
from ingest.sources.benchmarks._epoch_models import model_facts, open_weights


def table(**columns: list[Any]) -> pl.DataFrame:
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


METADATA = table(
    benchmark=["GPQA diamond", "My Bench", None],
    source_file=["gpqa_diamond.csv", "my_bench.csv", "x.csv"],
    score_column=["mean_score", "Sum", None],
    scale=["1.0", "0.01", None],
    random_baseline=["0.3", "x", None],
    score_ceiling=["0.9", None, None],
    superseded_by=[None, "GPQA diamond", None],
    release_date=["2023-11-20", None, None],
)


def described(*pairs: tuple[str, str], stated: Stated) -> dict[str, dict[str, Any]]:
    scores = pl.DataFrame(pairs, schema=["benchmark_id", "unit"], orient="row")
    parts = [Records({Kind.SCORE: scores}), Records()]
    return {row["benchmark_id"]: row for row in benchmarks(parts, stated).to_dicts()}


def test_the_archive_says_where_scores_stand_and_how_they_are_scaled() -> None:
    """A row without a name says nothing; release dates may stand in the index's own tables."""
    index = table(
        benchmark_name=["My Bench", "GPQA diamond"], benchmark_release_date=["2025-02-03", "2024-01-01"]
    )
    stated = stated_in({"benchmark_metadata.csv": METADATA, "eci/benchmarks.csv": index, "other.csv": index})
    assert set(stated.by_file) == {"gpqa_diamond.csv", "my_bench.csv"}
    mine = stated.by_file["my_bench.csv"]
    assert (mine.benchmark_id, mine.name, mine.columns[0], mine.scale) == (
        "my-bench",
        "My Bench",
        "Sum",
        0.01,
    )
    assert stated.released == {"gpqadiamond": "2023-11-20", "mybench": "2025-02-03"}
    assert stated_in({"top.csv": index}).released == {}
    assert stated_in({}).by_file == {}


def test_a_benchmark_is_described_by_the_archive_else_by_what_is_known_here() -> None:
    """A figure that is none counts as not stated; of an unknown one nothing is made up."""
    stated = stated_in({"benchmark_metadata.csv": METADATA})
    found = described(
        ("gpqa-diamond", "fraction"),
        ("my-bench", "fraction"),
        ("some-board", "points"),
        ("epoch-eci", "points"),
        stated=stated,
    )
    assert list(found) == sorted(found)
    gpqa = found["gpqa-diamond"]
    assert (gpqa["title"], gpqa["random_baseline"], gpqa["ceiling"]) == ("GPQA diamond", 0.3, 0.9)
    assert (gpqa["valid_on"], gpqa["valid_precision"], gpqa["superseded_by"]) == (
        date(2023, 11, 20),
        "day",
        None,
    )
    mine = found["my-bench"]
    assert (mine["title"], mine["random_baseline"], mine["ceiling"]) == ("My Bench", None, None)
    assert (mine["superseded_by"], mine["valid_on"], mine["higher_is_better"]) == ("gpqa-diamond", None, True)
    assert (found["some-board"]["title"], found["some-board"]["ceiling"]) == ("some board", None)
    assert found["epoch-eci"]["title"] == "Epoch Capabilities Index"
    plain = described(("gpqa-diamond", "fraction"), stated=stated_in({}))["gpqa-diamond"]
    assert (plain["random_baseline"], plain["ceiling"], plain["valid_on"]) == (0.25, 1.0, None)


def test_a_version_in_an_id_is_that_of_its_measure() -> None:
    """Whatever number it is."""
    versioned = next(measure for measure in MEASURES if "{version}" in measure.benchmark_id)
    name = versioned.benchmark_id.replace("{version}", "7.12")
    found = described((name, versioned.unit), stated=stated_in({}))[name]
    assert found["title"] == (versioned.title or versioned.name)
    assert found["higher_is_better"] is versioned.higher_is_better


def test_measures_are_fractions_better_when_higher_unless_they_say_otherwise() -> None:
    """Those of Epoch's own runs from nought to one, boards without bounds in points."""
    by_id = {measure.benchmark_id: measure for measure in MEASURES}
    own = by_id["math-level-5"]
    assert (own.unit, own.scale, own.baseline, own.ceiling) == ("fraction", 1.0, 0.0, 1.0)
    assert (own.higher_is_better, own.literature, own.reported_by) == (True, False, "independent")
    assert (own.stderr, own.measured, own.bounds_scale) == ("stderr", ("Started at",), None)
    paper = by_id["gsm8k"]
    assert (paper.literature, paper.reported_by, paper.setting) == (True, "vendor", ("Shots",))
    unbounded = [measure for measure in MEASURES if measure.unit == "points"]
    assert unbounded
    assert {measure.baseline for measure in unbounded} == {None}


@pytest.mark.parametrize(
    ("access", "is_open"),
    [
        ("Open weights (unrestricted)", True),
        ("API access", False),
        ("Hosted access (no API)", False),
        ("Unreleased", False),
        ("open weights, API access", True),
        ("", None),
        (None, None),
    ],
)
def test_access_says_whether_weights_are_open(access: str | None, is_open: bool | None) -> None:
    """Null where it says neither."""
    frame = pl.DataFrame({"access": [access]}, schema={"access": pl.String})
    assert frame.select(open_weights(pl.col("access"))).item() is is_open


def test_facts_of_models_come_from_files_about_models_first() -> None:
    """What those leave out the next one says; of files that name no model nothing is taken."""
    scores = pl.DataFrame(
        {
            "Model version": ["m", "n", None],
            "Organization": ["Wrong", "N-Lab", "x"],
            "Country": ["US", None, "x"],
            "Training compute (FLOP)": ["1e24", "0", "1"],
        }
    )
    about = table(
        model_version=["m"],
        organization=["Lab"],
        country=[None],
        date=["2026-05-04"],
        accessibility=["API access"],
    )
    found = model_facts({"gpqa.csv": scores, "model_metadata.csv": about, "x.csv": table(other=["y"])})
    columns = ("model_name", "organization", "country", "open_weights", "training_compute_flop", "valid_on")
    assert found.select(columns).rows() == [
        ("m", "Lab", "US", False, 1e24, date(2026, 5, 4)),
        ("n", "N-Lab", None, None, None, None),
    ]
    assert found["valid_precision"].to_list() == ["day", None]
    assert model_facts({"x.csv": table(other=["y"])}).is_empty()
