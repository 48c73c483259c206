"""Benchmarks at the borders of their states, and grids at theirs."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.benchmarks.grid import grid
from analysis.benchmarks.standing import State, standings_of_benchmarks
from tests.analysis.benchmarks.test_benchmark_standing import row, standing
from tests.analysis.benchmarks.test_grid import shares


@pytest.mark.parametrize(
    ("value", "share", "state"),
    [
        (0.1, 0.0, State.NEAR_CHANCE),
        (0.25, 0.0, State.NEAR_CHANCE),
        (0.2874, 0.0374 / 0.75, State.NEAR_CHANCE),
        (0.2876, 0.0376 / 0.75, State.OPEN),
        (0.9499, 0.6999 / 0.75, State.OPEN),
        (0.95, 0.7 / 0.75, State.USED_UP),
        (1.0, 1.0, State.USED_UP),
        (1.1, 1.0, State.USED_UP),
    ],
)
def test_a_benchmark_is_near_guessing_open_or_used_up(value: float, share: float, state: State) -> None:
    """A twentieth of the way, and five points from the end; below guessing is no way back."""
    found = standing(row("best", value))
    assert found["share"] == pytest.approx(share)
    assert found["state"] == state


@pytest.mark.parametrize(
    "known",
    [
        {"chance": None},
        {"ceiling": None},
        {"unit": "points"},
        {"chance": 1.0},
        {"chance": 1.0, "ceiling": 0.5},
    ],
)
def test_a_way_needs_a_fraction_chance_and_a_ceiling_above_it(known: dict[str, object]) -> None:
    """Whatever is missing, there is no share of it."""
    found = standing(row("best", 0.9, **known))
    assert (found["share"], found["state"]) == (None, State.NO_CEILING)


def test_all_that_a_row_says_is_of_the_best_model_and_of_the_whole_benchmark() -> None:
    """Unless it is said that less is better, more is; a model counts once, and rows are by id."""
    found = standings_of_benchmarks(
        pl.DataFrame(
            [
                row("b", 0.5, benchmark_id="z", higher_is_better=None),
                row(
                    "a",
                    0.6,
                    released_on=date(2025, 3, 1),
                    higher_is_better=None,
                    stderr=0.1,
                    benchmark_id="z",
                ),
                row("c", 0.4, released_on=date(2026, 1, 1), higher_is_better=None, benchmark_id="z"),
                row("c", 0.3, released_on=date(2025, 2, 1), higher_is_better=None, benchmark_id="z"),
                row("e", 0.5, benchmark_id="y", title="E"),
                row("d", 0.5, benchmark_id="y", title="D"),
            ]
        )
    )
    assert found.drop("share", "state", "benchmark", "unit").rows() == [
        ("y", 2, "d", "D", date(2025, 1, 1), 0.5, None, date(2025, 1, 1)),
        ("z", 3, "a", "a", date(2025, 3, 1), 0.6, 0.1, date(2026, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("models", "sat", "has_column"), [(10, 2, True), (11, 2, False), (1, 1, True), (3, 1, False)]
)
def test_a_column_takes_a_fifth_of_the_models_and_two_of_them(
    models: int, sat: int, has_column: bool
) -> None:
    """A fifth itself is enough; of one model one is."""
    names = [f"m{number:02}" for number in range(models)]
    tests = {"all": dict.fromkeys(names, 0.5), "some": dict.fromkeys(names[:sat], 0.5)}
    found = grid(shares(tests), names)
    assert found is not None
    assert ("some" in found.benchmarks["benchmark_id"].to_list()) is has_column


def test_of_benchmarks_that_as_many_sat_the_harder_is_kept_and_the_easier_stands_first() -> None:
    """By the median, then by name; how many sat it and the median stand with it."""
    tests = {
        "easy": {"a": 0.9, "b": 0.7},
        "hard-b": {"a": 0.1, "b": 0.3},
        "hard-a": {"a": 0.3, "b": 0.1},
        "middle": {"a": 0.5, "b": 0.5},
    }
    found = grid(shares(tests), ["b", "a"], most_benchmarks=3)
    assert found is not None
    assert found.benchmarks.rows() == [
        ("middle", "MIDDLE", 2, 0.5),
        ("hard-a", "HARD-A", 2, pytest.approx(0.2)),
        ("hard-b", "HARD-B", 2, pytest.approx(0.2)),
    ]
    assert found.models["model_id"].to_list() == ["b", "a"]
    assert found.cells["share"].to_list() == pytest.approx([0.5, 0.1, 0.3, 0.5, 0.3, 0.1])
