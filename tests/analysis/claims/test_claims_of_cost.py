"""Claims on what o1 costs beside Claude 3.5 Sonnet: each verdict on small frames."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.claims import cost, quality
from analysis.claims.statement import ClaimVerdict, Evidence

ON = date(2024, 12, 20)
O1, SONNET = "o1-preview-2024-09-12", "claude-3-5-sonnet-20241022"
RELEASED = {O1: date(2024, 9, 12), "o1-2024-12-17": date(2024, 12, 17), SONNET: date(2024, 10, 22)}


def prices(o1: tuple[float, float] | None, sonnet: tuple[float, float] | None) -> pl.DataFrame:
    rows = [
        {
            "role": role,
            "model_id": model,
            "released_on": RELEASED[model],
            "input_usd_per_mtok": listed[0],
            "output_usd_per_mtok": listed[1],
            "observed_on": date(2024, 11, 1),
            "source_id": "list",
            "payload_sha256": "a1",
            "url": None,
        }
        for role, model, listed in (("o1", O1, o1), ("sonnet", SONNET, sonnet))
        if listed is not None
    ]
    return pl.DataFrame(rows, schema_overrides={"url": pl.String}, infer_schema_length=None)


def run(model: str, board: str, **measured: float | None) -> dict[str, object]:
    return {
        "role": "sonnet" if model.startswith("claude") else "o1",
        "model_id": model,
        "released_on": RELEASED.get(model, date(2024, 6, 20)),
        "dated_on": date(2024, 10, 22),
        "observed_on": date(2024, 10, 22),
        "benchmark_id": board,
        "cost_usd_per_task": measured.get("cost"),
        "seconds_per_task": measured.get("seconds"),
        "output_tokens_per_task": measured.get("tokens"),
        "score": measured.get("score"),
        "stderr": measured.get("stderr"),
        "input_usd_per_mtok": 3.0 if model.startswith("claude") else 15.0,
        "output_usd_per_mtok": 15.0 if model.startswith("claude") else 60.0,
        "source_id": board,
        "payload_sha256": f"hash of {board}",
        "url": f"https://example.org/{board}",
    }


def runs(*rows: dict[str, object]) -> pl.DataFrame:
    kinds = dict.fromkeys(
        ["cost_usd_per_task", "seconds_per_task", "output_tokens_per_task", "score", "stderr"], pl.Float64
    )
    return pl.DataFrame(rows or [run(O1, "none")], schema_overrides=kinds)


@pytest.mark.parametrize(
    ("o1", "sonnet", "verdict"),
    [
        ((15.0, 60.0), (3.0, 15.0), ClaimVerdict.HELD),
        ((3.0, 60.0), (3.0, 15.0), ClaimVerdict.PARTLY),
        ((2.0, 8.0), (3.0, 15.0), ClaimVerdict.DID_NOT_HOLD),
    ],
)
def test_four_times_per_token_is_the_ratio_of_output_prices(
    o1: tuple[float, float], sonnet: tuple[float, float], verdict: ClaimVerdict
) -> None:
    """Held where the output ratio and the blended one round to 4, partly where only one does."""
    found = cost.o1_price_per_token.judge(prices(o1, sonnet), ON)
    assert found.verdict is verdict
    assert found.value == pytest.approx(o1[1] / sonnet[1])
    assert found.evidence == (Evidence("list", "a1"),)


def test_a_price_of_one_side_tells_nothing() -> None:
    """Without a listed price of Sonnet the ratio cannot be told."""
    assert (
        cost.o1_price_per_token.judge(prices((15.0, 60.0), None), ON).verdict is ClaimVerdict.CANNOT_BE_TOLD
    )


def test_a_model_not_yet_released_has_no_price() -> None:
    """Prices observed later do not speak for a day before the release."""
    found = cost.o1_price_per_token.judge(prices((15.0, 60.0), (3.0, 15.0)), date(2024, 10, 1))
    assert found.verdict is ClaimVerdict.CANNOT_BE_TOLD


@pytest.mark.parametrize(
    ("tokens", "verdict"),
    [
        ([500.0, 900.0], ClaimVerdict.HELD),
        ([500.0, 150.0], ClaimVerdict.PARTLY),
        ([150.0, 1100.0], ClaimVerdict.DID_NOT_HOLD),
    ],
)
def test_counted_tokens_judge_the_claim_of_tokens(tokens: list[float], verdict: ClaimVerdict) -> None:
    """Held where all counted ratios lie from 2 to 10, partly where some do, not held where none does."""
    boards = runs(
        *(run(O1, f"board-{place}", tokens=count) for place, count in enumerate(tokens)),
        *(run(SONNET, f"board-{place}", tokens=100.0) for place in range(2)),
    )
    found = cost.o1_tokens_per_answer.judge(boards, ON)
    assert found.verdict is verdict
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (min(tokens) / 100, max(tokens) / 100)


@pytest.mark.parametrize(
    ("dearer", "verdict"), [(17.6, ClaimVerdict.PARTLY), (2.0, ClaimVerdict.DID_NOT_HOLD)]
)
def test_tokens_implied_by_cost_hold_the_claim_partly_at_best(dearer: float, verdict: ClaimVerdict) -> None:
    """Cost over price bounds the token ratio (price ratios 5 and 4), but nobody counted the tokens."""
    board = runs(run(O1, "board", cost=dearer), run(SONNET, "board", cost=1.0))
    found = cost.o1_tokens_per_answer.judge(board, ON)
    assert found.verdict is verdict
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((dearer / 5, dearer / 4))


@pytest.mark.parametrize(
    ("dearer", "verdict"),
    [
        ([14.0, 18.0], ClaimVerdict.PARTLY),
        ([14.0, 38.0], ClaimVerdict.HELD),
        ([0.9, 1.2], ClaimVerdict.DID_NOT_HOLD),
    ],
)
def test_forty_times_must_have_been_measured_somewhere(dearer: list[float], verdict: ClaimVerdict) -> None:
    """Held where a board comes near 40x, partly where o1 only cost more, not held where it did not."""
    boards = runs(
        *(run(O1, f"board-{place}", cost=ratio) for place, ratio in enumerate(dearer)),
        *(run(SONNET, f"board-{place}", cost=1.0) for place in range(2)),
    )
    found = cost.o1_cost_per_answer.judge(boards, ON)
    assert (found.verdict, found.value, found.n) == (verdict, max(dearer), 2)


@pytest.mark.parametrize("judged", [cost.o1_cost_per_answer, cost.o1_tokens_per_answer, cost.o1_is_slow])
def test_what_was_not_recorded_cannot_be_told(judged: object) -> None:
    """A zero in a leaderboard means not recorded: it is neither free nor instant."""
    board = runs(run(O1, "board", cost=0.0, seconds=0.0), run(SONNET, "board", cost=1.0, seconds=2.0))
    assert judged.judge(board, ON).verdict is ClaimVerdict.CANNOT_BE_TOLD  # type: ignore[attr-defined]


def test_the_newest_sonnet_with_the_figure_is_compared() -> None:
    """Where the newer Sonnet's cost was not recorded, the older one's is used."""
    older = "claude-3-5-sonnet-20240620"
    board = runs(run(O1, "board", cost=8.0), run(SONNET, "board", seconds=2.0), run(older, "board", cost=1.0))
    assert cost.o1_cost_per_answer.judge(board, ON).value == 8.0


def test_a_run_dated_later_does_not_count() -> None:
    """A run of 22 October says nothing of a day before it."""
    board = runs(run(O1, "board", seconds=80.9), run(SONNET, "board", seconds=17.6))
    assert cost.o1_is_slow.judge(board, date(2024, 10, 21)).verdict is ClaimVerdict.CANNOT_BE_TOLD


@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [
        ([80.0, 40.0], ClaimVerdict.HELD),
        ([80.0, 10.0], ClaimVerdict.PARTLY),
        ([10.0, 12.0], ClaimVerdict.DID_NOT_HOLD),
    ],
)
def test_slow_means_longer_on_every_board(seconds: list[float], verdict: ClaimVerdict) -> None:
    """A quarter longer counts as slower; the verdict needs all boards."""
    boards = runs(
        *(run(O1, f"board-{place}", seconds=took) for place, took in enumerate(seconds)),
        *(run(SONNET, f"board-{place}", seconds=10.0) for place in range(2)),
    )
    assert cost.o1_is_slow.judge(boards, ON).verdict is verdict


def scored(*boards: tuple[float, float, float | None]) -> pl.DataFrame:
    """One board for each (o1's score, Sonnet's, standard error of both)."""
    return runs(
        *(run(O1, f"board-{place}", score=one, stderr=error) for place, (one, _, error) in enumerate(boards)),
        *(
            run(SONNET, f"board-{place}", score=other, stderr=error)
            for place, (_, other, error) in enumerate(boards)
        ),
    )


@pytest.mark.parametrize(
    ("boards", "verdict"),
    [
        ([(0.9, 0.5, 0.03), (0.5, 0.9, 0.03)], ClaimVerdict.HELD),
        ([(0.9, 0.5, 0.03), (0.5, 0.5, 0.03)], ClaimVerdict.PARTLY),
        ([(0.5, 0.9, 0.03), (0.7, 0.6, None)], ClaimVerdict.PARTLY),
        ([(0.9, 0.5, 0.03), (0.8, 0.5, 0.03), (0.7, 0.4, 0.03)], ClaimVerdict.DID_NOT_HOLD),
        ([(0.5, 0.9, 0.03), (0.5, 0.8, 0.03), (0.4, 0.7, 0.03)], ClaimVerdict.DID_NOT_HOLD),
        ([(0.9, 0.5, 0.03), (0.8, 0.5, 0.03)], ClaimVerdict.CANNOT_BE_TOLD),
        ([(0.51, 0.5, 0.03), (0.5, 0.51, 0.03)], ClaimVerdict.CANNOT_BE_TOLD),
        ([(0.9, 0.5, None)], ClaimVerdict.CANNOT_BE_TOLD),
    ],
)
def test_sometimes_means_surely_better_here_and_surely_worse_there(
    boards: list[tuple[float, float, float | None]], verdict: ClaimVerdict
) -> None:
    """Only differences beyond their error judge; a board without an error can at most soften the verdict."""
    assert quality.o1_only_sometimes_better.judge(scored(*boards), ON).verdict is verdict


def test_many_boards_make_a_single_difference_less_sure() -> None:
    """A difference of 2.2 errors is told on its own, but not as one of ten (Holm's correction)."""
    slightly = (0.5 + 2.2 * 0.03 * 2**0.5, 0.5, 0.03)
    alone = quality.o1_only_sometimes_better.judge(scored(slightly), ON)
    among_ten = quality.o1_only_sometimes_better.judge(scored(slightly, *[(0.5, 0.5, 0.03)] * 9), ON)
    assert (alone.value, among_ten.value) == (1.0, 0.0)
