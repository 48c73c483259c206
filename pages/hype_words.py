"""What the page on hype says of its results, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.hype.attention import AttentionPeak, LaunchRanks
from analysis.hype.buzz import Buzz, BuzzVerdict
from analysis.hype.lag import LagResult
from analysis.hype.shape import HypeShape
from charts.parts.figure import in_words
from charts.parts.percent import percent


def of_launches(ranks: LaunchRanks) -> str:
    """Who made the largest stir, with the points."""
    top = ranks.launches.row(0, named=True)
    return (
        f"{top['name']} made the largest stir of {ranks.n} launches counted on Hacker News: "
        f"{top['excess_points']:,.0f} points more in its first 14 days than in the 14 before."
    )


def of_buzzes(buzzes: Sequence[Buzz], page: str) -> str:
    """How many releases stood out on a page, of how many that can be told."""
    told = [buzz for buzz in buzzes if buzz.estimate is not None]
    out = [buzz.name for buzz in told if buzz.verdict is BuzzVerdict.STANDS_OUT]
    untold = len(buzzes) - len(told)
    if not told:
        return f"The record of Wikipedia's page {page} can tell for none of {len(buzzes)} releases."
    found = f"only {', '.join(out)}" if out else "none"
    tail = f"; {untold} more cannot be told" if untold else ""
    return (
        f"On Wikipedia's page {page}, {found} of the {len(told)} releases that can be told drew more readers "
        f"than the page's own ups and downs{tail}."
    )


def of_lags(lags: Mapping[str, LagResult]) -> str:
    """Whether attention follows capability in any of the series looked at."""
    told = {name: lag for name, lag in lags.items() if lag.correlation is not None}
    found = [f"{name} ({lag.verdict.value})" for name, lag in told.items() if lag.estimate is not None]
    if not told:
        return "Whether attention follows capability cannot be told yet: no series is long enough"
    if found:
        words = f"A lag between attention and capability shows in {len(found)} of {len(told)} series"
        return f"{words}: {'; '.join(found)}"
    return f"None of the {len(told)} series long enough to tell shows a lag between attention and capability"


def of_peak(page: str, release: str, released_on: date, peak: AttentionPeak) -> str:
    """The highest day after a release and how fast the excess halved; empty where it cannot be told."""
    if peak.peak is None or peak.peak_on is None:
        return ""
    halved = (
        f"{peak.half_life_days} days later the excess had halved"
        if peak.half_life_days is not None
        else "the excess had not halved when the series ends"
    )
    return (
        f"After {release} ({in_words(released_on)}) the page {page} was read {peak.peak:,.0f} times on "
        f"{in_words(peak.peak_on)}, day {peak.day}, against {peak.base:,.0f} on a median day of the four "
        f"weeks before; {halved}."
    )


def lag_row(measure: str, lag: LagResult) -> dict[str, object]:
    """The verdict on a lag as a row of the table of all series looked at."""
    correlation = lag.correlation
    interval = correlation.interval if correlation else None
    return {
        "attention": measure,
        "months in common": lag.n,
        "verdict on the lag": lag.verdict.value,
        "lag, months": lag.estimate.value if lag.estimate else None,
        "best correlation": f"{correlation.value:.2f} ({interval.low:.2f} to {interval.high:.2f})"
        if correlation and interval
        else None,
    }


def shape_row(measure: str, shape: HypeShape) -> dict[str, object]:
    """The verdict on a shape as a row of the table of all series looked at."""
    depth = shape.estimate
    interval = depth.interval if depth else None
    phases = [f"{phase.phase.value} {percent(phase.share)}" for phase in shape.phases]
    return {
        "attention": measure,
        "months": shape.n,
        "verdict on the shape": shape.verdict.value,
        "AICc lead of a peak": None if shape.aicc_lead is None else round(shape.aicc_lead, 1),
        "depth of the trough": f"{percent(depth.value)} ({percent(interval.low)} to {percent(interval.high)})"
        if depth and interval
        else None,
        "phase at the end, share of draws, if this curve is right": "; ".join(phases) or None,
    }
