"""OpenRouter, llm-prices, genai-prices, models.dev, Model Price Watch: steps, tiers, free offers."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Kind, Records, check
from ingest.source import Payload
from ingest.sources.prices.genai_prices import genai_match_rules
from ingest.sources.prices.llm_prices import SOURCE as LLM_PRICES
from ingest.sources.prices.model_prices import follow as snapshot_of
from ingest.sources.prices.modelpricewatch import SOURCE as MODELPRICEWATCH
from ingest.sources.prices.openrouter_models import follow
from tests.ingest.sources.conftest import SOURCES, MakePayload, TakeIn


def prices(records: Records, name: str) -> list[dict[str, object]]:
    frame = records.frames[Kind.PRICE]
    return frame.filter(pl.col("model_name") == name).to_dicts()


def test_a_router_has_no_price(take_in: TakeIn) -> None:
    """-1 is refused, not a price."""
    refused = take_in("openrouter-models", Path("models.json")).refused
    assert refused["reason"].to_list() == [
        "a router that picks a model per request: it has no price of its own"
    ]


def test_aliases_of_openrouter_are_left_out(take_in: TakeIn) -> None:
    """`~maker/x-latest` repeats another entry."""
    names = take_in("openrouter-models", Path("models.json")).frames[Kind.PRICE]["model_name"]
    assert not names.str.starts_with("~").any()


def test_a_free_variant_is_a_free_tier(take_in: TakeIn) -> None:
    """':free' is a promotion beside the paid model, never its price."""
    records = take_in("openrouter-models", Path("models.json"))
    assert [row["tier"] for row in prices(records, "betalab/beta-70b:free")] == ["free"]
    assert [row["input_usd_per_mtok"] for row in prices(records, "betalab/beta-70b")] == [0.12]


def test_long_prompts_on_openrouter_are_a_tier(take_in: TakeIn) -> None:
    """An override by prompt length stands beside the standard price."""
    records = take_in("openrouter-models", Path("models.json"))
    asked = {row["tier"]: row["input_usd_per_mtok"] for row in prices(records, "alphalab/alpha-2")}
    assert asked == {"standard": 2.5, "above-200k": 5.0}


def test_the_day_of_listing_is_not_a_release_date(take_in: TakeIn) -> None:
    """`created` says when OpenRouter listed a model, so facts bear no date."""
    facts = take_in("openrouter-models", Path("models.json")).frames[Kind.MODEL_FACT]
    assert facts["valid_on"].null_count() == facts.height
    assert dict(facts.select("model_name", "open_weights").iter_rows())["betalab/beta-70b"] is True


def test_further_pages_are_followed(make_payload: MakePayload) -> None:
    """`links.next` leads to the next page; a list without links has none."""
    page = make_payload("openrouter-models", Path("models.json"))
    assert follow(page) == ("https://openrouter.ai/api/v1/models?offset=5",)
    assert follow(make_payload("openrouter-models", '{"data": []}')) == ()


def test_the_current_list_only_adds_what_the_history_lacks(make_payload: MakePayload) -> None:
    """A current price with no date would contradict the dated steps; an unknown model is added."""
    both = [make_payload("llm-prices", Path(url.rsplit("/", 1)[-1]), url) for url in LLM_PRICES.urls]
    records = check(LLM_PRICES.parse(both))
    assert [
        (row["valid_on"] and str(row["valid_on"]), row["output_usd_per_mtok"])
        for row in prices(records, "alpha-2")
    ] == [
        (None, 10.0),
        ("2025-02-08", 8.0),
    ]
    assert len(prices(records, "beta-1")) == 1
    assert [row["tier"] for row in prices(records, "alpha-2-200k")] == ["above-200k"]


def test_dated_steps_of_genai_prices_keep_their_dates(take_in: TakeIn) -> None:
    """The first step is undated, later ones start on their day, even in the future."""
    steps = prices(take_in("genai-prices", Path("v2.json")), "alpha-1")
    assert [str(step["valid_on"]) for step in steps] == ["None", "2025-06-10", "2099-01-01"]


def test_prices_by_prompt_length_and_time_of_day_are_tiers(take_in: TakeIn) -> None:
    """Neither mixes into the standard price."""
    records = take_in("genai-prices", Path("v2.json"))
    assert {row["tier"] for row in prices(records, "alpha-long")} == {"standard", "above-200k"}
    assert {row["tier"] for row in prices(records, "deepseek-chat")} == {"standard", "time 00:30-16:30"}


def test_match_rules_of_both_forms_are_read(make_payload: MakePayload) -> None:
    """Each model of each provider brings its rule, under the model's own name."""
    for form in ("v1.json", "v2.json"):
        rules = genai_match_rules(make_payload("genai-prices", Path(form)))
        assert "alpha-1" in {rule.target for rule in rules}


