"""Price history: which changes of a price list are believed, and since when they held."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from ingest.identity.catalogue import load_spellings
from ingest.identity.identify import own_models_only
from ingest.prices.history import NO_MOVES, PriceHistory, price_history

START = datetime(2024, 1, 1, tzinfo=UTC)
NEWEST = START + timedelta(days=300)
SCHEMA: dict[str, Any] = {
    "source_id": pl.String,
    "model_name": pl.String,
    "provider": pl.String,
    "seller": pl.String,
    "valid_on": pl.Date,
    "input_usd_per_mtok": pl.Float64,
    "output_usd_per_mtok": pl.Float64,
    "cached_input_usd_per_mtok": pl.Float64,
    "observed_at": pl.Datetime("us", "UTC"),
    "gone": pl.Boolean,
    "url": pl.String,
    "payload_sha256": pl.String,
    "model_id": pl.String,
    "released_on": pl.Date,
    "seen_before_on": pl.Date,
    "newest_at": pl.Datetime("us", "UTC"),
}


def said(day: int, usd: float | None, *, source: str = "litellm-prices", **more: object) -> dict[str, object]:
    """One statement: so many days after the start, `usd` for input and four times that for output."""
    return {
        "source_id": source,
        "model_name": "m",
        "provider": "maker",
        "seller": "maker" if usd is not None else None,
        "valid_on": None,
        "input_usd_per_mtok": usd,
        "output_usd_per_mtok": None if usd is None else 4 * usd,
        "cached_input_usd_per_mtok": None,
        "observed_at": START + timedelta(days=day),
        "gone": usd is None,
        "url": None,
        "payload_sha256": f"{source}-{day}",
        "model_id": "m",
        "released_on": None,
        "seen_before_on": (START + timedelta(days=day - 30)).date() if day else None,
        "newest_at": NEWEST,
        **more,
    }


def history(*statements: dict[str, object], moves: pl.DataFrame = NO_MOVES) -> PriceHistory:
    """The history that statements give."""
    return price_history(pl.DataFrame(list(statements), schema=SCHEMA), moves)


def believed(result: PriceHistory, source: str = "litellm-prices") -> list[tuple[float | None, int, str]]:
    """(input price, days after the start, basis) of a source's steps in order."""
    steps = result.steps.filter(pl.col("source_id") == source).sort("starts_on")
    return [
        (price, (on - START.date()).days, basis)
        for price, on, basis in steps.select("input_usd_per_mtok", "starts_on", "basis").iter_rows()
    ]


def test_a_step_that_lasts_is_believed_between_its_sightings() -> None:
    """Nothing dates it, so it began after the last sighting of the old price."""
    result = history(said(0, 10.0), said(60, 5.0))
    assert believed(result) == [(10.0, 0, "between sightings"), (5.0, 60, "between sightings")]
    assert result.steps.filter(pl.col("input_usd_per_mtok") == 5.0)["starts_after"].to_list() == [
        date(2024, 1, 31)
    ]


def test_a_short_step_that_nobody_confirms_is_a_correction() -> None:
    """It is told as a doubt with its reason, and the price before and after stays one step."""
    result = history(said(0, 10.0), said(60, 5.0), said(70, 10.0))
    assert believed(result) == [(10.0, 0, "between sightings")]
    assert "less than 30 days" in result.doubts["reason"][0]


def test_a_short_step_that_a_second_source_confirms_is_a_price() -> None:
    """Two who say the same are believed."""
    result = history(said(0, 10.0), said(60, 5.0), said(70, 4.0), said(65, 5.0, source="models-dev"))
    assert [price for price, _, _ in believed(result)] == [10.0, 5.0, 4.0]


def test_of_two_neighbours_ten_times_apart_the_shorter_is_the_slip() -> None:
    """A wrong unit at the beginning, in the middle or at the end falls out alike."""
    for order in ([(0, 3.5), (40, 0.35), (90, 3.5)], [(0, 0.35), (40, 3.5)], [(0, 3.5), (280, 0.35)]):
        result = history(*(said(day, usd) for day, usd in order))
        assert {price for price, _, _ in believed(result)} == {3.5}
        assert "ten times" in result.doubts["reason"][0]


def test_a_jump_that_a_second_source_confirms_is_believed() -> None:
    """Prices do fall tenfold."""
    result = history(said(0, 10.0), said(60, 1.0), said(100, 1.0, source="models-dev"))
    assert [price for price, _, _ in believed(result)] == [10.0, 1.0]


def test_a_price_ten_times_off_what_all_others_say_is_doubted() -> None:
    """Even when it stood for ever: the others are two."""
    others = [said(0, 1.0, source="models-dev"), said(0, 1.1, source="genai-prices")]
    result = history(said(0, 100.0), *others)
    assert believed(result) == []
    assert result.doubts["source_id"].to_list() == ["litellm-prices"]


def test_a_first_listing_soon_after_the_release_is_the_launch_price() -> None:
    """It held from the release on; long after the release nobody knows."""
    soon = history(said(20, 10.0, released_on=date(2024, 1, 5)))
    assert believed(soon) == [(10.0, 4, "launch")]
    late = history(said(20, 10.0, released_on=date(2022, 1, 5)))
    assert believed(late) == [(10.0, 20, "between sightings")]


