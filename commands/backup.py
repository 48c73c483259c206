"""Commands that copy an installation: `hypecurve backup` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.exit_codes import PARTLY
from commands.printing import complain, say
from errors import ExpectedError

if TYPE_CHECKING:
    from config import Settings

commands = typer.Typer()


class SeveralMachinesError(ExpectedError):
    """What copies the folder of one machine was asked of a team's store; the message says what does it."""


@commands.command()
def backup(
    into: Annotated[
        Path, typer.Argument(help="A file NAME.tar, or a folder; in one, later copies add what is new.")
    ],
) -> None:
    """Copy all data into a file or a folder. Also while a refresh runs."""
    from config import load_settings
    from store.backup import back_up

    copied = back_up(_home(load_settings()), into.absolute())
    say(f"{copied.files:,} files, {copied.bytes / 1e6:.1f} MB in {into}")
    _tell(copied.missing)


@commands.command()
def restore(
    source: Annotated[Path, typer.Argument(exists=True, help="What `hypecurve backup` made.")],
) -> None:
    """Put a copy into an empty HYPECURVE_HOME. Every file is checked first."""
    from config import load_settings
    from store.backup import restore as put_back

    home = _home(load_settings())
    copied = put_back(source.absolute(), home)
    say(f"{copied.files:,} files, {copied.bytes / 1e6:.1f} MB in {home}")
    _tell(copied.missing)


def _home(settings: Settings) -> Path:
    """The folder that holds all data. Raises SeveralMachinesError where there is none."""
    from store.one_machine import OneMachine
    from store.store import store_of

    opened = store_of(settings)
    if not isinstance(opened, OneMachine):
        raise SeveralMachinesError(
            "The data are a team's, in PostgreSQL and object storage, and are kept there: `pg_dump`, and "
            "the bucket's own copies. `hypecurve store copy --to FOLDER` copies them for one machine."
        )
    return opened.home


def _tell(missing: tuple[str, ...]) -> None:
    for text in missing:
        complain(text)
    if missing:
        raise typer.Exit(PARTLY)
