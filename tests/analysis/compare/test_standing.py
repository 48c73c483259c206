"""Who is first and who is level: noise that is known counts, noise that is not known does not."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.compare.standing import Tallies, Tally, are_level, standings, tally


def scores(*rows: tuple[str, str, float, float | None]) -> pl.DataFrame:
    """Benchmark, model, score and standard error; more is better, but on the benchmark "errors"."""
    frame = pl.DataFrame(rows, schema=["benchmark_id", "model_id", "score", "stderr"], orient="row")
    return frame.with_columns(higher_is_better=pl.col("benchmark_id") != "errors")


@pytest.mark.parametrize(
    ("gap", "stderr", "level"),
    [(0.0, None, True), (0.01, None, False), (0.04, 0.02, True), (0.05, 0.02, False)],
)
def test_scores_within_the_noise_of_both_are_level(gap: float, stderr: float | None, level: bool) -> None:
    """1.645 times the standard error of the difference: 0.0465 where each error is 0.02."""
    one, other = ({"score": 0.5 + shift, "stderr": stderr} for shift in (0.0, gap))
    assert are_level(one, other) is level


def test_the_first_and_those_level_with_it_are_told() -> None:
    """Equal scores share the first place; a benchmark that one model has has no standing."""
    found = standings(
        scores(
            ("a", "x", 0.90, 0.02),
            ("a", "y", 0.88, 0.02),
            ("a", "z", 0.50, 0.02),
            ("b", "x", 0.7, None),
            ("b", "y", 0.7, None),
            ("alone", "x", 0.1, None),
        )
    )
    assert (found["a"].best, found["a"].level) == ({"x"}, {"y"})
    assert found["b"].best == {"x", "y"}
    assert "alone" not in found


def test_a_tally_counts_what_both_have_and_knows_where_less_is_better() -> None:
    """One win, one win by fewer errors, one level; what only one has is not counted."""
    rows = scores(
        ("a", "x", 0.9, None),
        ("a", "y", 0.5, None),
        ("errors", "x", 0.1, None),
        ("errors", "y", 0.2, None),
        ("c", "x", 0.6, None),
        ("c", "y", 0.6, None),
        ("alone", "y", 0.6, None),
    )
    none = Tally(0, 0, 0)
    assert tally(rows, "x", "y") == Tallies(none, Tally(higher=2, lower=0, level=1))
    assert tally(rows, "y", "x") == Tallies(none, Tally(higher=0, lower=2, level=1))


def test_a_difference_without_a_known_error_is_counted_apart() -> None:
    """One error that is not known is enough; nobody wins such a benchmark, nor one that is tied."""
    rows = scores(
        ("a", "x", 0.9, 0.01),
        ("a", "y", 0.5, 0.01),
        ("b", "x", 0.9, 0.01),
        ("b", "y", 0.5, None),
        ("c", "x", 0.6, 0.1),
        ("c", "y", 0.5, 0.1),
    )
    assert tally(rows, "x", "y") == Tallies(Tally(1, 0, 1), Tally(1, 0, 0))
    assert tally(rows, "x", "y").shared == 3
    found = standings(rows)
    assert {name: item.winner for name, item in found.items()} == {"a": "x", "b": None, "c": None}
    assert [item.is_told for item in found.values()] == [True, False, True]
