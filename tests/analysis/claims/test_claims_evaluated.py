"""All claims together: two dates, two readings, one row each."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from analysis.claims import CLAIMS
from analysis.claims.evaluate import (
    CLAIM_SCHEMA,
    EVIDENCE_SCHEMA,
    THEN,
    all_claims,
    claim_table,
    evidence_table,
)
from analysis.claims.statement import (
    ClaimVerdict,
    Evidence,
    Finding,
    Reading,
    Tense,
    cannot_be_told,
    claim,
)
from analysis.results import Interval
from tests.places import ROOT

NOW = datetime(2026, 7, 1, tzinfo=UTC)
QUERIES = {file.stem: file for file in (ROOT / "store" / "queries").rglob("*.sql")}


def rows_until(_query: str, as_of: datetime) -> pl.DataFrame:
    """One row that was observed in 2025 and speaks of 2024."""
    seen = pl.DataFrame({"observed_at": [datetime(2025, 5, 1, tzinfo=UTC)], "dated_on": [date(2024, 6, 1)]})
    return seen.filter(pl.col("observed_at") <= as_of)


def judge(rows: pl.DataFrame, on: date) -> Finding:
    """Held in 2024, not held later, nothing without rows."""
    dated = rows.filter(pl.col("dated_on") <= on)
    if dated.is_empty():
        return cannot_be_told("No rows.")
    held = on.year == 2024
    return Finding(
        verdict=ClaimVerdict.HELD if held else ClaimVerdict.DID_NOT_HOLD,
        why=f"as of {on}",
        value=1.5,
        interval=Interval(1.0, 2.0),
        n=3,
        evidence=(Evidence("made", "a1"),),
    )


def made(tense: Tense, query: str = "claim_made") -> object:
    return claim("It rises.", "points", "points", "overview", query, "Held if it rises.", "A fall.", tense)(
        judge
    )


@pytest.mark.parametrize(
    ("tense", "verdict"), [(Tense.STATE, ClaimVerdict.HELD), (Tense.COURSE, ClaimVerdict.DID_NOT_HOLD)]
)
def test_the_tense_says_which_date_judges(tense: Tense, verdict: ClaimVerdict) -> None:
    """A state of affairs is judged by its own date, a course of things by what followed."""
    (found,) = all_claims(rows_until, NOW, [made(tense)])  # type: ignore[list-item]
    assert (found.then.verdict, found.now.verdict) == (ClaimVerdict.HELD, ClaimVerdict.DID_NOT_HOLD)
    assert found.verdict is verdict


def test_what_was_not_known_then_is_read_as_released_and_said_so() -> None:
    """Rows observed in 2025 cannot be known in 2024: the reading says that they were only dated by then."""
    (found,) = all_claims(rows_until, NOW, [made(Tense.STATE)])  # type: ignore[list-item]
    assert found.then_reading is Reading.RELEASED


def test_a_fact_on_fixed_models_is_judged_by_what_is_known_now() -> None:
    """Then is what was known then, and nothing that was measured later; the best measurement decides."""
    (found,) = all_claims(rows_until, NOW, [made(Tense.FACT)])  # type: ignore[list-item]
    assert (found.then.verdict, found.then_reading) == (ClaimVerdict.CANNOT_BE_TOLD, Reading.KNOWN)
    assert found.verdict is ClaimVerdict.DID_NOT_HOLD


def test_what_was_known_then_is_preferred() -> None:
    """Where the archive reaches back, only what it held by then is read."""

    def known(_query: str, as_of: datetime) -> pl.DataFrame:
        return pl.DataFrame({"dated_on": [date(2024, 6, 1)] * (1 if as_of == THEN else 2)})

    (found,) = all_claims(known, NOW, [made(Tense.STATE)])  # type: ignore[list-item]
    assert found.then_reading is Reading.KNOWN


def test_no_claim_is_judged_before_it_was_made() -> None:
    """A day before the article is refused in words."""
    with pytest.raises(ValueError, match="2024-12-20"):
        all_claims(rows_until, datetime(2024, 1, 1, tzinfo=UTC), [])


def test_tables_hold_one_row_a_claim_and_one_a_payload() -> None:
    """The rows that the warehouse keeps: both sides, interval with its level, reading, and the evidence."""
    claims = all_claims(rows_until, NOW, [made(Tense.STATE)])  # type: ignore[list-item]
    table = claim_table(claims, NOW)
    assert table.schema == CLAIM_SCHEMA
    row = table.row(0, named=True)
    assert (row["claim_id"], row["tense"], row["verdict"], row["as_of"]) == (
        "judge",
        "state",
        "held",
        date(2026, 7, 1),
    )
    assert (row["then_reading"], row["then_low"], row["then_level"], row["now_verdict"]) == (
        "released",
        1.0,
        0.9,
        "did not hold",
    )
    evidence = evidence_table(claims)
    assert evidence.schema == EVIDENCE_SCHEMA
    assert evidence.select("claim_id", "side", "payload_sha256").rows() == [
        ("judge", "then", "a1"),
        ("judge", "now", "a1"),
    ]


def test_the_reason_says_what_would_change_the_verdict() -> None:
    """The claim's own sentence follows the reason, or that of the finding where it depends on the data."""
    (found,) = all_claims(rows_until, NOW, [made(Tense.STATE)])  # type: ignore[list-item]
    row = claim_table([found], NOW).row(0, named=True)
    assert row["then_why"] == row["why"] == "as of 2024-12-20 What would change it: A fall."
    assert found.reason(Finding(ClaimVerdict.PARTLY, "Why.", would_change="A rise.")).endswith("A rise.")


def test_no_two_claims_read_alike() -> None:
    """Two measures of one sentence say in it by which measure, and each says what would change it."""
    statements = [one.statement for one in CLAIMS]
    assert len(statements) == len(set(statements))
    assert all(one.would_change.endswith(".") for one in CLAIMS)


def test_every_claim_has_its_own_id_and_a_query_that_takes_a_date() -> None:
    """A claim is one function and one query, and every query can be asked as of a past instant."""
    ids = [one.claim_id for one in CLAIMS]
    assert len(ids) == len(set(ids)) > 0
    for one in CLAIMS:
        assert "$as_of" in QUERIES[one.query].read_text(encoding="utf-8")


def test_no_query_of_a_claim_is_left_over() -> None:
    """Each claim query in the store feeds a claim."""
    assert {name for name in QUERIES if name.startswith("claim_")} <= {one.query for one in CLAIMS}
