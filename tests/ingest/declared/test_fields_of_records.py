"""Fields of declared records: figures, days, yes and no, currencies, known prices, rows that are chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from ingest.declared.fields import FEWEST_TO_JUDGE, read_records
from ingest.declared.form import (
    Condition,
    FallbackForm,
    FieldForm,
    Paging,
    Pivot,
    RecordForm,
    SourceForm,
    TableForm,
    Unpivot,
)
from ingest.declared.known_prices import likely_unit_error, times_off
from ingest.declared.money import currency_in_name, currency_of
from ingest.declared.reshape import chosen_rows
from ingest.declared.urls import addresses, dated, further_pages, linked, with_parameter
from ingest.errors import ParseError
from ingest.formats.table import Table, Unfit
from ingest.records import Kind, Records
from ingest.source import Payload, State

AT = datetime(2026, 6, 1, tzinfo=UTC)
URL = "https://x.example/d"


def payload(body: bytes = b"", url: str = URL) -> Payload:
    return Payload("s", url, AT, "0" * 64, body)


def table(*unfit: Unfit, **columns: list[str | None]) -> Table:
    return Table("t.csv", pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)), unfit)


def read(kind: Kind, fields: dict[str, FieldForm], found: Table, how: TableForm | None = None) -> Records:
    return read_records(RecordForm(kind, fields), found, payload(), how or TableForm("csv"))


def score(cells: list[str | None], field: FieldForm | None = None, **how: Any) -> tuple[list[Any], list[str]]:
    """The values of a column of scores, and why rows were refused."""
    fields = {"model_name": FieldForm(columns=("m",)), "score": field or FieldForm(columns=("s",))}
    found = table(m=[f"m{at}" for at in range(len(cells))], s=cells)
    records = read(Kind.SCORE, fields, found, TableForm("csv", **how))
    return records.frames[Kind.SCORE]["score"].to_list(), records.refused["reason"].to_list()


def test_a_figure_is_scaled_and_what_is_none_is_refused() -> None:
    """With its cell; a blank one is null."""
    percent = FieldForm(columns=("s",), scale=0.01)
    assert score(["50", "x", None], percent) == ([0.5, None], ["score: 'x' is not a number"])
    assert score(["7"]) == ([7.0], [])
    assert score(["7"], FieldForm(columns=("s",), scale=1e6)) == ([7e6], [])
    assert score(["7"], FieldForm(columns=("s",), scale=2.0, usd=1.5)) == ([21.0], [])
    assert score(["0.29"], FieldForm(columns=("s",), scale=0.001)) == ([0.00029], [])


@pytest.mark.parametrize(
    ("cells", "is_percent"),
    [
        (["0.5"] * 5, False),
        (["0.5"] * 4 + ["1"], False),
        (["0.5"] * 4 + ["1.1"], True),
        (["0.5"] * 4, True),
        (["0.5"] * 4 + ["0"], True),
        (["0.5%"] * 5, True),
    ],
)
def test_five_figures_of_which_none_exceeds_one_are_no_percent(
    cells: list[str | None], is_percent: bool
) -> None:
    """Unless each has its sign; nought does not count."""
    percent = FieldForm(columns=("s",), scale=0.01, has_unit=True)
    assert FEWEST_TO_JUDGE == 5
    if is_percent:
        assert len(score(cells, percent)[0]) == len(cells)
        return
    with pytest.raises(ParseError) as error:
        score(cells, percent)
    assert str(error.value) == (
        "t.csv: the column 's' should be percent, but none of 5 figures exceeds 1: it seems to hold "
        "fractions now; correct `unit` in the source's file"
    )


ORDER = 'date_order = "dmy" or "mdy"'


@pytest.mark.parametrize(
    ("cell", "field", "how", "day", "precision", "says"),
    [
        ("2026-05-04", {}, {}, date(2026, 5, 4), "day", None),
        ("2026-05", {}, {}, date(2026, 5, 1), "month", None),
        (
            "05/06/2026",
            {},
            {},
            None,
            None,
            'may begin with the day or the month: say date_order = "dmy" or "mdy"',
        ),
        ("05/06/2026", {}, {"date_order": "dmy"}, date(2026, 6, 5), "day", None),
        ("soon", {}, {}, None, None, "is not a date"),
        ("soon", {"dates": ("%d.%m.%Y",)}, {}, None, None, "is not a date like %d.%m.%Y"),
        ("05/06/2026", {"dates": ("%d.%m.%Y",)}, {}, None, None, "is not a date like %d.%m.%Y"),
        ("2056-06-23", {}, {}, date(2056, 6, 23), "day", None),
        ("2056-06-24", {}, {}, None, None, "lies too far ahead to be meant"),
    ],
)
def test_a_day_has_its_precision_or_a_reason(
    cell: str,
    field: dict[str, Any],
    how: dict[str, Any],
    day: date | None,
    precision: str | None,
    says: str | None,
) -> None:
    """Thirty years ahead of the payload's own day a date is a filler."""
    fields = {
        "series_id": FieldForm(constant="s"),
        "valid_on": FieldForm(columns=("d",), **field),
        "value": FieldForm(constant="1"),
    }
    records = read(Kind.SERIES_POINT, fields, table(d=[cell]), TableForm("csv", **how))
    frame = records.frames[Kind.SERIES_POINT]
    assert frame.select("valid_on", "valid_precision").rows() == ([(day, precision)] if day else [])
    assert records.refused["reason"].to_list() == ([f"valid_on: '{cell}' {says}"] if says else [])


