"""Two models never have one title: a sentence that names a model by its title names one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity.distinct_titles import distinct_titles


@pytest.mark.parametrize(
    ("title", "apart"),
    [
        ("DeepSeek v4", {"deepseek-v4-pro": "DeepSeek v4 Pro", "deepseek-v4-flash": "DeepSeek v4 Flash"}),
        ("GPT-5", {"gpt-5-2025-08-07": "GPT-5", "gpt-5-chat-latest": "GPT-5 Chat Latest"}),
        (
            "Codestral",
            {
                "codestral": "Codestral",
                "codestral-2501": "Codestral (2025-01)",
                "codestral-2508": "Codestral (2025-08)",
            },
        ),
        ("Command R+", {"command-r-plus-04-2024": "Command R+ (2024-04)", "command-r-plus": "Command R+"}),
        (
            "Mistral Large 2",
            {
                "mistral-large-2407": "Mistral Large 2 (2024-07)",
                "mistral-large-2411": "Mistral Large 2 (2024-11)",
            },
        ),
        ("GPT-4 (Mar 2023)", {"gpt-4-0314": "GPT-4 (Mar 2023)", "gpt-4-32k-0314": "GPT-4 32K (0314)"}),
        ("Grok Code Fast 1", {"grok-code": "Grok Code", "grok-code-fast-1-0825": "Grok Code Fast 1"}),
        ("Doubao Seed 2.0", {"seed-2-0-260215": "Doubao Seed 2.0 (2026-02-15)", "doubao-2.0": "Doubao 2.0"}),
        ("Auto", {"auto": "Auto", "tc-code": "Tc Code"}),
        ("Aria", {"aria": "Aria", "rhymes-ai/aria": "Aria (rhymes-ai)"}),
        ("GLaM", {"glam": "GLaM", "glam-moe": "GLaM MOE"}),
        ("Gemma 2 9B", {"gemma-2-9b": "Gemma 2 9B", "gemma-2-9b-it": "Gemma 2 9B IT"}),
        ("FLUX.1-dev", {"flux.1-dev": "FLUX.1-dev", "flux-dev": "Flux Dev"}),
        ("14", {"vit-g/14": "Vit G/14", "vit-huge/14": "Vit Huge/14"}),
        ("X", {"a/x": "X (a)", "b/x": "X (b)"}),
        ("Same", {"be_is": "Be Is (be_is)", "be-is": "Be Is (be-is)"}),
    ],
)
def test_what_shares_a_title_is_told_apart(title: str, apart: dict[str, str]) -> None:
    """By what its name adds, by its date, by its maker; whose name is the title keeps it."""
    assert distinct_titles(dict.fromkeys(apart, title)) == apart


def test_who_has_the_name_of_a_title_keeps_it() -> None:
    """Where a title that was made meets one that another model has had from its source."""
    told = distinct_titles(
        {
            "deepseek-v4-pro": "DeepSeek v4",
            "deepseek-v4-flash": "DeepSeek v4",
            "deep-deepseek-v4-flash": "DeepSeek V4 Flash",
        }
    )
    assert told == {
        "deepseek-v4-pro": "DeepSeek v4 Pro",
        "deepseek-v4-flash": "DeepSeek v4 Flash",
        "deep-deepseek-v4-flash": "DeepSeek V4 Flash (deep-deepseek-v4-flash)",
    }


def test_a_title_of_one_model_stays() -> None:
    """However little it has to do with the name."""
    titles = {"gpt-5": "GPT-5", "gemini-exp-1206": "Gemini 2.0 Pro", "x": "14"}
    assert distinct_titles(titles) == titles


def test_capitals_alone_tell_nobody_apart() -> None:
    """Glam and GLaM are one word to a reader."""
    assert distinct_titles({"glam": "Glam", "glam-moe": "GLaM"}) == {"glam": "Glam", "glam-moe": "GLaM MOE"}


def test_a_title_that_is_taken_is_not_given() -> None:
    """What tells two models apart may be another model's title already."""
    told = distinct_titles({"a_b": "C", "a-b": "C", "c": "A B (a_b)"})
    assert len(set(told.values())) == len(told)


NAMES = st.text("ab1-./", min_size=1, max_size=8)


@given(st.dictionaries(NAMES, st.sampled_from(["A", "a", "A 1", "B-1", "A (1)", "ab"]), max_size=8))
def test_no_two_titles_are_the_same(titles: dict[str, str]) -> None:
    """Whatever the names, and every model keeps a title."""
    told = distinct_titles(titles)
    assert told.keys() == titles.keys()
    assert len({title.casefold() for title in told.values()}) == len(titles)
    assert all(told.values())
