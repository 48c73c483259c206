"""A variant that somebody made of a model is not older than that model."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ingest.identity.base_models import base_evidence, bases_of
from ingest.identity.release_dates import best_release_dates

BASE_ON = date(2025, 12, 1)
COPIED_ON = date(2025, 1, 27)

COLUMNS = {
    "model_id": pl.String,
    "released_on": pl.Date,
    "precision": pl.String,
    "evidence": pl.String,
    "source_id": pl.String,
    "payload_sha256": pl.String,
}


def released(*rows: tuple[str, date, str, str]) -> dict[str, tuple[date, str]]:
    """Day and basis of each model by (model_id, released_on, precision, evidence), each of its own source."""
    evidence = pl.DataFrame(
        [(*row, f"source-{number}", None) for number, row in enumerate(rows)], schema=COLUMNS, orient="row"
    )
    best = best_release_dates(pl.concat([evidence, base_evidence(evidence)]))
    return {row[0]: (row[1], row[2]) for row in best.select("model_id", "released_on", "basis").iter_rows()}


@pytest.mark.parametrize(
    ("variant", "base"),
    [
        ("deepseek-v3.2-fast", "deepseek-v3.2"),
        ("minimax-m2.1-lightning", "minimax-m2.1"),
        ("kimi-k2.6-turbo-preview", "kimi-k2.6"),
        ("llama-3.3-70b-instruct-base", "llama-3.3-70b-instruct"),
        ("gemma-7b-it-lora", "gemma-7b-it"),
        ("qwq-32b-arliai-rpr-v1", "qwq-32b"),
    ],
)
def test_who_serves_or_tunes_a_model_names_its_base(variant: str, base: str) -> None:
    """By a word of serving, or by whatever follows a name that is whole."""
    assert bases_of([variant, base]) == {variant: base}


@pytest.mark.parametrize(
    ("other", "model"),
    [
        ("qwq-32b-preview", "qwq-32b"),
        ("grok-3-mini", "grok-3"),
        ("qwen3-embedding-4b", "qwen3-embedding"),
        ("gpt-5.3-codex", "gpt-5.3"),
        ("vicuna-13b-v1.3", "vicuna-13b"),
        ("gemini-2.5-flash-preview-04-17", "gemini-2.5-flash"),
    ],
)
def test_another_model_or_an_earlier_state_has_no_base(other: str, model: str) -> None:
    """It may well be older."""
    assert bases_of([other, model]) == {}


def test_a_variant_dated_before_its_base_has_the_day_of_its_base() -> None:
    """Of its own statements that which can be true counts; without one it is of its base's day."""
    found = released(
        ("v3.2", BASE_ON, "day", "curated"),
        ("v3.2-fast", COPIED_ON, "day", "models.dev"),
        ("v3.2-turbo", COPIED_ON, "day", "models.dev"),
        ("v3.2-turbo", date(2026, 1, 5), "day", "models.dev"),
    )
    assert found["v3.2-fast"] == (BASE_ON, "base model")
    assert found["v3.2-turbo"] == (date(2026, 1, 5), "models.dev")


def test_a_variant_seen_after_its_base_keeps_what_is_said_of_it() -> None:
    """A month that holds the base's day contradicts nothing; a later day is its own."""
    found = released(
        ("v3.2", BASE_ON, "day", "change log"),
        ("v3.2-fast", date(2025, 12, 1), "month", "models.dev"),
        ("v3.2-turbo", date(2026, 2, 1), "day", "models.dev"),
    )
    assert found["v3.2-fast"] == (date(2025, 12, 1), "models.dev")
    assert found["v3.2-turbo"] == (date(2026, 2, 1), "models.dev")


def test_only_good_evidence_bounds_and_only_lists_are_bounded() -> None:
    """A base that lists alone date bounds nothing; who makes or curates a variant may date it earlier."""
    found = released(
        ("v3.2", BASE_ON, "day", "models.dev"),
        ("v3.2-fast", COPIED_ON, "day", "models.dev"),
        ("v4", BASE_ON, "day", "curated"),
        ("v4-fast", COPIED_ON, "day", "curated"),
    )
    assert found["v3.2-fast"] == (COPIED_ON, "models.dev")
    assert found["v4-fast"] == (COPIED_ON, "curated")
