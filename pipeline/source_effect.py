"""What the rows of a source would change in what is published: frontier, prices, series."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from analysis.amounts import counted
from ingest.records import Kind
from ingest.take_in.gather import instant
from store.snapshot import Snapshot

MOST_TOLD: Final = 4
"""So many benchmarks, models or series are told of by name."""

AGREES_WITHIN: Final = 0.01
"""Prices that differ by less, in relation to each other, are the same price."""

POINTS: Final = pl.Schema(
    {"what": pl.String, "name": pl.String, "on": pl.Date, "value": pl.Float64, "is_new": pl.Boolean}
)

ModelOf = Callable[[str], str]
"""The model that a spelling means."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What would change.

    sentences  one for each benchmark or series, and for the prices
    points     where the rows land among what is known: what (benchmark or series), name, on (the day of a
               model's release or of a figure), value, is_new
    """

    sentences: tuple[str, ...] = ()
    points: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=POINTS))


def effect_of(frames: Mapping[Kind, pl.DataFrame], snapshot: Snapshot, model_of: ModelOf) -> Effect:
    """Compare rows, by kind, with a snapshot."""
    known = _Known(snapshot, model_of)
    parts = [
        compared(frames[kind], known)
        for kind, compared in (
            (Kind.SCORE, _scores),
            (Kind.PRICE, _prices),
            (Kind.SERIES_POINT, _points),
        )
        if kind in frames and frames[kind].height
    ]
    return Effect(
        tuple(sentence for part in parts for sentence in part.sentences),
        pl.concat([part.points for part in parts]) if parts else pl.DataFrame(schema=POINTS),
    )


class _Known:
    """What is published, asked for where it is needed."""

    def __init__(self, snapshot: Snapshot, model_of: ModelOf) -> None:
        self._snapshot, self._model_of = snapshot, model_of
        self.released = dict(snapshot.ask("known_models").iter_rows())

    def ask(self, query: str, **parameters: object) -> pl.DataFrame:
        """The rows of a query as of now."""
        now = instant()
        return self._snapshot.ask(query, as_of=now, on=now.date(), **parameters)

    def with_models(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows with `model_id`, `released_on` and, in `on`, that day or else the one the row speaks of."""
        ids = [self._model_of(name) for name in frame["model_name"]]
        days = pl.Series("released_on", [self.released.get(name) for name in ids], dtype=pl.Date)
        return frame.with_columns(pl.Series("model_id", ids, dtype=pl.String), days).with_columns(
            on=pl.coalesce("released_on", "valid_on")
        )


def _scores(frame: pl.DataFrame, known: _Known) -> Effect:
    rows = known.with_models(frame)
    there = known.ask("known_scores", benchmarks=frame["benchmark_id"].unique().to_list())
    sentences = []
    groups = rows.group_by("benchmark_id", maintain_order=True)
    for (benchmark,), scored in groups:
        before = there.filter(pl.col("benchmark_id") == benchmark)
        sentences.append(_of_benchmark(str(benchmark), scored, before))
    points = pl.concat(
        [
            _landed(rows, "benchmark_id", "model_name", "score", is_new=True),
            _landed(there, "benchmark_id", "model_id", "value", on="released_on", is_new=False),
        ]
    )
    return Effect(_few(sentences, "benchmarks"), points)


def _of_benchmark(benchmark: str, rows: pl.DataFrame, before: pl.DataFrame) -> str:
    dated = rows.drop_nulls("released_on").height
    if before.is_empty():
        return (
            f"{benchmark} is a benchmark that nobody reports yet: {counted(rows.height, 'score')}, {dated:,} "
            "of a model whose release is known, which a frontier needs."
        )
    higher = bool(before["higher_is_better"][0])
    best = rows.sort("score", descending=higher).row(0, named=True)
    leader = before.sort("value", descending=higher).row(0, named=True)
    new = rows.filter(~pl.col("model_id").is_in(before["model_id"].to_list()))["model_id"].n_unique()
    ahead = best["score"] > leader["value"] if higher else best["score"] < leader["value"]
    unit = str(before["unit"][0])
    here, there = _figure(best["score"], unit), _figure(leader["value"], unit)
    added = f"{counted(new, 'model')} more than the {before.height:,} that have a score"
    name, leads = best["model_name"], leader["model_id"]
    if ahead and best["model_id"] != leads:
        return f"{benchmark}: {name} would lead with {here} ({leads} has {there}); {added}."
    if ahead:
        return f"{benchmark}: {name}, which leads, would have {here} in place of {there}; {added}."
    return f"{benchmark}: {leads} keeps the lead with {there}; the best here is {name} with {here}; {added}."


def _figure(value: float, unit: str) -> str:
    return f"{100 * value:.4g}%" if unit == "fraction" else f"{value:.5g}"


def _prices(frame: pl.DataFrame, known: _Known) -> Effect:
    rows = known.with_models(frame.filter(pl.col("tier") == "standard"))
    there = known.ask("last_list_prices").filter(pl.col("held_until").is_null())
    listed = {row["model_id"]: row for row in there.iter_rows(named=True)}
    stated = rows.unique("model_id", keep="first", maintain_order=True)
    both = [row for row in stated.iter_rows(named=True) if row["model_id"] in listed]
    other = [row for row in both if not _agree(row, listed[row["model_id"]])]
    said = (
        f"Prices of {counted(stated.height, 'model')}: {len(both) - len(other):,} agree with the list price "
        f"that is known, {len(other):,} differ{_named(other, listed)}, "
        f"{stated.height - len(both):,} have none yet."
    )
    if other:
        said += " Where sources differ, what most of them say is drawn."
    days = [known.released.get(name) for name in there["model_id"]]
    points = pl.concat(
        [
            _landed(rows, "tier", "model_name", "input_usd_per_mtok", is_new=True),
            _landed(
                there.with_columns(pl.Series("on", days, dtype=pl.Date), tier=pl.lit("standard")),
                "tier", "model_id", "input_usd_per_mtok", is_new=False,
            ),
        ]
    )  # fmt: skip
    return Effect((said,), points.with_columns(what=pl.lit("input price")))


def _named(rows: list[dict[str, Any]], listed: Mapping[str, Any]) -> str:
    """The first models whose prices differ, in brackets."""
    field = "input_usd_per_mtok"
    said = [
        f"{row['model_name']} ${row[field]:g} for input, known ${listed[row['model_id']][field]:g}"
        for row in rows[:MOST_TOLD]
        if row[field] is not None
    ]
    return f" ({'; '.join(said)})" if said else ""


def _agree(row: Mapping[str, Any], listed: Mapping[str, Any]) -> bool:
    pairs = [(row[name], listed[name]) for name in ("input_usd_per_mtok", "output_usd_per_mtok")]
    return all(
        one is None or other is None or abs(one - other) <= AGREES_WITHIN * max(one, other)
        for one, other in pairs
    )


def _points(frame: pl.DataFrame, known: _Known) -> Effect:
    there = known.ask("known_points", series=frame["series_id"].unique().to_list())
    sentences = list(_of_series(frame, there))
    points = pl.concat(
        [
            _landed(frame, "series_id", "series_id", "value", on="valid_on", is_new=True),
            _landed(there, "series_id", "series_id", "value", on="valid_on", is_new=False),
        ]
    )
    return Effect(_few(sentences, "series"), points)


def _of_series(frame: pl.DataFrame, there: pl.DataFrame) -> Iterator[str]:
    for (series,), points in frame.group_by("series_id", maintain_order=True):
        before = there.filter(pl.col("series_id") == series)
        first, last = points["valid_on"].min(), points["valid_on"].max()
        if before.is_empty():
            said = f"{series} is a series that nobody reports yet"
            yield f"{said}: {counted(points.height, 'point')}, {first!s} to {last!s}."
            continue
        joined = points.join(before, on="valid_on", how="left", suffix="_known")
        more = joined["value_known"].null_count()
        differ = joined.filter((pl.col("value") - pl.col("value_known")).abs() > 1e-9).height
        yield (
            f"{series}: {counted(more, 'day')} more than the {before.height:,} known; "
            f"on {counted(differ, 'day')} it says another figure."
        )


def _landed(
    frame: pl.DataFrame, what: str, name: str, value: str, *, on: str = "on", is_new: bool
) -> pl.DataFrame:
    return frame.select(
        what=pl.col(what).cast(pl.String),
        name=pl.col(name).cast(pl.String),
        on=pl.col(on).cast(pl.Date),
        value=pl.col(value).cast(pl.Float64),
        is_new=pl.lit(is_new),
    ).drop_nulls("value")


def _few(sentences: list[str], what: str) -> tuple[str, ...]:
    more = len(sentences) - MOST_TOLD
    rest = (f"And {more:,} {what} more.",) if more > 0 else ()
    return (*sentences[:MOST_TOLD], *rest)
