"""Claims: what the data say of each claim of the article of December 2024, then and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.claims import CLAIMS
from analysis.claims.counted_again import counted_again
from analysis.claims.evaluate import THEN, all_claims, claim_table, evidence_table
from analysis.claims.side_by_side import board_ratios
from analysis.claims.statement import ClaimVerdict
from questions.answer import Answer, Block, Heading, Method, Paragraph, Table, nothing_known
from questions.claims import words
from questions.claims.one_claim import claim_blocks, models_named
from questions.compare.beside import comparing
from questions.controls import Chosen, Option, Several, control
from questions.kept import kept
from questions.osworld import of_newer_shares
from questions.question import Question
from questions.view import KnownBy, View

VERDICTS: Final = {
    "held": ClaimVerdict.HELD,
    "partly": ClaimVerdict.PARTLY,
    "did-not-hold": ClaimVerdict.DID_NOT_HOLD,
    "cannot-be-told": ClaimVerdict.CANNOT_BE_TOLD,
}
"""The verdicts by their words in addresses."""

_TOKENS: Final = "o1-tokens-per-answer"
_STEPS: Final = "steps-only-incremental"
_PACE: Final = "models-only-incrementally-better"
_S_CURVES: Final = "progress-in-s-curves"
_COMPUTER_USE: Final = "computer-use-solves-15-percent"
_SHARED: Final = {
    "claim_measured_runs": "runs of boards",
    "claim_index": "the index",
    "claim_s_curves": "the index",
    "host_speeds": "one list of speeds",
}
"""Queries whose rows several claims rest on, by what these are; the test of a bend is one of the index."""

_DIVIDES: Final = {
    _TOKENS: "output_tokens_per_task",
    "o1-cost-per-answer": "cost_usd_per_task",
    "o1-is-slow": "seconds_per_task",
}
"""The claims on what was measured of o1 over what was measured of the newest Claude 3.5 Sonnet on a board."""


def verdicts_to_choose(view: View, _chosen: Chosen) -> list[Option]:
    """The verdicts, each with how many claims have it; of a past date counting them takes too long."""
    derived = view.ask("claims")
    is_known = _is_current(view, derived) and derived.height
    found = dict(derived.group_by("verdict").len().iter_rows()) if is_known else {}
    return [
        Option(name, verdict.value, found.get(verdict.value, 0) if found else None)
        for name, verdict in VERDICTS.items()
    ]


@dataclass(frozen=True, slots=True)
class ClaimsControls:
    """Which claims are shown."""

    verdicts: tuple[str, ...] = control(
        (),
        Several(
            "Verdicts",
            verdicts_to_choose,
            0,
            len(VERDICTS),
            chips=True,
            help="Only claims with these verdicts; without any, all claims.",
        ),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """All claims with their verdicts (see claims.sql) and the payloads that each side rests on."""

    claims: pl.DataFrame
    evidence: pl.DataFrame


def answer(view: View, controls: ClaimsControls) -> Answer:
    """How many claims got which verdict, the picture of all, then the claims one by one."""
    method = Method("claims")
    if view.known_then.instant < THEN:
        return nothing_known(words.TOO_EARLY, (method,))
    judged = _judged(view)
    if judged.claims.is_empty():
        return nothing_known("no claim has been judged. A refresh judges them all.", (method,))
    on = min(judged.claims["as_of"][0], view.as_of)
    return Answer(
        first_line=words.first_line(judged.claims, on),
        caveat=words.caveat(judged.claims),
        rests_on=words.rests_on(judged.claims, on),
        would_change=words.WOULD_CHANGE,
        blocks=(*_shown(view, judged, controls.verdicts), method),
    )


def _judged(view: View) -> Judged:
    """The claims as judged last, or as of the view's date where that is earlier."""
    derived = view.ask("claims")
    if _is_current(view, derived):
        return Judged(derived, view.ask("evidence_of_claims"))
    return kept(view, "claims", None, lambda: _judged_then(view))


def _is_current(view: View, derived: pl.DataFrame) -> bool:
    """Whether the claims as judged last are those of the view's date."""
    return derived.is_empty() or view.as_of >= min(derived["as_of"][0], view.today)


