"""How a source stands, in words for a table: its last run, and since when it fails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def last_status(health: Mapping[str, Any]) -> str:
    """The status of the last run, and the day since which every run has failed."""
    if not health:
        return "never run"
    since: datetime | None = health["failing_since"]
    if health["last_status"] == "failed" and since:
        return f"failed since {since:%Y-%m-%d}"
    return str(health["last_status"] or "never run")
