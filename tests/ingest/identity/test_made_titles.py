"""A model that no source names in words has a title all the same."""

from __future__ import annotations

import pytest

from ingest.identity.made_titles import made_title


@pytest.mark.parametrize(
    ("model_id", "title"),
    [
        ("gpt-6-astra", "GPT-6 Astra"),
        ("claude-opus-5-5", "Claude Opus 5.5"),
        ("gemini-4-argon", "Gemini 4 Argon"),
        ("deepseek-v4.1-flash", "DeepSeek V4.1 Flash"),
        ("qwen3.8-27b", "Qwen3.8 27B"),
        ("some-maker/great-model-7b", "Great Model 7B"),
        ("seed-2.1-pro-2026-06-28", "Seed 2.1 Pro (2026-06-28)"),
        ("claude-haiku-4-5-20251001", "Claude Haiku 4.5 (2025-10-01)"),
        ("o3-mini", "o3 Mini"),
        ("gpt-4.1-nano", "GPT-4.1 Nano"),
        ("qwen3.8-max-0902", "Qwen3.8 Max 0902"),
        ("ft-babbage-002", "Fine-tuned Babbage 002"),
        ("ft-gpt-4o-2024-08-06", "Fine-tuned GPT-4o (2024-08-06)"),
        ("x", "X"),
    ],
)
def test_a_name_is_made_a_title(model_id: str, title: str) -> None:
    """Versions get their point, sizes and short names their capitals, a date its brackets."""
    assert made_title(model_id) == title


@pytest.mark.parametrize("model_id", ["-", "/", "2026-06-28", "__", "ft-", "a/ft-"])
def test_what_cannot_be_a_title_stays(model_id: str) -> None:
    """No title is empty, or ends where a name should follow."""
    title = made_title(model_id)
    assert title
    assert title == title.strip()
