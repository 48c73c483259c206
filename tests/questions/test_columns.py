"""Columns of tables: what a row says first, where it comes from last, each shown by its kind."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from questions.answer import Column, Kind, Table
from questions.columns import columns_of, naming, of_fractions


def shown(rows: pl.DataFrame) -> dict[str, Column]:
    """The columns of a table that says nothing of its columns."""
    return dict(columns_of(Table("any", rows)))


def test_a_table_that_states_its_columns_has_these() -> None:
    """In its own order, whatever else its rows hold."""
    stated = {"b": Column("B"), "a": Column("A")}
    assert columns_of(Table("any", pl.DataFrame({"a": [1], "b": [2], "c": [3]}), stated)) is stated


def test_where_a_row_comes_from_stands_last() -> None:
    """In the order of the list, and what only queries need is not shown."""
    names = ("source_id", "unit", "value", "date_is_stated", "model_id", "higher_is_better", "year")
    rows = pl.DataFrame({name: ["a"] for name in names})
    assert list(shown(rows)) == ["value", "year", "unit", "model_id", "source_id"]


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (["organization", "benchmark", "title"], "title"),
        (["state", "source_id", "last_error"], "source_id"),
        (["valid_on", "value", "unit", "source_id"], None),
        ([], None),
    ],
)
def test_the_name_of_a_row_is_among_its_first_columns(columns: list[str], name: str | None) -> None:
    """That stays in sight when a table is scrolled; a source far behind is none."""
    assert naming(columns) == name


@pytest.mark.parametrize(("other", "label"), [("model_id", "model"), ("benchmark_id", "title")])
def test_the_title_of_a_model_is_headed_so(other: str, label: str) -> None:
    """Beside the id of a model only."""
    assert shown(pl.DataFrame({"title": ["A"], other: ["a"]}))["title"].label == label


@pytest.mark.parametrize(
    ("units", "fractions"),
    [
        (["fraction", "fraction"], True),
        (["fraction", "points"], False),
        (["points", "points"], False),
        ([], False),
    ],
)
def test_shares_are_fractions_where_every_row_is_one(units: list[str], fractions: bool) -> None:
    """One row of points makes the column plain numbers."""
    rows = pl.DataFrame(
        {"unit": units, "value": [0.5] * len(units)}, schema={"unit": pl.String, "value": pl.Float64}
    )
    assert of_fractions(rows) is fractions
    assert shown(rows)["value"].kind is (Kind.PERCENT if fractions else Kind.NUMBER)
    assert not of_fractions(rows.drop("unit"))


@pytest.mark.parametrize(
    ("name", "value", "label", "kind"),
    [
        ("payload_url", "https://a.example", "payload", Kind.LINK),
        ("homepage", "https://a.example", "homepage", Kind.LINK),
        ("released_on", date(2026, 1, 1), "released", Kind.DAY),
        ("observed_at", datetime(2026, 1, 1, tzinfo=UTC), "first seen (UTC)", Kind.INSTANT),
        ("stderr", 0.5, "standard error", Kind.PERCENT),
        ("low", 0.5, "interval from", Kind.PERCENT),
        ("rank", 0.5, "rank", Kind.NUMBER),
        ("input_usd_per_mtok", 0.5, "input, $ per million tokens", Kind.DOLLARS),
        ("cost", 0.5, "cost, $", Kind.DOLLARS),
        ("costs", 0.5, "costs", Kind.NUMBER),
        ("n_scores", 3, "scores", Kind.NUMBER),
        ("set_by", "a", "set by", Kind.TEXT),
    ],
)
def test_a_column_is_shown_by_its_name_and_type(name: str, value: object, label: str, kind: Kind) -> None:
    """A blank stands for an underscore where no better name is known."""
    rows = pl.DataFrame({"unit": ["fraction"], name: [value]})
    assert shown(rows)[name] == Column(label, kind)
