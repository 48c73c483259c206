"""Tables whose columns are models and whose rows are benchmarks: turned, so that each score is a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from ingest.declared.guess.column import columns_of, is_model
from ingest.declared.guess.drafts import About, RecordDraft
from ingest.declared.guess.scores import mapped_score
from ingest.declared.guess.seen import Seen

FEWEST_MODELS: Final = 3
"""So many columns must be called like models, and half of all."""

_NAME: Final = "model"
_VALUE: Final = "score"


def turned(
    frame: pl.DataFrame, about: About, decimal: str, missing: tuple[str, ...]
) -> tuple[Mapping[str, Any], list[RecordDraft]] | None:
    """The key that turns a table, and the scores of its cells; None where its columns are no models."""
    named = [name for name in frame.columns if is_model(name)]
    others = [name for name in frame.columns if name not in named]
    if _are_members(named) or len(named) < FEWEST_MODELS or 2 * len(named) < len(frame.columns) or not others:
        return None
    first = others[0]
    if is_model(first) or any(is_model(text) for text in frame[first].drop_nulls().head(FEWEST_MODELS)):
        return None
    rows = frame.unpivot(on=named, index=first, variable_name=_NAME, value_name=_VALUE)
    seen = Seen.of(about, columns_of(rows, decimal), missing)
    figures = next((column for column in seen.columns if column.name == _VALUE and column.is_number), None)
    if figures is None:
        return None
    fields = {"model_name": _NAME, "benchmark_id": {"column": first, "slug": True}}
    key = {"unpivot": {"keep": [first], "name": _NAME, "value": _VALUE}}
    return key, [mapped_score(seen, figures, fields, {}, {})]


def _are_members(names: list[str]) -> bool:
    """Whether several columns are of one model each, such as `gpt-5.score` and `gpt-5.votes`."""
    of = [name.rpartition(".")[0] for name in names if name.rpartition(".")[2].isalpha()]
    return len(set(of)) < len(of)
