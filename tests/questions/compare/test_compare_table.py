"""The models side by side: each cell in words, and what is not known said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from charts.parts.axes import NOT_KNOWN
from questions.compare.compared import Compared
from questions.compare.question import _measured, _measures
from questions.compare.table import about, costed, costs, index_row, scores
from questions.models.tables import Place
from questions.view import KnownBy

SEEN = datetime(2026, 8, 1, tzinfo=UTC)
MODEL: dict[str, Any] = {
    "organization": "Quokka",
    "open_weights": True,
    "released_on": date(2026, 3, 14),
    "released_precision": "day",
    "released_basis": "change log",
}
PRICE: dict[str, Any] = {
    "input_usd_per_mtok": 1.0,
    "output_usd_per_mtok": 5.0,
    "cached_input_usd_per_mtok": None,
    "provider": "groq",
    "held_from": date(2026, 4, 1),
    "held_until": None,
    "price_source_id": "prices",
    "last_confirmed_on": date(2026, 6, 1),
    "for_sources": ["prices", "others"],
}
SPEED: dict[str, Any] = {
    "tokens_per_second": 50.4,
    "slowest": 40.0,
    "fastest": 60.0,
    "hosts": 2,
    "day": date(2026, 7, 1),
    "source_id": "speeds",
}
FACTS: dict[str, Any] = {"context_tokens": 128000, "knowledge_cutoff": "2025-06"}
SCORE = {
    "benchmark_id": pl.String,
    "benchmark": pl.String,
    "model_id": pl.String,
    "score": pl.Float64,
    "unit": pl.String,
    "stderr": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "higher_is_better": pl.Boolean,
    "reported_by": pl.String,
    "source_id": pl.String,
    "observed_at": pl.Datetime("us", "UTC"),
}
RUN = {
    "benchmark_id": pl.String,
    "benchmark": pl.String,
    "model_id": pl.String,
    "score": pl.Float64,
    "cost_usd_per_task": pl.Float64,
    "output_tokens_per_task": pl.Float64,
    "setting": pl.String,
    "source_id": pl.String,
    "observed_at": pl.Datetime("us", "UTC"),
}


def score(model: str, value: float, board: str = "gpqa", **more: Any) -> dict[str, Any]:
    """A headline score."""
    return {
        "benchmark_id": board,
        "benchmark": board.upper(),
        "model_id": model,
        "score": value,
        "unit": "fraction",
        "higher_is_better": True,
        "reported_by": "independent",
        "source_id": "scores",
    } | more


def run(
    model: str, board: str, share: float | None, cost: float, tokens: float | None = None
) -> dict[str, Any]:
    """A run with a measured cost."""
    return {
        "benchmark_id": board,
        "benchmark": board.upper(),
        "model_id": model,
        "score": share,
        "cost_usd_per_task": cost,
        "output_tokens_per_task": tokens,
        "setting": "high" if tokens else None,
        "source_id": "runs",
        "observed_at": SEEN,
    }


def known(names: str = "a", **more: Any) -> Compared:
    """Models by letter, of which all is known that is given: models, places, scores, runs, prices and so "
    "on."""
    given = {"models": {}, "places": {}, "prices": {}, "speeds": {}, "facts": {}} | more
    return Compared(
        names={name: name.upper() for name in names},
        models={name: MODEL | given["models"].get(name, {}) for name in names},
        places=given["places"],
        scores=pl.DataFrame(given.get("scores", []), SCORE),
        runs=pl.DataFrame(given.get("runs", []), RUN),
        prices=given["prices"],
        steps=pl.DataFrame(),
        speeds=given["speeds"],
        facts=given["facts"],
        known_by=KnownBy(SEEN, SEEN.date()),
    )


def column(frame: pl.DataFrame, model: str = "A") -> dict[str, str]:
    """The cells of one model by their measure."""
    return dict(frame.select("measure", model).iter_rows())


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ({}, "14 March 2026"),
        ({"released_basis": "litellm first seen"}, "14 March 2026 at the latest"),
        ({"released_precision": "month"}, "March 2026"),
        ({"released_on": None}, NOT_KNOWN),
    ],
)
def test_the_release_is_as_exact_as_it_is_known(model: dict[str, Any], said: str) -> None:
    """A day on which a list first showed a model is its last possible one."""
    assert column(about(known(models={"a": model})))["released"] == said


def test_who_made_it_and_what_it_takes_in_or_that_it_is_not_known() -> None:
    """Each of maker, weights, context and knowledge."""
    said = column(about(known(facts={"a": FACTS})))
    assert said["maker"] == "Quokka"
    assert said["weights"] == "open"
    assert said["context window, tokens"] == "128,000"
    assert said["knowledge up to"] == "June 2025"
    unknown = {"organization": None, "open_weights": None, "released_on": None}
    nothing = column(about(known(models={"a": unknown}, facts={"a": dict.fromkeys(FACTS)})))
    assert set(nothing.values()) == {NOT_KNOWN}
    assert set(column(about(known(models={"a": unknown}))).values()) == {NOT_KNOWN}
    assert column(about(known(models={"a": {"open_weights": False}})))["weights"] == "closed"


