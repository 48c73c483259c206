"""What every source tells, whatever its parse function does: keys that JSON or YAML states twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.formats.texts import hearing
from ingest.records import Records, merge, refused_lines
from ingest.source import Payload, Source


def telling(source: Source) -> Source:
    """The source with a parse function whose records name the keys that were stated twice."""

    def parse(payloads: Sequence[Payload]) -> Records:
        with hearing() as heard:
            found = source.parse(payloads)
        if not heard or not source.kinds:
            return found
        return merge([found, Records(refused=refused_lines(source.kinds[0], heard))])

    return replace(source, parse=parse)
