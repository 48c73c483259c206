"""News of prices: changes of what a seller asks, and a level of capability cheaper than ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

import polars as pl

from analysis.amounts import money, percent
from analysis.host_names import host_name
from analysis.news.item import GAP, Item, NewsKind, When, between, told
from analysis.price.blend import blended
from analysis.price.levels import NAMED, named_thresholds
from analysis.price.offers import offers
from analysis.price.steps import CheapestSteps, PriceBasis, cheapest_steps

Row = Mapping[str, Any]

LOWS_OF: Final = "gpt-4", "gpt-4o", "claude-3.5-sonnet", "o1", "o3", "gpt-5"
"""The levels whose lows are news. GPT-3.5's score lies within what guessing reaches."""

_BY_LAUNCH: Final = "launch"

_UNIT: Final = "usd per million tokens"

_TOO_FAR: Final = 8.0
"""By so much no seller is known to have changed a price at once; lists have slipped by it, and mended it."""

_ROUNDING: Final = 0.05
"""A list that writes a price within so much of the one before has rounded it; nobody changed it."""


def price_changes(rows: pl.DataFrame) -> Iterator[Item]:
    """`rows`: those of news_prices.sql, of makers and of hosts.

    What a list that nobody confirms writes by a factor of eight is its slip, or the mending of one: no news.
    """
    for row in rows.iter_rows(named=True):
        when = _when(row)
        if when is None:
            continue
        kind = NewsKind.PRICE if row["is_makers"] else NewsKind.HOST_PRICE
        pair = (
            row["before_input"],
            row["before_output"],
            row["input_usd_per_mtok"],
            row["output_usd_per_mtok"],
        )
        before, after = blended(*pair[:2]), blended(*pair[2:])
        if row["basis"] != "stated" and (_is_rounding(pair) or _is_one_lists_leap(row, after / before)):
            continue
        yield told(
            kind,
            row,
            when,
            (row["model_id"], row["provider"], *pair, row["time"]),
            (
                _headline(row),
                f"Before: {money(pair[0])} and {money(pair[1])}. {_share(before, after)}",
            ),
            subject=row["provider"],
            figures=(before, after, _UNIT),
        )


def _is_rounding(pair: tuple[float, float, float, float]) -> bool:
    return all(abs(new / old - 1) < _ROUNDING for old, new in zip(pair[:2], pair[2:], strict=True))


def _is_one_lists_leap(row: Row, factor: float) -> bool:
    return row["n_sources"] == 1 and not 1 / _TOO_FAR < factor < _TOO_FAR


def _when(row: Row) -> When | None:
    """A stated day; else the days between two readings of ours, since a list's own dates bound nothing.

    Whatever the first reading of a list says was so before anybody looked: it is no news, dated or not.
    """
    if row["read_before"] is None:
        return None
    if row["basis"] == "stated":
        return When(None, row["starts_on"])
    seen = between(row["read_before"], row["known_at"])
    if seen is None or seen.after is None:
        return None
    on = min(row["starts_on"], seen.on)
    after = min(max(row["starts_after"] or seen.after, seen.after), on - timedelta(days=1))
    return When(after, on) if on - after <= GAP else None


def _headline(row: Row) -> str:
    new = f"{money(row['input_usd_per_mtok'])} input and {money(row['output_usd_per_mtok'])} output"
    steps = (
        row["input_usd_per_mtok"] - row["before_input"],
        row["output_usd_per_mtok"] - row["before_output"],
    )
    did = "cut" if max(steps) <= 0 else "raised" if min(steps) >= 0 else "changed"
    who = row["organization"] if row["is_makers"] else f"The host {host_name(row['provider'])}"
    return f"{who} {did} the price of {row['title']} to {new} per million tokens."


def _share(before: float, after: float) -> str:
    if before == after:
        return "Three tokens in and one out cost the same."
    less = "less" if after < before else "more"
    return f"Three tokens in and one out cost {percent(abs(after / before - 1))} {less}."


def new_lows(steps: pl.DataFrame, scores: pl.DataFrame) -> Iterator[Item]:
    """New lows of what the level of a well-known model costs at a maker.

    `steps`: the rows of news_offers.sql; `scores`: those of news_level_scores.sql, each with the day on which
    it was known.
    """
    if steps.is_empty() or scores.is_empty():
        return
    thresholds = named_thresholds(scores)
    known = {row["model_id"]: row for row in scores.iter_rows(named=True)}
    for level in LOWS_OF:
        if level not in thresholds:
            continue
        last = steps["held_from"].max()
        found = cheapest_steps(
            offers(steps),
            scores.select("model_id", score="value"),
            thresholds[level],
            last,  # type: ignore[arg-type]  # a column of dates
            PriceBasis.MAKER,
        )
        yield from _lows(level, found, steps, known)


def _lows(level: str, found: CheapestSteps, steps: pl.DataFrame, known: Mapping[str, Row]) -> Iterator[Item]:
    lowest: Row | None = None
    for step in found.steps.iter_rows(named=True):
        price = step["price_usd_per_mtok"]
        if price is None or (lowest is not None and price >= lowest["price_usd_per_mtok"]):
            continue
        before, lowest = lowest, step
        row = _offer(steps, step)
        when = _when_low(row)
        if before is None or when is None:
            continue
        model = known[step["model_id"]]
        about = {**row, **step, **model, "known_at": max(row["observed_at"], model["known_at"])}
        yield _low(level, found.threshold, known[before["model_id"]], {**about, "before": before}, when)


def _low(level: str, threshold: float, holder: Row, row: Row, when: When) -> Item:
    price, before = row["price_usd_per_mtok"], row["before"]["price_usd_per_mtok"]
    name = NAMED[level][0]
    return told(
        NewsKind.LOW,
        row,
        when,
        (level, row["model_id"], price),
        (
            f"{name}'s GPQA level has never been cheaper: {money(price)} per million tokens, with "
            f"{row['title']}.",
            f"Before: {money(before)}, {holder['title']}. The level is {percent(threshold, 1)} on GPQA "
            "Diamond; prices are makers' own, three tokens in for one out.",
        ),
        subject=level,
        figures=(before, price, _UNIT),
    )


def _offer(steps: pl.DataFrame, step: Row) -> Row:
    same = steps.filter(
        pl.col("model_id") == step["model_id"],
        pl.col("held_from") == step["valid_on"],
        pl.col("input_usd_per_mtok").is_not_null(),
    )
    return same.sort("observed_at", "provider").row(0, named=True)


def _when_low(row: Row) -> When | None:
    if row["read_before"] is not None and row["basis"] in (_BY_LAUNCH, "moved"):
        return When(None, row["held_from"])
    return _when({**row, "starts_on": row["held_from"], "known_at": row["observed_at"]})
