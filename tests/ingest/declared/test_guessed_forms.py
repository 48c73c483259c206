"""A table that nobody has seen gets a form that takes it in, and a form never says more than the table."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from ingest.declared.check import read_form
from ingest.declared.guess.drafts import About
from ingest.declared.guess.proposal import Proposal, proposals, told
from ingest.declared.parse import source_from_toml
from ingest.records import Kind, check
from ingest.source import Payload

ABOUT = About("board", "https://example.org/x", title="A board", host="example.org")

GERMAN = """Modell;Anbieter;Genauigkeit;Datum
GPT-5.2;OpenAI;81,5;31.05.2026
Claude Opus 4.7;Anthropic;84,25;02.06.2026
"""
AMERICAN = "Model,Score,Date\ngpt-5.2,81.5,05/26/2026\nbeta,60.5,03/04/2026\n"
PREAMBLE = "Exported from the board\n\nModel,Score\ngpt-5.2,81.5\nbeta,60.5\ngamma,55\n"
TABS = "model\tresolved (%)\tcost\ngpt-5.2\t61.2\t$12.1\nclaude-opus-4-7\t65.0\t$20\n"
OBJECTS = """[{"model": "gpt-5.2", "accuracy": 0.81, "date": "2026-05-04"},
{"model": "x", "accuracy": 0.84, "date": "2026-05-04"}]"""
NESTED = """{"meta": {"v": 1}, "models": [
{"name": "gpt-5.2", "results": [{"bench": "GPQA", "score": 81}, {"bench": "AIME", "score": 91}]},
{"name": "claude-opus-4-7", "results": [{"bench": "GPQA", "score": 82}]}]}"""
PER_TOKEN = """{"data": [
{"id": "openai/gpt-4o", "pricing": {"prompt": "0.0000025", "completion": "0.00001"}},
{"id": "anthropic/claude-3.5-sonnet", "pricing": {"prompt": "0.000003", "completion": "0.000015"}}]}"""
BY_SELLER = """{"shop": {"name": "Shop", "models": {"gpt-4o": {"cost": {"input": 2.5, "output": 10}},
"auto": {"cost": {"input": 0, "output": 0}}}},
"stall": {"name": "Stall", "models": {"claude-3.5-sonnet": {"cost": {"input": 3, "output": 15}}}}}"""
PER_THOUSAND = """Model,Provider,Input price per 1K tokens,Output price per 1K tokens
gpt-4o,Shop,$0.0025,$0.01
claude-3.5-sonnet,Shop,$0.003,$0.015
"""
MARKDOWN = (
    "# B\n\n| Model | Elo | Votes |\n|---|---|---|\n| GPT-5.2 | 1450 | 100 |\n| Gemini 3 | 1440 | 20 |\n"
)
PAGE = """<!doctype html><html><body><table><tr><th>nav</th></tr><tr><td>x</td></tr></table>
<table><thead><tr><th>Rank</th><th>Model</th><th>MMLU</th><th>Own</th></tr></thead><tbody>
<tr><td>1</td><td>GPT-5.2</td><td>91.2%</td><td>97.1%</td></tr>
<tr><td>2</td><td>Claude Opus 4.7</td><td>90.0%</td><td>-</td></tr></tbody></table></body></html>"""
SERIES = "observation_date,GPU rent (USD)\n2026-01-01,2.1\n2026-02-01,2.0\n2026-03-01,\n"
BY_COUNTRY = "month,country,value\n2026-01,DE,10\n2026-01,US,20\n2026-02,DE,12\n2026-02,US,25\n"
HOURS = '{"items":[{"timestamp":"2026050100","views":120},{"timestamp":"2026050200","views":130}]}'
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>New model</title>
<link>https://e.org/1</link><guid>1</guid><pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate></item>
</channel></rss>"""
CHANGELOG = (
    "# Changelog\n\n## 1.2.0 (2026-05-04)\n\n- New model `claude-opus-9`\n\n## 1.1.0 (2026-04-01)\n\n- fix\n"
)
BY_COLUMN = '{"Model":{"0":"gpt-5.2","1":"beta-2"},"Score":{"0":81,"1":64}}'
NAMES_BESIDE = '{"columns":["Model","Score"],"data":[["gpt-5.2",81],["beta-2",64]]}'
BY_KEY = '{"gpt-5.2":{"elo":1400,"votes":10},"claude-opus-4-7":{"elo":1420,"votes":20}}'
LINES = '{"model":"gpt-5.2","pass@1":0.61}\n{"model":"claude-opus-4-7","pass@1":0.66}\n'
YAML = "- model: gpt-5.2\n  pass_rate_2: 61.2\n- model: beta\n  pass_rate_2: 51.2\n"
EVENTS = "Date,Event,Amount\n2026-01-01,Lab raises money,$100\n2026-02-01,Other launches,$20\n"
SPEEDS = '{"results":[{"model":"gpt-5.2","provider":"azure","tokens_per_second":80.2,"ttft_ms":400}]}'
USES = "date,model,total_tokens\n2026-05-01,openai/gpt-5.2,1000\n2026-05-01,x-ai/grok-4,400\n"
FACTS = "model,lab,context_window,release_date\nllama-4,Meta,1000000,2026-04-05\nqwen-3,A,131072,2026-04-28\n"


def proposed(text: str, content_type: str = "text/plain") -> list[Proposal]:
    return proposals(payload_of(text, content_type), ABOUT)


