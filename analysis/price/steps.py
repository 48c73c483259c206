"""From price histories to steps: what a model costs, and the cheapest way to a capability, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.results import Floats, Window

OFFER_COLUMNS = ("model_id", "provider", "seller", "valid_on", "price_usd_per_mtok")

MAY_STAND: Final = timedelta(days=365)
"""So long after nobody confirmed it any more a price may still be asked; it counts as asked no longer."""

_STEPS: Final = pl.Schema(
    [
        ("valid_on", pl.Date),
        ("price_usd_per_mtok", pl.Float64),
        ("model_id", pl.String),
        ("provider", pl.String),
        ("first_read_on", pl.Date),
    ]
)
_LOWEST: Final = {"model_id": pl.String, "valid_on": pl.Date, "price_usd_per_mtok": pl.Float64}
_POSSIBLE: Final = pl.Schema([("after", pl.Date), ("before", pl.Date), ("price_usd_per_mtok", pl.Float64)])


class PriceBasis(StrEnum):
    """Whose price counts."""

    MAKER = "maker's list price"
    CHEAPEST_HOST = "cheapest host"


class StepsVerdict(StrEnum):
    """What the steps can say."""

    CHEAPER = "cheaper than at the start"
    NOT_CHEAPER = "not cheaper than at the start"
    WITHDRAWN = "nothing that reaches it is on sale at the end"
    TOO_FEW = "cannot be told: fewer than two prices"


@dataclass(frozen=True, slots=True)
class CheapestSteps:
    """The cheapest price at which a capability could be bought, as steps.

    `steps` has one row per change: valid_on, price_usd_per_mtok (null: nothing on sale from that day),
    model_id, provider, first_read_on (null, or a later day: until then the price is only taken to have held).
    `asked` is the same with a row more wherever an offer ended while another one asked the same price, so
    that its last row names who asks it still. `changes` has one row per model and price: model_id, valid_on,
    price_usd_per_mtok.
    `window` ends on the day up to which the steps are known; it is None where there is no price at all.
    `possible` are prices that may have been asked after one day and before another, without being known to:
    begun between two readings, or not confirmed for long and never said to have ended.
    """

    threshold: float
    basis: PriceBasis
    steps: pl.DataFrame
    changes: pl.DataFrame
    n_models: int
    unpriced: tuple[str, ...]
    window: Window | None
    method: str
    verdict: StepsVerdict
    possible: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_POSSIBLE))
    asked: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_STEPS))

    @property
    def asked_last(self) -> dict[str, Any]:
        """The price at the end, with an offer in force that asks it. Needs a step."""
        return self.asked.row(-1, named=True)

    @property
    def first_read_on(self) -> date | None:
        """The day on which the first price was first read, where it is only taken to have held before."""
        return self.steps["first_read_on"][0] if self.steps.height else None

    @property
    def dated_from(self) -> date:
        """From when the first price is known to have held: its first reading, if it was the lowest till then.

        Else the first day of the window, which must be there.
        """
        assert self.window is not None
        read_on = self.first_read_on
        if read_on is None or read_on > self.window.end:
            return self.window.start
        held = self.price_on(read_on) == self.steps["price_usd_per_mtok"][0]
        return read_on if held else self.window.start

    @property
    def times_cheaper(self) -> float | None:
        """First price over last price; None where the verdict says that it cannot be told."""
        if self.verdict in (StepsVerdict.TOO_FEW, StepsVerdict.WITHDRAWN):
            return None
        prices = self.steps["price_usd_per_mtok"]
        return float(prices[0]) / float(prices[-1])

    def price_on(self, day: date) -> float | None:
        """The price in force on a day; None where nothing was on sale."""
        known = self.steps.filter(pl.col("valid_on") <= day)
        return known["price_usd_per_mtok"][-1] if known.height else None

    def since(self, day: date) -> CheapestSteps:
        """The same from a day on, beginning with the price in force on it; itself where it begins later."""
        before = self.asked.filter(pl.col("valid_on") <= day)
        if before.height == 0 or self.window is None or day > self.window.end:
            return self
        begun = _unread(before.tail(1).with_columns(valid_on=pl.lit(day)))
        steps, asked = (
            pl.concat([begun, rows.filter(pl.col("valid_on") > day)]) for rows in (self.steps, self.asked)
        )
        window, verdict = Window(day, self.window.end), _verdict(steps, self.changes)
        return replace(self, steps=steps, asked=asked, window=window, verdict=verdict)

    def least_on(self, day: date) -> float | None:
        """The lowest price that may have been in force on a day, the possible ones included."""
        others = self.possible.filter(pl.col("after") < day, pl.col("before") > day)
        prices = [*others["price_usd_per_mtok"].to_list(), self.price_on(day)]
        return min((price for price in prices if price is not None), default=None)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Prices in force: `price` has shape (days, offers), +inf where an offer is not on sale.

    `said`, of the same shape, is the row in which each of these prices was said.
    """

    days: list[date]
    offers: pl.DataFrame
    price: Floats
    said: NDArray[np.intp]


