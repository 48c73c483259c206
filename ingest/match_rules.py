"""The match rules that genai-prices publishes: which spellings belong to which of its models.

A rule is a tree of `equals`, `starts_with`, `ends_with`, `contains`, `regex`, `and`, `or`. The rules are made
to find a *price*, so a loose `starts_with` also takes in near-names ("gpt-4o-mini" under "gpt-4o"). They are
therefore only candidates here; the resolver holds them against its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_PLAIN: Final = ("equals", "starts_with", "ends_with", "contains", "regex")


@dataclass(frozen=True, slots=True)
class MatchRule:
    """One published rule: the target's name, and the clause as published."""

    target: str
    clause: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Matched:
    """A target whose rule took the name in, and whether it named it in full."""

    target: str
    is_exact: bool


def read_match_rules(providers: Iterable[Mapping[str, Any]]) -> tuple[MatchRule, ...]:
    """The rules of all providers of a genai-prices payload (a list of providers, each with `models`)."""
    return tuple(
        MatchRule(str(model["id"]), model["match"])
        for provider in providers
        for model in provider.get("models", ())
        if isinstance(model.get("match"), Mapping)
    )


def matching(name: str, rules: Sequence[MatchRule]) -> list[Matched]:
    """The targets whose rules take in a lower-case name, exact ones first."""
    found = [
        Matched(rule.target, _names_in_full(rule.clause, name)) for rule in rules if _holds(rule.clause, name)
    ]
    return sorted(found, key=lambda match: not match.is_exact)


def _holds(clause: Mapping[str, Any], name: str) -> bool:
    for operator, operand in clause.items():
        if operator == "or":
            return any(_holds(part, name) for part in operand)
        if operator == "and":
            return all(_holds(part, name) for part in operand)
        if operator in _PLAIN:
            return _plain_holds(operator, str(operand).lower(), name)
    return False


def _plain_holds(operator: str, operand: str, name: str) -> bool:
    if operator == "equals":
        return name == operand
    if operator == "starts_with":
        return name.startswith(operand)
    if operator == "ends_with":
        return name.endswith(operand)
    if operator == "contains":
        return operand in name
    return re.search(operand, name) is not None


def _names_in_full(clause: Mapping[str, Any], name: str) -> bool:
    if "equals" in clause:
        return str(clause["equals"]).lower() == name
    return any(_names_in_full(part, name) for part in clause.get("or", ()))