def test_a_month_is_not_its_first_day(take_in: TakeIn) -> None:
    """models.dev's YYYY-MM is a date with the precision of a month."""
    facts = take_in("models-dev", Path("api.json")).frames[Kind.MODEL_FACT]
    row = facts.filter(pl.col("model_name") == "alpha-open").row(0, named=True)
    assert (str(row["valid_on"]), row["valid_precision"]) == ("2025-08-01", "month")


def test_the_makers_entry_describes_a_model(take_in: TakeIn) -> None:
    """Where several providers list a model, its facts come from its maker."""
    facts = take_in("models-dev", Path("api.json")).frames[Kind.MODEL_FACT]
    row = facts.filter(pl.col("model_name") == "alpha-4").row(0, named=True)
    assert (row["display_name"], str(row["valid_on"])) == ("Alpha 4", "2024-05-13")


def test_no_cost_is_no_price_and_a_plan_is_refused(take_in: TakeIn) -> None:
    """An entry without cost gives no row; a subscription's zero goes to quarantine."""
    records = take_in("models-dev", Path("api.json"))
    assert prices(records, "alpha-open") == []
    assert "qwen-coder" in records.refused["row"][0]


def test_the_stated_size_of_a_long_prompt_wins(take_in: TakeIn) -> None:
    """`tiers` names 272k; the older `context_over_200k` of the same entry is not taken twice."""
    records = take_in("models-dev", Path("api.json"))
    tiers = {(row["provider"], row["tier"]) for row in prices(records, "alpha-4")}
    assert tiers == {
        ("openai", "standard"),
        ("openai", "above-272k"),
        ("openrouter", "standard"),
        ("openrouter", "above-200k"),
    }


def test_daily_points_become_steps_in_order_of_date(take_in: TakeIn) -> None:
    """Days that repeat a price are dropped, wherever they stand in the list."""
    steps = prices(take_in("modelpricewatch", Path("price-history.json")), "alphalab-alpha-2")
    assert [(str(step["valid_on"]), step["input_usd_per_mtok"]) for step in steps] == [
        ("2026-06-24", 4.0),
        ("2026-06-25", 3.0),
    ]


def test_timelines_skip_times_without_an_offer(take_in: TakeIn, make_payload: MakePayload) -> None:
    """Steps keep day and tier, a step without rates gives no row, the small file names the snapshot."""
    steps = prices(take_in("model-prices", Path("snapshot.json"), "https://example.org/0f3a.json"), "alpha-4")
    assert {(step["tier"], str(step["valid_on"]), step["input_usd_per_mtok"]) for step in steps} == {
        ("standard", "None", 10.0),
        ("standard", "2025-06-11", 30.0),
        ("above-256k", "2025-06-11", 60.0),
        ("batch", "None", 5.0),
    }
    assert snapshot_of(make_payload("model-prices", Path("latest.json"))) == (
        "https://raw.githubusercontent.com/wakamex/model-prices/data/v1/0f3a.json",
    )


def test_a_price_watched_bears_its_evidence_or_the_list_itself() -> None:
    """Where a point names the page that states the price, that page is its address."""
    point = {"input_per_mtok": 3.0, "output_per_mtok": 15.0, "cached_input_per_mtok": None}
    history = [
        point | {"date": "2026-06-25", "evidence_url": "https://alphalab.example/prices"},
        point | {"date": "2026-06-26", "input_per_mtok": 2.0},
    ]
    body = json.dumps({"alpha-2": {"provider": "AlphaLab", "history": history}}).encode()
    at = datetime(2026, 7, 1, tzinfo=UTC)
    watched = Payload("modelpricewatch", "https://modelpricewatch.com/x", at, "0" * 64, body)
    frame = check(MODELPRICEWATCH.parse([watched])).frames[Kind.PRICE].sort("valid_on")
    assert frame["url"].to_list() == ["https://alphalab.example/prices", "https://modelpricewatch.com"]


