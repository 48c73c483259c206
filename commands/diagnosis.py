"""How an installation stands: where its data are, what is wrong, what could be better, and what to do.

Every part is opened and looked at by itself: one that cannot be used is told, and the others are told too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from config import NO_CONTACT, Settings
from ingest.cadence import CadenceError, trigger_of
from ingest.registry import load_sources
from store.archive import Archive
from store.ledger import Ledger
from store.rows import QueryError
from store.snapshot import NoSnapshotError, faults, latest
from store.trouble import DAMAGED, StorageError, told
from store.warehouse import look_through

FAILURES = 2
"""So many failed runs in a row are a trouble; one may be an outage of theirs."""

Part = Callable[[Settings], Iterator[str]]


def standing(settings: Settings) -> Iterator[str]:
    """Where the data are and how much there is."""
    yield f"Data in {settings.home}"
    for part in (_archive_size, _newest_snapshot, _number_of_sources):
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
    for file in sorted(settings.home.glob(f"*{DAMAGED}*")):
        yield f"{file} was damaged and put aside; what could be made again has been. Delete it when you like."


def troubles(settings: Settings, *, deep: bool = False) -> Iterator[str]:
    """Every trouble found in folders, archive, warehouse, snapshot, ledger, sources; none when all is well.

    `deep` reads every body of the archive and every row of the warehouse and holds them against their hashes.
    """

    def archive(settings: Settings) -> Iterator[str]:
        yield from Archive(settings.archive_folder).problems(deep=deep)

    def warehouse(settings: Settings) -> Iterator[str]:
        look_through(settings.warehouse_file, deep=deep)
        yield from ()

    for part in (_folder, archive, warehouse, _snapshot, _sources, _failing):
        try:
            yield from part(settings)
        except StorageError as error:
            yield str(error)


def _archive_size(settings: Settings) -> Iterator[str]:
    size = Archive(settings.archive_folder).size()
    yield f"Archive: {size.payloads:,} payloads, {size.stored_bytes / 1e6:.1f} MB"


def _newest_snapshot(settings: Settings) -> Iterator[str]:
    try:
        snapshot = latest(settings.snapshot_folder)
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


def _snapshot(settings: Settings) -> Iterator[str]:
    yield from faults(settings.snapshot_folder)
    try:
        snapshot = latest(settings.snapshot_folder)
        models = snapshot.select("SELECT count(*) AS n FROM model")["n"][0]
    except (NoSnapshotError, QueryError) as error:
        yield str(error)
        return
    if models == 0:
        yield "The snapshot holds no models. Run `hypecurve refresh`, or `hypecurve rebuild`."


def _sources(settings: Settings) -> Iterator[str]:
    catalogue = load_sources(settings.sources_folder)
    yield from map(str, catalogue.problems)
    cadences = Ledger(settings.ledger_file).cadences()
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
        for row in Ledger(settings.ledger_file).health().iter_rows(named=True)
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
        return set(latest(settings.snapshot_folder).ask("unread_payloads")["source_id"])
    except (NoSnapshotError, QueryError, StorageError):
        return set()
