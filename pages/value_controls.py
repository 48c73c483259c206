"""What the reader sets on the page on worth: two measured models, a kind of task, the tokens of reasoning."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.results import Interval
from analysis.worth.measured_rows import Row, implied_multiplier
from analysis.worth.value import TaskProfile
from pages.frame import View

O1_PREVIEW: Final = "o1-preview-2024-09-12"
SONNET: Final = "claude-3-5-sonnet-20240620"
CLAIMED_TOKENS: Final = Interval(2.0, 10.0, level=1.0)
"""The article's claim: a reasoning model bills 2 to 10 times the tokens."""

MEASURED, OWN = "as the board's costs imply", "my own range"
CONTROLS: Final = (
    *("board", "first_model", "second_model", "input_tokens", "cached_tokens", "output_tokens", "retries"),
    *("task_value", "failure_cost", "wage", "token_basis", "token_range"),
)


def runs_with_prices(view: View, board: str) -> pl.DataFrame:
    """The runs of a board whose models have, or last had, a list price."""
    reading = view.reading(view.ask("price_reach")["first_observed_at"].item())
    prices = view.ask("last_list_prices", as_of=reading.instant, on=view.as_of)
    columns = (
        "input_usd_per_mtok",
        "output_usd_per_mtok",
        "cached_input_usd_per_mtok",
        "held_from",
        "held_until",
    )
    runs = view.ask("runs_of_board", benchmark=board)
    return runs.join(prices.select("model_id", "price_source_id", *columns), on="model_id", how="inner")


def chosen_models(runs: pl.DataFrame) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two models of the board, by title."""
    rows = labelled(runs)
    labels = list(rows)
    left, right = st.columns(2)
    first = _place(rows, O1_PREVIEW, 0)
    second = _place(rows, SONNET, 1)
    with left:
        one = st.selectbox("First model", labels, first, key="first_model", bind="query-params")
    with right:
        other = st.selectbox("Second model", labels, second, key="second_model", bind="query-params")
    return rows[one], rows[other]


def task_profile() -> TaskProfile:
    """The reader's kind of task."""
    tokens, worth, tries = st.columns(3)
    with tokens:
        sent = _number("Input tokens of a call", "input_tokens", 2000, 0)
        cached = _number("of which cached", "cached_tokens", 0, 0)
        shown = _number("Output tokens as shown", "output_tokens", 1000, 1)
    with worth:
        value = _number("Value of a solved task, $", "task_value", 20.0, 0.0)
        failure = _number("Cost of a failure, $", "failure_cost", 0.0, 0.0)
    with tries:
        retries = _number("Retries after a failure", "retries", 0, 0)
        wage = _number("Wage of the person who waits, $ an hour", "wage", 0.0, 0.0)
    return TaskProfile(
        input_tokens=sent,
        output_tokens=shown,
        value_of_solved_usd=value,
        cached_tokens=min(cached, sent),
        retries=int(retries),
        cost_of_failure_usd=failure,
        wage_usd_per_hour=wage,
    )


def _number(label: str, key: str, value: float, lowest: float) -> float:
    return st.number_input(label, min_value=lowest, value=value, key=key, bind="query-params")


def token_multiplier(first: Row, second: Row) -> Interval:
    """How many times the tokens of the second model the first bills: measured, or the reader's."""
    implied = implied_multiplier(first, second)
    left, right = st.columns(2)
    with left:
        basis = st.segmented_control(
            "Output tokens that the first model bills, against the second",
            [MEASURED, OWN] if implied else [OWN],
            default=MEASURED if implied else OWN,
            key="token_basis",
            bind="query-params",
        )
    if implied and basis != OWN:
        with right:
            st.markdown(
                f"**{implied.low:.1f} to {implied.high:.1f} times**, from the cost of both runs over price."
            )
        return Interval(implied.low, implied.high, level=1.0)
    with right:
        low, high = st.slider(
            "times the tokens",
            0.5,
            20.0,
            (CLAIMED_TOKENS.low, CLAIMED_TOKENS.high),
            0.5,
            key="token_range",
            bind="query-params",
            help="Default: the range that the article of December 2024 claims for reasoning models.",
        )
    return Interval(low, high, level=1.0)


def _place(rows: dict[str, dict[str, Any]], model_id: str, otherwise: int) -> int:
    return next((place for place, row in enumerate(rows.values()) if row["model_id"] == model_id), otherwise)


def labelled(runs: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """The runs by title, told apart by the model's id where two share one."""
    twice = pl.col("title").is_duplicated()
    label = pl.when(twice).then(pl.format("{} ({})", "title", "model_id")).otherwise("title")
    return {row["label"]: row for row in runs.with_columns(label=label).iter_rows(named=True)}
