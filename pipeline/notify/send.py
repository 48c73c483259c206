"""Note what is new and send what may be sent; a service that does not answer is tried again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import apprise

from config import Settings, SettingsError
from pipeline.notify.events import events, is_news
from pipeline.notify.rules import Rule, rules_of
from store.concealed import conceal
from store.ledger import Ledger
from store.notices import Notice, is_new, last_sent, mark_sent, note, waiting
from store.snapshot import NoSnapshotError
from store.store import store_of

AGAIN_AFTER: Final = timedelta(minutes=5)
MOST_IN_ONE: Final = 50

Send = Callable[[Sequence[str], str, str], bool]
"""Sends title and body to addresses; whether all took it."""

_log = logging.getLogger("hypecurve.notify")


class Notifier:
    """Looks after each refresh, and every minute, whether somebody is to be told something."""

    def __init__(self, settings: Settings, send: Send | None = None) -> None:
        self._settings = settings
        self._send = send or by_apprise
        self._again_at: dict[str, datetime] = {}

    def look(self, now: datetime) -> None:
        """Note new events of every rule and send what may be sent now."""
        try:
            rules = rules_of(self._settings)
            snapshot = store_of(self._settings).latest() if rules else None
        except (SettingsError, NoSnapshotError) as error:
            _log.warning("Nobody can be notified: %s", error)
            return
        if snapshot is None:
            return
        ledger = store_of(self._settings).ledger()
        for rule in rules:
            found = events(rule, ledger, snapshot, now)
            if is_new(ledger, rule.name):  # what the data said before is no news to anybody
                before = [Notice(item.event_id, "", "", now) for item in found if is_news(item)]
                note(ledger, rule.name, [Notice("begun", "", "", now), *before], sent_at=now)
            note(ledger, rule.name, found)
            self._send_waiting(rule, ledger, now)

    def _send_waiting(self, rule: Rule, ledger: Ledger, now: datetime) -> None:
        items = waiting(ledger, rule.name)[:MOST_IN_ONE]
        if not items or now < self._again_at.get(rule.name, now):
            return
        if not rule.may_send(now, last_sent(ledger, rule.name)):
            return
        title, body = in_one(items)
        if self._delivered(rule, title, body):
            mark_sent(ledger, rule.name, items, now)
            self._again_at.pop(rule.name, None)
        else:
            self._again_at[rule.name] = now + AGAIN_AFTER

    def _delivered(self, rule: Rule, title: str, body: str) -> bool:
        try:
            if self._send(rule.addresses(), title, body):
                return True
            _log.warning("The rule %r could not be served; it is tried again in a few minutes.", rule.name)
        except Exception as error:  # noqa: BLE001 - whatever a service does must not stop the refreshes
            _log.warning("The rule %r could not be served: %s", rule.name, conceal(str(error)))
        return False


def in_one(items: Sequence[Notice]) -> tuple[str, str]:
    """Title and body of one message about some events."""
    if len(items) == 1:
        return f"hypecurve: {items[0].title}", items[0].body or items[0].title
    told = (f"{item.title}\n{item.body}".strip() for item in items)
    return f"hypecurve: {len(items)} events", "\n\n".join(told)


def by_apprise(addresses: Sequence[str], title: str, body: str) -> bool:
    """Send through apprise; False where an address is none, or its service did not take the message."""
    service = apprise.Apprise()
    understood = [service.add(address) for address in addresses]
    taken = service.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT)
    return bool(taken) and all(understood)
