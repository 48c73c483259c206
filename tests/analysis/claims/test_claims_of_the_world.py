"""Claims on speed, agents, attention, money and use: each verdict on small frames."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analysis.claims import agents, launches, money, speed, use
from analysis.claims.statement import ClaimVerdict, Evidence

ON = date(2026, 7, 31)
PROVENANCE = {"source_id": "made", "payload_sha256": "a1", "url": "https://example.org"}


def frame(rows: list[dict[str, object]], **columns: pl.DataType | type[pl.DataType]) -> pl.DataFrame:
    """Rows with the payload they came from; `columns` names those that may be empty."""
    schema = {**columns, **dict.fromkeys(PROVENANCE, pl.String)}
    return (
        pl.DataFrame([{**row, **PROVENANCE} for row in rows], schema_overrides=schema)
        if rows
        else pl.DataFrame(schema=schema)
    )


SPEEDS = {
    "model_id": pl.String,
    "host": pl.String,
    "output_tokens_per_second": pl.Float64,
    "measured_on": pl.Date,
}


def speeds(fast: list[float], others: tuple[float, ...] = (80.0, 90.0, 101.0, 120.0)) -> pl.DataFrame:
    """One model for each speed of Cerebras, beside Groq and the other hosts."""
    hosts = [f"host-{place}" for place in range(len(others))]
    return frame(
        [
            {"model_id": f"model-{place}", "host": host, "output_tokens_per_second": rate, "measured_on": ON}
            for place, own in enumerate(fast)
            for host, rate in [("cerebras", own), ("groq", 5000.0), *zip(hosts, others, strict=True)]
        ],
        **SPEEDS,
    )


@pytest.mark.parametrize(
    ("fast", "verdict"),
    [
        ([955.0], ClaimVerdict.HELD),
        ([955.0, 955.0, 100.0], ClaimVerdict.PARTLY),
        ([382.0], ClaimVerdict.PARTLY),
        ([100.0], ClaimVerdict.DID_NOT_HOLD),
    ],
)
def test_ten_times_faster_is_over_the_median_of_the_other_hosts(
    fast: list[float], verdict: ClaimVerdict
) -> None:
    """Nearer 10x than 5x holds, unless it fails for some model; below 2x it does not hold."""
    found = speed.cerebras_ten_times_faster.judge(speeds(fast), ON)
    assert found.verdict is verdict
    assert found.value == pytest.approx(np.median(fast) / 95.5)


def test_the_other_fast_host_is_not_among_the_others() -> None:
    """Groq's 5,000 tokens/s do not raise the median that Cerebras is held against, nor the reverse."""
    found = speed.groq_ten_times_faster.judge(speeds([9000.0]), ON)
    assert found.value == pytest.approx(5000 / 95.5)


def test_two_other_hosts_are_too_few() -> None:
    """A median of two hosts is no market."""
    found = speed.cerebras_ten_times_faster.judge(speeds([955.0], (80.0, 90.0)), ON)
    assert found.verdict is ClaimVerdict.CANNOT_BE_TOLD


def test_speeds_measured_later_do_not_count() -> None:
    """A list of July says nothing of the day before."""
    found = speed.cerebras_ten_times_faster.judge(speeds([955.0]), ON - timedelta(days=1))
    assert found.verdict is ClaimVerdict.CANNOT_BE_TOLD


def test_round_speeds_are_named_as_doubtful() -> None:
    """A list in which everybody does 100 tokens/s is told as perhaps kept by placeholders."""
    found = speed.cerebras_ten_times_faster.judge(speeds([955.0], (100.0, 100.0, 100.0)), ON)
    assert "4 of 5 speeds are multiples of 50" in found.why


def shares(*rows: tuple[str, str, float, date]) -> pl.DataFrame:
    columns = {
        "test": pl.String,
        "system": pl.String,
        "value": pl.Float64,
        "stated_on": pl.Date,
        "reported_by": pl.String,
    }
    named = [dict(zip(columns, (*row, "self-reported"), strict=True)) for row in rows]
    return frame(named, **columns)