def test_a_late_first_listing_in_an_old_list_is_no_launch_price() -> None:
    """A list that had time to take the model in and did not, or knew another name of it, dates nothing."""
    other = said(0, 1.0, model_name="other", model_id="other")
    released = {"released_on": date(2024, 1, 5)}
    assert believed(history(other, said(150, 10.0, **released)))[1] == (10.0, 150, "between sightings")
    second_name = said(60, 6.0, model_name="m-again", **released)
    assert believed(history(said(20, 10.0, **released), second_name)) == [
        (10.0, 4, "launch"),
        (6.0, 60, "between sightings"),
    ]


def test_the_first_day_that_a_source_states_is_taken() -> None:
    """Who states a later day saw the price later."""
    stated = [
        said(200, 5.0, source="llm-prices", valid_on=date(2024, 2, 1)),
        said(200, 5.0, source="genai-prices", valid_on=date(2024, 2, 8)),
    ]
    assert believed(history(said(0, 10.0), said(250, 5.0), *stated))[1] == (5.0, 31, "confirmed")


def test_a_moving_name_costs_what_its_version_does_from_the_day_it_moved() -> None:
    """A list that was late with the name is corrected by the day on which the name moved."""
    moves = pl.DataFrame(
        {"model_id": ["m"], "target_id": ["m-2"], "moved_on": [date(2024, 3, 1)]}, schema=NO_MOVES.schema
    )
    version = said(10, 5.0, model_name="m-2", model_id="m-2")
    late = history(said(0, 10.0), said(150, 5.0), version, moves=moves)
    assert (5.0, 60, "moved") in believed(late)
    dearer = history(said(0, 10.0), said(150, 7.0), version, moves=moves)
    assert (7.0, 150, "between sightings") in believed(dearer)


def test_digits_of_a_confirmed_price_with_the_point_shifted_are_a_slip() -> None:
    """However long it stood."""
    result = history(said(0, 1.63), said(40, 0.163), said(200, 1.63, source="models-dev"))
    assert [price for price, _, _ in believed(result)] == [1.63]
    assert "decimal point" in result.doubts["reason"][0]


def test_input_far_above_output_needs_a_second_source() -> None:
    """Output costs more than input, as a rule; input for nothing beside paid output is never believed."""
    odd = {"output_usd_per_mtok": 1.05}
    assert believed(history(said(0, 3.5, **odd))) == []
    assert len(believed(history(said(0, 3.5, **odd), said(0, 3.5, source="models-dev", **odd)))) == 1
    assert believed(history(said(0, 0.0, **odd), said(0, 0.0, source="models-dev", **odd))) == []


def test_a_routers_price_is_not_the_makers() -> None:
    """genai-prices repeats routers' prices under a maker's name; alone with that it speaks of the router."""
    repeated = said(0, 0.3, source="genai-prices")
    router = said(0, 0.3, source="openrouter-models", provider="openrouter", seller="router")
    steps = history(repeated, router).steps
    assert steps.filter(pl.col("source_id") == "genai-prices")["seller"].to_list() == ["router"]
    other = said(0, 0.3, source="models-dev")
    steps = history(repeated, router, other).steps
    assert steps.filter(pl.col("source_id") == "genai-prices")["seller"].to_list() == ["maker"]


def test_who_sells_anothers_model_is_no_maker_of_it() -> None:
    """A host, and a maker with another maker's model, are resellers, whatever the list says of them."""
    sold = [
        ("deepseek", "DeepSeek"),
        ("mistral", "Z.ai"),
        ("groq", "Meta"),
        ("vertex_ai", "Google"),
        ("x", None),
    ]
    stated = pl.DataFrame(
        [said(0, 1.0, provider=provider, model_name=f"m-{provider}") for provider, _ in sold], schema=SCHEMA
    )
    resolved = stated.select("source_id", "model_name").with_columns(
        organization=pl.Series([maker for _, maker in sold])
    )
    corrected = own_models_only(stated, resolved, load_spellings())
    assert corrected["seller"].to_list() == ["maker", "reseller", "reseller", "maker", "maker"]
    assert corrected.columns == stated.columns


def test_a_stated_day_of_the_same_price_dates_a_late_sighting() -> None:
    """A list that was months late is corrected by a source that states the day."""
    stated = said(200, 5.0, source="llm-prices", valid_on=date(2024, 2, 1))
    result = history(said(0, 10.0), said(250, 5.0), stated)
    assert believed(result)[1] == (5.0, 31, "confirmed")


def test_a_vanished_name_is_not_listed_and_not_free() -> None:
    """The last step has no price."""
    result = history(said(0, 10.0), said(100, None))
    assert believed(result)[-1][:2] == (None, 100)
    assert result.steps.sort("starts_on")["listed"].to_list() == [True, False]


def test_announced_prices_of_the_future_do_not_count_yet() -> None:
    """A step that begins after the newest payload is no step."""
    future = said(0, 1.0, valid_on=NEWEST.date() + timedelta(days=5))
    assert believed(history(said(0, 10.0, valid_on=START.date()), future)) == [(10.0, 0, "stated")]


def test_a_stale_listing_gives_way_to_one_that_others_confirm() -> None:
    """A maker's listing ends where another of its listings has the price that two sources confirm."""
    cloud = said(100, 1.25, model_name="cloud/m", provider="vertex_ai")
    others = [said(150, 1.25, source="models-dev"), said(150, 1.25, source="genai-prices")]
    result = history(said(0, 3.5), cloud, *others)
    best = result.steps.filter(pl.col("preference") == pl.col("preference").min()).sort("starts_on", "listed")
    assert best.select("input_usd_per_mtok", "basis").rows() == [
        (3.5, "between sightings"),
        (None, "superseded"),
        (1.25, "between sightings"),
    ]
