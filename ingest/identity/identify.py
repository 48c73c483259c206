"""Who is who: resolve every spelling in the warehouse, date every model, say which posts announce which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from ingest.identity.announcements import announcements
from ingest.identity.base_models import base_evidence
from ingest.identity.distinct_titles import distinct_titles
from ingest.identity.made_titles import made_title
from ingest.identity.match_rules import MatchRule
from ingest.identity.own_prefixes import own_prefixes
from ingest.identity.plain_titles import plain_title
from ingest.identity.release_dates import NO_VERSIONS, best_release_dates
from ingest.identity.resolve import UNRESOLVED, Resolver
from ingest.prices.history import NO_MOVES, Evidence, price_history
from ingest.prices.offers import with_sellers_told
from store.sql import query
from store.warehouse import Warehouse

END_OF_TIME: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""As-of instant that leaves nothing out."""


def resolver_for(
    aliases_file: Path,
    observed: pl.DataFrame | None = None,
    rules: Sequence[MatchRule] = (),
    *,
    also: Sequence[str] = (),
) -> Resolver:
    """A resolver with the person's own aliases, if any, the names that sources list, and published rules.

    also   further names that are asked together and tell of one another ("gpt-9" and "gpt-9-2027-01-15")
    """
    own = aliases_file.read_text(encoding="utf-8") if aliases_file.is_file() else None
    names = [] if observed is None else observed["model_name"].unique(maintain_order=True).to_list()
    hosts = frozenset[str]()
    if observed is not None and "sellers" in observed.columns:
        curated = Resolver(aliases_text=own)
        hosts = own_prefixes(observed, lambda name: curated.resolve(name).rule != UNRESOLVED)
    return Resolver(aliases_text=own, observed=[*names, *also], match_rules=rules, hosts=hosts)


def identify(warehouse: Warehouse, aliases_file: Path, rules: Sequence[MatchRule] = ()) -> None:
    """Make the tables of identity, and the price steps that rest on them, anew from what sources said."""
    names = warehouse.frame(query("names_to_resolve"))
    resolver = resolver_for(aliases_file, names, rules)
    resolved = resolver.resolve_all(names)
    warehouse.replace("model_alias", resolved.drop("organization", "family"))
    warehouse.replace("announcement", _announced(warehouse, resolved, resolver))
    versions = _versions(resolver)
    evidence = pl.concat([warehouse.frame(query("release_dates_stated")), _catalogued(resolver)])
    evidence = pl.concat([evidence, base_evidence(evidence, versions)])
    warehouse.replace("release_evidence", evidence.unique().sort(pl.all()))
    facts = warehouse.frame(query("facts_of_models"))
    warehouse.replace("model", _models(resolved, best_release_dates(evidence, versions), facts, resolver))
    warehouse.replace("list_date", warehouse.frame(query("lists_not_of_their_date")))

    def ask(name: str, **given: object) -> pl.DataFrame:
        return warehouse.frame(query(name), given)

    prices = price_history(price_evidence(ask, resolver))
    warehouse.replace("price_step", prices.steps)
    warehouse.replace("price_doubt", prices.doubts)
    warehouse.replace("price_witness", prices.witnesses)


def price_evidence(
    ask: Callable[..., pl.DataFrame], resolver: Resolver, as_of: datetime = END_OF_TIME
) -> Evidence:
    """What the price histories rest on: all that had been observed by an instant, by who is who today.

    ask   answers a query of store/queries by its name, its `$parameters` filled in
    """
    stated = ask("prices_stated", as_of=as_of)
    return Evidence(
        stated=with_sellers_told(stated, ask("makers_of_models"), resolver.spellings),
        payloads=ask("price_payloads", as_of=as_of),
        lists=ask("price_lists"),
        notices=ask("shutdown_notices", as_of=as_of),
        moves=_moves(resolver),
        removed=ask("prices_removed", as_of=as_of),
    )


def _versions(resolver: Resolver) -> pl.DataFrame:
    """The whole dates in the names of versions."""
    rows = [
        (model.model_id, date.fromisoformat(model.version_on))
        for model in resolver.models
        if model.version_on and len(model.version_on) == 10
    ]
    return pl.DataFrame(rows, schema=NO_VERSIONS.schema, orient="row")


