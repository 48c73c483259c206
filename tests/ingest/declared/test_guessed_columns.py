"""Columns of an unseen table: what their cells say that they hold, by which rules, and where these end."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from ingest.declared.guess.column import SAMPLE, Column, columns_of, decimal_of, is_model, missing_words
from ingest.declared.guess.drafts import About
from ingest.declared.guess.intervals import interval_columns
from ingest.declared.guess.seen import Day, Seen, said_only
from ingest.declared.guess.words import lower_is_better, plain_name, says
from ingest.declared.keys import UNITS

ABOUT = About("board", title="A board", host="example.org")


def frame(**columns: list[str | None]) -> pl.DataFrame:
    """A table of texts; `_` in a name stands for a blank."""
    return pl.DataFrame(
        {name.replace("_", " "): cells for name, cells in columns.items()},
        schema=dict.fromkeys((name.replace("_", " ") for name in columns), pl.String),
    )


def column(*cells: str | None, name: str = "x", decimal: str = ".") -> Column:
    """One column with these cells."""
    (found,) = columns_of(pl.DataFrame({name: cells}, schema={name: pl.String}), decimal)
    return found


def seen(**columns: list[str | None]) -> Seen:
    """A table as it is seen."""
    table = frame(**columns)
    return Seen.of(ABOUT, columns_of(table, "."), missing_words(table))


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1", "2", "3"], (1, 2, 3)),
        (["1", "2", "3", "4", "5", "6", "7", "x", "y", "z"], (1, 2, 3, 4, 5, 6, 7)),
        (["1", "2", "3", "4", "5", "6", "w", "x", "y", "z"], ()),
        (["1", "-", "n.a.", "—", None, " 2 "], (1, 2)),
        (["x"], ()),
        (["5%", "7.5 %"], (5, 7.5)),
        (["1,234", "5"], (1234, 5)),
    ],
)
def test_a_column_is_of_figures_where_seven_in_ten_of_its_cells_are(
    cells: list[str | None], numbers: tuple[float, ...]
) -> None:
    """Cells that say nothing do not count; of a column of words the few figures are none."""
    found = column(*cells)
    assert found.numbers == numbers
    assert found.is_number is bool(numbers)


@pytest.mark.parametrize(
    ("cells", "is_text"),
    [
        (["one", "two"], True),
        (["yes", "No", "TRUE", "false"], False),
        (["yes", "no", "perhaps"], True),
        (["1", "2"], False),
        (["1", "x"], False),  # half of them are figures
        (["1", "x", "y"], True),
        (["2026-01-01", "2026-02-01"], False),
        (["https://a.example", "/path"], False),
        (["https://a.example", "path"], True),
    ],
)
def test_words_are_what_is_nothing_else(cells: list[str], is_text: bool) -> None:
    """A column that is half figures names nothing, though it may not be one of figures either."""
    assert column(*cells).is_text is is_text


def test_what_a_column_says_of_its_figures() -> None:
    """Whether they are percent, in which currency, how many cells differ, and how many name models."""
    assert column("5%", "6%").percent is True
    assert column("5%", "x", "y").percent is False
    assert (column("$5", "$6").currency, column("€5", "6").currency) == ("USD", "EUR")
    assert column("5", "6", name="Price (USD)").currency == "USD"
    assert column("5", "6").currency is None
    assert column("a", "b", "b", "a").varied == 0.5
    assert column("gpt-5", "x", "claude", "y").models == 0.5
    assert column("1", "x", "y", "z").figures == 0.25
    assert Column("x", ()).varied == 0
    assert (Column("x", ()).is_text, Column("x", ()).is_address, Column("x", ()).is_number) == (False,) * 3
    bare = Column("x", ("a",))
    assert (bare.models, bare.figures, bare.percent, bare.spoken) == (0.0, 0.0, False, "x")


@pytest.mark.parametrize(
    ("cells", "figures", "behind"),
    [
        (["$2.50 / 1M tokens", "$10 / 1M tokens"], (2.5, 10), "/ 1m tokens"),
        (["5 GB", "7 gb"], (5, 7), "gb"),
        (["5 GB", "7 MB"], (), ""),
        (["5 GB"], (), ""),
        (["81.2 ± 1.1", "80.9 (79.1-82.0)"], (81.2, 80.9), ""),
        (["+5/-4", "+6/-6"], (), ""),
        (["759/940", "194/940"], (), ""),
    ],
)
def test_a_figure_is_taken_out_of_cells_that_say_more(
    cells: list[str], figures: tuple[float, ...], behind: str
) -> None:
    """Where all count the same or bear a margin, and there are several; margins alone are no figures."""
    found = column(*cells)
    assert (found.numbers, found.behind) == (figures, behind)
    assert bool(found.pattern) is bool(figures)
    assert found.texts == tuple(cells)
    if behind:
        assert found.spoken == f"x {behind}"


def test_a_field_is_its_column_or_a_table_of_keys() -> None:
    """The pattern that takes the figure out comes before what is said of it."""
    plain, parted = column("1", "2"), column("1 ms", "2 ms")
    assert plain.as_field() == "x"
    assert plain.as_field(unit="percent") == {"column": "x", "unit": "percent"}
    assert list(parted.as_field(unit="u")) == ["column", "pattern", "unit"]
    assert list(parted.as_field()) == ["column", "pattern"]


@pytest.mark.parametrize(
    ("cells", "date", "orders"),
    [
        (["2026-01-01", "2026-02-03"], "", ()),
        (["2026-01-01"] * 4 + ["soon"], "", ()),
        (["2026-01-01"] * 3 + ["soon"], None, ()),
        (["1793000000", "1793100000.5"], "unix", ()),
        (["1793000000000", "1793100000000"], "unix_ms", ()),
        (["20260504", "20261231"], "%Y%m%d", ()),
        (["20260504", "20261331"], None, ()),
        (["2026050400", "2026123123"], "%Y%m%d%H", ()),
        (["05/06/2026", "03/04/2026"], "", ("dmy", "mdy")),
        (["25/06/2026", "03/04/2026"], "", ("dmy",)),
        (["05/26/2026", "03/04/2026"], "", ("mdy",)),
        (["x", "y"], None, ()),
    ],
)
def test_how_dates_are_written_is_told_by_all_of_them(
    cells: list[str], date: str | None, orders: tuple[str, ...]
) -> None:
    """Four in five must be dates; an order must read every cell, and both may."""
    found = column(*cells)
    assert (found.date, found.orders) == (date, orders)


def test_so_many_rows_are_looked_at() -> None:
    """What stands further down says nothing of the column; columns about rows, and blank ones, are none."""
    cells = ["1"] * SAMPLE + ["x"] * 1000
    assert column(*cells).numbers == (1.0,) * 400
    table = pl.DataFrame({"@row": ["1"], "blank": ["-"], "x": ["1"]})
    assert [found.name for found in columns_of(table, ".")] == ["x"]
    assert missing_words(frame(a=["-", "1", None], b=["TBD ", "-", "x"])) == ["-", "TBD"]


@pytest.mark.parametrize(
    ("cells", "separator", "sign"),
    [
        (["1.5", "2.5"], ",", "."),
        (["1,5", "2,5"], ";", ","),
        (["1", "2"], ",", "."),
        (["1", "2"], ";", "."),
        (["1.234", "2.345"], ";", ","),
        (["1.234", "2.345"], ",", "."),
        (["0.234", "2.345"], ";", ","),
        (["0.234", "0.345"], ";", "."),
        ([], ",", "."),
    ],
)
def test_the_decimal_sign_is_the_one_under_which_more_cells_are_figures(
    cells: list[str], separator: str, sign: str
) -> None:
    """Where neither is better it is a point, but for who parts cells by semicolons for its sake."""
    assert decimal_of(frame(x=list(cells)), separator) == sign


@pytest.mark.parametrize(
    ("text", "model"),
    [("GPT-5.2", True), ("openai/o3-mini", True), ("Opus", True), ("Alpha", False), ("logo3", False)],
)
def test_names_of_models_are_known_by_their_family(text: str, model: bool) -> None:
    """As a word of its own."""
    assert is_model(text) is model


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("inputPrice_perMTok", "input price per mtok"),
        ("parent.maxTokens", "max tokens"),
        ("Score (%) [avg]", "score % avg"),
        ("A--B", "a b"),
    ],
)
def test_a_name_is_read_as_words(name: str, plain: str) -> None:
    """Whichever way they are joined."""
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("name", "lower"),
    [("WER ↓", True), ("error rate", True), ("Errors", False), ("perplexity", True), ("Score", False)],
)
def test_rates_of_errors_are_the_better_the_lower(name: str, lower: bool) -> None:
    """By a word of the name, or an arrow."""
    assert lower_is_better(name) is lower


@pytest.mark.parametrize(
    ("name", "role", "holds"),
    [
        ("total input", "input", True),
        ("inputs", "input", False),
        ("cache read", "cached_input", True),
        ("released", "date", True),
        ("llm", "model", True),
        ("number of games", "trials", True),
        ("scoreboard", "score", False),
    ],
)
def test_a_role_is_a_word_of_the_name(name: str, role: str, holds: bool) -> None:
    """Not a part of one."""
    assert says(name, role) is holds


MODELS: list[str | None] = ["gpt-5", "claude-4", "grok-4"]


@pytest.mark.parametrize(
    ("columns", "model"),
    [
        ({"Model": ["a", "b", "c"], "x": ["1", "2", "3"]}, "Model"),
        ({"who": MODELS, "x": ["1", "2", "3"]}, "who"),
        ({"who": ["gpt-5", "b", "c"], "x": ["1", "2", "3"]}, "who"),  # one in three
        ({"who": ["gpt-5", "b", "c", "d"], "x": ["1", "2", "3", "4"]}, None),  # one in four
        ({"name": ["a", "b", "c"], "score": ["1", "2", "3"]}, "name"),
        ({"name": ["a", "b", "c"], "input": ["1", "2", "3"], "output": ["1", "2", "3"]}, "name"),
        ({"name": ["a", "b", "c"], "input": ["1", "2", "3"]}, None),
        ({"name": ["a", "b", "c"], "x": ["1", "2", "3"]}, None),
        ({"model_url": ["https://a/gpt-5", "https://a/o3", "https://a/grok"], "Model": MODELS}, "Model"),
        ({"name": ["a", "b", "c"], "model": MODELS}, "model"),
        ({"model": ["1", "2", "3"], "x": ["1", "2", "3"]}, None),
    ],
)
def test_the_column_of_models_is_so_called_or_full_of_them(
    columns: dict[str, list[str | None]], model: str | None
) -> None:
    """From three in ten cells on; else what is measured or priced is called by its name."""
    found = seen(**columns).model
    assert (found.name if found else None) == model


@pytest.mark.parametrize(
    ("name", "cells", "kept"),
    [
        ("key", ["0", "1", "2"], False),
        ("Unnamed:_0", ["1", "2", "3"], False),
        ("#", ["2", "3", "4"], True),
        ("key", ["0", "1", "3"], True),
        ("votes", ["0", "1", "2"], True),
        ("tags", ['["a"]', "{}", "[]"], False),
        ("tags", ['["a"]', "{}", "x"], True),
    ],
)
def test_numbers_of_rows_and_what_is_nested_are_no_columns(name: str, cells: list[str], kept: bool) -> None:
    """They count from nought or one, without a gap."""
    columns: dict[str, list[str | None]] = {name: [*cells], "model": MODELS}
    names = [found.name for found in seen(**columns).columns]
    assert (name.replace("_", " ") in names) is kept


@pytest.mark.parametrize(
    ("columns", "day"),
    [
        ({"x": ["1", "2"]}, Day()),
        ({"date": ["2026-01-01", "2026-01-02"]}, Day("date", "date")),
        ({"seen": ["2026-01-01", "2026-01-02"], "date": ["2026-01-01", "2026-01-02"]}, Day("date", "date")),
        (
            {"other": ["2026-01-01", "2026-01-02"], "test_date": ["2026-01-01", "2026-01-02"]},
            Day("test date", "test date"),
        ),
        ({"retire_date": ["2026-01-01", "2026-01-02"]}, Day()),
        ({"release_date": ["2026-01-01", "2026-01-02"]}, Day()),
        (
            {"date": ["1793000000", "1793100000"]},
            Day({"column": "date", "date": "unix"}, "date"),
        ),
        ({"count": ["1793000000", "1793100000"]}, Day()),
        ({"date": ["25/06/2026", "03/04/2026"]}, Day("date", "date", "dmy")),
        (
            {"date": ["05/06/2026", "03/04/2026"]},
            Day(
                column="date",
                said="'date' may begin with the day or the month (such as 05/06/2026): say "
                'date_order = "dmy" or "mdy", and valid_on = the column',
            ),
        ),
    ],
)
def test_the_day_is_the_column_that_is_called_so(columns: dict[str, list[str | None]], day: Day) -> None:
    """Never one of what ends, nor one that is left out here; figures must be called a date."""
    assert seen(**columns).day(("release",)) == day


def test_a_column_is_found_by_its_role() -> None:
    """A whole name before a part of one, words or figures, and none that is taken."""
    found = seen(
        model=MODELS,
        model_maker=["a", "b", "c"],
        org=["d", "e", "f"],
        score=["1", "2", "3"],
        my_score=["1", "2", "3"],
        tier=["1", "2", "3"],
        link=["https://a", "https://b", "https://c"],
    )
    assert [one.name for one in found.numbers("score")] == ["score", "my score"]
    assert [one.name for one in found.numbers("score", {"score"})] == ["my score"]
    assert getattr(found.text("organization"), "name", None) == "org"
    assert getattr(found.text("organization", {"org"}), "name", None) == "model maker"
    assert found.text("tier") is None
    assert getattr(found.wholly("tier"), "name", None) == "tier"
    assert found.wholly("tier", {"tier"}) is None
    assert found.address() == "link"
    assert seen(model=MODELS).address() is None


@pytest.mark.parametrize(
    ("columns", "above"),
    [
        ({"parent.key": ["a", "a", "b"], "parent.name": ["A", "A", "B"]}, "parent.key"),
        ({"parent.key": ["1", "1", "2"], "parent.name": ["A", "A", "B"]}, "parent.name"),
        ({"parent.key": ["a", "a", "a"]}, None),
        ({"key": ["a", "a", "b"]}, None),
    ],
)
def test_what_rows_lie_in_is_named_where_there_are_several(
    columns: dict[str, list[str | None]], above: str | None
) -> None:
    """By words: the number of a member says nothing of it."""
    found = seen(**columns, model=MODELS).above()
    assert (found.name if found else None) == above


def test_what_a_cell_must_say_leaves_out_the_signs_for_nothing() -> None:
    """Where a table uses some."""
    assert said_only(seen(x=["1", "2"]), "x") == {"x": {"present": True}}
    assert said_only(seen(x=["1", "-", "TBD"]), "x") == {"x": {"present": True, "not": ["-", "TBD"]}}


def interval(low: list[str], score: list[str], high: list[str]) -> bool:
    """Whether two columns are taken for the ends of a third."""
    found = columns_of(frame(score=list(score), low=list(low), high=list(high)), ".")
    ends = interval_columns(found[:1], found)
    return {name: (one.name, other.name) for name, (one, other) in ends.items()} == {"score": ("low", "high")}


def test_nineteen_in_twenty_scores_lie_between_the_ends_of_their_intervals() -> None:
    """One slip of rounding in twenty is allowed; the ends themselves are inside."""
    low, high = ["1"] * 20, ["3"] * 20
    assert interval(low, ["2"] * 19 + ["9"], high)
    assert interval(low, ["1"] * 10 + ["3"] * 10, high)
    assert not interval(low, ["2"] * 18 + ["9"] * 2, high)
    assert not interval([*low[:19], "-"], ["2"] * 20, high)


def test_sizes_in_words_are_units_of_a_form() -> None:
    """What stands behind a figure is written with a unit that a form knows."""
    assert [UNITS[size] for size in ("thousands", "millions", "billions")] == [1e3, 1e6, 1e9]


def test_an_interval_fits_one_score_or_none() -> None:
    """Around two scores nobody knows whose it is; it is never that of its own ends."""
    cells: dict[str, Any] = {"a": ["2", "3"], "b": ["2", "3"], "low": ["1", "2"], "high": ["3", "4"]}
    found = columns_of(frame(**cells), ".")
    assert interval_columns(found[:2], found) == {}
    assert list(interval_columns(found[:1], found)) == ["a"]
    assert interval_columns(found[2:], found) == {}
