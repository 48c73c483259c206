"""Two machines of a team that stay, as people start them: each due source is taken by one of them.

Both schedulers and both dashboards are processes, each machine has a home of its own, and sources lie on
the loopback. One machine is killed in the midst of a refresh; the other one takes its work when its lease is
over.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Final

import pytest

from config import Settings
from ingest.registry import load_sources
from store.ledger import Action
from store.team.ledger import LEASE
from store.team.store import TeamStore
from tests.faults.small_place import BOARD, FORM
from tests.loopback import Loopback, Reply, Seen, free_port, page
from tests.team.machines import SERVE, _health
from tests.team.programs import PATIENCE_SECONDS, started, until

BOARDS: Final = ("board-a", "board-b", "board-c", "board-d")
SCHEDULE: Final = """
from config import load_settings
from pipeline.schedule.keeper import Keeper
Keeper(load_settings(), module="tests.team.bare_refresher").keep()
"""


class Held:
    """An answer that comes when it is let go."""

    def __init__(self) -> None:
        self.asked, self.let_go = Event(), Event()

    def __call__(self, seen: Seen) -> Reply:
        self.asked.set()
        self.let_go.wait(PATIENCE_SECONDS)
        return page(BOARD.replace(b"81", b"91"))(seen)


def parent_of(process: int) -> int:
    """Who started a process."""
    return int(Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])


@pytest.fixture
def server() -> Iterator[Loopback]:
    """What the sources ask."""
    with Loopback() as loopback:
        yield loopback


@pytest.mark.timeout(900)
def test_each_due_source_is_taken_by_one_machine_and_the_work_of_a_dead_one_by_the_other(
    team: TeamStore, team_settings: Settings, server: Loopback, tmp_path: Path
) -> None:
    """Asked once though two look; after a kill the other one asks, and both dashboards show the rows."""
    machines = [
        replace(team_settings, home=tmp_path / name, allow_private_urls=True, stale_after_hours=1e6)
        for name in ("first", "second")
    ]
    ledger, held = team.ledger(), Held()
    for name in load_sources().sources:
        ledger.ask(name, Action.PAUSE, datetime.now(UTC))
    for name in BOARDS:
        url = server.on(f"/{name}.csv", page(BOARD))
        for settings in machines:
            settings.sources_folder.mkdir(parents=True, exist_ok=True)
            text = FORM.format(name=name, url=url, column="Score", cadence="1h")
            (settings.sources_folder / f"{name}.toml").write_text(text, encoding="utf-8")

    def succeeded() -> Counter[str]:
        return Counter(ledger.runs().filter(status="new data")["source_id"])

    with ExitStack() as stack:
        schedulers = [stack.enter_context(started(settings, "-c", SCHEDULE)) for settings in machines]
        until(
            "both machines live", lambda: len({row["home"] for row in ledger.rows("SELECT * FROM beat")}) == 2
        )
        until("every board is taken in", lambda: set(succeeded()) == set(BOARDS))
        time.sleep(5)  # whoever would take one again has looked by now
        assert Counter(seen.path for seen in server.seen) == Counter(f"/{name}.csv" for name in BOARDS)
        assert succeeded() == Counter(BOARDS)

        ports = [free_port() for _ in machines]
        for settings, port in zip(machines, ports, strict=True):
            stack.enter_context(started(replace(settings, schedule=False), "-c", SERVE, str(port)))
        addresses = [f"http://127.0.0.1:{port}" for port in ports]
        for address in addresses:
            until("a dashboard shows all", lambda address=address: _health(address).get("machines"))

        server.on("/board-a.csv", held)
        ledger.set_cadence("board-a", "1m", datetime.now(UTC))
        until("board-a is asked again", held.asked.is_set)
        server.on("/board-a.csv", page(BOARD.replace(b"81", b"91")))
        (row,) = ledger.rows("SELECT lease_by FROM plan WHERE source_id = 'board-a'")
        dead = int(row["lease_by"].rpartition(":")[2])
        keeper = next(process for process in schedulers if process.pid == parent_of(dead))
        for process in (keeper.pid, dead):  # first who would start it again
            os.kill(process, signal.SIGKILL)
        died = time.monotonic()
        until("the other machine takes it", lambda: succeeded()["board-a"] == 2, 2 * PATIENCE_SECONDS)
        assert time.monotonic() - died > LEASE.total_seconds() / 2
        (run,) = ledger.runs("board-a", limit=1).iter_rows(named=True)
        assert (run["status"], run["rows_revised"]) == ("new data", 1)
        sql = """
            SELECT score FROM score WHERE source_id = 'board-a' AND model_name = 'alpha-1'
            ORDER BY observed_at
        """
        until("it is published", lambda: team.latest().select(sql)["score"].to_list() == [0.81, 0.91])
        newest = int(team.latest().id)
        for address in addresses:
            until(
                "a dashboard follows",
                lambda address=address: int(_health(address).get("snapshot", 0)) == newest,
            )
            alive = Counter(machine["alive"] for machine in _health(address)["machines"])
            assert alive == {True: 1, False: 1}
    held.let_go.set()
