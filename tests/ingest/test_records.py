"""What a row of each kind may say: every bound holds at its edge, and a refusal says which one was broken."""

from __future__ import annotations

import math
from datetime import date
from typing import Any, Final

import polars as pl
import pytest

from ingest.records import CONTRADICTS, KEYS, SCHEMAS, Kind, Records, check, complaint, merge

ROWS: Final[dict[Kind, dict[str, Any]]] = {
    Kind.SCORE: {
        "model_name": "m",
        "benchmark_id": "b",
        "setting": "",
        "score": 0.5,
        "unit": "fraction",
        "reported_by": "independent",
    },
    Kind.PRICE: {
        "model_name": "m",
        "provider": "p",
        "tier": "standard",
        "input_usd_per_mtok": 1.0,
        "output_usd_per_mtok": 4.0,
        "seller": "maker",
    },
    Kind.SPEED: {"model_name": "m", "provider": "p", "setting": "", "latency_seconds": 0.2},
    Kind.RELEASE: {"entry_id": "e", "title": "t", "kind": "post"},
    Kind.MODEL_FACT: {"model_name": "m"},
    Kind.BENCHMARK: {"benchmark_id": "b", "title": "t", "unit": "points", "higher_is_better": True},
    Kind.SERIES: {"series_id": "s", "title": "t", "topic": "money", "unit": "USD"},
    Kind.SERIES_POINT: {
        "series_id": "s",
        "value": 1.0,
        "valid_on": date(2026, 1, 1),
        "valid_precision": "day",
    },
    Kind.EVENT: {"event_id": "e", "title": "t", "topic": "launch"},
    Kind.USAGE: {"model_name": "m"},
}
"""By kind a row that says as little as it may."""

ABOVE_ZERO: Final = {
    Kind.SCORE: (
        "cost_usd",
        "cost_usd_per_task",
        "seconds_per_task",
        "output_tokens_per_task",
        "input_tokens_per_task",
    ),
    Kind.SPEED: ("output_tokens_per_second", "latency_seconds"),
    Kind.MODEL_FACT: ("training_compute_flop", "training_cost_usd", "parameters", "training_tokens"),
}
FROM_ZERO: Final = {
    Kind.SCORE: ("stderr",),
    Kind.PRICE: ("cached_input_usd_per_mtok", "cache_write_usd_per_mtok"),
    Kind.USAGE: ("tokens", "share"),
}
CLOCKS: Final = (Kind.SCORE, Kind.PRICE, Kind.SPEED, Kind.RELEASE, Kind.USAGE)


def reasons(kind: Kind, *rows: dict[str, Any]) -> list[str]:
    """Why rows, each in the place of what it says of the least one, are refused."""
    said = [ROWS[kind] | row for row in rows]
    frame = pl.DataFrame(said, infer_schema_length=None, strict=False)
    checked = check(Records({kind: frame}))
    assert checked.frames[kind].height + checked.refused.height == len(rows)
    return checked.refused["reason"].to_list()


@pytest.mark.parametrize("kind", Kind)
def test_a_row_needs_what_its_kind_cannot_do_without_and_nothing_else(kind: Kind) -> None:
    """What is left out is null; of what is needed, each missing field is named."""
    assert reasons(kind, {}) == []
    needed = {name for name, column in SCHEMAS[kind].columns().items() if not column.nullable}
    dated = {"valid_on", "valid_precision"} if kind is Kind.SERIES_POINT else set()
    either = {"input_usd_per_mtok", "output_usd_per_mtok", "latency_seconds"}
    assert ROWS[kind].keys() - either - dated == needed
    for name in needed:
        (reason,) = reasons(kind, {name: None})
        assert f"{name} is missing" in reason
    assert set(KEYS[kind]) <= SCHEMAS[kind].columns().keys()


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in ABOVE_ZERO.items() for name in names]
)
def test_what_was_spent_or_measured_is_above_zero(kind: Kind, name: str) -> None:
    """A zero there means that nobody knows."""
    assert reasons(kind, {name: 1e-9}) == []
    for wrong in (0.0, -1.0):
        assert reasons(kind, {name: wrong}) == [f"{name} is zero or negative"]
    assert reasons(kind, {name: math.inf}) == [f"{name} is infinite"]
    assert reasons(kind, {name: math.nan}) == [f"{name} is not a number"]


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in FROM_ZERO.items() for name in names]
)
def test_what_may_be_nothing_is_not_less(kind: Kind, name: str) -> None:
    """A share is at most the whole."""
    assert reasons(kind, {name: 0.0}) == reasons(kind, {name: 1.0}) == []
    assert reasons(kind, {name: -1e-9}) == [f"{name} is below its least value"]
    if name == "share":
        assert reasons(kind, {name: 1.0001}) == ["share is above its greatest value"]


