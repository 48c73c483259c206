"""Price histories found among witnesses, against simpler rules, in worlds whose truth is simulated.

Run from the root of the repository: python -m benchmarks.price_truth [--worlds N] [--models N]. In each world
models are released and change their prices; seven lists watch them, each with its own days of reading, lags,
slips, gaps and forgotten names; two copy another one, slips included. Counted on all days of all models since
their release: the share on which a method gives the price that was asked; for each true change that a method
finds, by how many days its day is off; and prices given that were never asked.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import process_time
from typing import Any

import numpy as np
import polars as pl

from benchmarks.price_preferred_list import price_history as by_preference
from ingest.prices.history import NO_LISTS, Evidence, price_history
from ingest.prices.steps import STEP

START = date(2024, 1, 1)
DAYS = 900
FACTORS = (0.5, 0.8, 0.2, 0.75, 1.25, 2.0)
SLIPS = (10.0, 0.1, 2.0, 0.5, 1000.0)

Prices = np.ndarray[Any, np.dtype[np.float64]]
"""Input price by model and day; NaN where none is known or asked."""


@dataclass(frozen=True, slots=True)
class List:
    """How a simulated list works; days, and shares of its names or readings.

    states  share of its changes that it dates to the day with a page of the maker; None: it has no dates
    copies  the list that it repeats, `delay` days late
    """

    name: str
    every: int
    lag: float
    slips: float
    covers: float
    begins: int = 0
    ends: int = DAYS
    states: float | None = None
    copies: str | None = None


LISTS = (
    List("litellm-prices", 30, 12, 0.03, 0.95),
    List("models-dev", 60, 20, 0.03, 0.85, begins=400),
    List("genai-prices", 75, 70, 0.05, 0.7, begins=450),
    List("openrouter-models", 90, 250, 0.04, 0.8, begins=200),
    List("llm-prices", 60, 15, 0.02, 0.6, begins=550, states=0.3),
    List("model-prices", 900, 10, 0.02, 0.7, begins=480, states=0.5, copies="models-dev"),
    List("modelpricewatch", 900, 10, 0.02, 0.7, begins=600, copies="litellm-prices"),
)


def main() -> None:
    """Print one line a method."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--worlds", type=int, default=5)
    options.add_argument("--models", type=int, default=200)
    asked = options.parse_args()
    scores: dict[str, list[_Score]] = {name: [] for name in METHODS}
    seconds = dict.fromkeys(METHODS, 0.0)
    for seed in range(asked.worlds):
        truth, stated, payloads = world(asked.models, np.random.default_rng(seed))
        for name, method in METHODS.items():
            began = process_time()
            found = method(stated, payloads, asked.models)
            seconds[name] += process_time() - began
            scores[name].append(_scored(truth, found))
    print(f"{asked.worlds} worlds of {asked.models} models, {DAYS} days, {len(LISTS)} lists")
    print(f"{'':32} days right  off by (median, 90 %)  changes found  never asked   seconds")
    for name, told in scores.items():
        print(f"{name:32} {_line(told)} {seconds[name] / asked.worlds:9.2f}")


def world(models: int, rng: np.random.Generator) -> tuple[Prices, pl.DataFrame, pl.DataFrame]:
    """True prices, what lists said (as prices_stated gives it), when they were read (as price_payloads)."""
    truth = np.full((models, DAYS), np.nan)
    for row in range(models):
        day = int(rng.integers(0, 500))
        truth[row, day:] = round(float(np.exp(rng.normal(0.5, 1.2))), 2) + 0.05
        while (day := day + 20 + int(rng.exponential(300))) < DAYS:
            truth[row, day:] = round(float(truth[row, day - 1] * rng.choice(FACTORS)), 4)
    shown = {item.name: np.array([]) for item in LISTS}
    rows: list[dict[str, Any]] = []
    payloads = []
    for item in LISTS:
        source = shown[item.copies] if item.copies else truth
        shown[item.name] = _as_listed(item, source, rng)
        days = _reading_days(item, rng)
        payloads += [{"source_id": item.name, "url": item.name, "as_of": _instant(day)} for day in days]
        for row in range(models):
            released = int(np.flatnonzero(~np.isnan(truth[row]))[0])
            said = _timeline if item.states is not None or item.name == "modelpricewatch" else _sightings
            told = said(item, shown[item.name][row], truth[row], days, rng)
            rows += [_statement(item, row, released, **statement) for statement in told]
    stated = pl.DataFrame(rows, schema=_STATED, orient="row")
    return truth, stated, pl.DataFrame(payloads, schema_overrides={"as_of": pl.Datetime("us", "UTC")})


