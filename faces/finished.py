"""A finished figure as whoever shows figures takes it, without drawing it again."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go

from charts.parts.tags import Finished


class FinishedFigure(go.Figure):  # type: ignore[misc] # plotly has no types
    """Holds no marks of its own: it gives out those of a figure that was drawn, and checked, before."""

    def __init__(self, finished: Finished) -> None:
        super().__init__()
        object.__setattr__(self, "_finished", finished)

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain data."""
        plain: dict[str, Any] = json.loads(self._finished.json)
        return plain
