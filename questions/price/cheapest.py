"""The cheapest way to a score as every question asks for it: its steps, and the prices behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from analysis.price.steps import CheapestSteps, PriceBasis, cheapest_steps
from charts.parts.figure import Footing
from questions.evidence import Evidence, of_prices, of_scores
from questions.offers import offers, price_steps
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

    key: tuple[str, float, str]
    steps: CheapestSteps
    used: pl.DataFrame
    scores: pl.DataFrame
    note: str

    def footing(self, view: View, note: str = "") -> Footing:
        """The footer of a chart of these prices."""
        return view.footing(self.used.select("source_id"), "price steps", note)

    def evidence(self, view: View) -> Evidence:
        """How far the price and the scores behind it reach: as far as the last step was confirmed."""
        scored = of_scores(view, self.scores, view.as_of)
        if self.steps.window is None:
            return scored
        last = self.steps.steps.row(-1, named=True)
        one = (pl.col("model_id") == last["model_id"]) & (pl.col("provider") == last["provider"])
        offered = self.used if last["price_usd_per_mtok"] is None else self.used.filter(one)
        rests = of_prices(scored, offered)
        ends_on = self.steps.window.end
        return rests if rests.newest_on is None else replace(rests, newest_on=min(rests.newest_on, ends_on))


def cheapest_way(view: View, capability: Capability) -> CheapestWay:
    """The cheapest way to a capability, asked of makers or of all hosts.

    It ends on the last day on which enough prices were confirmed to speak of it: a list that was last read
    long ago says nothing of today.
    """
    priced, note = _offers(view, capability.basis)
    scores = capability.scores.select("model_id", score="value")
    steps = cheapest_steps(
        priced, scores, capability.threshold, _last_day(view, capability.basis), capability.basis
    )
    able = steps.changes["model_id"].unique().implode()
    key = (capability.measure, capability.threshold, capability.basis.value)
    return CheapestWay(key, steps, priced.filter(pl.col("model_id").is_in(able)), capability.scores, note)


def _last_day(view: View, basis: PriceBasis) -> date:
    """The last day, not after the as-of date, of which enough sellers' prices were confirmed."""
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    column = "last_confirmed_day" if basis is PriceBasis.MAKER else "last_confirmed_day_of_hosts"
    day: date | None = view.ask("last_confirmed_day", by)[column].item()
    return view.as_of if day is None else day


def _offers(view: View, basis: PriceBasis) -> tuple[pl.DataFrame, str]:
    if basis is PriceBasis.MAKER:
        return offers(price_steps(view, view.as_of)), ""
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    return offers(view.ask("price_steps_of_hosts", by)), by.note