def test_the_first_note_of_a_price_stands_beside_since_launch(make_payload: MakePayload) -> None:
    """Undated since launch, and the day of the commit that first noted it."""
    steps = _timeline(
        make_payload,
        {"start": None, "rates": _rates(1.0, "2026-07-09T17:59:06Z")},
        {"start": "2026-07-30T00:00:00Z", "rates": _rates(0.2, "2026-07-30T00:00:00Z")},
    )
    assert [(str(step["valid_on"]), step["input_usd_per_mtok"]) for step in steps] == [
        ("None", 1.0),
        ("2026-07-09", 1.0),
        ("2026-07-30", 0.2),
    ]


@pytest.mark.parametrize(
    ("start", "link"),
    [
        ("2026-07-30T00:00:00Z", "https://maker.example/changelog"),
        ("2026-08-16T16:00:00Z", "https://maker.example/changelog"),
        ("2026-07-31T02:49:19Z", "https://github.com/sst/models.dev/commit/1"),
    ],
)
def test_a_moment_is_somebodys_commit_whatever_page_stands_beside_it(
    make_payload: MakePayload, start: str, link: str
) -> None:
    """Only a whole hour is a start that the page names."""
    noted = {"input": 1.0, "output": 2.0, "source": "https://github.com/sst/models.dev/commit/1"}
    rates = {"input": 0.2, "output": 1.2, "source": "https://maker.example/changelog"}
    (step,) = _timeline(make_payload, {"start": start, "rates": rates, "recorded": noted})
    assert step["url"] == link


def _rates(usd: float, noted: str) -> dict[str, object]:
    return {"input": usd, "output": 6 * usd, "source": "https://example.org", "valid_from": noted}


def _timeline(make_payload: MakePayload, *steps: dict[str, object]) -> list[dict[str, object]]:
    data = {"prices": {"openai": {"alpha-9": {"standard": list(steps)}}}}
    payload = make_payload("model-prices", json.dumps(data), "https://example.org/0f3a.json")
    return prices(check(SOURCES["model-prices"].parse((payload,))), "alpha-9")


def test_each_reading_of_a_router_is_dated(take_in: TakeIn) -> None:
    """One row a day on which the list was read, with no link: the day is no start."""
    read = prices(take_in("openrouter-history", Path("history.json.gz")), "betalab/beta-70b")
    assert [(str(row["valid_on"]), row["input_usd_per_mtok"], row["url"]) for row in read] == [
        ("2025-11-04", 0.4, None),
        ("2025-12-06", 0.4, None),
    ]


def test_zero_of_a_router_is_not_a_price_and_variants_are_tiers(take_in: TakeIn) -> None:
    """Free is marked; `:beta` costs what the model costs; any other variant is a tier of its own."""
    rows = take_in("openrouter-history", Path("history.json.gz")).frames[Kind.PRICE]
    assert sorted(rows.select("model_name", "tier").unique().rows()) == [
        ("alphalab/alpha-2", "standard"),
        ("alphalab/alpha-2:extended", "extended"),
        ("betalab/beta-70b", "standard"),
        ("betalab/beta-70b:free", "free"),
    ]


def test_a_payload_that_the_server_has_unpacked_is_read_too(make_payload: MakePayload) -> None:
    """With a Content-Encoding the gzip file arrives as plain JSON."""
    packed = make_payload("openrouter-history", Path("history.json.gz"))
    plain = make_payload("openrouter-history", gzip.decompress(packed.body))
    parse = SOURCES["openrouter-history"].parse
    assert parse((plain,)).frames[Kind.PRICE].equals(parse((packed,)).frames[Kind.PRICE])


@pytest.mark.parametrize("cut", [2, 30, -4])
def test_a_damaged_gzip_file_is_an_error_in_words(make_payload: MakePayload, cut: int) -> None:
    """A download that broke off is not a short list."""
    body = make_payload("openrouter-history", Path("history.json.gz")).body
    with pytest.raises(ParseError, match="gzip"):
        SOURCES["openrouter-history"].parse((make_payload("openrouter-history", body[:cut]),))
