"""What the recordings say of the claims, figure by figure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from analysis.claims import CLAIMS
from analysis.claims.evaluate import THEN, all_claims, claim_table
from analysis.claims.statement import Claim, ClaimVerdict
from analysis.results import Reading
from analysis.speed.hosts import compared_hosts
from store.snapshot import Snapshot
from store.sql import query
from tests.places import SHARED

NOW = datetime(2026, 10, 31, tzinfo=UTC)

pytestmark = [
    pytest.mark.recordings,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the recordings are not beside this checkout"),
]


def ask(snapshot: Snapshot, name: str, as_of: datetime) -> pl.DataFrame:
    return snapshot.select(query(name), {"as_of": as_of})


@pytest.fixture(scope="module")
def claims(snapshot: Snapshot) -> dict[str, Claim]:
    """All claims by id."""
    found = all_claims(lambda name, as_of: ask(snapshot, name, as_of), NOW)
    return {one.definition.claim_id: one for one in found}


def test_o1_lists_at_five_four_and_four_and_three_eighths_times_sonnet(claims: dict[str, Claim]) -> None:
    """15/60 against 3/15 USD per million tokens, known by December 2024 from LiteLLM's dated versions."""
    found = claims["o1-price-per-token"]
    assert found.then_reading is Reading.KNOWN
    assert "$15 and $60 against $3 and $15" in found.then.text
    assert "5x for input, 4x for output, 4.375x for three" in found.then.text
    assert (found.verdict, found.then.value) == (ClaimVerdict.HELD, 4.0)


def test_o1_cost_14_and_18_times_as_much_on_aider(claims: dict[str, Claim]) -> None:
    """17.6x on the edit board, 14.3x on the refactoring board: dearer, but not 40x."""
    found = claims["o1-cost-per-answer"]
    assert found.then_reading is Reading.KNOWN
    assert "Aider code editing 17.6x (o1-preview), Aider refactoring 14.3x (o1-preview)" in found.then.text
    assert found.verdict is ClaimVerdict.PARTLY


def test_tokens_are_implied_then_and_counted_on_one_board_now(claims: dict[str, Claim]) -> None:
    """3.5 to 4.4x implied on Aider's edit board; WeirdML later counted 2.4 and 2.7x."""
    found = claims["o1-tokens-per-answer"]
    assert "Aider code editing 3.5 to 4.4x" in found.then.text
    assert (found.then.verdict, found.verdict) == (ClaimVerdict.PARTLY, ClaimVerdict.HELD)
    assert found.now.interval is not None
    assert (found.now.interval.low, found.now.interval.high) == pytest.approx((2.418, 2.719), abs=1e-3)


def test_o1_took_four_to_seven_times_as_long(claims: dict[str, Claim], snapshot: Snapshot) -> None:
    """7.1x on the refactoring board; on the edit board 80.9 s, against 18.6 and 17.6 s of the two Sonnets."""
    found = claims["o1-is-slow"]
    assert (found.verdict, found.then.interval and round(found.then.interval.high, 1)) == (
        ClaimVerdict.HELD,
        7.1,
    )
    edit = ask(snapshot, "claim_measured_runs", THEN).filter(benchmark_id="aider-edit")
    seconds = dict(edit.select("model_id", "seconds_per_task").iter_rows())
    assert seconds == {
        "o1-preview-2024-09-12": 80.9,
        "claude-3-5-sonnet-20240620": 17.6,
        "claude-3-5-sonnet-20241022": 18.6,
    }


def test_o1_preview_was_surely_worse_at_refactoring(claims: dict[str, Claim], snapshot: Snapshot) -> None:
    """75.3 against 92.1 %, while GPQA's 0.503 and 0.553, measured later, are not told apart."""
    found = claims["o1-only-sometimes-better"]
    assert "worse on Aider refactoring (o1-preview 75.3\u00a0% against 92.1\u00a0%)" in found.then.text
    assert (
        "GPQA diamond (o1-preview 50.3\u00a0% against 55.3\u00a0%)"
        in found.now.text.split("not told apart on")[1]
    )
    scores = ask(snapshot, "claim_scores_side_by_side", NOW).filter(benchmark_id="simplebench")
    assert sorted(scores["score"].round(3)) == [0.401, 0.414, 0.417]


