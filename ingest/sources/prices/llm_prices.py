"""Simon Willison's table of list prices, with the steps that it knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import Rows, day, day_precision, need_keys, read_json_of, read_rows
from ingest.sources.prices._sellers import seller_name

URLS: Final = ("https://www.llm-prices.com/historical-v1.json", "https://www.llm-prices.com/current-v1.json")
_SCHEMA: Final = pl.Schema(
    {
        "id": pl.String,
        "vendor": pl.String,
        "input": pl.Float64,
        "output": pl.Float64,
        "input_cached": pl.Float64,
        "from_date": pl.String,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Prices in USD per million tokens; `valid_on` is null for a price in force since the launch.

    The current list cannot say since when a price holds, so it only adds models that the history lacks.
    """
    read = {payload.url: _rows(payload) for payload in payloads}
    dated = [rows for url, rows in read.items() if "historical" in url]
    known = {name for rows in dated for name in rows.frame["id"]}
    current = [
        rows.frame.filter(~pl.col("id").is_in(list(known)))
        for url, rows in read.items()
        if "historical" not in url
    ]
    steps = pl.concat([*(rows.frame for rows in dated), *current])
    valid_on = day("from_date")
    undated = pl.col("from_date").is_not_null() & valid_on.is_null()
    prices = steps.filter(~undated).select(
        model_name="id",
        provider=seller_name(pl.col("vendor")),
        tier=_tier(),
        input_usd_per_mtok="input",
        output_usd_per_mtok="output",
        cached_input_usd_per_mtok="input_cached",
        seller=pl.lit("maker"),
        url=pl.lit("https://www.llm-prices.com/"),
        valid_on=valid_on,
        valid_precision=day_precision(valid_on),
    )
    odd = refusals(Kind.PRICE, steps.filter(undated), "the start of the price is not a date")
    return Records({Kind.PRICE: prices}, pl.concat([odd, *(rows.refused for rows in read.values())]))


def _rows(payload: Payload) -> Rows:
    data, repeated = read_json_of(payload, Kind.PRICE)
    rows = data.get("prices") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise ParseError(f"{payload.source_id}: {payload.url} has no list `prices`")
    needed = ("id", "vendor", "input", "output")
    need_keys(payload, rows, (*needed, "from_date") if "historical" in payload.url else needed)
    found = read_rows(payload, Kind.PRICE, rows, _row, _SCHEMA, name=lambda row: row["id"])
    return Rows(found.frame, pl.concat([repeated, found.refused]))


def _row(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    row["id"], row["vendor"]
    yield row


def _tier() -> pl.Expr:
    """Prices of long prompts are entries of their own whose id ends in -200k, -272k and so on."""
    above = pl.col("id").str.extract(r"-(\d+k)$")
    return pl.when(above.is_not_null()).then(pl.lit("above-") + above).otherwise(pl.lit("standard"))


SOURCE = Source(
    id="llm-prices",
    title="llm-prices.com, list prices and their steps",
    homepage="https://www.llm-prices.com/",
    licence="none stated",
    attribution="llm-prices.com by Simon Willison",
    urls=URLS,
    cadence="31 7 * * *",
    kinds=(Kind.PRICE,),
    parse=parse,
    core=True,
    complete=True,
    grouped=True,
)
