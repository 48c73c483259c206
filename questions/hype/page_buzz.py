"""What the daily views of one Wikipedia article say of its maker's releases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from analysis.hype.attention import AttentionPeak, attention_peak
from analysis.hype.buzz import Buzz, BuzzVerdict, buzz_of_releases
from questions.controls import Chosen, Option
from questions.hype.attention_series import label_of, subjects, wikipedia
from questions.view import View

PEAK_BASE: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class ReleasePeak:
    """The highest day of a page after one release, on `peak_on`."""

    release: str
    released_on: date
    peak_on: date
    peak: AttentionPeak


@dataclass(frozen=True, slots=True)
class PageBuzz:
    """Buzz of each release on a page, its daily views (valid_on, value, source_id), and the highest peak."""

    page: str
    daily: pl.DataFrame
    buzzes: tuple[Buzz, ...]
    highest: ReleasePeak | None

    @property
    def starts_on(self) -> date:
        """The first day recorded."""
        day: date = self.daily["valid_on"][0]
        return day

    @property
    def ends_on(self) -> date:
        """The last day recorded."""
        day: date = self.daily["valid_on"][-1]
        return day

    @property
    def told(self) -> tuple[Buzz, ...]:
        """The releases of which something can be said."""
        return tuple(buzz for buzz in self.buzzes if buzz.estimate is not None)

    @property
    def untold(self) -> tuple[Buzz, ...]:
        """The others."""
        return tuple(buzz for buzz in self.buzzes if buzz.estimate is None)

    @property
    def stood_out(self) -> tuple[Buzz, ...]:
        """Those that drew more readers than the page's own ups and downs."""
        return tuple(buzz for buzz in self.told if buzz.verdict is BuzzVerdict.STANDS_OUT)


def pages_to_choose(view: View, _chosen: Chosen) -> Sequence[Option]:
    """Articles with daily views whose makers had launched something by the as-of date."""
    daily = subjects(wikipedia(view)).filter(cadence="daily")
    makers = set(view.ask("launches", view.known_now)["organization"])
    labels = {page: label_of(page) for page in daily["page"].unique().sort()}
    return [Option(page, label.title) for page, label in labels.items() if label.organization in makers]


def page_buzz(view: View, views: pl.DataFrame, page: str) -> PageBuzz:
    """Buzz and highest peak of the releases of a page's maker. `views`: see `subjects`."""
    label = label_of(page)
    daily = views.filter(page=page, cadence="daily")
    released = view.ask("launches", view.known_now).filter(organization=label.organization)
    buzzes = buzz_of_releases(daily.select("valid_on", "value"), released)
    return PageBuzz(label.title, daily, buzzes, _highest(daily, released))


def _highest(daily: pl.DataFrame, released: pl.DataFrame) -> ReleasePeak | None:
    peaks = []
    for name, day in released.select("name", "released_on").iter_rows():
        peak = attention_peak(daily, day, day - PEAK_BASE)
        if peak.peak_on is not None:
            peaks.append(ReleasePeak(name, day, peak.peak_on, peak))
    return max(peaks, key=lambda one: one.peak.peak or 0.0, default=None)
