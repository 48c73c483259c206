"""The blend of input and output price: one rule, told in Python and in SQL."""

from __future__ import annotations

import re

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.price.blend import blended, blended_price
from store.warehouse import Warehouse
from tests.places import ROOT

PRICES = st.none() | st.floats(0, 1e4)
WEIGHED_BY_HAND = re.compile(r"\b3(?:\.0)? \* \S*input|\S*input\S* \* 3\b")


def in_python(frame: pl.DataFrame) -> list[float | None]:
    """What the expression makes of the columns."""
    return frame.select(price=blended_price())["price"].to_list()


def in_sql(frame: pl.DataFrame) -> list[float | None]:
    """What the macro of the store makes of them."""
    warehouse = Warehouse.in_memory()
    sql = """
        SELECT blended_price(input, output) AS price
        FROM (SELECT unnest($i::DOUBLE[]) AS input, unnest($o::DOUBLE[]) AS output)
    """
    inputs, outputs = (frame[f"{side}_usd_per_mtok"].to_list() for side in ("input", "output"))
    blends = warehouse.frame(sql, {"i": inputs, "o": outputs})["price"].to_list()
    warehouse.close()
    return blends


def prices(pairs: list[tuple[float | None, float | None]]) -> pl.DataFrame:
    """Pairs of input and output price."""
    schema = {"input_usd_per_mtok": pl.Float64, "output_usd_per_mtok": pl.Float64}
    return pl.DataFrame(pairs, schema=schema, orient="row")


def test_three_tokens_are_read_for_each_token_written() -> None:
    """$3 in and $15 out are $6; a missing side makes the blend missing, never partial."""
    frame = prices([(3.0, 15.0), (1.0, None), (None, 1.0)])
    assert in_python(frame) == in_sql(frame) == [6.0, None, None]
    assert blended(3.0, 15.0) == 6.0


@settings(max_examples=10)
@given(st.lists(st.tuples(PRICES, PRICES), min_size=20, max_size=100))
def test_python_and_sql_blend_alike(pairs: list[tuple[float | None, float | None]]) -> None:
    """Every pair of prices has one blend, to the last bit, wherever it is asked."""
    frame = prices(pairs)
    assert in_python(frame) == in_sql(frame)


def test_no_other_place_weighs_prices_by_itself() -> None:
    """Queries use the macro and modules the function: a weight of three is written nowhere else."""
    ours = (
        file
        for folder in (
            "analysis",
            "charts",
            "commands",
            "faces",
            "ingest",
            "pages",
            "pipeline",
            "questions",
            "store",
        )
        for kind in ("*.py", "*.sql")
        for file in (ROOT / folder).rglob(kind)
    )
    by_hand = [file.name for file in ours if WEIGHED_BY_HAND.search(file.read_text(encoding="utf-8"))]
    assert by_hand == ["views.sql"]
