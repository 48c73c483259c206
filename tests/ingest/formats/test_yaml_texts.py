"""YAML: a key that a mapping states twice and differently is told, as JSON's is."""

from __future__ import annotations

import pytest

from ingest.formats.texts import MOST_REPEATED_KEYS, hearing
from ingest.formats.yaml_texts import yaml_of_text


def told_of(text: str) -> list[str]:
    """What is told of a text."""
    told: list[str] = []
    yaml_of_text(text, "there", told.append)
    return told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("price: 1\nprice: 2\n", "'price' is stated twice: 1, then 2;"),
        ("a: {in: 1, in: 2}\n", "'in' is stated twice: 1, then 2;"),
        ("- a: [1, 2]\n  a: {x: 1}\n", "'a' is stated twice: [1, 2], then {x: 1};"),
    ],
)
def test_a_key_stated_twice_is_told(text: str, said: str) -> None:
    """With both values; the last one counts."""
    (told,) = told_of(text)
    assert said in told
    assert told.endswith("the last one is taken")


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 1\n",
        "base: &base {q: 1}\nown: {<<: *base, q: 3}\n",
        "- {a: 1}\n- {a: 2}\n",
    ],
)
def test_what_contradicts_nothing_is_not_told(text: str) -> None:
    """The same value again, what replaces a merged one, and the same key of another mapping."""
    assert told_of(text) == []


def test_of_many_the_number_is_told() -> None:
    """No message of a thousand lines."""
    told = told_of("".join(f"k{at}: 1\nk{at}: 2\n" for at in range(MOST_REPEATED_KEYS + 7)))
    assert len(told) == MOST_REPEATED_KEYS + 1
    assert told[-1] == "7 more keys are stated twice with differing values"


def test_whoever_hears_is_told_without_being_handed_in() -> None:
    """So that a source's own parser needs no word of it."""
    with hearing() as heard:
        assert yaml_of_text("a: 1\na: 2\n", "there") == {"a": 2}
    assert [where for where, _ in heard] == ["there"]
