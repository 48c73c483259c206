"""Who is told of what, when, and that nobody is told twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from config import Settings, SettingsError
from pipeline.notify.rules import rules_of
from pipeline.notify.send import Notifier, by_apprise
from store.beat import Ending, note_ending
from store.ledger import Ledger, Status
from store.snapshot import publish
from store.warehouse import Loaded, open_warehouse
from tests.homes.small_home import PRICES, SCORES, SEEN, fill

NOW = SEEN + timedelta(hours=12)


class Told:
    """Stands in for a service: keeps what was sent; fails while `broken`."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []
        self.broken = False

    def __call__(self, _to: Sequence[str], title: str, body: str) -> bool:
        if not self.broken:
            self.messages.append((title, body))
        return not self.broken


def settings(home: Path, *rules: dict[str, Any]) -> Settings:
    """A home with rules."""
    return Settings(home=home, notify=json.dumps([{"to": "ntfys://x"} | rule for rule in rules]))


def run(home: Path, source: str, status: Status, at: datetime) -> None:
    """A run that ended so."""
    ledger = Ledger(home / "ledger.sqlite")
    error = "status 500" if status is Status.FAILED else None
    ledger.finish(ledger.start(source, "schedule", at), status, at, Loaded(), error=error)


def test_a_source_that_fails_and_recovers_is_told_once_each(tmp_path: Path) -> None:
    """Not before so many runs failed, once however often one looks and restarts, and again when it works."""
    fill(tmp_path)
    told = Told()
    chosen = settings(tmp_path, {"about": ["failing", "recovered"], "failing_runs": 2})
    Notifier(chosen, told).look(NOW)
    assert told.messages == []
    run(tmp_path, PRICES, Status.FAILED, NOW)
    for minute in range(3):
        Notifier(chosen, told).look(NOW + timedelta(minutes=minute))
    ((title, body),) = told.messages
    assert title == f"hypecurve: {PRICES} fails"
    assert "status 500" in body
    run(tmp_path, PRICES, Status.UNCHANGED, NOW + timedelta(hours=1))
    for hour in (1, 2):
        Notifier(chosen, told).look(NOW + timedelta(hours=hour))
    assert [title for title, _ in told.messages][1:] == [f"hypecurve: {PRICES} works again"]


def test_stale_sources_and_an_end_of_the_refresher_are_told_together(tmp_path: Path) -> None:
    """Several events at one look are one message; text from outside cannot forge lines in it."""
    fill(tmp_path)
    told, late = Told(), SEEN + timedelta(days=4)
    note_ending(Ledger(tmp_path / "ledger.sqlite"), Ending(7, late, -9, "signal SIGKILL\n\x1b[2Jgone"))
    Notifier(settings(tmp_path, {"about": ["stale", "ended"]}), told).look(late)
    ((title, body),) = told.messages
    assert title == "hypecurve: 2 events"
    assert f"{SCORES} is stale" in body
    assert "SIGKILL" in body
    assert "\x1b" not in body


def test_quiet_hours_and_digests_wait_for_their_time(tmp_path: Path) -> None:
    """At night nothing is sent; a daily digest comes once, at its hour in its time zone, with all of it."""
    fill(tmp_path)
    run(tmp_path, PRICES, Status.FAILED, NOW)
    at_night, by_day = Told(), Told()
    quiet = settings(tmp_path, {"name": "q", "about": "failing", "failing_runs": 1, "quiet": "22:00-07:00"})
    night = NOW.replace(hour=23)
    Notifier(quiet, at_night).look(night)
    assert at_night.messages == []
    Notifier(quiet, at_night).look(night + timedelta(hours=9))
    assert len(at_night.messages) == 1
    daily = {"name": "d", "about": "failing", "failing_runs": 1, "digest": "daily", "at": "08:00"}
    digest = Notifier(settings(tmp_path, daily | {"timezone": "Europe/Berlin"}), by_day)
    digest.look(NOW)  # the first of its kind: the hour of today is over, and nothing was ever sent
    assert len(by_day.messages) == 1
    run(tmp_path, SCORES, Status.FAILED, NOW)
    digest.look(NOW.replace(hour=5, minute=59) + timedelta(days=1))
    assert len(by_day.messages) == 1
    digest.look(NOW.replace(hour=6, minute=1) + timedelta(days=1))
    assert len(by_day.messages) == 2


