"""Forms for a payload that nobody has seen, proposed by the child process that parses, within its limits."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from ingest.declared.guess.drafts import About, TableFound
from ingest.declared.guess.proposal import Proposal
from ingest.take_in.parsers import Parsers
from store.archive import Entry, entry_to_json


@dataclass(frozen=True, slots=True)
class Guessed:
    """Forms for a payload, the best first; without any, why in words; and the tables that it holds.

    `currency` is that of prices which wait for a person to say what it is worth.
    """

    proposals: tuple[Proposal, ...]
    reason: str
    tables: tuple[TableFound, ...] = ()
    currency: str = ""

    def called(self, said: str) -> str | None:
        """The name of the table that is called so, or has this place from 1; None where there is none."""
        if any(table.name == said for table in self.tables):
            return said
        place = int(said) if said.isdecimal() else 0
        return self.tables[place - 1].name if 1 <= place <= len(self.tables) else None

    def others(self, proposal: Proposal) -> str:
        """The other tables in a sentence, and how to read one of them; empty where there are none."""
        names = [table.told() for table in self.tables if table.name != proposal.table]
        if not names:
            return ""
        return (
            f"there are {len(self.tables)} tables, and {proposal.table} is read; --table reads another: "
            + ("; ".join(names))
        )


def guessed(parsers: Parsers, about: About, entry: Entry) -> Guessed:
    """Forms that would take an archived payload in, the best first, one for each kind of record."""
    into = parsers.folder / f"guessed-{entry.sha256[:16]}"
    stopped = parsers.do(
        {
            "about": asdict(about),
            "archive": str(parsers.archive.folder),
            "entry": entry_to_json(entry),
            "into": str(into),
        }
    )
    if stopped is not None:
        return Guessed((), stopped)
    said = json.loads(into.read_text(encoding="utf-8"))
    tables = tuple(TableFound(item["name"], item["rows"], tuple(item["columns"])) for item in said["tables"])
    return Guessed(
        tuple(map(Proposal.from_json, said["proposals"])), said["reason"], tables, said["currency"]
    )
