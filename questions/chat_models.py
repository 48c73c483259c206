"""Which models hold conversations in text: no source states it, so their names tell."""

from __future__ import annotations

from typing import Final

import polars as pl

OTHER_KINDS: Final = (
    "(^|[-./])(3?guard|asr|audio|auto|banana|bge|dall-e|decide|edit|embed(ding)?s?"
    "|flux|image|imagen|live|lyria|moderation|mt2?|music|ocr|parakeet|realtime|recraft|rerank(er)?|robotics"
    "|router|safeguard|safety|seedance|seededit|seedream|sonic|sora|speech|stable-diffusion|transcribe"
    "|translate|tts|veo|video|voice|voicechat|voxtral|voyage|whisper)([-./]|$)"
)
"""In the id of a model that makes or hears sounds and pictures, translates, edits, embeds, ranks, guards,
routes or moves robots."""

IS_CHAT: Final = ~pl.col("model_id").str.contains(OTHER_KINDS)
