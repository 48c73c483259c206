"""The claims of the article of December 2024, each checked against data, then and now.

A new claim is one function under `@claim` in a module of its theme and one query in `store/queries`.
"""

from __future__ import annotations

from analysis.claims import (
    agents,
    cost,
    launches,
    limits,
    money,
    open_models,
    progress,
    quality,
    speed,
    steps,
    use,
)
from analysis.claims.statement import ClaimDefinition

_THEMES = (cost, quality, progress, steps, limits, speed, open_models, agents, launches, money, use)

CLAIMS: tuple[ClaimDefinition, ...] = tuple(
    defined for theme in _THEMES for defined in vars(theme).values() if isinstance(defined, ClaimDefinition)
)
"""In the order of the article, as the modules list them."""
