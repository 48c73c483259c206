"""Entries of a feed are one post where their id, their link, or their title and day say so."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.formats.feed_posts import Post, posts_told_apart, without_tracking

SITE = "https://a.example"


def post(entry_id: str, url: str | None = None, title: str = "t", day: int | None = 1) -> Post:
    return Post(entry_id, url, title, None if day is None else date(2026, 1, day))


def ids(*entries: Post) -> list[str]:
    """Their ids, all of them being posts of their own."""
    posts, repeated = posts_told_apart(entries)
    assert repeated == []
    return [entry.entry_id for entry in posts]


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        (f"{SITE}/x", f"{SITE}/x"),
        (f"{SITE}/x?id=7", f"{SITE}/x?id=7"),
        (f"{SITE}/x?utm_source=rss&id=7&fbclid=a#top", f"{SITE}/x?id=7#top"),
        (f"{SITE}/x?utm_source=rss", f"{SITE}/x"),
        (f"{SITE}/x;jsessionid=12AB?REF=a", f"{SITE}/x"),
        (f"{SITE}/x?a=%20b&c=", f"{SITE}/x?a=%20b&c="),
        (f"{SITE}/x?reference=1", f"{SITE}/x?reference=1"),
    ],
)
def test_what_counts_readers_is_no_part_of_an_address(address: str, bare: str) -> None:
    """All else stays as it was written."""
    assert without_tracking(address) == bare


@pytest.mark.parametrize(
    ("entry_id", "kept"),
    [
        ("post-7", "post-7"),
        (f"{SITE}/x?utm_source=may", f"{SITE}/x"),
        (f"{SITE}/x?p=7&utm_source=may", f"{SITE}/x?p=7"),
        ("tag:a.example,2026:x?utm_source=may", "tag:a.example,2026:x?utm_source=may"),
        ("http://[", "http://["),
        *((filler, f"{SITE}/link") for filler in ("", "0", "None", "GUID", "#")),
        ("3f2504e0-4f89-41d3-9a0c-0305e82c3301", f"{SITE}/link"),
        ("0123456789abcdef", f"{SITE}/link"),
    ],
)
def test_an_id_is_one_that_lasts(entry_id: str, kept: str) -> None:
    """What is a filler, drawn by lot or made anew gives way to the link."""
    assert ids(post(entry_id, f"{SITE}/link")) == [kept]


def test_a_query_stays_where_it_tells_posts_apart() -> None:
    """One that is only carried along may be another tomorrow."""
    assert ids(*(post(f"{SITE}/x?p={n}", title=str(n)) for n in (1, 2))) == [f"{SITE}/x?p=1", f"{SITE}/x?p=2"]
    assert ids(*(post(f"{SITE}/{n}?v=9", title=str(n)) for n in (1, 2))) == [f"{SITE}/1", f"{SITE}/2"]


def test_an_id_that_several_posts_share_is_none() -> None:
    """Of other links, or of other days; the link tells them apart, else the title and the day."""
    assert ids(post("same", f"{SITE}/1"), post("same", f"{SITE}/2", "u")) == [f"{SITE}/1", f"{SITE}/2"]
    days = ids(post("same", title="a", day=1), post("same", title="b", day=2))
    assert "same" not in days
    assert len(set(days)) == 2
    assert ids(post("same", title="a", day=1), post("same", title="b", day=2)) == days
    both = ids(post("", f"{SITE}/1", "a"), post("", f"{SITE}/1", "b"))
    assert len({*both, f"{SITE}/1"}) == 3


def test_what_is_drawn_by_lot_stays_where_links_do_not_tell_posts_apart() -> None:
    """A hash may last; a random UUID says of itself that it is one."""
    hashed, drawn = "0123456789abcdef", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    first, second, third = ids(
        post(hashed, SITE, "a"), post(hashed[::-1], SITE, "b"), post(drawn, SITE, "c", None)
    )
    assert (first, second) == (hashed, hashed[::-1])
    assert third not in (drawn, SITE)


def test_of_two_entries_of_one_id_and_day_the_first_is_taken() -> None:
    """The other one is named, with why."""
    posts, repeated = posts_told_apart([post("7", SITE), post("8", title="u"), post("7", SITE, "v")])
    assert [(entry.entry_id, entry.title) for entry in posts] == [("7", "t"), ("8", "u")]
    ((left_out, reason),) = repeated
    assert left_out.told() == f"7 | v | {SITE}"
    assert reason.startswith("repeats the id of an entry above it, of the same day")
