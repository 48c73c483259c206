"""Levels of capability that people know by a model: what its first version scored."""

from __future__ import annotations

from typing import Final

import polars as pl

from analysis.price.decline import thresholds_of

NAMED: Final = {
    "gpt-3.5": (
        "GPT-3.5",
        ("gpt-3.5-turbo-0613", "gpt-3.5-turbo-0125", "gpt-3.5-turbo-1106", "gpt-3.5-turbo"),
    ),
    "gpt-4": ("GPT-4", ("gpt-4-0314", "gpt-4-0613", "gpt-4")),
    "gpt-4o": ("GPT-4o", ("gpt-4o-2024-05-13", "gpt-4o-2024-08-06", "gpt-4o-2024-11-20", "gpt-4o")),
    "claude-3.5-sonnet": (
        "Claude 3.5 Sonnet",
        ("claude-3-5-sonnet-20240620", "claude-3-5-sonnet-20241022", "claude-3-5-sonnet"),
    ),
    "o1": ("o1", ("o1-2024-12-17", "o1", "o1-preview-2024-09-12")),
    "o3": ("o3", ("o3-2025-04-16", "o3")),
    "gpt-5": ("GPT-5", ("gpt-5-2025-08-07", "gpt-5")),
}
"""Well-known models by the word that chooses them: the name, and its versions, that which made it first."""


def named_versions(rows: pl.DataFrame) -> dict[str, str]:
    """The version by which each well-known model is measured: the earliest that has a score.

    `rows`: model_id, value.
    """
    scored = set(rows.drop_nulls("value")["model_id"])
    return {
        word: first
        for word, (_, versions) in NAMED.items()
        if (first := next((model for model in versions if model in scored), None)) is not None
    }


def own_version(rows: pl.DataFrame, name: str) -> str | None:
    """The version by which the model of a name (that of NAMED) is measured; None where none has a score.

    `rows`: model_id, value.
    """
    versions = named_versions(rows)
    return next(
        (versions[word] for word, (known_as, _) in NAMED.items() if known_as == name and word in versions),
        None,
    )


def named_thresholds(rows: pl.DataFrame) -> dict[str, float]:
    """The score of each well-known model that has one: that of its earliest version scored.

    `rows`: model_id, value.
    """
    versions = named_versions(rows)
    known = thresholds_of(rows.select("model_id", score="value"), list(versions.values()))
    return {word: known[version] for word, version in versions.items()}
