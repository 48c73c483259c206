"""A dashboard that starts while PostgreSQL is away: it comes up, says so, and fills when it can."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config import Settings
from store.team.store import TeamStore
from tests.loopback import free_port
from tests.team.machines import SERVE
from tests.team.programs import started, until
from tests.team.servers import PostgresServer


def asked(address: str) -> tuple[int, dict[str, Any]]:
    """What a route answers, whatever its status; 0 while nobody does."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a_dashboard_starts_while_the_store_is_away_and_fills_when_it_is_back(
    team: TeamStore, team_settings: Settings, postgres: PostgresServer, tmp_path: Path
) -> None:
    """Nothing was ever copied to this machine: that is said with the reason, and it does not end."""
    with team.writing() as warehouse:
        published = team.publish(warehouse)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    reader = replace(team_settings, home=tmp_path / "reader", schedule=False, stale_after_hours=1e6)
    postgres.stop()
    try:
        with started(reader, "-c", SERVE, str(port)) as dashboard:
            status, health = until("it is up", lambda: (found := asked(f"{address}/healthz"))[0] and found)
            assert status == 503
            assert "cannot be reached" in " ".join(health["faults"])
            status, told = asked(f"{address}/api/ask/overview.json")
            assert status == 503
            assert "cannot be reached" in json.dumps(told)
            postgres.start()
            until("it shows the data", lambda: asked(f"{address}/healthz")[1].get("snapshot") == published.id)
            assert dashboard.poll() is None
    finally:
        with suppress(subprocess.CalledProcessError):  # else it runs again already
            postgres.start()
