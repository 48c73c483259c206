"""Mutated payloads through every parser: each must end in rows or a sentence, within its limits.

    python -m tests.faults.fuzz [--seconds 60] [--seed 1]

The payloads are those of tests/fixtures. What kills the child that parses, or is answered by an unforeseen
exception, is told with the seed that makes it again; the first kind fails the run. A binary file whose reader
is compiled and believes what the file says of its own size may end at the limit of memory, which the child is
there for: it counts as `bounded` where the file as it was is read right afterwards.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from ingest.records import Records
from ingest.registry import load_sources
from ingest.source import Source
from ingest.take_in.parsers import ParseLimits, Parsers, open_parsers
from store.archive import Archive, Entry, describe
from store.ledger import Ledger
from tests.places import ROOT

FIXTURES: Final = ROOT / "tests" / "fixtures"
AS_OF: Final = datetime(2026, 7, 1, tzinfo=UTC)
LIMITS: Final = ParseLimits(megabytes=1_500, seconds=10)
LARGEST: Final = 300_000

NASTY: Final = (
    *(b"\0", b"\xff\xfe", b"\x1b[2J", b"1e400", b"NaN", b"-Infinity", b"9" * 400, b"\\ud800", b"{{", b"[[[["),
    *(
        b'"',
        b"'",
        b"<",
        b"&a;",
        b"<!--",
        b"\r",
        b"\n\n\n",
        b",,,,",
        b"|",
        b"2099-12-31",
        b"1970-01-01",
        b"null",
    ),
    *(b"{}", b"[]", "\u202e".encode(), b"*a", b"!!python/name:os.system"),
)

BINARY: Final = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"PAR1", b"ARROW1", b"SQLite format 3\0")
"""How files begin that compiled readers read: old and new workbooks, Parquet, Arrow, SQLite."""

Mutation = Callable[[bytes, random.Random], bytes]


def cut(body: bytes, dice: random.Random) -> bytes:
    """The beginning only."""
    return body[: dice.randrange(len(body) + 1)]


def flipped(body: bytes, dice: random.Random) -> bytes:
    """Some bits turned."""
    changed = bytearray(body)
    for _ in range(dice.randint(1, 20)):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def spiced(body: bytes, dice: random.Random) -> bytes:
    """Something nasty in some places."""
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(body) + 1)
        body = body[:at] + dice.choice(NASTY) + body[at + dice.choice((0, 0, 1, 8)) :]
    return body


def doubled(body: bytes, dice: random.Random) -> bytes:
    """A piece repeated many times."""
    begin = dice.randrange(len(body) + 1)
    piece = body[begin : begin + dice.randint(1, 200)]
    return body[:begin] + piece * dice.choice((2, 10, 500)) + body[begin:]


def shuffled(body: bytes, dice: random.Random) -> bytes:
    """Lines in another order, some of them missing."""
    lines = body.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines[: dice.randint(1, len(lines))])


MUTATIONS: Final[tuple[Mutation, ...]] = (cut, flipped, spiced, doubled, shuffled)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one mutated payload: `rows`, `told` (a sentence), `bounded`, `unforeseen`, or `killed`."""

    source_id: str
    seed: str
    how: str
    said: str = ""


@contextmanager
def parsers(home: Path) -> Iterator[tuple[Parsers, Archive, list[tuple[Source, dict[str, bytes]]]]]:
    """A child that parses, an archive, and the sources with their payloads by address."""
    catalogue = load_sources()
    archive, ledger = Archive(home / "archive"), Ledger(home / "ledger.sqlite")
    known = [(source, bodies(source.id)) for source in catalogue.sources.values()]
    with open_parsers(home, archive, catalogue.files, {}, ledger, LIMITS) as opened:
        yield opened, archive, [(source, payloads) for source, payloads in known if payloads]


def bodies(source_id: str) -> dict[str, bytes]:
    """The payloads of a source's fixture by their addresses."""
    folder = FIXTURES / source_id
    if not (folder / "fixture.toml").is_file():
        return {}
    named = tomllib.loads((folder / "fixture.toml").read_text(encoding="utf-8")).get("payloads", {})
    found = {url: (folder / name).read_bytes() for name, url in named.items() if isinstance(url, str)}
    return {url: body for url, body in found.items() if len(body) <= LARGEST}


def tried(opened: Parsers, archive: Archive, source: Source, payloads: dict[str, bytes], seed: str) -> Found:
    """Mutate one payload of a source and read them all."""
    dice = random.Random(seed)
    changed = dice.choice(sorted(payloads))
    bodies_now = dict(payloads)
    for _ in range(dice.randint(1, 3)):
        bodies_now[changed] = dice.choice(MUTATIONS)(bodies_now[changed], dice)
    answer = _read(opened, archive, source, bodies_now, changed)
    if not isinstance(answer, str):
        return Found(source.id, seed, "rows")
    if "reading it was stopped" in answer:
        at_the_limit = "of memory" in answer and payloads[changed].startswith(BINARY)
        goes_on = at_the_limit and not isinstance(_read(opened, archive, source, payloads, changed), str)
        return Found(source.id, seed, "bounded" if goes_on else "killed", answer)
    return Found(source.id, seed, "unforeseen" if answer.startswith("the parser of") else "told", answer)


def _read(
    opened: Parsers, archive: Archive, source: Source, payloads: dict[str, bytes], changed: str
) -> Records | str:
    entries: list[Entry] = []
    for url, body in payloads.items():
        entry = describe(body, source_id=source.id, url=url, as_of=AS_OF, fetched_at=AS_OF)
        archive.add(entry, body)
        entries.append(entry)
    together = entries if source.grouped else [entry for entry in entries if entry.url == changed]
    answer = opened.read(source, together)
    opened.forget(source.id)
    return answer


def fuzz(home: Path, seed: int, seconds: float, most: int = sys.maxsize) -> list[Found]:
    """Mutate payloads of all sources in turn until the time, or so many of them, is over."""
    end, found = time.monotonic() + seconds, []
    with parsers(home) as (opened, archive, sources):
        order = sorted(sources, key=lambda item: sha256(f"{seed}{item[0].id}".encode()).digest())
        for turn in range(most):
            if time.monotonic() > end:
                break
            source, payloads = order[turn % len(order)]
            found.append(tried(opened, archive, source, payloads, f"{seed}-{turn}-{source.id}"))
    return found


def main() -> None:
    """Fuzz for a while and tell what came of it."""
    words = argparse.ArgumentParser()
    words.add_argument("--seconds", type=float, default=60.0)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        found = fuzz(Path(home), asked.seed, asked.seconds)
    counts = Counter(item.how for item in found)
    sys.stdout.write(f"{len(found)} mutated payloads: {dict(counts)}\n")
    for item in found:
        if item.how in ("bounded", "killed", "unforeseen"):
            sys.stdout.write(f"{item.how} (seed {item.seed}): {item.said[:300]}\n")
    sys.exit(1 if counts["killed"] else 0)


if __name__ == "__main__":
    main()
