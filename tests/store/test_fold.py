"""Folding: what a source says over time becomes the rows worth keeping, whatever order it arrived in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.records import REFUSAL_SCHEMA
from store.fold import Unit, differences
from store.warehouse import Loaded, PayloadRow, Warehouse
from tests.team.fixtures import empty

START = datetime(2024, 1, 1, tzinfo=UTC)
KEYS = {"usage": ("model_name", "valid_on")}
Said = dict[str, float | None]


def unit(day: int, said: Said, *, complete: bool = True, doubtful: tuple[str, ...] = ()) -> Unit:
    """What the source said on a day: tokens per model name."""
    at = START + timedelta(days=day)
    frame = pl.DataFrame(
        {"model_name": list(said), "tokens": list(said.values())},
        schema={"model_name": pl.String, "tokens": pl.Float64},
    ).with_columns(
        valid_on=pl.lit(None, dtype=pl.Date),
        valid_precision=pl.lit(None, dtype=pl.String),
        organization=pl.lit(None, dtype=pl.String),
        share=pl.lit(None, dtype=pl.Float64),
        rank=pl.lit(None, dtype=pl.Int64),
        url=pl.lit(None, dtype=pl.String),
    )
    refused = pl.DataFrame(
        {
            "kind": ["usage" for _ in doubtful],
            "row": [f'{{"model_name":"{name}"}}' for name in doubtful],
            "reason": ["a rule" for _ in doubtful],
        },
        schema=REFUSAL_SCHEMA,
    )
    return Unit("s", "u", f"sha-{day}", at, {"usage": frame}, KEYS, refused, complete=complete)


def row(day: int) -> PayloadRow:
    """The note of a day's payload."""
    return PayloadRow("s", "u", START + timedelta(days=day), f"sha-{day}", 1, None)


def stored(warehouse: Warehouse) -> list[tuple[str, float | None, int, bool]]:
    """(name, tokens, day, gone) of every stored row."""
    frame = warehouse.frame("SELECT model_name, tokens, observed_at, gone FROM usage ORDER BY ALL")
    return [(name, tokens, (at - START).days, gone) for name, tokens, at, gone in frame.iter_rows()]


def loaded(
    units: list[Unit], warehouse: Warehouse | None = None
) -> list[tuple[str, float | None, int, bool]]:
    """What an empty warehouse (else one in memory) holds after taking the units in, in their order."""
    warehouse = warehouse or Warehouse.in_memory()
    warehouse.append([([row((item.observed_at - START).days)], item) for item in units], "s")
    return stored(warehouse)


def test_an_equal_statement_is_not_stored_twice(warehouse: Warehouse) -> None:
    """Saying the same again adds nothing; A, B, A adds each change."""
    said = [unit(0, {"a": 1}), unit(1, {"a": 1}), unit(2, {"a": 2}), unit(3, {"a": 1})]
    assert loaded(said, warehouse) == [
        ("a", 1.0, 0, False),
        ("a", 1.0, 3, False),
        ("a", 2.0, 2, False),
    ]


def test_what_vanishes_from_a_complete_payload_gets_a_tombstone_and_may_return(warehouse: Warehouse) -> None:
    """A tombstone has no value; coming back is a new observation even with the old value."""
    both = {"a": 1.0, "b": 2.0}
    said = [unit(0, both), unit(1, {"b": 2}), unit(2, {"b": 2}), unit(3, both)]
    assert loaded(said, warehouse) == [
        ("a", 1.0, 0, False),
        ("a", 1.0, 3, False),
        ("a", None, 1, True),
        ("b", 2.0, 0, False),
    ]


def test_what_was_revised_is_counted_apart_from_what_is_new_or_gone(
    warehouse: Warehouse,
) -> None:
    """Another value of a living key, or none where there was one; a key that comes back is no revision."""
    steps = [
        unit(0, {"a": 1, "b": 2, "c": 3}),
        unit(1, {"a": 9, "b": None, "d": 4}),  # a and b revised, c gone, d new
        unit(2, {"a": 9, "b": None, "c": 3, "d": 4}),  # c is back
    ]
    counts = [warehouse.append([([row(day)], step)], "s") for day, step in enumerate(steps)]
    assert [(one.added, one.revised, one.gone) for one in counts] == [(3, 0, 0), (4, 2, 1), (1, 0, 0)]


