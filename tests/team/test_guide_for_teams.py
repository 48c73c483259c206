"""docs/team.md takes a reader from nothing to two machines: its commands are run as they stand."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from config import Settings
from store.store import store_of
from tests.faults import kills
from tests.places import ROOT

COMMAND = """
import sys
from tests.faults.kills import without_bundle
without_bundle()
import cli
sys.argv[0] = "hypecurve"
cli.main()
"""
NETWORK = (*kills.BOARDS, "--as-of", "2026-01-02", "--replay")
"""What stands in for the network: three boards, as they were recorded."""


def commands() -> list[tuple[str, list[str]]]:
    """The machine and the words of each command of the guide, in order."""
    text = (ROOT / "docs" / "team.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh (first|second)\n(.*?)```", text, flags=re.S)
    return [(machine, shlex.split(line)) for machine, block in blocks for line in block.strip().splitlines()]


@pytest.mark.timeout(400)
def test_its_commands_lead_from_nothing_to_two_machines(team_settings: Settings, tmp_path: Path) -> None:
    """Each ends well; then both machines show the same, and the copy of one machine holds it too."""
    recordings, backup = tmp_path / "recordings", tmp_path / "backup"
    kills._record(recordings)
    machines = {name: replace(team_settings, home=tmp_path / name) for name in ("first", "second")}
    for settings in machines.values():
        kills._declare(settings)
    said = {}
    for machine, (program, *words) in commands():
        assert program == "hypecurve"
        asked = [word.replace("/backup/hypecurve", str(backup)) for word in words]
        if words == ["refresh"]:
            asked += [*NETWORK, str(recordings)]
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *asked],
            cwd=ROOT,
            env={**os.environ, **machines[machine].environment()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"
        said[machine, words[0], words[-1]] = done.stdout
    assert "Published: no. 1" in said["second", "store", "status"]
    shown = [kills.digests(store_of(settings).latest()) for settings in machines.values()]
    assert shown[0] == shown[1]
    assert shown[0] == kills.digests(store_of(Settings(home=backup)).latest())
