"""Lists of prices, field by field: steps, tiers, sellers, units, and what is no price."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Kind, Records, check
from ingest.source import Payload
from ingest.sources.prices import (
    genai_prices,
    gpu_rent_daily,
    litellm_prices,
    llm_prices,
    model_prices,
    modelpricewatch,
    models_dev,
    openrouter_history,
    openrouter_models,
    openrouter_speed,
)

AT = datetime(2026, 6, 1, tzinfo=UTC)


def payload(said: object, url: str = "https://list.example/prices.json") -> Payload:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Payload("s", url, AT, "0" * 64, body)


def prices(records: Records, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of prices in the order of the source."""
    chosen = columns or ("model_name", "tier", "input_usd_per_mtok", "output_usd_per_mtok")
    return records.frames[Kind.PRICE].select(chosen).rows()


def reasons(records: Records) -> list[str]:
    return records.refused["reason"].to_list()


# --- llm-prices.com ---------------------------------------------------------------------------------------


def llm(model: str, **more: object) -> dict[str, object]:
    return {"id": model, "vendor": "openai", "input": 2, "output": 8, "input_cached": None, **more}


def test_the_current_list_adds_only_models_that_the_history_lacks() -> None:
    """A long prompt's price is an entry of its own, whose name ends so; a day that is none is refused."""
    history = {
        "prices": [
            llm("a", from_date="2026-01-02"),
            llm("a", from_date=None, input=3),
            llm("b-200k", from_date=None, input_cached=0.5),
            llm("c", from_date="soon"),
        ]
    }
    records = llm_prices.parse(
        [payload(history, llm_prices.URLS[0]), payload([llm("a", input=9), llm("d")], llm_prices.URLS[1])]
    )
    columns = ("model_name", "tier", "input_usd_per_mtok", "cached_input_usd_per_mtok", "valid_on")
    assert prices(records, *columns) == [
        ("a", "standard", 2.0, None, date(2026, 1, 2)),
        ("a", "standard", 3.0, None, None),
        ("b-200k", "above-200k", 2.0, 0.5, None),
        ("d", "standard", 2.0, None, None),
    ]
    assert set(records.frames[Kind.PRICE]["seller"]) == {"maker"}
    assert records.frames[Kind.PRICE]["valid_precision"].to_list() == ["day", None, None, None]
    assert reasons(records) == ["the start of the price is not a date"]


@pytest.mark.parametrize(
    ("said", "url", "says"),
    [
        ({"rows": []}, llm_prices.URLS[0], "has no list `prices`"),
        ([{"id": "a", "vendor": "v", "input": 1}], llm_prices.URLS[1], "no entry has 'output'"),
        ([{"id": "a", "vendor": "v", "input": 1, "output": 1}], llm_prices.URLS[0], "'from_date'"),
    ],
)
def test_a_list_of_another_form_is_refused_whole(said: object, url: str, says: str) -> None:
    """Only the history must say since when."""
    with pytest.raises(ParseError, match=says):
        llm_prices.parse([payload(said, url)])


# --- wakamex/model-prices ---------------------------------------------------------------------------------


def snapshot(*steps: Mapping[str, object], tier: str = "standard", **more: object) -> Payload:
    return payload({"prices": {"openai": {"m": {tier: list(steps)}}}, **more})


def step(start: str | None, more: Mapping[str, object] | None = None, **rates: object) -> dict[str, object]:
    return {"start": start, "rates": {"input": 2, "output": 8, **rates}, **(more or {})}


