"""Which models hold conversations in text, by their names."""

from __future__ import annotations

import polars as pl

from questions.chat_models import IS_CHAT


def test_models_of_pictures_and_sounds_are_no_chat_models() -> None:
    """A word counts only by itself: "edit" does not rule out "credits"."""
    names = [
        "gpt-5",
        "gemini-2.5-flash-image-preview",
        "gpt-4o-audio-preview",
        "flux.2-max",
        "qwen-image-edit",
    ]
    chat = pl.DataFrame({"model_id": [*names, "credits-7b"]}).filter(IS_CHAT)
    assert chat["model_id"].to_list() == ["gpt-5", "credits-7b"]