def test_a_service_that_does_not_answer_is_tried_again_and_nothing_is_lost(tmp_path: Path) -> None:
    """After some minutes, not at every look."""
    fill(tmp_path)
    told = Told()
    told.broken = True
    notifier = Notifier(settings(tmp_path, {"about": "failing", "failing_runs": 1}), told)
    notifier.look(NOW)
    told.broken = False
    notifier.look(NOW + timedelta(minutes=1))
    assert told.messages == []
    notifier.look(NOW + timedelta(minutes=6))
    assert len(told.messages) == 1


def news(home: Path, *rows: dict[str, Any]) -> None:
    """Publish a snapshot whose table of news has these rows."""
    with open_warehouse(home / "warehouse.duckdb", 5.0) as warehouse:
        columns = warehouse.frame("SELECT * FROM news LIMIT 0")
        full = [dict.fromkeys(columns.columns) | row for row in rows]
        warehouse.replace("news", pl.DataFrame(full, schema=columns.schema))
        publish(warehouse, home / "snapshots")


def item(news_id: str, kind: str, model: str, *, late: bool = False) -> dict[str, Any]:
    """A row of news."""
    said = {"headline": f"{kind} of {model}", "evidence": "day stated", "known_at": NOW}
    return said | {
        "news_id": news_id,
        "kind": kind,
        "happened_on": NOW.date(),
        "is_late": late,
        "model_id": model,
    }


def test_readers_are_told_of_the_news_that_they_watch_and_never_of_the_past(tmp_path: Path) -> None:
    """Not of what a rule found when it began, nor of what came late; each piece of news once."""
    fill(tmp_path)
    told = Told()
    chosen = settings(tmp_path, {"about": ["leader", "price"], "models": ["gpt-5*"]})
    news(tmp_path, item("1", "leader", "gpt-5"))
    Notifier(chosen, told).look(NOW)
    assert told.messages == []
    news(
        tmp_path,
        item("1", "leader", "gpt-5"),
        item("2", "price", "gpt-5-mini"),
        item("3", "price", "gpt-5", late=True),
        item("4", "price", "claude-2"),
        item("5", "verdict", "gpt-5"),
    )
    for _ in range(2):
        Notifier(chosen, told).look(NOW)
    assert [title for title, _ in told.messages] == ["hypecurve: price of gpt-5-mini"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"about": "nothing"}, "'about' lists some of failing"),
        ({"about": "failing", "to": []}, "'to' lists addresses"),
        ({"about": "failing", "quiet": "at night"}, "22:00-07:00"),
        ({"about": "failing", "digest": "hourly"}, "daily or weekly"),
        ({"about": "failing", "timezone": "Atlantis"}, "Europe/Berlin"),
        ({"about": "failing", "failing_runs": 0}, "from 1"),
        ({"about": "failing", "colour": "red"}, "there is no 'colour'"),
    ],
)
def test_a_wrong_rule_is_told_in_a_sentence(tmp_path: Path, rule: dict[str, Any], says: str) -> None:
    """Which rule, and what would do."""
    with pytest.raises(SettingsError, match=says):
        rules_of(settings(tmp_path, rule))


def test_a_key_in_an_address_comes_from_the_environment(tmp_path: Path) -> None:
    """What is missing is named."""
    (rule,) = rules_of(settings(tmp_path, {"about": "failing", "to": "ntfys://{TOPIC}"}))
    assert rule.addresses({"TOPIC": "secret"}) == ["ntfys://secret"]
    with pytest.raises(SettingsError, match="TOPIC"):
        rule.addresses({})


def test_a_message_gets_to_a_real_service() -> None:
    """A web hook on the loopback receives title and text; an address that is none is not taken."""
    bodies: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert by_apprise([f"json://127.0.0.1:{server.server_port}/hook"], "hypecurve: test", "It <works>")
        thread.join()
    assert (bodies[0]["title"], bodies[0]["message"]) == ("hypecurve: test", "It <works>")
    assert not by_apprise(["nonsense"], "a", "b")
