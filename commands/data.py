"""Commands that look into the data: `hypecurve query`, `runs`, `bundle`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from commands.printing import Format, say, show

RUN_COLUMNS: Final = (
    "started_at",
    "source_id",
    "status",
    "trigger",
    "payloads_new",
    "rows_added",
    "rows_revised",
    "rows_gone",
    "rows_refused",
    "error",
)

commands = typer.Typer()


@commands.command()
def query(
    sql: Annotated[str, typer.Argument(help='For example "select count(*) from score".')],
    output: Annotated[Format, typer.Option("--format", help="How to write the rows.")] = Format.TABLE,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long it may take.")] = 60.0,
    most_rows: Annotated[int, typer.Option(min=1, help="How many rows it may give.")] = 1_000_000,
) -> None:
    """Ask the latest snapshot in SQL, read-only.

    It reads the tables and nothing else, within a limit of time, rows and memory (3 GB).
    """
    from commands.opening import opened
    from config import load_settings

    show(opened(load_settings()).select(sql, seconds=seconds, most_rows=most_rows), output)


@commands.command()
def runs(
    source: Annotated[str | None, typer.Argument(help="Only this source.")] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the newest refresh runs with their errors."""
    from config import load_settings
    from store.store import store_of

    frame = store_of(load_settings()).ledger().runs(source, limit)
    if as_json:
        show(frame, Format.JSON)
    else:
        show(frame.select(RUN_COLUMNS))


@commands.command()
def bundle(
    folder: Annotated[Path, typer.Argument(help="Where to write.")] = Path("store/bundled"),
) -> None:
    """Write the data that ships with the code. Figures of all sources whose licence allows it."""
    import polars as pl

    from config import load_settings
    from pipeline import refresh as pipeline

    written = pipeline.bundle(load_settings(), folder)
    size = sum(file.stat().st_size for file in folder.glob("*.parquet"))
    show(pl.DataFrame({"table": list(written), "rows": list(written.values())}))
    say(f"{size / 1e6:.1f} MB in {folder}")
