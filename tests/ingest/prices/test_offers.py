"""Whose price it is: maker, cloud, host or router, by a reviewed table, whatever a list says."""

from __future__ import annotations

import polars as pl
import pytest

from ingest.identity.catalogue import load_spellings
from ingest.prices.offers import with_sellers_told
from tests.ingest.prices.said import SCHEMA, said


def sellers(*statements: dict[str, object], made_by: str = "Z.ai") -> pl.DataFrame:
    stated = pl.DataFrame(statements, schema=SCHEMA, orient="row").drop("is_own")
    makers = pl.DataFrame({"model_id": ["m"], "made_by": [made_by]})
    return with_sellers_told(stated, makers, load_spellings())


@pytest.mark.parametrize(
    ("provider", "maker", "kind"),
    [
        ("zai", "Z.ai", "maker"),
        ("z.ai", "Z.ai", "maker"),
        ("mistral", "Z.ai", "host"),
        ("groq", "Z.ai", "host"),
        ("azure", "OpenAI", "cloud"),
        ("bedrock_converse", "Anthropic", "cloud"),
        ("google-vertex-anthropic", "Anthropic", "cloud"),
        ("openrouter", "Z.ai", "router"),
        ("huggingface_novita", "Z.ai", "router"),
    ],
)
@pytest.mark.parametrize("word", ["maker", "reseller"])
def test_the_kind_of_a_seller_is_not_what_a_list_says(
    provider: str, maker: str, kind: str, word: str
) -> None:
    """A maker who sells another maker's model is a host of it; a cloud is one under each of its spellings."""
    told = sellers(said(0, 1.0, provider=provider, seller=word), made_by=maker)
    assert told["seller"].item() == kind
    assert told["is_own"].item() == (kind == "maker")


@pytest.mark.parametrize(("word", "kind"), [("maker", "maker"), ("reseller", "host")])
def test_of_a_seller_that_nobody_knows_the_list_is_believed(word: str, kind: str) -> None:
    """New makers come every month; they are reviewed later."""
    assert sellers(said(0, 1.0, provider="a-new-shop", seller=word))["seller"].item() == kind


def test_a_makers_own_cloud_is_a_cloud_and_its_own() -> None:
    """Vertex AI sells Gemini by its own units and dates: not the list price, but no host's either."""
    told = sellers(said(0, 1.0, provider="vertex_ai", model_name="gemini-9-pro"), made_by="Google")
    assert told.select("seller", "is_own").row(0) == ("cloud", True)


@pytest.mark.parametrize("row", [{"provider": "arena"}, {"provider": "hosts", "seller": "shown"}])
def test_a_price_that_is_only_shown_is_no_offer(row: dict[str, str]) -> None:
    """Nobody can buy at Arena."""
    assert sellers(said(0, 1.0, **row)).is_empty()


def test_a_price_without_a_seller_is_of_the_seller_that_the_list_names_later() -> None:
    """The tables of 2023 named none."""
    told = sellers(
        said(0, 1.0, provider="unknown", seller="reseller"),
        said(30, None, provider="unknown"),
        said(30, 1.0, provider="zai"),
    )
    assert told.select("provider", "seller").unique().rows() == [("zai", "maker")]


def test_a_single_region_does_not_speak_where_the_list_has_a_plain_name() -> None:
    """A region costs more; alone it is heard."""
    plain, region = (
        said(0, usd, provider="azure", model_name=name)
        for name, usd in (("azure/m", 1.0), ("azure/eu/m", 1.1))
    )
    assert sellers(plain, region)["model_name"].to_list() == ["azure/m"]
    assert sellers(region)["model_name"].to_list() == ["azure/eu/m"]


def test_meta_sells_no_llama() -> None:
    """A list that names its price has it from a host; of other models of Meta the list is believed."""
    told = [
        sellers(said(0, 1.0, provider="meta", model_name=name), made_by="Meta").height
        for name in ("llama-3.3-70b", "muse-spark-1.2")
    ]
    assert told == [0, 1]
