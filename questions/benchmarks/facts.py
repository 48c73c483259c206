"""What benchmarks are and what people reach on them, from the one reviewed file beside this one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

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
    """What is said of one benchmark; what nobody said on a page that was read is None."""

    what: str
    url: str
    tasks: Cited | None = None
    people: Cited | None = None


_ARXIV: Final = re.compile(r"arxiv\.org/abs/(\d{2})(\d{2})\.\d+")


def paper_month(url: str) -> date | None:
    """The first day of the month in which a paper was submitted, which its arXiv number states."""
    found = _ARXIV.search(url)
    return date(2000 + int(found[1]), int(found[2]), 1) if found else None


@cache
def facts() -> Mapping[str, Facts]:
    """All facts by benchmark_id. Raises ValueError where a figure has no page, or two entries share an id."""
    entries = tomli.loads(_FILE.read_text(encoding="utf-8"))["benchmark"]
    found: dict[str, Facts] = {}
    for entry in entries:
        told = Facts(
            entry["what"], entry["url"], _cited(entry, "tasks", "tasks"), _cited(entry, "people", "")
        )
        for benchmark_id in entry["ids"]:
            if benchmark_id in found:
                raise ValueError(f"{_FILE.name}: {benchmark_id} has two entries")
            found[benchmark_id] = told
    return found


def _cited(entry: Mapping[str, Any], name: str, usually: str) -> Cited | None:
    if name not in entry:
        return None
    if f"{name}_url" not in entry:
        raise ValueError(f"{_FILE.name}: {name} of {', '.join(entry['ids'])} has no page")
    return Cited(float(entry[name]), entry.get(f"{name}_are", usually), entry[f"{name}_url"])
