"""What a comparison says: who scores higher, who costs more, what is level and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from questions.compare.compared import Compared
from questions.compare.words import (
    cost_note,
    first_line,
    missing,
    of_disputes,
    of_noise,
    rests_on,
    title_of_measures,
    title_of_prices,
    untold,
)
from questions.models.tables import Place
from questions.view import KnownBy

TITLES = {"a": "Alpha", "b": "Beta", "c": "Gamma"}
SCORES = {"benchmark_id": pl.String, "model_id": pl.String, "score": pl.Float64, "stderr": pl.Float64}
RUNS = {
    "benchmark_id": pl.String,
    "model_id": pl.String,
    "score": pl.Float64,
    "cost_usd_per_task": pl.Float64,
}


def known(
    models: str,
    scores: dict[str, dict[str, float]],
    prices: dict[str, float],
    runs: list[tuple[str, str, float, float]] | None = None,
) -> Compared:
    """Models by letter; scores by benchmark and model; list prices; runs (board, model, score, cost)."""
    rows = [(board, model, score, 0.01) for board, of in scores.items() for model, score in of.items()]
    return Compared(
        names={model: TITLES[model] for model in models},
        models={},
        places={},
        scores=pl.DataFrame(rows, SCORES, orient="row").with_columns(
            higher_is_better=pl.lit(value=True), observed_at=pl.lit(datetime(2026, 8, 1, tzinfo=UTC))
        ),
        runs=pl.DataFrame(runs or [], RUNS, orient="row"),
        prices={
            model: {"input_usd_per_mtok": usd, "output_usd_per_mtok": usd} for model, usd in prices.items()
        },
        steps=pl.DataFrame(),
        speeds={},
        facts={},
        known_by=KnownBy(datetime(2026, 8, 1, tzinfo=UTC), date(2026, 8, 1)),
    )


TWO = {"gpqa": {"a": 0.9, "b": 0.8}, "aime": {"a": 0.7, "b": 0.6}, "math": {"a": 0.5, "b": 0.5}}


@pytest.mark.parametrize(
    ("alpha", "beta", "cost"),
    [
        (2.0, 1.0, "it costs 2 times as much by list price"),
        (1.0, 2.5, "Beta costs 2.5 times as much by list price"),
        (19.0, 2.0, "it costs 9.5 times as much by list price"),
        (1.0, 1.09, "they cost about the same by list price"),
        (1.09, 1.0, "they cost about the same by list price"),
        (1.1, 1.0, "it costs 1.1 times as much by list price"),
        (1.0, 1.11, "Beta costs 1.1 times as much by list price"),
        (20.0, 1.0, "it costs 20 times as much by list price"),
        (9.49, 1.0, "it costs 9.5 times as much by list price"),
    ],
)
def test_the_dearer_of_two_is_named_unless_they_cost_about_the_same(
    alpha: float, beta: float, cost: str
) -> None:
    """Within a tenth either way they cost about the same; whichever is named first."""
    for models in ("ab", "ba"):
        said = first_line(known(models, TWO, {"a": alpha, "b": beta}), None)
        assert said == f"Alpha beats Beta on 2 of 3 benchmarks, ties on 1; {cost}."


@pytest.mark.parametrize(
    ("prices", "lacking"),
    [({"a": 1.0}, "Beta"), ({"b": 1.0}, "Alpha"), ({}, "Alpha")],
)
def test_who_has_no_list_price_is_named(prices: dict[str, float], lacking: str) -> None:
    """No cost is made up for the other."""
    assert first_line(known("ab", TWO, prices), None).endswith(f"; {lacking} has no list price.")


def test_what_a_solved_task_costs_goes_before_the_list_price() -> None:
    """The median over the boards that measured both; what solved nothing has no cost per solved task."""
    runs = [
        ("x", "a", 0.5, 1.0),
        ("x", "b", 0.5, 0.5),
        ("y", "a", 0.25, 1.0),
        ("y", "b", 0.5, 0.5),
        ("z", "a", 0.1, 1.0),
        ("z", "b", 0.8, 1.0),
        ("w", "a", 0.0, 1.0),
        ("w", "b", 0.5, 9.0),
        ("v", "a", 0.5, 1.0),
    ]
    both = known("ab", TWO, {"a": 1.0, "b": 9.0}, runs)
    assert first_line(both, None).endswith("; it costs 4 times as much per solved task.")
    assert cost_note(both) == "That cost, at the runs' prices, is the median of 3 boards, 2 to 8 times."
    assert cost_note(known("ab", TWO, {}, runs[:2])) == ""
    assert cost_note(known("abc", TWO, {}, runs)) == ""


def test_boards_that_differ_in_who_is_dearer_show_it() -> None:
    """The spread is that of the model that the first line calls dearer, below one where it is cheaper."""
    runs = [("x", "a", 0.5, 1.0), ("x", "b", 0.5, 2.0), ("y", "a", 0.5, 1.0), ("y", "b", 0.5, 8.0)]
    runs += [("z", "a", 0.5, 2.0), ("z", "b", 0.5, 1.0)]
    both = known("ab", TWO, {}, runs)
    assert first_line(both, None).endswith("; Beta costs 2 times as much per solved task.")
    assert cost_note(both) == "That cost, at the runs' prices, is the median of 3 boards, 0.5 to 8 times."


@pytest.mark.parametrize("models", ["ab", "ba"])
def test_wins_losses_and_ties_are_all_told(models: str) -> None:
    """However long the names: the day is left out before them, and stands in what it rests on."""
    scores = TWO | {"swe": {"a": 0.3, "b": 0.4}}
    both = replace(known(models, scores, {"a": 2.0, "b": 1.0}), names={"a": "A " * 9 + "A", "b": "Beta"})
    assert first_line(both, date(2026, 8, 1)) == (
        f"{'A ' * 9}A beats Beta on 2 of 4 benchmarks, loses on 1, ties on 1; data to 1 August 2026."
    )
    assert "8 headline scores up to 1 August 2026" in rests_on(both, date(2026, 8, 1))


def test_two_without_a_common_benchmark_say_so() -> None:
    """And still what they cost."""
    apart = known("ab", {"gpqa": {"a": 0.9}, "aime": {"b": 0.6}}, {"a": 2.0, "b": 1.0})
    assert first_line(apart, date(2026, 8, 1)) == (
        "Alpha and Beta share no benchmark; Alpha costs 2 times as much by list price; data to 1 August 2026."
    )


THREE = {"gpqa": {"a": 0.9, "b": 0.8}, "aime": {"a": 0.6, "b": 0.8, "c": 0.7}, "math": {"b": 0.5, "c": 0.4}}


@pytest.mark.parametrize(
    ("scores", "prices", "said"),
    [
        (
            THREE,
            {"a": 3.0, "b": 2.0, "c": 2.5},
            "Beta is first of 3 on 2 of 3 benchmarks; Beta is cheapest, $2 per million tokens.",
        ),
        (THREE, {}, "Beta is first of 3 on 2 of 3 benchmarks; none has a list price."),
        (
            {"gpqa": {"a": 0.9}},
            {"c": 1.0},
            "These 3 models share no benchmark; Gamma is cheapest, $1 per million tokens.",
        ),
        (
            {"gpqa": {"a": 0.9, "b": 0.9}, "aime": {"a": 0.5, "c": 0.4}},
            {"c": 1.0},
            "Alpha is first of 3 on 1 of 2 benchmarks, 1 tied at the top; Gamma is cheapest, $1 per million "
            "tokens.",
        ),
    ],
)
def test_of_several_who_leads_on_most_and_who_asks_least(
    scores: dict[str, dict[str, float]], prices: dict[str, float], said: str
) -> None:
    """A shared first place is a tie; a benchmark that only one has counts for none."""
    assert first_line(known("abc", scores, prices), None) == said


def test_what_is_missing_is_told_of_each() -> None:
    """Nothing where all is known."""
    place = Place(100.0, 99.0, 101.0, 1, 1, 2)
    full = replace(
        known("ab", TWO, {"a": 1.0, "b": 1.0}), places={"a": place, "b": place}, speeds={"a": {}, "b": {}}
    )
    assert missing(full) == ""
    assert missing(replace(full, speeds={"a": {}})) == "**Missing.** Beta has no measured speed."
    assert missing(replace(full, places={}, prices={"a": {}}, speeds={"b": {}})) == (
        "**Missing.** Alpha has no place in the index or measured speed; "
        "Beta has no place in the index or list price."
    )


def test_models_that_lack_the_same_are_told_together() -> None:
    """A model without a place on ours has its value on Epoch's, so that nobody looks for it in vain."""
    place = Place(100.0, 99.0, 101.0, 1, 1, 2)
    some = replace(known("abc", THREE, {"a": 1.0, "b": 1.0, "c": 1.0}), places={"a": place, "b": place})
    assert missing(replace(some, published={"c": 160.92})) == (
        "**Missing.** Alpha and Beta have no measured speed; Gamma has no place in the index (160.9 on "
        "Epoch's index) or measured speed."
    )


