"""Whether o1's launch drew less attention than those of GPT-3 and GPT-4."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.claims.statement import ClaimVerdict, Finding, cannot_be_told, claim, evidence_of
from analysis.hype.buzz import Buzz, buzz_of_releases
from analysis.results import Interval

OWN = "o1"
EARLIER = ("GPT-3", "GPT-4")


@claim(
    statement="o1 got less buzz than GPT-3 and GPT-4.",
    measure="Views of the Wikipedia article beyond those expected, in the 14 days from the launch",
    unit="views",
    page="hype",
    query="claim_launch_attention",
    rule="Held if o1's article surely got fewer views beyond those expected than both others'; partly if "
    "surely more than one of them; it did not hold if surely more than both.",
    would_change="Daily views around all three launches; a refresh with a network fetches what exists.",
)
def o1_less_buzz_than_gpt(attention: pl.DataFrame, on: date) -> Finding:
    """Held if o1's excess surely lies below both others', not held if surely above both, else open.

    `attention`: kind ('views': one daily series for each launch; 'points': one row for each launch), launch,
    released_on, valid_on, value, source_id, payload_sha256, url. A series without a full window and baseline
    gives no excess.
    """
    seen = attention.filter(pl.col("valid_on") <= on)
    views = seen.filter(kind="views")
    excess = {launch: _excess_of(views.filter(launch=launch)) for launch in (OWN, *EARLIER)}
    points = seen.filter(kind="points").sort("value", descending=True)
    told = {launch: span for launch, span in excess.items() if span is not None}
    missing = [launch for launch in (OWN, *EARLIER) if launch not in told]
    if missing:
        return cannot_be_told(
            f"There are no daily views around the launch of {', '.join(missing)}.",
            text=_points_in_words(points),
            n=points.height,
            observed_on=_newest(points),
            evidence=evidence_of(points),
        )
    own = told[OWN]
    return Finding(
        verdict=_verdict(own, [told[launch] for launch in EARLIER]),
        why="Views of an article measure curiosity about a name, and each launch had another article.",
        text="; ".join(f"{launch} {span.low:,.0f} to {span.high:,.0f}" for launch, span in told.items())
        + ".",
        value=(own.low + own.high) / 2,
        interval=own,
        n=len(told),
        observed_on=_newest(views),
        evidence=evidence_of(views),
    )


def _excess_of(views: pl.DataFrame) -> Interval | None:
    """Excess views with the interval of the forecast's error; None where the window cannot be judged."""
    if views.is_empty():
        return None
    releases = views.select("released_on", name="launch").head(1)
    (buzz,) = buzz_of_releases(views.select("valid_on", "value"), releases)
    return _in_views(buzz)


def _in_views(buzz: Buzz) -> Interval | None:
    if buzz.estimate is None or buzz.estimate.interval is None or not buzz.excess or not buzz.estimate.value:
        return None
    expected = buzz.excess / buzz.estimate.value
    span = buzz.estimate.interval
    return Interval(span.low * expected, span.high * expected, span.level)


def _verdict(own: Interval, others: list[Interval]) -> ClaimVerdict:
    if all(own.high < other.low for other in others):
        return ClaimVerdict.HELD
    above = [own.low > other.high for other in others]
    if all(above):
        return ClaimVerdict.DID_NOT_HOLD
    return ClaimVerdict.PARTLY if any(above) else ClaimVerdict.CANNOT_BE_TOLD


def _points_in_words(points: pl.DataFrame) -> str:
    names = points["launch"].to_list()
    own = next((name for name in names if name.startswith(OWN)), None)
    if own is None:
        return "No launch of o1 is among those counted on Hacker News."
    value = points.filter(launch=own)["value"][0]
    absent = [name for name in EARLIER if name not in names]
    missing = (
        f"; {' and '.join(absent)} {'are' if len(absent) > 1 else 'is'} not among them" if absent else ""
    )
    rank = f"rank {names.index(own) + 1} of {len(names)} launches"
    return f"On Hacker News {own} gained {value:,.0f} points, {rank}{missing}."


def _newest(rows: pl.DataFrame) -> date | None:
    return rows["valid_on"].max()  # type: ignore[return-value]  # a column of dates
