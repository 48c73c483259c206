"""A figure is read where it can mean one number only; else it is refused, and the reason says what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from ingest.declared.figures import Figure, Writing, read_column, read_figure
from ingest.declared.parse import source_from_toml
from ingest.declared.said_units import contradiction, wrong_currency
from ingest.records import Kind, Records, check
from ingest.source import Payload

HEAD = """title = "Prices"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
url = "https://example.org/prices.csv"
format = "csv"
cadence = "1d"
"""
PRICE = """[price]
model_name = "Model"
input_usd_per_mtok = {input}
output_usd_per_mtok = {output}
constants = {{ provider = "shop", tier = "standard", seller = "reseller" }}
"""


def parsed(form: str, body: str) -> Records:
    source = source_from_toml(HEAD + form, "example-prices")
    as_of = datetime(2026, 6, 1, tzinfo=UTC)
    return check(source.parse((Payload(source.id, source.urls[0], as_of, "0" * 64, body.encode()),)))  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "tier"),
    [
        ("acme/one-2", "standard"),
        ("acme/one-2:batch", "batch"),
        ("acme/one-2:what-comes-next", "what-comes-next"),
        ("acme/one-2_ultrafast", "ultrafast"),
        ("One 2 (batch)", "batch"),
        ("one-2-priority", "priority"),
        ("One 2 Batch API", "batch"),
        ("one-2:instruct", "standard"),
        ("one-2-turbo", "standard"),
    ],
)
def test_a_tier_in_a_name_is_never_a_list_price(name: str, tier: str) -> None:
    """Whatever form reads it; words that models are called by stay the model's."""
    records = parsed(prices(), f"Model,In,Out\n{name},1,2\n")
    assert records.frames[Kind.PRICE]["tier"].to_list() == [tier]


def prices(column: str = '"In"', out: str = '"Out"', head: str = "") -> str:
    return head + PRICE.format(input=column, output=out)


@pytest.mark.parametrize(
    ("text", "writing", "number"),
    [
        ("0.15", Writing(), 0.15),
        ("$12.40", Writing(), 12.4),
        ("US$ 3", Writing(), 3.0),
        ("3 USD", Writing(), 3.0),
        ("-$3", Writing(), -3.0),
        ("($3)", Writing(), -3.0),
        ("1,234.5", Writing(), 1234.5),
        ("1 234 567", Writing(), 1234567.0),
        ("1'234.50", Writing(), 1234.5),
        ("1,287", Writing(), 1287.0),
        ("2.5e-07", Writing(), 2.5e-07),
        ("81 %", Writing(is_percent=True), 81.0),
        ("0,15", Writing(decimal=","), 0.15),
        ("1.234,56", Writing(decimal=","), 1234.56),
        ("1.234", Writing(decimal=","), 1234.0),
        ("1 234,5", Writing(decimal=","), 1234.5),
        ("2,50 €", Writing(decimal=",", currency="EUR"), 2.5),
    ],
)
def test_a_figure_is_read_as_the_form_says(text: str, writing: Writing, number: float) -> None:
    """Points, commas, gaps between thousands, currency before and behind."""
    assert read_figure(text, writing) == Figure(number)


@pytest.mark.parametrize(
    ("text", "writing", "says"),
    [
        ("0,15", Writing(), "decimal"),
        ("1.234,56", Writing(), "decimal"),
        ("2,50 €", Writing(), "in EUR, not in USD"),
        ("£3", Writing(), "in GBP"),
        ("¥20", Writing(), "in JPY"),
        ("CHF 5", Writing(), "in CHF"),
        ("R$ 5", Writing(), "in BRL"),
        ("HK$5", Writing(), "in HKD"),
        ("元5", Writing(), "in CNY"),
        ("$5", Writing(currency="EUR"), "in USD, not in EUR"),
        ("0.5%", Writing(), "percent"),
        ("0.15", Writing(decimal=","), "no"),
        ("(5)", Writing(), "not a number"),
        ("1,23,456", Writing(), "not a number"),
        ("12k", Writing(), "not a number"),
        ("3.00/M", Writing(), "not a number"),
        ("nan", Writing(), "not a number"),
        ("Infinity", Writing(), "not a number"),
        ("1e9999", Writing(), "not a number"),
        ("1e99999", Writing(), "not a number"),
        ("1" * 10_000, Writing(), "not a number"),
    ],
)
def test_what_may_mean_another_number_is_refused(text: str, writing: Writing, says: str) -> None:
    """No comma is dropped, no euro is a dollar, no percent sign is lost."""
    read = read_figure(text, writing)
    assert read.value is None
    assert says in read.wrong


def test_one_decimal_comma_puts_the_whole_column_in_doubt() -> None:
    """Beside 0,15 neither 1,250 nor 1.500 is sure to be a thousand, and beside none of it they are."""
    values, wrong = read_column(pl.Series(["0,15", "1,250", "1.500", "3", "2.5", None]), Writing())
    assert values.to_list() == [None, None, None, 3.0, 2.5, None]
    assert [reason is not None for reason in wrong] == [True, True, True, False, False, False]
    values, wrong = read_column(pl.Series(["1,287", "1.5"]), Writing())
    assert values.to_list() == [1287.0, 1.5]
    assert wrong.null_count() == 2


