"""Which sources are refreshed when: by requests, cadence and urgency, and not while nobody can be reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.schedule.schedule import LARGEST_BATCH
from store.cadence import CadenceError
from store.ledger import DIED, Action, Status
from store.warehouse import Loaded
from tests.pipeline.schedule.planned import START, Planned, source


def planned(folder: Path, *names: str) -> Planned:
    """Sources that have just run."""
    found = Planned(folder, [source(name) for name in names])
    found.ticks()
    found.ran.clear()
    return found


def test_what_is_due_runs_once_together_and_then_rests(tmp_path: Path) -> None:
    """New sources run at the first look; a day later, and after three days of sleep, they run once more."""
    plan = Planned(tmp_path, [source("a"), source("b")])
    assert plan.ticks() == [["a", "b"]]
    plan.later(hours=23)
    assert plan.ticks() == []
    plan.later(days=3)
    assert [sorted(batch) for batch in plan.ticks()] == [["a", "b"]]


def test_wishes_come_first_and_for_sources_that_rest_too(tmp_path: Path) -> None:
    """`Run now` runs at the next look, whoever asked, and of paused sources too; unknown ones are let go."""
    plan = planned(tmp_path, "a", "b")
    plan.ledger.ask("a", Action.PAUSE, plan.now)
    for name in ("a", "unknown", "a"):
        plan.ledger.ask(name, Action.RUN, plan.now)
    assert plan.ticks() == [["a"]]
    plan.later(days=2)
    assert plan.ticks() == [["b"]]
    assert plan.next_run("a") is None


def test_another_cadence_holds_at_once_and_after_a_restart(tmp_path: Path) -> None:
    """The next run is told anew, and a process that starts later keeps to it."""
    plan = planned(tmp_path, "a")
    plan.ledger.set_cadence("a", "1h", plan.now)
    plan.ticks()
    told = plan.next_run("a")
    assert told is not None and told - plan.now < timedelta(hours=1, minutes=3)
    plan.begin()
    plan.later(hours=1, minutes=3)
    assert plan.ticks() == [["a"]]
    plan.ledger.set_cadence("a", None, plan.now)
    plan.later(hours=2)
    assert plan.ticks() == []


def test_a_cadence_that_cannot_be_read_is_never_stored(tmp_path: Path) -> None:
    """Whoever sets it is told what would do, and the plan stays."""
    plan = planned(tmp_path, "a")
    with pytest.raises(CadenceError, match="write an interval"):
        plan.ledger.set_cadence("a", "every other day", plan.now)
    assert plan.ledger.cadences() == {}


def test_a_form_whose_cadence_cannot_be_read_costs_its_source_only(tmp_path: Path) -> None:
    """It is a failed run with the reason; the others run."""
    plan = Planned(tmp_path, [source("a"), source("b", cadence="sometimes")])
    assert plan.ticks() == [["a"]]
    assert "sometimes" in plan.ledger.runs("b")["error"][0]


def test_core_sources_and_what_is_long_overdue_come_first(tmp_path: Path) -> None:
    """A large plan is worked off in batches, the most urgent first."""
    many = [source(f"s{at:02}") for at in range(LARGEST_BATCH + 3)]
    plan = Planned(tmp_path, [*many, source("zz-core", core=True)])
    first, second = plan.ticks()
    assert first[0] == "zz-core"
    assert (len(first), len(second)) == (LARGEST_BATCH, 4)
    plan.sources = [source("daily"), source("hourly", cadence="1h")]
    plan.begin()
    plan.ticks()
    plan.later(days=1, hours=1)
    assert plan.ticks() == [["hourly", "daily"]]


def test_a_source_that_needs_another_ones_data_runs_after_it(tmp_path: Path) -> None:
    """It waits for the refresh that publishes what it asks by; two that wait for each other both run."""
    plan = Planned(
        tmp_path, [source("a", after="z"), source("z"), source("c", after="d"), source("d", after="c")]
    )
    assert plan.ticks() == [["c", "d", "z"], ["a"]]


def test_a_source_that_fails_backs_off_by_itself(tmp_path: Path) -> None:
    """Ten minutes after the first failure, twenty after the second; the others keep their times."""
    plan = Planned(tmp_path, [source("a"), source("b")])
    plan.fails("a")
    plan.ticks()
    plan.later(minutes=9)
    assert plan.ticks() == []
    plan.later(minutes=2)
    assert plan.ticks() == [["a"]]
    plan.later(minutes=12)
    assert plan.ticks() == []
    plan.later(minutes=9)
    plan.works("a")
    assert plan.ticks() == [["a"]]


def test_without_a_network_one_source_is_tried_and_then_all_that_missed_it(tmp_path: Path) -> None:
    """A probe a minute, then ever fewer; when one gets through, everything that was missed runs at once."""
    names = [f"s{at}" for at in range(6)]
    plan = Planned(tmp_path, [source(name, cadence="7d") for name in names])
    plan.fails(*names, offline=True)
    assert plan.ticks() == [names]
    ran = []
    for _ in range(60):
        plan.later(minutes=1)
        ran += plan.ticks()
    assert all(len(batch) == 1 for batch in ran)
    assert 5 <= len(ran) <= 9
    assert plan.schedule.network.offline_since == START
    plan.works(*names)
    plan.later(minutes=15)
    (probe, rest) = plan.ticks()
    assert sorted([*probe, *rest]) == names
    assert plan.schedule.network.offline_since is None


def test_what_needs_no_network_runs_without_one(tmp_path: Path) -> None:
    """A source of this machine or this house keeps its times, and is no sign of the network."""
    plan = Planned(tmp_path, [source("a"), source("b"), source("near", host="127.0.0.1:80", cadence="1h")])
    plan.fails("a", "b", offline=True)
    plan.ticks()
    plan.later(hours=1, minutes=3)
    assert ["near"] in plan.ticks()
    assert plan.schedule.network.offline_since == START


def test_one_host_that_cannot_be_reached_is_no_lost_network(tmp_path: Path) -> None:
    """It backs off by itself, and the others run on time."""
    plan = Planned(tmp_path, [source("a", host="dead.example"), source("b", host="dead.example")])
    plan.fails("a", "b", offline=True)
    plan.ticks()
    assert plan.schedule.network.offline_since is None


def test_forms_are_picked_up_without_a_restart(tmp_path: Path) -> None:
    """A form dropped into the folder, or changed, runs at the next look; one that is gone is let go."""
    plan = planned(tmp_path, "a")
    (tmp_path / "sources").mkdir()
    form = tmp_path / "sources" / "b.toml"
    form.write_text("one")
    plan.sources.append(source("b"))
    assert plan.ticks() == [["b"]]
    form.write_text("changed")
    assert plan.ticks() == [["b"]]
    form.unlink()
    plan.sources.pop()
    plan.later(days=2)
    assert plan.ticks() == [["a"]]
    assert plan.next_run("b") is None


def test_a_source_without_its_key_does_not_run_until_it_has_one(tmp_path: Path) -> None:
    """No run is noted for it, so it does not look refreshed; with the key it is due."""
    plan = Planned(tmp_path, [replace(source("a"), key_env="A_KEY"), source("b")])
    assert plan.ticks() == [["b"]]
    plan.environment["A_KEY"] = "secret"
    plan.begin()
    assert plan.ticks() == [["a"]]


def test_a_clock_that_is_put_back_stops_nothing(tmp_path: Path) -> None:
    """All sources are timed anew by the clock as it is."""
    plan = planned(tmp_path, "a")
    plan.now -= timedelta(days=400)
    plan.ticks()
    told = plan.next_run("a")
    assert told is not None and told <= plan.now + timedelta(days=1, minutes=3)


def test_sources_whose_run_ended_with_the_process_are_tried_alone(tmp_path: Path) -> None:
    """So the one that kills the process is found, and the others get through."""
    plan = Planned(tmp_path, [source(name) for name in "abc"])
    for name in "ab":
        run = plan.ledger.start(name, "schedule", plan.now)
        plan.ledger.finish(run, Status.FAILED, plan.now, Loaded(), error=f"{DIED}: signal SIGSEGV.")
    plan.later(minutes=11)
    assert sorted(plan.ticks()) == [["a"], ["b"], ["c"]]


def test_what_somebody_refreshed_by_hand_is_not_refreshed_again_at_its_old_time(tmp_path: Path) -> None:
    """Another process ran it: its next time goes by that; an unreadable cadence is told once."""
    planned = Planned(tmp_path, [source("a"), source("b"), source("c", cadence="never")])
    assert sorted(planned.ticks()[0]) == ["a", "b"]
    planned.later(hours=23)
    run = planned.ledger.start("a", "command", planned.now)
    planned.ledger.finish(run, Status.UNCHANGED, planned.now, Loaded())
    planned.ticks()
    planned.later(hours=2)
    assert planned.ticks() == [["b"]]
    assert planned.ledger.runs("c").height == 1