def test_a_step_has_its_rates_by_size_and_its_evidence() -> None:
    """A whole hour is the maker's page, any other moment the commit that recorded it."""
    records = model_prices.parse(
        [
            snapshot(
                step("2026-01-02T10:00:00Z", source="https://maker", cache_read=0.5, cache_write=3),
                step(
                    "2026-02-02T10:07:00Z",
                    {"recorded": {"source": "https://commit"}},
                    source="https://maker",
                    tiers=[{"above": 200_000, "input": 4, "output": 16}],
                ),
                step("2026-03-02", {"recorded": {"source": "https://commit"}}, source=7),
                {"start": "2026-04-02", "rates": None},
                step("soon"),
            )
        ]
    )
    columns = ("tier", "input_usd_per_mtok", "valid_on", "url")
    assert prices(records, *columns) == [
        ("standard", 2.0, date(2026, 1, 2), "https://maker"),
        ("standard", 2.0, date(2026, 2, 2), "https://commit"),
        ("above-200k", 4.0, date(2026, 2, 2), "https://commit"),
        ("standard", 2.0, date(2026, 3, 2), None),
    ]
    row = records.frames[Kind.PRICE].row(0, named=True)
    assert (row["cached_input_usd_per_mtok"], row["cache_write_usd_per_mtok"]) == (0.5, 3.0)
    assert (row["provider"], row["seller"], row["valid_precision"]) == ("openai", "maker", "day")
    assert reasons(records) == ["the start of the step is not a date"]
    batch = model_prices.parse([snapshot(step(None, tiers=[{"above": 128_000, "input": 1}]), tier="batch")])
    assert [row[1] for row in prices(batch)] == ["batch", "above-128k-batch"]


def test_a_price_since_the_launch_has_a_second_row_for_the_day_it_was_noted() -> None:
    """Unless another step begins on that day: there the note was corrected."""
    noted = step(None, valid_from="2026-01-05T00:00:00Z")
    assert prices(model_prices.parse([snapshot(noted)]), "valid_on") == [(None,), (date(2026, 1, 5),)]
    corrected = snapshot(noted, step("2026-01-05T07:00:00Z", input=3))
    assert prices(model_prices.parse([corrected]), "valid_on", "input_usd_per_mtok") == [
        (None, 2.0),
        (date(2026, 1, 5), 3.0),
    ]
    assert prices(
        model_prices.parse([snapshot(step("2026-01-09", valid_from="2026-01-05"))]), "valid_on"
    ) == [(date(2026, 1, 9),)]


def test_a_model_that_is_removed_is_a_notice_without_a_day() -> None:
    """Others, and one without a name, are none."""
    status = {"openai": {"old": "removed", "new": "offered", "": "removed"}, "x": 7}
    records = model_prices.parse([snapshot(step(None), status=status)])
    removed = records.frames[Kind.RELEASE].select("entry_id", "title", "kind", "model_name")
    assert removed.rows() == [("openai:old:removed", "openai no longer offers old", "shutdown", "old")]
    assert model_prices.parse([snapshot(step(None))]).frames[Kind.RELEASE].is_empty()


@pytest.mark.parametrize(
    ("said", "url", "says"),
    [
        ([1], "https://x/latest.json", "is not a snapshot"),
        ({"other": 1}, "https://x/latest.json", "no entry has 'sha256'"),
        ({"other": 1}, "https://x/ab.json", "has no `prices` by maker"),
        (
            {"prices": {"o": {"m": {"standard": [{"rates": {"x": 1}}]}}}},
            "https://x/ab.json",
            "'input', 'output'",
        ),
    ],
)
def test_what_is_no_snapshot_is_refused(said: object, url: str, says: str) -> None:
    """The file that names the snapshot holds nothing itself."""
    with pytest.raises(ParseError, match=says):
        model_prices.parse([payload(said, url)])
    assert model_prices.parse([payload({"sha256": "ab"}, "https://x/latest.json")]).frames == {}


@pytest.mark.parametrize(
    ("said", "url", "found"),
    [
        ({"sha256": "0af9"}, "https://x/latest.json", "0af9.json"),
        ({"sha256": "../x"}, "https://x/latest.json", None),
        ({"sha256": 7}, "https://x/latest.json", None),
        ([], "https://x/latest.json", None),
        ({"sha256": "0af9"}, "https://x/0af9.json", None),
    ],
)
def test_the_pointer_leads_to_a_file_by_its_hash(said: object, url: str, found: str | None) -> None:
    """And to nothing else; the snapshot leads nowhere."""
    urls = model_prices.follow(payload(said, url))
    assert [address.rsplit("/", 1)[1] for address in urls] == ([found] if found else [])


