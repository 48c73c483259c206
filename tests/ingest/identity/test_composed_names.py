"""Names of a scaffold and a model, or of several models: which are that model, and which are none."""

from __future__ import annotations

import pytest

from ingest.identity.resolve import UNRESOLVED, Resolver

RESOLVER = Resolver()


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("ReAct with gpt-4o", "react"),
        ("gpt-4o with ReAct", "react"),
        ("tools using gpt-4o", "tools"),
        ("gpt-4o using tools", "tools"),
    ],
)
def test_a_tool_with_a_known_model_is_that_model_under_a_setting(name: str, setting: str) -> None:
    """In either order."""
    found = RESOLVER.resolve(name)
    assert (found.model_id, found.setting, found.rule) == ("gpt-4o", setting, "scaffold and model")


@pytest.mark.parametrize(
    "name",
    [
        "gpt-4o with claude-3-opus",
        "claude-3-opus using gpt-4o",
        "ReAct using frobnicator-9",
        "frobnicator with browsing",
        "frobnicator using llama 70b",
    ],
)
def test_two_models_or_no_known_one_are_none_of_them(name: str) -> None:
    """Nothing is credited to a model that may not have done it alone."""
    found = RESOLVER.resolve(name)
    assert found.rule == UNRESOLVED
    assert found.model_id == name.lower().replace(" ", "-")