def test_yes_and_no_are_words_of_three_kinds() -> None:
    """In any case; another word is refused, and the rest of its row with it."""
    cells: list[str | None] = ["TRUE", "yes", "1", "False", "NO", "0", None, "perhaps"]
    fields = {
        "benchmark_id": FieldForm(constant="b"),
        "title": FieldForm(constant="t"),
        "unit": FieldForm(constant="points"),
        "higher_is_better": FieldForm(columns=("h",)),
    }
    records = read(Kind.BENCHMARK, fields, table(h=cells))
    told = records.frames[Kind.BENCHMARK]["higher_is_better"].to_list()
    assert told == [True, True, True, False, False, False, None]
    assert records.refused["reason"].to_list() == ["higher_is_better: 'perhaps' is not yes or no"]


def test_a_refused_row_keeps_its_name_and_lines_that_do_not_fit_are_told() -> None:
    """Several reasons stand side by side; of a table without columns there are only the lines."""
    fields = {
        "model_name": FieldForm(columns=("m",)),
        "score": FieldForm(columns=("s",)),
        "cost_usd": FieldForm(columns=("c",)),
    }
    found = table(Unfit("1,2,3,4", "too many"), m=["m"], s=["x"], c=["y"])
    records = read(Kind.SCORE, fields, found)
    assert records.refused["reason"].to_list() == [
        "score: 'x' is not a number; cost_usd: 'y' is not a number",
        "too many",
    ]
    assert '"model_name":"m"' in records.refused["row"][0].replace(": ", ":")
    bare = read(Kind.SCORE, fields, Table("t.csv", pl.DataFrame(), (Unfit("x", "torn"),)))
    assert bare.frames[Kind.SCORE].is_empty()
    assert bare.refused["reason"].to_list() == ["torn"]


PRICED = {
    "model_name": FieldForm(columns=("m",)),
    "provider": FieldForm(constant="p"),
    "tier": FieldForm(constant="standard"),
}


def test_a_price_with_three_digits_behind_its_comma_may_be_a_thousand() -> None:
    """Unless the form says what the comma is."""
    fields = PRICED | {"input_usd_per_mtok": FieldForm(columns=("p",))}
    found = table(m=["m"], p=["1,234"])
    records = read(Kind.PRICE, fields, found)
    assert "may be a thousand, or one and a fraction" in records.refused["reason"][0]
    said = {**fields, "input_usd_per_mtok": FieldForm(columns=("p",), decimal=".")}
    assert read(Kind.PRICE, said, found).frames[Kind.PRICE]["input_usd_per_mtok"].to_list() == [1234.0]
    comma = read(Kind.PRICE, fields, found, TableForm("csv", decimal=","))
    assert comma.frames[Kind.PRICE]["input_usd_per_mtok"].to_list() == [1.234]


def test_a_column_that_names_another_unit_or_currency_is_refused() -> None:
    """Where the form says nothing of the unit."""
    fields = PRICED | {"input_usd_per_mtok": FieldForm(columns=("per 1K tokens",))}
    of_thousands: dict[str, list[str | None]] = {"m": ["m", "n"], "per 1K tokens": ["1", None]}
    found = table(**of_thousands)
    records = read(Kind.PRICE, fields, found)
    assert records.refused.height == 1
    assert records.frames[Kind.PRICE].height == 1
    said = {
        **fields,
        "input_usd_per_mtok": FieldForm(columns=("per 1K tokens",), scale=1000.0, has_unit=True),
    }
    assert read(Kind.PRICE, said, found).refused.is_empty()
    euros = {**fields, "input_usd_per_mtok": FieldForm(columns=("price (EUR)",))}
    in_euros: dict[str, list[str | None]] = {"m": ["m"], "price (EUR)": ["1"]}
    of_euros = read(Kind.PRICE, euros, table(**in_euros))
    assert of_euros.refused.height == 1


