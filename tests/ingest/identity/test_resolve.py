"""One identity per model: measured on labelled names, and rule by rule."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from itertools import pairwise
from math import comb
from pathlib import Path

import polars as pl
import pytest

from ingest.identity.catalogue import CatalogueError, ModelKind, load_catalogue
from ingest.identity.identify import resolver_for
from ingest.identity.match_rules import read_match_rules
from ingest.identity.resolve import RESOLVED_SCHEMA, UNRESOLVED, Resolver
from ingest.identity.unresolved import with_suggestions

LABELLED = Path(__file__).with_name("labelled_names.csv")


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def labelled() -> list[dict[str, str]]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs(counts: Counter[object]) -> int:
    return sum(comb(count, 2) for count in counts.values())


def pairs_joined_rightly(rows: list[dict[str, str]], resolver: Resolver) -> tuple[float, float]:
    """Precision and recall over pairs of names with the same identity."""
    wanted = [row["model_id"] for row in rows]
    found = [resolver.resolve(row["name"], source_id=row["source_id"]).model_id for row in rows]
    both = pairs(Counter(zip(wanted, found, strict=True)))
    return both / pairs(Counter(found)), both / pairs(Counter(wanted))


def test_labelled_set_is_large_and_wide() -> None:
    """At least 600 names of at least 25 sources are labelled by hand, at least 150 of them held out."""
    rows = labelled()
    assert len(rows) >= 600
    assert len({row["source_id"] for row in rows}) >= 25
    assert sum(row["held_out"] == "yes" for row in rows) >= 150
    assert len({(row["name"], row["source_id"]) for row in rows}) == len(rows)


@pytest.mark.parametrize("held_out", ["yes", "no"])
def test_pairs_of_labelled_names(resolver: Resolver, held_out: str) -> None:
    """Of pairs that are joined 99.5 % belong together, and 95 % of those that belong together are joined."""
    precision, recall = pairs_joined_rightly(
        [row for row in labelled() if row["held_out"] == held_out], resolver
    )
    assert precision >= 0.995
    assert recall >= 0.95


def test_identity_is_the_one_that_the_label_names(resolver: Resolver) -> None:
    """Not only are names joined rightly: 99 % of them carry the documented form of the model_id."""
    rows = labelled()
    right = sum(
        resolver.resolve(row["name"], source_id=row["source_id"]).model_id == row["model_id"] for row in rows
    )
    assert right / len(rows) >= 0.99


def test_settings_of_labelled_names(resolver: Resolver) -> None:
    """Where the label states a setting, the name yields that setting in the one form."""
    rows = [row for row in labelled() if row["setting"]]
    assert len(rows) >= 25
    for row in rows:
        assert resolver.resolve(row["name"], source_id=row["source_id"]).setting == row["setting"], row[
            "name"
        ]


SPELLINGS = [
    ("openai/gpt-4o-2024-08-06", "gpt-4o-2024-08-06", "date"),
    ("GPT-4o (Aug '24)", "gpt-4o-2024-08-06", "date"),
    ("gpt-4o-20240806", "gpt-4o-2024-08-06", "date"),
    ("azure/eu/gpt-4o-2024-08-06", "gpt-4o-2024-08-06", "date"),
    ("o1-preview", "o1-preview-2024-09-12", "only version"),
    ("gpt-4o", "gpt-4o", "moving alias"),
    ("gemini-1.5-pro-002", "gemini-1.5-pro-002", "version number"),
    ("DeepSeek-V3 (Mar 2025)", "deepseek-v3-0324", "release date"),
    ("anthropic/claude-4-opus-20250522", "claude-opus-4-20250514", "release date"),
    ("google/gemini-3-pro-preview-20251117", "gemini-3-pro-preview", "listing date"),
    ("gemini-3-pro", "gemini-3-pro-preview", "preview left out"),
    ("gemma3:27b", "gemma-3-27b-it", "instruct left out"),
    ("Mistral Large 2", "mistral-large-2407", "alias"),
    ("vertex_ai/jamba-1.5-large@001", "jamba-1.5-large", "first version"),
    ("Claude Sonnet 4.5", "claude-sonnet-4-5-20250929", "only version"),
    ("claude-4-5-sonnet", "claude-sonnet-4-5-20250929", "only version"),
    ("Kimi K2 (Thinking)", "kimi-k2-thinking", "thinking weights"),
    ("openai-gpt-54-mini", "gpt-5.4-mini-2026-03-17", "point left out"),
    ("qwen3.5:397b-cloud", "qwen3.5-397b-a17b", "active size left out"),
    ("GPT-5 + Codex CLI", "gpt-5-2025-08-07", "scaffold and model"),
    ("llama-3.1-70b-instruct", "llama-3.1-70b-instruct", "exact"),
    ("mini-SWE-agent + Claude 3.7 Sonnet (20250219)", "claude-3-7-sonnet-20250219", "scaffold and model"),
]


@pytest.mark.parametrize(("name", "model_id", "rule"), SPELLINGS)
def test_rule_that_fires_is_named(resolver: Resolver, name: str, model_id: str, rule: str) -> None:
    """Each spelling leads to its identity, and the resolution names the rule that led there."""
    resolution = resolver.resolve(name)
    assert (resolution.model_id, resolution.rule) == (model_id, rule)


NEAR_NAMES = [
    [
        "gpt-7",
        "gpt-7-mini",
        "gpt-7-nano",
        "gpt-7-pro",
        "gpt-7-codex",
        "gpt-7-codex-mini",
        "gpt-7.1",
        "gpt-7-chat-latest",
        "gpt-7-audio",
        "gpt-7-search-api",
        "gpt-7-2027-01-01",
        "gpt-7-2027-05-01",
        "gpt-7-turbo",
        "gpt-7-codex-max",
        "gpt-7-image",
        "gpt-7-realtime",
    ],
    [
        "claude-opus-6",
        "claude-sonnet-6",
        "claude-haiku-6",
        "claude-opus-6-5",
        "claude-opus-6-20270115",
        "claude-opus-6-20270401",
        "claude-opus-6-fast",
    ],
    [
        "gemini-4-pro",
        "gemini-4-flash",
        "gemini-4-flash-lite",
        "gemini-4-pro-preview",
        "gemini-4-pro-preview-01-27",
        "gemini-4-pro-preview-03-05",
        "gemini-4-pro-exp",
        "gemini-4-deep-think",
        "gemini-4-flash-image",
        "gemini-4-pro-tts",
        "gemini-4-flash-live",
    ],
    [
        "qwen4-32b",
        "qwen4-32b-base",
        "qwen4-100b-a10b",
        "qwen4-100b-a10b-thinking-2703",
        "qwen4-100b-a10b-instruct-2703",
        "qwen4-max",
        "qwen4-max-preview",
        "qwen4-coder-32b",
        "qwen4-vl-32b",
        "qwen4-plus",
        "qwen4-flash",
        "qwen4-turbo",
        "qwen4-max-thinking",
    ],
    [
        "deepseek-v5",
        "deepseek-v5.1",
        "deepseek-v5-0327",
        "deepseek-r3",
        "deepseek-v5-base",
        "deepseek-v5-exp",
        "deepseek-v5-lite",
        "deepseek-coder-v5",
        "deepseek-v5-speciale",
    ],
    [
        "llama-5-70b",
        "llama-5-70b-instruct",
        "llama-5-8b-instruct",
        "llama-5-70b-vision-instruct",
        "llama-guard-5-8b",
        "llama-5-nemotron-70b-instruct",
    ],
    [
        "grok-6",
        "grok-6-mini",
        "grok-6-fast",
        "grok-6-beta",
        "grok-6-heavy",
        "grok-6-0327",
        "grok-code-fast-2",
    ],
    [
        "mistral-medium-5",
        "mistral-small-5",
        "mistral-large-5",
        "ministral-5-8b",
        "codestral-2703",
        "mistral-large-2703",
        "mistral-large-2709",
    ],
    ["kimi-k4", "kimi-k4-turbo", "kimi-k4.5"],
    ["glm-7", "glm-7-air", "glm-7v", "glm-7-flash", "glm-7-turbo", "glm-7.5"],
    ["o5", "o5-mini", "o5-pro", "o5-preview", "o5-deep-research"],
    ["phi-5", "phi-5-mini", "phi-5-mini-128k-instruct", "phi-5-multimodal", "phi-5-reasoning"],
    ["phi-4", "phi-4-reasoning", "phi-4-reasoning-plus", "phi-4-mini-reasoning", "phi-4-mini-instruct"],
    [
        "gpt-4o",
        "gpt-4o-mini",
        "chatgpt-4o-latest",
        "gpt-4o-2024-05-13",
        "gpt-4o-2024-08-06",
        "gpt-4o-2024-11-20",
        "gpt-4o-audio-preview",
        "gpt-4o-realtime-preview",
        "gpt-4o-transcribe",
    ],
    [
        "deepseek-chat",
        "deepseek-v3",
        "deepseek-v3-0324",
        "deepseek-v3.1",
        "deepseek-v2.5",
        "deepseek-reasoner",
        "deepseek-r1",
        "deepseek-r1-zero",
        "deepseek-r1-distill-llama-70b",
        "deepseek-r1-distill-qwen-32b",
    ],
    ["mistral-large", "mistral-large-2402", "mistral-large-2407", "mistral-large-2411", "mistral-large-2512"],
    [
        "command-r-plus-08-2024",
        "command-r-plus-04-2024",
        "command-r-08-2024",
        "command-r7b-12-2024",
        "command-a-03-2025",
    ],
    ["nova-pro-v1", "nova-lite-v1", "nova-micro-v1", "nova-premier-v1", "nova-2-lite-v1", "nova-sonic-v1:0"],
    [
        "gemini-1.5-pro",
        "gemini-1.5-pro-001",
        "gemini-1.5-pro-002",
        "gemini-1.5-pro-exp-0801",
        "gemini-1.5-pro-exp-0827",
        "gemini-1.5-flash",
        "gemini-1.5-flash-8b",
    ],
    [
        "gpt-3.5-turbo",
        "gpt-3.5-turbo-0301",
        "gpt-3.5-turbo-0613",
        "gpt-3.5-turbo-1106",
        "gpt-3.5-turbo-0125",
        "gpt-3.5-turbo-16k",
        "gpt-3.5-turbo-instruct",
    ],
    [
        "gpt-4",
        "gpt-4-0314",
        "gpt-4-0613",
        "gpt-4-32k",
        "gpt-4-1106-preview",
        "gpt-4-0125-preview",
        "gpt-4-turbo-2024-04-09",
        "gpt-4-turbo-preview",
        "gpt-4-vision-preview",
    ],
    [
        "llama-3-70b",
        "llama-3-70b-instruct",
        "llama-3.1-70b-instruct",
        "llama-3.3-70b-instruct",
        "llama-2-70b-chat",
        "llama-2-70b",
        "llama-3.1-nemotron-70b-instruct",
        "hermes-3-llama-3.1-70b",
        "deepseek-r1-distill-llama-70b",
        "huihui-ai/llama-3.1-70b-instruct-abliterated",
    ],
    [
        "qwen2.5-72b",
        "qwen2.5-72b-instruct",
        "qwen2.5-vl-72b-instruct",
        "qwen2-72b-instruct",
        "qwen1.5-72b-chat",
        "qwen2.5-math-72b-instruct",
        "qwen2.5-7b-instruct",
        "qwen-2.5-7b-instruct-1m",
        "qwen2.5-14b-instruct-1m",
    ],
    ["gpt-oss-20b", "gpt-oss-120b", "gpt-oss-safeguard-20b"],
    ["kimi-k2", "kimi-k2-0905", "kimi-k2-thinking", "kimi-k2-base", "kimi-k2.5", "kimi-dev-72b"],
    [
        "glm-4.5",
        "glm-4.5-air",
        "glm-4.5v",
        "glm-4.5-x",
        "glm-4.5-airx",
        "glm-4.6",
        "glm-4-32b-0414",
        "glm-z1-32b-0414",
    ],
    [
        "claude-3-opus",
        "claude-opus-4",
        "claude-opus-4-1",
        "claude-opus-4-5",
        "claude-opus-4-6",
        "claude-opus-4-7",
        "claude-opus-4-6-fast",
    ],
    ["claude-2", "claude-2.1", "claude-instant-1", "claude-instant-1.2", "claude-1"],
    [
        "gemini-2.0-flash-thinking-exp-1219",
        "gemini-2.0-flash-thinking-exp-01-21",
        "gemini-2.0-flash-thinking-exp",
        "gemini-2.0-flash-exp",
        "gemini-2.0-flash-001",
        "gemini-2.0-flash-lite-001",
        "gemini-2.0-pro-exp-02-05",
    ],
    [
        "o1",
        "o1-preview",
        "o1-mini",
        "o1-pro",
        "o3",
        "o3-mini",
        "o3-pro",
        "o3-deep-research",
        "o4-mini",
        "o4-mini-deep-research",
    ],
    [
        "mistral-7b-instruct-v0.1",
        "mistral-7b-instruct-v0.2",
        "mistral-7b-instruct-v0.3",
        "mistral-7b-v0.1",
        "mistral-7b-instruct",
    ],
    ["minimax-m2", "minimax-m2.1", "minimax-m2.1-lightning", "minimax-m1", "minimax-text-01"],
    ["grok-4", "grok-4-fast", "grok-4.1", "grok-4-1-fast", "grok-4-heavy", "grok-code-fast-1"],
    [
        "gemma-3-27b-it",
        "gemma-3-27b-pt",
        "gemma-3-12b-it",
        "gemma-3n-e4b-it",
        "gemma-2-27b-it",
        "medgemma-27b-it",
    ],
    ["yi-34b", "yi-34b-chat", "yi-34b-200k", "yi-1.5-34b-chat"],
    ["gpt-4o", "gpt-4o-mini", "chatgpt-4o-latest", "gpt-4o-audio-preview", "gpt-4o-search-preview", "gpt-4"],
    ["o1", "o1-preview", "o1-mini", "o1-pro", "o3", "o3-mini", "o3-pro", "o3-deep-research"],
    ["claude-3-5-sonnet-20240620", "claude-3-5-sonnet-20241022", "claude-3-5-sonnet", "claude-3-5-haiku"],
    ["deepseek-v3", "deepseek-v3-0324", "deepseek-v3.1", "deepseek-v3-base", "deepseek-v3.1-terminus"],
    ["gemini-2.5-pro", "gemini-2.5-pro-preview-05-06", "gemini-2.5-pro-exp-03-25", "gemini-2.5-flash"],
    ["gpt-5.1-codex", "gpt-5.1-codex-max", "gpt-5.1-codex-mini", "gpt-5.1", "gpt-5.1-chat-latest"],
    ["gpt-4.5-preview", "gpt-5.4", "gpt-5.4-pro"],
    ["gemini-exp-1114", "gemini-exp-1121", "gemini-exp-1206"],
    ["qwen3-235b-a22b", "qwen3-235b-a22b-thinking-2507", "qwen3-235b-a22b-instruct-2507"],
    ["kimi-k2", "kimi-k2-thinking", "kimi-k2-thinking-turbo", "kimi-k2-0905", "kimi-k2.5"],
    ["llama-3.1-70b", "llama-3.1-70b-instruct", "someone/llama-3.1-70b-instruct"],
    ["mistral-medium-3", "mistral-medium-3.1", "mistral-small-3.1", "mistral-small-3.2"],
    ["qwq-32b", "qwq-32b-preview"],
    ["gemma-2-9b", "gemma-2-9b-it", "gemma-2-9b-it-simpo"],
    ["davinci", "davinci-002", "text-davinci-002", "text-davinci-003"],
    ["glm-4.6", "glm-4.6v", "glm-4.7", "glm-4.7-flash", "glm-4.7-flashx"],
]


@pytest.mark.parametrize("names", NEAR_NAMES, ids=lambda names: names[0])
def test_near_names_stay_different(resolver: Resolver, names: list[str]) -> None:
    """Names that differ in a word that tells models apart never share an identity."""
    assert len({resolver.resolve(name).model_id for name in names}) == len(names)


WRITTEN_MANY_WAYS = {
    "gpt-4o-2024-08-06": [
        "GPT-4o (2024-08-06)",
        "gpt-4o-2024-08-06:extended",
        "GPT-4o (Aug '24)",
        "GPT-4o (Aug. 2024)",
        "gpt-4o-0806",
        "openai/gpt-4o-08-06",
        "gpt-4o-2024-08-06_medium",
        "azure/global-standard/gpt-4o-2024-08-06",
        "GPT 4o 2024-08-06",
        "gpt-4o (08/06)",
        "gpt-4o-2024-08-06 (temperature 0)",
        "GPT-4o-20240806 + Agentless",
    ],
    "claude-sonnet-4-20250514": [
        "us.anthropic.claude-sonnet-4-20250514-v1:0",
        "Claude 4 Sonnet",
        "claude-sonnet-4@20250514",
        "Claude Sonnet 4 (Thinking)",
        "claude-4-sonnet-thinking",
        "anthropic/claude-sonnet-4",
        "Claude Sonnet 4 (20250514)",
        "claude-sonnet-4-20250514 (extended thinking)",
        "claude-4-sonnet-20250514/cline",
        "bedrock/eu-west-1/anthropic.claude-sonnet-4-20250514-v1:0",
        "Claude 4 Sonnet (64k thinking)",
        "global.anthropic.claude-sonnet-4-20250514-v1:0",
        "anthropic/claude-sonnet-4:thinking",
    ],
    "claude-3-5-sonnet-20241022": [
        "anthropic.claude-3-5-sonnet-20241022-v2:0",
        "claude-3-5-sonnet-v2@20241022",
        "Claude 3.5 Sonnet (Oct '24)",
        "Claude 3.5 Sonnet (New)",
        "claude-3.5-sonnet-1022",
        "Claude-3.5-Sonnet-20241022",
        "Claude 3.5 Sonnet v2",
    ],
    "claude-3-5-sonnet-20240620": [
        "vertex_ai/claude-3-5-sonnet@20240620",
        "Claude 3.5 Sonnet (June '24)",
        "Claude 3.5 Sonnet (Jun 2024)",
        "claude-3-5-sonnet-0620",
        "Claude 3.5 Sonnet (old)",
    ],
    "claude-opus-4-1-20250805": [
        "claude-opus-4.1 (thinking 16k)",
        "Claude Opus 4.1",
        "Claude 4.1 Opus Thinking",
        "claude-opus-4-1@20250805",
        "Claude Opus 4.1 + Claude Code",
        "claude-opus-4-1-20250805-thinking-16k",
    ],
    "claude-sonnet-4-5-20250929": [
        "Claude Sonnet 4.5 (Thinking)",
        "claude-4.5-sonnet",
        "Claude Sonnet 4.5 (high)",
        "Claude-Sonnet-4.5 (thinking, 32k)",
        "claude-sonnet-4-5-20250929-thinking-32k",
        "Claude Code (Claude Sonnet 4.5)",
    ],
    "o3-2025-04-16": [
        "o3 (high)",
        "o3-high",
        "OpenAI o3",
        "o3_high",
        "openai/o3-2025-04-16",
        "o3 (high) + Codex CLI",
        "o3 - high",
        "o3-medium",
    ],
    "o3-mini-2025-01-31": [
        "o3-mini-high",
        "o3-mini (high)",
        "o3 mini",
        "o3-mini-2025-01-31-low",
        "OpenAI o3-mini (medium)",
    ],
    "o1-pro-2025-03-19": ["o1-pro", "o1 pro", "o1-pro (high)", "OpenAI o1-pro"],
    "deepseek-r1-0528": [
        "DeepSeek R1 0528",
        "deepseek-r1-0528:free",
        "DeepSeek-R1 (May 2025)",
        "DeepSeek R1 (May '25)",
        "deepseek-ai/DeepSeek-R1-0528",
        "R1 0528",
        "DeepSeek R1 05/28",
    ],
    "deepseek-r1": [
        "DeepSeek R1",
        "deepseek/deepseek-r1:free",
        "deepseek-ai/DeepSeek-R1",
        "DeepSeek R1 (Jan '25)",
        "DeepSeek R1 (January 2025)",
        "fireworks_ai/accounts/fireworks/models/deepseek-r1",
        "DeepSeek-R1-671B",
    ],
    "deepseek-chat": ["deepseek-chat", "deepseek/deepseek-chat"],
    "deepseek-reasoner": ["deepseek-reasoner", "deepseek/deepseek-reasoner"],
    "deepseek-v3-0324": [
        "deepseek-chat-v3-0324",
        "DeepSeek V3 0324",
        "DeepSeek-V3 (Mar '25)",
        "deepseek/deepseek-chat-v3-0324:free",
        "DeepSeek V3 (March 2025)",
    ],
    "llama-3.3-70b-instruct": [
        "Llama-3.3-70B-Instruct-Turbo",
        "meta-llama/Llama-3.3-70B-Instruct",
        "Llama 3.3 70B",
        "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
        "groq/llama-3.3-70b-versatile",
        "us.meta.llama3-3-70b-instruct-v1:0",
        "llama3.3:70b",
        "Llama 3.3 Instruct 70B",
        "cerebras/llama-3.3-70b",
    ],
    "llama-3.1-405b-instruct": [
        "meta-llama/Meta-Llama-3.1-405B-Instruct-FP8",
        "Llama 3.1 405B Instruct",
        "accounts/fireworks/models/llama-v3p1-405b-instruct",
        "Llama-3.1-405B-Instruct-Turbo",
        "Llama 3.1 Instruct 405B",
    ],
    "llama-3.1-70b-instruct": [
        "accounts/fireworks/models/llama-v3p1-70b-instruct",
        "fireworks_ai/accounts/fireworks/models/llama-v3p1-70b-instruct",
        "meta.llama3-1-70b-instruct-v1:0",
        "Meta-Llama-3.1-70B-Instruct-Turbo",
        "Llama 3.1 Instruct 70B",
    ],
    "llama-3.1-8b-instruct": [
        "@cf/meta/llama-3.1-8b-instruct",
        "@cf/meta/llama-3.1-8b-instruct-awq",
        "groq/llama-3.1-8b-instant",
        "meta-llama/Meta-Llama-3.1-8B-Instruct-GGUF:Q4_K_M",
        "Llama-3.1-8B-Instruct-AWQ-INT4",
        "hugging-quants/Meta-Llama-3.1-8B-Instruct-GPTQ-INT4",
    ],
    "gemini-2.5-flash-preview-04-17": [
        "gemini-2.5-flash-preview-04-17-thinking",
        "gemini-2.5-flash-preview-04-17",
        "gemini-2.5-flash-preview-04-17 (thinking 24k)",
        "Gemini 2.5 Flash Preview (04-17)",
        "Gemini 2.5 Flash (Apr '25)",
    ],
    "gemini-2.5-pro": [
        "Gemini 2.5 Pro (Jun '25)",
        "gemini-2.5-pro",
        "Gemini 2.5 Pro",
        "google/gemini-2.5-pro",
        "vertex_ai/gemini-2.5-pro",
        "Gemini-2.5-Pro (Thinking 32k)",
        "gemini-2.5-pro (GA)",
    ],
    "gemini-exp-1206": [
        "gemini-exp-1206",
        "Gemini Exp 1206",
        "google/gemini-exp-1206:free",
        "Gemini-Exp-1206",
    ],
    "grok-3-beta": ["grok-3-beta", "Grok 3 Beta", "x-ai/grok-3-beta", "Grok 3 (Beta)"],
    "grok-3": ["grok-3", "xai/grok-3-latest", "Grok 3"],
    "qwen2.5-72b-instruct": [
        "Qwen2.5-72B-Instruct-AWQ",
        "Qwen/Qwen2.5-72B-Instruct",
        "Qwen2.5 72B Instruct",
        "qwen-2.5-72b-instruct:free",
        "Qwen2.5-72B-Instruct-Turbo",
        "Qwen2.5-72B-Instruct-GPTQ-Int4",
        "Qwen2.5 Instruct 72B",
    ],
    "qwen3-235b-a22b-thinking-2507": [
        "qwen3-235b-a22b-thinking-2507",
        "Qwen3 235B A22B 2507 (Reasoning)",
        "Qwen/Qwen3-235B-A22B-Thinking-2507-FP8",
        "Qwen3 235B A22B Thinking 2507",
        "Qwen3-235B-A22B-2507 (Thinking)",
    ],
    "qwen3-235b-a22b-instruct-2507": [
        "Qwen3 235B A22B 2507 Instruct",
        "qwen3-235b-a22b-2507",
        "Qwen3 235B A22B Instruct 2507",
    ],
    "qwen3-235b-a22b": [
        "Qwen3 235B A22B",
        "qwen3-235b-a22b-fp8-tput",
        "Qwen3 235B A22B (Reasoning)",
        "Qwen3 235B A22B (no think)",
        "Qwen3-235B-A22B (Thinking)",
    ],
    "mistral-large-2407": [
        "mistral-large-2407",
        "Mistral Large 2",
        "mistral-large@2407",
        "Mistral-Large-Instruct-2407",
        "mistral.mistral-large-2407-v1:0",
        "Mistral Large (Jul '24)",
        "Mistral Large 2 (Jul '24)",
    ],
    "mistral-large-2411": [
        "mistral-large-2411",
        "Mistral-Large-Instruct-2411",
        "Mistral Large 2 (Nov '24)",
        "Mistral Large (Nov '24)",
    ],
    "command-r-plus-08-2024": [
        "command-r-plus-08-2024",
        "Command R+ (08-2024)",
        "CohereForAI/c4ai-command-r-plus-08-2024",
        "Command-R+ (Aug '24)",
    ],
    "nova-pro-v1": [
        "nova-pro-v1:0",
        "amazon.nova-pro-v1:0",
        "us.amazon.nova-pro-v1:0",
        "Amazon Nova Pro",
        "Nova Pro",
        "amazon/nova-pro-v1",
        "Nova Pro 1.0",
    ],
    "gpt-5-2025-08-07": [
        "gpt-5 (minimal)",
        "gpt-5-2025-08-07",
        "GPT-5 (high)",
        "gpt-5-high",
        "GPT-5 Thinking",
        "openai/gpt-5:high",
        "GPT-5 (reasoning: high)",
        "gpt-5 (reasoning_effort=high)",
        "gpt-5 [high]",
        "GPT-5 (medium reasoning effort)",
        "OpenHands + GPT-5",
        "GPT-5 + Codex CLI",
        "gpt-5-2025-08-07-minimal",
        "gpt-5/cline",
    ],
    "gpt-5-chat-latest": ["gpt-5-chat-latest", "openai/gpt-5-chat", "GPT-5 (ChatGPT)"],
    "gpt-oss-120b": [
        "gpt-oss-120b (high)",
        "openai/gpt-oss-120b:exacto",
        "gpt-oss:120b",
        "GPT OSS 120B",
        "gpt-oss-120b-mxfp4",
        "gpt-oss-120B (low)",
        "openai.gpt-oss-120b-1:0",
    ],
    "kimi-k2-0905-preview": [
        "kimi-k2-0905",
        "Kimi K2 0905",
        "moonshotai/Kimi-K2-Instruct-0905",
        "Kimi K2 (Sep '25)",
    ],
    "kimi-k2-thinking": ["Kimi K2 Thinking", "Kimi K2 (Thinking)", "moonshotai/kimi-k2-thinking:free"],
    "glm-4.5-air": [
        "GLM-4.5-Air",
        "zai-org/GLM-4.5-Air-FP8",
        "z-ai/glm-4.5-air:free",
        "GLM 4.5 Air (thinking)",
    ],
    "claude-3-7-sonnet-20250219": [
        "Claude 3.7 Sonnet",
        "Claude 3.7 Sonnet Thinking",
        "claude-3-7-sonnet-latest",
        "claude-3.7-sonnet:thinking",
        "Claude 3.7 Sonnet (64k)",
        "Claude 3.7 Sonnet [Thinking]",
        "mini-SWE-agent + Claude 3.7 Sonnet",
        "claude-3-7-sonnet-20250219 (no thinking)",
    ],
    "gpt-4-turbo-2024-04-09": [
        "GPT-4 Turbo",
        "gpt-4-turbo-2024-04-09",
        "GPT-4 Turbo (Apr '24)",
        "azure/gpt-4-turbo-2024-04-09",
    ],
    "gpt-4.1-2025-04-14": ["GPT-4.1", "azure/us/gpt-4.1-2025-04-14", "gpt-4.1-20250414"],
    "qwen3-32b": ["Qwen3-32B (Thinking)", "qwen/qwen3-32b:free", "Qwen3-32B-AWQ", "Qwen3 32B (no thinking)"],
}

NOT_CATALOGUED_YET = {
    "claude-opus-6-20270115": [
        "claude-opus-6-20270115",
        "anthropic.claude-opus-6-20270115-v1:0",
        "us.anthropic.claude-opus-6-20270115-v1:0",
        "vertex_ai/claude-opus-6@20270115",
        "anthropic/claude-opus-6-20270115 (thinking 32k)",
        "claude-opus-6-20270115_high",
        "claude-opus-6-20270115-thinking-64k",
    ],
    "claude-opus-6": [
        "Claude Opus 6",
        "claude-opus-6-thinking",
        "Claude 6 Opus",
        "anthropic/claude-opus-6",
        "claude-opus-6 (max)",
        "claude-opus-6-high",
    ],
    "gpt-7-mini": [
        "gpt-7-mini",
        "GPT-7 mini",
        "openai/gpt-7-mini",
        "gpt-7-mini-high",
        "GPT-7 mini (xhigh)",
        "azure/eu/gpt-7-mini",
        "gpt-7-mini_medium",
        "OpenAI: GPT-7 Mini",
        "GPT-7 Mini + Codex CLI",
        "openai-gpt-7-mini",
    ],
    "gpt-7": ["gpt-7", "GPT-7 (high)", "gpt-7-xhigh", "gpt 7"],
    "gemini-4-pro-preview-01-27": [
        "gemini-4-pro-preview-01-27_high",
        "google/gemini-4-pro-preview-01-27",
        "Gemini 4 Pro Preview (01-27)",
        "vertex_ai/gemini-4-pro-preview-01-27",
        "gemini-4-pro-preview-01-27-thinking-32k",
        "Gemini 4.0 Pro Preview 01-27",
    ],
    "gemini-4-pro": [
        "Gemini 4 Pro",
        "gemini-4.0-pro",
        "google/gemini-4-pro",
        "gemini-4-pro (thinking)",
        "gemini-pro-4",
    ],
    "deepseek-v5": [
        "DeepSeek V5",
        "deepseek-ai/DeepSeek-V5",
        "deepseek/deepseek-v5:free",
        "DeepSeek-V5 (Thinking)",
        "deepseek-v5-fp8",
        "fireworks_ai/accounts/fireworks/models/deepseek-v5",
        "deepseek-v5-thinking",
    ],
    "llama-5-200b-instruct": [
        "meta-llama/Llama-5-200B-Instruct",
        "Llama-5-200B-Instruct-FP8",
        "accounts/fireworks/models/llama-v5-200b-instruct",
        "Llama 5 200B Instruct",
        "Llama-5-200B-Instruct-Turbo",
        "us.meta.llama5-200b-instruct-v1:0",
    ],
    "qwen4-100b-a10b": [
        "Qwen/Qwen4-100B-A10B",
        "qwen4-100b-a10b-fp8",
        "Qwen4 100B A10B",
        "qwen/qwen4-100b-a10b:free",
        "qwen-4-100b-a10b",
    ],
    "grok-6-fast": [
        "grok-6-fast",
        "x-ai/grok-6-fast",
        "Grok 6 Fast",
        "grok-6-fast-reasoning",
        "grok-6-fast-non-reasoning",
    ],
    "kimi-k5": [
        "kimi-k5",
        "moonshotai/kimi-k5",
        "Kimi K5",
        "Kimi-K5-TEE",
        "kimi-k5:thinking",
        "Kimi K5 (Thinking)",
    ],
    "glm-7": ["GLM-7", "zai-org/GLM-7-FP8", "z-ai/glm-7", "glm-7-thinking"],
    "mistral-large-2703": [
        "mistral-large-2703",
        "Mistral-Large-Instruct-2703",
        "mistral/mistral-large-2703",
        "mistralai/mistral-large-2703",
    ],
    "o5-mini-2027-02-01": [
        "o5-mini-2027-02-01",
        "o5-mini-2027-02-01-high",
        "azure/o5-mini-2027-02-01",
        "o5-mini-2027-02-01_low",
    ],
}


@pytest.mark.parametrize(("model_id", "names"), WRITTEN_MANY_WAYS.items(), ids=WRITTEN_MANY_WAYS.keys())
def test_one_model_however_it_is_written(resolver: Resolver, model_id: str, names: list[str]) -> None:
    """Hosts, regions, settings, scaffolds and forms of a date never change the identity."""
    assert {name: resolver.resolve(name).model_id for name in names} == dict.fromkeys(names, model_id)


@pytest.mark.parametrize(("model_id", "names"), NOT_CATALOGUED_YET.items(), ids=NOT_CATALOGUED_YET.keys())
def test_spellings_of_a_model_to_come_agree(resolver: Resolver, model_id: str, names: list[str]) -> None:
    """The rules hold without a catalogue entry, for names that follow their maker's conventions."""
    resolutions = [resolver.resolve(name) for name in names]
    assert {resolution.model_id for resolution in resolutions} == {model_id}
    assert {resolution.rule for resolution in resolutions} == {UNRESOLVED}


