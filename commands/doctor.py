"""`hypecurve doctor`: how the installation stands, in words."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.exit_codes import FAILED
from commands.printing import complain, say

commands = typer.Typer()


@commands.command()
def doctor(
    deep: Annotated[bool, typer.Option("--deep", help="Read every payload and every row as well.")] = False,
) -> None:
    """Say where the data are and what is wrong.

    Checks folders, archive, warehouse, snapshot, ledger and sources. Exit code 1 when something is wrong.
    """
    from commands.diagnosis import advice, standing, troubles
    from config import load_settings

    settings = load_settings()
    for line in standing(settings):
        say(line)
    for line in advice(settings):
        say(f"! {line}", "yellow")
    found = list(troubles(settings, deep=deep))
    for trouble in found:
        complain(f"✗ {trouble}")
    if found:
        raise typer.Exit(FAILED)
    say("✓ Everything is in order.", "green")
