"""What benchmarks are, what people reach on them and when some appeared, from one reviewed file beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl
import tomli

_FILE: Final = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure, what it counts or of whom it is, and the page that says so."""

    value: float
    of: str
    url: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of one benchmark; what nobody said on a page that was read is None.

    `published_on`, with the page that says so, is known only where the benchmark's own source states the day
    of another version.
    """

    what: str
    url: str
    tasks: Cited | None = None
    people: Cited | None = None
    published_on: date | None = None
    published_url: str = ""


_ARXIV: Final = re.compile(r"arxiv\.org/abs/(\d{2})(\d{2})\.\d+")


def paper_month(url: str) -> date | None:
    """The first day of the month in which a paper was submitted, which its arXiv number states."""
    found = _ARXIV.search(url)
    return date(2000 + int(found[1]), int(found[2]), 1) if found else None


@cache
def facts() -> Mapping[str, Facts]:
    """All facts by benchmark_id. Raises ValueError where a figure has no page, or two entries share an id."""
    return facts_of(tomli.loads(_FILE.read_text(encoding="utf-8"))["benchmark"])


def facts_of(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, Facts]:
    """The entries of the file by benchmark_id. Raises ValueError as `facts` does."""
    found: dict[str, Facts] = {}
    for entry in entries:
        told = Facts(
            entry["what"],
            entry["url"],
            _cited(entry, "tasks", "tasks"),
            _cited(entry, "people", ""),
            entry.get("published"),
            _page_of(entry, "published") if "published" in entry else "",
        )
        for benchmark_id in entry["ids"]:
            if benchmark_id in found:
                raise ValueError(f"{_FILE.name}: {benchmark_id} has two entries")
            found[benchmark_id] = told
    return found


def with_reviewed_days(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with benchmark_id and published_on, this as reviewed where the source has another version's."""
    reviewed = {name: told.published_on for name, told in facts().items() if told.published_on}
    days = pl.Series([reviewed.get(name) for name in rows["benchmark_id"]], dtype=pl.Date)
    return rows.with_columns(published_on=pl.coalesce(days, "published_on"))


def _page_of(entry: Mapping[str, Any], name: str) -> str:
    if f"{name}_url" not in entry:
        raise ValueError(f"{_FILE.name}: {name} of {', '.join(entry['ids'])} has no page")
    return str(entry[f"{name}_url"])


def _cited(entry: Mapping[str, Any], name: str, usually: str) -> Cited | None:
    if name not in entry:
        return None
    return Cited(float(entry[name]), entry.get(f"{name}_are", usually), _page_of(entry, name))
