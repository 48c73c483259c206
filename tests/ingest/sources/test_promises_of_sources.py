"""What each source promises of itself: its flags decide alarms, deletions, and what may be handed on."""

from __future__ import annotations

import pytest

from ingest.source import Source
from ingest.sources.attention import arxiv, hn_terms, wikipedia_pageviews
from ingest.sources.benchmarks import (
    aider,
    arc_prize,
    arena_boards,
    arena_catalog,
    bfcl,
    epoch_benchmarks,
    helm,
    livebench,
    metr_time_horizons,
    swe_bench,
    tau2_bench,
)
from ingest.sources.facts import tables
from ingest.sources.feeds import sitemaps
from ingest.sources.markets import census_btos, census_btos_api, sec_companyfacts
from ingest.sources.prices import (
    genai_prices,
    gpu_rent_daily,
    litellm_prices,
    llm_prices,
    llmstats_providers,
    model_prices,
    modelpricewatch,
    models_dev,
    openrouter_history,
    openrouter_models,
    openrouter_speed,
)

_ONE = (
    *(arxiv, hn_terms, arc_prize, arena_catalog, bfcl, epoch_benchmarks, helm, livebench, swe_bench),
    *(tau2_bench, census_btos, census_btos_api, sec_companyfacts, genai_prices, gpu_rent_daily),
    *(litellm_prices, llm_prices, llmstats_providers, model_prices, modelpricewatch, models_dev),
    *(openrouter_history, openrouter_models),
)
_MANY = (wikipedia_pageviews, aider, arena_boards, metr_time_horizons, tables, sitemaps, openrouter_speed)
SOURCES: tuple[Source, ...] = (
    *(module.SOURCE for module in _ONE),
    *(source for module in _MANY for source in module.SOURCES),
)


@pytest.mark.parametrize(
    ("flag", "ids"),
    [
        (
            "core",
            "aider-edit aider-polyglot aider-refactor arc-prize arena-text epoch-benchmarks facts "
            "facts-restricted genai-prices litellm-prices livebench llm-prices metr-time-horizons models-dev "
            "openrouter-models sitemap-anthropic sitemap-deepseek wikipedia-pageviews",
        ),
        (
            "complete",
            "aider-edit aider-polyglot aider-refactor arc-prize bfcl epoch-benchmarks genai-prices "
            "helm-capabilities litellm-prices livebench llm-prices metr-time-horizons "
            "metr-time-horizons-1-0 modelpricewatch models-dev openrouter-history openrouter-models "
            "swe-bench",
        ),
        ("grouped", "arc-prize livebench llm-prices wikipedia-pageviews wikipedia-terms"),
        ("dates_readings", "modelpricewatch openrouter-history"),
    ],
)
def test_which_sources_promise_what(flag: str, ids: str) -> None:
    """Core ones alarm, of complete ones a missing row is gone, grouped ones are read together."""
    assert sorted(source.id for source in SOURCES if getattr(source, flag)) == ids.split()


def test_which_sources_may_not_be_handed_on() -> None:
    """Only these are held back by their licence; all of them are switched on."""
    held_back = sorted(source.id for source in SOURCES if not source.shippable)
    assert held_back == ["facts-restricted", "swe-bench"]
    assert all(source.enabled for source in SOURCES)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_how_large_an_answer_may_be(source: Source) -> None:
    """The boards of the arena hold their whole history; no other source needs more than usual."""
    arena = ("arena-text", "arena-text-style-control", "arena-webdev")
    assert source.max_bytes == (200_000_000 if source.id in arena else 64_000_000)
