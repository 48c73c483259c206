"""What is too slow for a page, computed once per change of its inputs and kept as result tables."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

import polars as pl

from analysis.capability.index import IndexDefinition, capability_index
from analysis.capability.scale import Anchor
from analysis.claims import CLAIMS
from analysis.claims.evaluate import THEN, all_claims, claim_table, evidence_table
from analysis.news.everything import QUERIES as NEWS_QUERIES
from analysis.news.everything import all_news
from analysis.results import Estimate, year_of, years
from analysis.trends.backtest import track_record
from analysis.trends.power import bend_power
from analysis.trends.trend import EARLIER_YEARS, RECENT_YEARS, makers_of
from analysis.trends.verdicts import MINIMUM_MODELS
from store.sql import query
from store.warehouse import Warehouse

SEED = 20241220
DRAWS = 500
INDEX = IndexDefinition(
    anchors=(Anchor("claude-3-5-sonnet-20240620", 130.0), Anchor("gpt-5-2025-08-07", 150.0)),
    base_benchmark="winogrande",
)
TRAINED_ON_THE_TESTS: Mapping[str, str] = {
    "unicorn": "trained on the training parts of these very tests (Lourie et al. 2021)"
}
"""Models kept out of the capability index, with the reason that the table of what is left out shows."""

INDICES: Mapping[str, str] = {
    "capability-index": "index_for_trend",
    "epoch-eci": "published_index_over_time",
}
"""The indices on whose trend a verdict is told, and the query of the models of each."""

END_OF_TIME = datetime(2100, 1, 1, tzinfo=UTC)
"""As-of instant that leaves nothing out: derived results rest on all that is known."""

Inputs = Mapping[tuple[str, datetime], pl.DataFrame]
"""Rows by the name of a query and the instant as of which it was asked."""

Frames = Mapping[str, pl.DataFrame]


def all_that_is_known(_warehouse: Warehouse) -> tuple[datetime, ...]:
    """One instant that leaves nothing out."""
    return (END_OF_TIME,)


def then_and_now(warehouse: Warehouse) -> tuple[datetime, ...]:
    """The article's date and that of the newest payload; only the former where nothing is newer."""
    newest = warehouse.frame("SELECT max(as_of) AS at FROM payload")["at"][0]
    return tuple(sorted({THEN, max(newest or THEN, THEN)}))


@dataclass(frozen=True, slots=True)
class Derivation:
    """Result tables made from queries by a pure function; made anew only when rows or the method change.

    `version` numbers the method: it goes up with every change of what `compute` gives for the same rows, and
    then the bundle's results are made anew by `hypecurve bundle`. The release does not say it, since a build
    under development has none of its own; a hash of the source says too much, since every comment would throw
    away what ships. A test computes what ships, so a version that stayed behind is noticed.
    """

    name: str
    version: int
    queries: tuple[str, ...]
    tables: tuple[str, ...]
    compute: Callable[[Inputs], Frames]
    instants: Callable[[Warehouse], tuple[datetime, ...]] = all_that_is_known


def derive(
    warehouse: Warehouse, tell: Callable[[str, str], None], shipped: Frames | None = None
) -> list[str]:
    """Bring every result table up to its inputs, in order; returns the names of what was computed.

    Results that were shipped with the code for exactly these inputs are taken as they are: the first start
    is quick, and a rebuild gives the same bytes on any machine.
    """
    done = dict(warehouse.frame("SELECT name, input_digest FROM derivation").iter_rows())
    computed = []
    for derivation in DERIVATIONS:
        instants = derivation.instants(warehouse)
        inputs = {
            (name, instant): warehouse.frame(query(name), _parameters(name, instant))
            for name in derivation.queries
            for instant in instants
        }
        digest = _digest(derivation, inputs)
        if done.get(derivation.name) == digest:
            continue
        tell("derive", derivation.name)
        started = time.monotonic()
        ready = _shipped(derivation, digest, shipped or {})
        for table, frame in (ready or derivation.compute(inputs)).items():
            warehouse.replace(table, frame)
        seconds = time.monotonic() - started
        done[derivation.name] = digest
        computed.append(derivation.name)
        _note(warehouse, derivation.name, digest, seconds)
    return computed


def _parameters(name: str, instant: datetime) -> dict[str, object]:
    return {"as_of": instant} if "$as_of" in query(name) else {}


def _digest(derivation: Derivation, inputs: Inputs) -> str:
    """What a derivation's results rest on: its method's version and every row that it was given."""
    hasher = sha256(f"{derivation.name} {derivation.version}".encode())
    for key in sorted(inputs):
        hasher.update(repr(key).encode())
        hasher.update(inputs[key].write_json().encode())
    return hasher.hexdigest()


def _shipped(derivation: Derivation, digest: str, shipped: Frames) -> Frames | None:
    noted = shipped.get("derivation")
    if noted is None:
        return None
    same = noted.filter((pl.col("name") == derivation.name) & (pl.col("input_digest") == digest))
    return None if same.is_empty() else {table: shipped[table] for table in derivation.tables}


def _note(warehouse: Warehouse, name: str, digest: str, seconds: float) -> None:
    noted = warehouse.frame("SELECT * FROM derivation WHERE name <> $name", {"name": name})
    fresh = pl.DataFrame({"name": [name], "input_digest": [digest], "seconds": [seconds]})
    warehouse.replace("derivation", pl.concat([noted, fresh]).sort("name"))


