"""News of capability: a record, a time horizon, who leads a board or the index for the first time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from analysis.news.scores import INDEX, horizons, leaders_of_boards, leaders_of_index, records
from tests.analysis.news.rows import READ, READ_BEFORE, row, said, table


def score(value: float, before: float | None = 0.8, **known: Any) -> dict[str, Any]:
    """A row of news_scores.sql: a score and the best before it, of another model."""
    return (
        row(
            benchmark_id="gpqa",
            benchmark="GPQA",
            score=value,
            unit="fraction",
            stderr=None,
            low=None,
            high=None,
            best_before=before,
            best_before_title="Numbat 1",
            best_before_model_id="numbat-1",
            best_before_stderr=None,
            is_record=True,
            released_on=date(2026, 8, 5),
        )
        | known
    )


NOISE = " The noise of both leaves open which is better."


@pytest.mark.parametrize(
    ("value", "known", "noise"),
    [
        (0.9, {}, ""),
        (0.849, {"stderr": 0.03, "best_before_stderr": 0.0}, NOISE),
        (0.850, {"stderr": 0.03, "best_before_stderr": 0.0}, ""),
        (0.882, {"stderr": 0.03, "best_before_stderr": 0.04}, NOISE),
        (0.883, {"stderr": 0.03, "best_before_stderr": 0.04}, ""),
        (0.849, {"stderr": 0.03}, ""),
        (0.849, {"stderr": 0.03, "best_before_stderr": 0.0, "best_before_model_id": "quokka-2"}, ""),
    ],
    ids=["unknown", "one", "one, clear", "both", "both, clear", "half known", "its own"],
)
def test_a_record_within_its_noise_says_so(value: float, known: dict[str, Any], noise: str) -> None:
    """1.645 standard errors of the difference, where both are known; nobody beats himself by noise."""
    ((headline, changes),) = said(records(table(score(value, **known))))
    assert headline == f"Quokka 2 reached {100 * value:.1f}\u00a0% on GPQA, a record."
    assert changes == f"Before: 80.0\u00a0%, Numbat 1.{noise}"


@pytest.mark.parametrize(
    "known",
    [{"is_record": False}, {"unit": "points"}, {"read_before": None}],
    ids=["none", "points", "first"],
)
def test_what_is_no_record_is_no_news(known: dict[str, Any]) -> None:
    """Nor what the first reading says, nor points that have no scale of their own."""
    assert list(records(table(score(0.9, **known)))) == []


@pytest.mark.parametrize(
    ("known", "changes"),
    [
        ({}, "Longest before: 50 min, Numbat 1."),
        (
            {"low": 60.0, "high": 240.0},
            "95\u00a0% interval 60 min to 4.0 h. Longest before: 50 min, Numbat 1.",
        ),
        ({"low": 60.0}, "Longest before: 50 min, Numbat 1."),
        ({"high": 60.0}, "Longest before: 50 min, Numbat 1."),
        ({"low": 60.0, "high": 240.0, "best_before": None}, "95\u00a0% interval 60 min to 4.0 h."),
        ({"best_before": None}, None),
    ],
)
def test_every_measured_horizon_is_news(known: dict[str, Any], changes: str | None) -> None:
    """A record or not, with its interval where both ends are known."""
    horizon = score(150.0, 50.0, benchmark_id="metr-horizon-50-v1.1", unit="minutes", is_record=False)
    told = said(horizons(table(horizon | known, score(0.9))))
    assert told == [("METR measured the time horizon of Quokka 2: 2.5 h at half success.", changes)]


def board(day: int, model: str, **known: Any) -> dict[str, Any]:
    """A row of news_boards.sql: who led a board on a day after the first reading."""
    at = READ_BEFORE + timedelta(days=day)
    return (
        row(
            benchmark_id="arena-text",
            benchmark="Arena",
            board_on=at.date(),
            known_at=at,
            read_before=at - timedelta(days=1) if day else None,
            model_id=model.lower(),
            title=model,
            score=1400.0 + day,
            low=None,
            high=None,
            tied=0,
        )
        | known
    )


def test_who_leads_a_board_for_the_first_time_is_news_and_who_regains_it_is_not() -> None:
    """The first leader was there before anybody looked."""
    days = [board(day, name) for day, name in enumerate(("A", "B", "A", "B", "C"))]
    assert said(leaders_of_boards(table(*days))) == [
        ("B leads the board Arena.", "1,401.0 points. Before: A."),
        ("C leads the board Arena.", "1,404.0 points. Before: B."),
    ]


def test_a_second_list_of_the_board_makes_no_leader() -> None:
    """What its first reading says it led before; who led in another list is not new."""
    days = [
        board(0, "A"),
        board(1, "B", source_id="second"),
        board(2, "B"),
        board(3, "A", source_id="second"),
        board(4, "C", source_id="second"),
        board(5, "C"),
    ]
    assert [headline for headline, _ in said(leaders_of_boards(table(*days)))] == ["C leads the board Arena."]


@pytest.mark.parametrize(
    ("known", "points"),
    [
        ({}, "1,401.0 points"),
        ({"low": 1390.0, "high": 1410.0}, "1,401.0 points (95\u00a0% interval 1,390.0 to 1,410.0)"),
        ({"low": 1390.0}, "1,401.0 points"),
        ({"tied": 1}, "1,401.0 points, not told apart from another model"),
        ({"tied": 2}, "1,401.0 points, not told apart from 2 others"),
        (
            {"benchmark_id": "livebench", "low": 1390.0, "high": 1410.0},
            "1,401.0 points (90\u00a0% interval 1,390.0 to 1,410.0)",
        ),
    ],
)
def test_a_leader_has_its_interval_and_who_is_level(known: dict[str, Any], points: str) -> None:
    """Arena's intervals are of 95 %, all others of 90 %."""
    first = board(0, "A", **({"benchmark_id": known["benchmark_id"]} if "benchmark_id" in known else {}))
    ((_, changes),) = said(leaders_of_boards(table(first, board(1, "B", **known))))
    assert changes == f"{points}. Before: A."


def fitted(day: int, model: str, capability: float, **known: Any) -> dict[str, Any]:
    """A row of news_index.sql."""
    at = READ_BEFORE + timedelta(days=day)
    return (
        row(
            known_at=at,
            read_before=at - timedelta(days=1) if day else None,
            model_id=model.lower(),
            title=model,
            capability=capability,
            low=capability - 2,
            high=capability + 2,
            released_on=date(2026, 1, 1),
        )
        | known
    )


def test_the_index_has_a_new_leader_only_above_all_before() -> None:
    """An equal one is none; of two of one day the higher, of equals the first by id."""
    days = [
        fitted(0, "A", 100.0),
        fitted(1, "B", 100.0),
        fitted(2, "D", 110.0),
        fitted(2, "C", 110.0),
        fitted(3, "E", 109.0),
        fitted(4, "F", 113.0),
    ]
    found = list(leaders_of_index(table(*days)))
    assert said(found) == [
        (
            "C leads hypecurve's own capability index.",
            "110.0 points (90\u00a0% interval 108.0 to 112.0), not told apart from another model. Before: A.",
        ),
        (
            "F leads hypecurve's own capability index.",
            "113.0 points (90\u00a0% interval 111.0 to 115.0), not told apart from 3 others. Before: C.",
        ),
    ]
    assert {item.subject for item in found} == {INDEX}
    assert found[-1].happened_on <= READ.date()
