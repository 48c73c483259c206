"""Offers that end by their seller's notice of shut-down: then a model is history, whatever lists say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

SHUT_DOWN: Final = "shut down by notice"

NO_NOTICES: Final = pl.DataFrame(
    schema=pl.Schema(
        [
            ("model_id", pl.String),
            ("organization", pl.String),
            ("announced_on", pl.Date),
            ("shuts_down_on", pl.Date),
            ("observed_at", pl.Datetime("us", "UTC")),
            ("source_id", pl.String),
            ("url", pl.String),
            ("payload_sha256", pl.String),
        ]
    )
)

SPEAKS_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "OpenAI": ("openai",),
    "Anthropic": ("anthropic",),
    "Google": ("google",),
    "Google Vertex": ("vertex_ai",),
    "Vertex AI": ("vertex_ai",),
    "Azure": ("azure", "azure_ai"),
    "AWS Bedrock": ("bedrock",),
    "Groq": ("groq",),
    "Cohere": ("cohere",),
    "xAI": ("xai",),
    "Mistral": ("mistral",),
    "Mistral AI": ("mistral",),
    "DeepSeek": ("deepseek",),
}
"""Whose offers a notice ends, by who gives it."""


def shut_down(steps: pl.DataFrame, notices: pl.DataFrame) -> pl.DataFrame:
    """The steps with every offer ended on the day that its seller's newest notice names.

    What lists say of the time after is left out; a row that is not listed begins on that day.
    """
    last = _newest(notices)
    if last.is_empty():
        return steps
    dated = steps.join(last, on=["model_id", "provider"], how="left", maintain_order="left")
    day = pl.col("shuts_down_on")
    kept = dated.filter(day.is_null() | (pl.col("starts_on") < day))
    is_cut = day.is_not_null() & (pl.col("ends_on").is_null() | (pl.col("ends_on") >= day)).fill_null(True)
    cut = kept.with_columns(
        ends_on=pl.when(is_cut & pl.col("listed")).then(day).otherwise("ends_on"),
        reason=pl.when(is_cut & pl.col("listed")).then(pl.lit(SHUT_DOWN)).otherwise("reason"),
        last_confirmed_on=pl.when(is_cut)
        .then(pl.min_horizontal("last_confirmed_on", day))
        .otherwise("last_confirmed_on"),
    )
    ended = cut.filter(is_cut & pl.col("listed")).with_columns(
        starts_on=day,
        starts_after=pl.lit(None, dtype=pl.Date),
        basis=pl.lit("notice"),
        ends_on=pl.lit(None, dtype=pl.Date),
        reason=pl.lit(None, dtype=pl.String),
        listed=pl.lit(False),
        last_confirmed_on=day,
        for_sources=pl.concat_list("notice_source_id"),
        against_sources=pl.lit([], dtype=pl.List(pl.String)),
        still_said_by=pl.lit([], dtype=pl.List(pl.String)),
        n_agreeing=pl.lit(0, dtype=pl.Int32),
        source_id="notice_source_id",
        observed_at="notice_observed_at",
        url="notice_url",
        payload_sha256="notice_sha256",
        **{name: pl.lit(None, dtype=pl.Float64) for name in steps.columns if name.endswith("_usd_per_mtok")},
    )
    return pl.concat([cut.select(steps.columns), ended.select(steps.columns)]).sort(
        "model_id",
        "provider",
        "tier",
        "starts_on",
        "listed",
        descending=[False] * 4 + [True],
        maintain_order=True,
    )


def _newest(notices: pl.DataFrame) -> pl.DataFrame:
    """The newest notice of each seller for each model; of several of one day, the latest shut-down."""
    sellers = pl.DataFrame(
        [(giver, provider) for giver, providers in SPEAKS_FOR.items() for provider in providers],
        schema=pl.Schema([("organization", pl.String), ("provider", pl.String)]),
        orient="row",
    )
    return (
        notices.join(sellers, on="organization")
        .sort("announced_on", "shuts_down_on", "observed_at", "source_id", nulls_last=False)
        .unique(["model_id", "provider"], keep="last", maintain_order=True)
        .select(
            "model_id",
            "provider",
            "shuts_down_on",
            notice_source_id="source_id",
            notice_observed_at="observed_at",
            notice_url="url",
            notice_sha256="payload_sha256",
        )
    )
