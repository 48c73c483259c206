"""The `hypecurve analyse` commands: ask the snapshot, compute, print a table or the whole result as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Final

import polars as pl
import typer
from rich.table import Table

from analysis.capability.frontier import best_so_far
from analysis.claims.evaluate import THEN, all_claims, claim_table
from analysis.datawall.crossing import crossing_year
from analysis.datawall.inputs import wall_inputs
from analysis.dotcom.likeness import CHATGPT_OPENING, NETSCAPE_LISTING, likeness
from analysis.hype.attention import rank_launches
from analysis.plain_values import plain
from analysis.price.decline import quantile_decline, successive_cheapest
from analysis.price.steps import blended_price, cheapest_steps
from analysis.results import Estimate, Interval
from analysis.trends.backtest import track_record
from analysis.trends.trend import frontier_trend
from analysis.worth.measured_rows import implied_multiplier, offer_of
from analysis.worth.value import TaskProfile, offer_values, worth_it
from commands.printing import complain, console
from config import load_settings
from store.snapshot import Snapshot, end_of, latest

SEED: Final = 20241220
INDEX: Final = "epoch-eci"
OWN_INDEX: Final = "capability-index"
REASONING: Final = Interval(2.0, 10.0, level=1.0)
"""Tokens of the first model over the second's where no cost tells: the article's claim."""

commands = typer.Typer(
    no_args_is_help=True,
    help="Compute one answer from the published data: a table, or the whole result as JSON.",
)

AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="As known on this day (default: today)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="The whole result as JSON.")]
Board = Annotated[str, typer.Option(help="Id of a benchmark.")]


@dataclass(frozen=True, slots=True)
class Question:
    """The snapshot as of one day."""

    snapshot: Snapshot
    as_of: date
    today: date

    @property
    def instant(self) -> datetime:
        """The last moment of the day (aware UTC)."""
        return end_of(self.as_of)

    def ask(self, query: str, **parameters: object) -> pl.DataFrame:
        """The rows of store/queries/QUERY.sql as of the day."""
        return self.snapshot.ask(query, **({"as_of": self.instant, "now": end_of(self.today)} | parameters))

    def reaching(self, first_known: datetime | None) -> datetime:
        """The instant to ask for: that of the day, or now where the archive does not reach back to it."""
        known = first_known is None or first_known <= self.instant
        return self.instant if known else end_of(self.today)

    def scores(self, benchmark: str) -> pl.DataFrame:
        """One row per model whose release day is stated, with its headline score."""
        reach = self.ask("benchmark_reach", benchmark=benchmark)["first_observed_at"].item()
        rows = self.ask(
            "scores_of_benchmark",
            benchmark=benchmark,
            as_of=self.reaching(reach),
            released_by=self.as_of,
            cost="none",
        )
        return rows.filter("date_is_stated").with_columns(cost=pl.lit(None, pl.Float64))

    def index_models(self, series: str) -> pl.DataFrame:
        """The models of one capability index released by the day, as all pages take them for a trend."""
        if series == OWN_INDEX:
            return self.ask("index_for_trend")
        reach = self.ask("benchmark_reach", benchmark=INDEX)["first_observed_at"].item()
        rows = self.ask("published_index_over_time", as_of=self.reaching(reach))
        return rows.filter(pl.col("released_on") <= self.as_of)


@commands.command()
def frontier(benchmark: Board = INDEX, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """The best so far on a benchmark: records, ties, leaders."""
    question = _question(as_of)
    _show(best_so_far(_needed(question.scores(benchmark), benchmark), question.as_of), as_json)


@commands.command()
def capability(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """The capability index of each model released by the day, with intervals; fitted on all that is known."""
    question = _question(as_of)
    index = question.ask("index_over_time").filter(pl.col("released_on") <= question.as_of)
    _show(_needed(index, "the capability index").sort("value", descending=True), as_json)


@commands.command()
def trend(
    series: Annotated[
        str, typer.Option(help=f"{OWN_INDEX}, or {INDEX} for the one Epoch publishes.")
    ] = OWN_INDEX,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Whether a capability index climbs, slows or stands still: slopes, intervals, verdict."""
    if series not in (OWN_INDEX, INDEX):
        raise typer.BadParameter(f"there is no index {series!r}; there are {OWN_INDEX} and {INDEX}")
    question = _question(as_of)
    models = question.index_models(series)
    if models.is_empty() and series == OWN_INDEX:
        complain(f"There is no {OWN_INDEX} yet; this is {INDEX}, which Epoch publishes.")
        models = question.index_models(INDEX)
    models = _needed(models, series)
    _show(frontier_trend(models, _window_end(models, question.as_of), seed=SEED), as_json)


