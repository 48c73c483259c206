"""The `hypecurve` command: browse, refresh, look into, and check the data."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import polars as pl
import typer
import uvicorn
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

import analyse
from commands.doctor import advice, standing, troubles
from commands.printing import Format, complaints, console, show
from config import Settings, SettingsError, load_settings
from ingest.errors import IngestError
from ingest.identity.identify import resolver_for
from ingest.identity.unresolved import SHARED_FILE, UnknownModelError, accept, with_suggestions
from ingest.registry import load_sources
from pipeline import refresh as pipeline
from store.archive import ArchiveError
from store.ledger import Ledger, Status
from store.snapshot import NoSnapshotError, QueryError, latest
from store.warehouse import WarehouseBusyError

commands = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="hypecurve: is AI still climbing, is it flattening, and what does each gain cost?\n\n"
    "Start with `hypecurve up`, then open http://localhost:8501. All state lives under HYPECURVE_HOME.\n\n"
    "Exit codes: 0 all went well; 1 it could not be done; 2 the command was not understood; "
    "3 some sources failed, the others were taken in.",
)
models = typer.Typer(no_args_is_help=True, help="Names of models and what they mean.")
commands.add_typer(models, name="models")
commands.add_typer(analyse.commands, name="analyse")

FAILED, PARTLY = 1, 3
EVERYWHERE_OR_HERE: Final = {"0.0.0.0", "::", "127.0.0.1", "::1", "localhost"}
RUN_COLUMNS: Final = (
    "started_at",
    "source_id",
    "status",
    "trigger",
    "payloads_new",
    "rows_added",
    "rows_refused",
    "error",
)

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


class PortTakenError(RuntimeError):
    """Somebody listens on the port already; the message says how to choose another one."""


@commands.command()
def up(
    port: Annotated[int | None, typer.Option(help="Port of the dashboard (default 8501).")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (default 127.0.0.1).")] = None,
    schedule: Annotated[bool, typer.Option(help="Refresh sources in the background.")] = True,
) -> None:
    """Start the scheduler and the dashboard; Ctrl-C stops both."""
    settings = load_settings()
    os.environ["HYPECURVE_SCHEDULE"] = "true" if schedule and settings.schedule else "false"
    address = (host or settings.host, settings.port if port is None else port)
    _must_be_free(*address)
    with _steps("Opening the data") as tell:
        pipeline.start_with_bundle(settings, tell)
    shown = "localhost" if address[0] in EVERYWHERE_OR_HERE else address[0]
    console.print(f"hypecurve: http://{shown}:{address[1]}  (data in {settings.home}; Ctrl-C stops)")
    uvicorn.run("app:app", host=address[0], port=address[1], log_level="warning", access_log=False)


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
    day = as_of.date() if as_of else None
    with _steps("Refreshing", quiet=quiet) as tell:
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
    """Take in the past: dated versions that sources keep, a folder of recordings, or tables of facts."""
    settings = load_settings()
    with _steps("Back-filling") as tell:
        if since:
            day = since.date()
            outcomes = pipeline.fetch_history(settings, sources or (), day, replay=replay, progress=tell)
        elif replay or facts:
            outcomes = pipeline.backfill(settings, sources or (), replay=replay, facts=facts, progress=tell)
        else:
            raise typer.BadParameter("say --since DATE, --replay FOLDER or --facts FOLDER")
    _report(outcomes, quiet=False)


@commands.command()
def rebuild() -> None:
    """Make the whole warehouse again from the raw archive; nothing is fetched."""
    with _steps("Rebuilding") as tell:
        loaded = pipeline.rebuild(load_settings(), tell)
    console.print(f"{loaded.payloads:,} payloads, {loaded.added:,} rows, {loaded.refused:,} in quarantine.")


@commands.command()
def sources(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List every source: what it is, when it last brought something new, what is wrong."""
    settings = load_settings()
    catalogue = load_sources(settings.sources_folder)
    health = {row["source_id"]: row for row in Ledger(settings.ledger_file).health().iter_rows(named=True)}
    rows = [
        {
            "id": source.id,
            "title": source.title,
            "cadence": source.cadence,
            "core": source.core,
            "key": source.key_env or "",
            "last_new_at": _day(health.get(source.id, {}).get("last_new_at")),
            "last_status": health.get(source.id, {}).get("last_status") or "never run",
        }
        for source in catalogue.sources.values()
    ]
    show(pl.DataFrame(rows), Format.JSON if as_json else Format.TABLE)
    for problem in catalogue.problems:
        complaints.print(f"[red]{problem}[/red]")