# --- Model Price Watch ------------------------------------------------------------------------------------


def test_a_history_is_its_changes_in_order_of_time() -> None:
    """A day that says the same as the one before says nothing; a price of before that comes back does."""

    def point(day: str, input_price: float, **more: object) -> dict[str, object]:
        return {"date": day, "input_per_mtok": input_price, "output_per_mtok": 8, **more}

    told = {
        "m": {
            "provider": "OpenAI",
            "history": [
                point("2026-01-03", 3, evidence_url="https://e"),
                point("2026-01-01", 2),
                point("2026-01-02", 2),
                point("2026-01-04", 2, cached_input_per_mtok=1),
                point("soon", 9),
            ],
        }
    }
    records = modelpricewatch.parse([payload(told)])
    columns = ("valid_on", "input_usd_per_mtok", "cached_input_usd_per_mtok", "url")
    assert prices(records, *columns) == [
        (date(2026, 1, 1), 2.0, None, "https://modelpricewatch.com"),
        (date(2026, 1, 3), 3.0, None, "https://e"),
        (date(2026, 1, 4), 2.0, 1.0, "https://modelpricewatch.com"),
    ]
    row = records.frames[Kind.PRICE].row(0, named=True)
    assert (row["provider"], row["organization"], row["tier"], row["seller"]) == (
        "openai",
        "OpenAI",
        "standard",
        "maker",
    )
    assert reasons(records) == ["the day of the price is not a date"]
    with pytest.raises(ParseError, match="is not an object of models with a history"):
        modelpricewatch.parse([payload([])])


# --- OpenRouter -------------------------------------------------------------------------------------------


def test_readings_of_a_router_leave_out_what_is_free_or_unknown() -> None:
    """But for the variant that is free by its name; a beta costs what the model costs."""
    told = {
        "snapshots": [
            {
                "date": "2026-01-01",
                "prices": {
                    "a/m": [1, 2],
                    "a/m:beta": [1, 2],
                    "a/m:nitro": [3, 4],
                    "a/m:free": [0, 0],
                    "a/n": [0, 0],
                    "a/o": [0, 2],
                    "a/p": [1, 0],
                },
            },
            {"date": "soon", "prices": {"a/q": [1, 1]}},
        ]
    }
    body = gzip.compress(json.dumps(told).encode())
    records = openrouter_history.parse([payload(body)])
    assert prices(records) == [
        ("a/m", "standard", 1.0, 2.0),
        ("a/m", "standard", 1.0, 2.0),
        ("a/m:nitro", "nitro", 3.0, 4.0),
        ("a/m:free", "free", 0.0, 0.0),
        ("a/o", "standard", 0.0, 2.0),
        ("a/p", "standard", 1.0, 0.0),
    ]
    assert set(records.frames[Kind.PRICE].select("provider", "seller", "valid_on").rows()) == {
        ("openrouter", "router", date(2026, 1, 1))
    }
    assert reasons(records) == ["the day of the reading is not a date"]
    with pytest.raises(ParseError, match="has no list `snapshots`"):
        openrouter_history.parse([payload({"x": 1})])


def model(slug: str, pricing: object, **more: object) -> dict[str, object]:
    return {"id": slug, "pricing": pricing, **more}


PLAIN = {"prompt": "0.000002", "completion": "0.000008"}


