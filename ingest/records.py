"""What a source may say: the record kinds, their schemas, their keys, and the check that every row passes.

A record is one statement of one source, under the source's own spelling of every name. Units: bounded
scores as a fraction 0..1, ratings in points, prices in USD per million tokens, speeds in tokens per second,
durations in seconds, time horizons in minutes, shares as a fraction. Instants are UTC.

Each kind has a *key* (what is spoken of) and *values* (what is said of it); the warehouse keeps, per source
and key, the sequence of differing values along the time of observation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final

import polars as pl

from ingest import schema
from ingest.outside_text import REASON, in_plain_text, is_marked

PRECISIONS: Final = ["day", "month", "quarter", "year"]

MAX_PRICE_USD_PER_MTOK: Final = 1_500.0
"""More than twice the dearest list price (o1-pro, 600 USD): above it, the unit is wrong."""

MIN_PRICE_USD_PER_MTOK: Final = 0.0005
"""No text model has ever been sold below a twentieth of a cent; below it, the unit is a token, say."""


class Kind(StrEnum):
    """The kinds of records; each is a table of the warehouse of the same name."""

    SCORE = "score"
    PRICE = "price"
    SPEED = "speed"
    RELEASE = "release"
    MODEL_FACT = "model_fact"
    BENCHMARK = "benchmark"
    SERIES = "series"
    SERIES_POINT = "series_point"
    EVENT = "event"
    USAGE = "usage"


class _Dated(schema.Schema):
    """`valid_on`: when it was true in the world, null where the source does not say; with its precision."""

    valid_on = schema.Date(nullable=True)
    valid_precision = schema.Enum(PRECISIONS, nullable=True)

    @schema.rule
    def date_and_precision_together(cls) -> pl.Expr:
        return cls.valid_on.col.is_null() == cls.valid_precision.col.is_null()

    @schema.rule
    def date_is_plausible(cls) -> pl.Expr:
        return cls.valid_on.col.is_null() | cls.valid_on.col.dt.year().is_between(1800, 2100)


class _DatedByClock(_Dated):
    """What programs date: the first day of 1970 is what they write where they know none."""

    @schema.rule
    def date_is_not_the_zero_of_clocks(cls) -> pl.Expr:
        return cls.valid_on.col.is_null() | (cls.valid_on.col != pl.date(1970, 1, 1))


class Score(_DatedByClock):
    """One model's result on one benchmark under one setting."""

    model_name = schema.String(nullable=False, min_length=1)
    organization = schema.String(nullable=True)
    benchmark_id = schema.String(nullable=False, regex=r"^[a-z0-9][a-z0-9.\-]*$")
    setting = schema.String(nullable=False)
    score = schema.Float64(nullable=False)
    unit = schema.Enum(["fraction", "points", "minutes", "usd", "nats"], nullable=False)
    stderr = schema.Float64(nullable=True, min=0)
    low = schema.Float64(nullable=True)
    high = schema.Float64(nullable=True)
    trials = schema.Int64(nullable=True, min=0)
    cost_usd = schema.Float64(nullable=True, min_exclusive=0)
    cost_usd_per_task = schema.Float64(nullable=True, min_exclusive=0)
    seconds_per_task = schema.Float64(nullable=True, min_exclusive=0)
    output_tokens_per_task = schema.Float64(nullable=True, min_exclusive=0)
    input_tokens_per_task = schema.Float64(nullable=True, min_exclusive=0)
    reported_by = schema.Enum(["independent", "vendor", "community"], nullable=False)
    url = schema.String(nullable=True)

    @schema.rule
    def fraction_is_within_0_and_1(cls) -> pl.Expr:
        return (cls.unit.col != "fraction") | cls.score.col.is_between(0, 1)

    @schema.rule
    def fractions_are_not_percentages(cls) -> pl.Expr:
        """Of a board that turned to percent, the smallest figures would pass as fractions."""
        above = (cls.unit.col == "fraction") & (cls.score.col > 1)
        return above | (above.mean().over("benchmark_id") < 0.5)

    @schema.rule
    def score_is_finite(cls) -> pl.Expr:
        return cls.score.col.is_finite()

    @schema.rule
    def interval_is_in_order(cls) -> pl.Expr:
        return cls.low.col.is_null() | cls.high.col.is_null() | (cls.low.col <= cls.high.col)


