"""The server's process: what it schedules runs elsewhere, with its own settings."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

import app
from config import Settings
from ingest.registry import load_sources
from store.ledger import Action, Ledger
from tests.homes.small_home import fill
from tests.loopback import Loopback, Reply, Seen
from tests.test_cli import BOARD, ROWS


def test_a_scheduled_refresh_has_the_settings_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Home and contact of the `hypecurve.toml` that the server read reach the process that refreshes."""
    home, folder, elsewhere = tmp_path / "home", tmp_path / "folder", tmp_path / "elsewhere"
    for path in (home / "sources", folder, elsewhere):
        path.mkdir(parents=True)
    fill(home)
    for name in Settings(home=home).environment():  # what another test may have set in this process
        monkeypatch.delenv(name, raising=False)
    (folder / "hypecurve.toml").write_text(
        f'home = "{home}"\ncontact = "somebody@example.org"\nallow_private_urls = true\n'
    )
    _let_all_others_rest(home)
    monkeypatch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
    asked: list[Seen] = []
    happened = Event()

    def answer(seen: Seen) -> Reply:
        asked.append(seen)
        happened.set()
        return Reply(pieces=(ROWS,))

    async def serve() -> None:
        monkeypatch.chdir(folder)
        async with app.lifespan(app.app):
            monkeypatch.chdir(elsewhere)
            assert await asyncio.to_thread(happened.wait, 120)

    with Loopback() as server:
        url = server.on("/board.csv", answer)
        (home / "sources" / "board.toml").write_text(BOARD.format(url=url))
        asyncio.run(serve())
    assert "+somebody@example.org" in asked[0].headers["user-agent"]
    assert Ledger(home / "ledger.sqlite").runs("board", 1)["trigger"].to_list() == ["schedule"]


def _let_all_others_rest(home: Path) -> None:
    """Pause the sources that would ask the network."""
    ledger = Ledger(home / "ledger.sqlite")
    for name in load_sources().sources:
        ledger.ask(name, Action.PAUSE, datetime.now(UTC))
