"""A board that runs o1 anew moves its ratio: what it was before is found among the readings."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.claims.counted_again import counted_again

OCTOBER, DECEMBER, JUNE = date(2025, 10, 16), date(2025, 12, 21), date(2026, 6, 19)
RELEASED = {
    "o1": date(2024, 12, 17),
    "o1-preview": date(2024, 9, 12),
    "june": date(2024, 6, 20),
    "october": date(2024, 10, 22),
}


def counts(*rows: tuple[str, float, date]) -> pl.DataFrame:
    """Readings of one board: model, tokens, day."""
    return pl.DataFrame(
        [
            {
                "role": "o1" if model.startswith("o1") else "sonnet",
                "model_id": model,
                "title": model.upper(),
                "released_on": RELEASED[model],
                "benchmark_id": "weirdml",
                "benchmark": "WeirdML",
                "output_tokens_per_task": tokens,
                "observed_on": day,
            }
            for model, tokens, day in rows
        ]
    )


READINGS = counts(
    ("o1", 4100.0, OCTOBER),
    ("o1", 4120.0, DECEMBER),
    ("o1", 5760.0, JUNE),
    ("o1-preview", 5180.0, OCTOBER),
    ("o1-preview", 5130.0, JUNE),
    ("june", 900.0, OCTOBER),
    ("october", 2100.0, OCTOBER),
    ("october", 2120.0, DECEMBER),
)


def test_the_ratio_before_a_second_run_is_found() -> None:
    """Each by the newest Sonnet's count of its day; a corrected count of the same run is none."""
    (found,) = counted_again(READINGS, JUNE)
    assert (found.title, found.benchmark) == ("O1", "WeirdML")
    assert (found.last_on, found.since_on) == (DECEMBER, JUNE)
    assert found.before == 4120.0 / 2120.0
    assert found.now == 5760.0 / 2120.0
    assert found.crosses


def test_before_the_second_run_there_is_nothing_to_tell() -> None:
    """Nor without a Sonnet on the board."""
    assert counted_again(READINGS, DECEMBER) == ()
    assert counted_again(READINGS.filter(role="o1"), JUNE) == ()


def test_both_runs_on_one_side_of_the_threshold_do_not_cross() -> None:
    """The Sonnet that was counted later divides by its first count."""
    late = counts(("o1", 6000.0, OCTOBER), ("o1", 9000.0, DECEMBER), ("october", 2000.0, JUNE))
    (found,) = counted_again(late, JUNE)
    assert (found.before, found.now) == (3.0, 4.5)
    assert not found.crosses
