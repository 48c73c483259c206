"""Three machines of one team: whatever dies, what is published is what one machine would have published."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import Settings
from tests.places import ROOT
from tests.team.servers import PostgresServer

KILLS = int(os.environ.get("TEAM_KILLS", "3"))


@pytest.mark.long
@pytest.mark.timeout(400 + 90 * KILLS)
def test_kills_and_an_absent_postgresql_change_nothing_and_the_dashboard_goes_on(
    team_settings: Settings, postgres: PostgresServer, tmp_path: Path
) -> None:
    """Every table shown equals, row for row, that of one machine that nobody disturbed; no read fails."""
    where = [str(postgres.folder), str(postgres.port)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.team.machines", str(tmp_path), str(KILLS), "12", *where],
        cwd=ROOT,
        env={**os.environ, **team_settings.environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["kills"] >= 1
    assert told["stopped"] >= 1
    assert told["tables"] > 20
    assert (told["failed"], told["differ"], told["problems"]) == ([], [], {}), done.stderr
    assert told["reader"]["failed"] == []
    assert told["reader"]["away"] >= 1
    assert told["published"] >= 1
