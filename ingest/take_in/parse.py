"""From archived payloads to records, in this process or for it: what every way of parsing shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ingest.errors import ParseError
from ingest.records import Records, check
from ingest.source import Payload, Source
from store.archive import Archive, Entry

Read = Callable[[Source, Sequence[Entry]], Records | str]
"""What payloads that belong together say, or in words why nothing of it can be taken in.

Raises ArchiveError where the body of one of them is missing or damaged.
"""

MEMORY_ENDED: Final = "it ran out of memory"


def here(archive: Archive) -> Read:
    """A reader that parses in this process, without any limit."""
    return lambda source, together: parsed(source, archive, together)


def parsed(source: Source, archive: Archive, together: Sequence[Entry]) -> Records | str:
    """What the payloads say, checked. MemoryError goes through: it says nothing of what it is about."""
    payloads = [payload_of(archive, entry) for entry in sorted(together, key=lambda entry: entry.url)]
    try:
        return check(source.parse(payloads))
    except ParseError as error:
        return str(error)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a parser's own fault must not cost the other payloads
        where = max(together, key=lambda entry: entry.as_of).url
        return f"the parser of {source.id} failed on {where}: {type(error).__name__}: {error}"


def payload_of(archive: Archive, entry: Entry) -> Payload:
    """An archived payload with its bytes. Raises ArchiveError where they are missing or damaged."""
    return Payload(
        entry.source_id,
        entry.url,
        entry.as_of,
        entry.sha256,
        archive.body(entry.sha256),
        entry.content_type,
        entry.headers,
    )
