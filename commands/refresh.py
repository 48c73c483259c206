"""Commands that take data in: `hypecurve refresh`, `backfill`, `rebuild`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.exit_codes import FAILED, PARTLY
from commands.printing import complain, say, show, steps

if TYPE_CHECKING:
    from pipeline.refresh import Outcome

commands = typer.Typer()

Recordings = Annotated[
    Path | None,
    typer.Option(
        "--replay",
        exists=True,
        file_okay=False,
        help="Answer from this folder of recordings, not the network.",
    ),
]
Names = Annotated[list[str] | None, typer.Argument(help="Source ids; all of them when none is given.")]


@commands.command()
def refresh(
    sources: Names = None,
    replay: Recordings = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="With --replay: the day to replay.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but errors.")] = False,
    trigger: Annotated[str, typer.Option(hidden=True)] = "command",
) -> None:
    """Fetch sources, take in what is new, publish a new snapshot."""
    from config import load_settings
    from pipeline import refresh as pipeline

    day = as_of.date() if as_of else None
    with steps("Refreshing", quiet=quiet) as tell:
        outcomes = pipeline.refresh(
            load_settings(), sources or (), trigger=trigger, replay=replay, as_of=day, progress=tell
        )
    _report(outcomes, quiet=quiet)


@commands.command()
def backfill(
    sources: Names = None,
    replay: Recordings = None,
    facts: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Folder of tables of facts.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Fetch the dated versions a source keeps, since this day."),
    ] = None,
) -> None:
    """Take in the past: dated versions, recordings, tables of facts."""
    from config import load_settings
    from pipeline import refresh as pipeline

    settings = load_settings()
    with steps("Back-filling") as tell:
        if since:
            day = since.date()
            outcomes = pipeline.fetch_history(settings, sources or (), day, replay=replay, progress=tell)
        elif replay or facts:
            outcomes = pipeline.backfill(settings, sources or (), replay=replay, facts=facts, progress=tell)
        else:
            raise typer.BadParameter("say --since DATE, --replay FOLDER or --facts FOLDER")
    _report(outcomes, quiet=False)


@commands.command()
def rebuild(sources: Names = None) -> None:
    """Make the warehouse again from the raw archive. Or the rows of some sources; nothing is fetched."""
    from config import load_settings
    from pipeline import refresh as pipeline

    with steps("Rebuilding") as tell:
        loaded = pipeline.rebuild(load_settings(), tell, sources or ())
    say(f"{loaded.payloads:,} payloads, {loaded.added:,} rows, {loaded.refused:,} in quarantine.")
    for text in loaded.missing:
        complain(text)
    if loaded.missing:
        raise typer.Exit(PARTLY)


def _report(outcomes: list[Outcome], *, quiet: bool) -> None:
    from store.ledger import Status

    if not quiet:
        _list(outcomes)
    if any(outcome.status is Status.FAILED for outcome in outcomes):
        some = any(outcome.status in (Status.NEW, Status.UNCHANGED) for outcome in outcomes)
        raise typer.Exit(PARTLY if some else FAILED)


def _list(outcomes: list[Outcome]) -> None:
    import polars as pl

    rows = [
        {
            "source": outcome.source_id,
            "status": outcome.status.value,
            "payloads": outcome.loaded.payloads,
            "rows added": outcome.loaded.added,
            "in quarantine": outcome.loaded.refused,
            "message": outcome.message,
        }
        for outcome in outcomes
    ]
    show(pl.DataFrame(rows))