def test_prices_say_who_asks_them_and_since_when() -> None:
    """And until when, where nobody asks them any more: the day before the end is the last."""
    said = column(costs(known("ab", prices={"a": PRICE, "b": PRICE | {"held_until": date(2026, 6, 1)}})))
    assert said["input, per million tokens"] == "$1"
    assert said["output, per million tokens"] == "$5"
    assert said["cached input, per million tokens"] == NOT_KNOWN
    assert said["price set by, since"] == "Groq, 1 April 2026"
    ended = column(costs(known("ab", prices={"b": PRICE | {"held_until": date(2026, 6, 1)}})), "B")
    assert ended["price set by, since"] == "Groq, 1 April 2026, last asked 31 May 2026"
    read = column(costs(known("ab", prices={"a": PRICE | {"last_confirmed_on": date(2026, 10, 26)}})))
    assert read["price last confirmed"] == "26 October 2026"
    assert column(costs(known()))["price last confirmed"] == NOT_KNOWN
    assert column(costs(known()))["price set by, since"] == "no list price known"
    assert column(costs(known()))["input, per million tokens"] == NOT_KNOWN


@pytest.mark.parametrize(
    ("speed", "said"),
    [
        (SPEED, "50 (40 to 60), 2 hosts, 1 July 2026"),
        (SPEED | {"hosts": 1}, "50, 1 host, 1 July 2026"),
        (None, NOT_KNOWN),
    ],
)
def test_a_speed_has_its_hosts_and_their_span(speed: dict[str, Any] | None, said: str) -> None:
    """One host spans nothing."""
    of = {"a": speed} if speed else {}
    assert column(costs(known(speeds=of)))["output tokens per second, median host"] == said


def test_costs_of_runs_stand_where_two_models_have_one() -> None:
    """Per task, per solved task and tokens; what solved nothing has no cost per solved task."""
    both = [run("a", "x", 0.5, 1.0, 1234.0), run("b", "x", 0.0, 2.0), run("a", "alone", 0.5, 9.0)]
    found = costs(known("abc", runs=both))
    assert column(found)["measured cost per task, X"] == "$1"
    assert column(found)["measured cost per solved task, X"] == "$2"
    assert column(found)["output tokens per task, X"] == "1,234"
    assert column(found, "B")["measured cost per solved task, X"] == "solves none"
    assert column(found, "B")["output tokens per task, X"] == NOT_KNOWN
    assert column(found, "C")["measured cost per task, X"] == NOT_KNOWN
    assert column(found, "C")["measured cost per solved task, X"] == NOT_KNOWN
    assert not any("ALONE" in measure for measure in column(found))
    told = [column(found, name)["setting and day seen, X"] for name in "ABC"]
    assert told == ["high; 1 August 2026", "setting not stated; 1 August 2026", NOT_KNOWN]


def test_tokens_that_nobody_counted_have_no_row() -> None:
    """A speed that nobody measured keeps its row, which says so."""
    found = column(costs(known("ab", runs=[run("a", "x", 0.5, 1.0), run("b", "x", 0.5, 2.0)])))
    assert "output tokens per task, X" not in found
    assert found["output tokens per second, median host"] == NOT_KNOWN


def test_every_benchmark_with_two_costs_is_compared() -> None:
    """The first line is a median over all; those that most have come first, of equally many by name."""
    boards = {"w": "ab", "z": "abc", "y": "ab", "x": "ab", "v": "a"}
    runs = [run(model, board, 0.5, 1.0) for board, models in boards.items() for model in models]
    assert list(costed(known("abc", runs=runs))) == [("z", "Z"), ("w", "W"), ("x", "X"), ("y", "Y")]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(106.04, 105.0, 107.06, best=1, worst=4, of=8), "106.0 (105.0 to 107.1), rank 1 to 4 of 8"),
        (Place(106.04, 105.0, 107.06, best=2, worst=2, of=8), "106.0 (105.0 to 107.1), rank 2 of 8"),
        (
            Place(106.0, 106.0, 106.0, best=1, worst=1, of=8),
            "106.0 (fixed: it sets the scale), rank 1 to 1 of 8",
        ),
        (Place(106.0, None, 107.0, best=1, worst=1, of=8), "106.0"),
        (Place(106.0, 105.0, None, best=1, worst=1, of=8), "106.0"),
        (None, NOT_KNOWN),
    ],
    ids=["ranks", "a rank", "fixed", "no lower end", "no upper end", "none"],
)
def test_the_index_has_its_interval_and_ranks(place: Place | None, said: str) -> None:
    """Where both ends are known."""
    of = {"a": place} if place else {}
    assert column(index_row(known(places=of))) == {"capability index": said}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "90.0\u00a0%, better, error unknown"),
        ({"low": 0.88, "high": 0.92}, "90.0\u00a0% (88.0\u00a0% to 92.0\u00a0%), better, error unknown"),
        ({"low": 0.88}, "90.0\u00a0%, better, error unknown"),
        ({"high": 0.92}, "90.0\u00a0%, better, error unknown"),
        ({"reported_by": "vendor"}, "90.0\u00a0%, better, error unknown, by its maker"),
        ({"unit": None, "low": 0.5, "high": 1.2}, "0.9 (0.5 to 1.2), better, error unknown"),
    ],
)
def test_a_score_has_its_interval_or_error_and_whose_word_it_is(more: dict[str, Any], said: str) -> None:
    """Half of an interval is none; without a unit it is points; a lead of unknown error is no first."""
    found = scores(known("ab", scores=[score("a", 0.9, **more), score("b", 0.5)]), shared_only=True)
    assert column(found)["GPQA"] == said


