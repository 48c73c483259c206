"""What hosts are called."""

from __future__ import annotations

import pytest

from analysis.host_names import NAMES, host_name


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("groq", "Groq"),
        ("nobody-knows", "nobody-knows"),
        ("huggingface", "Hugging Face"),
        ("huggingface_groq", "Groq, through Hugging Face"),
        ("huggingface_nobody-knows", "nobody-knows, through Hugging Face"),
    ],
)
def test_a_host_has_its_name_or_the_lists_word(word: str, name: str) -> None:
    """What is sold through another names both."""
    assert host_name(word) == name


def test_no_two_words_mean_one_host() -> None:
    """A name that stood twice would add up two sellers, or show one twice."""
    assert len(set(NAMES.values())) == len(NAMES)
