"""The measured runs of a board with list prices, and the models and boards that can be chosen from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.results import Interval
from analysis.worth.measured_rows import AS_WRITTEN, Row, cost_per_try, multipliers_of
from questions.controls import Chosen, Option
from questions.offers import last_priced_day
from questions.scores import benchmark_options
from questions.view import View

O1_PREVIEW: Final = "o1-preview-2024-09-12"
SONNET: Final = "claude-3-5-sonnet-20240620"
CLAIMED_TOKENS: Final = Interval(2.0, 10.0, level=1.0)
"""The article's claim: a reasoning model bills 2 to 10 times the tokens."""

BY_BOARD, BY_TOKENS = "board", "tokens"
_COST_BASES: Final = {
    BY_BOARD: "as measured on the board",
    BY_TOKENS: "my own tokens at list prices",
}
MEASURED, OWN, SHOWN = "measured", "own", "shown"
_BASES: Final = {
    MEASURED: "as the board's costs imply",
    OWN: "my own range",
    SHOWN: "as shown, for all models",
}
FEWEST_MODELS: Final = 2
"""A board is offered from so many measured models on."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two to five models on one board: its title, their runs as the board lists them, and as chosen."""

    board: str
    runs: pl.DataFrame
    rows: tuple[Row, ...]

    @property
    def names(self) -> dict[str, str]:
        """Names by model_id, in the chosen order."""
        named = names_of(self.runs)
        return {row["model_id"]: named[row["model_id"]] for row in self.rows}

    @property
    def days(self) -> tuple[date, ...]:
        """The day of each run, in the chosen order; of first sight where the board names none."""
        return tuple(row["run_on"] or row["observed_at"].date() for row in self.rows)

    @property
    def measured_on(self) -> date:
        """The day of the newest run."""
        return max(self.days)

    @property
    def tasks(self) -> tuple[int, ...]:
        """How many tasks the models tried, each number once, the fewest first."""
        return tuple(sorted({row["tasks"] for row in self.rows}))


def runs_with_prices(view: View, board: str) -> pl.DataFrame:
    """The runs of a board whose models have, or last had, a list price; with the price on the day of the run.

    Models whose run has a cost and whose price is in force come first, the newest of them at the top; in
    force on the last day on which enough prices were confirmed.
    """
    reach = view.known_since(view.ask("price_reach")["first_observed_at"].item())
    by = replace(reach, on=last_priced_day(view, reach.on))
    prices = view.ask("last_list_prices", by)
    columns = (
        "input_usd_per_mtok",
        "output_usd_per_mtok",
        "cached_input_usd_per_mtok",
        "held_from",
        "held_until",
    )
    runs = view.ask("runs_of_board", benchmark=board)
    runs = runs.join(prices.select("model_id", "price_source_id", *columns), on="model_id", how="inner")
    return _with_prices_of_run(runs, view.ask("price_steps", by)).sort(
        pl.col("held_until").is_not_null() | pl.col("cost_usd").is_null(),
        pl.col("released_on"),
        "model_id",
        descending=[False, True, False],
        nulls_last=True,
    )


def _with_prices_of_run(runs: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """Runs with what was asked on their days: null where no price is known to have held so early."""
    known = steps.drop_nulls("input_usd_per_mtok").sort("model_id", "held_from")
    is_first = pl.col("model_id").is_first_distinct()
    held = known.select(
        "model_id",
        # The first price may have held from the day before which the model was not yet offered.
        pl.when(is_first)
        .then(pl.min_horizontal("held_from", "starts_after"))
        .otherwise("held_from")
        .alias("from"),
        *(pl.col(name).alias(f"run_{name}") for name in ("input_usd_per_mtok", "output_usd_per_mtok")),
    ).sort("from")
    dated = runs.with_columns(run_day=pl.coalesce("run_on", pl.col("observed_at").dt.date())).sort("run_day")
    return dated.join_asof(
        held, left_on="run_day", right_on="from", by="model_id", check_sortedness=False
    ).drop("run_day", "from")


def run_named(runs: pl.DataFrame, model_id: str) -> dict[str, Any]:
    """The run of one model."""
    return runs.row(by_predicate=pl.col("model_id") == model_id, named=True)


def names_of(runs: pl.DataFrame) -> Mapping[str, str]:
    """Names of the models of runs by model_id: titles, told apart by the id where two share one."""
    twice = pl.col("title").is_duplicated()
    label = pl.when(twice).then(pl.format("{} ({})", "title", "model_id")).otherwise("title")
    return dict(runs.select("model_id", label).iter_rows())


def boards_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """The boards whose runs have a measured cost: first that with the newest models that are still sold."""
    options = benchmark_options(view.ask("boards_with_runs"), FEWEST_MODELS)
    return sorted(options, key=lambda option: _choice_of_today(view, option.value), reverse=True)


def _choice_of_today(view: View, board: str) -> date:
    """Release day of the older of the two newest models that are still sold and whose run has a cost."""
    sold = runs_with_prices(view, board).filter(
        pl.col("held_until").is_null(), pl.col("cost_usd").is_not_null(), pl.col("released_on").is_not_null()
    )
    days: list[date] = sold["released_on"].to_list()
    return days[FEWEST_MODELS - 1] if len(days) >= FEWEST_MODELS else date.min


def models_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The models with a run and a list price on the chosen board."""
    if chosen["board"] is None:
        return ()
    return [Option(*pair) for pair in names_of(runs_with_prices(view, chosen["board"])).items()]


def others_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The same without the first: a model is not compared with itself."""
    return [option for option in models_to_choose(view, chosen) if option.value != chosen["first_model"]]


def further_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """The same without the first two."""
    return [option for option in others_to_choose(view, chosen) if option.value != chosen["second_model"]]


def cost_bases_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """What a task of the board cost, where that is recorded of all models; else one's own tokens alone."""
    possible = {
        BY_BOARD: all(cost_per_try(row) is not None for row in _chosen_runs(view, chosen)),
        BY_TOKENS: True,
    }
    return [Option(value, _COST_BASES[value]) for value, is_possible in possible.items() if is_possible]


def _chosen_runs(view: View, chosen: Chosen) -> Sequence[Row]:
    """The runs of the models that are chosen; none before there are two."""
    if chosen["first_model"] is None or chosen["second_model"] is None:
        return ()
    runs = runs_with_prices(view, chosen["board"])
    named = (chosen["first_model"], chosen["second_model"], *chosen["further"])
    return [run_named(runs, model_id) for model_id in named]


def token_bases_to_choose(view: View, chosen: Chosen) -> Sequence[Option]:
    """What the costs of all runs imply, where they do; a range of one's own, where a model reasons."""
    rows = _chosen_runs(view, chosen)
    if not rows:
        return ()
    possible = {
        MEASURED: multipliers_of(rows) is not None,
        OWN: any(row["reasoning"] for row in rows),
        SHOWN: True,
    }
    return [Option(value, _BASES[value]) for value, is_possible in possible.items() if is_possible]


def token_multipliers(rows: Sequence[Row], basis: str, own: tuple[float, float]) -> tuple[Interval, ...]:
    """Billed over shown output tokens of each model: measured, the reader's own range for those that reason,
    or as shown.
    """
    if basis == OWN:
        own_range = Interval(*own, level=1.0)
        return tuple(own_range if row["reasoning"] else AS_WRITTEN for row in rows)
    implied = multipliers_of(rows) if basis == MEASURED else None
    return implied or (AS_WRITTEN,) * len(rows)