SETTINGS = [
    ("gpt-5-2025-08-07_high", "high"),
    ("openai/gpt-5-high-2025-08-07", "high"),
    ("gpt-5.6-sol-max", "max"),
    ("claude-3-7-sonnet-20250219_16K", "thinking 16k"),
    ("claude-3-7-sonnet-20250219 (32k thinking tokens)", "thinking 32k"),
    ("claude-4-sonnet (no thinking)", "no thinking"),
    ("grok-4-fast-non-reasoning", "no thinking"),
    ("meta-llama/llama-3.3-70b-instruct:free", "free"),
    ("Llama-4-Maverick-17B-128E-Instruct-FP8 (FC) (Novita)", "fp8, fc, novita"),
    ("gemma4:31b-it-q4_K_M", "q4 k m"),
    ("Gemini 1.5 Pro ≤128k", "≤128k"),
    ("claude-opus-4-1-thinking:32768", "thinking 32768"),
    ("deepseek-v4-pro-high-preview", "high"),
    ("Claude Code (Sonnet 4.5)", "claude code"),
    ("GPT-4 (8-shot)", "8 shot"),
    ("vertex_ai/claude-opus-4-6@default", None),
    ("yi-34b-200k", None),
    ("gpt-4o-2024-08-06", None),
    ("qwen3-max", None),
    ("mistral-medium-2505", None),
    ("kimi-k2-thinking", None),
]