SONNET = ("OSWorld", "Claude 3.5 Sonnet (new), screenshots only", 0.149, date(2024, 10, 22))


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(0.149, ClaimVerdict.HELD), (0.17, ClaimVerdict.HELD), (0.28, ClaimVerdict.DID_NOT_HOLD)],
)
def test_fifteen_percent_holds_within_the_error_of_369_tasks(value: float, verdict: ClaimVerdict) -> None:
    """Wilson's 90 % interval of the share decides."""
    found = agents.computer_use_solves_15_percent.judge(shares((*SONNET[:2], value, SONNET[3])), ON)
    assert found.verdict is verdict
    assert found.interval is not None
    assert found.interval.width == pytest.approx(2 * 1.645 * (value * (1 - value) / 369) ** 0.5, rel=0.02)


def test_another_test_never_judges_computer_use() -> None:
    """OSWorld-Verified is told beside the figure but does not replace it."""
    verified = ("OSWorld-Verified", "Claude Fable 5", 0.85, date(2026, 6, 1))
    found = agents.computer_use_solves_15_percent.judge(shares(SONNET, verified), ON)
    assert (found.verdict, found.value) == (ClaimVerdict.HELD, 0.149)
    assert "Claude Fable 5 85.0%" in found.text
    alone = agents.computer_use_solves_15_percent.judge(shares(verified), ON)
    assert alone.verdict is ClaimVerdict.CANNOT_BE_TOLD


def test_a_run_with_extra_steps_is_told_but_not_taken() -> None:
    """Of two figures of one day the plain one is the claim's; who reported it is said."""
    more = ("OSWorld", "Claude 3.5 Sonnet (new), more steps", 0.22, SONNET[3])
    found = agents.computer_use_solves_15_percent.judge(shares(more, SONNET), ON)
    assert found.value == 0.149
    assert "22.0%" in found.text
    assert "self-reported" in found.why


ATTENTION = {
    "kind": pl.String,
    "launch": pl.String,
    "released_on": pl.Date,
    "valid_on": pl.Date,
    "value": pl.Float64,
}
LAUNCHED = {"GPT-3": date(2020, 6, 1), "GPT-4": date(2023, 3, 14), "o1": date(2024, 9, 12)}


def views(**extra: float) -> pl.DataFrame:
    """A quiet year of views around each launch, with so many more a day in the 14 days from it."""
    generator = np.random.default_rng(4)
    rows = [
        {
            "kind": "views",
            "launch": launch,
            "released_on": LAUNCHED[launch],
            "valid_on": LAUNCHED[launch] + timedelta(days=day),
            "value": 1000 + generator.normal(0, 20) + (more if 0 <= day < 14 else 0),
        }
        for launch, more in {name.replace("_", "-"): more for name, more in extra.items()}.items()
        for day in range(-250, 250)
    ]
    return frame(rows, **ATTENTION)


@pytest.mark.parametrize(
    ("o1", "verdict"),
    [
        (1000.0, ClaimVerdict.HELD),
        (9000.0, ClaimVerdict.DID_NOT_HOLD),
        (5000.0, ClaimVerdict.PARTLY),
        (3000.0, ClaimVerdict.CANNOT_BE_TOLD),
    ],
)
def test_less_buzz_means_surely_less_excess_than_both(o1: float, verdict: ClaimVerdict) -> None:
    """Below both held, above both not held, between them partly, level with one of them open."""
    found = launches.o1_less_buzz_than_gpt.judge(views(GPT_3=3000.0, GPT_4=7000.0, o1=o1), ON)
    assert found.verdict is verdict
    assert found.interval is not None
    assert found.interval.holds(14 * o1)


def test_a_launch_without_daily_views_leaves_the_claim_open() -> None:
    """GPT-3 without data cannot be compared, and Hacker News points are told but do not judge."""
    points = frame(
        [
            {"kind": "points", "launch": launch, "released_on": day, "valid_on": day, "value": value}
            for launch, day, value in (
                ("DeepSeek-R1", date(2025, 1, 20), 8797.0),
                ("o1-preview", date(2024, 9, 12), 3039.0),
            )
        ],
        **ATTENTION,
    )
    found = launches.o1_less_buzz_than_gpt.judge(pl.concat([views(GPT_4=7000.0, o1=1000.0), points]), ON)
    assert found.verdict is ClaimVerdict.CANNOT_BE_TOLD
    assert "GPT-3" in found.why
    assert "o1-preview gained 3,039 points, rank 2 of 2" in found.text