def cheapest_steps(
    offers: pl.DataFrame,
    scores: pl.DataFrame,
    threshold: float,
    as_of: date,
    basis: PriceBasis = PriceBasis.MAKER,
) -> CheapestSteps:
    """The cheapest price at each date among the models whose score is at or above `threshold`.

    `offers`: model_id, provider, seller ("maker" or another word), valid_on (date from which the price
    holds), price_usd_per_mtok (USD per million tokens; null = withdrawn on that day), and where it is known
    starts_after (the last day on which it did not hold; null = the first day is sure), is_unconfirmed
    (the row says only that nobody has confirmed the price before it for long) and first_read_on (until when
    the price is only taken to have held since its first day; null = it was read in time). A price of zero is
    a promotion, not a price: it counts as withdrawn. Of two prices of one offer on one day the lower counts;
    the order of the rows says nothing. Rows after `as_of` (announced prices) are left out.
    `scores`: model_id, score, in the unit of `threshold`. Models that reach the threshold without any price
    are listed in `unpriced`. Raises ValueError when a column is missing.
    """
    _require(offers, OFFER_COLUMNS)
    able = scores.filter(pl.col("score") >= threshold)["model_id"].unique()
    usable = _usable(offers, able, as_of, basis)
    sheet = _sheet(usable)
    asked, changes = _asked(sheet, usable), _changes(sheet)
    steps = asked.filter(_changed(asked["price_usd_per_mtok"].fill_null(np.inf).to_numpy()[:, None])[:, 0])
    return CheapestSteps(
        threshold=threshold,
        basis=basis,
        steps=steps,
        changes=changes,
        n_models=changes["model_id"].n_unique(),
        unpriced=tuple(sorted(set(able) - set(changes["model_id"]))),
        window=Window(steps["valid_on"][0], as_of) if steps.height else None,
        method=f"steps of the {basis.value} among models at or above {threshold:g}",
        verdict=_verdict(steps, changes),
        possible=_possible(usable),
        asked=asked,
    )


def lowest_prices(
    models: pl.DataFrame, offers: pl.DataFrame, until: date, basis: PriceBasis = PriceBasis.MAKER
) -> pl.DataFrame:
    """model_id, valid_on, price_usd_per_mtok: each model's lowest price from each day on which it changed.

    `models`: model_id. `offers` and `basis` as `cheapest_steps` takes them; of several listings of a model
    the cheapest counts. The price is null while a model is not on sale, and no row is before its first one.
    Sorted by model and day. Raises ValueError when a column is missing.
    """
    _require(offers, OFFER_COLUMNS)
    return _lowest(_sheet(_usable(offers, models["model_id"], until, basis)))


def _usable(offers: pl.DataFrame, models: pl.Series, as_of: date, basis: PriceBasis) -> pl.DataFrame:
    usable = offers.filter(pl.col("model_id").is_in(models.implode()), pl.col("valid_on") <= as_of)
    return usable.filter(pl.col("seller") == "maker") if basis is PriceBasis.MAKER else usable


def _possible(offers: pl.DataFrame) -> pl.DataFrame:
    """Stretches in which a price may have been asked, from the optional columns of `cheapest_steps`."""
    price, day = pl.col("price_usd_per_mtok"), pl.col("valid_on")
    found = [pl.DataFrame(schema=_POSSIBLE)]
    if "starts_after" in offers.columns:
        begun = offers.filter(price > 0).drop_nulls("starts_after")
        found.append(begun.select(after="starts_after", before="valid_on", price_usd_per_mtok=price))
    if "is_unconfirmed" in offers.columns:
        told = offers.sort("model_id", "provider", "valid_on", price, nulls_last=True).with_columns(
            last=price.shift(1).over("model_id", "provider"),
            ended=day.shift(-1).over("model_id", "provider"),
        )
        lost = told.filter("is_unconfirmed", pl.col("last") > 0)
        until = pl.min_horizontal(day + MAY_STAND, "ended")
        found.append(lost.select(after=day - pl.duration(days=1), before=until, price_usd_per_mtok="last"))
    return pl.concat([frame.cast(_POSSIBLE) for frame in found])


def _require(frame: pl.DataFrame, columns: tuple[str, ...]) -> None:
    missing = sorted(set(columns) - set(frame.columns))
    if missing:
        raise ValueError(f"the frame has no column {', '.join(missing)}; it has {', '.join(frame.columns)}")


def _sheet(offers: pl.DataFrame) -> _Sheet:
    keys = (
        offers.select("model_id", "provider").unique().sort("model_id", "provider").with_row_index("column")
    )
    days = offers["valid_on"].unique().sort()
    on_sale = pl.when(pl.col("price_usd_per_mtok") > 0).then(pl.col("price_usd_per_mtok")).otherwise(np.inf)
    placed = offers.join(keys, on=["model_id", "provider"]).with_columns(on_sale=on_sale)
    row, column = days.search_sorted(placed["valid_on"]).to_numpy(), placed["column"].to_numpy()
    price = np.full((days.len(), keys.height), np.nan)
    np.fmin.at(price, (row, column), placed["on_sale"].to_numpy())
    said = _last_said(price)
    filled = np.take_along_axis(price, said, axis=0) if price.size else price
    return _Sheet(days.to_list(), keys, np.where(np.isnan(filled), np.inf, filled), said)