def test_prices_of_a_router_have_tiers_by_name_service_and_length() -> None:
    """USD a token as text becomes USD a million; prices of other things are known and left out."""
    listed = [
        model(
            "a/m:free",
            {
                **PLAIN,
                "input_cache_read": "0.0000002",
                "prompt_batches": "0.000001",
                "completion_batches": "0.000004",
                "prompt_1h": "0.1",
                "prompt_audio": "0.1",
                "image": "0.1",
                "overrides": [
                    {"min_prompt_tokens": 200_000, "prompt": "0.000004"},
                    {"hours": "night", "prompt": "0.000001"},
                ],
            },
            name="Maker: M",
        )
    ]
    records = check(openrouter_models.parse([payload({"data": listed})]))
    columns = ("tier", "input_usd_per_mtok", "output_usd_per_mtok", "cached_input_usd_per_mtok")
    assert records.frames[Kind.PRICE].select(columns).rows() == [
        ("free", 2.0, 8.0, 0.2),
        ("batch", 1.0, 4.0, None),
        ("above-200k", 4.0, None, None),
        ("override hours=night", 1.0, None, None),
    ]
    row = records.frames[Kind.PRICE].row(0, named=True)
    assert (row["organization"], row["provider"], row["seller"], row["url"]) == (
        "Maker",
        "openrouter",
        "router",
        "https://openrouter.ai/a/m",
    )
    assert records.refused.is_empty()


def test_routers_are_refused_and_aliases_left_out() -> None:
    """A price below zero, of input or output, stands for a router; a price of none is one."""
    listed = [
        model("a/m", PLAIN),
        model("r/in", {"prompt": "-1", "completion": "0"}),
        model("r/out", {"prompt": "0", "completion": "-1"}),
        model("a/zero", {"prompt": "0", "completion": "0"}),
        model("~a/latest", PLAIN),
    ]
    records = openrouter_models.parse([payload({"data": listed})])
    assert records.frames[Kind.PRICE]["model_name"].to_list() == ["a/m", "a/zero"]
    assert records.frames[Kind.MODEL_FACT]["model_name"].to_list() == ["a/m", "a/zero"]
    assert reasons(records) == ["a router that picks a model per request: it has no price of its own"] * 2


def test_facts_of_a_router_are_what_its_entry_says() -> None:
    """Weights on Hugging Face are open; the lack of a link says nothing, nor does a context of nought."""
    listed = [
        model(
            "a/m",
            PLAIN,
            name="A: M",
            hugging_face_id="a/m-hf",
            supported_parameters=["reasoning"],
            context_length=8192,
            knowledge_cutoff="2025-01",
        ),
        model("a/n", PLAIN, name="N", context_length=0),
    ]
    facts = openrouter_models.parse([payload({"data": listed})]).frames[Kind.MODEL_FACT]
    columns = ("organization", "open_weights", "reasoning", "context_tokens", "knowledge_cutoff", "url")
    assert facts.select(columns).rows() == [
        ("A", True, True, 8192, "2025-01", "https://huggingface.co/a/m-hf"),
        (None, None, False, None, None, "https://openrouter.ai/a/n"),
    ]


@pytest.mark.parametrize(
    ("following", "found"),
    [("/api/v1/models?page=2", ["https://list.example/api/v1/models?page=2"]), ("", []), (7, []), (None, [])],
)
def test_a_further_page_is_followed(following: object, found: list[str]) -> None:
    """Where the list has one."""
    assert list(openrouter_models.follow(payload({"links": {"next": following}}))) == found
    assert list(openrouter_models.follow(payload([1]))) == []


def host(**more: object) -> dict[str, object]:
    return {"provider_name": "Alpha", "pricing": {"prompt": "0.000001", "completion": "0.000002"}, **more}


@pytest.mark.parametrize(
    ("said", "provider", "setting"),
    [
        ({}, "Alpha", ""),
        ({"tag": "alpha/fp8"}, "alpha", "fp8"),
        ({"tag": "alpha/eu", "quantization": "fp8", "variant": "standard"}, "alpha", "fp8, eu"),
        ({"tag": "alpha/fp8", "quantization": "fp8"}, "alpha", "fp8"),
        ({"provider_slug": "beta", "tag": "alpha", "quantization": "unknown"}, "beta", ""),
    ],
)
def test_a_host_is_its_provider_and_how_it_runs_the_model(
    said: dict[str, object], provider: str, setting: str
) -> None:
    """Each word once; the standard variant, and what is not known, say nothing."""
    told = {"data": {"id": "a/m", "endpoints": [host(latency_last_30m={"p50": 500}, **said)]}}
    records = openrouter_speed.parse_endpoints([payload(told)])
    speeds = records.frames[Kind.SPEED].select("provider", "setting", "latency_seconds").rows()
    assert speeds == [(provider, setting, 0.5)]


