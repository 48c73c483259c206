"""A table that nobody has seen gets a form that takes it in, and a form never says more than the table."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import polars as pl
import pytest

from ingest.declared.check import read_form
from ingest.declared.guess.drafts import About, TableFound
from ingest.declared.guess.proposal import Proposal, proposals, tables_found, told, tried
from ingest.declared.parse import source_from_toml
from ingest.records import Kind, check
from ingest.source import Payload
from ingest.take_in.guessing import Guessed

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
NOBODY_ANSWERS = '[{"model":"gpt-5.2","tokens_per_second":80.2,"ttft_ms":400}]'
SPEEDS = '{"results":[{"model":"gpt-5.2","provider":"azure","tokens_per_second":80.2,"ttft_ms":400}]}'
USES = "date,model,total_tokens\n2026-05-01,openai/gpt-5.2,1000\n2026-05-01,x-ai/grok-4,400\n"
FACTS = "model,lab,context_window,release_date\nllama-4,Meta,1000000,2026-04-05\nqwen-3,A,131072,2026-04-28\n"


ON_ITS_SIDE = "Benchmark,GPT-5.2,Claude Opus 4.7,Gemini 3\nMMLU,81,82,83\nGPQA Diamond,61,62,\n"
BY_BENCHMARK = """{"mmlu": {"gpt-5.2": {"score": 0.8, "n": 10}, "gemini-3": {"score": 0.7, "n": 10}},
"aime": {"gpt-5.2": {"score": 0.9, "n": 30}, "gemini-3": {"score": 0.6, "n": 30}}}"""
FIRST_LIST = '{"data": [["Model", "Elo"], ["gpt-5.2", 1400], ["gemini-3", 1390]]}'
SCRIPT = """const other = 1;
export const BOARD: Row[] = [{model: 'gpt-5.2', score: 81.5}, {model: 'x', score: 7}];"""
ROW_NUMBERS = """{"rows": [{"row_idx": 0, "row": {"model": "gpt-5.2", "score": 81}},
{"row_idx": 1, "row": {"model": "gemini-3", "score": 64}}]}"""
COUNTED = "Rank,Model,Score %,#Puzzles,Std Deviation\n1,GPT-5.2,98.4,940,1.2\n2,Gemini 3,97.5,940,1.3\n"
CENTS_PER_TOKEN = """{
"gpt-4o": {"pay": {"request_token": {"price": 0.00025}, "response_token": {"price": 0.001}}},
"claude-3.5-sonnet": {"pay": {"request_token": {"price": 0.0003}, "response_token": {"price": 0.0015}}}}"""
BOTH_SELL = """{"shop": {"id": "shop", "models": {"gpt-4o": {"cost": {"input": 2.5, "output": 10}}}},
"stall": {"id": "stall", "models": {"gpt-4o": {"cost": {"input": 2.4, "output": 9}}}}}"""


POINTS_PART_THOUSANDS = "Modell;Punkte;Stimmen\ngpt-5.2;1.412;12.345\ngemini-3;1.398;9.871\n"
COUNTED_IN_CELLS = """<html><table><tr><th>Model</th><th>Input</th><th>Output</th></tr>
<tr><td>gpt-4o</td><td>$2.50 / 1M tokens</td><td>$10.00 / 1M tokens</td></tr>
<tr><td>gpt-4o-mini</td><td>$0.15 / 1M tokens</td><td>$0.60 / 1M tokens</td></tr></table></html>"""
MARGINS = "| Model | Score |\n|---|---|\n| gpt-5.2 | 81.2 ± 1.1 |\n| gemini-3 | 80.9 (79.1-82.0) |\n"
SMALL_MARGINS = "| Model | Score |\n|---|---|\n| gpt-5.2 | 0.8% ± 0.1% |\n| gemini-3 | 0.9% ± 0.2% |\n"
TIERS_AS_COLUMNS = "model,input,output,batch input,batch output\ngpt-4o,2.5,10,1.25,5\ngemini-3,2,12,1,6\n"
TIERS_IN_NAMES = """{"data": [
{"id": "acme/one-2", "pricing": {"prompt": "0.000005", "completion": "0.000025"}},
{"id": "acme/one-2:batch", "pricing": {"prompt": "0.0000025", "completion": "0.0000125"}},
{"id": "acme/one-2:express-lane", "pricing": {"prompt": "0.00001", "completion": "0.00005"}}]}"""
GROUPS_OF_ROWS = """<html><table><tr><th>Model</th><th>SWE-bench</th><th>Lab</th></tr>
<tr><td>GPT-5.2</td><td>91.2%</td><td>A</td></tr><tr><td colspan=3>By their makers</td></tr>
<tr><td>Gemini 3</td><td>90.1%</td><td>B</td></tr>
<tr><td>Grok 4</td><td>84.3%</td><td>C</td></tr></table></html>"""
SIZES_IN_CELLS = "model,parameters,context\ngemma-3-nano,350M,128k\nqwen-3-nano,70M,32k\n"
OFFERS_BY_MODEL = """{"gpt-4o": [{"provider": "a", "in": 2.5, "out": 10},
{"provider": "b", "in": 2.6, "out": 11}], "gemini-3": [{"provider": "a", "in": 2, "out": 12}]}"""
RAISED = "month,raised\n2026-01,$100M\n2026-02,$5.5M\n2026-03,$20M\n"
TWO_LINES_OF_NAMES = "Model,GPQA,,AIME\n,2024,2025,2025\ngpt-5.2,80,82,91\ngemini-3,79,81,90\n"
TWO_LINES_READ = [f"board-{name}" for name in ("gpqa-2024", "gpqa-2025", "aime-2025") for _ in range(2)]
NAMES_BELOW_GROUPS = ",GPQA,,AIME\nModel,2024,2025,2025\ngpt-5.2,80,82,91\ngemini-3,79,81,90\n"
NUMBERED_ROWS = ",model,score\n0,gpt-5.2,81\n1,gemini-3,64\n"
LINES_ABOVE = (
    "Export of the board,,\nGenerated,2026-11-01,\n\nmodel,score,comment\n"
    'gpt-5.2,81.2,"a, b"\ngemini-3,80.0,ok\nAverage,80.6,\n'
)
MEASURED_AT = """[{"model": "gpt-5.2", "tps": 80.5, "measured_at": 1793000000},
{"model": "gemini-3", "tps": 90.5, "measured_at": 1793100000}]"""


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
        (ON_ITS_SIDE, "text/csv", Kind.SCORE, "benchmark_id", ["mmlu", "gpqa-diamond"] * 2 + ["mmlu"]),
        (BY_BENCHMARK, "application/json", Kind.SCORE, "benchmark_id", ["mmlu", "mmlu", "aime", "aime"]),
        (FIRST_LIST, "application/json", Kind.SCORE, "score", [1400.0, 1390.0]),
        (SCRIPT, "text/javascript", Kind.SCORE, "score", [0.815, 0.07]),
        (ROW_NUMBERS, "application/json", Kind.SCORE, "score", [0.81, 0.64]),
        (COUNTED, "text/csv", Kind.SCORE, "trials", [940, 940]),
        (CENTS_PER_TOKEN, "application/json", Kind.PRICE, "input_usd_per_mtok", [2.5, 3.0]),
        (BOTH_SELL, "application/json", Kind.PRICE, "provider", ["shop", "stall"]),
        (FACTS, "text/csv", Kind.MODEL_FACT, "context_tokens", [1_000_000, 131_072]),
        (POINTS_PART_THOUSANDS, "text/csv", Kind.SCORE, "trials", [12_345, 9_871]),
        (POINTS_PART_THOUSANDS, "text/csv", Kind.SCORE, "score", [1412.0, 1398.0]),
        (COUNTED_IN_CELLS, "text/html", Kind.PRICE, "input_usd_per_mtok", [2.5, 0.15]),
        (MARGINS, "text/plain", Kind.SCORE, "score", [0.812, 0.809]),
        (SMALL_MARGINS, "text/plain", Kind.SCORE, "score", [0.008, 0.009]),
        (TIERS_AS_COLUMNS, "text/csv", Kind.PRICE, "tier", ["standard", "standard", "batch", "batch"]),
        (TIERS_IN_NAMES, "application/json", Kind.PRICE, "tier", ["standard", "batch", "express-lane"]),
        (GROUPS_OF_ROWS, "text/html", Kind.SCORE, "score", [0.912, 0.901, 0.843]),
        (SIZES_IN_CELLS, "text/csv", Kind.MODEL_FACT, "parameters", [350_000_000, 70_000_000]),
        (SIZES_IN_CELLS, "text/csv", Kind.MODEL_FACT, "context_tokens", [128_000, 32_000]),
        (OFFERS_BY_MODEL, "application/json", Kind.PRICE, "model_name", ["gpt-4o", "gpt-4o", "gemini-3"]),
        (RAISED, "text/csv", Kind.SERIES_POINT, "value", [100e6, 5.5e6, 20e6]),
        (TWO_LINES_OF_NAMES, "text/csv", Kind.SCORE, "score", [0.8, 0.79, 0.82, 0.81, 0.91, 0.9]),
        (TWO_LINES_OF_NAMES, "text/csv", Kind.SCORE, "benchmark_id", TWO_LINES_READ),
        (NAMES_BELOW_GROUPS, "text/csv", Kind.SCORE, "benchmark_id", TWO_LINES_READ),
        (NUMBERED_ROWS, "text/csv", Kind.SCORE, "model_name", ["gpt-5.2", "gemini-3"]),
        (LINES_ABOVE, "text/csv", Kind.SCORE, "model_name", ["gpt-5.2", "gemini-3"]),
        (MEASURED_AT, "application/json", Kind.SPEED, "valid_on", ["2026-10-26", "2026-10-27"]),
        (NOBODY_ANSWERS, "application/json", Kind.SPEED, "provider", ["example.org"]),
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


def test_a_list_of_single_answers_is_no_list_of_scores() -> None:
    """Where a model stands in many rows nothing is picked, and the reason says what a person may do."""
    rows = "".join(
        f"q{n},gpt-5.2,{n % 7},2026-05-0{n % 9 + 1}\nq{n},gemini-3,{n % 5},2026-05-0{n % 9 + 1}\n"
        for n in range(40)
    )
    text = f"question,model,pass@1,date\n{rows}"
    assert Kind.SCORE not in [found.kind for found in proposed(text)]


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
    assert proposed(text) == []  # a price is no score, use or event either
    assert 'currency = "EUR"' in told(payload_of(text, "text/csv"), ABOUT)
    (best, *_) = proposals(payload_of(text, "text/csv"), replace(ABOUT, usd=1.1))
    records = check(source_from_toml(best.text, "board").parse((payload_of(text, "text/csv"),)))
    assert records.frames[Kind.PRICE]["input_usd_per_mtok"].to_list() == pytest.approx([2.53, 3.08])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("model,input,output\ngpt-4o,2500,10000\ngpt-4o-mini,150,600\n", "likely unit error"),
        ("model,score\ngpt-5.2,0.8\ngpt-5.2,0.7\ngemini-3,0.6\ngemini-3,0.5\n", "contradicts an earlier row"),
        ("model,price per 1M characters\ngpt-4o,0.5\ngemini-3,0.3\n", "'price per 1M characters'"),
    ],
)
def test_what_would_be_wrong_gets_no_form_and_a_reason(text: str, says: str) -> None:
    """A thousand times off, two scores of one model, prices by the letter: none becomes another kind."""
    assert proposed(text) == []
    assert says in told(payload_of(text, "text/csv"), ABOUT)


@pytest.mark.parametrize(
    ("rows", "taken", "refused"),
    [
        (["alpha,0.8", "alpha,0.7", "beta,0.6"], None, 0),  # one contradiction to two rows
        (["alpha,0.8", "alpha,0.7", "beta,0.6", "gamma,0.5"], 3, 1),
        (["alpha,0.8", "alpha,0.8", "alpha,0.8"], None, 0),  # two repetitions of one row
        (["alpha,0.8", "alpha,0.8"], 1, 0),
        (["alpha,0.8", "beta,x", "gamma,y"], None, 0),  # two refusals to one row
        (["alpha,0.8", "beta,x"], 1, 1),
        (["alpha,x"], None, 0),
    ],
)
def test_a_form_is_kept_where_most_rows_go_in(rows: list[str], taken: int | None, refused: int) -> None:
    """Fewer refusals and repetitions than rows, or as many; of contradictions fewer than half of them."""
    draft = proposed("model,score\nalpha,0.8\nbeta,0.7\n")[0].draft
    found = tried(draft, payload_of("\n".join(["model,score", *rows, ""]), "text/csv"))
    assert (found and (found.taken, found.refused)) == (taken and (taken, refused))


def test_a_count_that_changes_is_not_read_as_the_same() -> None:
    """A form that takes a figure out of `$2.50 / 1M tokens` says nothing of `$2.50 / 1K tokens`."""
    best = proposed(COUNTED_IN_CELLS, "text/html")[0]
    payload = payload_of(COUNTED_IN_CELLS.replace("1M", "1K"), "text/html")
    records = check(source_from_toml(best.text, "board").parse((payload,)))
    assert records.frames[Kind.PRICE].is_empty()
    assert records.refused.height == 2


TWO_TABLES = """<html><table><tr><th>Model</th><th>GPQA</th></tr><tr><td>gpt-5.2</td><td>81</td></tr>
<tr><td>gemini-3</td><td>80</td></tr></table>
<table><tr><th>Model</th><th>Input ($/1M)</th><th>Output ($/1M)</th></tr>
<tr><td>gpt-4o</td><td>$2.50</td><td>$10</td></tr></table></html>"""


@pytest.mark.parametrize(
    ("rows", "columns", "told"),
    [
        (1, "ab", "2 (1 row: a, b)"),
        (1200, "abcde", "2 (1,200 rows: a, b, c, d, e)"),
        (0, "abcdef", "2 (0 rows: a, b, c, d, e, …)"),
    ],
)
def test_a_table_is_told_in_a_line(rows: int, columns: str, told: str) -> None:
    """With its first five columns; three points stand only for what is left out."""
    assert TableFound("2", rows, tuple(columns)).told() == told


def test_of_several_tables_a_person_may_pick_one() -> None:
    """All are named with their columns; only the one that is meant is read."""
    payload = payload_of(TWO_TABLES, "text/html")
    found = Guessed(tuple(proposals(payload, ABOUT)), "", tuple(tables_found(payload)))
    assert [(table.name, table.rows) for table in found.tables] == [("1", 2), ("2", 1)]
    assert found.others(found.proposals[0]) == (
        "there are 2 tables, and 2 is read; --table reads another: 1 (2 rows: Model, GPQA)"
    )
    assert [found.called(said) for said in ("1", "2", "3", "Model")] == ["1", "2", None, None]
    picked = proposals(payload, replace(ABOUT, table="1"))
    assert [(item.kind, item.table) for item in picked] == [(Kind.SCORE, "1")]


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


def _packed() -> dict[str, bytes]:
    """One board in each of the formats that hold other files, or columns of other types."""
    frame = pl.DataFrame(
        {"Model": ["gpt-5.2", "beta"], "results": [{"mmlu": 0.815}, {"mmlu": 0.64}], "tags": [["a"], ["b"]]}
    )
    table = frame.select("Model", pl.col("results").struct.field("mmlu"))
    csv, found = table.write_csv().encode(), {}
    for name, write in (
        ("parquet", frame.write_parquet),
        ("arrow", table.write_ipc),
        ("arrow stream", table.write_ipc_stream),
    ):
        held = io.BytesIO()
        write(held)
        found[name] = held.getvalue()
    files = {
        "README.md": b"# Results",
        "notes.csv": b"a,b\n1,2\n",
        "data/board.csv": csv,
        "x.parquet": b"PAR1",
    }
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive, tarfile.open(fileobj=tarred, mode="w:gz") as other:
        for name, body in files.items():
            archive.writestr(name, body)
            member = tarfile.TarInfo(name)
            member.size = len(body)
            other.addfile(member, io.BytesIO(body))
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE meta (k, v)")
        database.execute("CREATE TABLE board (model, mmlu)")
        database.executemany("INSERT INTO board VALUES (?, ?)", table.rows())
        database.commit()
        found["sqlite"] = database.serialize()
    return found | {"zip": zipped.getvalue(), "tar": tarred.getvalue()}


@pytest.mark.parametrize("form", ["parquet", "arrow", "arrow stream", "zip", "tar", "sqlite"])
def test_a_table_inside_another_file_is_found(form: str) -> None:
    """Whichever member, table or column of a structure holds it, and whatever lies beside it."""
    body = _packed()[form]
    as_of = datetime(2026, 11, 1, tzinfo=UTC)
    payload = Payload("board", ABOUT.url, as_of, sha256(body).hexdigest(), body)
    best = proposals(payload, ABOUT)[0]
    scores = check(source_from_toml(best.text, "board").parse((payload,))).frames[Kind.SCORE]
    assert dict(zip(scores["model_name"], scores["score"], strict=True)) == {"gpt-5.2": 0.815, "beta": 0.64}


def test_a_proposal_shows_the_first_twenty_rows_and_passes_to_another_process() -> None:
    """As plain values, whole."""
    rows = "".join(f"gpt-{at},{at}.5\n" for at in range(1, 31))
    best = proposed(f"Model,Score\n{rows}", "text/csv")[0]
    assert best.columns == ("Model", "Score")
    assert best.rows == tuple((f"gpt-{at}", f"{at}.5") for at in range(1, 21))
    assert (best.taken, best.refused) == (30, 0)
    again = Proposal.from_json(json.loads(json.dumps(best.to_json())))
    assert again == best


def test_rows_that_only_sum_others_up_are_left_out() -> None:
    """By the name of the model that they would have."""
    best = proposed("Model,Score\ngpt-5.2,81\ngemini-3,64\nAverage,72.5\nAll models,72\n", "text/csv")[0]
    assert (best.taken, best.refused) == (2, 0)
    assert 'where = { Model = { not = ["All models", "Average"] } }' in best.text
