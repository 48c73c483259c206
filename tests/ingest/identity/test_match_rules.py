"""Published rules of which names mean a model: each operator, alone and joined, and what none means."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.identity.match_rules import MatchRule, MatchRules, read_match_rules

CLAUSES: list[tuple[dict[str, Any], list[str], list[str]]] = [
    ({"equals": "Alpha-2"}, ["alpha-2"], ["alpha-2-mini", "my-alpha-2", "alpha-3"]),
    ({"starts_with": "alpha-2"}, ["alpha-2", "alpha-2-mini"], ["my-alpha-2"]),
    ({"ends_with": "alpha-2"}, ["alpha-2", "my-alpha-2"], ["alpha-2-mini"]),
    ({"contains": "alpha-2"}, ["alpha-2", "my-alpha-2-mini"], ["alpha-3"]),
    ({"regex": "^alpha-[23]$"}, ["alpha-2", "alpha-3"], ["alpha-4", "my-alpha-2"]),
    ({"or": [{"equals": "a"}, {"starts_with": "b"}]}, ["a", "b", "b-2"], ["c", "ab"]),
    ({"and": [{"starts_with": "a"}, {"ends_with": "z"}]}, ["az", "a-z"], ["a", "z", "b-z"]),
    (
        {"or": [{"and": [{"contains": "a"}, {"contains": "b"}]}, {"or": [{"equals": "x"}]}]},
        ["ab", "ba", "x"],
        ["a", "b", "y"],
    ),
    ({"sounds_like": "alpha"}, [], ["alpha"]),
    ({}, [], ["", "alpha"]),
]


@pytest.mark.parametrize(
    ("clause", "meant", "others"), CLAUSES, ids=[str(clause) for clause, _, _ in CLAUSES]
)
def test_a_clause_means_the_names_that_it_describes(
    clause: dict[str, Any], meant: list[str], others: list[str]
) -> None:
    """Case does not count; an operator that nobody knows means no name."""
    rules = MatchRules([MatchRule("target", clause), MatchRule("other", {"equals": "another"})])
    for name in meant:
        assert {*rules.naming(name), *rules.describing(name)} == {"target"}
    for name in others:
        assert not {*rules.naming(name), *rules.describing(name)}


def test_a_name_in_full_is_named_and_not_described() -> None:
    """`equals` names, also among alternatives; the targets stand in the order of publication, each once."""
    rules = MatchRules(
        [
            MatchRule("first", {"or": [{"equals": "a"}, {"equals": "b"}, {"starts_with": "c"}]}),
            MatchRule("second", {"equals": "a"}),
            MatchRule("third", {"starts_with": "c"}),
        ]
    )
    assert (rules.naming("a"), rules.naming("b"), rules.naming("c")) == (["first", "second"], ["first"], [])
    assert (rules.describing("a"), rules.describing("c-1")) == ([], ["first", "third"])


def test_only_models_with_a_rule_give_one() -> None:
    """Providers without models and models without a rule, or with one that is none, are passed over."""
    models = [{"id": "a", "match": {"equals": "a"}}, {"id": "b"}, {"id": "c", "match": "c"}]
    found = read_match_rules([{"models": models}, {"name": "empty"}, {"models": [models[0] | {"id": 7}]}])
    assert found == (MatchRule("a", {"equals": "a"}), MatchRule("7", {"equals": "a"}))