# --- known prices and currencies --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "figures", "word"),
    [
        (["claude-opus-4", "claude-haiku-4.5"], [15 * 51, 1 * 51], "dearer"),
        (["claude-opus-4", "claude-haiku-4.5"], [15 * 50, 1 * 50], None),
        (["claude-opus-4", "claude-haiku-4.5"], [15 / 51, 1 / 51], "cheaper"),
        (["claude-opus-4", "claude-haiku-4.5"], [15 / 49, 1 / 49], None),
        (["claude-opus-4", "claude-haiku-4.5"], [15 * 60, 1], None),
        (["claude-opus-4"], [15 * 1000], None),
        (["claude-opus-4", "claude-haiku-4.5"], [15 * 1000, 0], None),
        (["x", "y"], [1e6, 1e6], None),
    ],
)
def test_a_list_is_in_another_unit_where_all_known_models_are_fifty_times_off(
    names: list[str], figures: list[float], word: str | None
) -> None:
    """At least two of them, all in one direction; nought says nothing."""
    said = likely_unit_error(pl.DataFrame({"model_name": names, "input_usd_per_mtok": figures}, strict=False))
    assert (said is not None) is (word is not None)
    if word:
        assert said == (
            f"input_usd_per_mtok: every figure of a known model ({', '.join(names)}) is about 100 times "
            f"{word} than its list price: a likely unit error; correct `unit` or `scale`"
        )


def test_prices_of_output_are_looked_at_too_and_three_models_named() -> None:
    """A thousand times, as a power of ten; without names or prices there is nothing to say."""
    names = ["claude-opus-4", "claude-haiku-4.5", "claude-3-opus", "claude-2.1"]
    frame = pl.DataFrame({"model_name": names, "output_usd_per_mtok": [75e3, 5e3, 75e3, 24e3]})
    said = likely_unit_error(frame)
    assert said is not None
    assert "(claude-opus-4, claude-haiku-4.5, claude-3-opus) is about 1,000 times dearer" in said
    assert likely_unit_error(frame.drop("model_name")) is None
    assert likely_unit_error(frame.select("model_name")) is None


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        ("claude-opus-4", True),
        ("anthropic/Claude Opus 4", True),
        ("claude-opus-4-1", True),
        ("claude-opus-4-20250514", True),
        ("claude-opus-4@20250514", True),
        ("bedrock/claude-opus-4-v1:0", True),
        ("claude-opus-4:thinking", True),
        ("claude-opus-44", False),
    ],
)
def test_a_known_model_is_known_in_its_usual_spellings(name: str, is_known: bool) -> None:
    """Without seller, date and tier, with points or hyphens in its version."""
    assert times_off([(name, 150.0), ("x", 1.0)], "input_usd_per_mtok") == (10.0 if is_known else None)


def test_how_far_prices_are_off_is_the_one_in_the_middle() -> None:
    """Of the price that is meant."""
    figures = [("claude-opus-4", 15.0), ("claude-haiku-4.5", 3.0), ("claude-3-haiku", 25.0)]
    assert times_off(figures, "input_usd_per_mtok") == 3.0
    assert times_off(figures, "output_usd_per_mtok") == 0.6
    assert times_off([], "input_usd_per_mtok") is None


@pytest.mark.parametrize(
    ("column", "currency"),
    [
        ("Price (EUR)", "EUR"),
        ("Preis in €", "EUR"),
        ("cost us$", "USD"),
        ("A$ per hour", "AUD"),
        ("HK$", "HKD"),
        ("Tokens$", "USD"),
        ("try all", None),
        ("EUR or USD", None),
        ("EURO", None),
        ("RMB", "CNY"),
        ("price", None),
    ],
)
def test_the_currency_of_a_column_is_the_one_that_its_name_says(column: str, currency: str | None) -> None:
    """Codes in capitals only, and none where there are two."""
    assert currency_in_name(column) == currency


@pytest.mark.parametrize(("sign", "code"), [("€", "EUR"), (" US$ ", "USD"), ("chf", "CHF"), ("kr", "SEK")])
def test_a_sign_has_a_code(sign: str, code: str) -> None:
    """A code is its own."""
    assert currency_of(sign) == code