class Price(_DatedByClock):
    """What one seller asks for one model. `valid_on` is the day the price began, where the source says so.

    A price that is only shown, such as beside a rating, is nobody's offer: its seller is `shown`. A
    `reseller` is a cloud or a host; which of the two, a reviewed table of sellers says.
    """

    model_name = schema.String(nullable=False, min_length=1)
    organization = schema.String(nullable=True)
    provider = schema.String(nullable=False, min_length=1)
    tier = schema.String(nullable=False, min_length=1)
    input_usd_per_mtok = schema.Float64(nullable=True, min=0)
    output_usd_per_mtok = schema.Float64(nullable=True, min=0)
    cached_input_usd_per_mtok = schema.Float64(nullable=True, min=0)
    cache_write_usd_per_mtok = schema.Float64(nullable=True, min=0)
    seller = schema.Enum(["maker", "cloud", "host", "router", "reseller", "shown"], nullable=False)
    url = schema.String(nullable=True)

    @schema.rule
    def some_price_is_stated(cls) -> pl.Expr:
        return cls.input_usd_per_mtok.col.is_not_null() | cls.output_usd_per_mtok.col.is_not_null()

    @schema.rule
    def price_is_below_the_absolute_bound(cls) -> pl.Expr:
        return (cls.input_usd_per_mtok.col <= MAX_PRICE_USD_PER_MTOK) & (
            cls.output_usd_per_mtok.col <= MAX_PRICE_USD_PER_MTOK
        )

    @schema.rule
    def price_is_above_the_absolute_bound(cls) -> pl.Expr:
        most = pl.max_horizontal(cls.input_usd_per_mtok.col, cls.output_usd_per_mtok.col)
        return (most == 0) | (most >= MIN_PRICE_USD_PER_MTOK)

    @schema.rule
    def input_is_at_most_ten_times_output(cls) -> pl.Expr:
        return (cls.output_usd_per_mtok.col <= 0) | (
            cls.input_usd_per_mtok.col <= 10 * cls.output_usd_per_mtok.col
        )

    @schema.rule
    def zero_is_only_for_free_tiers(cls) -> pl.Expr:
        paid = (cls.input_usd_per_mtok.col.fill_null(0) > 0) | (cls.output_usd_per_mtok.col.fill_null(0) > 0)
        stated = cls.input_usd_per_mtok.col.is_not_null() | cls.output_usd_per_mtok.col.is_not_null()
        return paid | ~stated | (cls.tier.col == "free")


class Speed(_DatedByClock):
    """How fast one provider answered with one model (median where the source gives percentiles)."""

    model_name = schema.String(nullable=False, min_length=1)
    organization = schema.String(nullable=True)
    provider = schema.String(nullable=False, min_length=1)
    setting = schema.String(nullable=False)
    output_tokens_per_second = schema.Float64(nullable=True, min_exclusive=0)
    latency_seconds = schema.Float64(nullable=True, min_exclusive=0)
    url = schema.String(nullable=True)

    @schema.rule
    def something_was_measured(cls) -> pl.Expr:
        return cls.output_tokens_per_second.col.is_not_null() | cls.latency_seconds.col.is_not_null()


class Release(_DatedByClock):
    """A dated public statement: a post, a change-log entry, a notice of shutdown. `valid_on` is its date."""

    entry_id = schema.String(nullable=False, min_length=1)
    title = schema.String(nullable=False, min_length=1, max_length=500)
    url = schema.String(nullable=True)
    organization = schema.String(nullable=True)
    kind = schema.Enum(["post", "changelog", "software", "shutdown", "incident"], nullable=False)
    model_name = schema.String(nullable=True)
    excerpt = schema.String(nullable=True, max_length=300)


