"""The child that parses, started as an operator's shell or service manager may start it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("limit", [resource.RLIMIT_CPU, resource.RLIMIT_DATA], ids=["processor", "memory"])
@pytest.mark.parametrize("most", [50, 5_000_000_000], ids=["below ours", "above ours"])
def test_a_limit_of_the_service_is_no_fault_of_the_payload(limit: int, most: int) -> None:
    """Where the process may not raise its own limits any more, it reads within those that it has."""
    most = most if limit == resource.RLIMIT_CPU else max(most, 1_000_000_000)
    said = subprocess.run(
        [sys.executable, "-m", "ingest.take_in.parse_child", "2000", "100"],
        cwd=ROOT,
        input=b"{}\n",
        capture_output=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(limit, (most, most)),
    )
    assert "broken" in json.loads(said.stdout)
