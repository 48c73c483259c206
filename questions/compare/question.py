"""Compare: two to five models side by side, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from analysis.price.blend import blended_price
from charts.compare.measures import NAME as MEASURES_CHART
from charts.compare.measures import Measure, compared_measures
from charts.compare.price_history import NAME as PRICES_CHART
from charts.compare.price_history import compared_prices
from questions.answer import Answer, Block, Drawn, Folded, Heading, Link, Paragraph, Table, nothing_known
from questions.compare import table, words
from questions.compare.compared import Compared, compared, models_to_compare
from questions.controls import Several, control
from questions.models.tables import with_source_titles
from questions.question import Question
from questions.reach import newest_day
from questions.trends.series import index_note
from questions.view import View
from questions.wording import as_fit

FEWEST: Final = 2
MOST: Final = 5
_HORIZON: Final = "metr-horizon-50-v1.1"


@dataclass(frozen=True, slots=True)
class CompareControls:
    """Which models stand side by side; without a choice the two of the highest index."""

    models: tuple[str, ...] = control(
        (),
        Several("Models", models_to_compare, FEWEST, MOST, help="Two to five. Type to search by name or id."),
    )


def answer(view: View, controls: CompareControls) -> Answer:
    """How the models fare against each other, and all that is known of each."""
    if len(controls.models) < FEWEST:
        return nothing_known("fewer than two models are known as of this date.")
    known = compared(view, controls.models)
    newest = newest_day(known.scores, view.as_of)
    notes = [words.untold(known), words.cost_note(known), known.known_by.note, index_note(view), words.CAVEAT]
    caveat, rest = as_fit(notes)
    return Answer(
        first_line=words.first_line(known, newest),
        caveat=caveat,
        rests_on=f"{words.rests_on(known, newest)} {rest}".strip(),
        would_change=words.WOULD_CHANGE,
        blocks=(
            *_chart(view, known),
            Heading("What they are"),
            Table("about", table.about(known), wraps=True, is_even=True),
            *_missing(known),
            Heading("What they score"),
            Paragraph(" ".join(filter(None, (words.ABOUT_SCORES, words.of_noise(known))))),
            *_scores(known),
            Heading("What they cost, and how fast they are"),
            Table("costs", table.costs(known), wraps=True, is_even=True),
            *_prices(view, known),
            Link("models", "All that is known of one model"),
        ),
    )


def _missing(known: Compared) -> tuple[Block, ...]:
    said = words.missing(known)
    return (Paragraph(said),) if said else ()


def _scores(known: Compared) -> Iterator[Block]:
    yield Table("index", table.index_row(known), wraps=True, is_even=True)
    shared = table.scores(known, shared_only=True)
    if shared.height:
        yield Table("shared", shared, wraps=True, is_even=True)
    alone = table.scores(known, shared_only=False).filter(pl.col(table.MEASURE) != "capability index")
    if alone.height:
        count = "1 benchmark" if alone.height == 1 else f"{alone.height} benchmarks"
        yield Folded(f"{count} that only one of them has", (Table("alone", alone, wraps=True, is_even=True),))


def _chart(view: View, known: Compared) -> tuple[Block, ...]:
    rows = _measured(known)
    if rows.is_empty():
        return ()
    title = words.title_of_measures(known)
    return (
        Drawn(
            compared_measures(
                rows, _measures(known), list(known.names.values()), title, view.footing(rows, "values")
            )
        ),
    )


def _measures(known: Compared) -> tuple[Measure, ...]:
    """What is drawn; the measured cost is of the benchmark on which most of the models have one."""
    board = next(table.costed(known), (None, None))[1]
    return (
        Measure("index", "Capability index, points", "points"),
        Measure("horizon", "Time horizon at half success (METR 1.1)", "minutes"),
        Measure("price", "List price per million tokens, 3 in for 1 out", "usd"),
        Measure("task", f"Measured cost per task, {board}", "usd"),
        Measure("speed", "Output tokens per second, median host", "tokens"),
        Measure("context", "Context window, tokens", "tokens"),
    )


def _measured(known: Compared) -> pl.DataFrame:
    """The values of the chart in long form, the models of each measure in their order."""
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "measure": pl.String,
        "model_id": pl.String,
        "title": pl.String,
        "organization": pl.String,
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "unit": pl.String,
        "source_id": pl.String,
        "known_on": pl.Date,
        "for_sources": pl.List(pl.String),
    }
    rows = [
        about | {"measure": measure.key, "unit": measure.unit} | value
        for measure in _measures(known)
        for about, values in _values(known)
        if (value := values.get(measure.key)) is not None
    ]
    return pl.DataFrame(rows, schema=schema)


def _values(known: Compared) -> Iterator[tuple[dict[str, Any], dict[str, dict[str, Any] | None]]]:
    """Each model with its value on each measure; None where it is not known."""
    board = next(table.costed(known), (None, None))[0]
    for name, title in known.names.items():
        place, price = known.places.get(name), known.prices.get(name)
        horizon = known.scores.filter(model_id=name, benchmark_id=_HORIZON).to_dicts()
        run = known.runs.filter(model_id=name, benchmark_id=board).to_dicts() if board else []
        speed, facts = known.speeds.get(name), known.facts.get(name)
        yield (
            {"model_id": name, "title": title, "organization": known.models[name]["organization"]},
            {
                "index": _value(
                    place.value,
                    "epoch-benchmarks",
                    known.models[name]["released_on"],
                    place.low,
                    place.high,
                )
                if place
                else None,
                "horizon": _value(
                    *(horizon[0][key] for key in ("score", "source_id", "observed_at", "low", "high"))
                )
                if horizon
                else None,
                "price": _priced(known.price(name), price) if price else None,
                "task": _value(*(run[0][key] for key in ("cost_usd_per_task", "source_id", "observed_at")))
                if run
                else None,
                "speed": _value(
                    *(speed[key] for key in ("tokens_per_second", "source_id", "day", "slowest", "fastest"))
                )
                if speed
                else None,
                "context": _value(float(facts["context_tokens"]), None, None)
                if facts and facts["context_tokens"]
                else None,
            },
        )


def _priced(value: float | None, price: Mapping[str, Any]) -> dict[str, Any] | None:
    """A list price with all lists that say so."""
    told = _value(value, price["price_source_id"], price["last_confirmed_on"])
    return told and told | {"for_sources": price["for_sources"]}


def _value(
    value: float | None,
    source_id: str | None,
    known_on: date | None,
    low: float | None = None,
    high: float | None = None,
) -> dict[str, Any] | None:
    if value is None:
        return None
    day = known_on.date() if isinstance(known_on, datetime) else known_on
    return {"value": value, "low": low, "high": high, "source_id": source_id, "known_on": day}


def _prices(view: View, known: Compared) -> tuple[Block, ...]:
    steps = (
        known.steps.with_columns(
            price_usd_per_mtok=blended_price(),
            title=pl.col("model_id").replace_strict(known.names),
            organization=pl.col("model_id").replace_strict(
                {name: row["organization"] for name, row in known.models.items()}, return_dtype=pl.String
            ),
        )
        .with_columns(
            price_usd_per_mtok=pl.when(pl.col("price_usd_per_mtok") > 0).then(pl.col("price_usd_per_mtok"))
        )
        .sort("model_id", "held_from")
        .select(
            "model_id",
            "title",
            "organization",
            "held_from",
            "price_usd_per_mtok",
            "provider",
            "price_kind",
            "last_confirmed_on",
            "reason",
            "source_id",
            "for_sources",
            "against_sources",
            "url",
        )
    )
    if steps["price_usd_per_mtok"].drop_nulls().is_empty():
        return ()
    title = words.title_of_prices(steps)
    return (
        Drawn(compared_prices(steps, view.as_of, title, view.footing(steps, "price steps"))),
        Paragraph(words.of_disputes(with_source_titles(steps, view.source_titles()))),
    )


QUESTION: Final = Question(
    name="compare",
    title="Compare models",
    asks="How do two to five models compare in scores, price, measured cost, speed and facts?",
    answer=answer,
    controls=CompareControls,
    charts=(MEASURES_CHART, PRICES_CHART),
)