@pytest.mark.parametrize(("name", "setting"), SETTINGS)
def test_setting_is_read_but_is_no_identity(resolver: Resolver, name: str, setting: str | None) -> None:
    """Effort, thinking, harness, host, quantisation and price tier go to the setting, in one form."""
    resolution = resolver.resolve(name)
    assert resolution.setting == setting
    if setting:
        assert setting.split(",", maxsplit=1)[0] not in resolution.model_id.split("-")


def test_kinds(resolver: Resolver) -> None:
    """A resolution says whether it speaks of a version, an unversioned model, a moving name or a family."""
    kinds = {
        name: resolver.resolve(name).kind
        for name in ("o3", "deepseek-v3", "gpt-4o", "Llama 3.1", "claude-3.5-sonnet")
    }
    assert kinds == {
        "o3": ModelKind.DATED,
        "deepseek-v3": ModelKind.UNDATED,
        "gpt-4o": ModelKind.ALIAS,
        "Llama 3.1": ModelKind.FAMILY,
        "claude-3.5-sonnet": ModelKind.ALIAS,
    }


def test_moving_name_says_where_it_pointed(resolver: Resolver) -> None:
    """A moving alias knows the versions it pointed to, oldest first, one after the other without a gap."""
    first, second = resolver.pointings("gpt-4o")[:2]
    assert (first.model_id, second.model_id) == ("gpt-4o-2024-05-13", "gpt-4o-2024-08-06")
    assert first.from_on == date(2024, 5, 13)
    assert first.to_on == second.from_on
    spans = resolver.pointings("deepseek-chat")
    assert all(earlier.to_on == later.from_on for earlier, later in pairwise(spans))


