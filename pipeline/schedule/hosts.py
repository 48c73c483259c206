"""What a source asks: whether there is anything to fetch, and which host on the network it needs for it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from ingest.declared.local_files import SCHEME as FILE
from ingest.source import Source


def fetches(source: Source, environment: Mapping[str, str]) -> bool:
    """Whether there is anything that a source could ask for."""
    if source.key_env and not environment.get(source.key_env):
        return False
    return not is_by_hand(source)


def is_by_hand(source: Source) -> bool:
    """Whether a source is a table that comes with the code, so that there is nothing to fetch."""
    return not callable(source.urls) and not any(url.startswith(("http", FILE)) for url in source.urls)


def host_of(source: Source) -> str | None:
    """The host on the network that a source asks first; None for one that asks none, or one of this place."""
    url = source.homepage if callable(source.urls) else next(iter(source.urls), "")
    host = urlsplit(url).hostname if url.startswith("http") else None
    return None if host is None or _is_near(host) else host


def _is_near(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost"