def test_what_several_loads_did_adds_up() -> None:
    """Payloads, rows read, added, gone, refused and revised, each for itself."""
    steps = [
        unit(0, {"a": 1, "b": 2, "c": 3}),
        unit(1, {"a": 9, "b": 2}, doubtful=("d",)),  # a revised, c gone, d refused
        unit(2, {"a": 9, "b": 2, "c": 3}),  # c is back
    ]
    warehouse = Warehouse.in_memory()
    done = warehouse.append([([row(day)], step) for day, step in enumerate(steps)], "s")
    assert done == Loaded(payloads=3, read=8, added=6, gone=1, refused=1, revised=1)
    assert done + done == Loaded(payloads=6, read=16, added=12, gone=2, refused=2, revised=2)
    noted = "SELECT rows_read, rows_added, rows_refused FROM payload ORDER BY as_of"
    assert warehouse.frame(noted).rows() == [(3, 3, 0), (2, 2, 1), (3, 1, 0)]
    assert warehouse.reload([([row(day)], step) for day, step in enumerate(steps)], "s") == done


def test_windows_and_doubtful_rows_bury_nobody(warehouse: Warehouse) -> None:
    """A payload that is not complete, or that holds the row in quarantine, leaves no tombstone."""
    for second in (unit(1, {}, complete=False), unit(1, {}, doubtful=("a",))):
        assert loaded([unit(0, {"a": 1}), second], warehouse) == [("a", 1.0, 0, False)]
        empty(warehouse)


@pytest.fixture(scope="module")
def in_memory() -> tuple[Warehouse, Warehouse]:
    """Two that examples empty and use again: to make one takes longer than most examples do."""
    return Warehouse.in_memory(), Warehouse.in_memory()


def emptied(warehouse: Warehouse) -> Warehouse:
    """The same warehouse without the rows of the example before."""
    empty(warehouse)
    return warehouse


said = st.dictionaries(st.sampled_from("abcd"), st.sampled_from([1.0, 2.0, None]), max_size=4)
days = st.lists(said, min_size=1, max_size=6)


@given(days)
def test_the_state_on_each_day_is_what_the_last_complete_payload_said(
    in_memory: tuple[Warehouse, Warehouse], history: list[Said]
) -> None:
    """Nothing is lost and nothing made up: as of any day the live rows are exactly that day's payload."""
    warehouse = emptied(in_memory[0])
    warehouse.append([([row(day)], unit(day, said)) for day, said in enumerate(history)], "s")
    for day, said in enumerate(history):
        at = (START + timedelta(days=day)).isoformat()
        live = warehouse.frame(f"SELECT model_name, tokens FROM usage_at(TIMESTAMPTZ '{at}')")
        assert dict(live.iter_rows()) == said


@given(days)
def test_appending_in_steps_or_at_once_gives_the_same_rows(
    in_memory: tuple[Warehouse, Warehouse], history: list[Said]
) -> None:
    """The head carried along within one load equals the head read back from the tables."""
    stepwise, at_once = map(emptied, in_memory)
    for day, said in enumerate(history):
        stepwise.append([([row(day)], unit(day, said))], "s")
    assert stored(stepwise) == loaded([unit(day, said) for day, said in enumerate(history)], at_once)


@given(days, st.data())
def test_as_of_never_looks_ahead(
    in_memory: tuple[Warehouse, Warehouse], history: list[Said], data: st.DataObject
) -> None:
    """Later payloads change nothing of what was known before them."""
    cut = data.draw(st.integers(0, len(history) - 1))
    whole, part = map(emptied, in_memory)
    whole.append([([row(day)], unit(day, said)) for day, said in enumerate(history)], "s")
    part.append([([row(day)], unit(day, said)) for day, said in enumerate(history[: cut + 1])], "s")
    at = (START + timedelta(days=cut)).isoformat()
    sql = f"SELECT model_name, tokens FROM usage_at(TIMESTAMPTZ '{at}') ORDER BY ALL"
    assert whole.frame(sql).rows() == part.frame(sql).rows()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=days)
def test_every_store_folds_as_one_in_memory_does(
    warehouse: Warehouse, in_memory: tuple[Warehouse, Warehouse], history: list[Said]
) -> None:
    """Day by day; of a team few examples, since each of its loads asks PostgreSQL and object storage."""
    empty(warehouse)
    for day, said in enumerate(history):
        warehouse.append([([row(day)], unit(day, said))], "s")
    expected = loaded([unit(day, said) for day, said in enumerate(history)], emptied(in_memory[0]))
    assert stored(warehouse) == expected
    at = (START + timedelta(days=len(history) - 1)).isoformat()
    live = warehouse.frame(f"SELECT model_name, tokens FROM usage_at(TIMESTAMPTZ '{at}')")
    assert dict(live.iter_rows()) == history[-1]


DATED = {
    "model_name": pl.String,
    "valid_on": pl.Date,
    "tokens": pl.Float64,
    "source_id": pl.String,
    "payload_sha256": pl.String,
    "observed_at": pl.Datetime("us", "UTC"),
    "gone": pl.Boolean,
}


