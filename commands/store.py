"""Commands for a team's store: `hypecurve store init`, `status`, `copy` and `maintain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.printing import say, steps
from errors import ExpectedError

if TYPE_CHECKING:
    from store.team.store import TeamStore

commands = typer.Typer()
store = typer.Typer(no_args_is_help=True, help="Keep the data of a team, on PostgreSQL and object storage.")
commands.add_typer(store, name="store")


class NoTeamError(ExpectedError):
    """A command for a team's store on a machine whose data lie in a folder; the message says what to set."""


@store.command()
def init() -> None:
    """Make an empty store where `store.url` and `store.data` point. Nothing happens where there is one."""
    from store.team.keeping import init as begin

    team = _team()
    said = "is made" if begin(team) else "was there already, and has the tables of this version"
    say(f"The store in {team.address.data} {said}.")


@store.command()
def status() -> None:
    """Say where the store lies, how much it holds, what is published, and who is connected."""
    from config import load_settings
    from store.one_machine import OneMachine
    from store.store import store_of
    from store.team.keeping import status as lines

    settings = load_settings()
    opened = store_of(settings)
    if isinstance(opened, OneMachine):
        say(f"Data in {opened.home}, of this machine alone. docs/team.md says how a team shares one store.")
        return
    for line in lines(_team()):
        say(line)


@store.command()
def copy(
    to: Annotated[str, typer.Option(help="A folder, or `ducklake:postgres:...`.", show_default=False)],
    data: Annotated[str, typer.Option(help="Of a team's store: s3://BUCKET/PREFIX or a folder.")] = "",
) -> None:
    """Copy all data into another, empty store. Every table of the copy is held against its source."""
    from dataclasses import replace

    from config import load_settings
    from store.store import store_of
    from store.team.keeping import copy as copied
    from store.team.keeping import init as begin
    from store.team.store import TeamStore

    settings = load_settings()
    target = store_of(replace(settings, store_url=to, store_data=data or settings.store_data))
    if isinstance(target, TeamStore):
        begin(target)
    with steps("Copying") as tell:
        done = copied(store_of(settings), target, tell)
    say(
        f"{done.payloads:,} payloads and {sum(done.rows.values()):,} rows in {len(done.rows)} tables, "
        "equal in both stores."
    )


@store.command()
def maintain() -> None:
    """Let old versions go, join small files, delete what nothing points to. Readers notice nothing."""
    from store.team.keeping import maintain as lines

    for line in lines(_team()):
        say(line)


def _team() -> TeamStore:
    from config import load_settings
    from store.store import store_of
    from store.team.store import TeamStore

    found = store_of(load_settings())
    if not isinstance(found, TeamStore):
        raise NoTeamError(
            "The data lie in a folder of this machine. Set HYPECURVE_STORE_URL to ducklake:postgres:... and "
            "HYPECURVE_STORE_DATA to s3://BUCKET/PREFIX or a shared folder; docs/team.md goes through it."
        )
    return found
