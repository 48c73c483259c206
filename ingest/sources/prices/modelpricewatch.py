"""Model Price Watch: prices by day since June 2026, with older points rebuilt from LiteLLM's history.

A second opinion, not the truth: only the days on which a price changed are taken, and the rebuilt points
share LiteLLM's slips.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import day, day_precision, need_keys, read_json_of, read_rows

_PAGE: Final = "https://modelpricewatch.com"
_VALUES: Final[Mapping[str, str]] = {
    "input_per_mtok": "input_usd_per_mtok",
    "output_per_mtok": "output_usd_per_mtok",
    "cached_input_per_mtok": "cached_input_usd_per_mtok",
}
_ROW: Final = pl.Schema(
    {"model_name": pl.String, "organization": pl.String, "url": pl.String, "date": pl.String}
    | dict.fromkeys(_VALUES.values(), pl.Float64)
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Makers' prices in USD per million tokens, each from the first day on which it was seen."""
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data, repeated = read_json_of(payload, Kind.PRICE)
    if not isinstance(data, dict):
        raise ParseError(f"{payload.source_id}: {payload.url} is not an object of models with a history")
    need_keys(payload, data.values(), ("history",))
    histories = [model.get("history") for model in data.values() if isinstance(model, dict)]
    points = [point for history in histories if isinstance(history, list) for point in history]
    need_keys(payload, points, ("date", *list(_VALUES)[:2]))
    rows = read_rows(
        payload, Kind.PRICE, list(data.items()), lambda model: _steps(*model), _ROW, name=itemgetter(0)
    )
    valid_on = day("date")
    undated = valid_on.is_null()
    prices = rows.frame.filter(~undated).with_columns(
        provider=pl.col("organization").str.to_lowercase(),
        tier=pl.lit("standard"),
        seller=pl.lit("maker"),
        valid_on=valid_on,
        valid_precision=day_precision(valid_on),
    )
    odd = refusals(Kind.PRICE, rows.frame.filter(undated), "the day of the price is not a date")
    return Records({Kind.PRICE: prices.drop("date")}, pl.concat([repeated, rows.refused, odd]))


def _steps(name: str, model: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    last: dict[str, Any] | None = None
    for point in sorted(model["history"], key=lambda point: str(point["date"])):
        asked = {field: point.get(key) for key, field in _VALUES.items()}
        if asked == last:
            continue
        last = asked
        yield {
            "model_name": name,
            "organization": model.get("provider"),
            "url": point.get("evidence_url") or _PAGE,
            "date": point["date"],
            **asked,
        }


SOURCE = Source(
    id="modelpricewatch",
    title="Model Price Watch, makers' prices by day",
    homepage=_PAGE,
    licence="CC-BY-4.0",
    attribution="modelpricewatch.com, CC BY 4.0",
    urls=(f"{_PAGE}/api/v1/price-history.json",),
    cadence="49 6 * * *",
    kinds=(Kind.PRICE,),
    parse=parse,
    dates_readings=True,
    copies=("litellm-prices",),
    complete=True,
)
