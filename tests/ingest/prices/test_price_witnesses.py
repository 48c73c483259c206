"""How far a list is trusted, and which lists repeat one another."""

from __future__ import annotations

import polars as pl
import pytest

from ingest.prices.witnesses import LEAST_WEIGHT, MOST_WEIGHT, Tally, clusters, found_copies
from tests.ingest.prices.said import said, steps, told

READ = list(range(0, 300, 30))


def listed(by: str, usd: float, names: int, first: int = 0) -> list[dict[str, object]]:
    """A list with so many models at one price."""
    return [said(0, usd, by=by, model_id=f"m{at}", model_name=f"m{at}") for at in range(first, first + names)]


def test_a_list_that_is_often_wrong_weighs_less() -> None:
    """Its share right is what a person reads in the table."""
    right = [row for by in ("b", "c") for row in listed(by, 1.0, 20)]
    wrong = [*listed("a", 3.0, 10), *listed("a", 1.0, 10, 10)]
    table = told(*right, *wrong, read=dict.fromkeys("abc", READ)).witnesses
    share = dict(table.select("source_id", "share_right").iter_rows())
    weight = dict(table.select("source_id", "weight").iter_rows())
    assert share == pytest.approx({"a": 0.5, "b": 1.0, "c": 1.0})
    assert weight["a"] < weight["b"] == weight["c"]


def test_a_list_is_judged_only_by_others() -> None:
    """What it says alone is neither right nor wrong."""
    table = told(*listed("a", 1.0, 5), read={"a": READ}).witnesses
    assert table.select("days_judged", "share_right").row(0) == (0, None)


def test_lists_are_judged_apart_on_each_kind_of_seller() -> None:
    """One that knows makers well may know routers badly."""
    rows = [said(0, 1.0, by=by) for by in "ab"]
    rows += [said(0, 2.0, by="a", provider="openrouter", seller="router", is_own=False)]
    table = told(*rows).witnesses
    assert sorted(table.filter(source_id="a")["seller"]) == ["maker", "router"]


def test_lag_is_the_days_after_the_first_day_of_a_price() -> None:
    """The median over the changes that it brought at last."""
    early = [said(0, 1.0, by="b"), said(30, 0.5, by="b"), said(0, 1.0, by="c"), said(31, 0.5, by="c")]
    late = [said(0, 1.0, by="a"), said(90, 0.5, by="a")]
    table = told(*early, *late, read={by: [120] for by in "abc"}).witnesses
    assert dict(table.select("source_id", "median_lag_days").iter_rows()) == {"a": 60.0, "b": 0.0, "c": 1.0}


@pytest.mark.parametrize(("right", "judged"), [(0, 10**6), (10**6, 10**6), (0, 0)])
def test_weights_have_bounds(right: int, judged: int) -> None:
    """No list is dismissed, none believed alone against all others."""
    assert LEAST_WEIGHT <= Tally(days_right=right, days_judged=judged).weight <= MOST_WEIGHT


def test_shared_slips_betray_a_copy() -> None:
    """Prices that never were have no reason to stand in two lists; the one with fewer of its own repeats."""
    shared = {("m", number) for number in range(10)}
    tallies = {
        ("original", "maker"): Tally(slips={*shared, ("n", 1), ("n", 2)}),
        ("copy", "maker"): Tally(slips=set(shared)),
        ("other", "maker"): Tally(slips={("m", 1), *(("o", number) for number in range(9))}),
    }
    assert found_copies(tallies) == {"copy": ["original"]}


def test_a_few_shared_slips_betray_nobody() -> None:
    """Chance, or the same error on a maker's page."""
    assert found_copies({("a", "maker"): Tally(slips={1, 2}), ("b", "maker"): Tally(slips={1, 2, 3})}) == {}


def test_declared_and_found_copies_count_as_one() -> None:
    """Whoever is tied by copying, also through a third."""
    assert clusters(["a", "b", "c", "d"], [{"b": ["a"]}, {"c": ["b"], "x": ["d"]}]) == {
        "a": "a",
        "b": "a",
        "c": "a",
        "d": "d",
    }


def test_a_declared_copy_does_not_outvote_a_list() -> None:
    """Two against one, but the two are one: the list that came first with the price stays."""
    rows = [said(0, 1.0, by="z"), *(said(30, 3.0, by=by) for by in ("b", "c"))]
    read = {by: [60] for by in "zbc"}
    about = [{"source_id": "c", "homepage": None, "urls": ["c"], "copies": ["b"], "dates_readings": False}]
    apart, tied = told(*rows, read=read), told(*rows, read=read, lists=about)
    assert [price for price, *_ in steps(apart)] == [1.0, 3.0]
    assert [price for price, *_ in steps(tied)] == [1.0]


def test_the_table_names_what_it_found() -> None:
    """Copies that are declared stand beside those that are found."""
    about = [{"source_id": "b", "homepage": None, "urls": ["b"], "copies": ["a"], "dates_readings": False}]
    table = told(said(0, 1.0, by="a"), said(0, 1.0, by="b"), lists=about).witnesses
    assert table.filter(source_id="b").select("copies", "found_copies").row(0) == (["a"], [])
    assert table.schema["weight"] == pl.Float64
