"""Simon Willison's table of list prices, with the steps that it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records
from ingest.source import Payload, Source
from ingest.sources._payloads import day, day_precision, read_json
from ingest.sources._sellers import seller_name

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
    files = {payload.url: _rows(payload) for payload in payloads}
    steps = [row for url, rows in files.items() if "historical" in url for row in rows]
    known = {row["id"] for row in steps}
    steps += [
        row
        for url, rows in files.items()
        if "historical" not in url
        for row in rows
        if row["id"] not in known
    ]
    valid_on = day("from_date")
    prices = pl.DataFrame(steps, schema=_SCHEMA).select(
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
    return Records({Kind.PRICE: prices})


def _rows(payload: Payload) -> list[Mapping[str, Any]]:
    data = read_json(payload)
    rows = data.get("prices") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("id") for row in rows):
        raise ParseError(f"{payload.source_id}: {payload.url} has no list `prices` of models with an id")
    return rows


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
