"""Scores of benchmarks: which can be chosen, how each is called, which rows stand for a model in time."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from questions.scores import Scores, benchmark_named, benchmark_options, offered_benchmarks, scores_of, titles
from tests.homes.small_home import fill
from tests.questions.asked import view_of


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight models on two benchmarks."""
    folder = tmp_path_factory.mktemp("scores")
    fill(folder)
    return folder


def known(*rows: tuple[str, str, int]) -> pl.DataFrame:
    """Benchmarks by id, title and number of models."""
    return pl.DataFrame(rows, schema=["benchmark_id", "title", "models"], orient="row")


@pytest.mark.parametrize(
    ("fewest", "offered"),
    [(10, ["a", "b"]), (11, ["b"]), (20, ["a", "c", "b"])],
    ids=["as many are enough", "one less is not", "where none has enough all are"],
)
def test_benchmarks_of_enough_models_are_offered_by_title(fewest: int, offered: list[str]) -> None:
    """Those of too few stand there only where there is no other."""
    options = benchmark_options(known(("b", "Zebra", 11), ("a", "Ape", 10), ("c", "Bear", 9)), fewest)
    assert [option.value for option in options] == offered


def test_benchmarks_of_one_title_are_told_apart_by_their_ids() -> None:
    """Only those."""
    options = benchmark_options(known(("b", "Same", 10), ("a", "Same", 10), ("c", "Other", 10)))
    assert [option.label for option in options] == ["Other", "Same (a)", "Same (b)"]


def test_where_no_benchmark_has_ten_models_all_can_be_chosen(home: Path) -> None:
    """The small home has eight of each."""
    offered = [option.value for option in offered_benchmarks(view_of(home), {})]
    assert offered == ["epoch-eci", "gpqa-diamond"]


def test_a_benchmark_is_known_by_its_id(home: Path) -> None:
    """Another is none as of the date."""
    view = view_of(home)
    assert benchmark_named(view, "gpqa-diamond")["title"] == "GPQA diamond"
    with pytest.raises(LookupError, match="there is no benchmark mmlu as of 2026-09-15"):
        benchmark_named(view, "mmlu")


def test_a_score_has_the_interval_of_its_standard_error(home: Path) -> None:
    """At 90 %: 1.645 errors to either side."""
    row = scores_of(view_of(home), "gpqa-diamond").rows.filter(model_id="gpt-5").row(0, named=True)
    assert row["high"] - row["value"] == pytest.approx(1.645 * 0.02, abs=1e-4)
    assert row["value"] - row["low"] == pytest.approx(1.645 * 0.02, abs=1e-4)
    assert titles(scores_of(view_of(home), "gpqa-diamond").rows)["gpt-5"] == "GPT-5"


def test_moving_names_and_undated_models_are_told_apart(home: Path) -> None:
    """A name that moves is no version; a day on which a list first showed a model is no release."""
    rows = pl.DataFrame(
        {
            "model_id": ["dated", "moving", "listed"],
            "is_moving": [False, True, False],
            "date_is_stated": [True, True, False],
        }
    )
    found = Scores(rows, view_of(home).known_then)
    assert found.in_time["model_id"].to_list() == ["dated", "listed"]
    assert found.dated["model_id"].to_list() == ["dated", "moving"]
