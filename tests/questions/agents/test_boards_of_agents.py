"""Families of agents' tests: which test is of which, what it is called, which have a line."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.agents.records import RecordsOnTest
from questions.agents.boards import FAMILIES, families, family_of


@pytest.mark.parametrize(
    ("test", "family"),
    [
        ("osworld", "OSWorld"),
        ("osworld-verified", "OSWorld"),
        ("osworld-2", "OSWorld 2"),
        ("osworld-2-hard", "OSWorld 2"),
        ("swe-bench-verified", "SWE-bench Verified"),
        ("tau2-bench-banking-knowledge", "τ²-bench"),
        ("the-agent-company", "The Agent Company"),
    ],
)
def test_the_longer_beginning_says_the_family(test: str, family: str) -> None:
    """OSWorld 2 is none of OSWorld's; what is of no family is refused."""
    assert family_of(test)[0] == family
    with pytest.raises(ValueError, match="empty"):
        family_of("unknown")


def record(test: str, models: int) -> RecordsOnTest:
    """So many models on a test."""
    rows = pl.DataFrame({"model_id": [f"m{at}" for at in range(models)]})
    return RecordsOnTest(test, test, rows, rows, date(2026, 1, 1))


def test_families_have_the_tests_of_two_models_or_more() -> None:
    """In the order of families, each test by what tells it from the others of its family."""
    sizes = {
        "tau2-bench-banking-knowledge": 3,
        "tau2-bench-airline": 2,
        "deepswe": 2,
        "terminal-bench-2": 1,
        "swe-bench-verified": 2,
        "swe-bench-bash-only": 5,
        "osworld-2": 2,
        "osworld": 2,
    }
    found = families({test: record(test, n) for test, n in sizes.items()})
    assert [(family.name, [name for name, _ in family.tests]) for family in found] == [
        ("OSWorld", [""]),
        ("OSWorld 2", [""]),
        ("SWE-bench Verified", ["any program", "bash only"]),
        ("τ²-bench", ["banking", "airline"]),
        ("DeepSWE", [""]),
    ]
    assert all(about for _, about in FAMILIES.values())
