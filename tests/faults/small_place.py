"""A small installation with a server of its own: two boards of the form that a person would write."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from config import Settings
from pipeline import refresh as pipeline
from store.ledger import Ledger
from store.store import store_of
from tests.loopback import Answer, Loopback, page
from tests.places import ROOT

FORM: Final = """
title = "{name}"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
url = "{url}"
format = "csv"
cadence = "{cadence}"

[score]
model_name = "Model"
score = {{ column = "{column}", unit = "percent" }}
constants = {{ benchmark_id = "{name}", unit = "fraction", reported_by = "community" }}
"""

BOARD: Final = b"Model,Score\nalpha-1,81\nbeta-2,64\n"


@dataclass
class SmallPlace:
    """A home and the server that its sources ask."""

    settings: Settings
    server: Loopback
    addresses: dict[str, str] = field(default_factory=dict)

    def serve(self, name: str, *answers: Answer) -> None:
        """What the server answers for a source from now on, in turn."""
        self.addresses[name] = self.server.on(f"/{name}.csv", *answers)

    def declare(self, name: str, column: str = "Score", cadence: str = "30d") -> None:
        """Write (or change) the form of a source."""
        url = self.addresses.setdefault(name, self.server.url(f"/{name}.csv"))
        text = FORM.format(name=name, url=url, column=column, cadence=cadence)
        self.settings.sources_folder.mkdir(parents=True, exist_ok=True)
        (self.settings.sources_folder / f"{name}.toml").write_text(text, encoding="utf-8")

    def add(self, name: str, body: bytes = BOARD, etag: str | None = None) -> None:
        """A source that serves a board."""
        self.serve(name, page(body, etag))
        self.declare(name)

    def module(self, name: str, parse: str) -> None:
        """A source that is a Python module; `parse` is the body of its parse function."""
        self.settings.sources_folder.mkdir(parents=True, exist_ok=True)
        (self.settings.sources_folder / f"{name}.py").write_text(
            MODULE.format(name=name, url=self.addresses[name], parse=parse), encoding="utf-8"
        )

    def refresh(self, *names: str) -> dict[str, pipeline.Outcome]:
        """Refresh sources; outcome by source."""
        outcomes = pipeline.refresh(self.settings, names)
        return {outcome.source_id: outcome for outcome in outcomes}

    def scores(self) -> list[tuple[str, float]]:
        """What readers see: the scores of all boards, the newest first."""
        sql = "SELECT model_name, score FROM score ORDER BY observed_at DESC, model_name"
        return store_of(self.settings).latest().select(sql).rows()

    def published(self) -> str:
        """Which snapshot readers see."""
        return store_of(self.settings).latest().id

    @property
    def ledger(self) -> Ledger:
        """The ledger, opened."""
        return store_of(self.settings).ledger()

    def command(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """The command as a person types it."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *words],
            cwd=ROOT,
            env={**os.environ, "HYPECURVE_HOME": str(self.settings.home), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


MODULE: Final = """
import polars as pl
from ingest.records import Kind, Records
from ingest.source import Source

def parse(payloads):
    body = payloads[0].body
{parse}

def rows(body):
    names = body.decode().split()
    frame = pl.DataFrame({{"model_name": names, "tokens": [1.0] * len(names)}})
    return Records({{Kind.USAGE: frame}})

SOURCE = Source(id="{name}", title="{name}", homepage="", licence="CC0", attribution="x", urls=("{url}",),
                cadence="1d", kinds=(Kind.USAGE,), parse=parse)
"""


def file_of(folder: Path, pattern: str) -> Path:
    """The only file that matches."""
    [found] = folder.glob(pattern)
    return found
