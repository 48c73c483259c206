"""Money then and now: only figures of one definition are paired; of the others the scopes are told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

LAST_DOTCOM_YEAR = 2003
FIRST_AI_YEAR = 2022


class PairVerdict(StrEnum):
    """Whether two figures may be set against each other, a closed list."""

    HIGHER_NOW = "higher now, by the same definition"
    LOWER_NOW = "lower now, by the same definition"
    EQUAL = "equal, by the same definition"
    CANNOT_BE_TOLD = "cannot be told: no figure of the same definition on both sides"


@dataclass(frozen=True, slots=True)
class SameDefinitionPair:
    """The highest figure of each era under one measure and unit; `period` as the source writes it."""

    measure: str
    unit: str
    period_then: str
    then: float
    period_now: str
    now: float
    verdict: PairVerdict


@dataclass(frozen=True, slots=True)
class SpendingShares:
    """The pairs that one definition allows, and the measures that have only one side."""

    pairs: tuple[SameDefinitionPair, ...]
    n: int
    one_sided: tuple[str, ...]
    method: str
    verdict: PairVerdict


@dataclass(frozen=True, slots=True)
class VentureMoney:
    """Yearly venture money of two eras by tracker; never a ratio, because the scopes differ.

    `years`: era ("dotcom" or "ai"), tracker, year, usd_billion.
    """

    years: pl.DataFrame
    n: int
    scope_then: str
    scope_now: str
    method: str
    verdict: PairVerdict


def same_definition_pairs(figures: pl.DataFrame) -> SpendingShares:
    """Pairs of one measure and unit that has figures in both eras (to 2003, and from 2022).

    `figures`: measure, unit, period (begins with the year), value (null = not known).
    """
    year = pl.col("period").cast(pl.String).str.extract(r"^(\d{4})").cast(pl.Int32)
    rows = figures.drop_nulls("value").with_columns(pl.col("period").cast(pl.String), year=year)
    then = _highest(rows.filter(pl.col("year") <= LAST_DOTCOM_YEAR))
    now = _highest(rows.filter(pl.col("year") >= FIRST_AI_YEAR))
    joined = then.join(now, on=["measure", "unit"], suffix="_now").sort("measure")
    pairs = tuple(
        SameDefinitionPair(
            row["measure"],
            row["unit"],
            row["period"],
            row["value"],
            row["period_now"],
            row["value_now"],
            _compared(row["value"], row["value_now"]),
        )
        for row in joined.iter_rows(named=True)
    )
    paired = {pair.measure for pair in pairs}
    return SpendingShares(
        pairs=pairs,
        n=len(pairs),
        one_sided=tuple(sorted(set(rows["measure"]) - paired)),
        method="highest figure of each era, paired only within one measure and unit",
        verdict=pairs[0].verdict if len(pairs) == 1 else PairVerdict.CANNOT_BE_TOLD,
    )


def venture_money(then: pl.DataFrame, now: pl.DataFrame, scope_then: str, scope_now: str) -> VentureMoney:
    """Whole years of venture money, tracker by tracker, with both scopes named.

    `then` and `now`: tracker, period ("1999" is a year, anything longer is not), usd_billion (null = bound
    only).
    """
    sides = [_whole_years(then, "dotcom"), _whole_years(now, "ai")]
    years = pl.concat(sides).sort("era", "tracker", "year", descending=[True, False, False])
    return VentureMoney(
        years=years,
        n=years.height,
        scope_then=scope_then,
        scope_now=scope_now,
        method="whole years as each tracker states them",
        verdict=PairVerdict.CANNOT_BE_TOLD,
    )


def _highest(rows: pl.DataFrame) -> pl.DataFrame:
    ordered = rows.sort("value", descending=True, maintain_order=True)
    return ordered.unique(["measure", "unit"], keep="first", maintain_order=True).select(
        "measure", "unit", "period", "value"
    )


def _compared(then: float, now: float) -> PairVerdict:
    if now == then:
        return PairVerdict.EQUAL
    return PairVerdict.HIGHER_NOW if now > then else PairVerdict.LOWER_NOW


def _whole_years(rows: pl.DataFrame, era: str) -> pl.DataFrame:
    period = pl.col("period").cast(pl.String)
    whole = rows.drop_nulls("usd_billion").filter(period.str.contains(r"^\d{4}$"))
    return whole.select(
        pl.lit(era).alias("era"),
        "tracker",
        period.cast(pl.Int32).alias("year"),
        pl.col("usd_billion").cast(pl.Float64),
    )