def test_several_models_in_one_name_are_none_of_them(resolver: Resolver) -> None:
    """A row of an architect with an editor, or of two versions at once, stands on its own."""
    for name in ("DeepSeek R1 + claude-3-5-sonnet-20241022", "o1 and o1-preview", "Claude 2.0 / 2.1"):
        assert resolver.resolve(name).rule == UNRESOLVED


@pytest.mark.parametrize("name", ["", "  ", "/", "(high)", "-", "a" * 400, "🐬", "gpt-4o/", "::", "05/28"])
def test_no_name_is_too_odd(resolver: Resolver, name: str) -> None:
    """Whatever a source writes, the resolver answers, and what it cannot read stays on its own."""
    assert resolver.resolve(name).name == name


def test_unknown_spellings_of_one_new_model_agree(resolver: Resolver) -> None:
    """A model that nobody has catalogued still gets one identity from its spellings, said unresolved."""
    spellings = ["openai/gpt-9.7", "GPT-9.7 (high)", "gpt-9.7_xhigh", "OpenAI: GPT-9.7", "azure/us/gpt-9.7"]
    resolutions = [resolver.resolve(name) for name in spellings]
    assert {resolution.model_id for resolution in resolutions} == {"gpt-9.7"}
    assert {resolution.rule for resolution in resolutions} == {UNRESOLVED}
    assert {resolution.organization for resolution in resolutions} == {"OpenAI"}