def test_what_is_counted_is_counted_in_whole_numbers() -> None:
    """Trials may be none; tasks, ranks and a context of nothing are no figures."""
    assert reasons(Kind.SCORE, {"trials": 0}) == []
    assert reasons(Kind.SCORE, {"trials": -1}) == ["trials is below its least value"]
    for kind, name in ((Kind.BENCHMARK, "tasks"), (Kind.USAGE, "rank"), (Kind.MODEL_FACT, "context_tokens")):
        assert reasons(kind, {name: 1}) == []
        assert reasons(kind, {name: 0}) == [f"{name} is zero or negative"]


@pytest.mark.parametrize(
    ("input_usd", "output_usd", "tier", "says"),
    [
        (1500.0, 1500.0, "standard", ""),
        (1500.1, 1500.0, "standard", "above 1,500 USD"),
        (None, 1500.1, "standard", "above 1,500 USD"),
        (0.0005, None, "standard", ""),
        (0.0001, 0.0005, "standard", ""),
        (0.0004, None, "standard", "below 0.0005 USD"),
        (0.0004, 0.0004, "free", "below 0.0005 USD"),
        (10.0, 1.0, "standard", ""),
        (10.1, 1.0, "standard", "more than ten times output"),
        (3.0, None, "standard", ""),
        (None, 3.0, "standard", ""),
        (3.0, 0.0, "standard", ""),
        (0.0, 3.0, "standard", ""),
        (0.0, 0.0, "free", ""),
        (0.0, 0.0, "standard", "not marked as a free offer"),
        (0.0, None, "standard", "not marked as a free offer"),
        (None, 0.0, "standard", "not marked as a free offer"),
        (None, None, "standard", "no price of input or output"),
        (None, None, "free", "no price of input or output"),
        (-1.0, 1.0, "standard", "input_usd_per_mtok is below its least value"),
        (1.0, -1.0, "standard", "output_usd_per_mtok is below its least value"),
    ],
)
def test_a_price_is_one_that_somebody_could_ask(
    input_usd: float | None, output_usd: float | None, tier: str, says: str
) -> None:
    """Between bounds beyond which its unit is wrong; nothing only where it is free, or the other is not."""
    row = {"input_usd_per_mtok": input_usd, "output_usd_per_mtok": output_usd, "tier": tier}
    found = reasons(Kind.PRICE, row)
    assert len(found) == bool(says)
    assert says in "".join(found)


def test_a_fraction_lies_between_0_and_1() -> None:
    """Of another unit any finite figure will do."""
    assert reasons(Kind.SCORE, {"score": 0.0}, {"score": 1.0, "setting": "x"}) == []
    assert reasons(Kind.SCORE, *({"score": value, "unit": "points"} for value in (-5.0, 1500.0))) == [
        CONTRADICTS
    ]
    for wrong in (-0.01, 1.01):
        (reason,) = reasons(Kind.SCORE, {"score": wrong})
        assert "no fraction from 0 to 1" in reason
    for wrong in (math.inf, math.nan):
        (reason,) = reasons(Kind.SCORE, {"score": wrong, "unit": "points"})
        assert "score is" in reason


@pytest.mark.parametrize(
    ("scores", "taken"), [((0.9, 0.8, 12.0), 2), ((0.9, 12.0), 0), ((0.9, 12.0, 14.0), 0)]
)
def test_where_half_of_a_benchmark_is_above_1_none_of_it_is_taken(
    scores: tuple[float, ...], taken: int
) -> None:
    """Its unit has become percent, and the smallest figures would pass as fractions; others are taken."""
    rows = [{"score": score, "model_name": f"m{at}"} for at, score in enumerate(scores)]
    other = {"benchmark_id": "other", "score": 0.9}
    assert len(reasons(Kind.SCORE, *rows, other)) == len(scores) - taken


def test_an_interval_is_in_order() -> None:
    """One end may lack, and both may be the same."""
    for low, high in ((0.1, 0.9), (0.5, 0.5), (None, 0.1), (0.9, None)):
        assert reasons(Kind.SCORE, {"low": low, "high": high}) == []
    assert reasons(Kind.SCORE, {"low": 0.6, "high": 0.5}) == ["the lower bound is above the upper one"]