def test_cerebras_and_groq_then_and_now(claims: dict[str, Claim], snapshot: Snapshot) -> None:
    """Llama 3.1 70B: 1204 and 250 tokens/s, others 25 to 100; gpt-oss-120b now 634, 302 and median 88."""
    cerebras, groq = claims["cerebras-ten-times-faster"], claims["groq-ten-times-faster"]
    assert "Llama 3.1-70B Instruct 1,204 against 74" in cerebras.then.text
    assert "Llama 3.1-70B Instruct 250 against 74" in groq.then.text
    assert (cerebras.verdict, groq.verdict) == (ClaimVerdict.HELD, ClaimVerdict.PARTLY)
    rows = ask(snapshot, "host_speeds", NOW)
    then = compared_hosts(rows.filter(pl.col("measured_on") <= THEN.date())).filter(
        model_id="llama-3.1-70b-instruct"
    )
    others = then.filter(~pl.col("host").is_in(["cerebras", "groq"]))["output_tokens_per_second"]
    assert (others.min(), others.max()) == (25.0, 100.0)
    now = rows.filter(source_id="openrouter-stats", model_id="gpt-oss-120b")
    assert dict(now.select("host", "output_tokens_per_second").iter_rows()).items() >= {
        ("cerebras", 633.5),
        ("groq", 301.5),
    }
    assert now["output_tokens_per_second"].median() == 88.0


def test_the_median_host_two_weeks_before(snapshot: Snapshot) -> None:
    """On 17 July: Cerebras 774, Groq 330, median host 165 tokens/s."""
    earlier = ask(snapshot, "host_speeds", datetime(2026, 7, 18, tzinfo=UTC)).filter(
        source_id="openrouter-stats", model_id="gpt-oss-120b"
    )
    speeds = dict(earlier.select("host", "output_tokens_per_second").iter_rows())
    assert (round(speeds["cerebras"]), round(speeds["groq"])) == (774, 330)
    assert round(earlier["output_tokens_per_second"].median()) == 165  # type: ignore[arg-type]


def test_computer_use_was_14_9_percent_by_its_makers_word(claims: dict[str, Claim]) -> None:
    """14.9 % held then; on the same test a later Claude has 28 %; the 85 % are of another test."""
    found = claims["computer-use-solves-15-percent"]
    assert (found.then.value, found.verdict) == (0.149, ClaimVerdict.HELD)
    assert "self-reported" in found.then.why
    assert (found.now.value, found.now.verdict) == (0.28, ClaimVerdict.DID_NOT_HOLD)
    assert "On another test, OSWorld-Verified" in found.now.text


def test_qwq_stood_at_40_against_59_on_livebench(claims: dict[str, Claim]) -> None:
    """QwQ preview 40.2 %, Sonnet 59.0 %, o1 75.7 %: not close, though nobody is known to have scored both
    by the day of the article; the edition's file holds models of March 2025.
    """
    found = claims["qwq-follows-o1-closely"]
    assert found.then.verdict is ClaimVerdict.CANNOT_BE_TOLD
    assert (
        "o1 75.7\u00a0%, QwQ 32B Preview 40.2\u00a0%, Claude 3.5 Sonnet (Oct 2024) 59.0\u00a0%"
        in found.now.text
    )
    assert (found.now.observed_on, found.verdict) == (date(2025, 3, 27), ClaimVerdict.DID_NOT_HOLD)
    assert "beside it, a later model: LiveBench 2025-04-02: QwQ 32B 65.7\u00a0%" in found.now.text


def test_no_figure_of_then_is_newer_than_the_article(claims: dict[str, Claim]) -> None:
    """What December 2024 is told by had been released, dated or measured by then, money's year included."""
    days = {name: one.then.observed_on for name, one in claims.items()}
    assert {name: day for name, day in days.items() if day is not None and day > THEN.date()} == {}


