"""OpenRouter's list of prices month by month since July 2023, from copies of it in the Wayback Machine.

A router's witness, not the makers' word. The payload is a gzip file that holds all readings; a model that a
reading lacks was not listed on that day, and a price of zero is free or not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.containers import uncompressed
from ingest.formats.texts import loaded_json
from ingest.records import Kind, Records, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import day, day_precision, need_keys, read_rows

URL: Final = (
    "https://raw.githubusercontent.com/alialtunar/model-price-radar-mcp/main/"
    "src/model_price_radar/data/history.json.gz"
)
_SAME_PRICE: Final = ("", "beta")
"""Variants of a model that cost what the model costs; any other one is a tier of its own."""

_ROW: Final = pl.Schema(
    {
        "model_name": pl.String,
        "tier": pl.String,
        "date": pl.String,
        "input_usd_per_mtok": pl.Float64,
        "output_usd_per_mtok": pl.Float64,
    }
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Router prices in USD per million tokens; `valid_on` is a day on which the list was read.

    The rows bear no link: their days are readings, not starts.
    """
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    where = f"{payload.source_id}: {payload.url}"
    data = loaded_json(uncompressed(payload.body, where), where)
    readings = data.get("snapshots") if isinstance(data, dict) else None
    if not isinstance(readings, list):
        raise ParseError(f"{where} has no list `snapshots`")
    need_keys(payload, readings, ("date", "prices"))
    rows = read_rows(payload, Kind.PRICE, readings, _rows, _ROW)
    valid_on = day("date")
    undated = valid_on.is_null()
    prices = rows.frame.filter(~undated).with_columns(
        provider=pl.lit("openrouter"),
        seller=pl.lit("router"),
        valid_on=valid_on,
        valid_precision=day_precision(valid_on),
    )
    odd = refusals(Kind.PRICE, rows.frame.filter(undated), "the day of the reading is not a date")
    return Records({Kind.PRICE: prices.drop("date")}, pl.concat([rows.refused, odd]))


def _rows(reading: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for slug, asked in reading["prices"].items():
        name, _, variant = slug.partition(":")
        input_price, output_price = asked
        if not input_price and not output_price and variant != "free":
            continue  # free or not known: it says nothing
        yield {
            "model_name": name if variant in _SAME_PRICE else slug,
            "tier": "standard" if variant in _SAME_PRICE else variant,
            "date": reading["date"],
            "input_usd_per_mtok": input_price,
            "output_usd_per_mtok": output_price,
        }


SOURCE = Source(
    id="openrouter-history",
    title="OpenRouter, prices month by month since July 2023",
    homepage="https://github.com/alialtunar/model-price-radar-mcp",
    licence="MIT",
    attribution="model-price-radar-mcp by Ali Altunar, MIT; figures of OpenRouter, from the Wayback Machine",
    urls=(URL,),
    cadence="7d",
    kinds=(Kind.PRICE,),
    parse=parse,
    dates_readings=True,
    complete=True,
)
