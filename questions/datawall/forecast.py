"""The data wall as of a view's date: training sets, ranges of the stock, and the forecasts from both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.datawall.crossing import WallForecast, crossing_year
from analysis.datawall.inputs import WallChoices, wall_inputs
from analysis.results import Estimate, Interval
from charts.datawall.crossing_years import Scenario
from questions.datawall import words
from questions.kept import kept
from questions.view import KnownBy, View

PAPER, NEWER = "paper", "newer"
_PUBLISHED_YEAR: Final = "year when the largest training sets equal the stock"

# Assumptions that the methods page states with their figures.
_VARIANTS: Final = {
    "History of training sets only": WallChoices(),
    "The stock does not grow": WallChoices(stock_grows=False),
    "Half of the draws follow training compute": WallChoices(compute_weight=0.5),
    "Over-trained 5 times": WallChoices(over_training=5.0),
    "Over-trained 100 times": WallChoices(over_training=100.0),
}


@dataclass(frozen=True, slots=True)
class WallData:
    """Training sets (training_sets.sql), ranges of the stock (datawall_parameters.sql), and by what known."""

    sets: pl.DataFrame
    parameters: pl.DataFrame
    known_by: KnownBy

    def of(self, collection: str) -> pl.DataFrame:
        """The sets of the paper, or the newer ones."""
        return self.sets.filter(collection=collection)


def wall_data(view: View) -> WallData | None:
    """What is known of sets and stock, as known on the date where both were; None where one is unknown."""
    observed_at = view.ask("training_sets", view.known_now).select(pl.col("observed_at").max()).item()
    by = view.known_since(observed_at)
    if by.in_time and view.ask("datawall_parameters").is_empty():
        by = view.known_now
    sets = view.ask("training_sets", by).filter(pl.col("published_on") <= view.as_of)
    parameters = view.ask("datawall_parameters", by)
    return None if sets.is_empty() or parameters.is_empty() else WallData(sets, parameters, by)


def forecast_of(view: View, data: WallData, collection: str, choices: WallChoices) -> WallForecast:
    """The crossing, computed once for each collection and set of choices."""
    return kept(
        view,
        "data wall",
        (collection, choices),
        lambda: crossing_year(data.of(collection), wall_inputs(data.parameters), choices),
    )


def scenarios(view: View, data: WallData, choices: WallChoices) -> list[Scenario]:
    """The reader's own assumptions where they differ, the stated variants, and what the paper published."""
    compared = {words.OWN_ASSUMPTIONS: choices} if choices != WallChoices() else {}
    computed = [
        Scenario(name, forecast_of(view, data, PAPER, chosen).estimate)
        for name, chosen in (compared | _VARIANTS).items()
    ]
    published = [
        Scenario(words.PAPER, Estimate(row["value"], Interval(row["low"], row["high"], 0.80)), False)
        for row in data.parameters.filter(quantity=_PUBLISHED_YEAR).iter_rows(named=True)
    ]
    return [*computed, *published]
