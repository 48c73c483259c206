"""What comes off the front of a name: hosts, regions and makers, each told where it is known."""

from __future__ import annotations

import pytest

from ingest.identity.resolve import Resolver
from ingest.identity.spelling.name_prefixes import strip_prefixes

SPELLINGS = Resolver().spellings


@pytest.mark.parametrize(
    "name", ["gpt-4o", "unknown: thing", "openai-o1x", "deepseek-v3", "gpt-4o/", "foo (a/b)"]
)
def test_a_name_without_a_prefix_stays_as_it_is(name: str) -> None:
    """A word that no known maker or host spells, or that belongs to the name, is no prefix."""
    found = strip_prefixes(name, SPELLINGS)
    assert (found.rest, found.namespace, found.maker, found.changed) == (name, None, None, False)


@pytest.mark.parametrize("name", ["deepseek-r1-distill-llama-8b", "deepseek llama-8b"])
def test_a_maker_that_distils_others_stays(name: str) -> None:
    """DeepSeek before another maker's model names other weights."""
    assert not strip_prefixes(name, SPELLINGS).changed


@pytest.mark.parametrize(
    ("name", "rest", "namespace", "maker"),
    [
        ("https://huggingface.co/meta-llama/llama-3-8b", "llama-3-8b", None, "Meta"),
        ("openai: gpt-4o", "gpt-4o", None, "OpenAI"),
        ("openai/gpt-4o", "gpt-4o", None, "OpenAI"),
        ("~openai/gpt-4o", "gpt-4o", None, "OpenAI"),
        ("hf:someone/llama-3-8b-tune", "llama-3-8b-tune", "someone", None),
        ("openrouter/someone/llama-3", "llama-3", "someone", None),
        ("openai gpt-4o", "gpt-4o", None, "OpenAI"),
        ("xai-grok-4", "grok-4", None, "xAI"),
        ("zhipu ai glm-4-9b", "glm-4-9b", None, "Z.ai"),
        ("fireworks-kimi-k2-6", "kimi-k2-6", None, None),
        ("databricks-meta-llama-3-3", "llama-3-3", None, "Meta"),
        ("openai-sora-2", "sora-2", None, "OpenAI"),
        ("openai-o1", "o1", None, "OpenAI"),
        ("us.anthropic.claude-v2:1", "claude-2.1", None, "Anthropic"),
        ("anthropic.claude-v2:0:18k", "claude-2", None, "Anthropic"),
        ("anthropic.claude-v2", "claude-2", None, "Anthropic"),
        ("anthropic.claude-instant-v1", "claude-instant-1", None, "Anthropic"),
        ("anthropic.claude-3-haiku-20240307-v1:0", "claude-3-haiku-20240307", None, "Anthropic"),
        ("deepseek.v3-v1:0", "deepseek-v3.1", None, "DeepSeek"),
        ("deepseek.r1-v1:0", "deepseek-r1", None, "DeepSeek"),
        ("amazon.nova-pro-v1:0", "nova-pro", None, "Amazon"),
        ("mistral.mistral-7b-instruct-v0:2", "mistral-7b-instruct-v0.2", None, "Mistral"),
        ("cohere.command-r-v1:0", "command-r", None, "Cohere"),
    ],
)
def test_prefixes_come_off_and_say_who_made_it(
    name: str, rest: str, namespace: str | None, maker: str | None
) -> None:
    """A known maker is told, a host is nobody's maker, and a stranger in a path is kept as namespace."""
    found = strip_prefixes(name, SPELLINGS)
    assert (found.rest, found.namespace, found.maker, found.changed) == (rest, namespace, maker, True)


@pytest.mark.parametrize(
    ("spelling", "maker"),
    [
        ("OpenAI", "OpenAI"),
        ("openai, Microsoft", "OpenAI"),
        ("nobody we know", None),
        ("", None),
        (None, None),
    ],
)
def test_of_several_makers_the_first_speaks(spelling: str | None, maker: str | None) -> None:
    """Case does not count, and an unknown or missing spelling stands for nobody."""
    assert SPELLINGS.maker(spelling) == maker
