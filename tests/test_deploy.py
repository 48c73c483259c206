"""The files in deploy/: units that systemd takes, commands that exist, a container that follows the rules."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

import cli
from tests.places import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
COMMAND = "/opt/hypecurve/.venv/bin/hypecurve"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """`systemd-analyze verify` has nothing to say, once the program is where the units look for it."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace(COMMAND, "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda file: file.name)
def test_every_command_that_is_started_exists(file: Path) -> None:
    """Units, cron and container start commands with options that there are."""
    group = typer.main.get_command(cli.commands)
    text = file.read_text(encoding="utf-8").replace('", "', " ").replace('["', " ")
    for line in re.findall(
        rf"(?:{COMMAND}| hypecurve) ((?:up|serve|schedule|refresh|backup)\b[^\"\n]*)", text
    ):
        name, *words = line.split()
        known = {option for parameter in group.commands[name].params for option in parameter.opts}  # type: ignore[attr-defined]
        assert {word for word in words if word.startswith("--")} <= known


def test_the_container_follows_the_rules_of_hadolint() -> None:
    """Fixed images, no root, no cache, hashes, one command as a list, a look at its health."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert all(":" in image.rsplit("/", 1)[-1] for image in re.findall(r"^FROM (\S+)", text, re.MULTILINE))
    assert re.search(r"^USER \d+$", text, re.MULTILINE)
    assert "--require-hashes" in text
    assert "HEALTHCHECK" in text
    assert re.search(r"^CMD \[", text, re.MULTILINE)
    assert not re.search(r"^(ADD|MAINTAINER)\b", text, re.MULTILINE)
