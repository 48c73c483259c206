"""How far a market had risen in two booms, and what is alike in them, with both starts moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from analysis.dotcom.likeness import Anchor, Likeness, LikenessVerdict, likeness
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


def moved_starts(
    closes: pl.DataFrame, then: Anchor, now: Anchor, cape: pl.DataFrame | None = None
) -> dict[int, Likeness]:
    """Both booms compared with both starts moved by -6 to 6 months, by that shift.

    `closes` and `cape` as in `likeness`. The later boom runs from its moved start to the end of the series;
    the earlier one is read after the same number of days.
    """
    return {
        shift: likeness(closes, _moved(then, shift), _moved(now, shift), cape)
        for shift in range(-LARGEST_SHIFT_MONTHS, LARGEST_SHIFT_MONTHS + 1)
    }


def run_ups(moved: Mapping[int, Likeness]) -> pl.DataFrame:
    """Run-ups from the moved starts: months, days, then, now (multiples of the start's level).

    Rows where either cannot be told are left out.
    """
    rows = [(shift, one.days, one.then.run_up, one.now.run_up) for shift, one in moved.items()]
    schema = {"months": pl.Int64, "days": pl.Int64, "then": pl.Float64, "now": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").drop_nulls()


def held_at_each_start(alike: Likeness, moved: Mapping[int, Likeness]) -> Likeness:
    """The comparison, where a verdict stands only if it is the same from each of the moved starts.

    Starts from which a quantity cannot be told say nothing for or against.
    """
    found: dict[str, set[LikenessVerdict]] = {}
    for one in moved.values():
        for row in one.rows:
            found.setdefault(row.quantity, set()).add(row.verdict)
    untold = LikenessVerdict.CANNOT_BE_TOLD
    rows = tuple(
        row
        if row.verdict is untold or found.get(row.quantity, set()) <= {row.verdict, untold}
        else replace(row, verdict=LikenessVerdict.DEPENDS_ON_START)
        for row in alike.rows
    )
    return replace(alike, rows=rows)


def _moved(anchor: Anchor, months: int) -> Anchor:
    return Anchor(anchor.name, months_after(anchor.starts_on, months))
