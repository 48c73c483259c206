"""`hypecurve sources check` and `preview`: what a form makes of what was fetched."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.exit_codes import FAILED
from commands.printing import Format, complain, say, show

if TYPE_CHECKING:
    from config import Settings
    from pipeline.source_check import Checked

commands = typer.Typer()

Name = Annotated[str, typer.Argument(help="The source.")]
SECONDS_BETWEEN_LOOKS = 0.5


@commands.command()
def check(
    name: Name,
    rows: Annotated[int, typer.Option(help="How many rows of each kind to show.")] = 5,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever the form is saved; Ctrl-C ends.")
    ] = False,
) -> None:
    """Judge a source by what was fetched of it. Nothing is fetched and nothing is stored.

    Units, ranges, dates, duplicates, names of models that need a decision, the first rows, and how frontiers,
    prices and series would change. On a terminal a key decides what a name means. Exit code 0 where all fits,
    1 where something goes to quarantine or cannot be read.
    """
    from config import load_settings
    from pipeline.source_check import check_source

    settings = load_settings()
    found = check_source(settings, name)
    _report(name, found, rows)
    if found.open_names and _on_a_terminal() and _decide(settings, name, found.open_names):
        say(
            f"`hypecurve refresh {name}` applies this; of what was taken in before, `hypecurve rebuild` does."
        )
    if watch and found.file is not None:
        for _ in saves_of(found.file, time.sleep):
            say("")
            found = check_source(settings, name)
            _report(name, found, rows)
    if found.problems:
        raise typer.Exit(FAILED)


@commands.command()
def preview(
    name: Name,
    rows: Annotated[int, typer.Option(help="How many rows of each kind to show.")] = 20,
    output: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TABLE,
) -> None:
    """Show the rows that a source would give. Nothing is fetched and nothing is stored."""
    from config import load_settings
    from pipeline.source_check import check_source

    found = check_source(load_settings(), name)
    for kind, frame in found.frames.items():
        if output is Format.TABLE:
            say(f"{kind.value}: {frame.height:,} rows")
        said = [column for column in frame.columns if frame[column].null_count() < frame.height]
        show(frame.select(said).head(rows), output)
    for problem in found.problems:
        complain(problem)
    if not found.frames:
        raise typer.Exit(FAILED)


def saves_of(file: Path, sleep: Callable[[float], None]) -> Iterator[None]:
    """One step for each time that a file was saved with other content; ends with Ctrl-C."""
    before = _content(file)
    try:
        while True:
            sleep(SECONDS_BETWEEN_LOOKS)
            now = _content(file)
            if now not in (None, before):
                before = now
                yield
    except KeyboardInterrupt:
        return


def _content(file: Path) -> bytes | None:
    """What a file holds; None while an editor is replacing it."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def _report(name: str, found: Checked, rows: int) -> None:
    for kind, frame in found.frames.items():
        say(f"{kind.value}: {frame.height:,} rows")
        said = [column for column in frame.columns if frame[column].null_count() < frame.height]
        if rows:
            show(frame.select(said).head(rows))
    for note in found.notes:
        say(note)
    for sentence in found.effect.sentences:
        say(f"Would change: {sentence}")
    for spelling, near in found.open_names.items():
        say(f"{spelling}: a model of its own, or {' or '.join(near)}? `hypecurve models accept` decides")
    for problem in found.problems:
        complain(problem)
    if not found.problems:
        say(f"{name} is fit to be taken in: `hypecurve refresh {name}`.")


def _on_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _decide(settings: Settings, source: str, open_names: Mapping[str, list[str]]) -> bool:
    """Ask of each open name which model it is, by a key; whether anything was decided."""
    from ingest.identity.identify import resolver_for
    from ingest.identity.unresolved import accept

    decided = False
    for spelling, near in open_names.items():
        keys = {str(place): model for place, model in enumerate(near, start=1)}
        offered = "  ".join(f"[{key}] {model}" for key, model in keys.items())
        say(f"{spelling} is  {offered}  [Enter] a model of its own, or decide later  [q] stop")
        key = typer.getchar().strip().lower()
        if key == "q":
            break
        model = keys.get(key)
        if model is not None:
            accept(resolver_for(settings.aliases_file), spelling, model, settings.aliases_file, source)
            say(f"{spelling} is now {model} in {source}.")
            decided = True
    return decided