def _as_listed(item: List, source: Prices, rng: np.random.Generator) -> Prices:
    """What the list shows on each day: late, with slips that are mended later, and not of all models."""
    shown = np.full_like(source, np.nan)
    for row in range(len(source)):
        if rng.random() > item.covers:
            continue
        known = ~np.isnan(source[row])
        changes = np.flatnonzero(known & np.r_[True, source[row, 1:] != source[row, :-1]])
        for day in changes:
            seen = day + int(rng.exponential(item.lag if not item.copies else 5))
            if seen >= DAYS:
                continue
            shown[row, seen:] = source[row, day]
        if item.copies:
            continue
        while rng.random() < item.slips * 8 and (~np.isnan(shown[row])).any():
            day = int(rng.choice(np.flatnonzero(~np.isnan(shown[row]))))
            until = min(day + 1 + int(rng.exponential(50)), DAYS)
            shown[row, day:until] = shown[row, day] * rng.choice(SLIPS)
    return shown


def _reading_days(item: List, rng: np.random.Generator) -> list[int]:
    """The days on which the list is read, with a gap of three months somewhere; the last one near the end."""
    if item.every >= DAYS:
        return [DAYS - 1 - int(rng.integers(0, 30))]
    gap = int(rng.integers(item.begins, DAYS))
    days = [day for day in range(item.begins, item.ends, item.every) if not gap <= day < gap + 90]
    return sorted({*days, item.ends - 1 - int(rng.integers(0, 20))})


def _sightings(
    _item: List, shown: Prices, _truth: Prices, days: list[int], _rng: np.random.Generator
) -> Iterator[dict[str, Any]]:
    last: float | None = None
    for day in days:
        price = None if np.isnan(shown[day]) else float(shown[day])
        if price != last and (price is not None or last is not None):
            yield {"day": day, "price": price, "valid": None, "url": None}
        last = price


def _timeline(
    item: List, shown: Prices, truth: Prices, days: list[int], rng: np.random.Generator
) -> Iterator[dict[str, Any]]:
    """The list's steps as of its last reading: the first since launch, later ones stated or as committed."""
    day = days[-1]
    known = ~np.isnan(shown)
    starts = [
        start
        for start in np.flatnonzero(known & np.r_[True, shown[1:] != shown[:-1]])
        if item.begins <= start <= day
    ]
    first = shown[item.begins] if known[item.begins] else shown[starts[0]] if starts else np.nan
    if np.isnan(first):
        return
    yield {"day": day, "price": float(first), "valid": None, "url": None}
    for start in starts:
        price = float(shown[start])
        true = np.flatnonzero(truth[: start + 1] != price)
        began = int(true[-1]) + 1 if len(true) and truth[start] == price else None
        if began and rng.random() < (item.states or 0.0):
            yield {"day": day, "price": price, "valid": began, "url": "https://maker.example/prices"}
        else:
            yield {"day": day, "price": price, "valid": int(start), "url": "https://github.com/commit"}


def _statement(
    item: List, row: int, released: int, *, day: int, price: float | None, valid: int | None, url: str | None
) -> dict[str, Any]:
    days = START + timedelta(days=1)
    return {
        "source_id": item.name,
        "model_name": f"m{row}",
        "provider": "maker",
        "tier": "standard",
        "seller": "maker" if price is not None else None,
        "valid_on": None if valid is None else START + timedelta(days=valid),
        "input_usd_per_mtok": price,
        "output_usd_per_mtok": None if price is None else 4 * price,
        "cached_input_usd_per_mtok": None,
        "observed_at": _instant(day),
        "gone": price is None,
        "url": url,
        "payload_sha256": f"{item.name}-{day}",
        "listed_at": item.name,
        "model_id": f"m{row}",
        "released_on": START + timedelta(days=released),
        "is_own": True,
        "seen_before_on": days,
        "newest_at": _instant(DAYS - 1),
    }


_INSTANT = pl.Datetime("us", "UTC")
_STATED = pl.Schema(
    [
        *((name, pl.String) for name in ("source_id", "model_name", "provider", "tier", "seller")),
        ("valid_on", pl.Date),
        *((f"{name}_usd_per_mtok", pl.Float64) for name in ("input", "output", "cached_input")),
        ("observed_at", _INSTANT),
        ("gone", pl.Boolean),
        *((name, pl.String) for name in ("url", "payload_sha256", "listed_at", "model_id")),
        ("released_on", pl.Date),
        ("is_own", pl.Boolean),
        ("seen_before_on", pl.Date),
        ("newest_at", _INSTANT),
    ]
)