def years(*rows: tuple[str, str, int, float]) -> pl.DataFrame:
    columns = {"era": pl.String, "tracker": pl.String, "year": pl.Int32, "usd": pl.Float64}
    return frame([dict(zip(columns, row, strict=True)) for row in rows], **columns)


MONEY = years(
    ("dotcom", "first tracker", 1999, 35.6e9),
    ("dotcom", "second tracker", 1999, 48.3e9),
    ("ai", "third tracker", 2023, 42.5e9),
    ("ai", "third tracker", 2024, 100.4e9),
    ("ai", "fourth tracker", 2024, 114.0e9),
    ("ai", "fourth tracker", 2025, 212.0e9),
)


def test_money_of_two_scopes_is_told_but_never_judged() -> None:
    """Both eras' figures stand side by side, with the scopes as the reason why no ratio is formed."""
    found = money.venture_money_as_in_1999.judge(MONEY, date(2024, 12, 20))
    assert found.verdict is ClaimVerdict.CANNOT_BE_TOLD
    assert found.value == pytest.approx(107.2)
    assert "35.6 billion USD" in found.text
    assert "United States" in found.why


def test_only_whole_years_of_money_count() -> None:
    """In July the newest whole year is the one before; without 1999 there is nothing to set beside it."""
    assert money.venture_money_as_in_1999.judge(MONEY, date(2024, 7, 1)).value == pytest.approx(42.5)
    now = money.venture_money_as_in_1999.judge(MONEY.filter(era="ai"), ON)
    assert (now.verdict, now.value) == (ClaimVerdict.CANNOT_BE_TOLD, None)


FIGURES = {
    "series_id": pl.String,
    "valid_on": pl.Date,
    "value": pl.Float64,
    "reported_by": pl.String,
    "valid_precision": pl.String,
}


def figures(*rows: tuple[str, date, float]) -> pl.DataFrame:
    named = [dict(zip(FIGURES, (*row, "company", "year"), strict=True)) for row in rows]
    return frame(named, **FIGURES)


@pytest.mark.parametrize(
    ("users", "verdict"),
    [
        ([80e6, 300e6], ClaimVerdict.HELD),
        ([300e6], ClaimVerdict.PARTLY),
        ([400e6, 300e6], ClaimVerdict.DID_NOT_HOLD),
        ([10e6, 20e6], ClaimVerdict.DID_NOT_HOLD),
        ([], ClaimVerdict.CANNOT_BE_TOLD),
    ],
)
def test_chat_works_while_many_and_ever_more_use_it(users: list[float], verdict: ClaimVerdict) -> None:
    """Growth over a year needs a figure of a year before; who reported the number is said."""
    first = 2026 - len(users)
    stated = figures(
        *((use.WEEKLY_USERS, date(first + place, 6, 1), count) for place, count in enumerate(users))
    )
    found = use.chat_already_works.judge(stated, ON)
    assert found.verdict is verdict
    assert not users or "company" in found.why


@pytest.mark.parametrize(
    ("using", "trust", "distrust", "verdict"),
    [
        (0.62, 0.5, 0.4, ClaimVerdict.HELD),
        (0.62, 0.33, 0.46, ClaimVerdict.PARTLY),
        (0.62, None, None, ClaimVerdict.PARTLY),
        (0.44, 0.5, 0.4, ClaimVerdict.DID_NOT_HOLD),
        (None, 0.5, 0.4, ClaimVerdict.CANNOT_BE_TOLD),
    ],
)
def test_coding_assistants_work_where_most_use_and_trust_them(
    using: float | None, trust: float | None, distrust: float | None, verdict: ClaimVerdict
) -> None:
    """Use by most holds the claim only together with trust: use is not success."""
    day = date(2025, 1, 1)
    answers = ((use.USE_NOW, using), (use.TRUST, trust), (use.DISTRUST, distrust))
    stated = figures(*((series, day, value) for series, value in answers if value is not None))
    found = use.coding_assistants_already_work.judge(stated, ON)
    assert found.verdict is verdict
    assert found.value == using
    assert found.observed_on is None  # a survey of a year is not of the first of January


def test_evidence_names_the_payload_and_its_address() -> None:
    """From a figure one reaches the payload it came from."""
    found = agents.computer_use_solves_15_percent.judge(shares(SONNET), ON)
    assert found.evidence == (Evidence("made", "a1", "https://example.org"),)
