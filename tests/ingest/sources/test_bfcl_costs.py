"""What a call costs on the Berkeley board: not taken where it cannot be all that was paid for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.records import Kind
from ingest.source import Payload
from ingest.sources.benchmarks.bfcl import SOURCE, parse

CSV = (
    b"Rank,Overall Acc,Model,Model Link,Cost ($ Per 1k Function Calls),Latency Mean (s),Organization\n"
    b"1,70.00%,GPT-4o-2024-11-20 (FC),N/A,8.0,1.1,OpenAI\n"
    b"2,56.00%,Claude-3.5-Sonnet-20241022 (FC),N/A,2.5,3.1,Anthropic\n"
    b"3,50.00%,Nobody-7B (FC),N/A,1.0,2.0,\n"
)


@pytest.mark.parametrize(
    ("as_of", "costs"),
    [
        (datetime(2024, 12, 31, tzinfo=UTC), [0.008, 0.0025, 0.001]),
        (datetime(2025, 1, 1, tzinfo=UTC), [0.008, None, 0.001]),
    ],
    ids=["before", "since"],
)
def test_costs_that_leave_out_what_was_read_from_a_cache_are_not_taken(
    as_of: datetime, costs: list[float | None]
) -> None:
    """Of Anthropic's models since 2025; their accuracy and latency stand."""
    payload = Payload(SOURCE.id, "https://gorilla.cs.berkeley.edu/data_overall.csv", as_of, "0" * 64, CSV)
    scores = parse([payload]).frames[Kind.SCORE]
    assert scores["cost_usd_per_task"].to_list() == costs
    assert scores["seconds_per_task"].to_list() == [1.1, 3.1, 2.0]
