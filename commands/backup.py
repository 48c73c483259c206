"""Commands that copy an installation: `hypecurve backup` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.exit_codes import PARTLY
from commands.printing import complain, say

commands = typer.Typer()


@commands.command()
def backup(
    into: Annotated[
        Path, typer.Argument(help="A file NAME.tar, or a folder; in one, later copies add what is new.")
    ],
) -> None:
    """Copy all data into a file or a folder. Also while a refresh runs."""
    from config import load_settings
    from store.backup import back_up

    copied = back_up(load_settings().home, into.absolute())
    say(f"{copied.files:,} files, {copied.bytes / 1e6:.1f} MB in {into}")
    _tell(copied.missing)


@commands.command()
def restore(
    source: Annotated[Path, typer.Argument(exists=True, help="What `hypecurve backup` made.")],
) -> None:
    """Put a copy into an empty HYPECURVE_HOME. Every file is checked first."""
    from config import load_settings
    from store.backup import restore as put_back

    home = load_settings().home
    copied = put_back(source.absolute(), home)
    say(f"{copied.files:,} files, {copied.bytes / 1e6:.1f} MB in {home}")
    _tell(copied.missing)


def _tell(missing: tuple[str, ...]) -> None:
    for text in missing:
        complain(text)
    if missing:
        raise typer.Exit(PARTLY)