@pytest.mark.parametrize("kind", [kind for kind in Kind if "valid_on" in SCHEMAS[kind].columns()])
def test_a_day_is_one_that_somebody_means(kind: Kind) -> None:
    """From 1800 to 2100, with its precision; what programs date is not of the zero of clocks."""

    def said(day: date | None, precision: str | None = "day") -> str:
        return "; ".join(reasons(kind, {"valid_on": day, "valid_precision": precision}))

    for day in (date(1800, 1, 1), date(1970, 1, 2), date(2100, 12, 31)):
        assert said(day) == ""
    for day in (date(1799, 12, 31), date(2101, 1, 1)):
        assert "before 1800 or after 2100" in said(day)
    assert ("which clocks say" in said(date(1970, 1, 1))) is (kind in CLOCKS)
    assert "a date needs its precision" in said(date(2026, 1, 1), None)
    assert "a date needs its precision" in said(None, "day")
    assert "may be day, month, quarter, year" in said(date(2026, 1, 1), "decade")
    assert ("no date" in said(None, None)) is (kind is Kind.SERIES_POINT)


@pytest.mark.parametrize(
    ("kind", "name", "longest"),
    [(Kind.RELEASE, "title", 500), (Kind.RELEASE, "excerpt", 300), (Kind.EVENT, "title", 500)],
)
def test_words_of_others_are_short(kind: Kind, name: str, longest: int) -> None:
    """In bytes of UTF-8."""
    assert reasons(kind, {name: "é" * (longest // 2)}) == []
    assert reasons(kind, {name: "é" * (longest // 2) + "x"}) == [f"{name} is too long"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind, name)
        for kind, row in ROWS.items()
        for name in row
        if name in ("model_name", "provider", "tier", "title", "entry_id", "event_id", "topic", "unit")
        and isinstance(SCHEMAS[kind].columns()[name].dtype, pl.String)
    ],
)
def test_a_name_is_not_empty(kind: Kind, name: str) -> None:
    """One letter will do."""
    assert reasons(kind, {name: "x"}) == []
    assert reasons(kind, {name: ""}) == [f"{name} is empty"]


@pytest.mark.parametrize("kind", [Kind.SCORE, Kind.BENCHMARK, Kind.SERIES, Kind.SERIES_POINT])
def test_an_identifier_is_in_small_letters(kind: Kind) -> None:
    """It begins with a letter or digit; dots and hyphens may follow."""
    name = "series_id" if "series_id" in ROWS[kind] else "benchmark_id"
    for good in ("a", "0", "gpqa-2.1"):
        assert reasons(kind, {name: good}) == []
    for wrong in ("", "-a", ".a", "A", "a b", "a_b"):
        (reason,) = reasons(kind, {name: wrong})
        assert f"{name} is not an identifier" in reason


@pytest.mark.parametrize("kind", Kind)
def test_of_two_rows_of_one_key_the_first_is_taken(kind: Kind) -> None:
    """One that says the same counts once, one that says another thing is refused."""
    url = {"url": "https://a.example/"} if "url" in SCHEMAS[kind].columns() else {}
    frame = pl.DataFrame([ROWS[kind], ROWS[kind], ROWS[kind] | url], infer_schema_length=None)
    checked = check(Records({kind: frame}))
    assert (checked.frames[kind].height, checked.repeated[kind]) == (1, 1)
    assert checked.refused.select("kind", "reason").rows() == [(kind.value, CONTRADICTS)]
    assert checked.frames[kind]["url"].to_list() == [None]


def test_what_several_payloads_say_is_put_together() -> None:
    """Rows, refusals and counts, each for its kind; a column that one lacks is null there."""
    one = check(Records({Kind.USAGE: pl.DataFrame([{"model_name": "a", "rank": 1}] * 2)}))
    two = Records({Kind.USAGE: pl.DataFrame([{"model_name": "b", "tokens": 5.0}])}, complaint("torn"))
    merged = merge([one, two, one])
    assert merged.frames[Kind.USAGE].select("model_name", "rank", "tokens").rows() == [
        ("a", 1, None),
        ("b", None, 5.0),
        ("a", 1, None),
    ]
    assert merged.refused.rows() == [("payload", None, "torn")]
    assert merged.repeated == {Kind.USAGE: 2}


def test_a_field_that_no_kind_has_is_a_slip_of_the_code() -> None:
    """It is named, with those that there are."""
    with pytest.raises(ValueError, match="usage records have no field colour; the fields are valid_on"):
        check(Records({Kind.USAGE: pl.DataFrame({"model_name": ["m"], "colour": ["red"]})}))
