"""From what lists call models to the titles that pages show: plain, and one for each model."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from ingest.identity.identify import identify
from store.warehouse import open_warehouse

NOW = datetime(2026, 9, 1, tzinfo=UTC)
CALLED = {
    "deepseek-v4-pro": "DeepSeek: DeepSeek V4",
    "deepseek-v4-flash": "DeepSeek V4",
    "claude-opus-5": "Claude Opus 5",
    "claude-opus-5-fast": "Claude Opus 5 (Fast)",
    "internvl-2.5-78b": "InternVL2_5-78B",
    "gpt-6-astra": None,
}


def test_every_model_has_a_plain_title_of_its_own(tmp_path: Path) -> None:
    """Without maker and remark, with what its name adds where another is called the same."""
    rows = [
        {
            "model_name": name,
            "display_name": title,
            "source_id": "list",
            "payload_sha256": "a" * 64,
            "observed_at": NOW,
            "gone": False,
        }
        for name, title in CALLED.items()
    ]
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("model_fact", pl.DataFrame(rows))
        identify(warehouse, tmp_path / "no-aliases.csv")
        titles = dict(warehouse.frame("SELECT model_id, title FROM model").iter_rows())
    assert titles == {
        "deepseek-v4-pro": "DeepSeek V4 Pro",
        "deepseek-v4-flash": "DeepSeek V4 Flash",
        "claude-opus-5": "Claude Opus 5",
        "claude-opus-5-fast": "Claude Opus 5 Fast",
        "internvl-2.5-78b": "InternVL2.5-78B",
        "gpt-6-astra": "GPT-6 Astra",
    }
