"""The models side by side: a row for each measure, a column for each model, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from analysis.compare.standing import Standing, standings
from analysis.host_names import host_name
from charts.parts.axes import NOT_KNOWN, money, score_number
from charts.parts.figure import in_words
from questions.compare.compared import Compared
from questions.wording import roughly

MEASURE: Final = "measure"
_WEIGHTS: Final = {True: "open", False: "closed", None: NOT_KNOWN}

Row = Mapping[str, Any]
Cell = Callable[[str], str]


def about(known: Compared) -> pl.DataFrame:
    """Who made each, when, and what it takes in."""
    return _table(
        known,
        {
            "maker": lambda name: known.models[name]["organization"] or NOT_KNOWN,
            "weights": lambda name: _WEIGHTS[known.models[name]["open_weights"]],
            "released": lambda name: _released(known.models[name]),
            "context window, tokens": lambda name: _context(known.facts.get(name)),
            "knowledge up to": lambda name: _knowledge(known.facts.get(name)),
        },
    )


def costs(known: Compared) -> pl.DataFrame:
    """List prices, what a task cost where it was measured, tokens and speed."""
    rows: dict[str, Cell] = {
        "input, per million tokens": lambda name: _price(known, name, "input_usd_per_mtok"),
        "output, per million tokens": lambda name: _price(known, name, "output_usd_per_mtok"),
        "cached input, per million tokens": lambda name: _price(known, name, "cached_input_usd_per_mtok"),
        "price set by, since": lambda name: _asked_by(known, name),
        "price last confirmed": lambda name: _confirmed(known, name),
    }
    for benchmark, title in costed(known):
        rows[f"setting and day seen, {title}"] = _setting_cell(known, benchmark)
        rows[f"measured cost per task, {title}"] = _run_cell(known, benchmark, "cost_usd_per_task", money)
        rows[f"measured cost per solved task, {title}"] = _solved_cell(known, benchmark)
        rows[f"output tokens per task, {title}"] = _run_cell(
            known, benchmark, "output_tokens_per_task", lambda tokens: f"{tokens:,.0f}"
        )
    rows["output tokens per second, median host"] = lambda name: _speed(known.speeds.get(name))
    found = _table(known, rows)
    nothing = pl.all_horizontal(pl.col(known.names.values()) == NOT_KNOWN)
    return found.filter(~(nothing & pl.col(MEASURE).str.starts_with("output tokens per task")))


def scores(known: Compared, shared_only: bool) -> pl.DataFrame:
    """The index, then every benchmark that two or more have (or one, the others): best and level are said."""
    rows: dict[str, Cell] = {}
    if not shared_only:
        rows["capability index"] = lambda name: _index(known, name)
    found = standings(known.scores)
    for (benchmark, title), part in known.scores.group_by("benchmark_id", "benchmark", maintain_order=True):
        if (str(benchmark) in found) == shared_only:
            lower = "" if part["higher_is_better"].all() else ", lower is better"
            rows[f"{title}{lower}"] = _score_cell(part, found.get(str(benchmark)))
    return _table(known, rows)


def index_row(known: Compared) -> pl.DataFrame:
    """The capability index and its place alone."""
    return _table(known, {"capability index": lambda name: _index(known, name)})


def _table(known: Compared, rows: Mapping[str, Cell]) -> pl.DataFrame:
    columns = {MEASURE: list(rows)} | {
        title: [cell(name) for cell in rows.values()] for name, title in known.names.items()
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _released(model: Row) -> str:
    day = model["released_on"]
    if day is None:
        return NOT_KNOWN
    known = roughly(day, model["released_precision"])
    seen = " at the latest" if str(model["released_basis"]).endswith("first seen") else ""
    return f"{known or in_words(day)}{seen}"


def _context(facts: Row | None) -> str:
    tokens = facts["context_tokens"] if facts else None
    return f"{tokens:,}" if tokens else NOT_KNOWN


def _knowledge(facts: Row | None) -> str:
    """A day, or the month that a source names, as all days of the page are written."""
    stated = (facts or {}).get("knowledge_cutoff")
    if not stated:
        return NOT_KNOWN
    year, month, *day = (int(part) for part in stated.split("-"))
    known = date(year, month, *(day or [1]))
    return in_words(known) if day else f"{known:%B %Y}"


def _price(known: Compared, name: str, column: str) -> str:
    row = known.prices.get(name)
    return money(row[column]) if row and row[column] is not None else NOT_KNOWN


def _asked_by(known: Compared, name: str) -> str:
    row = known.prices.get(name)
    if row is None:
        return "no list price known"
    ended = row["held_until"]
    over = f", last asked {in_words(ended - timedelta(days=1))}" if ended else ""
    return f"{host_name(row['provider'])}, {in_words(row['held_from'])}{over}"


def _confirmed(known: Compared, name: str) -> str:
    day = (known.prices.get(name) or {}).get("last_confirmed_on")
    return in_words(day) if day else NOT_KNOWN


def _index(known: Compared, name: str) -> str:
    place = known.places.get(name)
    if place is None:
        return NOT_KNOWN
    said = f"{place.value:.1f}"
    if place.low is None or place.high is None:
        return said
    if place.low == place.high:
        return f"{said} (fixed: it sets the scale), rank {place.best} to {place.worst} of {place.of}"
    rank = f"rank {place.best}" if place.best == place.worst else f"rank {place.best} to {place.worst}"
    return f"{said} ({place.low:.1f} to {place.high:.1f}), {rank} of {place.of}"


def _score_cell(part: pl.DataFrame, standing: Standing | None) -> Cell:
    rows = {row["model_id"]: row for row in part.to_dicts()}

    def cell(name: str) -> str:
        row = rows.get(name)
        if row is None:
            return NOT_KNOWN
        said = score_number(row["score"], row["unit"] or "points")
        if row["low"] is not None and row["high"] is not None:
            low, high = (score_number(row[end], row["unit"] or "points") for end in ("low", "high"))
            said += f" ({low} to {high})"
        if standing is not None and (place := _place(standing, name, len(rows))):
            said += f", {place}"
        return said if row["reported_by"] != "vendor" else f"{said}, by its maker"

    return cell


def _place(standing: Standing, name: str, of: int) -> str:
    """Whether a model is first beyond known error, level at the top, or only ahead; empty for the rest."""
    if name == standing.winner:
        return "first"
    if name not in standing.best | standing.level:
        return ""
    if standing.level or (standing.is_told and len(standing.best) > 1):
        return "level"
    if len(standing.best) > 1:
        return "equal, error unknown"
    return f"{'better' if of == 2 else 'best'}, error unknown"


def costed(known: Compared) -> Iterator[tuple[str, str]]:
    """The benchmarks on which two or more have a measured cost, those that most have first."""
    counted = (
        known.runs.group_by("benchmark_id", "benchmark")
        .len()
        .filter(pl.col("len") >= 2)
        .sort("len", "benchmark", descending=[True, False])
    )
    yield from counted.select("benchmark_id", "benchmark").iter_rows()


def _cell_of_run(known: Compared, benchmark: str, said: Callable[[Row], str]) -> Cell:
    rows = {row["model_id"]: row for row in known.runs.filter(benchmark_id=benchmark).to_dicts()}
    return lambda name: said(rows[name]) if name in rows else NOT_KNOWN


def _run_cell(known: Compared, benchmark: str, column: str, text: Callable[[float], str]) -> Cell:
    def said(run: Row) -> str:
        return NOT_KNOWN if run[column] is None else text(run[column])

    return _cell_of_run(known, benchmark, said)


def _solved_cell(known: Compared, benchmark: str) -> Cell:
    def said(run: Row) -> str:
        return money(run["cost_usd_per_task"] / run["score"]) if run["score"] else "solves none"

    return _cell_of_run(known, benchmark, said)


def _setting_cell(known: Compared, benchmark: str) -> Cell:
    """Of which run the costs are: other settings, and other days' prices, give others."""

    def said(run: Row) -> str:
        return f"{run['setting'] or 'setting not stated'}; {in_words(run['observed_at'].date())}"

    return _cell_of_run(known, benchmark, said)


def _speed(row: Row | None) -> str:
    if row is None:
        return NOT_KNOWN
    span = f" ({row['slowest']:.0f} to {row['fastest']:.0f})" if row["hosts"] > 1 else ""
    hosts = "1 host" if row["hosts"] == 1 else f"{row['hosts']} hosts"
    return f"{row['tokens_per_second']:.0f}{span}, {hosts}, {in_words(row['day'])}"