def test_observed_version_makes_the_undated_name_mean_it() -> None:
    """A dated name that a maker lists is what the undated one means; a second one makes it a moving name."""
    one = Resolver(observed=["gpt-9.7-2027-01-15", "gpt-9.7"])
    assert one.resolve("openai/gpt-9.7").model_id == "gpt-9.7-2027-01-15"
    two = Resolver(observed=["gpt-9.7-2027-01-15", "gpt-9.7-2027-06-01", "gpt-9.7"])
    assert two.resolve("openai/gpt-9.7").kind is ModelKind.ALIAS


def test_names_asked_together_tell_of_one_another(tmp_path: Path) -> None:
    """A dated name among those asked makes the undated one mean it, before any source lists either."""
    names = ["Claude Opus 6 (high)", "anthropic.claude-opus-6-20270115-v1:0", "gpt-9-mini"]
    together = resolver_for(tmp_path / "aliases.csv", also=names)
    assert [together.resolve(name).model_id for name in names] == [
        "claude-opus-6-20270115",
        "claude-opus-6-20270115",
        "gpt-9-mini",
    ]


def test_further_version_of_a_known_model_is_learnt() -> None:
    """A whole date far from what is known of a model is a new version; one near its release is not."""
    near = Resolver(observed=["gpt-5.4-2026-03-08"])
    assert near.resolve("gpt-5.4").model_id == "gpt-5.4-2026-03-05"
    far = Resolver(observed=["gpt-5.4-2027-01-15"])
    assert far.resolve("gpt-5.4").kind is ModelKind.ALIAS
    assert far.resolve("openai/gpt-5.4-2027-01-15").model_id == "gpt-5.4-2027-01-15"


