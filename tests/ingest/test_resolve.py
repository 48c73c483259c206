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
from ingest.identity.match_rules import read_match_rules
from ingest.identity.resolve import RESOLVED_SCHEMA, UNRESOLVED, Resolver

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
    ("llama-3.1-70b-instruct", "llama-3.1-70b-instruct", "exact"),
    ("mini-SWE-agent + Claude 3.7 Sonnet (20250219)", "claude-3-7-sonnet-20250219", "scaffold and model"),
]


@pytest.mark.parametrize(("name", "model_id", "rule"), SPELLINGS)
def test_rule_that_fires_is_named(resolver: Resolver, name: str, model_id: str, rule: str) -> None:
    """Each spelling leads to its identity, and the resolution names the rule that led there."""
    resolution = resolver.resolve(name)
    assert (resolution.model_id, resolution.rule) == (model_id, rule)


NEAR_NAMES = [
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
    """A moving alias knows the version it pointed to on a day, and says nothing before it existed."""
    assert resolver.pointed_to("gpt-4o", date(2024, 9, 1)) == "gpt-4o-2024-05-13"
    assert resolver.pointed_to("gpt-4o", date(2025, 1, 1)) == "gpt-4o-2024-08-06"
    assert resolver.pointed_to("gpt-4o", date(2024, 1, 1)) is None
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
