"""`hypecurve prices`: what models cost, since when, and who says so."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from commands.exit_codes import FAILED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import polars as pl

    from config import Settings
    from ingest.identity.resolve import Resolver
    from store.snapshot import Snapshot

commands = typer.Typer()

CONFIRMED_DAYS: Final = 60
"""So long after its last confirmation a price still counts as asked."""

_STEP: Final = (
    "starts_after",
    "starts_on",
    "ends_on",
    "input_usd_per_mtok",
    "output_usd_per_mtok",
    "cached_input_usd_per_mtok",
    "last_confirmed_on",
)


class Seller(StrEnum):
    """Whose prices are asked for."""

    MAKER = "maker"
    CLOUD = "cloud"
    HOST = "host"
    ROUTER = "router"
    ALL = "all"


@commands.command()
def prices(
    models: Annotated[list[str], typer.Argument(help="Models, in any spelling.", metavar="MODEL...")],
    seller: Annotated[Seller, typer.Option(help="Whose prices.")] = Seller.MAKER,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only prices in force on this day.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="As found from what lists had said by this day."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """Print what models cost, step by step. With who says so and who says otherwise."""
    import polars as pl

    from commands.printing import complain, show
    from config import load_settings
    from store.store import store_of

    settings = load_settings()
    snapshot = store_of(settings).latest()
    resolver = cache(lambda: _resolver(snapshot, settings, models))
    meant = _meant(snapshot, resolver, models)
    day, known = on.date() if on else None, as_of.date() if as_of else None
    rows = _in_force(_histories(snapshot, resolver, list(meant.values()), day, known), day)
    if seller is not Seller.ALL:
        rows = rows.filter(pl.col("seller") == seller.value)
    for name, model_id in meant.items():
        if rows.filter(pl.col("model_id") == model_id).is_empty():
            complain(_nothing(name, model_id, seller, day))
    if as_json:
        typer.echo(json.dumps(_as_json(rows), ensure_ascii=False, indent=1))
    elif rows.height:
        show(_as_table(rows))
    if rows.is_empty():
        raise typer.Exit(FAILED)


def _resolver(snapshot: Snapshot, settings: Settings, names: list[str]) -> Resolver:
    from ingest.identity.identify import resolver_for

    return resolver_for(settings.aliases_file, snapshot.ask("names_to_resolve"), also=names)


def _meant(snapshot: Snapshot, resolver: Callable[[], Resolver], names: list[str]) -> dict[str, str]:
    """The model that each name means, once each: a model's own id first, then as sources spell it."""
    known = set(snapshot.select("SELECT model_id FROM model")["model_id"])
    found = {name: name if name in known else resolver().resolve(name).model_id for name in names}
    first_names = {found[name]: name for name in reversed(names)}
    return {name: found[name] for name in names if first_names[found[name]] == name}


def _histories(
    snapshot: Snapshot,
    resolver: Callable[[], Resolver],
    models: list[str],
    on: date | None,
    as_of: date | None,
) -> pl.DataFrame:
    """The steps of the models' prices by what is known now, or as found from what was known on a day."""
    import polars as pl

    from store.snapshot import end_of

    today = datetime.now().astimezone().date()
    if as_of is not None and as_of < today:
        return _found_then(snapshot, resolver(), models, as_of)
    told = [
        snapshot.ask(
            "price_history_of_model", model=model_id, as_of=end_of(today), on=max(today, on or today)
        )
        for model_id in models
    ]
    return pl.concat(told)


def _found_then(snapshot: Snapshot, resolver: Resolver, models: list[str], as_of: date) -> pl.DataFrame:
    """The same columns, the histories found anew from what lists had said by the end of a day.

    Who is who, and when a model was released, is as known today. A list that was read again unchanged
    confirms only to the day of its first reading.
    """
    import polars as pl

    from ingest.identity.identify import price_evidence
    from ingest.prices.history import price_history
    from store.snapshot import end_of

    steps = price_history(price_evidence(snapshot.ask, resolver, end_of(as_of))).steps
    has_ended = pl.col("ends_on") <= as_of
    is_stale = pl.col("last_confirmed_on") + pl.duration(days=CONFIRMED_DAYS) < as_of
    is_shut_down = pl.col("reason") == "shut down by notice"
    story = steps.filter(pl.col("model_id").is_in(models), "listed", pl.col("starts_on") <= as_of)
    return story.with_columns(
        ends_on=pl.when(has_ended | is_shut_down).then("ends_on"),
        reason=pl.when(has_ended)
        .then("reason")
        .when(is_stale)
        .then(pl.lit("not confirmed"))
        .when(is_shut_down)
        .then("reason"),
    ).sort(
        pl.col("model_id").replace_strict({name: place for place, name in enumerate(models)}),
        maintain_order=True,
    )


def _in_force(rows: pl.DataFrame, on: date | None) -> pl.DataFrame:
    """All of them, or only those that were in force on a day."""
    import polars as pl

    if on is None:
        return rows
    confirmed = pl.col("last_confirmed_on") + pl.duration(days=CONFIRMED_DAYS) >= on
    return rows.filter(
        pl.col("starts_on") <= on, pl.col("ends_on").is_null() | (pl.col("ends_on") > on), confirmed
    )


def _nothing(name: str, model_id: str, seller: Seller, day: date | None) -> str:
    whose = "anybody" if seller is Seller.ALL else f"a {seller.value}"
    when = f" in force on {day}" if day else ""
    more = "" if seller is Seller.ALL else "; --seller all shows what others ask"
    meant = "" if name == model_id else f" ({model_id})"
    return f"No price of {name}{meant} of {whose}{when} is known{more}."


def _as_json(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """One object a model, seller and tier, its steps in order of time."""
    keys = ["model_id", "seller", "provider", "tier"]
    return [
        dict(zip(keys, key, strict=True)) | {"steps": [_step(row) for row in part.iter_rows(named=True)]}
        for key, part in rows.partition_by(keys, as_dict=True, maintain_order=True).items()
    ]


def _step(row: dict[str, Any]) -> dict[str, Any]:
    told = {
        name: row[name].isoformat() if name.endswith(("_on", "_after")) and row[name] else row[name]
        for name in _STEP
    }
    return {**told, "for": row["for_sources"], "against": row["against_sources"], "reason": row["reason"]}


def _as_table(rows: pl.DataFrame) -> pl.DataFrame:
    """The same for a person: one line a step, prices in USD per million tokens."""
    import polars as pl

    since = pl.when(pl.col("starts_after").is_null()).then(pl.format("{}", "starts_on"))
    return rows.select(
        "model_id",
        pl.col("seller"),
        "provider",
        "tier",
        since=since.otherwise(pl.format("after {}, by {}", "starts_after", "starts_on")),
        until="ends_on",
        input="input_usd_per_mtok",
        output="output_usd_per_mtok",
        cached="cached_input_usd_per_mtok",
        last_confirmed="last_confirmed_on",
        why_ended="reason",
        who_says_so="for_sources",
        who_says_otherwise="against_sources",
    )
