"""`hypecurve sources show` and `remove`: one source with all that is known of it, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.printing import say, show

if TYPE_CHECKING:
    from config import Settings
    from ingest.source import Source

commands = typer.Typer()

Name = Annotated[str, typer.Argument(help="The source.")]
NEWEST = 5


@commands.command("show")
def show_source(name: Name) -> None:
    """Show one source. Its form, its last payloads, how many rows it gave, why others did not go in."""
    from config import load_settings
    from ingest.registry import load_sources
    from pipeline.place import chosen
    from store.concealed import conceal

    settings = load_settings()
    catalogue = load_sources(settings.sources_folder)
    broken = [problem for problem in catalogue.problems if problem.path.stem == name]
    if not broken:
        chosen(catalogue, [name])
    file = catalogue.files[name] if name in catalogue.files else broken[0].path
    say(f"{file}")
    if file.suffix == ".toml":
        say(conceal(file.read_text(encoding="utf-8", errors="replace").rstrip()))
    for problem in broken:
        say(str(problem))
    if name in catalogue.sources:
        _addresses(settings, catalogue.sources[name])
    _payloads(settings, name)
    _rows(settings, name)


def _addresses(settings: Settings, source: Source) -> None:
    """Which of its addresses answered last, and whether that was one that stands in for the others."""
    from store.store import store_of

    if source.frozen:
        say(f"\nFrozen: {source.frozen}")
    archive = store_of(settings).archive()
    answers = [(archive.seen(entry).last_at, entry.url) for entry in archive.entries(source.id)]
    if not answers:
        say("\nNot yet fetched.")
        return
    at, url = max(answers)
    is_fallback = any(fallback.url == url for fallback in source.fallbacks)
    say(f"\nAnswered last, on {at:%Y-%m-%d}: {url}{' (a fallback)' if is_fallback else ''}")


def _payloads(settings: Settings, name: str) -> None:
    import polars as pl

    from store.store import store_of

    entries = store_of(settings).archive().entries(name)
    say(f"\nPayloads: {len(entries):,}")
    if entries:
        newest = [
            {"as_of": entry.as_of, "bytes": entry.bytes, "type": entry.content_type, "url": entry.url}
            for entry in reversed(entries[-NEWEST:])
        ]
        show(pl.DataFrame(newest))


def _rows(settings: Settings, name: str) -> None:
    from datetime import UTC, datetime

    from store.snapshot import NoSnapshotError
    from store.store import store_of

    try:
        snapshot = store_of(settings).latest()
    except NoSnapshotError:
        say("\nRows: none was taken in yet.")
        return
    rows = snapshot.ask("rows_of_source", source=name)
    say(f"\nRows: {rows['rows'].sum():,}")
    if rows.height:
        show(rows)
    reasons = snapshot.ask("quarantine_reasons", source=name, as_of=datetime.now(UTC))
    say(f"\nIn quarantine: {reasons['rows'].sum():,}")
    if reasons.height:
        show(reasons.drop("source_id"))


@commands.command()
def remove(
    name: Name,
    purge: Annotated[
        bool, typer.Option("--purge", help="Delete what was fetched of it, too, for good.")
    ] = False,
) -> None:
    """Remove a source of your own. Its form and rows go; what was fetched stays, unless you say --purge."""
    from config import load_settings
    from pipeline.remove_source import remove as removed

    gone = removed(load_settings(), name, with_payloads=purge)
    form = f"{gone.file} and " if gone.file else ""
    say(f"Removed {form}{gone.rows:,} rows of {name}.")
    if gone.payloads:
        say(f"Payloads deleted: {gone.payloads:,}.")
    if gone.kept:
        say(
            f"Payloads that stay in the archive: {gone.kept:,}; "
            f"`hypecurve sources remove {name} --purge` deletes them."
        )
