"""Homes that tests of pages share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.homes.small_home import fill


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a few models, prices and posts; read only."""
    home = tmp_path_factory.mktemp("filled")
    fill(home)
    return home


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose tables are there and empty."""
    home = tmp_path_factory.mktemp("empty")
    fill(home, with_rows=False)
    return home
