"""model-prices: makers' price timelines, each step with its source.

A second opinion, not the truth: it is built on models.dev, begins in June 2025, and some of its first steps
are errors that were corrected. The current snapshot is named by a small file beside it.

A start at a whole hour is a day that a page of the maker names. Any other is the moment of somebody's commit,
even beside such a page: then the link is to the commit, so that nobody takes the reading for a start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.records import Kind, Records, merge, refusals
from ingest.source import Payload, Source
from ingest.sources._payloads import day, day_precision, need_keys, read_json, read_json_of, read_rows
from ingest.sources.prices._sellers import seller_name

_FOLDER: Final = "https://raw.githubusercontent.com/wakamex/model-prices/data/v1"
_POINTER: Final = "/latest.json"
_FIELDS: Final[Mapping[str, str]] = {
    "input": "input_usd_per_mtok",
    "output": "output_usd_per_mtok",
    "cache_read": "cached_input_usd_per_mtok",
    "cache_write": "cache_write_usd_per_mtok",
}
_WHOLE_HOUR: Final = re.compile(r"T\d\d:00:00(\.0+)?(Z|\+00:00)$|^\d{4}-\d\d-\d\d$")
_ROW: Final = pl.Schema(
    {"model_name": pl.String, "provider": pl.String, "tier": pl.String, "url": pl.String, "start": pl.String}
    | dict.fromkeys(_FIELDS.values(), pl.Float64)
)


def parse(payloads: Sequence[Payload]) -> Records:
    """Makers' prices in USD per million tokens; `valid_on` is null for a price since the launch.

    Such a price has a second row for the day on which it was first noted. A step without rates says that the
    model was not on offer: it gives no row. A model whose status is "removed" is a notice without a day.
    """
    return merge(_parse_file(payload) for payload in payloads)


def _parse_file(payload: Payload) -> Records:
    data, repeated = read_json_of(payload, Kind.PRICE)
    if not isinstance(data, dict):
        raise ParseError(f"{payload.source_id}: {payload.url} is not a snapshot")
    if payload.url.endswith(_POINTER) and "prices" not in data:
        need_keys(payload, [data], ("sha256",))
        return Records()  # the file that names the snapshot, which `follow` reads
    if not isinstance(data.get("prices"), dict):
        raise ParseError(f"{payload.source_id}: {payload.url} has no `prices` by maker")
    makers = [(maker, models) for maker, models in data["prices"].items() if models != {}]
    listed = [
        (maker, model, tiers)
        for maker, models in makers
        for model, tiers in (models.items() if isinstance(models, dict) else [("", models)])
    ]
    rows = read_rows(
        payload, Kind.PRICE, listed, lambda entry: _rows_of_model(*entry), _ROW, name=itemgetter(1)
    )
    need_keys(payload, _rates(listed), ("input", "output"))
    valid_on = day("start")
    undated = pl.col("start").is_not_null() & valid_on.is_null()
    table = rows.frame.filter(~undated).with_columns(
        provider=seller_name(pl.col("provider")),
        seller=pl.lit("maker"),
        valid_on=valid_on,
        valid_precision=day_precision(valid_on),
    )
    odd = refusals(Kind.PRICE, rows.frame.filter(undated), "the start of the step is not a date")
    return Records(
        {Kind.PRICE: table.drop("start").unique(maintain_order=True), Kind.RELEASE: _removed(data)},
        pl.concat([repeated, rows.refused, odd]),
    )


def _removed(data: Mapping[str, Any]) -> pl.DataFrame:
    """The models that the list says are no longer offered, since nobody knows which day."""
    status = data.get("status")
    rows = [
        {
            "entry_id": f"{maker}:{model}:removed",
            "title": f"{maker} no longer offers {model}"[:500],
            "kind": "shutdown",
            "model_name": model,
        }
        for maker, models in (status.items() if isinstance(status, dict) else ())
        for model, said in (models.items() if isinstance(models, dict) else ())
        if said == "removed" and model
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("entry_id", "title", "kind", "model_name"), pl.String))


def _rates(listed: Sequence[tuple[str, str, Any]]) -> list[Any]:
    """All rates that can be found, whatever they hold."""
    steps = [
        step
        for _, _, tiers in listed
        if isinstance(tiers, dict)
        for told in tiers.values()
        if isinstance(told, list)
        for step in told
    ]
    return [step.get("rates") for step in steps if isinstance(step, dict)]


def _rows_of_model(maker: str, model: str, tiers: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for tier, steps in tiers.items():
        yield from _rows(maker, model, tier, steps)


def _rows(maker: str, model: str, tier: str, steps: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    days = {str(step.get("start"))[:10] for step in steps}
    for step in steps:
        rates = step.get("rates")
        if not rates:
            continue
        sizes = {tier: rates} | {_size(tier, part): part for part in rates.get("tiers") or ()}
        for name, prices in sizes.items():
            for start in _starts(step, days):
                yield {
                    "model_name": model,
                    "provider": maker,
                    "tier": name,
                    "url": _evidence(step, start),
                    "start": start,
                    **{field: prices.get(key) for key, field in _FIELDS.items()},
                }


def _starts(step: Mapping[str, Any], days: set[str]) -> Iterator[str | None]:
    """The start of a step, and for one since the launch also the moment when it was first noted.

    A note of a day on which another step begins was corrected there: it says nothing.
    """
    yield step.get("start")
    noted = step["rates"].get("valid_from")
    if step.get("start") is None and isinstance(noted, str) and noted[:10] not in days:
        yield noted


def _evidence(step: Mapping[str, Any], start: str | None) -> str | None:
    """The link that says when: the maker's page for a whole hour, the commit for any other moment."""
    rates, noted = step["rates"], step.get("recorded")
    if start is None or _WHOLE_HOUR.search(start) or not isinstance(noted, dict):
        link = rates.get("source")
    else:
        link = noted.get("source") or rates.get("source")
    return link if isinstance(link, str) else None


def _size(tier: str, part: Mapping[str, Any]) -> str:
    above = f"above-{int(part['above']) // 1000}k"
    return above if tier == "standard" else f"{above}-{tier}"


def follow(payload: Payload) -> Sequence[str]:
    """The current snapshot, by its hash."""
    data = read_json(payload) if payload.url.endswith(_POINTER) else None
    named = data.get("sha256") if isinstance(data, dict) else None
    known = isinstance(named, str) and re.fullmatch("[0-9a-f]+", named)
    return (f"{_FOLDER}/{named}.json",) if known else ()


SOURCE = Source(
    id="model-prices",
    title="model-prices, makers' price timelines",
    homepage="https://github.com/wakamex/model-prices",
    licence="MIT",
    attribution="model-prices by wakamex, on models.dev, MIT",
    urls=(_FOLDER + _POINTER,),
    cadence="55 6 * * *",
    kinds=(Kind.PRICE, Kind.RELEASE),
    parse=parse,
    copies=("models-dev",),
    follow=follow,
)
