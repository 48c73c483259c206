"""What GPUs rent for by the hour, day by day: the median over what providers ask on demand.

Spot and community offers can be taken away at any time, and reservations bind for months: other goods.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.dates import read_date
from ingest.formats.slugs import slugs
from ingest.records import Kind, Records, merge, refused_lines
from ingest.source import Payload, Source
from ingest.sources._payloads import read_json

ON_DEMAND: Final = ("on-demand", "secure")
_PAGE: Final = "https://gpurentalprices.com/"
_OFFER: Final = pl.Schema({"provider": pl.String, "gpu": pl.String, "usd_hr": pl.Float64})


def parse(payloads: Sequence[Payload]) -> Records:
    """One point for each kind of GPU and day: USD an hour, with the lowest and highest offer as bounds."""
    return merge(_day(payload) for payload in payloads)


def _day(payload: Payload) -> Records:
    told = read_json(payload)
    offers = told.get("offers") if isinstance(told, dict) else None
    day = read_date(str(told.get("date"))) if isinstance(told, dict) else None
    if not isinstance(offers, list) or day is None:
        raise ParseError(f"{payload.url} holds no list `offers` with its `date`")
    good = [offer for offer in offers if _is_offer(offer)]
    broken = [
        (str(offer), "an offer without provider, GPU or price") for offer in offers if offer not in good
    ]
    rows = pl.DataFrame([offer for offer in good if offer.get("kind") in ON_DEMAND], schema=_OFFER)
    # one provider with twenty sizes must not outweigh the others
    each = rows.group_by("gpu", "provider").agg(pl.col("usd_hr").min())
    points = (
        each.group_by("gpu")
        .agg(
            value=pl.col("usd_hr").median(),
            low=pl.col("usd_hr").min(),
            high=pl.col("usd_hr").max(),
            n=pl.len(),
        )
        .sort("gpu")
        .with_columns(series_id=pl.format("gpu-rent-daily-{}", slugs(pl.col("gpu"))))
    )
    return Records(
        {
            Kind.SERIES: points.select(
                "series_id",
                title=pl.format("Rent of one {} an hour, on demand", "gpu"),
                topic=pl.lit("compute"),
                unit=pl.lit("USD an hour"),
                definition=pl.lit(
                    "median over providers of their lowest offer on demand; lowest and highest as bounds"
                ),
            ),
            Kind.SERIES_POINT: points.select(
                "series_id",
                "value",
                "low",
                "high",
                valid_on=pl.lit(day.on),
                valid_precision=pl.lit(day.precision),
                note=pl.format("{} providers", "n"),
                url=pl.lit(_PAGE),
            ),
        },
        refused_lines(Kind.SERIES_POINT, broken),
    )


def _is_offer(offer: Any) -> bool:
    if not isinstance(offer, dict) or not offer.get("provider") or not offer.get("gpu"):
        return False
    price = offer.get("usd_hr")
    return isinstance(price, (int, float)) and not isinstance(price, bool) and price > 0


SOURCE = Source(
    id="gpu-rent-daily",
    title="Rent of GPUs by the hour, daily medians over providers",
    homepage=_PAGE,
    licence="CC-BY-4.0",
    attribution="GPU rental price data by gpurentalprices.com, CC BY 4.0",
    urls=("https://gpurentalprices.com/api/latest.json",),
    cadence="17 23 * * *",
    kinds=(Kind.SERIES, Kind.SERIES_POINT),
    parse=parse,
)
