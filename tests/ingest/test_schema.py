"""Schemas: each limit and rule marks exactly the rows that break it, and a null breaks none but presence."""

from __future__ import annotations

import math

import polars as pl
import pytest

from ingest import schema
from ingest.schema import Column, Schema


class _Dated(Schema):
    day = schema.Date()


class _Measured(_Dated):
    value = schema.Float64(nullable=False)
    ceiling = schema.Float64()
    unit = schema.Enum(["points", "minutes"])

    @schema.rule
    def value_is_below_the_ceiling(cls) -> pl.Expr:
        return cls.value.col <= cls.ceiling.col


LIMITS = (
    (schema.String(nullable=False), ["", "x"], [None], "nullability"),
    (schema.String(min_length=1), ["x", None], [""], "min_length"),
    (schema.String(max_length=4), ["äö", "abcd", None], ["äöü", "abcde"], "max_length"),
    (schema.String(regex=r"^[a-z]+$"), ["ab", None], ["", "aB", "a b"], "regex"),
    (schema.Enum(["a", "b"]), ["a", None], ["c", ""], "dtype"),
    (schema.Float64(min=0), [0.0, 1.5, None], [-1e-9], "min"),
    (schema.Float64(min_exclusive=0), [1e-9, None], [0.0, -1.0], "min_exclusive"),
    (schema.Float64(max=1), [1.0, -5.0, None], [1.0000001], "max"),
    (schema.Float64(), [1e308, None], [math.nan], "nan"),
    (schema.Float64(), [-1e308, None], [math.inf, -math.inf], "inf"),
    (schema.Int64(min=0), [0, None], [-1], "min"),
    (schema.Int64(min_exclusive=0), [1, None], [0], "min_exclusive"),
    (schema.Bool(nullable=False), [True, False], [None], "nullability"),
)


@pytest.mark.parametrize(("column", "kept", "broken", "limit"), LIMITS)
def test_a_limit_marks_the_rows_that_break_it(
    column: Column, kept: list[object], broken: list[object], limit: str
) -> None:
    """What keeps it has its type, what breaks it is given back as it came, and its limit is named."""
    one = type("One", (Schema,), {"field": column})
    rows = pl.DataFrame({"field": pl.Series([*kept, *broken], strict=False)})
    checked = one.check(rows)
    assert checked.good["field"].dtype == column.dtype
    assert checked.good["field"].cast(rows["field"].dtype).to_list() == kept
    assert checked.broken.select("field").equals(rows.tail(len(broken)))
    marked = checked.broken.select(checked.rules)
    assert marked[f"field|{limit}"].all()


def test_a_rule_sees_all_columns_of_its_row_and_those_of_the_base() -> None:
    """A rule holds where one of its values is null; columns of the base come first."""
    assert list(_Measured.columns()) == ["day", "value", "ceiling", "unit"]
    rows = pl.DataFrame(
        {"day": [None] * 3, "value": [1.0, 2.0, 3.0], "ceiling": [2.0, 1.0, None], "unit": ["points"] * 3}
    )
    checked = _Measured.check(rows)
    assert checked.good["value"].to_list() == [1.0, 3.0]
    assert _reasons(checked) == [["value_is_below_the_ceiling"]]


def test_a_value_of_another_type_is_the_only_thing_said_of_its_row() -> None:
    """Other rules would speak of a value that is not there."""
    rows = pl.DataFrame({"day": [None], "value": [2.0], "ceiling": [1.0], "unit": ["lumen"]})
    assert _reasons(_Measured.check(rows)) == [["unit|dtype"]]


def test_every_broken_rule_is_marked() -> None:
    """A row that breaks two rules says both."""
    rows = pl.DataFrame({"day": [None], "value": [math.inf], "ceiling": [1.0], "unit": [None]})
    assert _reasons(_Measured.check(rows)) == [["value_is_below_the_ceiling", "value|inf"]]


def _reasons(checked: schema.Checked) -> list[list[str]]:
    marked = checked.broken.select(checked.rules)
    return [[name for name, broken in row.items() if broken] for row in marked.iter_rows(named=True)]