def _capability(inputs: Inputs) -> Frames:
    every = inputs["scores_for_the_index", END_OF_TIME]
    scores = every.filter(~pl.col("model_id").is_in(list(TRAINED_ON_THE_TESTS)))
    anchors = {anchor.model_id for anchor in INDEX.anchors}
    if not anchors <= set(scores["model_id"]):
        return {}
    index = capability_index(scores, SEED, INDEX, draws=DRAWS)
    return {
        "capability_index": index.models,
        "capability_left_out": pl.concat([index.left_out, _trained_on_the_tests(every)]).sort("kind", "name"),
    }


def _trained_on_the_tests(scores: pl.DataFrame) -> pl.DataFrame:
    found = sorted(set(scores["model_id"]) & set(TRAINED_ON_THE_TESTS))
    rows = [{"kind": "model", "name": name, "reason": TRAINED_ON_THE_TESTS[name]} for name in found]
    return pl.DataFrame(rows, schema={"kind": pl.String, "name": pl.String, "reason": pl.String})


def _track_record(inputs: Inputs) -> Frames:
    models = inputs["published_index_over_time", END_OF_TIME]
    if models.is_empty():
        return {}
    by_month = inputs["published_index_by_month", END_OF_TIME]
    known = {
        month[0]: frame.drop("known_on")
        for month, frame in by_month.partition_by("known_on", as_dict=True).items()
    }
    newest: date = models["released_on"].max()  # type: ignore[assignment] # a column of dates
    record = track_record(models, newest, known=known, also=(THEN.date(),), seed=SEED)
    rows = [
        {
            "series_id": "epoch-eci",
            "as_of": row.as_of,
            "reading": row.reading.value,
            "verdict": row.verdict.value,
            **_flat("recent", row.recent),
            **_flat("earlier", row.earlier),
            "n_recent": row.n_recent,
            "n_earlier": row.n_earlier,
            "next_slope": row.next_slope.value if row.next_slope else None,
            **{f"next_{end}": value for end, value in _ends(row.next_slope).items()},
            "n_next": row.n_next,
            "outcome": row.outcome.value,
            "interval_held": row.interval_held,
            "stop_noticed": row.stop_noticed,
            "method": record.method,
        }
        for row in record.rows
    ]
    return {"track_record": pl.DataFrame(rows, infer_schema_length=None)}


def _bend_power(inputs: Inputs) -> Frames:
    """Of each index that has enough models on both sides of the knot to be judged at all."""
    told = [_power_of(series_id, inputs[name, END_OF_TIME]) for series_id, name in INDICES.items()]
    found = [one for one in told if one is not None]
    return {"bend_power": pl.concat(found)} if found else {}


def _power_of(series_id: str, models: pl.DataFrame) -> pl.DataFrame | None:
    if models.is_empty():
        return None
    newest: date = models["released_on"].max()  # type: ignore[assignment] # a column of dates
    since_end = years(models["released_on"]) - year_of(newest)
    recent = int((since_end >= -RECENT_YEARS).sum())
    earlier = int((since_end >= -RECENT_YEARS - EARLIER_YEARS).sum()) - recent
    if min(recent, earlier) < MINIMUM_MODELS:
        return None
    found = bend_power(since_end, models["value"].to_numpy(), makers_of(models), SEED)
    return found.select(pl.lit(series_id).alias("series_id"), pl.lit(newest).alias("as_of"), pl.all())


def _claims(inputs: Inputs) -> Frames:
    as_of = max(instant for _, instant in inputs)
    claims = all_claims(lambda name, instant: inputs[name, instant], as_of)
    return {"claim": claim_table(claims, as_of), "claim_evidence": evidence_table(claims)}


def _news(inputs: Inputs) -> Frames:
    return {"news": all_news({name: frame for (name, _), frame in inputs.items()})}


def _flat(name: str, estimate: Estimate | None) -> dict[str, float | None]:
    ends = {f"{name}_{end}": value for end, value in _ends(estimate).items()}
    return {name: estimate.value if estimate else None, **ends}


def _ends(estimate: Estimate | None) -> dict[str, float | None]:
    interval = estimate.interval if estimate else None
    return {"low": interval.low if interval else None, "high": interval.high if interval else None}


DERIVATIONS = (
    Derivation(
        "capability",
        1,
        ("scores_for_the_index",),
        ("capability_index", "capability_left_out"),
        _capability,
    ),
    Derivation(
        "track record",
        4,
        ("published_index_over_time", "published_index_by_month"),
        ("track_record",),
        _track_record,
    ),
    Derivation(
        "power of the test of a bend",
        1,
        tuple(INDICES.values()),
        ("bend_power",),
        _bend_power,
    ),
    Derivation(
        "claims",
        10,
        tuple(sorted({item.query for item in CLAIMS})),
        ("claim", "claim_evidence"),
        _claims,
        then_and_now,
    ),
    Derivation("news", 7, NEWS_QUERIES, ("news",), _news),
)

DERIVED_TABLES = (*(table for derivation in DERIVATIONS for table in derivation.tables), "derivation")
