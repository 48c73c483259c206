"""`hypecurve schedule`: refresh sources without a dashboard; its commands do what the Data page does."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Final

import typer

from commands.printing import Format, LogFormat, complain, say, set_log_format, show
from errors import ExpectedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Settings
    from store.ledger import Action, Ledger

commands = typer.Typer()
schedule = typer.Typer(invoke_without_command=True)
commands.add_typer(schedule, name="schedule")

Names = Annotated[list[str], typer.Argument(metavar="SOURCES...", help="Source ids.", show_default=False)]
OWN: Final = "own"


class NobodySchedulesError(ExpectedError):
    """A request was left and there is nobody to carry it out; the message says how to start somebody."""


@schedule.callback()
def keep(context: typer.Context, log_format: LogFormat = None) -> None:
    """Refresh sources when due, without a dashboard.

    It may run beside dashboards (`hypecurve serve`): one of all programs on a home refreshes, and when that
    stops another one takes over.
    """
    if context.invoked_subcommand is not None:
        return
    from config import load_settings

    set_log_format(log_format)
    settings = load_settings()
    from logs import start_logging
    from pipeline.schedule.keeper import Keeper

    start_logging(settings.log_format)
    keeper = Keeper(settings)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        keeper.ask_to_stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    say(f"hypecurve refreshes what is due (data in {settings.home}; Ctrl-C stops).")
    keeper.keep()


@schedule.command("list")
def list_plan(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List every source with its state, its cadence and its next run."""
    import os

    import polars as pl

    from config import load_settings
    from ingest.registry import load_sources
    from pipeline.schedule.hosts import is_by_hand
    from questions.sources.states import states
    from store.store import store_of

    settings, now = load_settings(), datetime.now(UTC)
    ledger, known = store_of(settings).ledger(), load_sources(settings.sources_folder).sources.values()
    about = pl.DataFrame(
        [
            {
                "source_id": item.id,
                "cadence": item.cadence,
                "key_env": item.key_env,
                "frozen": item.frozen,
                "payloads": 1,
                "by_hand": is_by_hand(item),
            }
            for item in known
        ],
        infer_schema_length=None,
    )
    table = states(about, ledger.health(), ledger.runs(limit=5_000), os.environ, now)
    columns = ("source_id", "state", "cadence", "last_success_at", "next_run_at", "last_error")
    shown = table.select(columns)
    if not as_json:
        _say_who_schedules(ledger, now)
    show(shown, Format.JSON if as_json else Format.TABLE)


@schedule.command()
def run(sources: Names) -> None:
    """Refresh sources as soon as the one under way has ended."""
    from store.ledger import Action

    ledger = _leave(sources, Action.RUN)
    say(f"Asked for: {', '.join(sources)}.")
    _must_schedule(ledger)


@schedule.command()
def pause(sources: Names) -> None:
    """Let sources rest until they are resumed."""
    from store.ledger import Action

    _leave(sources, Action.PAUSE)
    say(f"Paused: {', '.join(sources)}.")


@schedule.command()
def resume(sources: Names) -> None:
    """Refresh sources again when they are due."""
    from store.ledger import Action

    _leave(sources, Action.RESUME)
    say(f"Resumed: {', '.join(sources)}.")


@schedule.command("set")
def set_cadence(
    source: Annotated[str, typer.Argument(help="The source.")],
    cadence: Annotated[
        str, typer.Argument(help="6h, 1d, 2w, a cron line in UTC in quotes, or `own` for the source's own.")
    ],
) -> None:
    """Set how often a source is refreshed; kept until it is set again."""
    from store.cadence import next_times

    settings, ledger, now = _opened()
    own = _known(settings, [source])[0]
    ledger.set_cadence(source, None if cadence == OWN else cadence, now)
    kept = own if cadence == OWN else cadence
    times = ", ".join(f"{at:%Y-%m-%d %H:%M}" for at in next_times(kept, now, 3))
    say(f"{source}: {kept}. From now that means {times} UTC.")


def _opened() -> tuple[Settings, Ledger, datetime]:
    from config import load_settings
    from store.store import store_of

    settings = load_settings()
    return settings, store_of(settings).ledger(), datetime.now(UTC)


def _leave(sources: Sequence[str], action: Action) -> Ledger:
    settings, ledger, now = _opened()
    _known(settings, sources)
    for source in sources:
        ledger.ask(source, action, now)
    return ledger


def _known(settings: Settings, sources: Sequence[str]) -> list[str]:
    """The cadences of the sources. Raises UnknownSourceError with the nearest names."""
    from ingest.registry import load_sources
    from pipeline.place import chosen

    return [source.cadence for source in chosen(load_sources(settings.sources_folder), sources)]


def _must_schedule(ledger: Ledger) -> None:
    from store.beat import is_alive

    if not is_alive(ledger, datetime.now(UTC)):
        raise NobodySchedulesError(
            "Nothing refreshes sources on this home just now, so it waits. Start `hypecurve schedule` or "
            "`hypecurve up`, or use `hypecurve refresh SOURCE`, which does not wait."
        )


def _say_who_schedules(ledger: Ledger, now: datetime) -> None:
    from store.beat import beats, lives

    alive = [beat for beat in beats(ledger) if lives(ledger, beat, now)]
    if not alive:
        complain(
            "Nothing refreshes sources on this home just now: start `hypecurve schedule` or `hypecurve up`."
        )
    for beat in alive:
        doing = f"refreshing {_few(beat.running)}" if beat.running else "idle"
        where = f" on {beat.machine}" if len(alive) > 1 else ""
        say(f"The refresher{where} (process {beat.process}) is {doing}; due: {beat.waiting}.")


def _few(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} sources"
