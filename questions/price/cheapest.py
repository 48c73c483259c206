"""The cheapest way to a score as every question asks for it: its steps, and the prices behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from analysis.price.offers import with_first_readings
from analysis.price.steps import CheapestSteps, PriceBasis, cheapest_steps
from charts.parts.figure import Footing
from questions.evidence import Evidence, of_prices, of_scores
from questions.kept import kept
from questions.offers import last_priced_day, offers, price_steps
from questions.price.threshold import Capability
from questions.view import View


@dataclass(frozen=True, slots=True)
class CheapestWay:
    """The steps of the cheapest price, the priced steps that they are chosen from, and how these were read.

    key     tells one price from every other of a view
    used    rows of price steps of the models that reach the score
    scores  what each model scores, with its release day
    note    how a past date was read; empty where it needs no word
    """

    key: tuple[str, float, str, tuple[str | None, ...]]
    steps: CheapestSteps
    used: pl.DataFrame
    scores: pl.DataFrame
    note: str

    def footing(self, view: View, note: str = "") -> Footing:
        """The footer of a chart of these prices, which credits the scores behind them too."""
        until = None if self.steps.window is None else self.steps.window.end
        return view.footing(self.used, "price steps", note, until, self.scores)

    def evidence(self, view: View) -> Evidence:
        """How far the price and the scores behind it reach: as far as the last step was confirmed."""
        scored = of_scores(view, self.scores, view.as_of)
        if self.steps.window is None:
            return scored
        last = self.steps.asked_last
        offered = self.used
        if last["price_usd_per_mtok"] is not None:
            offered = offered.filter(model_id=last["model_id"], provider=last["provider"])
        rests = of_prices(scored, offered)
        ends_on = self.steps.window.end
        return rests if rests.newest_on is None else replace(rests, newest_on=min(rests.newest_on, ends_on))


def cheapest_way_until(view: View, capability: Capability, ends_on: date) -> CheapestWay:
    """The cheapest way to a capability up to a day that is given, of prices in force on it."""
    priced, note = _offers(view, capability.basis)
    return _until(priced, capability, ends_on, note)


def cheapest_way(view: View, capability: Capability) -> CheapestWay:
    """The cheapest way to a capability, asked of makers or of all hosts.

    It ends on the last day on which enough prices were confirmed to speak of it: a list that was last read
    long ago says nothing of today. Where the cheapest itself was last confirmed more than a month before, the
    answer is that of the day on which it was: what a sentence says of a day is what was asked on that day.
    """
    priced, note = _offers(view, capability.basis)
    ends_on = _last_day(view, capability.basis)
    way = _until(priced, capability, ends_on, note)
    while way.steps.window is not None and (rests := way.evidence(view)).is_dated:
        assert rests.newest_on is not None
        if rests.newest_on >= ends_on:
            break
        ends_on = rests.newest_on
        way = _until(priced, capability, ends_on, note)
    return way


def price_of_ends(
    view: View, capability: Capability, way: CheapestWay, day: date
) -> tuple[float | None, float | None]:
    """The cheapest price on a day of the lower and of the upper end of what the score may be.

    None at an end that nothing on sale reaches. Needs a score whose `spread` is known.
    """
    assert capability.spread is not None
    assert way.steps.window is not None
    ends_on, spread = way.steps.window.end, (capability.spread.low, capability.spread.high)

    def ways() -> tuple[CheapestSteps, ...]:
        priced, note = _offers(view, capability.basis)
        return tuple(
            _until(priced, replace(capability, threshold=end), ends_on, note).steps for end in spread
        )

    low, high = kept(view, "price of the ends of a score", (way.key, spread, ends_on), ways)
    return low.price_on(day), high.price_on(day)


def _until(priced: pl.DataFrame, capability: Capability, ends_on: date, note: str) -> CheapestWay:
    scores = capability.scores.select("model_id", score="value")
    steps = cheapest_steps(priced, scores, capability.threshold, ends_on, capability.basis)
    able = steps.changes["model_id"].unique().implode()
    key = (capability.measure, capability.threshold, capability.basis.value, capability.asked_of)
    return CheapestWay(key, steps, priced.filter(pl.col("model_id").is_in(able)), capability.scores, note)


def _last_day(view: View, basis: PriceBasis) -> date:
    """The last day, not after the as-of date, of which enough sellers' prices were confirmed."""
    return last_priced_day(view, view.as_of, hosts=basis is not PriceBasis.MAKER)


def _offers(view: View, basis: PriceBasis) -> tuple[pl.DataFrame, str]:
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    readings = view.ask("first_readings", by)
    if basis is PriceBasis.MAKER:
        return with_first_readings(offers(price_steps(view, view.as_of)), readings), ""
    return with_first_readings(offers(view.ask("price_steps_of_hosts", by)), readings), by.note


@dataclass(frozen=True, slots=True)
class Priced:
    """All offers of one kind of seller, up to the last day on which enough of them were confirmed.

    steps   rows of price steps with their blended price, as `cheapest_steps` takes them
    note    how a past date was read; empty where it needs no word
    """

    steps: pl.DataFrame
    until: date
    note: str


def all_priced(view: View, basis: PriceBasis) -> Priced:
    """Everything on sale as of the view's date, by makers or by all hosts."""
    steps, note = _offers(view, basis)
    return Priced(steps, min(_last_day(view, basis), view.as_of), note)