@pytest.mark.parametrize(
    ("status", "is_measured"),
    [(0, True), (None, True), ("-2", True), (True, True), (-1, False), (-0.5, False)],
)
def test_a_host_is_degraded_where_its_status_is_below_zero(status: object, is_measured: bool) -> None:
    """Only then its speed is not its usual one."""
    told = {"data": {"id": "a/m", "endpoints": [host(throughput_last_30m={"p50": 80}, status=status)]}}
    records = openrouter_speed.parse_endpoints([payload(told)])
    assert bool(records.frames[Kind.SPEED].height) is is_measured
    assert records.refused.height == (not is_measured)


def test_prices_of_hosts_are_by_the_million_tokens() -> None:
    """Of the tier that the model's name says; a figure of speed alone is a measurement, none is not."""
    endpoints = [
        host(throughput_last_30m={"p50": 80}),
        host(latency_last_30m={"p50": None}, throughput_last_30m={}),
        host(),
    ]
    told = {"data": {"id": "a/m:free", "endpoints": endpoints}}
    records = openrouter_speed.parse_endpoints([payload(told)])
    assert prices(records)[0] == ("a/m:free", "free", 1.0, 2.0)
    speeds = records.frames[Kind.SPEED]
    assert speeds.select("output_tokens_per_second", "latency_seconds").rows() == [(80.0, None)]
    for wrong, says in (
        ({"data": {"id": "a/m"}}, "has no list `data.endpoints`"),
        ({"data": {"endpoints": []}}, "does not say which model"),
    ):
        with pytest.raises(ParseError, match=says):
            openrouter_speed.parse_endpoints([payload(wrong)])


@pytest.mark.parametrize(
    ("throughput", "latency", "row"),
    [
        ("88tps", "0.66s", (88.0, 0.66)),
        ("1.2Ktps", "--s", (1200.0, None)),
        ("1,234tps", None, (1234.0, None)),
        ("--tps", "2s", (None, 2.0)),
        ("--tps", "--", None),
    ],
)
def test_scraped_figures_have_units_behind_them(
    throughput: str, latency: str | None, row: tuple[float | None, float | None] | None
) -> None:
    """Thousands too; what is no figure is none."""
    told = [{"model": "a/m", "providers": [{"provider": "p", "throughput": throughput, "latency": latency}]}]
    speeds = openrouter_speed.parse_history([payload(told)]).frames[Kind.SPEED]
    assert speeds.select("output_tokens_per_second", "latency_seconds").rows() == ([row] if row else [])


def test_a_model_of_the_statistics_is_the_one_that_was_asked_for() -> None:
    """Unless the answer names it; milliseconds become seconds."""
    url = "https://openrouter.ai/api/frontend/v1/stats/endpoint?permaslug=a%2Fm&variant=standard"
    hosts = [
        host(stats={"p50_throughput": 80, "p50_latency": 400}),
        host(stats={"p50_throughput": 90}, model={"permaslug": "a/n"}),
    ]
    speeds = openrouter_speed.parse_stats([payload({"data": hosts}, url)]).frames[Kind.SPEED]
    assert speeds.select("model_name", "output_tokens_per_second", "latency_seconds").rows() == [
        ("a/m", 80.0, 0.4),
        ("a/n", 90.0, None),
    ]


# --- genai-prices -----------------------------------------------------------------------------------------


def provider(*models: Mapping[str, object], **more: object) -> list[dict[str, object]]:
    return [{"id": "openai", "pricing_urls": ["https://one", "https://two"], "models": list(models), **more}]


