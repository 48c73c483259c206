"""What is too slow for a page, computed once per change of its inputs and kept as result tables."""

from __future__ import annotations

from collections.abc import Callable

from store.warehouse import Warehouse


def derive(warehouse: Warehouse, tell: Callable[[str, str], None]) -> None:
    """Bring every result table up to its inputs."""
