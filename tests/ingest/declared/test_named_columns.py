"""The column that a form means is found by its name, or told with what would do."""

from __future__ import annotations

from typing import Final

import pytest

from ingest.declared.columns import column_named, find_column
from ingest.errors import ParseError

COLUMNS: Final = ["Model", "GPQA score", "gpqa_score", "Elo-Rating", "2026", "@file"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Model", "Model"),
        ("model ", "Model"),
        ("elo rating", "Elo-Rating"),
        ("gpqa_score", "gpqa_score"),
        ("GPQA score", "GPQA score"),
        ("gpqascore", None),
        ("@last", "2026"),
        ("@file", "@file"),
        ("Maker", None),
        ("", None),
    ],
)
def test_case_and_spacing_count_only_where_more_than_one_would_fit(wanted: str, found: str | None) -> None:
    """The last column is the last of the payload's own, not one that reading has added."""
    assert find_column(COLUMNS, wanted) == found


def test_without_columns_of_its_own_a_payload_has_no_last_one() -> None:
    """What reading adds is none."""
    assert find_column(["@file"], "@last") is None
    assert find_column([], "@last") is None
    assert find_column(["@last", "a"], "@last") == "@last"


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (["Modell", "Score"], "no column 'Model'; did you mean 'Modell'"),
        (["Model;Score"], 'separator = ";" may be what the form lacks'),
        (["A\tB", "@file"], r'separator = "\\t" may be'),
        (["Name|A", "B"], r'separator = "\|" may be'),
    ],
)
def test_a_column_that_is_missing_is_told_with_what_there_is(columns: list[str], says: str) -> None:
    """Few names with a sign in them were read in a wrong way; what reading has added is not offered."""
    with pytest.raises(ParseError, match=says) as caught:
        column_named(columns, "Model", "the board")
    assert "@file" not in str(caught.value)


def test_many_names_are_read_rightly_whatever_signs_they_hold() -> None:
    """Then a separator is not what is missing."""
    with pytest.raises(ParseError) as caught:
        column_named(["a;b", "c", "d"], "Model", "the board")
    assert "separator" not in str(caught.value)
