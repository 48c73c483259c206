"""What has happened: to the operation by the ledger, in the data by the table of news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from pipeline.notify.rules import NEWS, Rule
from pipeline.schedule.timing import period
from store.beat import endings
from store.cadence import CadenceError
from store.ledger import Ledger
from store.notices import Notice
from store.snapshot import Snapshot
from store.trouble import QueryError
from terminal import one_line

_NEWS: Final = "news "
STALE_PERIODS: Final = 3
"""A source that has had no success for so many of its periods (and a day at least) is stale."""


def events(rule: Rule, ledger: Ledger, snapshot: Snapshot, now: datetime) -> list[Notice]:
    """All events that the rule is about and that are so now; whether they were told is another question."""
    wanted = set(rule.about)
    found: list[Notice] = []
    if wanted & {"failing", "recovered", "stale"}:
        found += _of_sources(rule, ledger, snapshot, now)
    if "ended" in wanted:
        found += _endings(ledger)
    if "drift" in wanted:
        found += _drift(snapshot, now)
    if wanted & set(NEWS):
        found += _news(rule, snapshot)
    return found


def is_news(item: Notice) -> bool:
    """Whether an event is one of the data, and not of the operation."""
    return item.event_id.startswith(_NEWS)


def _of_sources(rule: Rule, ledger: Ledger, snapshot: Snapshot, now: datetime) -> Iterator[Notice]:
    own = dict(snapshot.select("SELECT source_id, cadence FROM source").iter_rows())
    for row in ledger.health().iter_rows(named=True):
        source, since = row["source_id"], row["failing_since"]
        if source not in own or row["paused"]:
            continue
        failing = f"failing {source} {since}"
        if "failing" in rule.about and row["failures_in_a_row"] >= rule.failing_runs:
            count = row["failures_in_a_row"]
            many = "The last run" if count == 1 else f"The last {count} runs"
            body = f"{many} failed, since {since:%Y-%m-%d %H:%M} UTC. {row['last_error']}"
            yield _notice(failing, f"{source} fails", body, now)
        if "recovered" in rule.about and not row["failures_in_a_row"]:
            yield from _recovered(rule, ledger, source, row["last_success_at"], now)
        if "stale" in rule.about and _is_stale(row["cadence"] or own[source], row["last_success_at"], now):
            at = row["last_success_at"]
            body = f"It was last refreshed on {at:%Y-%m-%d} at {at:%H:%M} UTC."
            yield _notice(f"stale {source} {at}", f"{source} is stale", body, now)


def _recovered(
    rule: Rule, ledger: Ledger, source: str, success: datetime | None, now: datetime
) -> Iterator[Notice]:
    """Only of what somebody was told that it failed."""
    sql = "SELECT event_id FROM notice WHERE rule = ? AND event_id LIKE ? AND title <> ''"
    for row in ledger.rows(sql, [rule.name, f"failing {source} %"]):
        yield _notice(
            f"recovered from {row['event_id']}",
            f"{source} works again",
            f"Since {success:%Y-%m-%d %H:%M} UTC.",
            now,
        )


def _is_stale(cadence: str, success: datetime | None, now: datetime) -> bool:
    if success is None:
        return False
    try:
        span = period(cadence, success)
    except CadenceError:
        return False
    return now - success > max(STALE_PERIODS * span, timedelta(days=1))


def _endings(ledger: Ledger) -> Iterator[Notice]:
    for item in endings(ledger):
        yield _notice(
            f"ended {item.process} {item.ended_at}", "The refresher ended", item.said, item.ended_at
        )


def _drift(snapshot: Snapshot, now: datetime) -> Iterator[Notice]:
    for row in snapshot.ask("drift", as_of=now).iter_rows(named=True):
        what = row["figure"] or "rows"
        body = f"{what}: {row['before']:,} before, {row['after']:,} now"
        body += f", {row['factor']:.3g} times as large" if row["factor"] else ""
        yield _notice(
            f"drift {row['source_id']} {what} {row['since']}",
            f"{row['source_id']} changed suddenly",
            body,
            now,
        )


def _news(rule: Rule, snapshot: Snapshot) -> Iterator[Notice]:
    """News by the table of that name; what came late, by a back-fill say, is told to nobody."""
    try:
        rows = snapshot.select(
            "SELECT news_id, kind, known_at, headline, changes, model_id, evidence, url FROM news "
            "WHERE NOT is_late ORDER BY happened_on, news_id"
        )
    except QueryError:  # a snapshot of a version that had no news
        return
    for row in rows.iter_rows(named=True):
        if row["kind"] in rule.about and rule.watches(row["model_id"]):
            body = "\n".join(filter(None, (row["changes"], row["evidence"], row["url"])))
            yield _notice(f"{_NEWS}{row['news_id']}", row["headline"], body, row["known_at"])


def _notice(event_id: str, title: str, body: str, at: datetime) -> Notice:
    return Notice(event_id, one_line(title), "\n".join(map(one_line, body.splitlines())), at)