@commands.command()
def price(
    benchmark: Board = "gpqa-diamond",
    score: Annotated[float, typer.Option(help="The score to reach, in the benchmark's unit.")] = 0.33,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """What a constant capability costs: the cheapest offers over time and the rate at which they fall."""
    question = _question(as_of)
    reach = question.ask("price_reach")["first_observed_at"].item()
    steps = question.ask("price_steps", as_of=question.reaching(reach), on=question.as_of)
    offers = steps.with_columns(
        price_usd_per_mtok=blended_price(),
        valid_on=pl.col("held_from"),
        provider=pl.format("{}, listed as {}", "provider", "model_name"),
    )
    scores = _needed(question.scores(benchmark), benchmark).select("model_id", score="value")
    cheapest = cheapest_steps(offers, scores, score, question.as_of)
    result = {
        "cheapest": cheapest,
        "through_successive_cheapest": successive_cheapest(cheapest),
        "through_tenth_percentile": quantile_decline(cheapest.changes, seed=SEED),
    }
    _show(result, as_json)


@commands.command()
def value(
    first: Annotated[str, typer.Argument(help="Id of a model.")] = "o1-preview-2024-09-12",
    second: Annotated[str, typer.Argument(help="Id of another.")] = "claude-3-5-sonnet-20240620",
    board: Annotated[str, typer.Option(help="Board on which both were measured.")] = "aider-edit",
    input_tokens: Annotated[float, typer.Option(help="Input tokens of a call.")] = 2000,
    output_tokens: Annotated[float, typer.Option(help="Output tokens as shown.")] = 1000,
    worth: Annotated[float, typer.Option(help="Value of a solved task, USD.")] = 20.0,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Whether the dearer of two models pays for a kind of task, and from what value of a task on."""
    question = _question(as_of)
    reach = question.ask("price_reach")["first_observed_at"].item()
    prices = question.ask("last_list_prices", as_of=question.reaching(reach), on=question.as_of)
    runs = question.ask("runs_of_board", benchmark=board).join(prices, on="model_id", how="inner")
    found = {row["model_id"]: row for row in runs.iter_rows(named=True)}
    for model in (first, second):
        if model not in found:
            raise typer.BadParameter(
                f"{model} has no run on {board} with a list price as of {question.as_of}"
            )
    tokens = implied_multiplier(found[first], found[second]) or REASONING
    offers = offer_of(found[first], tokens), offer_of(found[second])
    profile = TaskProfile(input_tokens, output_tokens, worth)
    result = {"offers": offer_values(offers, profile, SEED), "worth": worth_it(*offers, profile, SEED)}
    _show(result, as_json)


@commands.command()
def hype(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Which launch made a stir: points on Hacker News after a launch, less those before."""
    question = _question(as_of)
    _show(rank_launches(_needed(question.ask("launch_spread"), "launches")), as_json)


@commands.command()
def dotcom(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """The Nasdaq Composite since Netscape's listing and since ChatGPT, after the same number of days."""
    question = _question(as_of)
    series = question.ask("series_points", series=["nasdaq-composite", "shiller-cape"])
    closes = _needed(series.filter(series_id="nasdaq-composite"), "the Nasdaq Composite")
    cape = series.filter(series_id="shiller-cape").select("valid_on", "value")
    _show(likeness(closes.select("valid_on", "value"), NETSCAPE_LISTING, CHATGPT_OPENING, cape), as_json)


@commands.command()
def datawall(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """In which year training sets equal the stock of public human text, from their history alone."""
    question = _question(as_of)
    newest = end_of(question.today)
    sets = question.ask("training_sets", as_of=newest).filter(
        pl.col("published_on") <= question.as_of, collection="paper"
    )
    parameters = _needed(question.ask("datawall_parameters", as_of=newest), "the stock of text")
    _show(crossing_year(sets, wall_inputs(parameters)), as_json)


@commands.command()
def claims(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Each claim of the article of December 2024: what the data said then, what they say now, the verdict."""
    question = _question(as_of)
    judged = question.ask("claims") if as_of is None else pl.DataFrame()
    if judged.is_empty():
        if question.instant < THEN:
            raise typer.BadParameter(f"the article is of {THEN:%Y-%m-%d}: name that day or a later one")
        found = all_claims(lambda query, at: question.ask(query, as_of=at), question.instant)
        judged = claim_table(found, question.instant)
    shown = ("place", "statement", "verdict", "then_text", "now_text", "why")
    _show(judged if as_json else judged.select(shown), as_json)


@commands.command()
def backtest(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """The verdict on the published index at each month end since mid-2023, and what followed."""
    question = _question(as_of)
    models = _needed(question.index_models(INDEX), INDEX)
    months = question.ask("published_index_by_month").filter(pl.col("known_on") <= question.as_of)
    parts = months.partition_by("known_on", as_dict=True, include_key=False)
    known = {month[0]: frame for month, frame in parts.items()}
    _show(track_record(models, _window_end(models, question.as_of), known=known, seed=SEED), as_json)


def _question(as_of: datetime | None) -> Question:
    today = datetime.now(UTC).date()
    return Question(latest(load_settings().snapshot_folder), as_of.date() if as_of else today, today)


def _window_end(models: pl.DataFrame, as_of: date) -> date:
    """The release day of the newest model, never later than the day asked for: no empty months count."""
    newest: date = models["released_on"].max()  # type: ignore[assignment]  # a column of dates
    return min(as_of, newest)


def _needed(rows: pl.DataFrame, what: str) -> pl.DataFrame:
    if rows.is_empty():
        complain(f"There is no data on {what} as of this day. `hypecurve sources` lists what is held.")
        raise typer.Exit(1)
    return rows


def _show(result: object, as_json: bool) -> None:
    """JSON of the whole result, or its figures as a table and its frames as tables of their own."""
    if as_json:
        typer.echo(json.dumps(plain(result), ensure_ascii=False))
        return
    single, several = Table("figure", "value", header_style="bold"), []
    for name, item in _leaves("", result):
        rows = _rows(item)
        if rows is None:
            single.add_row(name, _text(item))
        else:
            several.append((name, rows))
    if single.row_count:
        console().print(single)
    for name, rows in several:
        _print_rows(name, rows)


def _leaves(name: str, item: object) -> Iterator[tuple[str, object]]:
    """The figures of a result by their dotted names; estimates, intervals and tables stay whole."""
    if isinstance(item, Estimate | Interval | pl.DataFrame) or _rows(item) is not None:
        yield name, item
    elif is_dataclass(item) and not isinstance(item, type):
        for field in fields(item):
            yield from _leaves(f"{name}.{field.name}".lstrip("."), getattr(item, field.name))
    elif isinstance(item, Mapping):
        for key, part in item.items():
            yield from _leaves(f"{name}.{key}".lstrip("."), part)
    else:
        yield name, item


def _rows(item: object) -> pl.DataFrame | None:
    """A frame, or a tuple of results as one row each; None for anything else."""
    if isinstance(item, pl.DataFrame):
        return item
    if isinstance(item, tuple) and item and all(is_dataclass(part) for part in item):
        return pl.DataFrame([{name: _text(leaf) for name, leaf in _leaves("", part)} for part in item])
    return None


def _print_rows(name: str, rows: pl.DataFrame) -> None:
    table = Table(*rows.columns, title=name or None, title_justify="left", header_style="bold")
    for row in rows.iter_rows():
        table.add_row(*(_text(cell) for cell in row))
    console().print(table)


def _text(item: object) -> str:
    match item:
        case None:
            text = ""
        case Estimate():
            text = _text(item.value) + (f" ({_text(item.interval)})" if item.interval else "")
        case Interval():
            text = f"{_text(item.low)} to {_text(item.high)}, {item.level:.0%}"
        case float():
            text = f"{item:.5g}"
        case list() | tuple():
            text = ", ".join(_text(part) for part in item)
        case _:
            text = str(plain(item))
    return text
