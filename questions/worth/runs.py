"""The measured runs of a board with list prices, and the models and boards that can be chosen from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.results import Interval
from analysis.worth.measured_rows import Row, implied_multiplier
from questions.controls import Chosen, Option
from questions.scores import benchmark_options
from questions.view import View

O1_PREVIEW: Final = "o1-preview-2024-09-12"
SONNET: Final = "claude-3-5-sonnet-20240620"
CLAIMED_TOKENS: Final = Interval(2.0, 10.0, level=1.0)
"""The article's claim: a reasoning model bills 2 to 10 times the tokens."""

MEASURED, OWN = "measured", "own"
_BASES: Final = {MEASURED: "as the board's costs imply", OWN: "my own range"}
FEWEST_MODELS: Final = 2
"""A board is offered from so many measured models on."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two models on one board: its title, their runs as the board lists them, and in the chosen order."""

    board: str
    runs: pl.DataFrame
    rows: tuple[Row, Row]

    @property
    def names(self) -> dict[str, str]:
        """Names by model_id, the first model first."""
        named = names_of(self.runs)
        return {row["model_id"]: named[row["model_id"]] for row in self.rows}

    @property
    def measured_on(self) -> date:
        """The day of the newer run."""
        newest: date = max(row["run_on"] or row["observed_at"].date() for row in self.rows)
        return newest


def runs_with_prices(view: View, board: str) -> pl.DataFrame:
    """The runs of a board whose models have, or last had, a list price."""
    by = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    prices = view.ask("last_list_prices", by)
    columns = (
        "input_usd_per_mtok",
        "output_usd_per_mtok",
        "cached_input_usd_per_mtok",
        "held_from",
        "held_until",
    )
    runs = view.ask("runs_of_board", benchmark=board)
    return runs.join(prices.select("model_id", "price_source_id", *columns), on="model_id", how="inner")


def run_named(runs: pl.DataFrame, model_id: str) -> dict[str, Any]:
    """The run of one model."""
    return runs.row(by_predicate=pl.col("model_id") == model_id, named=True)


def names_of(runs: pl.DataFrame) -> Mapping[str, str]:
    """Names of the models of runs by model_id: titles, told apart by the id where two share one."""
    twice = pl.col("title").is_duplicated()
    label = pl.when(twice).then(pl.format("{} ({})", "title", "model_id")).otherwise("title")
    return dict(runs.select("model_id", label).iter_rows())


def boards_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The boards whose runs have a measured cost."""
    return benchmark_options(view.ask("boards_with_runs"), FEWEST_MODELS)


def models_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The models with a run and a list price on the chosen board."""
    if chosen["board"] is None:
        return ()
    return [Option(*pair) for pair in names_of(runs_with_prices(view, chosen["board"])).items()]


def others_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The same without the first: a model is not compared with itself."""
    return [option for option in models_to_choose(view, chosen) if option.value != chosen["first_model"]]


def token_bases_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The ratio that the costs of both runs imply, where they do, and the reader's own range."""
    implied = _implied(view, chosen) is not None
    return [Option(value, label) for value, label in _BASES.items() if implied or value == OWN]


def token_multiplier(first: Row, second: Row, basis: str, own: tuple[float, float]) -> Interval:
    """How many times the tokens of the second model the first bills: measured, or the reader's own range."""
    implied = implied_multiplier(first, second) if basis == MEASURED else None
    return Interval(*own, level=1.0) if implied is None else Interval(implied.low, implied.high, level=1.0)


def _implied(view: View, chosen: Chosen) -> Interval | None:
    if chosen["first_model"] is None or chosen["second_model"] is None:
        return None
    runs = runs_with_prices(view, chosen["board"])
    return implied_multiplier(*(run_named(runs, chosen[name]) for name in ("first_model", "second_model")))
