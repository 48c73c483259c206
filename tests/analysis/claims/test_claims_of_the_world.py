"""Claims on speed, agents, attention, money and use: each verdict on small frames."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy.stats import binomtest

from analysis.amounts import in_words
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
            {
                "model_id": f"model-{place}",
                "title": f"Model {place}",
                "host": host,
                "output_tokens_per_second": rate,
                "measured_on": ON,
            }
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
    assert "Claude Fable 5 85.0\u00a0%" in found.text
    alone = agents.computer_use_solves_15_percent.judge(shares(verified), ON)
    assert alone.verdict is ClaimVerdict.CANNOT_BE_TOLD


def test_a_run_with_extra_steps_is_told_but_not_taken() -> None:
    """Of two figures of one day the plain one is the claim's; who reported it is said."""
    more = ("OSWorld", "Claude 3.5 Sonnet (new), more steps", 0.22, SONNET[3])
    found = agents.computer_use_solves_15_percent.judge(shares(more, SONNET), ON)
    assert found.value == 0.149
    assert "22.0\u00a0%" in found.text
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
    found = money.venture_money_as_in_1999.judge(MONEY, date(2024, 12, 31))
    assert found.verdict is ClaimVerdict.CANNOT_BE_TOLD
    assert found.value == pytest.approx(107.2)
    assert "$35.6 billion" in found.text
    assert "United States" in found.why


def test_only_whole_years_of_money_count() -> None:
    """Up to its last day a year is not over; without 1999 there is nothing to set beside it."""
    assert money.venture_money_as_in_1999.judge(MONEY, date(2024, 12, 30)).value == pytest.approx(42.5)
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


def of_assistants(using: float | None, trust: float | None, distrust: float | None) -> pl.DataFrame:
    """A survey of 2025 of coding assistants: shares that use, trust and distrust them (None: not asked)."""
    day = date(2025, 1, 1)
    answers = ((use.USE_NOW, using), (use.TRUST, trust), (use.DISTRUST, distrust))
    return figures(*((series, day, value) for series, value in answers if value is not None))


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
    found = use.coding_assistants_already_work.judge(of_assistants(using, trust, distrust), ON)
    assert found.verdict is verdict
    assert found.value == using
    assert found.observed_on is None  # a survey of a year is not of the first of January


def test_the_question_that_every_survey_asked_is_the_one_compared() -> None:
    """The newest survey speaks, with its year; what only an older one asked is told beside it."""
    then, now = date(2024, 1, 1), date(2025, 1, 1)
    asked = figures((use.USE_OR_PLAN, then, 0.76), (use.USE_NOW, then, 0.62), (use.USE_OR_PLAN, now, 0.84))
    found = use.coding_assistants_already_work.judge(asked, ON)
    assert found.value == 0.84
    assert (
        "84\u00a0% use or plan to use AI tools (survey of 2025); 62\u00a0% used them (survey of 2024)"
        in found.text
    )
    assert use.coding_assistants_already_work.judge(asked, date(2024, 12, 20)).value == 0.76


def test_evidence_names_the_payload_and_its_address() -> None:
    """From a figure one reaches the payload it came from."""
    found = agents.computer_use_solves_15_percent.judge(shares(SONNET), ON)
    assert found.evidence == (Evidence("made", "a1", "https://example.org"),)


@pytest.mark.parametrize(
    ("fast", "verdict"),
    [
        ([500 * 2**0.5 + 0.01, 100.0], ClaimVerdict.PARTLY),
        ([500 * 2**0.5 + 0.01], ClaimVerdict.HELD),
        ([500 * 2**0.5 - 0.01], ClaimVerdict.PARTLY),
        ([800.0, 800.0, 200.0], ClaimVerdict.HELD),
        ([200.0], ClaimVerdict.PARTLY),
        ([199.9], ClaimVerdict.DID_NOT_HOLD),
    ],
)
def test_ten_times_faster_begins_half_way_to_five_times(fast: list[float], verdict: ClaimVerdict) -> None:
    """Over hosts at 100 tokens/s: from 707 on (10x by the root of two), where no model is below twice."""
    assert speed.cerebras_ten_times_faster.judge(speeds(fast, (100.0,) * 3), ON).verdict is verdict