class ModelFact(_Dated):
    """What a source knows of a model itself. `valid_on` is the model's release date."""

    model_name = schema.String(nullable=False, min_length=1)
    organization = schema.String(nullable=True)
    display_name = schema.String(nullable=True)
    open_weights = schema.Bool(nullable=True)
    reasoning = schema.Bool(nullable=True)
    training_compute_flop = schema.Float64(nullable=True, min_exclusive=0)
    training_cost_usd = schema.Float64(nullable=True, min_exclusive=0)
    parameters = schema.Float64(nullable=True, min_exclusive=0)
    training_tokens = schema.Float64(nullable=True, min_exclusive=0)
    context_tokens = schema.Int64(nullable=True, min_exclusive=0)
    knowledge_cutoff = schema.String(nullable=True)
    country = schema.String(nullable=True)
    url = schema.String(nullable=True)


class Benchmark(_Dated):
    """What a benchmark is. `valid_on` is the day it was published; ceiling null = it has none."""

    benchmark_id = schema.String(nullable=False, regex=r"^[a-z0-9][a-z0-9.\-]*$")
    title = schema.String(nullable=False, min_length=1)
    unit = schema.Enum(["fraction", "points", "minutes", "usd", "nats"], nullable=False)
    random_baseline = schema.Float64(nullable=True)
    ceiling = schema.Float64(nullable=True)
    higher_is_better = schema.Bool(nullable=False)
    tasks = schema.Int64(nullable=True, min_exclusive=0)
    superseded_by = schema.String(nullable=True)
    url = schema.String(nullable=True)


class Series(schema.Schema):
    """What a series of figures over time is."""

    series_id = schema.String(nullable=False, regex=r"^[a-z0-9][a-z0-9.\-]*$")
    title = schema.String(nullable=False, min_length=1)
    topic = schema.Enum(
        ["attention", "adoption", "market", "money", "compute", "data", "diffusion"], nullable=False
    )
    unit = schema.String(nullable=False, min_length=1)
    region = schema.String(nullable=True)
    definition = schema.String(nullable=True)
    url = schema.String(nullable=True)


class SeriesPoint(_Dated):
    """One figure of a series; `valid_on` is the day, or the first day of the period, that it speaks of."""

    series_id = schema.String(nullable=False, regex=r"^[a-z0-9][a-z0-9.\-]*$")
    value = schema.Float64(nullable=False)
    low = schema.Float64(nullable=True)
    high = schema.Float64(nullable=True)
    note = schema.String(nullable=True)
    url = schema.String(nullable=True)

    @schema.rule
    def point_is_dated(cls) -> pl.Expr:
        return cls.valid_on.col.is_not_null()

    @schema.rule
    def value_is_finite(cls) -> pl.Expr:
        return cls.value.col.is_finite()


class Event(_Dated):
    """Something that happened on a day: a launch, a listing, a failure, a funding round."""

    event_id = schema.String(nullable=False, min_length=1)
    title = schema.String(nullable=False, min_length=1, max_length=500)
    topic = schema.String(nullable=False, min_length=1)
    organization = schema.String(nullable=True)
    amount_usd = schema.Float64(nullable=True)
    note = schema.String(nullable=True)
    url = schema.String(nullable=True)


class Usage(_DatedByClock):
    """How much one model was used on one day, as one source sees it."""

    model_name = schema.String(nullable=False, min_length=1)
    organization = schema.String(nullable=True)
    tokens = schema.Float64(nullable=True, min=0)
    share = schema.Float64(nullable=True, min=0, max=1)
    rank = schema.Int64(nullable=True, min_exclusive=0)
    url = schema.String(nullable=True)


SCHEMAS: Final[Mapping[Kind, type[schema.Schema]]] = {
    Kind.SCORE: Score,
    Kind.PRICE: Price,
    Kind.SPEED: Speed,
    Kind.RELEASE: Release,
    Kind.MODEL_FACT: ModelFact,
    Kind.BENCHMARK: Benchmark,
    Kind.SERIES: Series,
    Kind.SERIES_POINT: SeriesPoint,
    Kind.EVENT: Event,
    Kind.USAGE: Usage,
}

KEYS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.SCORE: ("model_name", "benchmark_id", "setting", "valid_on"),
    Kind.PRICE: ("model_name", "provider", "tier", "valid_on"),
    Kind.SPEED: ("model_name", "provider", "setting", "valid_on"),
    Kind.RELEASE: ("entry_id",),
    Kind.MODEL_FACT: ("model_name",),
    Kind.BENCHMARK: ("benchmark_id",),
    Kind.SERIES: ("series_id",),
    Kind.SERIES_POINT: ("series_id", "valid_on"),
    Kind.EVENT: ("event_id",),
    Kind.USAGE: ("model_name", "valid_on"),
}


