"""Folding: what a source says over time becomes the rows worth keeping, whatever order it arrived in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import REFUSAL_SCHEMA
from store.fold import Unit
from store.warehouse import PayloadRow, Warehouse

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


def loaded(units: list[Unit]) -> list[tuple[str, float | None, int, bool]]:
    """What a fresh warehouse holds after taking the units in, in the order given."""
    warehouse = Warehouse.in_memory()
    warehouse.append([([row((item.observed_at - START).days)], item) for item in units], "s")
    return stored(warehouse)


def test_an_equal_statement_is_not_stored_twice() -> None:
    """Saying the same again adds nothing; A, B, A adds each change."""
    assert loaded([unit(0, {"a": 1}), unit(1, {"a": 1}), unit(2, {"a": 2}), unit(3, {"a": 1})]) == [
        ("a", 1.0, 0, False),
        ("a", 1.0, 3, False),
        ("a", 2.0, 2, False),
    ]


def test_what_vanishes_from_a_complete_payload_gets_a_tombstone_and_may_return() -> None:
    """A tombstone has no value; coming back is a new observation even with the old value."""
    both = {"a": 1.0, "b": 2.0}
    assert loaded([unit(0, both), unit(1, {"b": 2}), unit(2, {"b": 2}), unit(3, both)]) == [
        ("a", 1.0, 0, False),
        ("a", 1.0, 3, False),
        ("a", None, 1, True),
        ("b", 2.0, 0, False),
    ]


def test_windows_and_doubtful_rows_bury_nobody() -> None:
    """A payload that is not complete, or that holds the row in quarantine, leaves no tombstone."""
    assert loaded([unit(0, {"a": 1}), unit(1, {}, complete=False)]) == [("a", 1.0, 0, False)]
    assert loaded([unit(0, {"a": 1}), unit(1, {}, doubtful=("a",))]) == [("a", 1.0, 0, False)]


said = st.dictionaries(st.sampled_from("abcd"), st.sampled_from([1.0, 2.0, None]), max_size=4)
days = st.lists(said, min_size=1, max_size=6)


@given(days)
def test_the_state_on_each_day_is_what_the_last_complete_payload_said(history: list[Said]) -> None:
    """Nothing is lost and nothing made up: as of any day the live rows are exactly that day's payload."""
    warehouse = Warehouse.in_memory()
    warehouse.append([([row(day)], unit(day, said)) for day, said in enumerate(history)], "s")
    for day, said in enumerate(history):
        at = (START + timedelta(days=day)).isoformat()
        live = warehouse.frame(f"SELECT model_name, tokens FROM usage_at(TIMESTAMPTZ '{at}')")
        assert dict(live.iter_rows()) == said


@given(days)
def test_appending_in_steps_or_at_once_gives_the_same_rows(history: list[Said]) -> None:
    """The head carried along within one load equals the head read back from the tables."""
    stepwise = Warehouse.in_memory()
    for day, said in enumerate(history):
        stepwise.append([([row(day)], unit(day, said))], "s")
    assert stored(stepwise) == loaded([unit(day, said) for day, said in enumerate(history)])


@given(days, st.data())
def test_as_of_never_looks_ahead(history: list[Said], data: st.DataObject) -> None:
    """Later payloads change nothing of what was known before them."""
    cut = data.draw(st.integers(0, len(history) - 1))
    whole, part = Warehouse.in_memory(), Warehouse.in_memory()
    whole.append([([row(day)], unit(day, said)) for day, said in enumerate(history)], "s")
    part.append([([row(day)], unit(day, said)) for day, said in enumerate(history[: cut + 1])], "s")
    at = (START + timedelta(days=cut)).isoformat()
    sql = f"SELECT model_name, tokens FROM usage_at(TIMESTAMPTZ '{at}') ORDER BY ALL"
    assert whole.frame(sql).rows() == part.frame(sql).rows()
