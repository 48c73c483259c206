"""Claims: what the data say of each claim of the article of December 2024, then and now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.claims.evaluate import THEN, all_claims, claim_table, evidence_table
from analysis.claims.statement import ClaimVerdict
from charts.claims.claim_verdicts import claim_verdicts
from pages import claims_words, frame
from pages.chart_block import show_chart
from pages.frame import View
from pages.how_we_know import how_we_know
from pages.registry import PAGES
from store.snapshot import Snapshot

COLOURS: Final = {
    ClaimVerdict.HELD.value: "green",
    ClaimVerdict.PARTLY.value: "orange",
    ClaimVerdict.DID_NOT_HOLD.value: "red",
    ClaimVerdict.CANNOT_BE_TOLD.value: "gray",
}
VERDICTS: Final = tuple(COLOURS)


@st.cache_data(show_spinner="Judging each claim by what was known on that day: half a minute", max_entries=20)
def judged(snapshot_id: str, file: str, instant: datetime) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Claims and their evidence as of a past date, which the derived table does not hold."""
    snapshot = Snapshot(snapshot_id, Path(file))
    claims = all_claims(lambda query, at: snapshot.ask(query, as_of=at), instant)
    return claim_table(claims, instant), evidence_table(claims)


def claims_of(view: View) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The claims as judged last, or as of the page's date where that is earlier."""
    derived = view.ask("claims")
    if derived.is_empty() or view.as_of >= min(derived["as_of"][0], view.today):
        return derived, view.ask("evidence_of_claims")
    return judged(view.snapshot.id, str(view.snapshot.file), view.instant)


def show_claim(row: dict[str, Any], evidence: pl.DataFrame) -> None:
    """One claim: verdict, values with intervals then and now, the reason, and where it comes from."""
    with st.container(border=True):
        st.markdown(frame.plain(f"**{row['place']}. {row['statement']}**"))
        st.badge(row["verdict"], color=COLOURS[row["verdict"]])
        st.caption(frame.plain(f"{row['measure']}. {claims_words.judged_by(row)}"))
        sides = zip(st.columns(2), ("then", "now"), ("In December 2024", "Now"), strict=True)
        for column, side, label in sides:
            with column:
                show_side(row, side, label)
        st.markdown(frame.plain(row["why"]))
        with st.container(horizontal=True):
            for page in (page for page in PAGES if page.address == row["page"]):
                st.page_link(page.file, label=page.title, icon=page.icon)
            with st.popover(f"Where it comes from ({evidence.height})", icon=":material/database:"):
                st.markdown(
                    "\n".join(_source(*one) for one in evidence.iter_rows()) or "No payload was used."
                )


def show_side(row: dict[str, Any], side: str, label: str) -> None:
    """What the data of one of the two dates say."""
    value = frame.plain(claims_words.value_text(row, side))
    st.metric(f"{label}: {row[f'{side}_verdict']}", value)
    st.caption(frame.plain(f"{claims_words.interval_text(row, side)}; {claims_words.basis(row, side)}"))
    if row[f"{side}_text"]:
        st.markdown(frame.plain(row[f"{side}_text"]))


def _source(side: str, source_id: str, url: str | None, sha256: str | None) -> str:
    link = f"[{source_id}]({url})" if url and url.startswith("http") else source_id
    return f"- {side}: {link}" + (
        f", payload SHA-256 `{sha256}`" if sha256 else ", derived from many payloads"
    )


def draw(view: View, claims: pl.DataFrame, evidence: pl.DataFrame, first_line: Any) -> None:
    """The picture of all verdicts, then the claims one by one."""
    with first_line.container():
        frame.answer(claims_words.answer(claims, min(claims["as_of"][0], view.as_of)))
        st.markdown(
            "It rests on the rows named below each claim. A claim is told only where an interval, or the "
            "spread between measurements, allows it; new measurements can change each verdict, and its "
            "reason says how."
        )
    title = f"Of {claims.height} claims {claims_words.counts(claims)}"
    shown = st.pills("Verdicts", VERDICTS, selection_mode="multi", key="verdicts", bind="query-params")
    chosen = claims.filter(pl.col("verdict").is_in(shown or VERDICTS))
    if chosen.is_empty():
        st.markdown("No claim has such a verdict.")
        return
    footing = view.footing(
        evidence.filter(pl.col("claim_id").is_in(chosen["claim_id"].implode())), "payloads"
    )
    show_chart(claim_verdicts(chosen, title, footing), view, ("verdicts",))
    for row in chosen.iter_rows(named=True):
        own = evidence.filter(claim_id=row["claim_id"]).select("side", "source_id", "url", "payload_sha256")
        show_claim(row, own)


view = frame.view()
st.title("Claims")
first_line = st.empty()
if view.instant < THEN:
    first_line.info("The article is of 20 December 2024: choose that day or a later one.")
else:
    claims, evidence = claims_of(view)
    if claims.is_empty():
        first_line.info("No data yet: no claim has been judged. A refresh judges them all.")
    else:
        draw(view, claims, evidence, first_line)
how_we_know("claims")
