"""How far a market had risen in two booms when both starts are moved by some months."""

from __future__ import annotations

import polars as pl

from analysis.dotcom.likeness import Anchor, likeness
from analysis.results import months_after

LARGEST_SHIFT_MONTHS = 6


def spliced(then: pl.DataFrame, now: pl.DataFrame, second: Anchor) -> pl.DataFrame:
    """One frame of closes from two: `then` until two months before the second start, `now` from there on.

    Both: valid_on, value. Levels are compared only within one boom, so the seam carries no meaning.
    """
    seam = months_after(second.starts_on, -2 - LARGEST_SHIFT_MONTHS)
    return pl.concat(
        [
            then.filter(pl.col("valid_on") < seam).select("valid_on", "value"),
            now.filter(pl.col("valid_on") >= seam).select("valid_on", "value"),
        ]
    )


def moved_starts(closes: pl.DataFrame, then: Anchor, now: Anchor) -> pl.DataFrame:
    """Run-ups with both starts moved by -6 to 6 months: months, days, then, now (multiples of the start).

    `closes`: valid_on, value. `days` is how long the later boom has run from its moved start; the earlier one
    is read after as many. Rows where either cannot be told are left out.
    """
    rows = []
    for shift in range(-LARGEST_SHIFT_MONTHS, LARGEST_SHIFT_MONTHS + 1):
        moved = [Anchor(anchor.name, months_after(anchor.starts_on, shift)) for anchor in (then, now)]
        alike = likeness(closes, moved[0], moved[1])
        rows.append((shift, alike.days, alike.then.run_up, alike.now.run_up))
    schema = {"months": pl.Int64, "days": pl.Int64, "then": pl.Float64, "now": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").drop_nulls()
