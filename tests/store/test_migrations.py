"""Migrations: each runs once, so each has a number of its own."""

from __future__ import annotations

from store.sql import migrations


def test_no_two_migrations_share_a_number() -> None:
    """The second of two would never run: a warehouse notes what it has by number."""
    numbers = [number for number, _, _ in migrations()]
    assert numbers == sorted(set(numbers))
