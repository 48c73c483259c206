"""The price of a capability: the answer, both rates, who is unpriced, the same model's price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from questions.answer import Answer, Folded, Later, Placed, chart_named, charts_of
from questions.controls import ControlError, read, specs
from questions.price.cheapest import cheapest_way, price_of_ends
from questions.price.question import QUESTION, PriceControls
from questions.price.threshold import capability_of
from questions.scores import scores_of
from store.snapshot import publish
from store.warehouse import open_warehouse
from tests.homes.doubtful_home import GUESSED, fill_doubtful
from tests.homes.growth_home import KNOWN, SCORES, fill_growth, released
from tests.questions.asked import ask, headings, table, view_of, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose prices fall tenfold a year, with a cheap model of unknown release day."""
    folder = tmp_path_factory.mktemp("prices")
    fill_doubtful(folder)
    return folder


@pytest.fixture(scope="module")
def answer(home: Path) -> Answer:
    """The answer with the default controls."""
    return ask(QUESTION, home)


def test_the_first_line_says_price_seller_and_fall(answer: Answer) -> None:
    """The answer names the score, the price on its day and whose, how much it fell, and a year earlier."""
    assert answer.first_line.startswith("On 15 September 2026 GPT-4's GPQA diamond score cost $0.0")
    assert (
        " at the cheapest maker's list price, 2,941 times less than in December 2022; a year "
        in answer.first_line
    )
    assert len(answer.first_line.split()) <= 30
    assert "cheapest maker (3 input : 1 output)" in answer.rests_on
    assert "GPT-4's GPQA level is the score of its first version" in answer.rests_on


def test_a_fall_that_ended_is_told_in_parts(answer: Answer) -> None:
    """Tenfold a year until the newest models, which have no price yet: no rate, a row a stretch."""
    text = words(answer)
    assert (
        "From 1 December 2022 to 15 September 2026 the cheapest maker's price fell by a factor of 2,941"
        in text
    )
    assert "so we quote no single annual rate." in text
    assert (
        "In the twelve months to 15 September 2026 the cheapest maker's price fell by a factor of 4.9" in text
    )
    stretches = ["in all", "before the break", "since the break", "last twelve months"]
    assert table(answer, "price-falls")["stretch"].to_list() == stretches
    assert "Through the tenth percentile of " in text


def test_one_rate_is_told_where_one_line_fits(home: Path) -> None:
    """While every month brought a cheaper model, the rate stands in the first line with its interval."""
    steady = ask(QUESTION, home, "2026-03-31")
    assert steady.first_line.endswith(
        "at a maker's list price: 10 times cheaper a year (90 % interval 9.9 to 10)."
    )
    assert "One line fits it: 10 times cheaper a year (90 % interval 9.9 to 10)." in words(steady)
    assert "the cheapest maker's price fell by a factor of 10, from $0.14 to $0.014." in words(steady)


def test_the_parts_stand_in_order_and_estimates_come_later(answer: Answer) -> None:
    """The steps come first; what is drawn from bootstraps is put off."""
    assert [chart.name for chart in charts_of(answer)] == list(QUESTION.charts)
    assert headings(answer) == [
        "How it fell",
        "For reference: Epoch AI's thresholds",
        "The same model",
    ]
    put_off = [block.charts for block in answer.blocks if isinstance(block, Later)]
    assert put_off == [(), (), ("same-model-price",)]


def test_models_without_a_price_are_listed(answer: Answer) -> None:
    """The five newest models have a score and no price: they are named, neither dropped nor free."""
    folded = next(block for block in answer.blocks if isinstance(block, Folded))
    assert folded.title == "Unpriced: 5 models that reach it without such a price"
    chart = chart_named(answer, "price-of-capability")
    assert chart is not None
    assert chart.footing.note == "Unpriced: 5 models that reach it without such a price"
    newest = [f"model-{len(released()) - place}" for place in range(1, 6)]
    assert set(table(answer, "unpriced")["model_id"]) == set(newest)


def test_epochs_thresholds_are_the_reference(answer: Answer) -> None:
    """The factor of Epoch's own prices stands in the list of reference rates, computed anew."""
    chart = chart_named(answer, "epoch-decline-rates")
    assert chart is not None
    row = chart.rows.filter(pl.col("rate_of") == "MMLU, GPT-4").row(0, named=True)
    assert row["factor_per_year"] == pytest.approx(10.0, rel=0.1)
    assert chart.title.startswith("Of Epoch AI's 1 threshold, with prices of makers and hosts to ")
    assert chart.title.endswith(", 1 have a rate that can be told within a factor of 30")


