"""The match rules that genai-prices publishes: which spellings belong to which of its models.

A rule is a tree of `equals`, `starts_with`, `ends_with`, `contains`, `regex`, `and`, `or`. The rules are made
to find a *price*, so a loose `starts_with` also takes in near-names ("gpt-4o-mini" under "gpt-4o"). They are
therefore only candidates here; the resolver holds them against its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ingest.formats.patterns import PatternError, searched

_PLAIN: Final = ("equals", "starts_with", "ends_with", "contains", "regex")


@dataclass(frozen=True, slots=True)
class MatchRule:
    """One published rule: the target's name, and the clause as published."""

    target: str
    clause: Mapping[str, Any]


class MatchRules:
    """Published rules, ready to be asked: what they name in full, and what they only describe."""

    def __init__(self, rules: Iterable[MatchRule] = ()) -> None:
        self._named: dict[str, dict[str, None]] = {}
        self._described: dict[tuple[str, str], MatchRule] = {}
        for rule in rules:
            for clause in _alternatives(rule.clause):
                if "equals" in clause:
                    self._named.setdefault(str(clause["equals"]).lower(), {})[rule.target] = None
                else:
                    self._described.setdefault((rule.target, repr(clause)), MatchRule(rule.target, clause))

    def naming(self, name: str) -> list[str]:
        """Targets whose rules name a lower-case name in full, in the order of publication."""
        return list(self._named.get(name, ()))

    def describing(self, name: str) -> list[str]:
        """Targets whose rules describe a lower-case name by how it begins, ends or reads."""
        found = (rule.target for rule in self._described.values() if _holds(rule.clause, name))
        return list(dict.fromkeys(found))


def read_match_rules(providers: Iterable[Mapping[str, Any]]) -> tuple[MatchRule, ...]:
    """The rules of all providers of a genai-prices payload (a list of providers, each with `models`)."""
    return tuple(
        MatchRule(str(model["id"]), model["match"])
        for provider in providers
        for model in provider.get("models", ())
        if isinstance(model.get("match"), Mapping)
    )


def _alternatives(clause: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The clauses of which one must hold."""
    if "or" in clause:
        for part in clause["or"]:
            yield from _alternatives(part)
    else:
        yield clause


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
    try:
        return searched(operand, name) is not None
    except PatternError:  # one that needs backtracking describes nothing here
        return False
