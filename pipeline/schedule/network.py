"""Whether there is a network: while there is none, one source is tried at a time, and not every one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from pipeline.take_in import Outcome
from store.ledger import Status

HOSTS: Final = 2
"""So many hosts without a connection, and none with one in between, mean that there is no network."""

FIRST_PROBE: Final = timedelta(minutes=1)
LONGEST_PROBE: Final = timedelta(minutes=15)


@dataclass(slots=True)
class Network:
    """What the last runs say of the network.

    offline_since  since when nobody could be reached; None while there is a network
    probe_at       while there is none: when the next source is tried
    missed         the sources that failed for want of it
    """

    offline_since: datetime | None = None
    probe_at: datetime | None = None
    missed: set[str] = field(default_factory=set)
    _silent: dict[str, datetime] = field(default_factory=dict)
    _probes: int = 0

    def heard(self, outcomes: Iterable[Outcome], hosts: Mapping[str, str], now: datetime) -> set[str]:
        """Learn from a run; the sources that are due at once, since the network is there again.

        hosts  the host of each source that asks one
        """
        asked = [item for item in outcomes if item.source_id in hosts and item.status is not Status.SKIPPED]
        silent = [item.source_id for item in asked if item.offline]
        if len(silent) < len(asked):
            return self._there_again() - {item.source_id for item in asked}
        if not asked:
            return set()
        self.missed.update(silent)
        for name in silent:
            self._silent.setdefault(hosts[name], now)
        if len(self._silent) >= HOSTS:
            self.offline_since = self.offline_since or min(self._silent.values())
            self.probe_at = now + min(LONGEST_PROBE, FIRST_PROBE * 2 ** min(self._probes, 10))
            self._probes += 1
        return set()

    def untried(self, sources: Iterable[str], hosts: Mapping[str, str]) -> list[str]:
        """The sources in their order, those first whose host was not tried yet."""
        return sorted(sources, key=lambda name: hosts.get(name, "") in self._silent)

    def _there_again(self) -> set[str]:
        found = self.missed if self.offline_since else set()
        self.offline_since, self.probe_at, self.missed, self._probes = None, None, set(), 0
        self._silent.clear()
        return found