def test_ties_and_levels_are_said() -> None:
    """Who shares the first place, who is within its noise, who is neither, and who was not measured."""
    rows = [score("a", 0.9, stderr=0.02), score("b", 0.88, stderr=0.02), score("c", 0.5, stderr=0.02)]
    found = scores(known("abcd", scores=rows), shared_only=True).row(0)
    assert found == (
        "GPQA",
        "90.0\u00a0%, level",
        "88.0\u00a0%, level",
        "50.0\u00a0%",
        NOT_KNOWN,
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"a": (0.9, 0.01), "b": (0.5, 0.01)}, ("first", "")),
        ({"a": (0.9, 0.01), "b": (0.5, 0.01), "c": (0.2, None)}, ("best, error unknown", "", "")),
        ({"a": (0.9, 0.01), "b": (0.9, 0.01), "c": (0.2, 0.01)}, ("level", "level", "")),
        ({"a": (0.90, 0.02), "b": (0.89, 0.02), "c": (0.2, None)}, ("level", "level", "")),
        ({"a": (0.9, None), "b": (0.9, None)}, ("equal, error unknown", "equal, error unknown")),
        ({"a": (0.9, None), "b": (0.5, None)}, ("better, error unknown", "")),
    ],
)
def test_first_is_only_who_leads_beyond_known_error(
    rows: dict[str, tuple[float, float | None]], said: tuple[str, ...]
) -> None:
    """A lead that may be noise says so, and so do equal scores."""
    given = [score(name, value, stderr=error) for name, (value, error) in rows.items()]
    _, *cells = scores(known("".join(rows), scores=given), shared_only=True).row(0)
    assert tuple(cell.partition("%, ")[2] for cell in cells) == said


@pytest.mark.parametrize(
    ("stated", "said"),
    [("2026-02-16", "16 February 2026"), ("2025-06", "June 2025"), ("", NOT_KNOWN), (None, NOT_KNOWN)],
)
def test_what_a_model_knows_ends_on_a_day_written_as_all_others(stated: str | None, said: str) -> None:
    """Or in a month, where no day is stated."""
    facts = {"a": FACTS | {"knowledge_cutoff": stated}}
    assert column(about(known(facts=facts)))["knowledge up to"] == said


def test_benchmarks_of_several_and_of_one_stand_apart() -> None:
    """The index stands with those of one; that lower is better is said."""
    rows = [
        score("a", 0.9),
        score("b", 0.5),
        score("a", 3.0, "perplexity", higher_is_better=False, unit="nats"),
        score("b", 2.0, "perplexity", higher_is_better=False, unit="nats"),
        score("a", 0.4, "own"),
    ]
    both = known("ab", scores=rows)
    shared, alone = scores(both, shared_only=True), scores(both, shared_only=False)
    assert shared["measure"].to_list() == ["GPQA", "PERPLEXITY, lower is better"]
    assert column(shared, "B")["PERPLEXITY, lower is better"] == "2.0 nats, better, error unknown"
    assert alone["measure"].to_list() == ["capability index", "OWN"]
    assert column(alone)["OWN"] == "40.0\u00a0%"


def test_the_chart_has_a_row_for_each_value_that_is_known() -> None:
    """With its ends and its source; what nobody knows has no row."""
    all_of_it = known(
        "ab",
        places={"a": Place(106.0, 105.0, 107.0, best=1, worst=1, of=8)},
        scores=[score("a", 90.0, "metr-horizon-50-v1.1", unit="minutes", low=60.0, high=150.0)],
        runs=[run("a", "x", 0.5, 1.0), run("b", "x", 0.5, 2.0)],
        prices={"a": PRICE},
        speeds={"a": SPEED},
        facts={"a": FACTS, "b": {"context_tokens": None, "knowledge_cutoff": None}},
    )
    rows = _measured(all_of_it)
    assert rows.filter(model_id="a").select("measure", "value", "low", "high", "source_id").rows() == [
        ("index", 106.0, 105.0, 107.0, "epoch-benchmarks"),
        ("horizon", 90.0, 60.0, 150.0, "scores"),
        ("price", 2.0, None, None, "prices"),
        ("task", 1.0, None, None, "runs"),
        ("speed", 50.4, 40.0, 60.0, "speeds"),
        ("context", 128000.0, None, None, None),
    ]
    assert rows.filter(model_id="b").select("measure", "value").rows() == [("task", 2.0)]
    assert (
        next(one.heading for one in _measures(all_of_it) if one.key == "task") == "Measured cost per task, X"
    )
    assert _measured(replace(all_of_it, runs=all_of_it.runs.clear())).filter(measure="task").is_empty()
