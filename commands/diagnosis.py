"""How an installation stands: where its data are, what is wrong, what could be better, and what to do.

Every part is opened and looked at by itself: one that cannot be used is told, and the others are told too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby

import polars as pl

from config import NO_CONTACT, Settings
from ingest.registry import load_sources
from store.cadence import CadenceError, trigger_of
from store.sizes import sizes
from store.snapshot import NoSnapshotError
from store.store import store_of
from store.trouble import DAMAGED, QueryError, StorageError, told

FAILURES = 2
"""So many failed runs in a row are a trouble; one may be an outage of theirs."""

Part = Callable[[Settings], Iterator[str]]


def standing(settings: Settings) -> Iterator[str]:
    """Where the data are and how much there is."""
    yield f"Data in {store_of(settings).where}"
    for part in (_room, _archive_size, _newest_snapshot, _number_of_sources, _states, _last_day, _refresher):
        try:
            yield from part(settings)
        except StorageError:
            continue  # told among the troubles


def advice(settings: Settings) -> Iterator[str]:
    """What works, but would work better."""
    if settings.contact == NO_CONTACT:
        yield (
            "No contact is set. Wikimedia and others refuse programs without one: set HYPECURVE_CONTACT "
            "to your e-mail address or page, or `contact` in hypecurve.toml."
        )
    yield from _drift(settings)
    for file in sorted(settings.home.glob(f"*{DAMAGED}*")):
        yield f"{file} was damaged and put aside; what could be made again has been. Delete it when you like."


def troubles(settings: Settings, *, deep: bool = False) -> Iterator[str]:
    """Every trouble found in folders, archive, warehouse, snapshot, ledger, sources; none when all is well.

    `deep` reads every body of the archive and every row of the warehouse and holds them against their hashes.
    """

    def archive(settings: Settings) -> Iterator[str]:
        yield from store_of(settings).archive().problems(deep=deep)

    def warehouse(settings: Settings) -> Iterator[str]:
        store_of(settings).look_through(deep=deep)
        yield from ()

    for part in (_folder, _bundle, archive, warehouse, _snapshot, _sources, _failing):
        try:
            yield from part(settings)
        except StorageError as error:
            yield str(error)


def _archive_size(settings: Settings) -> Iterator[str]:
    size = store_of(settings).archive().size()
    yield f"Archive: {size.payloads:,} payloads, {size.stored_bytes / 1e6:.1f} MB"


def _room(settings: Settings) -> Iterator[str]:
    held = ", ".join(f"{name} {size / 1e6:,.1f} MB" for name, size in sizes(settings.home).items())
    yield f"On the disk: {held}"


def _states(settings: Settings) -> Iterator[str]:
    """How many sources are fresh, due, late, failing, paused, in need of a key."""
    from questions.sources.states import states

    now, ledger = datetime.now(UTC), store_of(settings).ledger()
    try:
        about = store_of(settings).latest().ask("sources", as_of=now)
    except (NoSnapshotError, QueryError):
        return
    found = states(about, ledger.health(), ledger.runs(limit=5_000), os.environ, now)
    counts = found.group_by("state", maintain_order=True).len().iter_rows()
    yield "States: " + ", ".join(f"{count} {state}" for state, count in counts)


def _last_day(settings: Settings) -> Iterator[str]:
    """What the runs of the last 24 hours did to the rows."""
    from questions.wording import counted

    since = datetime.now(UTC) - timedelta(days=1)
    runs = store_of(settings).ledger().runs(limit=5_000).filter(pl.col("started_at") > since)
    counts = runs.select(pl.col("^rows_.*$").sum()).row(0, named=True)
    yield (
        f"Last 24 hours: {counted(runs.height, 'run')}; {counts['rows_added']:,} rows added, of these "
        f"{counts['rows_revised']:,} revise earlier ones and {counts['rows_gone']:,} say that one is gone; "
        f"{counts['rows_refused']:,} refused"
    )


def _refresher(settings: Settings) -> Iterator[str]:
    from questions.sources.health import who_refreshes
    from questions.sources.words import WHAT_REFRESHES

    told = who_refreshes(store_of(settings).ledger(), datetime.now(UTC))
    yield from (text for _, text in told)
    if not any(well for well, _ in told):
        yield WHAT_REFRESHES


def _drift(settings: Settings) -> Iterator[str]:
    """What changed suddenly with the newest payload of a source."""
    from questions.sources.words import drifted

    try:
        rows = store_of(settings).latest().ask("drift", as_of=datetime.now(UTC))
    except (NoSnapshotError, QueryError, StorageError):
        return
    for row in rows.iter_rows(named=True):
        yield f"{row['source_id']} {drifted(row)} (payload of {row['since']:%Y-%m-%d})."


def _newest_snapshot(settings: Settings) -> Iterator[str]:
    try:
        snapshot = store_of(settings).latest()
        yield f"Snapshot no. {int(snapshot.id)}, published {snapshot.published_at:%Y-%m-%d %H:%M} UTC"
    except NoSnapshotError:
        yield "Snapshot: none yet"


def _number_of_sources(settings: Settings) -> Iterator[str]:
    own = settings.sources_folder
    yield f"Sources: {len(load_sources(own).sources)}; your own go into {own}"


def _folder(settings: Settings) -> Iterator[str]:
    probe = settings.home / ".probe"
    with told(settings.home):
        settings.home.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"?" * 4096)
        probe.unlink()
    yield from ()


def _bundle(_settings: Settings) -> Iterator[str]:
    from store.bundle import bundle_files

    bundle = bundle_files()
    yield from bundle.faults() if bundle else ()


def _snapshot(settings: Settings) -> Iterator[str]:
    yield from store_of(settings).faults()
    try:
        snapshot = store_of(settings).latest()
        models = snapshot.select("SELECT count(*) AS n FROM model")["n"][0]
    except (NoSnapshotError, QueryError) as error:
        yield str(error)
        return
    if models == 0:
        yield "The snapshot holds no models. Run `hypecurve refresh`, or `hypecurve rebuild`."


def _sources(settings: Settings) -> Iterator[str]:
    catalogue = load_sources(settings.sources_folder)
    yield from map(str, catalogue.problems)
    cadences = store_of(settings).ledger().cadences()
    for source in catalogue.sources.values():
        try:
            trigger_of(cadences.get(source.id, source.cadence))
        except CadenceError as error:
            yield f"{source.id}: {error}"


def _failing(settings: Settings) -> Iterator[str]:
    """Sources that fail again and again, or whose newest payload cannot be read; by their error."""
    known = load_sources(settings.sources_folder).sources
    unread = _unread(settings)
    failing = [
        row
        for row in store_of(settings).ledger().health().iter_rows(named=True)
        if row["source_id"] in known
        and row["last_status"] == "failed"
        and (row["failures_in_a_row"] >= FAILURES or row["source_id"] in unread)
    ]
    for error, rows in groupby(sorted(failing, key=lambda row: row["last_error"] or ""), _error):
        together = list(rows)
        names = ", ".join(row["source_id"] for row in together)
        since = min(row["failing_since"] for row in together)
        verb = "has" if len(together) == 1 else "have"
        yield f"{names} {verb} failed since {since:%Y-%m-%d %H:%M} UTC: {error}"


def _error(row: dict[str, str | None]) -> str:
    return row["last_error"] or "no reason was noted"


def _unread(settings: Settings) -> set[str]:
    try:
        return set(store_of(settings).latest().ask("unread_payloads")["source_id"])
    except (NoSnapshotError, QueryError, StorageError):
        return set()
