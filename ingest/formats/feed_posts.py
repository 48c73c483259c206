"""Which entries of a feed are one post: by id where it is one, else by link, else by title and day.

Feeds are careless with ids: they leave them out, give one to all, make them anew with each answer, or put a
campaign's parameters into links. An id must be the same in the next answer, and no two posts may share it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_FILLERS: Final = frozenset(
    [
        "",
        "-",
        "0",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "undefined",
        "unknown",
        "guid",
        "id",
        "#",
        "/",
        "false",
    ]
)
_COUNTS_READERS: Final = re.compile(
    r"(?:utm|pk|mtm|hsa|vero|oly|trk|ga|at)_\w+|(?:fb|g|dc|ms|tw|yc)clid|li_fat_id|gclsrc|igshid|mc_[ce]id|_hs\w+"
    r"|mkt_tok|ref|ref_src|source|cmp|campaign|session_?id|phpsessid|jsessionid|cachebust(?:er)?|nocache|_ga|_gl"
    r"|s_cid",
    re.IGNORECASE,
)
_SESSION: Final = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_MADE_ANEW: Final = re.compile(
    r"(?:urn:uuid:)?\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?|[0-9a-f]{16,128}|\d{9,20}(?:\.\d+)?",
    re.IGNORECASE,
)
"""Ids that may be drawn by lot or from the clock (UUIDs, hashes, seconds), where a post's link is as good."""

_DRAWN_BY_LOT: Final = re.compile(
    r"(?:urn:uuid:)?\{?[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\}?", re.IGNORECASE
)
"""Ids that say of themselves that they are random (UUIDs of version 4); they may last, but nothing tells."""


@dataclass(frozen=True, slots=True)
class Post:
    """One entry of a feed; `entry_id` is the feed's own until `posts_told_apart` has looked at all."""

    entry_id: str
    url: str | None
    title: str
    day: date | None
    excerpt: str | None = None
    published: str | None = None

    def told(self) -> str:
        """The entry as it is named in the quarantine."""
        return " | ".join(str(part) for part in (self.entry_id, self.title, self.url, self.published) if part)


def without_tracking(address: str) -> str:
    """An address without the parameters that count readers, sessions and campaigns."""
    parts = urlsplit(_SESSION.sub("", address))
    if not parts.query:
        return urlunsplit(parts)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _COUNTS_READERS.fullmatch(name)]
    return urlunsplit(parts if len(kept) == len(pairs) else parts._replace(query=urlencode(kept)))


def posts_told_apart(entries: Sequence[Post]) -> tuple[list[Post], list[tuple[Post, str]]]:
    """The posts with ids that last, the first of each; and those that are left out, with the reason."""
    entries = [replace(entry, entry_id=_unfilled(entry.entry_id)) for entry in entries]
    written = {(entry.title, entry.day): entry for entry in entries}.values()
    links = Counter(entry.url for entry in written)
    each_has_its_link = None not in links and len(links) == len(written)
    lots = _MADE_ANEW if each_has_its_link else _DRAWN_BY_LOT
    entries = [replace(entry, entry_id="") if lots.fullmatch(entry.entry_id) else entry for entry in entries]
    bare = _bare_addresses([entry.entry_id or entry.url or "" for entry in entries])
    shared = _ids_of_several_posts(entries)
    posts: dict[str, Post] = {}
    repeated: list[tuple[Post, str]] = []
    for entry in entries:
        said = _id_among(entry, shared, links)
        sure = replace(entry, entry_id=bare.get(said, said))
        first = posts.setdefault(sure.entry_id, sure)
        if first is not sure:
            repeated.append(
                (sure, "repeats the id of an entry above it, of the same day: the first is taken")
            )
    return list(posts.values()), repeated


def _unfilled(said: str) -> str:
    """The id that a feed gives, an address without what counts readers; empty for a filler."""
    if said.casefold() in _FILLERS:
        return ""
    if not said.startswith(("http://", "https://")):
        return said
    try:
        return without_tracking(said)
    except ValueError:
        return said


def _bare_addresses(ids: Sequence[str]) -> dict[str, str]:
    """Ids that are addresses, to what they are without their queries, where those tell no posts apart.

    A query that says which post is meant must stay; one that is only carried along may be another tomorrow.
    """
    addresses = {said for said in ids if said.startswith(("http://", "https://"))}
    bare = {address: address.partition("?")[0] for address in addresses}
    says_nothing = len(addresses) > 1 and len(set(bare.values())) == len(addresses)
    return bare if says_nothing else {}


def _ids_of_several_posts(entries: Iterable[Post]) -> frozenset[str]:
    """Ids that posts with differing links, or of differing days, share: they are no ids."""
    links: dict[str, set[str | None]] = {}
    days: dict[str, set[date]] = {}
    for entry in entries:
        if entry.entry_id:
            links.setdefault(entry.entry_id, set()).add(entry.url)
            if entry.day:
                days.setdefault(entry.entry_id, set()).add(entry.day)
    return frozenset(name for name in links if len(links[name]) > 1 or len(days.get(name, ())) > 1)


def _id_among(entry: Post, shared: frozenset[str], links: Counter[str | None]) -> str:
    if entry.entry_id and entry.entry_id not in shared:
        return entry.entry_id
    if entry.url and links[entry.url] == 1:
        return entry.url
    return sha256(f"{entry.title} {entry.day}".encode()).hexdigest()[:16]