def test_only_multiples_of_fifty_are_doubted() -> None:
    """Of these Groq's 5,000 alone; the words give own speed, median and number of others."""
    found = speed.cerebras_ten_times_faster.judge(speeds([955.0], (81.0, 91.0, 101.0)), ON)
    assert "1 of 5 speeds are multiples of 50" in found.why
    assert (
        found.text == "Tokens per second, and the median of so many other hosts: Model 0 955 against 91 of 3."
    )
    assert found.interval is None


@pytest.mark.parametrize(
    ("users", "days", "verdict"),
    [
        ([80e6, 100e6], 365, ClaimVerdict.HELD),
        ([80e6, 99e6], 365, ClaimVerdict.DID_NOT_HOLD),
        ([100e6, 100e6], 365, ClaimVerdict.DID_NOT_HOLD),
        ([80e6, 100e6], 364, ClaimVerdict.PARTLY),
    ],
)
def test_a_hundred_million_are_many_and_a_year_is_365_days(
    users: list[float], days: int, verdict: ClaimVerdict
) -> None:
    """As many as a year before is no growth; a figure of 364 days before is none of a year before."""
    stated = [(use.WEEKLY_USERS, ON - timedelta(days=days), users[0]), (use.WEEKLY_USERS, ON, users[1])]
    found = use.chat_already_works.judge(figures(*stated), ON)
    assert found.verdict is verdict
    assert found.text.startswith(f"{users[1] / 1e6:,.0f} million on {in_words(ON)}")
    assert ("80 million a year or more before" in found.text) is (users[0] == 80e6 and days == 365)


@pytest.mark.parametrize(
    ("using", "trust", "distrust", "verdict"),
    [
        (0.5, 0.5, 0.4, ClaimVerdict.DID_NOT_HOLD),
        (0.51, 0.4, 0.4, ClaimVerdict.HELD),
        (0.51, 0.4, None, ClaimVerdict.PARTLY),
        (0.51, None, 0.4, ClaimVerdict.PARTLY),
    ],
)
def test_half_is_no_majority_and_as_many_who_trust_are_enough(
    using: float, trust: float | None, distrust: float | None, verdict: ClaimVerdict
) -> None:
    """Trust must have been asked both ways."""
    found = use.coding_assistants_already_work.judge(of_assistants(using, trust, distrust), ON)
    assert found.verdict is verdict
    assert ("trust and" in found.text) is (trust is not None and distrust is not None)


def test_money_is_the_mean_of_the_trackers_with_their_range() -> None:
    """1999 and the newest whole year in words, the mean of this year's trackers, from lowest to highest."""
    found = money.venture_money_as_in_1999.judge(MONEY, date(2025, 12, 30))
    assert found.text == (
        "In 2024 $114.0 billion (fourth tracker), $100.4 billion (third tracker); "
        "in 1999 $35.6 billion (first tracker), $48.3 billion (second tracker)."
    )
    assert found.interval is not None
    assert (found.interval.low, found.interval.high, found.interval.level) == pytest.approx((100.4, 114, 1))
    assert found.observed_on == date(2024, 12, 31)


def test_the_interval_of_a_share_of_369_tasks_is_wilsons() -> None:
    """55 of 369 tasks: the interval is the one that SciPy computes from the counts."""
    found = agents.computer_use_solves_15_percent.judge(shares((*SONNET[:2], 55 / 369, SONNET[3])), ON)
    wanted = binomtest(55, 369).proportion_ci(0.90, method="wilson")
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((wanted.low, wanted.high))
    assert found.n == 369
