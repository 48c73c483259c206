"""The cheapest way to a score as every question asks for it: its steps, and the prices behind them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.price.steps import CheapestSteps, PriceBasis, cheapest_steps
from charts.parts.figure import Footing
from questions.offers import offers, price_steps
from questions.price.threshold import Capability
from questions.view import View


@dataclass(frozen=True, slots=True)
class CheapestWay:
    """The steps of the cheapest price, the priced steps that they are chosen from, and how these were read.

    key   tells one price from every other of a view
    used  rows of price steps of the models that reach the score
    note  how a past date was read; empty where it needs no word
    """

    key: tuple[str, float, str]
    steps: CheapestSteps
    used: pl.DataFrame
    note: str

    def footing(self, view: View, note: str = "") -> Footing:
        """The footer of a chart of these prices."""
        return view.footing(self.used.select("source_id"), "price steps", note)


def cheapest_way(view: View, capability: Capability) -> CheapestWay:
    """The cheapest way to a capability, asked of makers or of all hosts."""
    priced, note = _offers(view, capability.basis)
    scores = capability.scores.select("model_id", score="value")
    steps = cheapest_steps(priced, scores, capability.threshold, view.as_of, capability.basis)
    able = steps.changes["model_id"].unique().implode()
    key = (capability.measure, capability.threshold, capability.basis.value)
    return CheapestWay(key, steps, priced.filter(pl.col("model_id").is_in(able)), note)


def _offers(view: View, basis: PriceBasis) -> tuple[pl.DataFrame, str]:
    if basis is PriceBasis.MAKER:
        return offers(price_steps(view, view.as_of)), ""
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    return offers(view.ask("price_steps_of_hosts", by)), by.note