def _judged_then(view: View) -> Judged:
    """Claims and their evidence as of a past date, which the derived tables do not hold: half a minute."""
    instant = view.known_then.instant
    claims = all_claims(lambda query, at: view.ask(query, KnownBy(at, at.date())), instant)
    return Judged(claim_table(claims, instant), evidence_table(claims))


def _shown(view: View, judged: Judged, verdicts: tuple[str, ...]) -> tuple[Block, ...]:
    wanted = [VERDICTS[name].value for name in verdicts or VERDICTS]
    claims = judged.claims.filter(pl.col("verdict").is_in(wanted))
    if claims.is_empty():
        return (Paragraph("No claim has such a verdict."),)
    evidence = _titled(view, judged.evidence)
    comparison = comparing(view)
    on = min(claims["as_of"][0], view.as_of)
    beside, rests = _beside(view, on), _rests(view, on)
    beside[_STEPS] = words.of_pace(judged.claims, _PACE)
    shared = shared_data(judged.claims)
    together = words.one_sentence(judged.claims, shared)
    return (
        Heading(words.CLAIM_BY_CLAIM),
        Paragraph(words.DECIDES),
        Table("verdicts", words.side_by_side(claims, shared, rests), words.COLUMNS, wraps=True),
        *((Paragraph(together),) if together else ()),
        *(
            block
            for row in claims.iter_rows(named=True)
            for block in claim_blocks(
                row,
                evidence.filter(claim_id=row["claim_id"]),
                comparison(models_named(row["statement"])),
                beside.get(row["claim_id"], ""),
                rests,
            )
        ),
    )


def _titled(view: View, evidence: pl.DataFrame) -> pl.DataFrame:
    """The payloads that claims rest on, each with the title of its source."""
    titles = view.ask("credits").select("source_id", source_title="title")
    joined = evidence.join(titles, on="source_id", how="left", maintain_order="left")
    return joined.with_columns(source_title=pl.coalesce("source_title", "source_id"))


def shared_data(claims: pl.DataFrame) -> dict[str, str]:
    """Of each claim by claim_id the places of the others that rest on the same data."""
    data = {one.claim_id: _SHARED[one.query] for one in CLAIMS if one.query in _SHARED}
    places = dict(claims.select("claim_id", "place").iter_rows())
    found = {
        claim_id: [
            str(place) for other, place in places.items() if other != claim_id and data.get(other) == own
        ]
        for claim_id in places
        if (own := data.get(claim_id)) is not None
    }
    return {claim_id: ", ".join(others) for claim_id, others in found.items() if others}


def _beside(view: View, on: date) -> dict[str, str]:
    """What must be known beside a claim's reason: which model its ratios mean, and of its data."""
    runs = view.ask("claim_measured_runs", view.known_then)
    said = {
        claim_id: words.divided_by(board_ratios(runs, on, quantity))
        for claim_id, quantity in _DIVIDES.items()
    }
    again = words.of_second_runs(counted_again(view.ask("tokens_counted", view.known_then), on))
    said[_TOKENS] = f"{said[_TOKENS]} {again}".strip()
    said[_S_CURVES] = words.of_used_up()
    said[_COMPUTER_USE] = of_newer_shares(view.ask("osworld_twice", view.known_then))
    return said


def _rests(view: View, on: date) -> dict[str, str]:
    """Of the claims by claim_id whose ratios are all of one board, that they are."""
    runs = view.ask("claim_measured_runs", view.known_then)
    again = counted_again(view.ask("tokens_counted", view.known_then), on)
    said = {
        claim_id: words.on_boards(board_ratios(runs, on, quantity), again if claim_id == _TOKENS else ())
        for claim_id, quantity in _DIVIDES.items()
    }
    return {claim_id: text for claim_id, text in said.items() if text}


QUESTION: Final = Question(
    name="claims",
    title="Claims",
    asks="Which claims of the article of December 2024 held, by the data of then and of now?",
    answer=answer,
    controls=ClaimsControls,
)
