"""Names as identifiers, of one name and of a column: the same."""

from __future__ import annotations

import polars as pl
import pytest

from ingest.formats.slugs import slug, slugs


@pytest.mark.parametrize(
    ("name", "dots", "wanted"),
    [
        ("GPT 4.5 (new)", False, "gpt-4-5-new"),
        ("GPT 4.5 (new)", True, "gpt-4.5-new"),
        ("--Plus & Minus--", False, "plus-minus"),
        (".co.uk.", True, "co.uk"),
        ("Ä", False, ""),
    ],
)
def test_a_name_and_a_column_of_names_give_the_same_identifier(name: str, dots: bool, wanted: str) -> None:
    """Runs of other signs are one hyphen, none at either end."""
    assert slug(name, dots=dots) == wanted
    assert pl.Series([name]).to_frame("name").select(slugs(pl.col("name"), dots=dots)).item() == wanted