def payload_of(text: str, content_type: str) -> Payload:
    body = text.encode()
    as_of = datetime(2026, 11, 1, tzinfo=UTC)
    return Payload("board", ABOUT.url, as_of, sha256(body).hexdigest(), body, content_type)


@pytest.mark.parametrize(
    ("text", "content_type", "kind", "field", "values"),
    [
        (GERMAN, "text/csv", Kind.SCORE, "score", [0.815, 0.8425]),
        (AMERICAN, "text/csv", Kind.SCORE, "valid_on", ["2026-05-26", "2026-03-04"]),
        (PREAMBLE, "text/csv", Kind.SCORE, "model_name", ["gpt-5.2", "beta", "gamma"]),
        (TABS, "text/plain", Kind.SCORE, "score", [0.612, 0.65]),
        (OBJECTS, "application/json", Kind.SCORE, "score", [0.81, 0.84]),
        (NESTED, "application/json", Kind.SCORE, "benchmark_id", ["gpqa", "aime", "gpqa"]),
        (PER_TOKEN, "application/json", Kind.PRICE, "input_usd_per_mtok", [2.5, 3.0]),
        (BY_SELLER, "application/json", Kind.PRICE, "input_usd_per_mtok", [2.5, 3.0]),
        (PER_THOUSAND, "text/csv", Kind.PRICE, "output_usd_per_mtok", [10.0, 15.0]),
        (MARKDOWN, "text/plain", Kind.SCORE, "score", [1450.0, 1440.0]),
        (PAGE, "text/html", Kind.SCORE, "benchmark_id", ["mmlu", "mmlu", "board-own"]),
        (SERIES, "text/csv", Kind.SERIES_POINT, "value", [2.1, 2.0]),
        (BY_COUNTRY, "text/csv", Kind.SERIES_POINT, "series_id", ["board-de", "board-us"] * 2),
        (HOURS, "application/json", Kind.SERIES_POINT, "valid_on", ["2026-05-01", "2026-05-02"]),
        (FEED, "application/rss+xml", Kind.RELEASE, "title", ["New model"]),
        (CHANGELOG, "text/markdown", Kind.RELEASE, "model_name", ["claude-opus-9", None]),
        (BY_COLUMN, "application/json", Kind.SCORE, "score", [0.81, 0.64]),
        (NAMES_BESIDE, "application/json", Kind.SCORE, "score", [0.81, 0.64]),
        (BY_KEY, "application/json", Kind.SCORE, "model_name", ["gpt-5.2", "claude-opus-4-7"]),
        (LINES, "application/x-ndjson", Kind.SCORE, "score", [0.61, 0.66]),
        (YAML, "text/yaml", Kind.SCORE, "score", [0.612, 0.512]),
        (EVENTS, "text/csv", Kind.EVENT, "title", ["Lab raises money", "Other launches"]),
        (SPEEDS, "application/json", Kind.SPEED, "latency_seconds", [0.4]),
        (USES, "text/csv", Kind.USAGE, "tokens", [1000.0, 400.0]),
        (FACTS, "text/csv", Kind.MODEL_FACT, "context_tokens", [1_000_000, 131_072]),
    ],
)
def test_the_first_proposal_takes_every_row_in(
    text: str, content_type: str, kind: Kind, field: str, values: list[Any]
) -> None:
    """Kind, rows, units and dates come out right, and nothing is refused."""
    best = proposed(text, content_type)[0]
    payload = payload_of(text, content_type)
    records = check(source_from_toml(best.text, "board").parse((payload,)))
    assert (best.kind, best.refused, records.refused.height) == (kind, 0, 0)
    found = [str(value) if field == "valid_on" else value for value in records.frames[kind][field]]
    assert found == [pytest.approx(value) if isinstance(value, float) else value for value in values]


def test_a_date_that_may_be_two_days_is_left_to_a_person() -> None:
    """Day and month are not told apart by luck: the form leaves the column out and says so."""
    best = proposed("Model,Score,Date\ngpt-5.2,81.5,05/06/2026\nbeta,60.5,03/04/2026\n")[0]
    assert "valid_on" not in dict(read_form(best.text, "board").records[0].fields)
    assert 'say date_order = "dmy" or "mdy"' in best.text


def test_prices_in_another_currency_are_left_to_a_person() -> None:
    """No rate of exchange is made up: no form of prices, and the sentence says what it would need."""
    text = (
        "Modell;Eingabe (€/1M Tokens);Ausgabe (€/1M Tokens)\ngpt-4o;2,30;9,20\nclaude-3.5-sonnet;2,80;13,90\n"
    )
    assert Kind.PRICE not in [found.kind for found in proposed(text)]
    assert 'currency = "EUR"' in told(payload_of(text, "text/csv"), ABOUT)


@pytest.mark.parametrize(
    "text", ["", "Hello.", "<html><body><p>Sorry</p></body></html>", "{}", "[1, 2", "\0\1\2"]
)
def test_what_is_no_table_gets_no_form(text: str) -> None:
    """An error page, a torn answer or nothing at all is told of in words."""
    assert proposed(text) == []
    assert told(payload_of(text, "text/plain"), ABOUT)


def test_names_with_quotes_and_braces_are_written_so_that_the_form_is_valid() -> None:
    """Whatever a maker calls a column, the TOML stays TOML."""
    text = 'Model,"Score ""final"" # [1]"\ngpt-5.2,81.5\nbeta,60.5\n'
    best = proposed(text, "text/csv")[0]
    assert best.refused == 0
    assert best.taken == 2