def test_prices_in_euro_with_commas_are_read_where_the_form_says_all() -> None:
    """Decimal, currency and what one euro is in dollars; without the last the form is wrong."""
    body = 'Model,In,Out\nalpha-1,"0,15 €","1.200,00 €"\n'
    head = 'decimal = ","\ncurrency = "EUR"\n'
    frame = parsed(
        prices('{ column = "In", usd = 1.1 }', '{ column = "Out", usd = 1.1 }', head), body
    ).frames[Kind.PRICE]
    assert frame["input_usd_per_mtok"].to_list() == [0.165]
    assert frame["output_usd_per_mtok"].to_list() == [1320.0]


def test_a_price_that_may_be_a_thousand_is_refused() -> None:
    """No price list means a thousand dollars a million tokens by 1,250."""
    records = parsed(prices(), 'Model,In,Out\nalpha-1,"1,250","$5,000"\n')
    assert records.frames[Kind.PRICE].is_empty()
    assert "may be a thousand, or one and a fraction" in records.refused["reason"][0]


@pytest.mark.parametrize(
    ("field", "column", "says"),
    [
        ("input_usd_per_mtok", "Price per 1K tokens", "per thousand tokens"),
        ("input_usd_per_mtok", "input_cost_per_token", "per token"),
        ("input_usd_per_mtok", "$/1K chars", "does not count by the token"),
        ("input_usd_per_mtok", "USD per second", "does not count by the token"),
        ("input_usd_per_mtok", "cents / 1M tokens", "cents"),
        ("training_tokens", "Tokens (B)", "billions"),
        ("training_cost_usd", "Cost (millions)", "millions"),
        ("score", "Accuracy (%)", "percent"),
        ("latency_seconds", "TTFT (ms)", "milliseconds"),
        ("input_usd_per_mtok", "$/1M tokens", None),
        ("input_usd_per_mtok", "Input per million tokens", None),
        ("score", "Accuracy", None),
    ],
)
def test_the_name_of_a_column_may_contradict_the_field(field: str, column: str, says: str | None) -> None:
    """A unit in a column's name that the form does not repeat is no guess of ours to make."""
    found = contradiction(field, column, is_fraction=True)
    assert found is None if says is None else found is not None and says in found


def test_a_unit_in_the_name_refuses_the_rows_until_the_form_says_it() -> None:
    """The reason names the key; with `unit` the same table goes in."""
    body = "Model,Price per 1K tokens,Out\nalpha-1,0.002,4\n"
    records = parsed(prices('"Price per 1K tokens"'), body)
    assert 'say unit = "per thousand tokens"' in records.refused["reason"][0]
    told = parsed(prices('{ column = "Price per 1K tokens", unit = "per thousand tokens" }'), body)
    assert told.frames[Kind.PRICE]["input_usd_per_mtok"].to_list() == [2.0]


def test_a_currency_in_the_name_is_no_dollar() -> None:
    """ "Cost (EUR)" is euro though its cells bear no sign; "per try" is no lira."""
    assert wrong_currency("cost_usd", "Cost (EUR)", "USD") == "the column 'Cost (EUR)' is in EUR, not in USD"
    assert wrong_currency("input_usd_per_mtok", "Preis €", "USD") is not None
    assert wrong_currency("cost_usd", "Cost per try", "USD") is None
    assert wrong_currency("cost_usd", "Cost (EUR)", "EUR") is None


@pytest.mark.parametrize(("factor", "word"), [(1000, "dearer"), (0.001, "cheaper"), (1e-6, "cheaper")])
def test_prices_that_are_all_far_off_are_a_likely_unit_error(factor: float, word: str) -> None:
    """Known models tell that a column is per token or per thousand; every row is refused and says so."""
    known = {"gpt-4o": (2.5, 10), "Claude Sonnet 4.5": (3, 15), "acme/o3-2025-04-16": (2, 8), "own-1": (1, 2)}
    lines = [f"{name},{cheap * factor},{dear * factor}\n" for name, (cheap, dear) in known.items()]
    records = parsed(prices(), "Model,In,Out\n" + "".join(lines))
    assert records.frames[Kind.PRICE].is_empty()
    assert all(f"times {word} than its list price" in reason for reason in records.refused["reason"])


def test_a_seller_with_a_discount_is_no_unit_error() -> None:
    """Half price, or one odd figure, is a price."""
    records = parsed(prices(), "Model,In,Out\ngpt-4o,1.25,5\nclaude-sonnet-4.5,3,15\no3,2,800\n")
    assert records.frames[Kind.PRICE].height == 3


def test_a_blank_cell_of_a_setting_is_the_empty_setting() -> None:
    """As it is where the form maps none; a field without a natural default stays blank."""
    form = """[score]
model_name = "Model"
setting = "Effort"
url = "Link"
score = { column = "Score", unit = "percent" }
constants = { benchmark_id = "own-board", unit = "fraction", reported_by = "community" }
"""
    frame = parsed(form, "Model,Score,Effort,Link\nalpha-1,81,high,\nbeta-2,64,,\n").frames[Kind.SCORE]
    assert frame["setting"].to_list() == ["high", ""]
    assert frame["url"].to_list() == [None, None]
