"""The best model at each date, and what its maker asked for it as long as it was the best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from analysis.capability.frontier import best_so_far
from analysis.price.steps import PriceBasis, cheapest_steps


@dataclass(frozen=True, slots=True)
class FrontierCost:
    """What the best model cost while no other was better.

    `records`: model_id, title, organization, released_on, value, by release day: each better than all before.
    `steps`: valid_on, model_id, title, value, price_usd_per_mtok (null: no price of its maker is known), one
    row at each change of best model or of its price, up to `until`; first_read_on as in `CheapestSteps`.
    """

    records: pl.DataFrame
    steps: pl.DataFrame
    until: date

    @property
    def priced(self) -> pl.DataFrame:
        """The steps with a price."""
        return self.steps.drop_nulls("price_usd_per_mtok")


def frontier_cost(models: pl.DataFrame, offers: pl.DataFrame, until: date) -> FrontierCost:
    """The price of the best model day by day: its maker's, the lowest of several listings.

    `models` as for `best_so_far`, with titles. `offers` as `cheapest_steps` takes them. Raises ValueError
    where no model was released by `until`.
    """
    best = best_so_far(models.with_columns(cost=pl.lit(None, pl.Float64)), until).steps
    titled = best.join(models.select("model_id", "title"), on="model_id", how="left").sort("from_on")
    records = titled.select("model_id", "title", "organization", "value", released_on="from_on")
    ends = [*records["released_on"].to_list()[1:], until]
    rows = [
        row
        for record, end in zip(records.iter_rows(named=True), ends, strict=True)
        for row in _while_best(record, end, offers)
    ]
    schema = {
        "valid_on": pl.Date,
        "model_id": pl.String,
        "title": pl.String,
        "value": pl.Float64,
        "price_usd_per_mtok": pl.Float64,
        "first_read_on": pl.Date,
    }
    return _since_first_price(FrontierCost(records, pl.DataFrame(rows, schema=schema), until))


def _since_first_price(found: FrontierCost) -> FrontierCost:
    """Without the models that were overtaken before any of them had a price."""
    if found.priced.is_empty():
        return found
    first = found.priced["valid_on"][0]
    begin = found.records.filter(pl.col("released_on") <= first)["released_on"].max()
    return FrontierCost(
        found.records.filter(pl.col("released_on") >= begin),
        found.steps.filter(pl.col("valid_on") >= begin),
        found.until,
    )


def _while_best(record: dict[str, object], end: date, offers: pl.DataFrame) -> list[dict[str, object]]:
    own = offers.filter(model_id=record["model_id"])
    scores = pl.DataFrame({"model_id": [record["model_id"]], "score": [0.0]})
    steps = cheapest_steps(own, scores, 0.0, end, PriceBasis.MAKER).steps
    begin = record["released_on"]
    assert isinstance(begin, date)
    said = {name: record[name] for name in ("model_id", "title", "value")}
    known = ("price_usd_per_mtok", "first_read_on")
    before = steps.filter(pl.col("valid_on") <= begin).tail(1).select(known).to_dicts()
    rows = [said | {"valid_on": begin} | (before[0] if before else dict.fromkeys(known))]
    for step in steps.select("valid_on", *known).iter_rows(named=True):
        if begin < step["valid_on"] < end and step["price_usd_per_mtok"] != rows[-1]["price_usd_per_mtok"]:
            rows.append(said | step)
    return rows
