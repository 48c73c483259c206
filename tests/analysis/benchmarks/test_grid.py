"""Models by benchmarks: who has a row, what has a column, and gaps that stay gaps."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analysis.benchmarks.grid import grid

ORDER = [f"m{number}" for number in range(10)]


def shares(sat: Mapping[str, Mapping[str, float]]) -> pl.DataFrame:
    """Benchmarks with the shares of the models that sat them."""
    rows = [
        {"benchmark_id": test, "benchmark": test.upper(), "model_id": model, "title": model, "share": share}
        for test, models in sat.items()
        for model, share in models.items()
    ]
    return pl.DataFrame(rows)


SAT = {
    "easy": dict.fromkeys(ORDER, 0.9),
    "hard": dict.fromkeys(ORDER[:6], 0.2),
    "rare": {"m0": 0.5},
}


def test_columns_run_from_the_easiest_and_rows_follow_the_order() -> None:
    """The median of the shown models says what is easy."""
    found = grid(shares(SAT), ORDER, most_models=4)
    assert found is not None
    assert found.benchmarks["benchmark_id"].to_list() == ["easy", "hard"]
    assert found.models["model_id"].to_list() == ORDER[:4]


def test_a_benchmark_that_hardly_anybody_sat_has_no_column() -> None:
    """One of ten is below a fifth; of two models both are asked for."""
    found = grid(shares(SAT), ORDER)
    assert found is not None
    assert "rare" not in found.benchmarks["benchmark_id"].to_list()
    assert grid(shares({"rare": SAT["rare"]}), ORDER) is not None, "alone it is all there is"


def test_what_was_not_measured_is_a_cell_without_a_share() -> None:
    """Never zero, never filled in; all pairs are there."""
    found = grid(shares(SAT), ORDER)
    assert found is not None
    assert found.cells.height == 20
    assert found.measured == 16
    gap = found.cells.filter(model_id="m9", benchmark_id="hard").row(0, named=True)
    assert (gap["measured"], gap["share"], gap["title"], gap["benchmark"]) == (False, None, "m9", "HARD")


def test_chosen_models_stand_among_the_first_in_their_place() -> None:
    """One of the middle at its place, one without an index last; one that sat nothing nowhere."""
    known = shares({"easy": {**SAT["easy"], "unplaced": 0.5}})
    found = grid(known, ORDER, ("unplaced", "m7", "nobody"), most_models=2)
    assert found is not None
    assert found.models["model_id"].to_list() == ["m0", "m1", "m7", "unplaced"]


def test_of_nothing_there_is_no_grid() -> None:
    """No scores, no columns."""
    assert grid(shares(SAT).clear(), ORDER) is None


def test_a_grid_has_room_for_24_models_and_16_benchmarks() -> None:
    """Of more the first models, and the benchmarks that most of them sat."""
    models = [f"m{number:02}" for number in range(30)]
    sat = {f"b{number:02}": dict.fromkeys(models[: 30 - number], 0.5) for number in range(20)}
    found = grid(shares(sat), models)
    assert found is not None
    assert found.models["model_id"].to_list() == models[:24]
    assert sorted(found.benchmarks["benchmark_id"]) == [f"b{number:02}" for number in range(16)]