def test_a_threshold_with_too_few_prices_has_no_rate(home: Path) -> None:
    """Before its fourth price a threshold cannot be told, and is not counted among those that can."""
    chart = chart_named(ask(QUESTION, home, "2024-01-31"), "epoch-decline-rates")
    assert chart is not None
    assert chart.rows["verdict"].to_list() == ["cannot be told: too few prices"]
    assert ", 0 have a rate" in chart.title


def test_the_same_model_keeps_its_price(answer: Answer) -> None:
    """Twelve listings that never changed: all kept their price, median ratio 1."""
    text = words(answer)
    assert "Of 12 listings of makers and hosts that are in every one of 3 versions" in text
    assert "12 kept their price, none rose and none fell: their median price did not change" in text


def test_listings_can_be_followed_from_a_later_version(home: Path) -> None:
    """The version chosen is the first of the basket; the last one cannot begin it."""
    later = ask(QUESTION, home, basket_from="2024-10-01")
    assert "in every one of 2 versions from 1 October 2024" in words(later)
    assert Placed("basket_from") in later.blocks
    chart = chart_named(later, "same-model-price")
    assert chart is not None
    assert chart.footing.n == 12 * 2
    with pytest.raises(ControlError, match="2023-10-01, 2024-10-01"):
        ask(QUESTION, home, basket_from="2025-10-01")


def test_without_two_versions_of_a_price_file_nothing_is_followed(home: Path) -> None:
    """As of a day with one version there is a sentence, and no version to choose."""
    early = ask(QUESTION, home, "2024-01-31")
    assert "Fewer than two dated versions of a price file are known" in words(early)
    assert Placed("basket_from") not in early.blocks
    controls, problems = read(PriceControls, view_of(home, "2024-01-31"), {})
    assert (controls.basket_from, problems) == (None, ())


def test_the_index_can_name_the_threshold(home: Path) -> None:
    """The capability index serves as a measure too, with the level of the named model."""
    answer = ask(QUESTION, home, measure="capability-index")
    assert "GPT-4's capability-index level cost $" in answer.first_line
    chart = chart_named(answer, "price-of-capability")
    assert chart is not None
    assert "GPT-4's level on the capability index" in chart.title


def test_a_model_of_unknown_release_day_sets_no_price(answer: Answer) -> None:
    """Who was only ever seen in a price list is no way to the score, however cheap."""
    chart = chart_named(answer, "price-of-capability")
    assert chart is not None
    assert GUESSED not in chart.rows["model_id"].to_list()
    cheapest = chart.rows["price_usd_per_mtok"].drop_nulls().min()
    assert isinstance(cheapest, float)
    assert cheapest > 0.001


def test_the_steps_are_the_lowest_prices_so_far(answer: Answer, home: Path) -> None:
    """A second reading, row by row: here no model changes its price, so each step is a new minimum."""
    view = view_of(home)
    scores = scores_of(view, "gpqa-diamond").dated
    threshold = scores.filter(pl.col("model_id") == "gpt-4-0314")["value"].item()
    able = set(scores.filter(pl.col("value") >= threshold)["model_id"])
    expected: list[tuple[date, float]] = []
    for row in view.ask("price_steps", on=view.as_of).sort("held_from").iter_rows(named=True):
        price = (3 * row["input_usd_per_mtok"] + row["output_usd_per_mtok"]) / 4
        if row["model_id"] in able and (not expected or price < expected[-1][1]):
            expected.append((row["held_from"], price))
    chart = chart_named(answer, "price-of-capability")
    assert chart is not None
    assert chart.rows["valid_on"].to_list() == [day for day, _ in expected]
    assert chart.rows["price_usd_per_mtok"].to_list() == pytest.approx([price for _, price in expected])


def test_the_price_axis_can_be_linear(home: Path) -> None:
    """The switch changes how the chart is drawn and none of its rows; it is on unless a reader says "
    "otherwise."""
    assert PriceControls().log_price
    linear, log = (
        chart_named(ask(QUESTION, home, log_price=switch), "price-of-capability")
        for switch in ("false", "true")
    )
    assert linear is not None
    assert log is not None
    assert linear.rows.equals(log.rows)
    assert specs(PriceControls)["log_price"].near == "price-of-capability"


def test_hosts_may_sell_it_cheaper(home: Path) -> None:
    """With the cheapest host the answer says whose prices these are."""
    answer = ask(QUESTION, home, seller="cheapest-host")
    assert "cheapest host (3 input : 1 output)" in answer.rests_on


def test_a_past_date_says_how_the_index_is_read(home: Path) -> None:
    """The index of a past day holds today's values of the models released by then: the caveat says so."""
    answer = ask(QUESTION, home, "2025-06-30", measure="capability-index")
    released = "The models released by 30 June 2025, with the values of one fit to all that is known now."
    assert answer.caveat == released