def _instant(day: int) -> datetime:
    return datetime.combine(START, datetime.min.time(), tzinfo=UTC) + timedelta(days=day)


def truth_discovery(stated: pl.DataFrame, payloads: pl.DataFrame, models: int) -> Prices:
    """Our histories."""
    lists = pl.DataFrame(
        [
            {
                "source_id": item.name,
                "homepage": "https://lists.example",
                "urls": [item.name],
                "copies": [item.copies] if item.copies else [],
                "dates_readings": item.name == "modelpricewatch",
            }
            for item in LISTS
        ],
        schema=NO_LISTS.schema,
    )
    steps = price_history(Evidence(stated, payloads, lists)).steps
    return _from_steps(steps.select(STEP.names()), models)


def preferred_list(stated: pl.DataFrame, _payloads: pl.DataFrame, models: int) -> Prices:
    """What stood here before: the first list of a fixed order that has the model."""
    told = by_preference(stated).steps
    best = told.filter(pl.col("preference") == pl.col("preference").min().over("model_id"))
    return _from_steps(best, models)


def newest_statement(stated: pl.DataFrame, _payloads: pl.DataFrame, models: int) -> Prices:
    """On each day the statement that began, or was read, last."""
    since = pl.coalesce("valid_on", pl.col("observed_at").dt.date())
    told = stated.filter(~pl.col("gone")).with_columns(starts_on=since, listed=True)
    return _from_steps(told.sort("starts_on", "observed_at"), models)


def majority(stated: pl.DataFrame, _payloads: pl.DataFrame, models: int) -> Prices:
    """On each day the price that most lists say, each as it said last; among equals the one said longest."""
    since = pl.coalesce("valid_on", pl.col("observed_at").dt.date())
    told = stated.with_columns(starts_on=since, listed=~pl.col("gone"))
    by_list = [
        _from_steps(part.sort("starts_on", "observed_at"), models)
        for part in told.partition_by("source_id", maintain_order=True)
    ]
    voices = np.stack(by_list)
    agreeing = np.stack(
        [np.nansum(np.isclose(voices, voice[None]), axis=0) * ~np.isnan(voice) for voice in voices]
    )
    best = agreeing.argmax(axis=0)
    return np.take_along_axis(voices, best[None], axis=0)[0]


def _from_steps(steps: pl.DataFrame, models: int) -> Prices:
    found = np.full((models, DAYS), np.nan)
    for name, starts_on, price, listed in (
        steps.sort("starts_on", maintain_order=True)
        .select("model_id", "starts_on", "input_usd_per_mtok", "listed")
        .iter_rows()
    ):
        day = max((starts_on - START).days, 0)
        found[int(name[1:]), day:] = price if listed else np.nan
    return found


METHODS: dict[str, Callable[[pl.DataFrame, pl.DataFrame, int], Prices]] = {
    "truth discovery (ours)": truth_discovery,
    "preferred list (before)": preferred_list,
    "majority wins": majority,
    "newest statement wins": newest_statement,
}


@dataclass(frozen=True, slots=True)
class _Score:
    """Share of days right, days off of each change that was found, changes there were, prices never asked."""

    right: float
    off: list[int]
    changes: int
    never: int


def _scored(truth: Prices, found: Prices) -> _Score:
    asked = ~np.isnan(truth)
    right = np.isclose(found, truth, rtol=0.02) & asked
    off: list[int] = []
    changes = never = 0
    for row in range(len(truth)):
        for day in np.flatnonzero(asked[row, 1:] & asked[row, :-1] & (truth[row, 1:] != truth[row, :-1])) + 1:
            changes += 1
            starts = np.flatnonzero(
                np.isclose(found[row, 1:], truth[row, day], rtol=0.02)
                & ~np.isclose(found[row, :-1], truth[row, day], rtol=0.02)
            )
            if len(starts):
                off.append(int(np.abs(starts + 1 - day).min()))
        given = np.unique(found[row][~np.isnan(found[row])])
        never += sum(not np.isclose(price, truth[row][asked[row]], rtol=0.02).any() for price in given)
    return _Score(float(right.sum() / asked.sum()), off, changes, never)


def _line(told: list[_Score]) -> str:
    off = np.array([day for score in told for day in score.off])
    share = np.mean([score.right for score in told])
    found = len(off) / sum(score.changes for score in told)
    never = np.mean([score.never for score in told])
    days = f"{np.median(off):6.0f} {np.quantile(off, 0.9):8.0f} days"
    return f"{share:9.1%}   {days}   {found:12.0%} {never:12.0f}"


if __name__ == "__main__":
    main()
