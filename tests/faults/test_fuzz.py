"""Some seeded mutations through the parsers of all sources; `make fuzz` tries as many as a minute holds."""

from __future__ import annotations

from pathlib import Path

from tests.faults.fuzz import fuzz

MUTATIONS = 140


def test_mutated_payloads_end_in_rows_or_in_a_sentence(tmp_path: Path) -> None:
    """None kills the process that parses, and none is answered by an exception that nobody foresaw."""
    found = fuzz(tmp_path, seed=12, seconds=120.0, most=MUTATIONS)
    assert len(found) == MUTATIONS
    assert {item.how for item in found} >= {"rows", "told"}
    assert [item for item in found if item.how in ("killed", "unforeseen")] == []