def heads(*names: str | None, sha256: str = "sha-0") -> pl.DataFrame:
    """Two days of each name, stated by one payload."""
    rows = [(name, date(2024, 1, day), 1.0, "s", sha256, START, False) for name in names for day in (1, 2)]
    return pl.DataFrame(rows, schema=DATED, orient="row")


def buried(head: pl.DataFrame, refused: list[dict[str, object]], **others: Any) -> list[tuple[str, int]]:
    """(name, day) of the tombstones after a payload that states nothing but refused rows."""
    quarantine = pl.DataFrame(
        {
            "kind": ["usage"] * len(refused),
            "row": [json.dumps(row) for row in refused],
            "reason": ["a rule"] * len(refused),
        },
        schema=REFUSAL_SCHEMA,
    )
    frames = {"usage": head.clear().select("model_name", "valid_on", "tokens")}
    complete = Unit("s", "u", "sha-1", START + timedelta(days=1), frames, KEYS, quarantine, complete=True)
    appended = differences(head, replace(complete, **others), "usage")
    assert appended["gone"].all()
    assert appended["tokens"].null_count() == appended.height
    return [(name, day.day) for name, day in appended.select("model_name", "valid_on").iter_rows()]


ALL = [("a", 1), ("a", 2), ("b", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("refused", "gone"),
    [
        ([], ALL),
        ([{"model_name": "a"}], ALL[2:]),
        ([{"model_name": "a", "valid_on": "2024-01-01"}], ALL[2:]),
        ([{"model_name": "a"}, {"model_name": "a"}, {"model_name": "b"}], []),
        ([{"model_name": "c"}], ALL),
        ([{"Model": "a"}], ALL),
        ([{"model_name": None}], ALL),
    ],
)
def test_a_refused_row_shields_every_key_of_its_name_and_no_other(
    refused: list[dict[str, object]], gone: list[tuple[str, int]]
) -> None:
    """Doubtful is not gone: all days of that name stay; a row that bears no name shields nobody."""
    assert buried(heads("a", "b"), refused) == gone


def test_refused_rows_shield_no_row_without_a_name() -> None:
    """A refused row that bears no name says nothing of stored rows that bear none either."""
    assert buried(heads(None), [{"Model": "a"}]) == [(None, 1), (None, 2)]


def test_only_a_complete_payload_buries_and_only_what_its_scope_stated_last() -> None:
    """Rows that other addresses stated stay; what is gone already gets no second tombstone."""
    head = heads("a", "b")
    assert buried(head, [], complete=False) == []
    assert buried(head, [], scope=frozenset({"sha-9"})) == []
    other = pl.concat([heads("a"), heads("b", sha256="sha-9")])
    assert buried(other, [], scope=frozenset({"sha-9"})) == ALL[2:]
    assert buried(head.with_columns(gone=pl.col("model_name") == "a"), []) == ALL[2:]


BOARDS = {"score": ("model_name", "benchmark_id")}


def listed(*rows: tuple[str, str], gone: bool = False) -> pl.DataFrame:
    """Scores of models on boards, as the latest rows that are stored."""
    told = [(name, board, 0.5, "s", "sha-0", START, gone) for name, board in rows]
    columns = {
        "model_name": pl.String,
        "benchmark_id": pl.String,
        "score": pl.Float64,
        "source_id": pl.String,
    }
    stamp = {"payload_sha256": pl.String, "observed_at": pl.Datetime("us", "UTC"), "gone": pl.Boolean}
    return pl.DataFrame(told, schema=columns | stamp, orient="row")


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ([("a", "x"), ("b", "x")], []),
        ([("a", "x")], [("b", "x")]),
        ([("a", "x"), ("c", "new")], [("b", "x")]),
        ([("c", "new")], []),
        ([("a", "y")], []),
        ([], [("a", "x"), ("a", "y"), ("b", "x")]),
    ],
    ids=["y left", "y left, b withdrawn", "and another came", "all left", "x left", "an empty list"],
)
def test_a_board_that_leaves_a_collection_takes_no_scores_with_it(
    said: list[tuple[str, str]], gone: list[tuple[str, str]]
) -> None:
    """Who lists a board no more does not say that its results were wrong; of a row of a board, it does."""
    nothing = pl.DataFrame(schema=REFUSAL_SCHEMA)
    frames = {"score": listed(*said).select("model_name", "benchmark_id", "score")}
    at = START + timedelta(days=1)
    unit = Unit("s", "u", "sha-1", at, frames, BOARDS, nothing, complete=True)
    appended = differences(listed(("a", "x"), ("b", "x"), ("a", "y")), unit, "score").filter("gone")
    assert sorted(appended.select("model_name", "benchmark_id").iter_rows()) == gone
