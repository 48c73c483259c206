"""Statements of price lists, as the query prices_stated gives them, and the history that they make."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import polars as pl

from ingest.prices.history import NO_LISTS, NO_MOVES, NONE_REMOVED, Evidence, PriceHistory, price_history

START: Final = datetime(2024, 1, 1, tzinfo=UTC)
MAKERS_PAGE: Final = "https://maker.example/pricing"
COMMIT: Final = "https://github.com/lists/prices/commit/1"

_INSTANT: Final = pl.Datetime("us", "UTC")
SCHEMA: Final = pl.Schema(
    [
        *((name, pl.String) for name in ("source_id", "model_name", "provider", "tier", "seller")),
        ("valid_on", pl.Date),
        *((f"{name}_usd_per_mtok", pl.Float64) for name in ("input", "output", "cached_input")),
        ("observed_at", _INSTANT),
        ("gone", pl.Boolean),
        *((name, pl.String) for name in ("url", "payload_sha256", "listed_at", "model_id")),
        ("released_on", pl.Date),
        ("is_own", pl.Boolean),
    ]
)


def day(number: int) -> date:
    """So many days after the start."""
    return (START + timedelta(days=number)).date()


def said(
    read: int, usd: float | None, *, by: str = "list-a", since: int | None = None, **more: object
) -> dict[str, Any]:
    """What a list said on a day: USD for input (four times that for output); None: it has it no longer."""
    return {
        "source_id": by,
        "model_name": "m",
        "provider": "maker",
        "tier": "standard",
        "seller": "maker",
        "valid_on": None if since is None else day(since),
        "input_usd_per_mtok": usd,
        "output_usd_per_mtok": None if usd is None else 4 * usd,
        "cached_input_usd_per_mtok": None,
        "observed_at": START + timedelta(days=read),
        "gone": usd is None,
        "url": None,
        "payload_sha256": f"{by}-{read}",
        "listed_at": by,
        "model_id": "m",
        "released_on": None,
        "is_own": True,
        **more,
    }


def told(
    *statements: dict[str, Any],
    read: dict[str, list[int]] | None = None,
    lists: list[dict[str, Any]] | None = None,
    moves: pl.DataFrame = NO_MOVES,
    notices: pl.DataFrame | None = None,
    removed: list[tuple[str, str]] | None = None,
) -> PriceHistory:
    """The history of statements; `read`: further days on which each list was read."""
    days = {(row["source_id"], row["observed_at"]) for row in statements}
    days |= {
        (by, START + timedelta(days=number)) for by, numbers in (read or {}).items() for number in numbers
    }
    payloads = pl.DataFrame(
        [(by, by, at) for by, at in sorted(days)],
        schema=pl.Schema([("source_id", pl.String), ("url", pl.String), ("as_of", _INSTANT)]),
        orient="row",
    )
    stated = pl.DataFrame(statements, schema=SCHEMA, orient="row")
    about = pl.DataFrame(lists or [], schema=NO_LISTS.schema, orient="row")
    more = {} if notices is None else {"notices": notices}
    gone = pl.DataFrame(removed or [], schema=NONE_REMOVED.schema, orient="row")
    return price_history(Evidence(stated, payloads, about, moves=moves, removed=gone, **more))


def steps(history: PriceHistory, **only: object) -> list[tuple[float | None, date, date | None]]:
    """Input price (None: not offered), first day and end of each step."""
    kept = history.steps.filter(**only) if only else history.steps  # type: ignore[arg-type] # of a test
    return list(kept.sort("starts_on").select("input_usd_per_mtok", "starts_on", "ends_on").iter_rows())
