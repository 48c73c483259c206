"""Keys and passwords in addresses: what is stored, shown or logged has a placeholder in their place.

An address is stored as `https://example.org/data?token={token}`; only who asks it puts the value back. So no
key of a source is in the archive, the ledger, a snapshot, an error or a page, whoever wrote it where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import quote, quote_plus

KEY: Final = "{key}"
LOGIN: Final = "{login}"
SHORTEST: Final = 4
"""A shorter value is no key, and is not looked for in texts."""

_PARAMETER: Final = re.compile(
    r"(?P<before>[?&;](?P<name>[\w.~-]*(?:token|secret|passw(?:or)?d|api[_-]?key|apikey|signature|credentials?)"
    r"|key|sig|auth|authorization|access[_-]?key|appid|subscription-key|pwd)=)(?P<value>[^&#\s'\"<>{}]+)",
    re.IGNORECASE,
)
_PAGING: Final = re.compile(r"page|next|cursor|continu|sync|offset", re.IGNORECASE)
_USER: Final = re.compile(r"(?P<before>\bhttps?://)(?P<value>[^/\s?#@'\"<>{}]+)@", re.IGNORECASE)


def conceal(text: str) -> str:
    """The text with a placeholder for every key and login that stands in an address in it."""
    return _USER.sub(rf"\g<before>{LOGIN}@", _PARAMETER.sub(_hidden, text))


def _hidden(found: re.Match[str]) -> str:
    paging = _PAGING.search(found["name"])
    return found[0] if paging else f"{found['before']}{{{found['name'].lower()}}}"


@dataclass(frozen=True, slots=True)
class Secrets:
    """The keys of one source, by the placeholder that stands for each."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, urls: Iterable[str], key: str = "") -> Self:
        """What the addresses of a source hold, and the key that the environment has for it."""
        found = {KEY: key} if key else {}
        for url in urls:
            for match in _PARAMETER.finditer(url):
                if not _PAGING.search(match["name"]):
                    found[f"{{{match['name'].lower()}}}"] = match["value"]
            for match in _USER.finditer(url):
                found[LOGIN] = match["value"]
        return cls(found)

    def reveal(self, url: str) -> str:
        """The address as its server wants it."""
        for placeholder, value in self.values.items():
            written = quote(value, safe="") if placeholder == KEY else value
            url = url.replace(placeholder, written).replace(quote(placeholder, safe=""), written)
        return url

    def hide(self, text: str) -> str:
        """The text without any of the values, however they got into it."""
        for placeholder, value in self.values.items():
            for written in {value, quote(value, safe=""), quote_plus(value)}:
                if len(written) >= SHORTEST:
                    text = text.replace(written, placeholder)
        return conceal(text)