def columns(kind: Kind) -> dict[str, pl.DataType]:
    """Column names and Polars types of a kind, in the order in which tables hold them."""
    return {name: column.dtype for name, column in SCHEMAS[kind].columns().items()}


WHOLE_PAYLOAD: Final = "payload"
"""The kind of a refusal that speaks of a payload and not of one row."""

REFUSAL_SCHEMA: Final = pl.Schema({"kind": pl.String, "row": pl.String, "reason": pl.String})


def refusals(kind: Kind, rows: pl.DataFrame, reason: str | pl.Expr) -> pl.DataFrame:
    """Rows that are not taken in, as (kind, row as JSON, reason in words)."""
    said = pl.lit(reason) if isinstance(reason, str) else reason
    if rows.is_empty():
        return pl.DataFrame(schema=REFUSAL_SCHEMA)
    return rows.select(
        kind=pl.lit(kind.value),
        row=pl.struct(pl.all()).struct.json_encode(),
        reason=said,
    )


def refused_lines(kind: Kind, lines: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """Lines, or parts of them, that never became rows, each with its reason, as refusals."""
    frame = pl.DataFrame(list(lines), schema={"line": pl.String, "reason": pl.String}, orient="row")
    return refusals(kind, frame.select("line"), pl.lit(frame["reason"]))


def complaint(reason: str) -> pl.DataFrame:
    """What is wrong with a payload as a whole although some of it is taken in, as a refusal.

    A payload that is complained of buries nothing, and its run tells the reason.
    """
    return pl.DataFrame({"kind": [WHOLE_PAYLOAD], "row": [None], "reason": [reason]}, schema=REFUSAL_SCHEMA)


@dataclass(frozen=True, slots=True)
class Records:
    """What a parse function found: one frame per kind, and the rows it could not make sense of.

    Frames may lack nullable columns (they are added as null) and may have columns in any order.

    repeated  how many rows, by kind, said the same as an earlier one: known after `check`
    """

    frames: Mapping[Kind, pl.DataFrame] = field(default_factory=dict)
    refused: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REFUSAL_SCHEMA))
    repeated: Mapping[Kind, int] = field(default_factory=dict)


def merge(parts: Iterable[Records]) -> Records:
    """Several parse results as one."""
    frames: dict[Kind, list[pl.DataFrame]] = {}
    refused = [pl.DataFrame(schema=REFUSAL_SCHEMA)]
    repeated: Counter[Kind] = Counter()
    for part in parts:
        repeated.update(part.repeated)
        for kind, frame in part.frames.items():
            frames.setdefault(kind, []).append(_completed(kind, frame))
        refused.append(part.refused)
    return Records({kind: pl.concat(frames[kind]) for kind in frames}, pl.concat(refused), repeated)


def check(records: Records) -> Records:
    """Hold every row against its schema; rows that break it move to `refused` with the rule in words.

    Rows that repeat a key and say the same count once; where they differ, the first stays and the others are
    refused as contradictions within one payload.
    """
    good: dict[Kind, pl.DataFrame] = {}
    refused = [records.refused]
    repeated: dict[Kind, int] = {}
    for kind, frame in records.frames.items():
        accepted, rejected = _check_kind(kind, _completed(kind, frame))
        good[kind] = accepted
        refused.append(rejected)
        repeated[kind] = frame.height - accepted.height - rejected.height
    return Records(good, pl.concat(refused), repeated)


def _completed(kind: Kind, frame: pl.DataFrame) -> pl.DataFrame:
    wanted = columns(kind)
    unknown = set(frame.columns) - set(wanted)
    if unknown:
        raise ValueError(
            f"{kind.value} records have no field {', '.join(sorted(unknown))}; "
            f"the fields are {', '.join(wanted)}"
        )
    missing = [
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in wanted.items() if name not in frame.columns
    ]
    plain = {name: _storable(dtype) for name, dtype in wanted.items()}
    return frame.with_columns(missing).select(pl.col(name).cast(plain[name], strict=False) for name in wanted)