def test_owner_of_a_fine_tune_is_known_from_other_sources() -> None:
    """An unmistakable name without its owner is the owner's model, while it has one owner only."""
    one = Resolver(observed=["gryphe/mythomax-l2-13b", "mythomax-l2-13b"])
    assert one.resolve("mythomax-l2-13b").model_id == "gryphe/mythomax-l2-13b"
    two = Resolver(observed=["gryphe/mythomax-l2-13b", "someone/mythomax-l2-13b"])
    assert two.resolve("mythomax-l2-13b").model_id == "mythomax-l2-13b"
    generic = Resolver(observed=["kilo-auto/free", "someone/qwen9-7b"])
    assert generic.resolve("free").model_id == "free"
    assert generic.resolve("qwen9-7b").model_id == "qwen9-7b"


def test_unknown_name_is_spelt_one_way() -> None:
    """Spellings in another order or form come to one identity, the same in whatever order they are read."""
    names = ["eva-qwen2.5-32b-v0.2", "Qwen2.5-32B-EVA-v0.2"]
    for observed in (names, names[::-1]):
        assert len({Resolver(observed=observed).resolve(name).model_id for name in names}) == 1


def test_date_in_a_routers_slug_is_the_day_of_listing() -> None:
    """A slug with a compact date is the model itself where the undated name is seen too."""
    observed = Resolver(observed=["z-ai/glm-9-20270115", "z-ai/glm-9"])
    assert observed.resolve("z-ai/glm-9-20270115").model_id == observed.resolve("GLM-9").model_id == "glm-9"


