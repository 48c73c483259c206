"""Several machines schedule the same sources: each that is due is refreshed once, by one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import store.team.ledger
from pipeline.take_in import Outcome
from store.ledger import Action
from store.team.ledger import TeamLedger
from store.team.postgres import Postgres
from store.team.store import TeamStore
from tests.pipeline.schedule.planned import Planned, source


@pytest.fixture
def machines(team: TeamStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Planned, Planned]:
    """Two schedules over one ledger; while one runs sources, the other one looks what is due."""
    first, second = (Planned(tmp_path / name, [source("a"), source("b")]) for name in ("first", "second"))
    for planned, other, name in ((first, second, "first"), (second, first, "second")):
        planned.ledger = _of_machine(TeamLedger(Postgres(team.address.catalog)), name, monkeypatch)
        planned._run = _looking(planned, other)  # type: ignore[method-assign]
        planned.begin()
    return first, second


def _of_machine(ledger: TeamLedger, name: str, monkeypatch: pytest.MonkeyPatch) -> TeamLedger:
    """The ledger as one machine uses it: it claims by its own name."""
    for method in ("claim", "hold", "release"):
        original = getattr(ledger, method)

        def named(*args: object, original: object = original) -> object:
            monkeypatch.setattr(store.team.ledger, "_holder", lambda: name)
            return original(*args)  # type: ignore[operator]

        monkeypatch.setattr(ledger, method, named)
    return ledger


def _looking(planned: Planned, other: Planned) -> object:
    run = planned._run

    def looked(names: Sequence[str]) -> list[Outcome]:
        if not other.ran:
            other.ticks(3)
        for machine in (planned, other):
            machine.later(seconds=1)
        return run(names)

    return looked


def test_what_is_due_is_refreshed_by_one_machine(machines: tuple[Planned, Planned]) -> None:
    """Neither while the other one is at it nor right after; on the next day whoever looks first does it."""
    first, second = machines
    assert [sorted(names) for names in first.ticks()] == [["a", "b"]]
    assert second.ticks() == []
    for planned in machines:
        planned.later(days=1, minutes=5)
    assert [sorted(names) for names in second.ticks()] == [["a", "b"]]
    assert first.ticks() == []


def test_a_wish_during_a_run_elsewhere_is_carried_out_after_it(machines: tuple[Planned, Planned]) -> None:
    """It is not lost with the machine that took it while another one was at that source."""
    first, second = machines
    first.ticks()
    second.ticks()
    second.ledger.claim({"a": second.now}, second.now)
    first.ledger.ask("a", Action.RUN, first.now)
    assert first.ticks(2) == []
    second.ledger.release(["a"])
    assert first.ticks() == [["a"]]


def test_a_pause_holds_on_every_machine(machines: tuple[Planned, Planned]) -> None:
    """Whichever of them carries the request out."""
    first, second = machines
    first.ticks()
    second.ticks()
    first.ledger.ask("a", Action.PAUSE, first.now)
    for planned in machines:
        planned.later(days=1, minutes=5)
    assert first.ticks() + second.ticks() == [["b"]]


def test_a_cadence_that_one_machine_was_told_of_is_known_to_the_others(
    machines: tuple[Planned, Planned],
) -> None:
    """A request reaches one of them, which may die: the others find it in the ledger."""
    first, second = machines
    first.ticks()
    second.ticks()
    first.ledger.set_cadence("a", "1h", first.now)
    assert first.ticks() == []
    for planned in machines:
        planned.later(minutes=1)
    assert second.ticks() == []
    for planned in machines:
        planned.later(minutes=62)
    assert second.ticks() == [["a"]]
