"""What the question on hype says of its results, as pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from analysis.hype.attention import IndexedAttention, LaunchRanks
from analysis.hype.buzz import Buzz
from analysis.hype.lag import LagResult
from analysis.hype.shape import HypeShape
from analysis.results import Estimate
from charts.parts.figure import in_words
from charts.parts.percent import no_break_percent, percent
from questions.answer import Column, Kind
from questions.hype.page_buzz import PageBuzz, ReleasePeak
from questions.wording import agreeing, capital, counted, fitting, listed

NO_SERIES: Final = "no series of attention is known as of this date."
NO_CAPABILITY: Final = (
    "No model with a capability index is known as of this date: there is nothing to set attention against."
)
WOULD_CHANGE: Final = (
    "Daily views of more pages and of earlier years, which a refresh brings where the network allows."
)
_OF_NOW: Final = timedelta(days=183)
"""What ended longer ago is not said of now without its day."""

_STRONG: Final = 0.5
"""A correlation that, if it cannot be excluded, leaves open whether there is a lag."""

LAG_COLUMNS: Final = {
    "attention": Column("Attention"),
    "verdict": Column("Verdict on the lag"),
    "months_in_common": Column("Months in common", Kind.NUMBER),
    "lag_months": Column("Lag, months", Kind.NUMBER),
    "best_correlation": Column("Best correlation"),
}
SHAPE_COLUMNS: Final = {
    "attention": Column("Attention"),
    "verdict": Column("Verdict on the shape"),
    "months": Column("Months", Kind.NUMBER),
    "aicc_lead": Column("Lead of a peak over none (AICc)", Kind.NUMBER, decimals=1),
    "depth_of_trough": Column("Depth of the trough"),
    "phases": Column("Phase at the end, share of draws, if this curve is right"),
}


def first_line(ranks: LaunchRanks, seen: PageBuzz | None, as_of: date) -> str:
    """Who caused the largest stir, how many releases stood out on a page, and when the data end.

    Names give way to numbers where the line would be too long, then the page gives way to the launches.
    """
    return fitting(*_first_lines(ranks, seen, as_of))


def _first_lines(ranks: LaunchRanks, seen: PageBuzz | None, as_of: date) -> Iterator[str]:
    """The first line with all that is known, then with less and less."""
    stir = _largest_stir(ranks) if ranks.n else ""
    if seen is not None:
        for told in (_who_stood_out(seen), _how_many_stood_out(seen)):
            read = f"on Wikipedia's page {seen.page} {told}."
            if not stir:
                yield capital(read)
                continue
            yield f"On Hacker News {stir}; {read}"
            yield f"On Hacker News {_largest_stir(ranks, points=False)}; {read}"
    if ranks.window is not None:
        yield f"On Hacker News, up to {in_words(ranks.window.end)}, {stir}."
    yield f"As of {in_words(as_of)} it cannot be told which release drew attention: none was counted."


def of_untold(seen: PageBuzz | None) -> str:
    """How many releases cannot be told, and why; empty where all can."""
    if seen is None or not seen.untold:
        return ""
    untold = counted(len(seen.untold), "more release" if seen.told else "release")
    return (
        f"{untold} cannot be judged on the page {seen.page}: the record has gaps there, or the page was "
        "already climbing."
    )


def rests_on(ranks: LaunchRanks, seen: PageBuzz | None) -> str:
    """Points and views behind the first line, with their days, and what they are not."""
    parts = [of_launches(ranks), "A count of points has no interval."] if ranks.n else []
    if seen is not None:
        parts += [
            f"Views of the page {seen.page} are recorded by the day from {in_words(seen.starts_on)} to "
            f"{in_words(seen.ends_on)}; its maker had {counted(len(seen.buzzes), 'release')}."
        ]
    return " ".join([*parts, "Attention is not use and not capability."])


def of_launches(ranks: LaunchRanks) -> str:
    """Who caused the largest stir, with the points."""
    gained = ranks.largest.select("name", "excess_points").iter_rows()
    told = listed([f"{name} ({points:,.0f})" for name, points in gained])
    of = f"{_stirs(ranks)} of {ranks.n} launches" if ranks.n > 1 else "the only stir"
    until = f" up to {in_words(ranks.window.end)}" if ranks.window else ""
    return (
        f"{told} caused {of} counted on Hacker News{until}, in points of the first 14 days less those of the "
        "14 before."
    )


def of_unranked(ranks: LaunchRanks) -> str:
    """Which launches have no rank, and why."""
    return f"Not counted on both sides, so without a rank: {', '.join(ranks.unranked)}."


def of_buzzes(seen: PageBuzz) -> str:
    """How many releases stood out on a page, of how many that can be told."""
    if not seen.told:
        releases = counted(len(seen.buzzes), "release")
        return f"The record of Wikipedia's page {seen.page} can tell for none of {releases}."
    out = [buzz.name for buzz in seen.stood_out]
    tail = f"; {len(seen.untold)} more cannot be judged" if seen.untold else ""
    if len(seen.told) > 1:
        found = f"only {', '.join(out)}" if out else "none"
        who = f"{found} of the {len(seen.told)} releases that can be judged clearly drew"
    else:
        alone = f"the only release that can be judged, {seen.told[0].name},"
        who = f"{alone} {'clearly drew' if out else 'did not clearly draw'}"
    return (
        f"On Wikipedia's page {seen.page}, {who} more readers than the page's own ups and downs "
        f"bring{tail}.{_noticed(seen.told)}"
    )


def _noticed(told: Sequence[Buzz]) -> str:
    """How many readers more it takes to stand out: what fewer than 5 % of the other fortnights had.

    The lower end of an estimate lies below it by just that much.
    """
    least = [
        buzz.estimate.value - buzz.estimate.interval.low
        for buzz in told
        if buzz.estimate is not None and buzz.estimate.interval is not None
    ]
    if not least:
        return ""
    low, high = percent(min(least)), percent(max(least))
    some = low if low == high else f"{low} to {high}"
    return f" To stand out, a release needs about {some} more views than forecast: less would go unnoticed."


def of_peak(page: str, highest: ReleasePeak) -> str:
    """The highest day after a release and how fast the excess halved."""
    peak = highest.peak
    halved = (
        f"{peak.half_life_days} days later the excess had halved"
        if peak.half_life_days is not None
        else "the excess had not halved when the series ends"
    )
    return (
        f"After {highest.release} ({in_words(highest.released_on)}) the page {page} was read "
        f"{peak.peak:,.0f} times on {in_words(highest.peak_on)}, day {peak.day}, against "
        f"{peak.base:,.0f} on a median day of the four weeks before; {halved}."
    )


def no_record(indexed: IndexedAttention) -> str:
    """Why no page can be shown on a base, and what to do."""
    start, end = indexed.base.start, indexed.base.end
    return f"No page has enough days recorded from {in_words(start)} to {in_words(end)}: choose another base."


def of_lags(lags: Mapping[str, LagResult], reading: str) -> str:
    """Whether attention follows capability in any of the series looked at; how a past date was read."""
    return f"**{_found_lags(lags)}.** {reading}"


def of_many_shapes(series: int) -> str:
    """What must be known of many series looked at together."""
    return (
        f"All {series} series that were looked at; among so many one peak can come by chance, and each has "
        "its own bias. A lead in AICc without a fall after the peak is no peak: the curve still "
        "climbs."
    )


def _found_lags(lags: Mapping[str, LagResult]) -> str:
    told = {name: lag for name, lag in lags.items() if lag.correlation is not None}
    found = [f"{name} ({lag.verdict.value})" for name, lag in told.items() if lag.estimate is not None]
    if not told:
        return "Whether attention follows capability cannot be told yet: no series is long enough"
    if found:
        words = f"A lag between attention and capability shows in {len(found)} of {len(told)} series"
        return f"{words}: {'; '.join(found)}"
    return _no_lag([lag.correlation for lag in told.values() if lag.correlation is not None])


def _no_lag(correlations: Sequence[Estimate]) -> str:
    """That no series shows a lag, and whether their intervals leave room for one that matters."""
    count = len(correlations)
    series = agreeing(count, "the one series that is long enough", f"the {count} series that are long enough")
    intervals = [one.interval for one in correlations if one.interval is not None]
    untold = "Whether attention follows capability cannot be told"
    if len(intervals) < count:
        return f"{untold}: in {series} the correlation has no interval"
    low, high = min(one.low for one in intervals), max(one.high for one in intervals)
    span = no_break_percent(f"{low:.2f} to {high:.2f}")
    if max(-low, high) < _STRONG:
        return f"No lag between attention and capability in {series}: correlations beyond {span} are excluded"
    return f"{untold}: in {series}, correlations anywhere from {span} are possible, zero among them"


def lag_row(measure: str, lag: LagResult) -> dict[str, object]:
    """The verdict on a lag as a row of the table of all series looked at."""
    correlation = lag.correlation
    interval = correlation.interval if correlation else None
    return {
        "attention": measure,
        "months_in_common": lag.n,
        "verdict": lag.verdict.value,
        "lag_months": lag.estimate.value if lag.estimate else None,
        "best_correlation": no_break_percent(
            f"{correlation.value:.2f} ({interval.low:.2f} to {interval.high:.2f})"
        )
        if correlation and interval
        else None,
    }


def shape_row(measure: str, shape: HypeShape, as_of: date) -> dict[str, object]:
    """The verdict on a shape as a row of the table of all series looked at.

    A phase that is not of the last months before `as_of` has the month up to which there are data.
    """
    phases = "; ".join(f"{phase.phase.value} {percent(phase.share)}" for phase in shape.phases)
    if phases and shape.window is not None and as_of - shape.window.end > _OF_NOW:
        phases = f"{phases} (data to {shape.window.end:%B %Y})"
    return {
        "attention": measure,
        "months": shape.n,
        "verdict": shape.verdict.value,
        "aicc_lead": None if shape.aicc_lead is None else round(shape.aicc_lead, 1),
        "depth_of_trough": _trough(shape.estimate),
        "phases": phases or None,
    }


def _trough(depth: Estimate | None) -> str | None:
    """How deep the trough is; in words where it is none, None where it cannot be told."""
    if depth is None or depth.interval is None:
        return None
    value, low, high = (percent(one) for one in (depth.value, depth.interval.low, depth.interval.high))
    return (
        "none: no rise after the peak" if value == low == high == percent(0) else f"{value} ({low} to {high})"
    )


def _largest_stir(ranks: LaunchRanks, *, points: bool = True) -> str:
    """Who gained most: all whose points a count does not tell apart, with these if there is room."""
    names = listed(ranks.largest["name"].to_list())
    of = f"{_stirs(ranks)} of {ranks.n} launches" if ranks.n > 1 else "the only stir counted"
    gained = listed([f"{value:,.0f}" for value in ranks.largest["excess_points"]])
    return f"{names} caused {of} ({gained} points)" if points else f"{names} caused {of}"


def _stirs(ranks: LaunchRanks) -> str:
    return agreeing(ranks.largest.height, "the largest stir", "the largest stirs")


def _who_stood_out(seen: PageBuzz) -> str:
    names = ", ".join(buzz.name for buzz in seen.stood_out)
    if not names:
        return _how_many_stood_out(seen)
    of = f"only {names} of {len(seen.told)} releases" if len(seen.told) > 1 else names
    return f"{of} stood out by {in_words(seen.ends_on)}"


def _how_many_stood_out(seen: PageBuzz) -> str:
    until = in_words(seen.ends_on)
    if not seen.told:
        return f"none of {counted(len(seen.buzzes), 'release')} can be judged up to {until}"
    found = f"{len(seen.stood_out)}" if seen.stood_out else "none"
    return f"{found} of {counted(len(seen.told), 'release')} stood out by {until}"
