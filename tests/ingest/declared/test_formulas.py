"""Formulas of forms against Python's own arithmetic, and what is refused in words."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.declared.formulas import DEEPEST, LONGEST, FormulaError, read_formula

FIGURES: dict[str, float | None] = {"a": 6.0, "b": 4.0, "c": -1.5, "nil": 0.0, "none": None}


def reckoned(text: str) -> float | None:
    """What a formula gives for one row."""
    row = pl.DataFrame(
        {name: [figure] for name, figure in FIGURES.items()}, schema_overrides={"none": pl.Float64}
    )
    value = row.select(x=read_formula(text).expression({name: pl.col(name) for name in FIGURES}))["x"].item()
    return None if value is None else float(value)


def spelled(depth: int) -> st.SearchStrategy[str]:
    """Formulas as Python would write them, columns in braces."""
    leaf = st.sampled_from(["{a}", "{b}", "{c}", "2", "0.5", "1e1"])
    if depth == 0:
        return leaf
    inner = spelled(depth - 1)
    return st.one_of(
        leaf,
        st.builds("{} {} {}".format, inner, st.sampled_from(["+", "-", "*", "/"]), inner),
        inner.map("({})".format),
        inner.map("-{}".format),
        inner.map("abs({})".format),
        st.builds("max({}, {})".format, inner, inner),
        st.builds("min({},{})".format, inner, inner),
    )


@given(spelled(3))
def test_formulas_reckon_as_python_does(text: str) -> None:
    """Products before sums, from left to right; minus of one; blank where something is divided by zero."""
    try:
        wanted = eval(text.replace("{", "").replace("}", ""), {}, dict(FIGURES))  # our own text
    except ZeroDivisionError:
        wanted = None
    found = reckoned(text)
    assert found == (None if wanted is None else pytest.approx(wanted, rel=1e-9, abs=1e-9))


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("{a} + {none}", None),
        ("{a} / {nil}", None),
        ("sum({a}, {none}, 1)", 7.0),
        ("sum({none})", None),
        ("mean({a}, {b}, {none})", 5.0),
        ("first({none}, {b}, {a})", 4.0),
        ("MAX({a}, {none})", 6.0),
        ("round({c})", -2.0),
        ("round(2.4)", 2.0),
        ("{ a }*.5", 3.0),
        ("2.e1 - {a} - {b}", 10.0),
        ("{a} / {b} / 3", 0.5),
    ],
)
def test_blank_cells_make_blank_or_are_skipped(text: str, figure: float | None) -> None:
    """Signs need both sides; functions of many take what there is."""
    assert reckoned(text) == figure


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "ends where a column or a figure should follow"),
        ("{a} +", "ends where a column or a figure should follow"),
        ("{a} {b}", "'b' is one too many"),
        ("({a}", "a bracket is not closed"),
        ("max({a}", "a bracket is not closed"),
        ("{a})", r"'\)' is one too many"),
        ("* {a}", r"'\*' stands where a column"),
        ("median({a})", "there is no 'median'"),
        ("abs({a}, {b})", "'abs' takes one figure"),
        ("round({a}, 1, 2)", "'round' takes one figure"),
        ("a + b", "'a [+] b' is not understood; columns stand in braces"),
        ("{}", "is not understood"),
        ("1" * (LONGEST + 1), f"longer than {LONGEST} characters"),
        ("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), "brackets are nested too deeply"),
        ("abs(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), "brackets are nested too deeply"),
        ("max(1, " * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), "brackets are nested too deeply"),
        ("-" * (DEEPEST + 2) + "1", "signs are nested too deeply"),
    ],
)
def test_what_is_no_formula_is_refused_in_words(text: str, says: str) -> None:
    """Nothing of it is guessed at."""
    with pytest.raises(FormulaError, match=says):
        read_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * LONGEST,
        "abs(" * DEEPEST + "1" + ")" * DEEPEST,
        "max(1, " * DEEPEST + "1" + ")" * DEEPEST,
        "(" * DEEPEST + "1" + ")" * DEEPEST,
        "-" * (DEEPEST + 1) + "1",
    ],
)
def test_at_its_bounds_a_formula_is_read(text: str) -> None:
    """So long and so deep may it be."""
    assert read_formula(text).columns == ()


def test_a_formula_asks_for_each_column_once() -> None:
    """In the order in which they stand."""
    assert read_formula("{b} + {a} * {b}").columns == ("b", "a")
