"""Which titles announce a model: precision first."""

from __future__ import annotations

import polars as pl
import pytest

from ingest.identity.announcements import announcements

MODELS = pl.DataFrame(
    [
        ("GPT-4o", "OpenAI"),
        ("GPT-4o mini", "OpenAI"),
        ("gpt-5", "OpenAI"),
        ("o3", "OpenAI"),
        ("o4-mini", "OpenAI"),
        ("Claude Opus 4", "Anthropic"),
        ("Claude Sonnet 4", "Anthropic"),
        ("gemini-2.5-flash", "Google DeepMind,Google"),
        ("Command", "Cohere"),
        ("DALL·E 3", "OpenAI"),
    ],
    schema=["model_name", "organization"],
    orient="row",
)


def found_in(title: str, publisher: str | None = "OpenAI", kind: str = "post") -> list[tuple[str, str]]:
    releases = pl.DataFrame(
        {
            "entry_id": ["1"],
            "source_id": ["s"],
            "title": [title],
            "kind": [kind],
            "organization": [publisher],
        },
        schema_overrides={"organization": pl.String},
    )
    return [(row[2], row[3]) for row in announcements(releases, MODELS).iter_rows()]


@pytest.mark.parametrize(
    ("title", "publisher", "expected"),
    [
        ("Introducing GPT-4o and more tools", "OpenAI", [("GPT-4o", "launch-word")]),
        ("Introducing OpenAI o3 and o4-mini", "OpenAI", [("o3", "launch-word"), ("o4-mini", "launch-word")]),
        ("GPT‑4o mini: advancing intelligence", "OpenAI", [("GPT-4o mini", "name-then-colon")]),
        ("GPT-5", "OpenAI", [("gpt-5", "title-is-name")]),
        ("GPT-5 is here", "OpenAI", [("gpt-5", "name-is-here")]),
        ("DALL·E 3 is now available in ChatGPT", "OpenAI", [("DALL·E 3", "name-is-here")]),
        (
            "We've launched Claude Opus 4 and Claude Sonnet 4, our latest models",
            "Anthropic",
            [("Claude Opus 4", "launch-word"), ("Claude Sonnet 4", "launch-word")],
        ),
        (
            "Released gemini-2.5-flash, our first stable model.",
            "Google",
            [("gemini-2.5-flash", "launch-word")],
        ),
    ],
)
def test_a_launch_names_its_models(title: str, publisher: str, expected: list[tuple[str, str]]) -> None:
    """A title that launches a known model of its publisher's names it, and the rule that fired."""
    assert found_in(title, publisher) == expected


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("Introducing GPT-5-Codex", "OpenAI"),
        ("Introducing GPT-5 Turbo Max", "OpenAI"),
        ("GPT-4o System Card", "OpenAI"),
        ("Prompt caching for GPT-4o", "OpenAI"),
        ("We've retired the Claude Opus 4 model", "Anthropic"),
        ("Introducing Claude Opus 4 in Amazon Bedrock", "Anthropic"),
        ("Introducing GPT-4o on our platform", "Microsoft"),
        ("Command your agents", "Cohere"),
        ("Released gemini-2.5-flash-preview-native-audio", "Google"),
    ],
)
def test_other_titles_announce_nothing(title: str, publisher: str) -> None:
    """Unknown variants, system cards, features, retirements, resellers and common words are no launches."""
    assert found_in(title, publisher) == []


def test_only_posts_and_change_logs_of_a_maker_count() -> None:
    """The press, incidents and shutdown notices announce nothing."""
    assert found_in("Introducing GPT-4o", publisher=None) == []
    assert found_in("Introducing GPT-4o", kind="incident") == []
    assert found_in("Introducing GPT-4o", kind="shutdown") == []


def test_an_entry_that_stands_once_per_model_counts_once() -> None:
    """Change-log rows of one entry, one per model it names, give each announced model once."""
    releases = pl.DataFrame(
        {
            "entry_id": ["1:o3", "1:o4-mini"],
            "source_id": ["s", "s"],
            "title": ["Released o3 and o4-mini", "Released o3 and o4-mini"],
            "kind": ["changelog", "changelog"],
            "organization": ["OpenAI", "OpenAI"],
        }
    )
    assert announcements(releases, MODELS)["model_name"].to_list() == ["o3", "o4-mini"]