@commands.command()
def runs(
    source: Annotated[str | None, typer.Argument(help="Only this source.")] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the newest refresh runs with their errors."""
    frame = Ledger(load_settings().ledger_file).runs(source, limit)
    if as_json:
        show(frame, Format.JSON)
    else:
        show(frame.select(RUN_COLUMNS))


@commands.command()
def query(
    sql: Annotated[str, typer.Argument(help='For example "select count(*) from score".')],
    output: Annotated[Format, typer.Option("--format", help="How to write the rows.")] = Format.TABLE,
) -> None:
    """Ask the latest snapshot in SQL, read-only."""
    show(latest(load_settings().snapshot_folder).select(sql), output)


@commands.command()
def resolve(
    names: Annotated[list[str], typer.Argument(help="Spellings of models.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """Say which model each name means, and which rule says so."""
    settings = load_settings()
    resolver = resolver_for(settings.aliases_file, _observed_names(settings), also=names)
    shown = [resolver.resolve(name).to_json() for name in names]
    if as_json:
        print(json.dumps(shown, ensure_ascii=False, indent=1))  # noqa: T201 - for pipes: no colours, no wrapping
    else:
        show(pl.DataFrame(shown))


@models.command()
def unresolved(
    limit: Annotated[int, typer.Option(help="How many names to look at, the weightiest first.")] = 500,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List names that no rule explains but that resemble a known model; decide with `models accept`."""
    settings = load_settings()
    names = latest(settings.snapshot_folder).ask("names_unresolved").head(limit)
    listed = with_suggestions(names, resolver_for(settings.aliases_file))
    show(listed, Format.JSON if as_json else Format.TABLE)


@models.command("accept")
def accept_alias(
    name: Annotated[str, typer.Argument(help="The spelling.")],
    model_id: Annotated[str, typer.Argument(help="The model that it means.")],
    source: Annotated[str, typer.Option(help="Only in this source.")] = "",
    shared: Annotated[
        bool, typer.Option("--shared", help="Into the project's own list, for everyone.")
    ] = False,
) -> None:
    """Write down which model a name means; `hypecurve rebuild` applies it to the past too."""
    settings = load_settings()
    file = SHARED_FILE if shared else settings.aliases_file
    accept(resolver_for(settings.aliases_file), name, model_id, file, source)
    console.print(f"{name} is now {model_id} (in {file}). `hypecurve rebuild` applies it everywhere.")


@commands.command()
def bundle(
    folder: Annotated[Path, typer.Argument(help="Where to write.")] = Path("store/bundled"),
) -> None:
    """Write the data that ships with the code: figures of all sources whose licence allows it."""
    written = pipeline.bundle(load_settings(), folder)
    size = sum(file.stat().st_size for file in folder.glob("*.parquet"))
    show(pl.DataFrame({"table": list(written), "rows": list(written.values())}))
    console.print(f"{size / 1e6:.1f} MB in {folder}")


@commands.command()
def doctor() -> None:
    """Say where the data are; check folders, archive, snapshot, sources; exit 1 when something is wrong."""
    settings = load_settings()
    for line in standing(settings):
        console.print(line, highlight=False)
    for line in advice(settings):
        console.print(f"[yellow]![/yellow] {line}", highlight=False)
    found = list(troubles(settings))
    for trouble in found:
        complaints.print(f"[red]✗[/red] {trouble}")
    if found:
        raise typer.Exit(FAILED)
    console.print("[green]✓[/green] Everything is in order.")


def main() -> None:
    """Run the command; expected errors are one sentence, not a traceback."""
    expected = (
        SettingsError,
        IngestError,
        ArchiveError,
        NoSnapshotError,
        WarehouseBusyError,
        pipeline.UnknownSourceError,
        UnknownModelError,
        QueryError,
        PortTakenError,
    )
    try:
        commands()
    except expected as error:
        complaints.print(f"[red]{error}[/red]", highlight=False)
        sys.exit(FAILED)


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(
                f"Port {port} of {host} cannot be used ({error.strerror}); perhaps another hypecurve runs. "
                f"Choose another one: `hypecurve up --port {port + 1}` or `make run PORT={port + 1}`."
            ) from error


@contextmanager
def _steps(what: str, *, quiet: bool = False) -> Iterator[pipeline.Progress]:
    if quiet or not console.is_terminal:
        yield pipeline.silent
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda source, text: progress.update(
            task, advance=1, description=f"{what}: {source} {text}"[:90]
        )


def _observed_names(settings: Settings) -> pl.DataFrame | None:
    """Every spelling that sources use; none before the first snapshot."""
    try:
        return latest(settings.snapshot_folder).ask("names_to_resolve")
    except NoSnapshotError:
        return None


def _report(outcomes: list[pipeline.Outcome], *, quiet: bool) -> None:
    failed = [outcome for outcome in outcomes if outcome.status is Status.FAILED]
    if not quiet:
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
    if failed:
        some = any(outcome.status in (Status.NEW, Status.UNCHANGED) for outcome in outcomes)
        raise typer.Exit(PARTLY if some else FAILED)


def _day(value: datetime | date | None) -> str:
    return value.strftime("%Y-%m-%d") if value else ""


if __name__ == "__main__":
    main()