def test_a_score_near_chance_is_warned_of(tmp_path: Path) -> None:
    """A score that guessing nearly reaches says little: the caveat names what guessing reaches."""
    fill_growth(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb", 5.0) as warehouse:
        warehouse.insert("model", pl.DataFrame([_named_model()]))
        warehouse.insert("model_alias", pl.DataFrame([_alias()]))
        warehouse.insert("score", pl.DataFrame([_guessed_score()]))
        publish(warehouse, tmp_path / "snapshots")
    answer = ask(QUESTION, tmp_path, threshold="gpt-3.5")
    assert answer.caveat.startswith("This score is close to what guessing reaches (25")


@pytest.mark.parametrize("as_of", ["2021-05-01", "2022-06-30"])
def test_before_the_first_score_it_says_so(home: Path, as_of: str) -> None:
    """With nothing to buy the answer is a sentence, and the rest of the parts still stands."""
    answer = ask(QUESTION, home, as_of)
    assert answer.first_line == (
        "No data yet: no well-known model has a score on this measure as of this date."
    )
    assert not answer.known
    assert "The same model" in headings(answer)


@pytest.mark.parametrize("measure", ["gpqa-diamond", "capability-index"])
@pytest.mark.parametrize("seller", ["maker", "cheapest-host"])
@pytest.mark.parametrize("as_of", ["", "2025-06-30", "2023-06-30", "2022-12-31"])
def test_first_lines_and_caveats_have_at_most_thirty_words(
    home: Path, measure: str, seller: str, as_of: str
) -> None:
    """Whatever the measure, the seller and the day."""
    answer = ask(QUESTION, home, as_of, measure=measure, seller=seller)
    assert len(answer.first_line.split()) <= 30
    assert len(answer.caveat.split()) <= 30


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ({"measure": "moon"}, "capability-index, gpqa-diamond"),
        ({"threshold": "o1"}, "gpt-4"),
        ({"seller": "nobody"}, "maker, cheapest-host"),
        ({"log_price": "perhaps"}, "true or false"),
    ],
)
def test_a_wrong_control_names_what_is_allowed(home: Path, given: dict[str, str], allowed: str) -> None:
    """What cannot be used is said with what can."""
    with pytest.raises(ControlError, match=allowed):
        ask(QUESTION, home, **given)


def test_older_links_name_their_controls_by_label(home: Path) -> None:
    """The words that addresses had before still choose the same."""
    given = {
        "measure": ["GPQA diamond"],
        "threshold": ["GPT-4"],
        "seller": ["cheapest host"],
        "basket_from": ["2024-10-01"],
    }
    controls, problems = read(PriceControls, view_of(home), given)
    assert problems == ()
    assert controls == PriceControls(
        measure="gpqa-diamond", threshold="gpt-4", seller="cheapest-host", basket_from="2024-10-01"
    )


def _named_model() -> dict[str, object]:
    return {
        "model_id": "gpt-3.5-turbo-0613",
        "title": "GPT-3.5",
        "organization": "OpenAI",
        "kind": "dated",
        "released_on": date(2023, 6, 13),
        "released_precision": "day",
        "released_basis": "change log",
        "open_weights": False,
    }


def _alias() -> dict[str, object]:
    name = "gpt-3.5-turbo-0613"
    return {
        "source_id": SCORES,
        "model_name": name,
        "model_id": name,
        "rule": "exact",
        "kind": "dated",
    }


def _guessed_score() -> dict[str, object]:
    return {
        "source_id": SCORES,
        "payload_sha256": "e" * 64,
        "observed_at": KNOWN,
        "gone": False,
        "model_name": "gpt-3.5-turbo-0613",
        "benchmark_id": "gpqa-diamond",
        "setting": "",
        "score": 0.27,
        "unit": "fraction",
        "stderr": 0.01,
        "reported_by": "independent",
    }


def test_the_price_of_both_ends_of_the_score(home: Path) -> None:
    """As if the score were its lower or its upper end, on the day on which the steps end."""
    view = view_of(home)
    level = capability_of(view, "gpqa-diamond", "gpt-4", "maker")
    assert level is not None
    assert level.spread is not None
    assert level.spread.low < level.threshold < level.spread.high
    way = cheapest_way(view, level)
    assert way.steps.window is not None
    low, high = price_of_ends(view, level, way, way.steps.window.end)
    exact = [
        cheapest_way(view, replace(level, threshold=end)).steps.price_on(way.steps.window.end)
        for end in (level.spread.low, level.spread.high)
    ]
    assert [low, high] == exact
    assert low is not None
    assert high is not None
    assert low <= way.steps.steps["price_usd_per_mtok"][-1] <= high
    assert "The score itself is known only within its error" in words(ask(QUESTION, home))
