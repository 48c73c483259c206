"""Every claim judged on its own date and on a later one, and the results as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import polars as pl

from analysis.claims import CLAIMS
from analysis.claims.statement import Claim, ClaimDefinition, ClaimVerdict, Finding, Tense
from analysis.results import Reading

THEN = datetime(2024, 12, 20, tzinfo=UTC)
"""The article's date."""

Ask = Callable[[str, datetime], pl.DataFrame]
"""Name of a query and the instant as of which it is asked -> its rows."""

CLAIM_SCHEMA = pl.Schema(
    {
        "claim_id": pl.String,
        "place": pl.Int32,
        "statement": pl.String,
        "measure": pl.String,
        "unit": pl.String,
        "page": pl.String,
        "tense": pl.String,
        "verdict": pl.String,
        "why": pl.String,
        "as_of": pl.Date,
        **{
            f"{side}_{name}": kind
            for side in ("then", "now")
            for name, kind in (
                ("verdict", pl.String),
                ("why", pl.String),
                ("text", pl.String),
                ("value", pl.Float64),
                ("low", pl.Float64),
                ("high", pl.Float64),
                ("level", pl.Float64),
                ("n", pl.Int32),
                ("observed_on", pl.Date),
                ("reading", pl.String),
            )
        },
    }
)
EVIDENCE_SCHEMA = pl.Schema(
    {
        "claim_id": pl.String,
        "side": pl.String,
        "source_id": pl.String,
        "payload_sha256": pl.String,
        "url": pl.String,
    }
)


def all_claims(
    ask: Ask, as_of: datetime, definitions: Iterable[ClaimDefinition] = CLAIMS
) -> tuple[Claim, ...]:
    """Every claim, in order, as judged in December 2024 and at `as_of`.

    `as_of` must be a real instant, such as that of the newest payload: some claims compare with the calendar.
    December 2024 is read from what was known by then; where that does not tell, from what had been released
    or dated by then, whenever it was observed, unless the claim is a fact on fixed models, which the best
    measurement of today judges anyway. Raises ValueError where `as_of` lies before December 2024.
    """
    if as_of < THEN:
        raise ValueError(
            f"the claims were made on {THEN:%Y-%m-%d}; nothing can be told as of {as_of:%Y-%m-%d}"
        )
    return tuple(_claim(definition, ask, as_of) for definition in definitions)


def _claim(definition: ClaimDefinition, ask: Ask, as_of: datetime) -> Claim:
    later = ask(definition.query, as_of)
    now = definition.judge(later, as_of.date())
    then, reading = definition.judge(ask(definition.query, THEN), THEN.date()), Reading.KNOWN
    if then.verdict is ClaimVerdict.CANNOT_BE_TOLD and definition.tense is not Tense.FACT:
        then, reading = definition.judge(later, THEN.date()), Reading.RELEASED
    return Claim(definition, then, reading, now)


def claim_table(claims: Iterable[Claim], as_of: datetime) -> pl.DataFrame:
    """One row for each claim, columns of `CLAIM_SCHEMA`; `then_` and `now_` are the two sides."""
    rows = [_row(place, claim, as_of) for place, claim in enumerate(claims, start=1)]
    return pl.DataFrame(rows, schema=CLAIM_SCHEMA)


def evidence_table(claims: Iterable[Claim]) -> pl.DataFrame:
    """One row for each payload that a side of a claim rests on, columns of `EVIDENCE_SCHEMA`."""
    rows = [
        (claim.definition.claim_id, side, one.source_id, one.payload_sha256, one.url)
        for claim in claims
        for side, finding in (("then", claim.then), ("now", claim.now))
        for one in finding.evidence
    ]
    return pl.DataFrame(rows, schema=EVIDENCE_SCHEMA, orient="row")


def _row(place: int, claim: Claim, as_of: datetime) -> dict[str, object]:
    definition = claim.definition
    return {
        "claim_id": definition.claim_id,
        "place": place,
        "statement": definition.statement,
        "measure": definition.measure,
        "unit": definition.unit,
        "page": definition.page,
        "tense": definition.tense.name.lower(),
        "verdict": claim.verdict.value,
        "why": claim.reason(claim.deciding),
        "as_of": as_of.date(),
        **_side("then", claim, claim.then, claim.then_reading),
        **_side("now", claim, claim.now, Reading.KNOWN),
    }


def _side(side: str, claim: Claim, finding: Finding, reading: Reading) -> dict[str, object]:
    interval = finding.interval
    columns = {
        "verdict": finding.verdict.value,
        "why": claim.reason(finding),
        "text": finding.text,
        "value": finding.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "level": interval.level if interval else None,
        "n": finding.n,
        "observed_on": finding.observed_on,
        "reading": reading.value,
    }
    return {f"{side}_{name}": value for name, value in columns.items()}