def test_own_alias_wins() -> None:
    """What a person has decided stands before every rule, and may be limited to one source."""
    text = "name,model_id,source_id\nmy-model,gpt-4o-2024-08-06,\ngpt-4o,gpt-4o-2024-05-13,my-board\n"
    own = Resolver(aliases_text=text)
    assert own.resolve("My-Model").model_id == "gpt-4o-2024-08-06"
    assert own.resolve("gpt-4o", source_id="my-board").model_id == "gpt-4o-2024-05-13"
    assert own.resolve("gpt-4o", source_id="another").model_id == "gpt-4o"


def test_broken_alias_file_says_where() -> None:
    """An alias without a target names the line that lacks it."""
    with pytest.raises(CatalogueError, match="line 3"):
        Resolver(aliases_text="name,model_id\na,gpt-4o\nb,\n")


def test_published_rules_come_after_our_own_and_never_join_near_names() -> None:
    """A published `equals` is taken; a loose `starts_with` that would swallow a near-name is not."""
    providers = [
        {
            "models": [
                {"id": "gpt-4o", "match": {"starts_with": "gpt-4o"}},
                {"id": "o3", "match": {"or": [{"equals": "sesame"}, {"starts_with": "o3"}]}},
            ]
        }
    ]
    published = Resolver(match_rules=read_match_rules(providers))
    assert published.resolve("sesame").model_id == "o3-2025-04-16"
    assert published.resolve("sesame").rule == "published match rule"
    assert published.resolve("gpt-4o-nonsense").rule == UNRESOLVED


def test_suggestions_are_offered_but_never_taken(resolver: Resolver) -> None:
    """A misspelt name stays on its own; the near names are there for a person."""
    assert resolver.resolve("claude-opuss-4-7").rule == UNRESOLVED
    assert "claude-opus-4-7" in resolver.suggest("claude-opuss-4-7")


DOUBTFUL = [
    ("DeepSeek Coder 33B", "deepseek-coder-33b-base"),
    ("gpt-3.5-turbo-0314", "gpt-3.5-turbo-0301"),
    ("claude-opuss-4-7", "claude-opus-4-7"),
    ("gemini-2.0-pro", "gemini-2.0-pro-exp-02-05"),
]
CERTAIN = [
    "opt-13b",
    "mathstral-7b-v0.1",
    "gpt-6-sol",
    "gpt-7-mini",
    "gemini-3.8-flash",
    "gemini-2.5-proo",
    "ft:gpt-4o-2025-01-01",
]