def _last_said(price: Floats) -> NDArray[np.intp]:
    """For each place the row of its column's last known value up to there; 0 before the first."""
    rows = np.where(np.isnan(price), 0, np.arange(len(price))[:, None])
    last: NDArray[np.intp] = np.maximum.accumulate(rows, axis=0)
    return last


def _changed(price: Floats) -> NDArray[np.bool_]:
    """Where a column differs from the row above; before the first row nothing is on sale."""
    above = np.vstack([np.full((1, price.shape[1]), np.inf), price[:-1]])
    changed: NDArray[np.bool_] = price != above
    return changed


def _asked(sheet: _Sheet, offers: pl.DataFrame) -> pl.DataFrame:
    """The lowest price and an offer that asks it: a row wherever the one changes or the other ends."""
    if not sheet.price.size:
        return pl.DataFrame(schema=_STEPS)
    lowest, holder = sheet.price.min(axis=1), _holders(sheet)
    known = np.where(np.isinf(lowest), -1, holder)
    begins = _changed(lowest[:, None])[:, 0] | (np.diff(known, prepend=-1) != 0)
    asked = pl.DataFrame(
        {
            "valid_on": sheet.days,
            "price_usd_per_mtok": np.where(np.isinf(lowest), np.nan, lowest),
            "model_id": sheet.offers["model_id"].gather(holder),
            "provider": sheet.offers["provider"].gather(holder),
        }
    ).filter(begins)
    price = pl.col("price_usd_per_mtok").fill_nan(None)
    names = (pl.when(price.is_not_null()).then(pl.col(name)).alias(name) for name in ("model_id", "provider"))
    return _with_first_reading(asked.select("valid_on", price, *names), offers)


def _holders(sheet: _Sheet) -> list[int]:
    """The column that has the lowest price of each row: that of the row above as long as it does.

    Of several the one that said so last: an old offer that no list has struck off may be gone all the same.
    """
    cheapest: list[int] = sheet.price.argmin(axis=1).tolist()
    for row, price in enumerate(sheet.price):
        lowest = price[cheapest[row]]
        if row and price[cheapest[row - 1]] == lowest:
            cheapest[row] = cheapest[row - 1]
        else:
            equal = np.flatnonzero(price == lowest)
            cheapest[row] = int(equal[sheet.said[row, equal].argmax()])
    return cheapest


def _with_first_reading(asked: pl.DataFrame, offers: pl.DataFrame) -> pl.DataFrame:
    if "first_read_on" not in offers.columns:
        return asked.with_columns(first_read_on=pl.lit(None, pl.Date)).cast(_STEPS)
    price = pl.col("price_usd_per_mtok")
    begun = offers.filter(price > 0).sort("valid_on", -price)
    read = begun.select("model_id", "provider", "valid_on", "first_read_on")
    joined = asked.sort("valid_on").join_asof(
        read, on="valid_on", by=["model_id", "provider"], check_sortedness=False
    )
    return _unread(joined).cast(_STEPS)


def _unread(steps: pl.DataFrame) -> pl.DataFrame:
    """Steps without the days of first readings on which they had been read already."""
    later = pl.col("first_read_on") > pl.col("valid_on")
    return steps.with_columns(first_read_on=pl.when(later).then("first_read_on"))


def _changes(sheet: _Sheet) -> pl.DataFrame:
    """Each price that a model came to have, its hosts together."""
    return _lowest(sheet).drop_nulls("price_usd_per_mtok")


def _lowest(sheet: _Sheet) -> pl.DataFrame:
    """The lowest price of each model from each day on which it changed; null from when it is not on sale."""
    if not sheet.price.size:
        return pl.DataFrame(schema=_LOWEST)
    models = sheet.offers["model_id"].to_numpy()
    first_column = np.flatnonzero(np.r_[True, models[1:] != models[:-1]])
    price = np.minimum.reduceat(sheet.price, first_column, axis=1)
    row, column = np.nonzero(_changed(price))
    lowest = price[row, column]
    changes = pl.DataFrame(
        {
            "model_id": models[first_column][column],
            "valid_on": [sheet.days[index] for index in row],
            "price_usd_per_mtok": np.where(np.isinf(lowest), np.nan, lowest),
        },
        schema=_LOWEST,
    )
    return changes.with_columns(pl.col("price_usd_per_mtok").fill_nan(None)).sort("model_id", "valid_on")


def _verdict(steps: pl.DataFrame, changes: pl.DataFrame) -> StepsVerdict:
    if changes.height < 2:
        return StepsVerdict.TOO_FEW
    first, last = steps["price_usd_per_mtok"][0], steps["price_usd_per_mtok"][-1]
    if last is None:
        return StepsVerdict.WITHDRAWN
    return StepsVerdict.CHEAPER if last < first else StepsVerdict.NOT_CHEAPER
