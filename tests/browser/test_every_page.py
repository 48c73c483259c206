"""What `make look` writes: one row for each page, and the faults that each column counts."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from tests.browser.every_page import COLUMNS, look_named, table, write
from tests.browser.looking import WHOLE, Look, Seen


def test_the_table_counts_the_faults_of_all_looks() -> None:
    """Over all looks of a page; labels from the narrowest to the widest."""
    narrow = Seen(2, 3, {"labels": ["one", "two"], "axe": ["contrast"]})
    wide = Seen(2, 7, {"labels": [], "cut": ["a word"], "beyond": ["900 px wide"]})
    heads, _, row = table({"Speed": {Look(390, "dark"): narrow, Look(1280, "light"): wide}}).splitlines()
    told = dict(zip(heads.strip("| ").split(" | "), row.strip("| ").split(" | "), strict=True))
    assert (told["page"], told["charts"], told["labels"]) == ("Speed", "2", "3 to 7")
    counts = {name: int(told[name]) for name in COLUMNS}
    assert {name: count for name, count in counts.items() if count} == {
        "labels that cover or are cut": 2,
        "words cut, or beyond the edge": 2,
        "axe, serious": 1,
    }


def test_every_rule_has_a_column() -> None:
    """No fault fails the run without standing in the table."""
    rules = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8").partition("broken: {")[2]
    named = {line.strip().partition(":")[0].strip('"') for line in rules.partition("},")[0].splitlines()}
    counted = {rule for told in COLUMNS.values() for rule in told}
    assert named - {""} <= counted
    assert {"axe", "keys"} <= counted


def test_a_look_is_named_by_width_and_scheme() -> None:
    """All ten can be asked for by name; nonsense is told."""
    assert [look_named(str(look)) for look in WHOLE] == list(WHOLE)
    with pytest.raises(ArgumentTypeError, match="390-dark"):
        look_named("wide")


def test_the_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """The words around it stay."""
    file = tmp_path / "looks.md"
    file.write_text("# Title\n\nWords.\n\n| page |\n| --- |\n| old |\n\nMore.\n", encoding="utf-8")
    write(file, "| page |\n| --- |\n| new |")
    assert file.read_text(encoding="utf-8") == "# Title\n\nWords.\n\n| page |\n| --- |\n| new |\n\nMore.\n"