def test_a_price_that_nobody_asks_any_more_is_told_in_the_past() -> None:
    """The cheapest of three may be sold no longer."""
    found = known("abc", {}, {"a": 1.0, "b": 2.0, "c": 3.0})
    found = replace(
        found, prices={**found.prices, "a": {**found.prices["a"], "held_until": date(2026, 1, 1)}}
    )
    assert title_of_measures(found) == "Alpha was cheapest when last asked, $1 per million tokens"


@pytest.mark.parametrize(
    ("hosted", "said"),
    [("", "by list price"), ("a", "by price, one of them a host's"), ("ab", "by hosts' prices")],
)
def test_a_hosts_price_is_not_told_as_the_makers(hosted: str, said: str) -> None:
    """It stands in where no maker's is known."""
    found = known("ab", {}, {"a": 2.0, "b": 1.0})
    sellers = {name: "host" if name in hosted else "maker" for name in "ab"}
    prices = {name: {**price, "seller": sellers[name]} for name, price in found.prices.items()}
    assert first_line(replace(found, prices=prices), None).endswith(f"Alpha costs 2 times as much {said}.")


def test_tokens_of_pictures_are_not_compared_with_those_of_text() -> None:
    """Both have a price per token; neither is the cheaper."""
    unlike = known("ab", {}, {"a": 1.0, "b": 2.0})
    names = {"gpt-image-1": "Pictures", "gpt-5": "Text"}
    prices = dict(zip(names, unlike.prices.values(), strict=True))
    found = replace(unlike, names=names, prices=prices)
    assert first_line(found, None) == (
        "Pictures and Text share no benchmark; tokens of text and of pictures or sounds have no common price."
    )
    assert title_of_measures(found) == "Pictures, Text side by side"


