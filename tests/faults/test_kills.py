"""Killed at any moment, one refresh later everything published is what an undisturbed run publishes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

SCRIPT = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from tests.faults.kills import Stage, moments, without_bundle
without_bundle()
stage = Stage(Path(sys.argv[1]))
print(json.dumps([asdict(stage.kill(*moment)) for moment in moments(5, seed=12)]))
"""


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_kill_of_each_kind_leaves_no_trace(tmp_path: Path) -> None:
    """Of a refresh, a back-fill, a rebuild, a publishing and a migration; no payload is lost either.

    CI kills twenty times (`make kills KILLS=20`).
    """
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kills = json.loads(done.stdout.splitlines()[-1])
    assert [killed for killed in kills if not (killed["same"] and killed["kept"])] == []
    assert sum(killed["alive"] for killed in kills) >= 2