def test_only_names_with_open_readings_wait_for_a_person(resolver: Resolver) -> None:
    """A model of its own, however like others, needs nobody; a name that may mean a known model does."""
    names = [name for name, _ in DOUBTFUL] + CERTAIN
    assert all(resolver.resolve(name).rule == UNRESOLVED for name in names)
    listed = with_suggestions(pl.DataFrame({"model_name": names}), resolver, n=9)
    near = dict(listed.select("model_name", "near").iter_rows())
    assert list(near) == [name for name, _ in DOUBTFUL]
    assert all(model_id in near[name] for name, model_id in DOUBTFUL)


@pytest.mark.parametrize(
    ("name", "model_id"),
    [
        ("gpt-4o-2024-08-06-quokka", "gpt-4o-2024-08-06"),
        ("o3-2025-04-16-quokka", "o3-2025-04-16"),
        ("claude-opus-4-7-20260416-quokka", "claude-opus-4-7"),
        ("gpt-4o (March)", "gpt-4o"),
        ("gpt-4-aug", "gpt-4"),
        ("gemini-2.5-pro-juin", "gemini-2.5-pro"),
        ("nobody-knows/gpt-4o", "gpt-4o"),
        ("nobody-knows/openai/gpt-oss-120b", "gpt-oss-120b"),
        ("nobody-knows/claude-3-opus-20240229", "claude-3-opus-20240229"),
    ],
)
def test_what_is_almost_a_known_name_is_listed_not_explained(name: str, model_id: str) -> None:
    """Even where the name itself is among those observed, and could pass for a version to learn."""
    resolver = Resolver(observed=[name])
    assert resolver.resolve(name).rule == UNRESOLVED
    listed = with_suggestions(pl.DataFrame({"model_name": [name]}), resolver)
    assert model_id in listed["near"].explode().to_list()


def observed(*pairs: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "source_id": "prices",
            "model_name": [name for name, _ in pairs],
            "organization": pl.Series([None] * len(pairs), dtype=pl.String),
            "sellers": [[seller] for _, seller in pairs],
        }
    )


def test_a_new_sellers_own_name_comes_off_by_itself(tmp_path: Path) -> None:
    """What the entry's provider is called says nothing of the model, in whatever spelling."""
    names = observed(
        ("newgate/claude-opus-5", "newgate"),
        ("newgate/openai/gpt-oss-120b", "newgate"),
        ("Other-Gate_AI/gpt-4o-2024-08-06", "other_gate"),
    )
    resolver = resolver_for(tmp_path / "none.csv", names)
    assert resolver.resolve_all(names)["model_id"].to_list() == [
        "claude-opus-5",
        "gpt-oss-120b",
        "gpt-4o-2024-08-06",
    ]


def test_a_seller_of_unknown_models_only_may_be_their_maker(tmp_path: Path) -> None:
    """Its name stays with the models, and it stays with those that it does not sell."""
    names = observed(("newlab/router", "newlab"), ("newlab/tiny-1", "newlab"), ("owner/gpt-4o", "newgate"))
    resolver = resolver_for(tmp_path / "none.csv", names)
    assert resolver.resolve_all(names)["model_id"].to_list() == [
        "newlab/router",
        "newlab/tiny-1",
        "owner/gpt-4o",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "azure/apac/gpt-4o",
        "azure/emea/gpt-4o",
        "azure/eastus2/gpt-4o",
        "azure/swedencentral/gpt-4o",
        "azure/kr/gpt-4o",
        "azure/us-east5/gpt-4o",
        "azure/asia-southeast1/gpt-4o",
        "gpt-4o:batch",
        "gpt-4o_ultrafast",
        "gpt-4o:balanced",
        "gpt-4o (off-peak)",
    ],
)
def test_regions_and_tiers_are_no_models(resolver: Resolver, name: str) -> None:
    """Where and under which conditions a model is sold tells nothing of which one it is."""
    assert resolver.resolve(name).model_id == "gpt-4o"


@pytest.mark.parametrize("region", ["apac", "emea", "me", "us-gov", "kr"])
def test_regions_of_bedrock_come_off(resolver: Resolver, region: str) -> None:
    """Any two letters before a maker's name, and the names of larger regions."""
    assert resolver.resolve(f"{region}.anthropic.claude-opus-4-7-v1:0").model_id == "claude-opus-4-7"


def test_a_published_rule_that_backtracks_describes_nothing() -> None:
    """A remote file's regular expression cannot hang the resolver."""
    rules = [{"models": [{"id": "gpt-4o", "match": {"regex": r"(a+)+$|(x+x+)+y|(?=.*a)b"}}]}]
    assert Resolver(match_rules=read_match_rules(rules)).resolve("a" * 5000 + "b").rule == UNRESOLVED


def test_frame_in_frame_out(resolver: Resolver) -> None:
    """A frame of names comes back row by row, and a setting that the source states wins over the name's."""
    names = pl.DataFrame(
        {
            "source_id": ["a", "b", "a"],
            "model_name": ["gpt-5_high", "gpt-5", "gpt-5_high"],
            "organization": [None, "OpenAI", None],
            "setting": [None, None, "low"],
        }
    )
    resolved = resolver.resolve_all(names)
    assert resolved.schema == RESOLVED_SCHEMA
    assert resolved["model_id"].to_list() == ["gpt-5-2025-08-07"] * 3
    assert resolved["setting"].to_list() == ["high", None, "low"]


def test_curated_tables_hold_together() -> None:
    """Every alias leads to its model, every catalogued id to itself, and dates are as precise as they say."""
    catalogue = load_catalogue()
    resolver = Resolver(catalogue)
    widths = {"day": 10, "month": 7, "year": 4}
    for model in catalogue.models.values():
        assert resolver.resolve(model.model_id).model_id == model.model_id
        if model.released_on:
            assert len(model.released_on) == widths[model.precision or ""]
    for alias in catalogue.aliases:
        assert resolver.resolve(alias.name, source_id=alias.source_id).model_id == alias.model_id


def test_json_of_a_resolution(resolver: Resolver) -> None:
    """What the command prints: name, model_id, version, setting and rule, and nothing else."""
    assert resolver.resolve("o1-preview").to_json() == {
        "name": "o1-preview",
        "model_id": "o1-preview-2024-09-12",
        "version": "2024-09-12",
        "setting": None,
        "rule": "only version",
    }
