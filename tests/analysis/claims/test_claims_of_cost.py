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
        "title": model.upper(),
        "released_on": RELEASED.get(model, date(2024, 6, 20)),
        "dated_on": date(2024, 10, 22),
        "observed_on": date(2024, 10, 22),
        "benchmark_id": board,
        "benchmark": board.title(),
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


def test_the_ratios_of_list_prices_are_said_as_they_are() -> None:
    """15/60 against 3/15 USD: five times the input, four times the output, 4.375 times blended at 3 to 1."""
    found = cost.o1_price_per_token.judge(prices((15.0, 60.0), (3.0, 15.0)), ON)
    assert found.text == (
        "$15 and $60 against $3 and $15 per million tokens: 5x for input, 4x for output, 4.375x for three "
        "parts of input and one of output."
    )
    assert (found.n, found.observed_on) == (2, date(2024, 11, 1))


@pytest.mark.parametrize(
    ("judged", "measured", "ratio", "verdict"),
    [
        (cost.o1_cost_per_answer, "cost", 30.0, ClaimVerdict.HELD),
        (cost.o1_cost_per_answer, "cost", 29.9, ClaimVerdict.PARTLY),
        (cost.o1_cost_per_answer, "cost", 1.0, ClaimVerdict.DID_NOT_HOLD),
        (cost.o1_cost_per_answer, "cost", 1.01, ClaimVerdict.PARTLY),
        (cost.o1_is_slow, "seconds", 1.25, ClaimVerdict.HELD),
        (cost.o1_is_slow, "seconds", 1.24, ClaimVerdict.DID_NOT_HOLD),
        (cost.o1_tokens_per_answer, "tokens", 2.0, ClaimVerdict.HELD),
        (cost.o1_tokens_per_answer, "tokens", 10.0, ClaimVerdict.HELD),
        (cost.o1_tokens_per_answer, "tokens", 10.1, ClaimVerdict.DID_NOT_HOLD),
    ],
)
def test_a_ratio_at_the_bound_is_on_the_side_that_the_claim_names(
    judged: object, measured: str, ratio: float, verdict: ClaimVerdict
) -> None:
    """Near 40x is from 30x on, slower from a quarter on, 2 to 10 has both ends; as much is not more."""
    board = runs(run(O1, "board", **{measured: 4 * ratio}), run(SONNET, "board", **{measured: 4.0}))
    found = judged.judge(board, ON)  # type: ignore[attr-defined]
    assert found.verdict is verdict
    assert found.value == pytest.approx(ratio)


def test_implied_tokens_are_told_with_both_ends_and_their_middle() -> None:
    """The middle of two ratios is their geometric mean; the words say whether both lie within 2 to 10."""
    within = cost.o1_tokens_per_answer.judge(
        runs(run(O1, "board", cost=20.0), run(SONNET, "board", cost=1.0)), ON
    )
    assert within.value == pytest.approx((4 * 5) ** 0.5)
    assert within.text == "Implied by cost and price: Board 4.0 to 5.0x."
    assert "within 2 to 10, for coding" in within.why
    beyond = cost.o1_tokens_per_answer.judge(
        runs(run(O1, "board", cost=45.0), run(SONNET, "board", cost=1.0)), ON
    )
    assert "not wholly within" in beyond.why


def test_a_single_board_without_error_is_counted_and_judges_nothing() -> None:
    """The words say on how many boards without an error o1 was higher; an error of zero is none."""
    found = quality.o1_only_sometimes_better.judge(
        scored((0.9, 0.5, None), (0.4, 0.5, None), (0.8, 0.5, 0.0)), ON
    )
    assert (found.verdict, found.n) == (ClaimVerdict.CANNOT_BE_TOLD, 0)
    assert found.text == "Without a known error: higher on 2 of 3."


def test_a_difference_at_five_percent_is_told_from_its_error() -> None:
    """1.96 standard errors of the difference are p = 0.05, both sides together: 1.97 is sure, 1.95 not."""
    error = 0.03 * 2**0.5
    for errors, share in ((1.97, 1.0), (1.95, 0.0)):
        board = scored((0.5 + errors * error, 0.5, 0.03))
        assert quality.o1_only_sometimes_better.judge(board, ON).value == share


@pytest.mark.parametrize(
    ("boards", "verdict"),
    [
        ([(0.5, 0.9, 0.03)] * 3 + [(0.7, 0.6, None)], ClaimVerdict.PARTLY),
        ([(0.5, 0.9, 0.03), (0.5, 0.5, 0.03), (0.5, 0.5, 0.03)], ClaimVerdict.CANNOT_BE_TOLD),
    ],
)
def test_always_worse_needs_every_board(
    boards: list[tuple[float, float, float | None]], verdict: ClaimVerdict
) -> None:
    """One board without an error on which o1 is higher softens it; a single worse board is not always."""
    assert quality.o1_only_sometimes_better.judge(scored(*boards), ON).verdict is verdict
