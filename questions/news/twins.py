"""Releases of software that a product's own change log and its repository on GitHub both tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

import polars as pl

from analysis.news.item import NewsKind

_VERSION: Final = re.compile(r"\bv?(\d+(?:\.\d+)+[\w.+-]*)")


@dataclass(frozen=True, slots=True)
class _Release:
    """What one line tells: the day, the maker and the version, and by which name it calls the product."""

    news_id: str
    happened_on: date
    organization: str | None
    version: str
    name: str
    is_repository: bool

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self | None:
        """The release of a line "product: version"; None where it names no version."""
        title, _, said = row["headline"].partition(": ")
        found = _VERSION.search(said)
        if found is None:
            return None
        *_, name = title.split("/")
        is_repository = "/" in title and " " not in title
        facts = row["news_id"], row["happened_on"], row["organization"]
        return cls(*facts, found[1], _hyphened(name), is_repository)

    def is_twin_of(self, product: _Release) -> bool:
        """Whether this repository tells a release that the product tells, too, and bears its name."""
        same = ("happened_on", "organization", "version")
        return all(getattr(self, name) == getattr(product, name) for name in same) and (
            f"-{self.name}-" in f"-{product.name}-"
        )


def told_once(news: pl.DataFrame) -> pl.DataFrame:
    """The rows of news.sql, each release once: the product's own line, with `also_url`, the other's page.

    Only what one maker states of one day with the same version, the repository bearing the product's name.
    """
    software = news.filter(pl.col("kind") == NewsKind.SOFTWARE.value)
    pairs = dict(_twins([found for row in software.to_dicts() if (found := _Release.of(row))]))
    twins = news.filter(pl.col("news_id").is_in(list(pairs))).select(
        pl.col("news_id").replace_strict(pairs, return_dtype=pl.String),
        also_url=pl.coalesce("url", "payload_url"),
        also_evidence="evidence",
    )
    told = news.filter(~pl.col("news_id").is_in(list(pairs))).join(
        twins.unique("news_id", keep="first", maintain_order=True),
        on="news_id",
        how="left",
        maintain_order="left",
    )
    both = pl.format("{}; {}", "evidence", "also_evidence")
    return told.with_columns(evidence=pl.coalesce(both, "evidence")).drop("also_evidence")


def _twins(releases: list[_Release]) -> Iterator[tuple[str, str]]:
    """Each repository's line with that of the product that says the same."""
    products = [one for one in releases if not one.is_repository]
    for release in releases:
        if release.is_repository:
            own = next((one for one in products if release.is_twin_of(one)), None)
            if own is not None:
                yield release.news_id, own.news_id


def _hyphened(name: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", name.casefold()))