def test_wins_beyond_error_do_not_hide_that_the_other_leads_elsewhere() -> None:
    """Two wins and four losses without a known error are both in the first line; two losses are not."""
    losses = {name: {"a": 0.1, "b": 0.2} for name in ("p", "q", "r", "s")}
    scores = TWO | losses
    found = without_errors(known("ab", scores, {}), *losses)
    assert first_line(found, None).startswith(
        "Alpha beats Beta on 2 of 3 benchmarks with known errors, ties on 1 but trails on 4 of 4 more;"
    )
    few = without_errors(known("ab", TWO | {name: losses[name] for name in "pq"}, {}), "p", "q")
    assert "trails" not in first_line(few, None)


def test_what_it_rests_on_is_counted() -> None:
    """Scores, those that two or more share, prices and runs; and the newest day."""
    some = known("abc", THREE | {"own": {"a": 0.1}}, {"a": 1.0}, [("x", "a", 0.5, 1.0)])
    assert rests_on(some, date(2026, 8, 1)) == (
        "8 headline scores up to 1 August 2026, 3 benchmarks shared by several; 1 list price; "
        "1 run of measured cost."
    )
    assert "up to" not in rests_on(some, None)


@pytest.mark.parametrize(
    ("places", "prices", "said"),
    [
        ({"a": (150, 148, 152), "b": (140, 138, 142)}, {}, "Alpha stands highest on the index"),
        ({"a": (150, 148, 152), "b": (147, 145, 149)}, {}, "Alpha stands highest on the index"),
        ({"a": (150, 148, 152), "b": (148, 146, 150)}, {}, "Alpha and Beta cannot be told apart at the top"),
        ({"a": (150, None, None), "b": (147, 145, 149)}, {}, "Alpha stands highest on the index"),
        ({"b": (150, 149, 151), "a": (147, None, None)}, {}, "Beta stands highest on the index"),
        ({"a": (150, 148, 152)}, {}, "Alpha, Beta side by side"),
        ({}, {"a": 3.0}, "Alpha, Beta side by side"),
        ({}, {"a": 3.0, "b": 1.0}, "Beta is cheaper, $1 per million tokens"),
        ({}, {"a": 1.0, "b": 1.0}, "Alpha and Beta ask the same, $1 per million tokens"),
        (
            {"a": (150, 148, 152), "b": (140, 138, 142)},
            {"a": 3.0, "b": 1.0},
            "Alpha stands highest on the index; Beta is cheaper, $1 per million tokens",
        ),
    ],
)
def test_the_chart_of_measures_says_who_stands_highest_and_who_asks_least(
    places: dict[str, tuple[float, float | None, float | None]], prices: dict[str, float], said: str
) -> None:
    """As far as two of them are known; who is level lies within the error of the difference."""
    found = {name: Place(value, low, high, 1, 2, 9) for name, (value, low, high) in places.items()}
    assert title_of_measures(replace(known("ab", {}, prices), places=found)) == said


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        ({"Alpha": [2.0, 1.0]}, "List prices: Alpha from $2 to $1"),
        (
            {"Alpha": [2.0, 1.0, None], "Beta": [3.0, 3.0]},
            "List prices: Alpha from $2 to $1; Beta $3 throughout",
        ),
        (
            {"A": [1.0], "B": [1.0, 2.0], "C": [1.0], "D": [None]},
            "List prices: A $1 throughout; B from $1 to $2; C $1 throughout",
        ),
        (
            {"A": [1.0], "B": [1.0, 2.0], "C": [1.0], "D": [2.0]},
            "1 of 4 list prices changed from first to last",
        ),
    ],
)
def test_the_chart_of_prices_says_what_became_of_them(
    prices: dict[str, list[float | None]], said: str
) -> None:
    """One by one for a few models, counted for more; what is not known is no price."""
    rows = [(name, price) for name, of in prices.items() for price in of]
    steps = pl.DataFrame(rows, {"title": pl.String, "price_usd_per_mtok": pl.Float64}, orient="row")
    assert title_of_prices(steps) == said


