"""A model is called as people write it, whatever a list puts around its name."""

from __future__ import annotations

import pytest

from ingest.identity.plain_titles import plain_title


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("xAI: Grok 4.20 Multi - Agent Beta (free)", "Grok 4.20 Multi-Agent Beta"),
        ("InternVL2_5-78B", "InternVL2.5-78B"),
        ("Hermes 2 Pro - Llama-3 8B", "Hermes 2 Pro - Llama-3 8B"),
        ("Z.ai: GLM 5", "GLM 5"),
        ("Claude 3.5 Sonnet (Oct 2024)", "Claude 3.5 Sonnet (Oct 2024)"),
        ("Claude Opus 5 (Fast)", "Claude Opus 5"),
        ("Model (tied) + Pointer", "Model (tied) + Pointer"),
        ("Model_5", "Model_5"),
        ("1_2_3", "1.2.3"),
        ("Semi - Pro", "Semi-Pro"),
        ("GPT-5:free", "GPT-5:free"),
        ("", ""),
    ],
)
def test_a_model_is_called_as_people_write_it(given: str, shown: str) -> None:
    """Without maker and remark, with points and hyphens that are no file's; a maker's own dash stays."""
    assert plain_title(given) == shown