def test_each_edition_of_livebench_is_known_from_its_newest_model_on(snapshot: Snapshot) -> None:
    """Seven editions show models from after their date; no score of theirs is known before the newest."""
    moved = snapshot.select(
        "SELECT min(s.benchmark_id) AS edition, l.there_by "
        "FROM score s JOIN list_date l USING (payload_sha256) "
        "GROUP BY s.payload_sha256, l.there_by ORDER BY edition"
    )
    assert dict(moved.iter_rows())["livebench-2024-11-25"] == date(2025, 3, 27)
    assert moved.height == 7
    assert moved["edition"].str.starts_with("livebench-").all()


def test_horizons_are_of_one_suite(claims: dict[str, Claim]) -> None:
    """METR's suite 1.1 judges both dates, as on the page of trends, with its overlap with 1.0."""
    found = claims["horizons-only-incrementally-longer"]
    for side in (found.then, found.now):
        assert "Of the newest suite's 28 models 19 were measured on the suite before it too" in side.text


def test_steps_have_shrunk_while_the_pace_has_not(claims: dict[str, Claim]) -> None:
    """The median step from a maker's best fell from about 6 to 3 points; the frontier climbs as before."""
    steps, pace = claims["steps-only-incremental"], claims["models-only-incrementally-better"]
    assert (steps.verdict, pace.verdict) == (ClaimVerdict.HELD, ClaimVerdict.DID_NOT_HOLD)
    assert steps.now.value == pytest.approx(2.7, abs=0.3)


def test_the_wall_stands_where_its_page_puts_it(claims: dict[str, Claim]) -> None:
    """Median crossing 2029.1 (80 %: 2027.4 to 2031.3), as on the page of the data wall."""
    found = claims["training-data-running-out"].now
    assert found.value == pytest.approx(2029.1, abs=0.15)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((2027.4, 2031.3), abs=0.4)


def test_the_index_was_climbing_then_and_is_steady_now(claims: dict[str, Claim]) -> None:
    """In December 2024 the earlier slope was not determined; by July 2026 the increments had not shrunk."""
    found = claims["models-only-incrementally-better"]
    assert "'climbing'" in found.then.why
    assert found.then_reading is Reading.RELEASED
    assert "'steady'" in found.now.why
    assert found.verdict is ClaimVerdict.DID_NOT_HOLD


def test_what_cannot_be_told_is_said(claims: dict[str, Claim]) -> None:
    """Launches have no daily views, o1-preview ranks 7 of 25 on Hacker News; money has two scopes."""
    buzz, money = claims["o1-less-buzz-than-gpt"], claims["venture-money-as-in-1999"]
    assert (buzz.verdict, money.verdict) == (ClaimVerdict.CANNOT_BE_TOLD,) * 2
    assert "o1-preview gained 3,039 points, rank 7 of 25" in buzz.now.text
    assert "$48.3 billion" in money.then.text
    assert "$35.6 billion" in money.then.text


def test_chat_had_300_million_weekly_users(claims: dict[str, Claim]) -> None:
    """The figure of 4 December 2024, as the company reported it."""
    found = claims["chat-already-works"]
    assert (found.then.value, found.then.observed_on, found.verdict) == (
        300e6,
        date(2024, 12, 4),
        ClaimVerdict.HELD,
    )


def test_every_claim_is_told_in_words_with_its_evidence(claims: dict[str, Claim]) -> None:
    """Each of the article's claims has a row, a reason on both dates, and the source of its figures."""
    table = claim_table(claims.values(), NOW)
    assert table.height == len(CLAIMS)
    assert table.select(pl.all_horizontal(pl.col("then_why", "now_why", "now_text") != "").all()).item()
    assert all(one.now.evidence for one in claims.values())
    assert [name for name, one in claims.items() if not one.then.evidence] == ["qwq-follows-o1-closely"]
