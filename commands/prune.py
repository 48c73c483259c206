"""`hypecurve prune`: forget what is old and what no rebuild needs, and compact what one does."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.printing import say

commands = typer.Typer()


@commands.command()
def prune(
    older_than: Annotated[str, typer.Option(help="A span such as 30d or 26w.")] = "90d",
) -> None:
    """Forget old runs and damaged files; compact the archive.

    Nothing of the archive is forgotten, since a rebuild needs all of it: payloads that others have followed
    are stored as what differs from one before. `hypecurve sources remove NAME --purge` deletes what was
    fetched of one source. Runs of more than 90 days are forgotten, and the archive is compacted once a day,
    without being asked.
    """
    from datetime import UTC, datetime

    from config import load_settings
    from store.cadence import CadenceError, interval_of
    from store.store import store_of
    from store.trouble import DAMAGED

    span = interval_of(older_than)
    if span is None:
        raise CadenceError(f"{older_than!r} is no span: write 30d or 26w, for example")
    settings, before = load_settings(), datetime.now(UTC) - span
    runs = store_of(settings).ledger().prune(datetime.now(UTC), span)
    aside = [
        file
        for file in sorted(settings.home.glob(f"*{DAMAGED}*"))
        if datetime.fromtimestamp(file.stat().st_mtime, UTC) < before
    ]
    for file in aside:
        file.unlink()
    say(f"Forgot {runs:,} runs; deleted {len(aside)} damaged files that had been put aside.")
    done = store_of(settings).archive().compact(datetime.now(UTC), all_of_them=True)
    if done.bodies:
        say(
            f"Compacted {done.bodies:,} payloads of the archive, from {done.before / 1e6:,.1f} to "
            f"{done.after / 1e6:,.1f} MB."
        )
