"""What was not believed, and why: rows in quarantine, doubted prices, names that no rule explains."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
import streamlit as st

from pages import frame
from pages.frame import View
from pages.tables import INSTANT, show_table

MOST_REFUSED: Final = 500
_REASONS: Final[dict[str, Any]] = {
    "source_id": st.column_config.TextColumn("source", width=150),
    "reason": st.column_config.TextColumn("why it was refused", width=470),
    "rows": st.column_config.NumberColumn("rows", format="localized", width=70),
    "kind": st.column_config.TextColumn("kind of row", width=90),
    "last_seen_at": st.column_config.DatetimeColumn("last seen (UTC)", format=INSTANT, width=130),
}
_REFUSED: Final[dict[str, Any]] = {
    "reason": st.column_config.TextColumn("why it was refused", width=400),
    "row": st.column_config.TextColumn("the row", width=390),
    "observed_at": st.column_config.DatetimeColumn("seen (UTC)", format=INSTANT, width=130),
    "kind": "kind",
    "payload_url": st.column_config.LinkColumn("payload", display_text="open"),
    "payload_sha256": "payload SHA-256",
}
_DOUBTS: Final[dict[str, Any]] = {
    "reason": st.column_config.TextColumn("why it is doubted", width=415),
    "model_name": st.column_config.TextColumn("name in the source", width=160),
    "provider": st.column_config.TextColumn("seller", width=85),
    "input_usd_per_mtok": st.column_config.NumberColumn("input, $/Mtok", format="%.4g", width=110),
    "output_usd_per_mtok": st.column_config.NumberColumn("output, $/Mtok", format="%.4g", width=118),
    "observed_at": st.column_config.DatetimeColumn("seen", format="YYYY-MM-DD", width=95),
    "source_id": "source",
    "payload_url": st.column_config.LinkColumn("payload", display_text="open"),
    "payload_sha256": "payload SHA-256",
}
_NAMES: Final[dict[str, Any]] = {
    "model_name": st.column_config.TextColumn("name in the source", width=300),
    "n_scores": st.column_config.NumberColumn("scores", width=75),
    "n_prices": st.column_config.NumberColumn("maker's prices", width=105),
    "sources": st.column_config.TextColumn("sources", width=430),
    "model_id": "stands on its own as",
}


def show_quarantine(view: View) -> None:
    """The rows that were refused, by reason, with examples."""
    st.subheader("Quarantine: rows that were refused")
    shipped = dict(view.ask("payload_origins").iter_rows())
    if shipped.get("bundle"):
        st.caption(
            f"{frame.counted(shipped['bundle'], 'payload')} came with the code as accepted rows only: what "
            "was refused in them is not shipped. Rows refused in later refreshes stand here."
        )
    reasons = view.ask("quarantine_reasons", source="")
    if reasons.is_empty():
        read_here = shipped.get("archive", 0)
        st.info(
            f"Nothing was refused in the {frame.counted(read_here, 'payload')} read on this machine."
            if read_here
            else "No payload was read on this machine yet, so none of its rows could be refused."
        )
        return
    st.markdown(
        f"Kept out, with the reason: {frame.counted(reasons['rows'].sum(), 'row')} that broke their schema "
        "or a rule of sanity."
    )
    show_table(reasons.with_columns(reason=_in_words()), "reasons", _REASONS)
    source = st.selectbox(
        "Rows refused from",
        reasons["source_id"].unique(maintain_order=True).to_list(),
        key="refused_from",
        bind="query-params",
    )
    refused = view.ask("quarantine", source=source, most=MOST_REFUSED)
    show_table(refused.with_columns(reason=_in_words()), "refused", _REFUSED)


def _in_words() -> pl.Expr:
    return pl.col("reason").str.replace_all("not so: ", "breaks the rule: ", literal=True)


def show_doubted_prices(view: View) -> None:
    """Prices that kept their schema but are rather slips of a table; no chart uses them."""
    doubts = view.ask("price_doubts")
    said = (
        f"{frame.counted(doubts.height, 'price')} in no chart: each is rather a slip of a table than a "
        "price, for the reason given. A second source that says the same would lift the doubt."
    )
    if _some("Prices that are doubted", doubts, said, "No price is doubted as of this date."):
        show_table(doubts, "doubts", _DOUBTS)


def show_unresolved(view: View) -> None:
    """Names of models that no rule explains: each stays on its own and waits for a person."""
    names = view.ask("names_unresolved")
    said = (
        f"{frame.counted(names.height, 'name')} with a score or a maker's price stay on their own, because a "
        "doubtful match is worse than none. `hypecurve models unresolved` lists the few that may mean a "
        "known model, and which."
    )
    none = "Every name with a score or a maker's price is explained."
    if _some("Names that no rule explains", names, said, none):
        with st.expander("The names, the weightiest first"):
            show_table(names, "unresolved-names", _NAMES)


def _some(heading: str, rows: pl.DataFrame, said: str, none: str) -> bool:
    """The heading with what is said of the rows, or that there are none; whether there are any."""
    st.subheader(heading)
    if rows.is_empty():
        st.info(none)
    else:
        st.markdown(said)
    return not rows.is_empty()
