"""Who stands first on each measure, and who cannot be told apart from the first."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from analysis.numeric.noise import critical_value

_NOISE: Final = critical_value(0.90)
"""Two scores nearer than so many standard errors of their difference are level: two-sided, one test."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One benchmark: the models with the best score, and those whose noise leaves open whether they are.

    `is_told`: whether the errors of all scores are known; else a lead may be noise.
    """

    benchmark_id: str
    best: frozenset[str]
    level: frozenset[str]
    is_told: bool

    @property
    def winner(self) -> str | None:
        """The model that is first beyond known error; None where none is."""
        is_clear = self.is_told and len(self.best) == 1 and not self.level
        return next(iter(self.best)) if is_clear else None


@dataclass(frozen=True, slots=True)
class Tally:
    """On how many shared benchmarks one model scores higher than another, lower, or level with it."""

    higher: int
    lower: int
    level: int

    @property
    def shared(self) -> int:
        """All benchmarks that both have."""
        return self.higher + self.lower + self.level


@dataclass(frozen=True, slots=True)
class Tallies:
    """The benchmarks on which the errors of both scores are known, and those on which one is not.

    Of the second a difference may be noise, and only equal scores are level.
    """

    told: Tally
    untold: Tally

    @property
    def shared(self) -> int:
        """All benchmarks that both have."""
        return self.told.shared + self.untold.shared


def standings(rows: pl.DataFrame) -> dict[str, Standing]:
    """By benchmark_id, of those that two models or more have a score on.

    `rows`: benchmark_id, model_id, score, stderr (null where it is not known: then only equal scores are
    level), higher_is_better; one row a model and benchmark.
    """
    found = {}
    for (benchmark,), part in rows.group_by("benchmark_id", maintain_order=True):
        if part.height < 2:
            continue
        scores = part.to_dicts()
        top = max(scores, key=_goodness)
        best = frozenset(row["model_id"] for row in scores if row["score"] == top["score"])
        level = frozenset(row["model_id"] for row in scores if are_level(row, top)) - best
        is_told = all(row["stderr"] is not None for row in scores)
        found[str(benchmark)] = Standing(str(benchmark), best, level, is_told)
    return found


def tally(rows: pl.DataFrame, one: str, other: str) -> Tallies:
    """How one model fares against another; `rows` as for `standings`."""
    pairs = rows.filter(model_id=one).join(
        rows.filter(model_id=other), on="benchmark_id", suffix="_other", maintain_order="left"
    )
    told, untold = ({"higher": 0, "lower": 0, "level": 0} for _ in range(2))
    for row in pairs.iter_rows(named=True):
        against = {name: row[f"{name}_other"] for name in ("score", "stderr", "higher_is_better")}
        counts = untold if row["stderr"] is None or against["stderr"] is None else told
        if are_level(row, against):
            counts["level"] += 1
        else:
            counts["higher" if _goodness(row) > _goodness(against) else "lower"] += 1
    return Tallies(Tally(**told), Tally(**untold))


def are_level(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two scores are equal, or the noise of both, where it is known, leaves open which is better."""
    if one["score"] == other["score"]:
        return True
    if one["stderr"] is None or other["stderr"] is None:
        return False
    spread = math.hypot(one["stderr"], other["stderr"])
    return bool(abs(one["score"] - other["score"]) < _NOISE * spread)


def _goodness(row: Mapping[str, Any]) -> float:
    return float(row["score"] if row["higher_is_better"] else -row["score"])
