"""What one page tells of releases: which stood out, which cannot be told, and from where the peak is read."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analysis.hype.buzz import Buzz, BuzzVerdict
from analysis.results import Estimate, Window
from questions.hype.over_time import _BASES, BASES
from questions.hype.page_buzz import PageBuzz, _highest

DAY = date(2026, 1, 1)


def buzz(name: str, verdict: BuzzVerdict, told: bool) -> Buzz:
    return Buzz(name, DAY, Estimate(1.0) if told else None, None, None, 0, None, None, "", verdict)


def test_releases_are_told_untold_or_stand_out() -> None:
    """A page begins and ends with its first and last day recorded."""
    buzzes = (
        buzz("a", BuzzVerdict.USUAL, True),
        buzz("b", BuzzVerdict.STANDS_OUT, True),
        buzz("c", BuzzVerdict.NO_FULL_WINDOW, False),
    )
    daily = pl.DataFrame({"valid_on": [DAY, DAY + timedelta(days=1), DAY + timedelta(days=5)]})
    page = PageBuzz("P", daily, buzzes, None)
    assert [one.name for one in page.told] == ["a", "b"]
    assert [one.name for one in page.untold] == ["c"]
    assert [one.name for one in page.stood_out] == ["b"]
    assert (page.starts_on, page.ends_on) == (DAY, DAY + timedelta(days=5))


@pytest.mark.parametrize(("spike", "base"), [(28, 5.0), (29, 1.0)])
def test_the_peak_is_read_over_the_four_weeks_before(spike: int, base: float) -> None:
    """Half of them at nine and half at one are five in the middle; the day before them does not count."""
    days = [DAY + timedelta(days=at) for at in range(60)]
    release = days[40]
    high = {release - timedelta(days=spike - at) for at in range(14)}
    if spike == 29:
        high = {release - timedelta(days=29)}
    views = [9.0 if day in high else 1.0 for day in days]
    released = pl.DataFrame({"name": ["r"], "released_on": [release]})
    found = _highest(pl.DataFrame({"valid_on": days, "value": views}), released)
    assert found is not None
    assert found.peak.base == base
    assert found.peak.method.startswith(f"median from {release - timedelta(days=28)} ")


def test_bases_are_named_by_their_days() -> None:
    """An address that names one means the same days for ever."""
    assert {name: window for name, (_, window) in _BASES.items()} == {
        "spring-2026": Window(date(2026, 5, 18), date(2026, 6, 14)),
        "january-2025": Window(date(2025, 1, 1), date(2025, 1, 19)),
        "spring-2023": Window(date(2023, 2, 1), date(2023, 4, 30)),
    }
    assert [option.value for option in BASES] == list(_BASES)