# --- rows -------------------------------------------------------------------------------------------------


def chosen(form: RecordForm, found: Table) -> tuple[list[tuple[Any, ...]], list[Unfit]]:
    rows = chosen_rows(form, found, URL, date(2026, 6, 1), lambda *asked: asked[2]["a"] + "!")
    return rows.frame.rows(), list(rows.unfit)


CELLS: list[str | None] = ["1", " 2 ", "$3", "4%", "x", "", None]


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ({"one_of": ("1", "2")}, [1, 2]),
        ({"none_of": ("1", "2")}, [3, 4, 5, 6, 7]),
        ({"matches": r"^\d$"}, [1, 2]),
        ({"lacks": r"\d"}, [5, 6, 7]),
        ({"least": 2.0}, [2, 3, 4]),
        ({"most": 3.0}, [1, 2, 3]),
        ({"least": 2.0, "most": 3.0}, [2, 3]),
        ({"present": True}, [1, 2, 3, 4, 5]),
        ({"present": False}, [6, 7]),
        ({}, [1, 2, 3, 4, 5, 6, 7]),
        ({"least": 2.0, "none_of": ("2",)}, [3, 4]),
    ],
)
def test_rows_are_chosen_by_their_cells(condition: dict[str, Any], kept: list[int]) -> None:
    """Bounds are held against figures, whatever sign they bear, and both belong to what is kept."""
    rows, _ = chosen(RecordForm(Kind.SCORE, {}, where=(Condition("a", **condition),)), table(a=CELLS))
    assert [int(row[-1]) for row in rows] == kept


def test_rows_know_where_they_come_from_and_may_have_derived_columns() -> None:
    """Address, day, file and place; a name that is there already is refused."""
    derived = RecordForm(Kind.SCORE, {}, derived={"b": FieldForm(columns=("a",))})
    assert chosen(derived, table(a=["x", "y"]))[0] == [
        ("x", URL, "2026-06-01", "t.csv", "1", "x!"),
        ("y", URL, "2026-06-01", "t.csv", "2", "y!"),
    ]
    with pytest.raises(
        ParseError, match=r"t\.csv has a column 'b' itself; give the derived one another name"
    ):
        chosen(derived, table(a=["x"], b=["y"]))


def test_columns_become_rows_and_rows_columns() -> None:
    """Figures that contradict each other, or say nothing of what they are, are set aside."""
    wide = RecordForm(Kind.SCORE, {}, unpivot=Unpivot(("a",), "n", "v"))
    assert [row[:3] for row in chosen(wide, table(a=["x"], b=["1"], c=["2"]))[0]] == [
        ("x", "b", "1"),
        ("x", "c", "2"),
    ]
    long = RecordForm(Kind.SCORE, {}, pivot=Pivot(("a",), "n", "v"))
    found = table(
        a=["x", "x", "y", "y", "y", "z", "z", "x", "z"],
        n=["p", " q ", "p", "q", "q", None, "a", "p", "p"],
        v=["1", "2", "3", "4", "5", "6", "7", "1", ""],
    )
    rows, unfit = chosen(long, found)
    assert [row[:3] for row in rows] == [("x", "1", "2"), ("y", "3", None)]
    assert [(item.line, item.reason) for item in unfit] == [
        ("z |  | 6", "n does not say of what the figure is"),
        ("z | a | 7", "n does not say of what the figure is"),
        ("y | q | 4", "contradicts another figure of the same thing"),
        ("y | q | 5", "contradicts another figure of the same thing"),
    ]
    many = table(a=["x"] * 2001, n=[str(at) for at in range(2001)], v=["1"] * 2001)
    with pytest.raises(ParseError, match="would make more than 2,000 columns"):
        chosen(long, many)
    fewer = table(a=["x"] * 2000, n=[str(at) for at in range(2000)], v=["1"] * 2000)
    assert len(chosen(long, fewer)[0]) == 1


# --- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("x/{today:%Y-%m-%d}", "x/2026-03-01"),
        ("x/{yesterday:%Y%m%d}", "x/20260228"),
        ("x/{today-30d:%Y%m%d}", "x/20260130"),
        ("x/{today+1d:%d}", "x/02"),
        ("x/{last_month:%Y%m%d}", "x/20260228"),
        ("x/{other:%Y}", "x/{other:%Y}"),
    ],
)
def test_days_in_an_address_are_counted_from_today(url: str, written: str) -> None:
    """The last month is the last day of the one that is over."""
    assert dated(url, date(2026, 3, 1)) == written


