"""The score columns of Epoch's benchmark archive, as `_epoch_measures.toml` describes them.

Columns are matched by name. Where several names are given, the first that a file has is taken: the archive
renamed columns over the years. A second measure of one file has an id of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli

IN_HOUSE: Final = ("mean_score", "Best score (across scorers)")
"""Mean over scorers, the headline since December 2025; before that only the best was published."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One score column of one file.

    name               Epoch's own name, by which benchmark_metadata.csv speaks of it
    title              what readers should call it, where that differs
    scale              factor from the file's figure to the unit
    stderr, low, high  columns of the uncertainty, on the file's scale unless `bounds_scale` says otherwise
    half_width         column with half of a 95 % interval
    setting            columns that belong to the setting besides the effort suffix of the model version
    measured           columns with the day of the run, first that is there
    literature         rows come from papers, most of them by a model's maker
    version            column whose version number completes the id ("{version}"); blank means 1.0
    only_with(out)     the measure is meant only where the file has (lacks) this column
    """

    file: str
    benchmark_id: str
    name: str
    columns: tuple[str, ...]
    title: str | None = None
    unit: str = "fraction"
    scale: float = 1.0
    bounds_scale: float | None = None
    stderr: str | None = None
    low: str | None = None
    high: str | None = None
    half_width: str | None = None
    setting: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    cost_usd: str | None = None
    cost_usd_per_task: str | None = None
    seconds_per_task: str | None = None
    output_tokens_per_task: str | None = None
    baseline: float | None = 0.0
    ceiling: float | None = 1.0
    higher_is_better: bool = True
    reported_by: str = "independent"
    literature: bool = False
    version: str | None = None
    only_with: str | None = None
    only_without: str | None = None


_GROUPS: Final[Mapping[str, Mapping[str, Any]]] = {
    "in_house": {"columns": IN_HOUSE, "stderr": "stderr", "measured": ("Started at",)},
    "papers": {"setting": ("Shots",), "reported_by": "vendor", "literature": True},
    "boards": {},
    "unbounded": {"unit": "points", "baseline": None, "ceiling": None},
    "forecasts": {"baseline": None},
}


def _described() -> Iterator[Measure]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    for group, rows in tomli.loads(text).items():
        for row in rows:
            told = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
            yield Measure(**{**_GROUPS[group], **told})


MEASURES: Final[tuple[Measure, ...]] = tuple(_described())

GUESSED_COLUMNS: Final = (
    *IN_HOUSE,
    "Score",
    "Accuracy",
    "Overall score",
    "Overall",
    "Mean score",
    "Average",
    "Average score",
    "EM",
    "Pass@1",
    "Pass@1 score",
    "Accuracy mean",
    "Percent correct",
    "% Resolved",
)
"""Names under which a file that nobody has described yet may hold its headline."""
