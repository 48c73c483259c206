"""Good manners towards servers: spacing of requests, back-off with jitter, Retry-After."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as an argument: `now` (aware UTC), `monotonic` and `sleep` (both in seconds)."""

    now: Callable[[], datetime] = _utc_now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


SLOWER_HOSTS: Final[Mapping[str, float]] = {"export.arxiv.org": 3.0}
"""Seconds between requests where a host asks for more than the usual one.

References: arXiv, "Terms of Use for arXiv APIs", section Rate limits.
"""


@dataclass(frozen=True, slots=True)
class Politeness:
    """Keeps requests to one host `seconds_between_requests` apart, over all threads that share it.

    A host of `SLOWER_HOSTS` gets its own distance, unless no distance is kept at all (recordings).
    """

    seconds_between_requests: float
    clock: Clock
    _free_at: dict[str, float] = field(default_factory=dict)
    _closed_until: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str) -> None:
        """Take the host's next free moment and sleep until then."""
        with self._lock:
            now = self.clock.monotonic()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + self._distance(host)
        if turn > now:
            self.clock.sleep(turn - now)

    def _distance(self, host: str) -> float:
        usual = self.seconds_between_requests
        return max(usual, SLOWER_HOSTS.get(host, 0.0)) if usual > 0 else usual

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody ask this host again before `seconds` from now."""
        with self._lock:
            until = self.clock.monotonic() + seconds
            self._free_at[host] = max(until, self._free_at.get(host, until))

    def close(self, host: str, seconds: float) -> None:
        """Note that this host wants no request at all for so long, which is longer than anyone waits."""
        with self._lock:
            self._closed_until[host] = self.clock.monotonic() + seconds

    def closed_seconds(self, host: str) -> float:
        """For how long this host wants no request any more; 0 where it takes them."""
        with self._lock:
            return max(0.0, self._closed_until.get(host, 0.0) - self.clock.monotonic())


LONGEST_RETRY_AFTER: Final = 86_400.0


def backoff_seconds(retry: int, first: float, longest: float, random: float) -> float:
    """Wait before retry number `retry` (from 0): exponential with full jitter, `random` in [0, 1).

    References: Brooker (2015), "Exponential Backoff And Jitter", AWS Architecture Blog.
    """
    return random * min(longest, first * 2.0**retry)


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (a number or an HTTP date); None without a usable one.

    At most a day: a slip of the server, or ill will, must not keep all sources of a host away for years.
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (aware - now).total_seconds()), LONGEST_RETRY_AFTER)