def _storable(dtype: pl.DataType) -> pl.DataType:
    return pl.String() if isinstance(dtype, pl.Enum) else dtype


def _check_kind(kind: Kind, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    if frame.is_empty():
        return frame, pl.DataFrame(schema=REFUSAL_SCHEMA)
    plain = in_plain_text(frame)
    marked = refusals(kind, plain.filter(is_marked(plain)), REASON)
    checked = SCHEMAS[kind].check(plain.filter(~is_marked(plain)))
    broken = pl.concat_str(
        [pl.when(pl.col(rule)).then(_in_words(kind, rule, checked.broken)) for rule in checked.rules],
        separator="; ",
        ignore_nulls=True,
    )
    reasons = checked.broken.select(reason=broken)["reason"]
    rejected = refusals(kind, checked.broken.select(frame.columns), pl.lit(reasons))
    accepted = checked.good.cast(
        {name: pl.String for name, dtype in columns(kind).items() if isinstance(dtype, pl.Enum)}
    )
    unique, contradictions = _one_row_per_key(kind, accepted)
    return unique, pl.concat([marked, rejected, contradictions])


CONTRADICTS: Final = "contradicts an earlier row of the same payload with the same key"


def _one_row_per_key(kind: Kind, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    distinct = frame.unique(maintain_order=True)
    first = pl.struct(KEYS[kind]).is_first_distinct()
    repeated = distinct.filter(~first)
    return distinct.filter(first), refusals(kind, repeated, CONTRADICTS)


_RULES_IN_WORDS: Final[Mapping[str, str]] = {
    "date_and_precision_together": "a date needs its precision, and a precision its date",
    "date_is_plausible": "the date lies before 1800 or after 2100",
    "date_is_not_the_zero_of_clocks": "the date is 1 January 1970, which clocks say where no date is known",
    "fraction_is_within_0_and_1": "the score is no fraction from 0 to 1; its unit may have changed",
    "fractions_are_not_percentages": "most scores of this benchmark are above 1: its unit may have changed",
    "score_is_finite": "the score is not a finite number",
    "interval_is_in_order": "the lower bound is above the upper one",
    "some_price_is_stated": "no price of input or output is stated",
    "price_is_below_the_absolute_bound": "a price above 1,500 USD per million tokens: the unit is wrong",
    "price_is_above_the_absolute_bound": "a price below 0.0005 USD per million tokens: the unit is wrong",
    "input_is_at_most_ten_times_output": "input costs more than ten times output: one of them is wrong",
    "zero_is_only_for_free_tiers": "a price of zero that is not marked as a free offer: not stated, not free",
    "something_was_measured": "neither speed nor latency is stated",
    "point_is_dated": "the figure has no date",
    "value_is_finite": "the figure is not a finite number",
}


@cache
def allowed_words(kind: Kind, field: str) -> tuple[str, ...]:
    """The words that a field may hold, none where it may hold any."""
    dtype = columns(kind).get(field)
    return tuple(dtype.categories) if isinstance(dtype, pl.Enum) else ()


def _in_words(kind: Kind, rule: str, rows: pl.DataFrame) -> pl.Expr:
    column, _, check_name = rule.partition("|")
    if not check_name:
        return pl.lit(_RULES_IN_WORDS.get(rule, "breaks the rule: " + rule.replace("_", " ")))
    if check_name == "dtype" and allowed_words(kind, column) and rows.schema[column] == pl.String:
        allowed = ", ".join(allowed_words(kind, column))
        said = pl.col(column).fill_null("").str.head(60)
        return pl.lit(f"{column} is '") + said + pl.lit(f"'; it may be {allowed}")
    words = {
        "nullability": f"{column} is missing",
        "dtype": f"{column} is not of its type",
        "min_length": f"{column} is empty",
        "max_length": f"{column} is too long",
        "min": f"{column} is below its least value",
        "max": f"{column} is above its greatest value",
        "min_exclusive": f"{column} is zero or negative",
        "regex": f"{column} is not an identifier (a-z, 0-9, dots and hyphens)",
        "nan": f"{column} is not a number",
        "inf": f"{column} is infinite",
    }
    return pl.lit(words.get(check_name, f"{column} breaks the rule {check_name}"))
