"""`hypecurve notify`: who is told of what, and whether it gets there."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.exit_codes import FAILED
from commands.printing import complain, say

commands = typer.Typer()
notify = typer.Typer(no_args_is_help=True, help="Tell people of events, by the rules in hypecurve.toml.")
commands.add_typer(notify, name="notify")

OneRule = Annotated[str | None, typer.Argument(help="Only this rule.", show_default=False)]


@notify.command()
def test(rule: OneRule = None) -> None:
    """Send a test message by every rule, now, also in quiet hours."""
    from config import SettingsError, load_settings
    from pipeline.notify.rules import rules_of
    from pipeline.notify.send import by_apprise
    from store.concealed import conceal

    rules = [item for item in rules_of(load_settings()) if rule in (None, item.name)]
    if not rules:
        raise SettingsError(
            "There is no such rule: write [[notify]] into hypecurve.toml, see docs/operation.md"
        )
    failed = 0
    for item in rules:
        body = f"A test of the rule {item.name!r}, which is about {', '.join(item.about)}."
        if by_apprise(item.addresses(), "hypecurve: test", body):
            say(f"✓ {item.name}")
        else:
            failed += 1
            complain(
                f"✗ {item.name}: not taken by {conceal(', '.join(item.to))}; check address, key and network."
            )
    if failed:
        raise typer.Exit(FAILED)


@notify.command("list")
def list_rules() -> None:
    """List the rules, with what waits to be sent."""
    from config import load_settings
    from pipeline.notify.rules import rules_of
    from store.notices import last_sent, waiting
    from store.store import store_of

    settings = load_settings()
    ledger = store_of(settings).ledger()
    for item in rules_of(settings):
        sent = last_sent(ledger, item.name)
        when = f"last sent on {sent:%Y-%m-%d %H:%M} UTC" if sent else "nothing sent yet"
        say(f"{item.name}: about {', '.join(item.about)}; {when}; {len(waiting(ledger, item.name))} waiting")
