"""What is counted over a quarter says so in its precision, by the first day of the quarter."""

from __future__ import annotations

from typing import Final

import pytest

from ingest.records import Kind, check
from tests.ingest.sources.conftest import SOURCES
from tests.ingest.test_sources import fixture_payloads

END_OF_QUARTER: Final = ("nvidia-h100-equivalents", "epoch-revenue-", "earnings-per-share-quarter-")
"""Dated by the end of their quarter: it is over by then."""


def _by_quarter(name: str) -> dict[str, set[str]]:
    """The precisions of each series of a source's fixture whose figures are of a quarter."""
    frames = check(SOURCES[name].parse(tuple(fixture_payloads(name)))).frames
    named = frames[Kind.SERIES].select("series_id", "title", "unit").rows()
    quarterly = {key for key, *said in named if "quarter" in " ".join(map(str, said))}
    found: dict[str, set[str]] = {}
    for key, precision in frames[Kind.SERIES_POINT].select("series_id", "valid_precision").rows():
        if key in quarterly and not key.startswith(END_OF_QUARTER):
            found.setdefault(key, set()).add(precision)
    return found


@pytest.mark.parametrize(
    "name", sorted(name for name, source in SOURCES.items() if Kind.SERIES_POINT in source.kinds)
)
def test_a_figure_of_a_quarter_has_its_precision(name: str) -> None:
    """A figure dated by the first day of its quarter would else be shown before the quarter is over."""
    found = _by_quarter(name)
    assert set().union(*found.values()) <= {"quarter"}, found


@pytest.mark.parametrize("name", ["epoch-capex", "epoch-nvidia-sales", "fred-ecomsa", "sec-companyfacts"])
def test_quarters_are_found_where_they_are(name: str) -> None:
    """So that the test above looks at something."""
    assert _by_quarter(name)