def test_steps_of_a_price_have_days_or_hours_and_sizes() -> None:
    """The first is undated; what is billed otherwise than by the token is no price here."""
    several = [
        {"prices": {"input_mtok": 2, "output_mtok": "8", "cache_read_mtok": 1}},
        {"constraint": {"start_date": "2026-01-02"}, "prices": {"input_mtok": 3}},
        {
            "constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"},
            "prices": {"input_mtok": {"base": 1, "tiers": [{"start": 200_000, "price": 4}]}},
        },
        {"constraint": {"start_date": "soon"}, "prices": {"output_mtok": 9}},
    ]
    records = genai_prices.parse(
        [payload(provider({"id": "m", "prices": several}, {"id": "n", "prices": {"requests_kcount": 5}}))]
    )
    columns = ("model_name", "tier", "input_usd_per_mtok", "output_usd_per_mtok", "valid_on", "url")
    assert prices(records, *columns) == [
        ("m", "standard", 2.0, 8.0, None, "https://one"),
        ("m", "standard", 3.0, None, date(2026, 1, 2), "https://one"),
        ("m", "time 00:30-16:30", 1.0, None, None, "https://one"),
        ("m", "above-200k-time 00:30-16:30", 4.0, None, None, "https://one"),
    ]
    assert reasons(records) == ["the start of the step is not a date"]
    single = provider(
        {"id": "m", "prices": {"output_mtok": 9}}, pricing_urls=None, pricing_url="https://three"
    )
    assert prices(genai_prices.parse([payload({"providers": single})]), "url") == [("https://three",)]
    with pytest.raises(ParseError, match="states no price under input_mtok or output_mtok"):
        genai_prices.parse([payload(provider({"id": "n", "prices": {"requests_kcount": 5}}))])
    with pytest.raises(ParseError, match="is not a list of providers with models"):
        genai_prices.parse([payload([{"id": "x"}])])


def nested(levels: int) -> dict[str, Any]:
    """A rule in as many others."""
    return {"or": [nested(levels - 1)]} if levels else {"equals": "m"}


@pytest.mark.parametrize(
    ("rule", "is_one"),
    [
        ({"equals": "m"}, True),
        ({"or": [{"equals": "m"}, {"regex": "^m"}]}, True),
        ({"or": []}, True),
        ({"regex": "("}, False),
        ({"contains": "("}, True),
        ({"equals": 7}, False),
        ({"or": [{"equals": 7}]}, False),
        ({"and": {"equals": "m"}}, False),
        ({}, False),
        (None, False),
        (nested(19), True),
        (nested(20), False),
    ],
)
def test_a_rule_without_sense_is_left_out(rule: object, is_one: bool) -> None:
    """It must not reach the resolver; twenty levels are deep enough."""
    first, second = (
        {"id": "m", "match": rule, "prices": {}},
        {"id": "n", "match": {"equals": "n"}, "prices": {}},
    )
    nameless = {"match": {"equals": "x"}}
    rules = genai_prices.genai_match_rules(payload(provider(first, second, nameless)))
    assert len(rules) == 1 + is_one


# --- models.dev -------------------------------------------------------------------------------------------


