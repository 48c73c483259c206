"""Locks on files: one holds, the others wait as long as they said."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.locks import file_lock


def test_who_waits_no_longer_is_told(tmp_path: Path) -> None:
    """While another one holds it; once that is given back, it is free."""
    file = tmp_path / "some.lock"
    with file_lock(file), pytest.raises(TimeoutError):
        file_lock(file, 0).acquire()
    with file_lock(file, 0):
        pass


def test_who_names_no_wait_waits_without_end(tmp_path: Path) -> None:
    """A wait below zero never ends; every other one is that many seconds."""
    assert file_lock(tmp_path / "some.lock").timeout < 0
    assert file_lock(tmp_path / "some.lock", 2.5).timeout == 2.5
