"""A schedule whose clock and whose runs a test holds in its hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from ingest.fetch.politeness import Clock
from ingest.records import Kind, Records
from ingest.registry import Catalogue
from ingest.source import Source
from pipeline.schedule.schedule import Schedule
from pipeline.take_in import Outcome
from store.ledger import Ledger, Status
from store.warehouse import Loaded

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def source(name: str, host: str = "", cadence: str = "1d", *, core: bool = False, after: str = "") -> Source:
    """A source of a host of its own."""
    url = f"https://{host or name + '.example'}/data.csv"
    made = Source(name, name, url, "", "", (url,), cadence, (Kind.USAGE,), lambda _: Records(), core=core)
    return replace(made, after=tuple(after.split()))


@dataclass
class Planned:
    """Sources, what becomes of their runs (`answers`, else unchanged), and what ran so far."""

    folder: Path
    sources: list[Source]
    answers: dict[str, Outcome] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    ran: list[list[str]] = field(default_factory=list)
    now: datetime = START
    passed: float = 0.0

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.folder / "ledger.sqlite")
        self.begin()

    def begin(self) -> None:
        """A process that schedules, started anew."""
        clock = Clock(now=lambda: self.now, monotonic=lambda: self.passed)
        self.schedule = Schedule(
            self._catalogue, self.ledger, self._run, self.folder / "sources", self.environment, clock
        )

    def later(self, **span: float) -> None:
        """Time goes on."""
        self.now += timedelta(**span)
        self.passed += timedelta(**span).total_seconds()

    def ticks(self, most: int = 50) -> list[list[str]]:
        """Look until nothing is left to do; what ran."""
        before = len(self.ran)
        for _ in range(most):
            if not self.schedule.tick():
                break
        return self.ran[before:]

    def fails(self, *names: str, offline: bool = False) -> None:
        """Let runs of these sources fail from now on."""
        for name in names:
            self.answers[name] = Outcome(name, Status.FAILED, message="no", offline=offline)

    def works(self, *names: str) -> None:
        """Let them succeed again."""
        for name in names:
            self.answers.pop(name, None)

    def next_run(self, name: str) -> datetime | None:
        """What people are told of a source's next run."""
        row = self.ledger.health().row(by_predicate=pl.col("source_id") == name, named=True)
        found: datetime | None = row["next_run_at"]
        return found

    def _catalogue(self) -> Catalogue:
        files = {item.id: self.folder / "sources" / f"{item.id}.toml" for item in self.sources}
        return Catalogue({item.id: item for item in self.sources}, files)

    def _run(self, names: Sequence[str]) -> list[Outcome]:
        self.ran.append(list(names))
        outcomes = [self.answers.get(name, Outcome(name, Status.UNCHANGED)) for name in names]
        for item in outcomes:
            run = self.ledger.start(item.source_id, "schedule", self.now)
            self.ledger.finish(run, item.status, self.now, Loaded(), error=item.message or None)
        return outcomes