def _moves(resolver: Resolver) -> pl.DataFrame:
    """When each moving name came to point to which version, as price_history takes it."""
    rows = [
        (pointing.alias, pointing.model_id, pointing.from_on, pointing.to_on)
        for model in resolver.models
        for pointing in resolver.pointings(model.model_id)
    ]
    return pl.DataFrame(rows, schema=NO_MOVES.schema, orient="row")


def _announced(warehouse: Warehouse, resolved: pl.DataFrame, resolver: Resolver) -> pl.DataFrame:
    known = resolved.filter(pl.col("rule") != UNRESOLVED).select("model_name", "organization")
    found = announcements(warehouse.frame(query("posts_and_changes")), known)
    meant = {name: resolver.resolve(name).model_id for name in found["model_name"].unique()}
    return (
        found.with_columns(model_id=pl.col("model_name").replace_strict(meant, return_dtype=pl.String))
        .select("source_id", "entry_id", "model_id", "rule")
        .unique(["source_id", "entry_id", "model_id"], keep="first", maintain_order=True)
        .sort(pl.all())
    )


def _catalogued(resolver: Resolver) -> pl.DataFrame:
    rows = [
        (model.model_id, model.released_on, model.precision, "curated", "catalogue", None)
        for model in resolver.models
        if model.released_on
    ]
    rows += [
        (model.model_id, str(pointings[0].from_on), "day", "first version", "catalogue", None)
        for model in resolver.models
        if (pointings := resolver.pointings(model.model_id))
    ]
    rows += [
        (model_id, str(version_on), "day", "dated name", "catalogue", None)
        for model_id, version_on in _versions(resolver).iter_rows()
    ]
    columns = ["model_id", "released_on", "precision", "evidence", "source_id", "payload_sha256"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    first_day = (pl.col("released_on") + "-01-01").str.head(10)
    return frame.with_columns(first_day.str.to_date())


def _models(
    resolved: pl.DataFrame, dates: pl.DataFrame, facts: pl.DataFrame, resolver: Resolver
) -> pl.DataFrame:
    open_weights = {model.model_id: model.open_weights for model in resolver.models}
    one_each = resolved.group_by("model_id").agg(
        pl.col("organization").drop_nulls().mode().sort().first(),
        pl.col("family").first(),
        pl.col("kind").sort().first(),
    )
    known = pl.col("model_id").replace_strict(open_weights, default=None, return_dtype=pl.Boolean)
    moving = _of_versions(facts, resolver)
    models = (
        one_each.join(dates, on="model_id", how="left")
        .join(facts, on="model_id", how="left")
        .with_columns(
            title=pl.when(~pl.col("model_id").is_in(moving.titled))
            .then("title")
            .map_elements(plain_title, return_dtype=pl.String),
            training_compute_flop=pl.when(~pl.col("model_id").is_in(moving.names)).then(
                "training_compute_flop"
            ),
        )
        .select(
            "model_id",
            pl.coalesce("title", pl.col("model_id").map_elements(made_title, return_dtype=pl.String)),
            "organization",
            "family",
            "kind",
            "released_on",
            pl.col("precision").alias("released_precision"),
            pl.col("basis").alias("released_basis"),
            pl.col("spread_days").alias("release_spread_days"),
            pl.coalesce("open_weights", known).alias("open_weights"),
            "reasoning",
            "training_compute_flop",
        )
        .sort("model_id")
    )
    titles = distinct_titles(dict(models.select("model_id", "title").iter_rows()))
    return models.with_columns(title=pl.col("model_id").replace_strict(titles, return_dtype=pl.String))


class _Moving(NamedTuple):
    """Moving names, and those of them that sources call by the title of a version."""

    names: list[str]
    titled: list[str]


def _of_versions(facts: pl.DataFrame, resolver: Resolver) -> _Moving:
    """A moving name has the day of its first version: it may not have a later one's title or training.

    A source that calls the name by a version's title describes the version of its own day.
    """
    titles = dict(facts.select("model_id", "title").iter_rows())
    versions = {
        model.model_id: {pointing.model_id for pointing in pointings} - {model.model_id}
        for model in resolver.models
        if (pointings := resolver.pointings(model.model_id))
    }
    titled = [
        name
        for name, targets in versions.items()
        if titles.get(name) is not None and titles[name] in {titles.get(target) for target in targets}
    ]
    return _Moving([name for name, targets in versions.items() if targets], titled)