def test_entries_of_makers_come_before_those_of_resellers() -> None:
    """For facts; prices are taken of all, those of long prompts and free ones as tiers."""
    told = {
        "shop": {
            "id": "some-shop",
            "doc": "https://shop",
            "models": {
                "m": {
                    "id": "m",
                    "name": "Shop's",
                    "cost": {"input": 3, "output": 9},
                    "limit": {"context": 7},
                },
                "n-free": {"id": "n-free", "cost": {"input": 0, "output": 0}},
            },
        },
        "openai": {
            "id": "openai",
            "models": {
                "m": {
                    "id": "m",
                    "name": "M",
                    "release_date": "2026-05",
                    "open_weights": False,
                    "reasoning": True,
                    "limit": {"context": 8192},
                    "knowledge": "2025-01",
                    "cost": {
                        "input": 2,
                        "output": 8,
                        "tiers": [
                            {"tier": {"type": "context", "size": 272_000}, "input": 4},
                            {"tier": {"type": "speed", "size": 1}, "input": 5},
                        ],
                        "context_over_200k": {"input": 6},
                    },
                },
                "o": {"id": "o", "cost": {"input": 1, "output": 1, "context_over_200k": {"input": 6}}},
                "p": {"id": "p", "limit": {"context": 0}},
            },
        },
    }
    records = models_dev.parse([payload(told)])
    assert prices(records) == [
        ("m", "standard", 3.0, 9.0),
        ("n-free", "free", 0.0, 0.0),
        ("m", "standard", 2.0, 8.0),
        ("m", "above-272k", 4.0, None),
        ("o", "standard", 1.0, 1.0),
        ("o", "above-200k", 6.0, None),
    ]
    facts = {row["model_name"]: row for row in records.frames[Kind.MODEL_FACT].to_dicts()}
    assert (facts["m"]["display_name"], facts["m"]["context_tokens"]) == ("M", 8192)
    assert (facts["m"]["valid_on"], facts["m"]["valid_precision"]) == (date(2026, 5, 1), "month")
    assert (facts["m"]["open_weights"], facts["m"]["reasoning"], facts["m"]["knowledge_cutoff"]) == (
        False,
        True,
        "2025-01",
    )
    assert facts["p"]["context_tokens"] is None
    assert set(facts) == {"m", "n-free", "o", "p"}
    wrong: object
    for wrong in ([], {}):
        with pytest.raises(ParseError, match="is not an object of providers with models"):
            models_dev.parse([payload(wrong)])


# --- LiteLLM ----------------------------------------------------------------------------------------------


def lite(**entry: object) -> list[tuple[Any, ...]]:
    """The rows of one entry."""
    told = {"m": {"litellm_provider": "openai", "mode": "chat", **entry}}
    return prices(litellm_prices.parse([payload(told)]))


@pytest.mark.parametrize(
    ("entry", "rows"),
    [
        ({"input_cost_per_token": 2e-6, "output_cost_per_token": "8e-6"}, [("standard", 2.0, 8.0)]),
        (
            {"input_cost_per_token": 2e-6, "input_cost_per_token_batches": 1e-6},
            [("standard", 2.0, None), ("batch", 1.0, None)],
        ),
        (
            {"input_cost_per_token": 2e-6, "input_cost_per_token_above_200k_tokens": 4e-6},
            [("standard", 2.0, None), ("above-200k", 4.0, None)],
        ),
        (
            {"output_cost_per_token": 2e-6, "output_cost_per_token_above_200k_tokens_priority": 4e-6},
            [("standard", None, 2.0), ("above-200k-priority", None, 4.0)],
        ),
        (
            {"input_cost_per_token": 2e-6, "cache_read_input_token_cost_flex": 1e-6},
            [("standard", 2.0, None)],
        ),
        (
            {"input_cost_per_token": True, "output_cost_per_token": 8e-6},
            [("standard", None, 8.0)],
        ),
        (
            {
                "tiered_pricing": [
                    {"range": [0, 32000], "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6},
                    {"range": ["32000", 128000], "input_cost_per_token": 3e-6},
                    {"range": [], "input_cost_per_token": 9e-6},
                    7,
                ]
            },
            [("standard", 1.0, 2.0), ("above-32k", 3.0, None)],
        ),
    ],
)
def test_fields_of_an_entry_are_tiers(
    entry: dict[str, object], rows: list[tuple[str, float | None, float | None]]
) -> None:
    """By service, by length of the prompt, or both; a tier without input and output is none."""
    assert [row[1:] for row in lite(**entry)] == rows


def test_only_what_sells_text_is_taken_and_fine_tuned_models_apart() -> None:
    """Entries of other modes, and the one that documents the others, are left out."""
    entry = {"litellm_provider": "openai", "input_cost_per_token": 2e-6, "output_cost_per_token": 8e-6}
    told = {
        "sample_spec": {**entry, "mode": "chat"},
        "m": {**entry, "mode": "chat", "source": "https://maker"},
        "ft:n": {**entry, "mode": "completion", "source": ["x"]},
        "o": entry,
        "image": {**entry, "mode": "image_generation"},
    }
    records = litellm_prices.parse([payload(told)])
    assert prices(records, "model_name", "tier", "url") == [
        ("m", "standard", "https://maker"),
        ("ft:n", "fine-tuned-standard", None),
        ("o", "standard", None),
    ]
    with pytest.raises(ParseError, match="is not an object of models"):
        litellm_prices.parse([payload([])])


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2025, 12, 1), date(2026, 2, 1), ["2025-12-01", "2026-01-01", "2026-02-01"]),
        (date(2025, 12, 2), date(2026, 1, 31), ["2026-01-01"]),
        (date(2026, 1, 2), date(2026, 1, 31), []),
    ],
)
def test_a_version_for_each_first_day_of_a_month(since: date, until: date, months: list[str]) -> None:
    """The newest commit before it, the two before that stand ready; of one commit only one version."""
    asked: list[str] = []

    def read(url: str) -> bytes:
        asked.append(url)
        number = len(asked)
        commits = [
            {"sha": f"c{number}{at}", "commit": {"committer": {"date": f"2025-11-0{3 - at}T02:00:00+02:00"}}}
            for at in range(3)
        ]
        return json.dumps(commits).encode()

    versions = list(litellm_prices.history(read, since, until))
    assert [url.partition("until=")[2][:10] for url in asked] == months
    assert all("per_page=3" in url for url in asked)
    assert [version.address.split("/")[-2] for version in versions] == [
        f"c{number}0" for number in range(1, len(months) + 1)
    ]
    for version in versions:
        assert version.as_of == datetime(2025, 11, 3, tzinfo=UTC)
        assert len(version.older) == 2

    def first_again(_: str) -> bytes:
        asked.clear()
        return read("u")

    same = list(litellm_prices.history(first_again, since, until))
    assert len(same) == bool(months)


