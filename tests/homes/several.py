"""Homes of several kinds beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest


def filled(fill: Mapping[str, Callable[[Path], object]], folders: pytest.TempPathFactory) -> dict[str, Path]:
    """A home of each kind in a folder of its own, by name."""
    homes = {name: folders.mktemp(name) for name in fill}
    for name, home in homes.items():
        fill[name](home)
    return homes
