"""The `hypecurve` command: mounts the groups of `commands/`, which import what they need when they run."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands import (
    ask,
    backup,
    data,
    doctor,
    names,
    notify,
    prices,
    prune,
    refresh,
    schedule,
    search,
    sources,
    store,
    up,
)
from commands.exit_codes import FAILED
from commands.printing import complain
from errors import ExpectedError
from store.garbage import look_rarely_for_garbage

commands = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Rich's boxes would cost twice what all else does
    help="hypecurve: is AI still climbing, is it flattening, and what does each gain cost?\n\n"
    "Start with `hypecurve up`, then open http://localhost:8501. All state lives under HYPECURVE_HOME.\n\n"
    "Exit codes: 0 all went well; 1 it could not be done; 2 the command was not understood; "
    "3 some sources failed, the others were taken in.",
)
for module in (
    up,
    schedule,
    ask,
    search,
    prices,
    refresh,
    sources,
    data,
    names,
    notify,
    doctor,
    backup,
    prune,
    store,
):
    commands.add_typer(module.commands)


def _tell_version(asked: bool) -> None:
    if asked:
        from config import release  # noqa: PLC0415 - only this option needs settings

        typer.echo(f"hypecurve {release()}")
        raise typer.Exit


@commands.callback()
def about(
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Print the version.")
    ] = False,
) -> None:
    """What is asked of the command as a whole."""


def main() -> None:
    """Run the command; expected errors are one sentence, not a traceback."""
    look_rarely_for_garbage()
    try:
        commands()
    except ExpectedError as error:
        complain(str(error))
        sys.exit(FAILED)
    except OSError as error:
        from config import load_settings  # noqa: PLC0415 - only what goes wrong needs these
        from store.trouble import translated  # noqa: PLC0415

        meant = translated(error, load_settings().home)
        if meant is None:
            raise
        complain(str(meant))
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
