"""Levels that the data tell apart: well-known models whose scores differ by more than their errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

from analysis.numeric.noise import critical_value

LEVEL: Final = 0.90


@dataclass(frozen=True, slots=True)
class Level:
    """What a well-known model scored first; `error` is one standard error, zero where none is known."""

    name: str
    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Rung:
    """Levels that cannot be told apart; the rung stands at the lowest."""

    names: tuple[str, ...]
    value: float


def rungs(levels: Sequence[Level]) -> tuple[Rung, ...]:
    """The levels from the lowest up; one that is not above the lowest of the rung below it joins that rung.

    Above means outside of the two-sided 90 % interval of a difference of independent errors.
    """
    groups: list[list[Level]] = []
    for level in sorted(levels, key=lambda one: (one.value, one.name)):
        base = groups[-1][0] if groups else None
        if base is not None and level.value - base.value <= critical_value(LEVEL) * hypot(
            level.error, base.error
        ):
            groups[-1].append(level)
        else:
            groups.append([level])
    return tuple(Rung(tuple(one.name for one in group), group[0].value) for group in groups)
