"""`hypecurve prices`: what models cost, since when, and who says so."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from commands.exit_codes import FAILED

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from config import Settings
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
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As they were known on this day.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """Print what models cost, step by step. With who says so and who says otherwise."""
    import polars as pl

    from commands.printing import complain, show
    from config import load_settings
    from store.snapshot import latest

    settings = load_settings()
    snapshot = latest(settings.snapshot_folder)
    meant = _meant(snapshot, settings, models)
    day = on.date() if on else None
    told = [_history(snapshot, model_id, day, as_of.date() if as_of else None) for model_id in meant.values()]
    rows = pl.concat(told)
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


def _meant(snapshot: Snapshot, settings: Settings, names: list[str]) -> dict[str, str]:
    """The model that each name means, once each: a model's own id first, then as sources spell it."""
    from ingest.identity.identify import resolver_for

    known = set(snapshot.select("SELECT model_id FROM model")["model_id"])
    unknown = [name for name in names if name not in known]
    found = {name: name for name in names if name in known}
    if unknown:
        resolver = resolver_for(settings.aliases_file, snapshot.ask("names_to_resolve"), also=unknown)
        found |= {name: resolver.resolve(name).model_id for name in unknown}
    first_names = {found[name]: name for name in reversed(names)}
    return {name: found[name] for name in names if first_names[found[name]] == name}


def _history(snapshot: Snapshot, model_id: str, on: date | None, as_of: date | None) -> pl.DataFrame:
    """The steps of a model's prices as known on a day (now if none), or only those in force on another."""
    import polars as pl

    from store.snapshot import end_of

    known = as_of or datetime.now().astimezone().date()
    rows = snapshot.ask(
        "price_history_of_model", model=model_id, as_of=end_of(known), on=max(known, on or known)
    )
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