def form(*urls: str, paging: Paging | None = None, **more: Any) -> SourceForm:
    return SourceForm("s", "S", "", "", "", urls, "1d", TableForm("json"), (), paging, **more)


def test_addresses_begin_with_the_first_page() -> None:
    """As they are, or by the day where one holds a date."""
    pages = Paging(parameter="page", first=0)
    assert addresses(form("https://x/a?page=7&b=1", paging=pages)) == ("https://x/a?b=1&page=0",)
    assert addresses(form("https://x/a", paging=Paging(next="n"))) == ("https://x/a",)
    by_day = addresses(form("https://x/a", "https://x/{today:%Y}", paging=pages))
    assert callable(by_day)
    assert by_day(State(AT)) == ["https://x/a?page=0", "https://x/2026?page=0"]


@pytest.mark.parametrize(
    ("paging", "url", "body", "found"),
    [
        (Paging(next="next"), URL, b'{"next": "/2"}', ("https://x.example/2",)),
        (Paging(next="next"), URL, b'{"next": ""}', ()),
        (Paging(next="next"), URL, b'{"next": 2}', ()),
        (Paging(next="next"), URL, b'{"next": "file:///etc/passwd"}', ()),
        (Paging(next="next"), URL, b"no JSON", ()),
        (Paging(parameter="p"), URL, b"[1]", (f"{URL}?p=2",)),
        (Paging(parameter="p"), f"{URL}?p=4", b"[1]", (f"{URL}?p=5",)),
        (Paging(parameter="p"), URL, b"[]", ()),
        (Paging(parameter="p", first=0, step=50), URL, b"[1]", (f"{URL}?p=50",)),
        (Paging(parameter="p", last=3), f"{URL}?p=2", b"[1]", (f"{URL}?p=3",)),
        (Paging(parameter="p", last=3), f"{URL}?p=3", b"[1]", ()),
        (Paging(parameter="p"), f"{URL}?p=99", b"[1]", (f"{URL}?p=100",)),
        (Paging(parameter="p"), f"{URL}?p=100", b"[1]", ()),
        (Paging(parameter="p", more="more"), URL, b'{"more": true}', (f"{URL}?p=2",)),
        (Paging(parameter="p", more="more"), URL, b'{"more": false}', ()),
        (Paging(link='href="([^"]+)"'), URL, b'<html><a href="/a&amp;b">', ("https://x.example/a&b",)),
        (Paging(link='href="([^"]+)"'), URL, b'{"href": "/a"}', ()),
        (Paging(link="nothing"), URL, b"<html>", ()),
    ],
)
def test_a_page_names_the_next_one(paging: Paging, url: str, body: bytes, found: tuple[str, ...]) -> None:
    """By a link to the web and nowhere else, or by counting on while there is more."""
    assert tuple(further_pages(paging)(payload(body, url))) == found


def test_one_parameter_is_set_and_the_others_stay() -> None:
    """Blank ones and repeated ones too."""
    assert with_parameter("https://x/a?b=&c=1&c=2&p=3#z", "p", "4") == "https://x/a?b=&c=1&c=2&p=4#z"
    assert linked("x", payload(b"<html>y")) == ()


def test_a_fallback_may_serve_another_format() -> None:
    """Only at its own address; one that says no format serves the same."""
    fallbacks = (FallbackForm("https://f", "csv", "rows"), FallbackForm("https://g"))
    whole = form(URL, fallbacks=fallbacks)
    assert whole.table_at("https://f") == TableForm("csv", rows="rows")
    assert whole.table_at("https://g") is whole.table
    assert whole.table_at(URL) is whole.table


def test_what_a_form_does_not_say_is_the_usual() -> None:
    """One line of names, the first one; a hundred pages from 1 on; shipped and asked, but no core."""
    usual = TableForm("csv")
    assert (usual.header_row, usual.header_rows, usual.decimal, usual.currency) == (1, 1, ".", "USD")
    assert (Paging().first, Paging().step, Paging().last) == (1, 1, 100)
    whole = form(URL)
    assert (whole.complete, whole.grouped, whole.shippable, whole.core, whole.enabled) == (
        False,
        False,
        True,
        False,
        True,
    )
    assert whole.max_megabytes == 64
    field = FieldForm()
    assert (field.scale, field.has_unit, field.slug, field.optional) == (1.0, False, False, False)
