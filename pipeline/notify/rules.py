"""The rules of `[[notify]]` in hypecurve.toml: who is told of what, and when."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from fnmatch import fnmatch
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config import Settings, SettingsError

OPERATION: Final = ("failing", "recovered", "stale", "drift", "ended")
"""What an operator may want to know."""
NEWS: Final = (
    "leader",
    "low",
    "verdict",
    "model",
    "price",
    "record",
    "horizon",
    "shutdown",
    "host price",
    "post",
    "change log",
    "software",
)
"""What a reader may want to know: the kinds of news."""

DIGESTS: Final = ("", "daily", "weekly")
UTC_ZONE: Final = ZoneInfo("UTC")
_KEYS: Final = {"name", "to", "about", "failing_runs", "models", "quiet", "digest", "at", "timezone"}
_SPAN: Final = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_PLACE: Final = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is told of what.

    name          what it is called; the memory of what was sent hangs on it
    to            addresses as apprise reads them; {NAME} stands for a variable of the environment
    about         kinds of events
    failing_runs  a source is failing after so many failed runs in a row
    models        only these models (patterns such as gpt-5*); empty: all
    quiet         the hours (from, to) in which nothing is sent
    digest        empty: at once; `daily` or `weekly` (Mondays): all together at the time `at`
    timezone      of `quiet` and `at`
    """

    name: str
    to: tuple[str, ...]
    about: tuple[str, ...]
    failing_runs: int = 3
    models: tuple[str, ...] = ()
    quiet: tuple[time, time] | None = None
    digest: str = ""
    at: time = time(8)
    timezone: ZoneInfo = UTC_ZONE

    def watches(self, model: str | None) -> bool:
        """Whether a model is one of those that the rule is about."""
        return not self.models or any(fnmatch(model or "", pattern) for pattern in self.models)

    def may_send(self, now: datetime, last_sent: datetime | None) -> bool:
        """Whether what waits is sent now: not in quiet hours, and for a digest once its time has come."""
        here = now.astimezone(self.timezone)
        if self.quiet and _within(here.time(), *self.quiet):
            return False
        if not self.digest:
            return True
        due = here.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        if self.digest == "weekly":
            due -= timedelta(days=due.weekday())
        if due > here:
            due -= timedelta(days=7 if self.digest == "weekly" else 1)
        return last_sent is None or last_sent < due.astimezone(UTC)

    def addresses(self, environment: Mapping[str, str] | None = None) -> list[str]:
        """The addresses with their keys. Raises SettingsError for a variable that is not set."""
        env = os.environ if environment is None else environment
        missing = sorted({name for text in self.to for name in _PLACE.findall(text) if not env.get(name)})
        if missing:
            raise SettingsError(f"The rule {self.name!r} needs {', '.join(missing)} in the environment.")
        return [_PLACE.sub(lambda found: env[found[1]], text) for text in self.to]


def rules_of(settings: Settings) -> list[Rule]:
    """The rules of an installation. Raises SettingsError saying which one is wrong and what would do."""
    said = json.loads(settings.notify) if settings.notify else []
    rules = [_rule(about, place) for place, about in enumerate(said, start=1)]
    names = [rule.name for rule in rules]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise SettingsError(f"Two rules of [[notify]] have the name {twice.pop()!r}; each needs its own.")
    return rules


def _rule(said: Any, place: int) -> Rule:
    if not isinstance(said, dict):
        raise SettingsError("[[notify]] is a list of tables; see docs/operation.md")
    name = str(said.get("name", f"rule {place}"))

    def wrong(what: str) -> SettingsError:
        return SettingsError(f"[[notify]] {name!r}: {what}")

    if unknown := sorted(set(said) - _KEYS):
        raise wrong(f"there is no {unknown[0]!r}; there are {', '.join(sorted(_KEYS))}")
    about = _texts(said.get("about", ()))
    known = (*OPERATION, *NEWS)
    if not about or not set(about) <= set(known):
        raise wrong(f"'about' lists some of {', '.join(known)}")
    to = _texts(said.get("to", ()))
    if not to:
        raise wrong(
            "'to' lists addresses as apprise reads them, such as ntfys://topic or mailto://{MAIL_LOGIN}"
        )
    if said.get("digest", "") not in DIGESTS:
        raise wrong("'digest' is daily or weekly, or left out")
    try:
        zone = ZoneInfo(str(said.get("timezone", "UTC")))
        at = time.fromisoformat(str(said.get("at", "08:00")))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise wrong(
            f"'at' is a time such as 08:00, 'timezone' a name such as Europe/Berlin ({error})"
        ) from error
    runs = said.get("failing_runs", 3)
    if not isinstance(runs, int) or runs < 1:
        raise wrong("'failing_runs' is a whole number from 1")
    return Rule(
        name,
        to,
        about,
        runs,
        _texts(said.get("models", ())),
        _span(str(said["quiet"]), wrong) if "quiet" in said else None,
        str(said.get("digest", "")),
        at,
        zone,
    )


def _texts(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(map(str, said))


def _span(text: str, wrong: Any) -> tuple[time, time]:
    found = _SPAN.fullmatch(text.replace(" ", ""))
    try:
        if found:
            first, second, third, fourth = map(int, found.groups())
            return time(first, second), time(third, fourth)
    except ValueError:
        pass
    raise wrong("'quiet' is a span such as 22:00-07:00")


def _within(at: time, begin: time, end: time) -> bool:
    return begin <= at < end if begin <= end else at >= begin or at < end
