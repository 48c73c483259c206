"""How an installation stands: where its data are, what is wrong, what could be better, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from config import NO_CONTACT, Settings
from ingest.cadence import CadenceError, trigger_of
from ingest.registry import load_sources
from store.archive import Archive
from store.ledger import Ledger
from store.snapshot import NoSnapshotError, latest


def standing(settings: Settings) -> Iterator[str]:
    """Where the data are and how much there is."""
    size = Archive(settings.archive_folder).size()
    yield f"Data in {settings.home}"
    yield f"Archive: {size.payloads:,} payloads, {size.stored_bytes / 1e6:.1f} MB"
    try:
        snapshot = latest(settings.snapshot_folder)
        yield f"Snapshot no. {int(snapshot.id)}, published {snapshot.published_at:%Y-%m-%d %H:%M} UTC"
    except NoSnapshotError:
        yield "Snapshot: none yet"
    own = settings.sources_folder
    yield f"Sources: {len(load_sources(own).sources)}; your own go into {own}"


def advice(settings: Settings) -> Iterator[str]:
    """What works, but would work better."""
    if settings.contact == NO_CONTACT:
        yield (
            "No contact is set. Wikimedia and others refuse programs without one: set HYPECURVE_CONTACT "
            "to your e-mail address or page, or `contact` in hypecurve.toml."
        )


def troubles(settings: Settings) -> Iterator[str]:
    """Every trouble found in folders, archive, snapshot, sources and settings; none when all is well."""
    yield from _folder(settings)
    yield from Archive(settings.archive_folder).problems()
    yield from _snapshot(settings)
    yield from _sources(settings)


def _folder(settings: Settings) -> Iterator[str]:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        probe = settings.home / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield f"{settings.home} cannot be written ({error.strerror}): set HYPECURVE_HOME to another folder."


def _snapshot(settings: Settings) -> Iterator[str]:
    try:
        snapshot = latest(settings.snapshot_folder)
    except NoSnapshotError as error:
        yield str(error)
        return
    if snapshot.select("SELECT count(*) AS n FROM model")["n"][0] == 0:
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