@pytest.mark.parametrize(
    ("silent", "said"),
    [
        ((), ""),
        (("gpqa",), "On 1 of 3 shared benchmarks no error is known, {}: Alpha scores higher on 1 there."),
        (
            ("gpqa", "aime", "math"),
            "On 3 of 3 shared benchmarks no error is known, {}: Alpha scores higher on 2 and equal on 1 "
            "there.",
        ),
    ],
)
def test_where_no_error_is_known_who_scored_higher_is_told_apart(silent: tuple[str, ...], said: str) -> None:
    """With the number of such benchmarks, and that the difference may be noise."""
    found = without_errors(known("ab", TWO, {}), *silent)
    assert of_noise(found) == said.format("so that a difference may be noise")


def without_errors(found: Compared, *boards: str) -> Compared:
    """The same where the error of Alpha's score is not known on some benchmarks."""
    silent = pl.col("benchmark_id").is_in(list(boards)) & (pl.col("model_id") == "a")
    return replace(found, scores=found.scores.with_columns(stderr=pl.when(~silent).then("stderr")))


@pytest.mark.parametrize(
    ("silent", "line", "note"),
    [
        ((), "Alpha beats Beta on 2 of 3 benchmarks, ties on 1;", ""),
        (
            ("gpqa",),
            "Alpha beats Beta on 1 of 2 benchmarks with known errors, ties on 1;",
            "On 1 more no error is known: higher on 1.",
        ),
        (
            ("gpqa", "math"),
            "Alpha beats Beta on 1 of 1 benchmark with a known error;",
            "On 2 more no error is known: higher on 1 and equal on 1.",
        ),
        (
            ("gpqa", "aime", "math"),
            "Alpha scores higher than Beta on 2 of 3 benchmarks, equal on 1, none with a known error;",
            "",
        ),
    ],
)
def test_a_difference_that_may_be_noise_is_no_win(silent: tuple[str, ...], line: str, note: str) -> None:
    """The first line counts wins beyond known error; the second, what is told without one."""
    found = without_errors(known("ab", TWO, {}), *silent)
    assert first_line(found, None).startswith(line)
    assert untold(found) == note


