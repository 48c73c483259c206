"""The tests that agents sit: which stand in one panel, and what each of them asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analysis.agents.records import RecordsOnTest
from charts.agents.tests_of_agents import Family

SUITES: Final = "metr-horizon-50-"

FAMILIES: Final[Mapping[str, tuple[str, str]]] = {
    "osworld": ("OSWorld", "tasks on a desktop with office programs and browser"),
    "osworld-2": ("OSWorld 2", "longer tasks on a desktop"),
    "swe-bench-": ("SWE-bench Verified", "500 reported faults in open software to mend"),
    "tau2-bench-": ("τ²-bench", "serving a customer by rules and tools"),
    "terminal-bench-": ("Terminal-Bench", "tasks in a terminal"),
    "deepswe": ("DeepSWE", "long tasks of programming"),
    "the-agent-company": ("The Agent Company", "office work in a made-up firm"),
}
"""Name and content by how the ids of a family begin; of two that fit the longer one counts."""

_NAMES: Final = {"swe-bench-verified": "any program", "swe-bench-bash-only": "bash only"}


def family_of(benchmark_id: str) -> tuple[str, str]:
    """Name and content of a test's family."""
    return FAMILIES[max((begin for begin in FAMILIES if benchmark_id.startswith(begin)), key=len)]


def families(records: Mapping[str, RecordsOnTest]) -> tuple[Family, ...]:
    """The tests with a share, family by family in the order above; of one model alone there is no line."""
    found: dict[str, list[tuple[str, RecordsOnTest]]] = {}
    for begin in FAMILIES:
        for benchmark_id, record in records.items():
            if family_of(benchmark_id) == FAMILIES[begin] and record.models.height > 1:
                found.setdefault(FAMILIES[begin][0], []).append((_name(benchmark_id, begin), record))
    return tuple(Family(name, tuple(tests)) for name, tests in found.items())


def _name(benchmark_id: str, begin: str) -> str:
    rest = benchmark_id.removeprefix(begin).strip("-").replace("-", " ")
    return _NAMES.get(benchmark_id, rest.removesuffix(" knowledge"))
