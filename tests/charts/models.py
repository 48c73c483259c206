"""A handful of models as charts take them."""

from __future__ import annotations

from datetime import date

import polars as pl

from charts.parts.figure import Footing

FOOTING = Footing(("Makers of a table, CC BY 4.0",), date(2026, 7, 1), 5, note="Two are left out")


def models() -> pl.DataFrame:
    """Five models with scores, intervals, costs; the last one has no cost, the dear one is beaten."""
    return pl.DataFrame(
        {
            "model_id": ["cheap", "middle", "dear", "best", "unpriced"],
            "title": ["Cheap", "Middle", "Dear", "Best", "Unpriced"],
            "organization": ["DeepSeek", "OpenAI", "Nobody", "Anthropic", "Google"],
            "released_on": [
                date(2024, 1, 1),
                date(2024, 6, 1),
                date(2025, 1, 1),
                date(2025, 6, 1),
                date(2025, 9, 1),
            ],
            "value": [0.50, 0.70, 0.60, 0.90, 0.40],
            "stderr": [0.01, 0.01, None, 0.02, None],
            "low": [0.48, 0.68, None, 0.87, None],
            "high": [0.52, 0.72, None, 0.93, None],
            "open_weights": [True, False, None, False, False],
            "reported_by": ["independent", "independent", "vendor", "independent", "independent"],
            "setting": ["", "high", None, "", ""],
            "cost": [0.1, 1.0, 20.0, 10.0, None],
        }
    )
