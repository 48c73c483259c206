"""What is old is forgotten; what a rebuild needs never is."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from store.cadence import CadenceError
from store.ledger import Ledger, Status
from store.warehouse import Loaded


def test_old_runs_and_damaged_files_go_and_the_archive_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each source the last run of every outcome stays, however old."""
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    ledger, now = Ledger(tmp_path / "ledger.sqlite"), datetime.now(UTC)
    for days in (50, 40, 1):
        at = now - timedelta(days=days)
        ledger.finish(ledger.start("a", "schedule", at), Status.NEW, at, Loaded())
    body = tmp_path / "archive" / "body"
    old, new = (tmp_path / f"warehouse.duckdb.damaged-{name}" for name in ("old", "new"))
    body.parent.mkdir()
    for file, days in ((body, 400), (old, 400), (new, 1)):
        file.write_text("x")
        os.utime(file, 2 * ((now - timedelta(days=days)).timestamp(),))
    said = CliRunner().invoke(cli.commands, ["prune", "--older-than", "30d"])
    assert said.stdout == "Forgot 2 runs; deleted 1 damaged files that had been put aside.\n"
    assert ledger.runs().height == 1
    assert (old.exists(), new.exists(), body.exists()) == (False, True, True)
    wrong = CliRunner().invoke(cli.commands, ["prune", "--older-than", "a while"])
    assert isinstance(wrong.exception, CadenceError)
