"""`hypecurve sources probe`: what live addresses answer today, without storing anything."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.exit_codes import FAILED, PARTLY
from commands.printing import Format, show, steps

commands = typer.Typer()


@commands.command()
def probe(
    names: Annotated[
        list[str] | None, typer.Argument(help="Source ids; all of them when none is given.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask every live address once and say what came. Nothing is stored.

    Status, type, size, the newest date in it, how many rows would be taken in, and what no longer fits.
    """
    import polars as pl

    from config import load_settings
    from pipeline.probe import probe as probed

    with steps("Asking", quiet=as_json) as tell:
        answers = probed(load_settings(), names or (), tell)
    rows = [
        {
            "source": answer.source_id,
            "status": answer.status,
            "type": answer.content_type,
            "bytes": answer.n_bytes,
            "newest": answer.newest_on,
            "rows": answer.n_rows,
            "refused": answer.n_refused,
            "url": answer.url,
            "message": answer.message,
        }
        for answer in answers
    ]
    schema = {"status": pl.Int64, "bytes": pl.Int64, "newest": pl.Date, "rows": pl.Int64, "refused": pl.Int64}
    show(pl.DataFrame(rows, schema_overrides=schema), Format.JSON if as_json else Format.TABLE)
    wrong = sum(answer.is_wrong for answer in answers)
    if wrong:
        raise typer.Exit(PARTLY if wrong < len(answers) else FAILED)
