"""How far noise reaches is written once, and everybody takes it from there."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from analysis.news.scores import records
from analysis.numeric.noise import critical_value
from tests.places import ROOT

_CRITICAL = re.compile(r"(?<![\d.])(1\.64\d*|1\.95996\d*|1\.28\d\d*|norm\.ppf\(0\.5)")
"""The normal distribution's critical values as somebody would write them a second time."""


def test_a_critical_value_stands_in_one_place() -> None:
    """In no other module of statistics, question or query."""
    folders = ("analysis", "questions", "charts", "store/queries", "pipeline")
    files = [
        file for folder in folders for file in (ROOT / folder).rglob("*") if file.suffix in (".py", ".sql")
    ]
    named = {str(file.relative_to(ROOT)) for file in files if _CRITICAL.search(file.read_text())}
    assert named == {"analysis/numeric/noise.py"}


@pytest.mark.parametrize(("factor", "is_open"), [(0.9999, True), (1.0001, False)])
def test_news_of_a_record_uses_the_shared_bound(factor: float, is_open: bool) -> None:
    """A margin just below the critical value leaves open which is better, one just above does not."""
    margin = factor * critical_value(0.9) * 0.05
    assert ("leaves open which" in _said(0.6 + margin)) is is_open


def _said(score: float) -> str:
    """What the news of a record changes: both errors are 0.03 and 0.04, that of the difference 0.05."""
    seen = datetime(2026, 5, 1, tzinfo=UTC)
    row = {
        "read_before": seen,
        "known_at": seen + timedelta(days=2),
        "released_on": date(2026, 5, 2),
        "is_record": True,
        "unit": "fraction",
        "benchmark_id": "test",
        "benchmark": "Test",
        "best_before": 0.6,
        "best_before_model_id": "old",
        "best_before_title": "Old",
        "best_before_stderr": 0.03,
        "model_id": "new",
        "title": "New",
        "score": score,
        "stderr": 0.04,
        "organization": "Maker",
        "source_id": "board",
        "source_title": "Board",
        "url": None,
        "payload_sha256": "f" * 64,
    }
    (news,) = records(pl.DataFrame([row]))
    return str(news.changes)
