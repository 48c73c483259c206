"""The part of the question on the dot-com years that lays both booms over each other at their starts."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.dotcom.likeness import AlignedSeries, Anchor, Likeness, aligned, likeness
from analysis.dotcom.moved_starts import held_at_each_start, moved_starts, run_ups, spliced
from charts.dotcom import anchor_sensitivity
from charts.dotcom.booms import booms
from charts.parts.figure import Footing
from questions.answer import Block, Drawn, Later, Notice, Paragraph, Table
from questions.dotcom import words
from questions.dotcom.controls import DotcomControls
from questions.dotcom.markets import (
    INDEXES,
    MARKETS,
    NOW,
    THEN,
    Market,
    available,
    closes_of,
    is_by_month,
    market_named,
)
from questions.view import View

SHOWN_DAYS: Final = 2920
DAYS_BEFORE: Final = 183


@dataclass(frozen=True, slots=True)
class LaidOver:
    """Two booms of one market: their levels, and what is alike in them from the chosen and from moved starts.

    `alike` is None where a boom has no value at its start. `by_month`: its values are of whole months.
    """

    market: Market
    then: AlignedSeries
    now: AlignedSeries
    moved: Mapping[int, Likeness]
    alike: Likeness | None
    by_month: bool


def laid_over(points: pl.DataFrame, months: pl.DataFrame, controls: DotcomControls) -> LaidOver | None:
    """Both booms of the chosen market from the chosen starts; None where no market has prices.

    `points`: see series_points.sql. `months`: see sp500_months.sql.
    """
    if controls.market is None:
        return None
    market, starts = market_named(controls.market), (THEN[controls.then], NOW[controls.now])
    prices = _consumer_prices(months) if controls.real else None
    closes = [closes_of(points, name) for name in (market.then, market.now)]
    then, now = (_level(own, start, prices) for own, start in zip(closes, starts, strict=True))
    both = spliced(closes[0], closes[1], starts[1])
    covered = then.levels.height > 0 and now.levels.height > 0
    cape = months.select("valid_on", value="cape").drop_nulls() if months.height else None
    moved = moved_starts(both, *starts, cape) if covered else {}
    alike = held_at_each_start(likeness(both, *starts, cape), moved) if covered else None
    return LaidOver(market, then, now, moved, alike, is_by_month(points, market.now))


def by_other_indexes(points: pl.DataFrame, controls: DotcomControls) -> dict[str, Likeness]:
    """How both booms stood by the indexes that were not chosen, each up to its own last day, by their titles.

    `points`: see series_points.sql. Those without a level in both booms from the chosen starts are left out.
    """
    then, now = THEN[controls.then], NOW[controls.now]
    found = {}
    for market in available(points):
        if market.name not in INDEXES or market.name == controls.market:
            continue
        closes = spliced(closes_of(points, market.then), closes_of(points, market.now), now)
        alike = likeness(closes, then, now)
        if alike.then.run_up is not None and alike.now.run_up is not None:
            found[market.title] = alike
    return found


def of_booms(
    view: View, points: pl.DataFrame, months: pl.DataFrame, found: LaidOver, controls: DotcomControls
) -> tuple[Block, ...]:
    """Both lines, what is alike and what is not, and how much it hangs on the starts.

    `months`: see sp500_months.sql.
    """
    alike = found.alike
    if alike is None:
        return (Notice(words.choose_another(found.market.title)),)
    used = points.filter(pl.col("series_id").is_in([found.market.then, found.market.now]))
    end = found.now.window.end if found.now.window else view.as_of
    ends = words.on_or_in(end, by_month=found.by_month)
    footing = view.footing(used, "closes", f"The later series ends {ends}")
    lines, log = found.market.lines, controls.log_boom
    chart = booms(found.then, found.now, lines, footing, log=log, by_month=found.by_month)
    nominal = (Paragraph(words.NOMINAL),) if controls.real and not found.now.is_real else ()
    others = words.of_other_indexes(
        alike,
        by_other_indexes(points, controls),
        [one.title for one in MARKETS if is_by_month(points, one.now)],
    )
    return (
        Drawn(chart),
        *nominal,
        *((Paragraph(others),) if others else ()),
        Paragraph(words.above_likeness(alike)),
        Table(
            "likeness",
            words.likeness_rows(alike),
            words.likeness_columns(alike, by_month=found.by_month),
            wraps=True,
        ),
        Paragraph(f"{words.of_differences(alike.rows)} {words.of_missing_cape(alike, months)}".strip()),
        Later(lambda: _moved(found, footing), charts=(anchor_sensitivity.NAME,)),
    )


def _consumer_prices(months: pl.DataFrame) -> pl.DataFrame | None:
    known = months.select("valid_on", value="consumer_prices").drop_nulls()
    return known if known.height else None


def _level(closes: pl.DataFrame, start: Anchor, prices: pl.DataFrame | None) -> AlignedSeries:
    """The series as an index, from half a year before its start on."""
    series = aligned(closes.select("valid_on", "value"), start, SHOWN_DAYS, prices)
    return dataclasses.replace(series, levels=series.levels.filter(pl.col("days") >= -DAYS_BEFORE))


def _moved(found: LaidOver, footing: Footing) -> tuple[Block, ...]:
    moved = run_ups(found.moved)
    if moved.is_empty():
        return ()
    return (Drawn(anchor_sensitivity.anchor_sensitivity(moved, found.market.title, footing)),)
