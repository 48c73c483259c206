"""`hypecurve sources`: every source and how it stands; its commands make, judge, show and remove one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from commands import source_check, source_keep, source_new, source_probe
from commands.health import last_status
from commands.printing import Format, complain, show

commands = typer.Typer()
sources = typer.Typer(invoke_without_command=True)
for module in (source_new, source_check, source_keep, source_probe):
    sources.add_typer(module.commands)
commands.add_typer(sources, name="sources")


@sources.callback()
def list_sources(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List every source. What it is, when it last brought something new, what is wrong."""
    if context.invoked_subcommand is not None:
        return
    import polars as pl

    from config import load_settings
    from ingest.registry import load_sources
    from store.store import store_of

    settings = load_settings()
    catalogue = load_sources(settings.sources_folder)
    health = {row["source_id"]: row for row in store_of(settings).ledger().health().iter_rows(named=True)}
    rows = [
        {
            "id": source.id,
            "title": source.title,
            "cadence": source.cadence,
            "core": source.core,
            "key": source.key_env or "",
            "last_new_at": _day(health.get(source.id, {}).get("last_new_at")),
            "last_status": last_status(health.get(source.id, {})),
        }
        for source in catalogue.sources.values()
    ]
    show(pl.DataFrame(rows), Format.JSON if as_json else Format.TABLE)
    for problem in catalogue.problems:
        complain(str(problem))


def _day(value: datetime | date | None) -> str:
    return value.strftime("%Y-%m-%d") if value else ""