@pytest.mark.parametrize(
    ("silent", "line", "note"),
    [
        (
            ("gpqa",),
            "Beta is first of 3 on 2 of 2 benchmarks with known errors;",
            "On 1 more no error is known.",
        ),
        (("gpqa", "aime"), "Beta is first of 3 on 1 of 1 benchmark with a known error;", "On 2 more no"),
        ((), "Beta is first of 3 on 2 of 3 benchmarks;", ""),
    ],
)
def test_of_several_a_lead_that_may_be_noise_is_no_first_place(
    silent: tuple[str, ...], line: str, note: str
) -> None:
    """Only benchmarks on which all errors are known count."""
    found = without_errors(known("abc", THREE, {}), *silent)
    assert first_line(found, None).startswith(line)
    assert untold(found).startswith(note)


def test_where_nobody_is_first_beyond_error_nobody_is_named() -> None:
    """Nor where no error is known: then the highest score is called so."""
    near = known("abc", {"gpqa": {"a": 0.81, "b": 0.80}, "aime": {"b": 0.7, "c": 0.7}}, {})
    assert first_line(near, None).startswith(
        "None of these 3 is first beyond known error on any of 2 benchmarks;"
    )
    silent = replace(near, scores=near.scores.with_columns(stderr=pl.lit(None, pl.Float64)))
    assert first_line(silent, None).startswith(
        "Alpha scores highest of 3 on 1 of 2 benchmarks, without known errors;"
    )


def test_a_benchmark_of_one_alone_is_not_shared() -> None:
    """Its error does not matter to the comparison."""
    found = known("ab", {"gpqa": {"a": 0.9, "b": 0.8}, "alone": {"a": 0.5}}, {})
    scores = found.scores.with_columns(stderr=pl.when(pl.col("benchmark_id") != "alone").then("stderr"))
    assert of_noise(replace(found, scores=scores)) == ""


@pytest.mark.parametrize(
    ("against", "said"),
    [
        ([None, []], "**Disputed prices.** No list says otherwise of any of these steps."),
        ([["B, too", "A"], []], "**Disputed prices.** X, 1 of 2 steps, by A; and B, too."),
        ([["A"], ["A"]], "**Disputed prices.** X, 2 of 2 steps, by A."),
    ],
    ids=["none", "by two lists", "twice by one"],
)
def test_it_is_said_which_prices_are_disputed(against: list[list[str] | None], said: str) -> None:
    """By steps with a price: that nobody asks one any more is disputed by nobody."""
    rows = {
        "title": ["X", "X", "X"],
        "price_usd_per_mtok": [1.0, 2.0, None],
        "against_sources": [*against, ["A"]],
    }
    types = {"against_sources": pl.List(pl.String)}
    assert of_disputes(pl.DataFrame(rows, schema_overrides=types)) == said
