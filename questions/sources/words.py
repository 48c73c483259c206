"""What the question of sources says of their states, as pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import polars as pl

from charts.parts.figure import in_words
from questions.sources.states import SourceState
from questions.wording import agreeing, counted
from store.beat import Beat, Ending
from store.ledger import Status

MEANINGS: Final = (
    "Fresh: the last run went well and the next is not due. Due: its time has come, or it has never run "
    "here. Late: its time passed more than ten minutes ago. Failing: the last run failed, and the error "
    "says why. Not yet fetched: nothing of it had come by the day that is seen. Frozen: its makers add "
    "nothing more, and it is asked once a month. Curated: tables that come with the code. A back-fill never "
    "makes a source fresh."
)
_TROUBLE: Final = (SourceState.FAILING, SourceState.LATE)
_KINDS: Final = {
    "scores_on": "scores",
    "prices_on": "makers' prices",
    "attention_on": "attention",
    "curated_on": "curated tables",
}
"""The columns of newest_by_kind.sql in words."""
WOULD_CHANGE: Final = (
    "The next run of each source, which the table names; the operator of this server can run any of them now."
)
WHAT_REFRESHES: Final = "`hypecurve up` or `hypecurve schedule` would refresh the sources."
"""What an operator can do about it; who only reads cannot."""


def first_line(table: pl.DataFrame, now: datetime, as_of: date) -> str:
    """How many sources are declared, have data and were refreshed here, and how many are in trouble.

    Of a past day only which had data: runs and states are always those of this moment, and that is said.
    `table`: payloads, last_success_at and state of each (see `states`).
    """
    behind = table.filter(pl.col("payloads") > 0).height
    if as_of < now.date():
        had = agreeing(behind, "has", "have")
        return (
            f"{behind} of {counted(table.height, 'declared source')} {had} data of "
            f"{in_words(as_of)} or earlier; states and runs below are those of {in_words(now.date())}, "
            f"{now:%H:%M} UTC."
        )
    here = table["last_success_at"].count()
    counts = dict(table.group_by("state").len().iter_rows())
    trouble = [f"{counts[state.value]} {state.value}" for state in _TROUBLE if state.value in counts]
    told = "; ".join(filter(None, (_refreshed_here(here), ", ".join(trouble))))
    return (
        f"On {in_words(now.date())}, {now:%H:%M} UTC, {behind} of {counted(table.height, 'declared source')} "
        f"{agreeing(behind, 'stands', 'stand')} behind this site with data; {told}."
    )


def _refreshed_here(sources: int) -> str:
    if not sources:
        return "none was refreshed on this machine"
    return f"{sources} {agreeing(sources, 'was', 'were')} refreshed on this machine"


def reach(newest: Mapping[str, Any]) -> str:
    """How far each kind of data reaches; nothing where there are none. `newest`: of newest_by_kind.sql."""
    told = [f"{what} {in_words(newest[column])}" for column, what in _KINDS.items() if newest[column]]
    return f"Newest data: {', '.join(told)}." if told else ""


def in_states(table: pl.DataFrame) -> str:
    """How many sources are in which state."""
    counts = dict(table.group_by("state").len().iter_rows())
    told = [f"{counts[state.value]} {_words(state)}" for state in SourceState if state.value in counts]
    never = table.filter(pl.col("last_success_at").is_null(), pl.col("state") == SourceState.DUE.value).height
    if not never:
        return f"By state: {', '.join(told)}."
    of = f"{never} of those due {agreeing(never, 'has', 'have')} not"
    if never == counts[SourceState.DUE.value]:
        of = "None of those due has"
    return f"By state: {', '.join(told)}. {of} run here yet."


def nothing_changed(read: int, until: date) -> str:
    """That nothing changed suddenly in the 30 days to a day, of how many sources read; else that none was."""
    days = f"the 30 days to {in_words(until)}"
    if not read:
        return f"No source was read in {days}, so sudden changes cannot be told."
    of = f"the {counted(read, 'source')} read"
    return f"In {days} none of {of} lost a fifth of its rows, and no unit jumped."


def rests_on(held: Mapping[str, Any]) -> str:
    """How much is held, and what the states mean. `held`: a row of newest_payload.sql."""
    return (
        f"{counted(held['rows_held'], 'row')} from {counted(held['sources'], 'source')}, "
        f"{counted(held['payloads'], 'payload')} kept, and the runs on this machine. {MEANINGS}"
    )


def how_fresh(row: Mapping[str, Any], now: datetime) -> str:
    """How far the data of a source reach, and when it was last fetched here. `row`: one of `states`."""
    at, ends = row["last_success_at"], row["last_as_of"]
    if at is not None:
        fetched = f"fetched {_span(now - at)} ago"
    elif ends is None:
        return "no data up to this day"
    else:
        fetched = "comes with the code" if row["by_hand"] else "never fetched on this machine"
    if ends is None:
        return fetched
    return f"data to {in_words(ends.date())}; {fetched}"


def last_runs(statuses: Sequence[str]) -> str:
    """How many of the last runs ended how, and the newest, which stands last."""
    counts = Counter(statuses)
    said = {Status.NEW.value: "with new data"}
    told = [f"{counts[status]} {said.get(status, status)}" for status in Status if counts[status]]
    return f"{', '.join(told)}; the last: {statuses[-1]}" if len(counts) > 1 else told[0]


def _span(time: timedelta) -> str:
    """A time in whole minutes, hours or days."""
    minutes = max(int(time.total_seconds() // 60), 0)
    if minutes < 60:
        return counted(minutes, "minute")
    return counted(minutes // 60, "hour") if minutes < 48 * 60 else counted(minutes // (24 * 60), "day")


def drifted(row: Mapping[str, Any]) -> str:
    """A row of drift.sql in words."""
    if row["figure"] is None:
        lost = 1 - row["after"] / row["before"]
        return f"lost {lost:.0%} of its rows: {row['after']:,} where there were {row['before']:,}"
    if row["after"] <= row["before"] / 2:
        return f"{row['figure']} became unknown in {row['before'] - row['after']:,} of {row['before']:,} rows"
    times = row["factor"] if row["factor"] >= 1 else 1 / row["factor"]
    way = "larger" if row["factor"] >= 1 else "smaller"
    return (
        f"{row['figure']} became {times:.3g} times {way} in most of {row['before']:,} rows: perhaps its unit"
    )


def refreshing(beat: Beat, *, named: bool = False) -> str:
    """What a refresher does just now; `named` tells of which machine it is."""
    if beat.offline_since:
        since = f"{f'from {beat.machine} ' if named else ''}since {beat.offline_since:%H:%M} UTC"
        return f"No server has been reached {since}; one source is tried now and then."
    where = f" on {beat.machine}" if named else ""
    doing = f"is at {counted(len(beat.running), 'source')}" if beat.running else "waits for what falls due"
    holds = f"it holds {beat.megabytes:,.0f} MB."
    return f"The refresher{where} {doing}; {counted(beat.waiting, 'source')} due; {holds}"


def gone(beat: Beat) -> str:
    """That a machine which was to refresh sources gives no sign of life."""
    return (
        f"The refresher on {beat.machine} is gone: its last sign of life was on "
        f"{in_words(beat.beat_at.date())} at {beat.beat_at:%H:%M} UTC. The other machines do its work."
    )


def nobody_refreshes(beat: Beat | None) -> str:
    """That no process schedules on this home."""
    seen = (
        f" The last one was seen on {in_words(beat.beat_at.date())} at {beat.beat_at:%H:%M} UTC."
        if beat
        else ""
    )
    return f"Nothing refreshes the sources here just now, so the data stay as they are.{seen}"


def ended(ending: Ending) -> str:
    """How the refresher ended though nobody had asked it to."""
    how, _, said = ending.said.partition("\n")
    last = said.strip().splitlines()[-1:]
    return f"The refresher ended at {ending.ended_at:%H:%M} UTC: {how}." + (
        f" It said last: {last[0]}" if last else ""
    )


def _words(state: SourceState) -> str:
    return "needing a key" if state is SourceState.NEEDS_KEY else state.value
