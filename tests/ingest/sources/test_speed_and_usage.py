"""Speeds by host and tokens by day: what was not measured is no row."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Kind, check
from ingest.source import State
from ingest.sources.prices.openrouter_speed import parse_endpoints
from tests.ingest.sources.conftest import SOURCES, MakePayload, TakeIn


def test_a_host_without_traffic_was_not_measured(take_in: TakeIn) -> None:
    """Absent statistics give no row; milliseconds become seconds."""
    speeds = take_in("openrouter-stats", Path("stats.json")).frames[Kind.SPEED]
    assert speeds.select("provider", "setting", "output_tokens_per_second", "latency_seconds").rows() == [
        ("cerebras", "fp16", 774.0, 0.25),
        ("google-vertex", "europe", 165.5, 0.453),
    ]


def test_a_changed_front_end_says_so(take_in: TakeIn) -> None:
    """The undocumented source fails in words when its answer is another."""
    with pytest.raises(ParseError, match="the front end may have changed"):
        take_in("openrouter-stats", '{"error": "gone"}')


def test_without_a_key_endpoints_give_prices_only(take_in: TakeIn) -> None:
    """Speeds are null without a key and there with one."""
    without = take_in("openrouter-endpoints", Path("without_key.json"))
    assert without.frames[Kind.SPEED].is_empty()
    assert without.frames[Kind.PRICE].height == 2
    speed = take_in("openrouter-endpoints", Path("with_key.json")).frames[Kind.SPEED]
    assert speed.select("output_tokens_per_second", "latency_seconds").row(0) == (45.2, 2.2295)


def test_scraped_texts_are_read_with_their_units(take_in: TakeIn) -> None:
    """'1,234tps' is a number, '--tps' is nothing."""
    speeds = take_in("openrouter-speed-history", Path("metrics.json")).frames[Kind.SPEED]
    assert dict(speeds.select("provider", "output_tokens_per_second").iter_rows()) == {
        "AlphaLab": 35,
        "Fast": 1234,
    }


def test_a_failed_scrape_is_empty_but_no_error(take_in: TakeIn) -> None:
    """An empty list says nothing."""
    assert take_in("openrouter-speed-history", "[]").frames[Kind.SPEED].is_empty()


@pytest.mark.parametrize("source_id", ["openrouter-stats", "openrouter-endpoints"])
def test_only_watched_models_are_asked_for(source_id: str) -> None:
    """One address per watched model: those that the state names first, then a short list of our own."""
    urls = SOURCES[source_id].urls
    assert callable(urls)
    now = datetime(2026, 10, 1, tzinfo=UTC)
    own = urls(State(now))
    assert 5 < len(own) < 30
    with_frontier = urls(State(now, names=("alphalab/alpha-2", "openai/gpt-4o-mini")))
    assert len(with_frontier) == len(own) + 1
    assert "alphalab" in with_frontier[0]


def test_the_rest_of_the_day_is_not_a_model(take_in: TakeIn) -> None:
    """`other` sums what is below the top 50: it is no usage of a model; shares are fractions of a day."""
    dated = "https://openrouter.ai/api/v1/datasets/exports/rankings-daily/2026-10-03.csv"
    usage = take_in("openrouter-usage", Path("latest.csv"), dated).frames[Kind.USAGE]
    assert "other" not in usage["model_name"]
    assert usage.filter(pl.col("rank") == 1)["share"].to_list() == [0.1342, 0.1301]
    assert {str(on) for on in usage["valid_on"]} == {"2026-10-01", "2026-10-02"}


def test_a_degraded_host_is_not_measured_at_its_usual_speed(make_payload: MakePayload) -> None:
    """A negative status means degraded: the price counts, the speed is refused with that reason."""
    host = {
        "provider_name": "Alpha",
        "status": -2,
        "pricing": {"prompt": "0.000001", "completion": "0.000002"},
    }
    told = {"data": {"id": "alphalab/alpha-2", "endpoints": [host | {"throughput_last_30m": {"p50": 1.5}}]}}
    records = check(parse_endpoints([make_payload("openrouter-endpoints", json.dumps(told))]))
    assert records.frames[Kind.PRICE].height == 1
    assert records.frames[Kind.SPEED].is_empty()
    assert "degraded" in records.refused["reason"][0]
