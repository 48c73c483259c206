"""Where one mark comes from: its score and its price, each with source, payload and date."""

from __future__ import annotations

from typing import Any

import streamlit as st

from charts.parts.axes import dollars, score_text
from charts.parts.figure import in_words
from pages import frame


def show_provenance(row: dict[str, Any]) -> None:
    """Score and cost of one model with the addresses and payload hashes that they were read from.

    `row`: a row of scores_of_benchmark.sql with `cost` and the columns that `with_list_prices` adds.
    """
    st.subheader(row["title"])
    left, right = st.columns(2)
    with left:
        _score(row)
    with right:
        _cost(row)


def _score(row: dict[str, Any]) -> None:
    st.metric("Score", score_text(row["value"], row["unit"]))
    setting = f", setting {row['setting']}" if row["setting"] else ""
    st.markdown(
        f"Reported by: {row['reported_by']}. In {row['source_id']} as `{row['model_name']}`{setting}, "
        f"first shown on {in_words(row['observed_at'].date())}."
    )
    _links(row["url"], row["payload_url"], row["payload_sha256"])


def _cost(row: dict[str, Any]) -> None:
    st.metric("Cost", "unpriced" if row["cost"] is None else frame.plain(dollars(row["cost"])))
    if row["price_source_id"] is None:
        return
    st.markdown(
        frame.plain(
            f"List price since {in_words(row['price_held_from'])}: "
            f"{dollars(row['input_usd_per_mtok'])} input, "
            f"{dollars(row['output_usd_per_mtok'])} output per million tokens, asked by {row['provider']} "
            f"({row['seller']}). In {row['price_source_id']}, "
            f"first shown on {in_words(row['price_observed_at'].date())}."
        )
    )
    _links(row["price_url"], row["price_payload_url"], row["price_payload_sha256"])


def _links(cited: str | None, payload_url: str | None, sha256: str) -> None:
    links = [f"[{label}]({url})" for label, url in (("page cited", cited), ("payload", payload_url)) if url]
    st.markdown(f"Source: {' · '.join(links) or 'no address stated'}")
    st.caption(f"Payload SHA-256 {sha256}")
