"""Which series of attention are known, by the names that readers see, each with its bias."""

from __future__ import annotations

from typing import Final

import polars as pl

from charts.hype.attention_over_time import PageLabel
from charts.hype.other_attention import Measure
from questions.series import series
from questions.view import View

PAGES: Final = {
    "chatgpt": PageLabel("ChatGPT", "OpenAI"),
    "openai": PageLabel("OpenAI", "OpenAI"),
    "gpt-4": PageLabel("GPT-4", "OpenAI"),
    "gpt-5": PageLabel("GPT-5", "OpenAI"),
    "claude": PageLabel("Claude", "Anthropic"),
    "anthropic": PageLabel("Anthropic", "Anthropic"),
    "gemini": PageLabel("Gemini", "Google"),
    "gemini-chatbot": PageLabel("Gemini (one title)", "Google"),
    "deepseek": PageLabel("DeepSeek", "DeepSeek"),
    "qwen": PageLabel("Qwen", "Alibaba"),
    "llama": PageLabel("Llama", "Meta"),
    "mistral-ai": PageLabel("Mistral AI", "Mistral"),
    "grok": PageLabel("Grok", "xAI"),
    "microsoft-copilot": PageLabel("Copilot", "Microsoft"),
    "perplexity-ai": PageLabel("Perplexity", "Perplexity"),
}
"""Wikipedia articles by the words in their series ids."""

SUBJECTS: Final = {"claude-ai": "claude", "claude-language-model": "claude"}
"""Titles of one article that was moved: their views are added up, or the move would look like a rise."""

WIKIPEDIA_MONTHLY: Final = "wikipedia-monthly-"
_WIKIPEDIA: Final = "Views by people, as Wikimedia counts them, of one article of the English Wikipedia."
_CHINA: Final = "Distinct titles that match by name: some are missed, some counted wrongly."

MEASURES: Final = {
    "wikipedia-monthly-chatgpt": ("Wikipedia, page ChatGPT, views", ",~s", _WIKIPEDIA),
    "wikipedia-monthly-gemini": ("Wikipedia, page Gemini, views", ",~s", _WIKIPEDIA),
    "github-trending-llm-share": (
        "GitHub trending, share of language-model repositories",
        ".0%",
        "A word list over names and descriptions; what trends is GitHub's own choice and counts once a day.",
    ),
    "github-trending-ai-share": (
        "GitHub trending, share of AI repositories",
        ".0%",
        "A wider word list, machine learning included; what trends is GitHub's own choice.",
    ),
    "hn-top30-ai-share": (
        "Hacker News, share of AI in the daily top 30",
        ".0%",
        "One community of programmers; a word list over titles.",
    ),
    "hn-ai-comments": (
        "Hacker News, comments that name AI",
        ",~s",
        "A word list of today, so older months miss older words, and the record ends in 2024.",
    ),
    "china-hot-topics-zhihu-ai-per-1000-topics": ("Zhihu, AI per 1,000 hot topics", ",~r", _CHINA),
    "china-hot-topics-weibo-ai-per-1000-topics": ("Weibo, AI per 1,000 hot topics", ",~r", _CHINA),
    "slashdot-ai-share": (
        "Slashdot, share of AI headlines",
        ".1%",
        "The record ends in 2017: it shows the wave of deep learning before this one; "
        "months with fewer than 100 headlines are left out.",
    ),
}
"""Monthly series: name, how values are written, and what spoils them."""

_CADENCE: Final = r"^wikipedia-(daily|weekly|monthly)-(.*)$"
_HEADLINES: Final = pl.col("note").str.extract(r"^(\d+) headlines").cast(pl.Int64)
_ENOUGH: Final = _HEADLINES.is_null() | (_HEADLINES >= 100)


def label_of(page: str) -> PageLabel:
    """The label of a Wikipedia article; its own words where it is not known here."""
    return PAGES.get(page, PageLabel(page, None))


def monthly_points(view: View) -> pl.DataFrame:
    """Points of all monthly measures (see series_points.sql); shares of few headlines are left out."""
    return series(view, *MEASURES).filter(_ENOUGH)


def measures(points: pl.DataFrame) -> dict[str, Measure]:
    """The monthly measures that have points, by series id, in the order of `MEASURES`."""
    found = {}
    for series_id, (title, tickformat, caveat) in MEASURES.items():
        own = points.filter(series_id=series_id)
        if own.height:
            found[series_id] = Measure(title, own, tickformat, caveat)
    return found


def wikipedia(view: View) -> pl.DataFrame:
    """All views of Wikipedia articles (see series_points.sql), with page (a title) and cadence."""
    return series(view, "wikipedia-%").with_columns(
        cadence=pl.col("series_id").str.extract(_CADENCE, 1),
        page=pl.col("series_id").str.extract(_CADENCE, 2),
    )


def subjects(views: pl.DataFrame) -> pl.DataFrame:
    """Views by article, those of all its titles added up: page, cadence, valid_on, value, source_id.

    `views`: page (a title), cadence, valid_on, value, source_id.
    """
    return (
        views.with_columns(pl.col("page").replace(SUBJECTS))
        .group_by("page", "cadence", "valid_on")
        .agg(pl.col("value").sum(), pl.col("source_id").first())
        .sort("page", "cadence", "valid_on")
    )
