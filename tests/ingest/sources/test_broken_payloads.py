"""Payloads as nobody has seen them: a broken entry costs itself, a lost key is named, no unit is guessed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
import yaml

from ingest.errors import ParseError
from ingest.identity.match_rules import MatchRules
from ingest.records import Kind, check
from ingest.registry import load_sources
from ingest.source import Payload, Source
from ingest.sources._payloads import csv_of_bytes, read_rows
from ingest.sources.prices.genai_prices import genai_match_rules
from tests.places import FIXTURES

SOURCES = load_sources().sources

LISTS: dict[str, tuple[str, Callable[[Any], list[Any]]]] = {
    "aider-polyglot": ("polyglot_leaderboard.yml", lambda data: data),
    "arena-catalog": ("scatterplot-data.json", lambda data: data),
    "genai-prices": ("v2.json", lambda data: data[0]["models"]),
    "llm-prices": ("historical-v1.json", lambda data: data["prices"]),
    "openrouter-models": ("models.json", lambda data: data["data"]),
    "swe-bench": ("leaderboards.json", lambda data: data["leaderboards"][0]["results"]),
}
"""By source: a fixture and where in it the entries stand."""

ODD = [None, "text", 4, [], {}, {"surprise": 1}]


def fixture(source_id: str) -> tuple[Any, Callable[[Any], list[Any]]]:
    name, entries = LISTS[source_id]
    return yaml.safe_load((FIXTURES / source_id / name).read_text(encoding="utf-8")), entries


def parsed(source: Source, data: Any, make_payload: Callable[..., Payload], url: str) -> Any:
    return check(source.parse([make_payload(source.id, json.dumps(data, default=str), url)]))


def address(source_id: str) -> str:
    urls = SOURCES[source_id].urls
    assert isinstance(urls, tuple)
    return urls[-1] if source_id == "arena-catalog" else urls[0]


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize("source_id", LISTS)
def test_an_entry_that_is_something_else_costs_itself_only(
    source_id: str, odd: Any, make_payload: Callable[..., Payload]
) -> None:
    """The other entries give the same rows as without it, and no row is lost without a refusal."""
    data, entries = fixture(source_id)
    kind = SOURCES[source_id].kinds[-1 if source_id == "arena-catalog" else 0]
    url = address(source_id)
    before = parsed(SOURCES[source_id], data, make_payload, url)
    broken = copy.deepcopy(data)
    entries(broken).append(odd)
    after = parsed(SOURCES[source_id], broken, make_payload, url)
    assert after.frames[kind].equals(before.frames[kind])
    assert after.refused.height > before.refused.height


@pytest.mark.parametrize(
    ("source_id", "key"),
    [
        ("aider-polyglot", "pass_rate_2"),
        ("aider-polyglot", "model"),
        ("arena-catalog", "input_token_price"),
        ("genai-prices", "prices"),
        ("llm-prices", "input"),
        ("openrouter-models", "pricing"),
        ("swe-bench", "resolved"),
    ],
)
def test_a_key_that_no_entry_has_any_more_is_named_with_those_that_are_there(
    source_id: str, key: str, make_payload: Callable[..., Payload]
) -> None:
    """A renamed key must not look like figures that are not stated."""
    data, entries = fixture(source_id)
    renamed = copy.deepcopy(data)
    for entry in entries(renamed):
        if key in entry:
            entry[f"{key}_v2"] = entry.pop(key)
    if source_id == "genai-prices":
        renamed = [provider | {"models": entries(renamed)} for provider in renamed[:1]]
    with pytest.raises(ParseError, match=f"'{key}'.*{key}_v2"):
        parsed(SOURCES[source_id], renamed, make_payload, address(source_id))


@pytest.mark.parametrize("source_id", ["openrouter-models", "swe-bench", "aider-polyglot", "arena-text"])
def test_what_cannot_be_read_is_told_with_its_source_and_address(
    source_id: str, make_payload: Callable[..., Payload]
) -> None:
    """Whoever reads the error can open the address."""
    broken = make_payload(source_id, "{[", "https://example.org/moved")
    with pytest.raises(ParseError, match=f"{source_id}: https://example.org/moved"):
        SOURCES[source_id].parse([broken])


@pytest.mark.parametrize(
    ("source_id", "rows"),
    [
        ("aider-polyglot", [{"model": f"alpha-{n}", "pass_rate_2": n / 10} for n in range(1, 8)]),
        (
            "swe-bench",
            {
                "leaderboards": [
                    {
                        "name": "bash-only",
                        "results": [{"name": f"alpha-{n}", "resolved": n / 10} for n in range(1, 8)],
                    }
                ]
            },
        ),
        (
            "gso",
            {
                "models": [
                    {
                        "name": f"a-{n}",
                        "scaffold": "x",
                        "setting": "Opt@1",
                        "score": n / 10,
                        "date": "2026-01-01",
                    }
                    for n in range(1, 8)
                ]
            },
        ),
    ],
)
def test_percentages_that_became_fractions_are_not_divided_by_a_hundred(
    source_id: str, rows: Any, make_payload: Callable[..., Payload]
) -> None:
    """A board of percent of which nothing exceeds 1 has changed its unit: nothing is taken in."""
    with pytest.raises(ParseError, match="percent"):
        parsed(SOURCES[source_id], rows, make_payload, address(source_id))


def test_a_horizon_without_a_version_belongs_to_none(make_payload: Callable[..., Payload]) -> None:
    """Versions 1.0 and 1.1 are never mixed, so a file that does not say which it is, is not taken in."""
    results = {
        "alpha_2": {"release_date": "2026-01-01", "metrics": {"p50_horizon_length": {"estimate": 3.0}}}
    }
    with pytest.raises(ParseError, match="benchmark_name"):
        parsed(
            SOURCES["metr-time-horizons"], {"results": results}, make_payload, "https://example.org/x.yaml"
        )


def test_nesting_without_end_is_refused_and_takes_nobody_down(make_payload: Callable[..., Payload]) -> None:
    """A reader in C would end the whole process on it."""
    for source_id in ("aider-polyglot", "metr-release-dates", "arc-prize"):
        deep = make_payload(source_id, "[" * 50_000, "https://example.org/evaluations.json")
        other = make_payload(source_id, "[" * 50_000, "https://example.org/models.json")
        with pytest.raises(ParseError, match=r"nested without end|not valid"):
            SOURCES[source_id].parse([deep, other])


def test_cells_of_the_wrong_type_cost_the_row_only_where_it_needs_them(
    make_payload: Callable[..., Payload],
) -> None:
    """A cost that is a text is noted and left out; a score that is one costs its row."""
    schema = pl.Schema({"model_name": pl.String, "score": pl.Float64, "cost_usd": pl.Float64})
    members = [
        {"model_name": "a", "score": 0.5, "cost_usd": "unknown"},
        {"model_name": "b", "score": {"mean": 0.5}, "cost_usd": 1.0},
        {"model_name": "c", "score": "0.25", "cost_usd": True},
        {"model_name": "d", "score": 0.75, "cost_usd": float("nan")},
    ]
    rows = read_rows(make_payload("aider-edit", ""), Kind.SCORE, members, lambda member: [member], schema)
    assert rows.frame.rows() == [("a", 0.5, None), ("c", 0.25, None), ("d", 0.75, None)]
    assert rows.refused["reason"].to_list() == [
        "cost_usd: 'unknown' is not a number",
        "score: {'mean': 0.5} is not a number",
        "cost_usd: True is not a number",
        "cost_usd: nan is not a number",
    ]


def test_a_quote_that_nothing_closes_costs_its_line_only() -> None:
    """Else all lines below it would stand in one cell."""
    body = b'model,score\nalpha,1\n"beta,2\ngamma,3\n\ndelta,4,5\n'
    table = csv_of_bytes(body, "board.csv")
    assert table.frame.rows() == [("alpha", "1"), ("gamma", "3")]
    assert table.broken == ("delta,4,5", '"beta,2')


@pytest.mark.parametrize(
    "clause",
    [{"or": None}, {"and": ["x"]}, {"regex": "("}, {"starts_with": 5}, {}, "equals", None],
    ids=str,
)
def test_a_rule_without_sense_does_not_reach_the_resolver(
    clause: Any, make_payload: Callable[..., Payload]
) -> None:
    """One broken rule of a remote file must not stop all names from being resolved."""
    models = [{"id": "odd", "match": clause}, {"id": "alpha", "match": {"equals": "alpha"}}]
    rules = genai_match_rules(make_payload("genai-prices", json.dumps([{"id": "p", "models": models}])))
    assert MatchRules(rules).naming("alpha") == ["alpha"]
    assert [rule.target for rule in rules] == ["alpha"]