# --- GPUs -------------------------------------------------------------------------------------------------


def test_the_rent_of_a_day_is_the_median_of_each_providers_lowest_offer() -> None:
    """On demand; the lowest and highest are its bounds, and what is no offer is told."""
    offers = [
        {"provider": "a", "gpu": "H100 SXM", "usd_hr": 2, "kind": "on-demand"},
        {"provider": "a", "gpu": "H100 SXM", "usd_hr": 9, "kind": "on-demand"},
        {"provider": "b", "gpu": "H100 SXM", "usd_hr": 4.0, "kind": "secure"},
        {"provider": "c", "gpu": "H100 SXM", "usd_hr": 3, "kind": "on-demand"},
        {"provider": "d", "gpu": "H100 SXM", "usd_hr": 1, "kind": "spot"},
        {"provider": "d", "gpu": "H100 SXM", "usd_hr": 0, "kind": "on-demand"},
        {"provider": "d", "gpu": "H100 SXM", "usd_hr": True, "kind": "on-demand"},
        {"provider": "d", "gpu": "", "usd_hr": 1, "kind": "on-demand"},
        {"provider": "", "gpu": "H100 SXM", "usd_hr": 1, "kind": "on-demand"},
    ]
    records = check(gpu_rent_daily.parse([payload({"date": "2026-05-04", "offers": offers})]))
    points = records.frames[Kind.SERIES_POINT]
    columns = ("series_id", "valid_on", "valid_precision", "value", "low", "high", "note")
    assert points.select(columns).rows() == [
        ("gpu-rent-daily-h100-sxm", date(2026, 5, 4), "day", 3.0, 2.0, 4.0, "3 providers")
    ]
    assert records.refused.filter(pl.col("reason") == "an offer without provider, GPU or price").height == 4
    wrong: object
    for wrong in ([], {"offers": []}, {"date": "2026-05-04", "offers": {}}):
        with pytest.raises(ParseError, match="holds no list `offers` with its `date`"):
            gpu_rent_daily.parse([payload(wrong)])
