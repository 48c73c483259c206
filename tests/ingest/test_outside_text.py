"""Names from outside are plain; addresses are of the web; prose cannot steer a terminal."""

from __future__ import annotations

import polars as pl
import pytest

from ingest.outside_text import REASON
from ingest.records import Kind, Records, check


def checked(**values: str) -> Records:
    """One price with these texts, checked."""
    row = {"model_name": "gpt-5", "provider": "openai", "tier": "standard", "seller": "maker"}
    return check(Records({Kind.PRICE: pl.DataFrame([row | {"input_usd_per_mtok": 1.0} | values])}))


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "gpt</td>",
        "[gpt](https://evil.example)",
        "javascript:alert(1)",
        "gpt\x1b[2J",
        "\u202e5-tpg",
        "gpt\0",
    ],
)
def test_a_name_with_markup_or_control_codes_is_refused(name: str) -> None:
    """It stands in quarantine with the reason."""
    found = checked(model_name=name)
    assert found.frames[Kind.PRICE].is_empty()
    assert found.refused["reason"].to_list() == [REASON]


@pytest.mark.parametrize("name", ["gpt-4 (<32k)", "Qwen 2.5 [7B]", "Ünïcode 模型", "a < b", "=1+1"])
def test_odd_names_that_makers_give_are_names(name: str) -> None:
    """Faces escape what they must."""
    assert checked(model_name=name).frames[Kind.PRICE].height == 1


def test_an_address_that_is_none_of_the_web_is_dropped_and_the_row_stays() -> None:
    """No page ever offers it as a link."""
    for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", 'https://a.example/"onx'):
        assert checked(url=url).frames[Kind.PRICE]["url"].to_list() == [None]
    assert checked(url="https://a.example/x?y=(1)").frames[Kind.PRICE]["url"][0] is not None


def test_prose_keeps_its_words_and_loses_control_codes() -> None:
    """A headline may hold any text, and is escaped where it is shown."""
    row = {"entry_id": "1", "title": "<b>New\x1b[2J\u202e", "kind": "post"}
    found = check(Records({Kind.RELEASE: pl.DataFrame([row])}))
    assert found.frames[Kind.RELEASE]["title"].to_list() == ["<b>New[2J"]
