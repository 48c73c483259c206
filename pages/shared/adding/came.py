"""The first step: an address that is fetched, by operators, or a file that is dropped, by anybody."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from errors import ExpectedError
from pages.shared import frame
from pipeline import drafting

_CAME: Final = "adding-came"
_OF: Final = "adding-came-of"


def ask() -> drafting.Came | None:
    """What came, kept until another address or file is given; None before anything did."""
    address, dropped = _address(), _file()
    given = f"{dropped.name} {dropped.size}" if dropped is not None else address
    name = _name(dropped.name if dropped is not None else address)
    if not given:
        return None
    wanted = (name, given)
    asked = dropped is not None or st.button("Fetch", type="primary")
    if asked and st.session_state.get(_OF) != wanted:
        try:
            if dropped is not None:
                st.session_state[_CAME] = drafting.come_as_file(
                    frame.settings(), name, dropped.name, dropped.getvalue()
                )
            else:
                with st.spinner("Fetching"):
                    st.session_state[_CAME] = drafting.come_by_address(frame.settings(), name, address)
            st.session_state[_OF] = wanted
        except ExpectedError as error:
            st.error(frame.plain(str(error)))
            return None
    if st.session_state.get(_OF) != wanted:
        return None
    found: drafting.Came = st.session_state[_CAME]
    st.caption(f"{len(found.body):,} bytes came.")
    return found


def _address() -> str:
    if not frame.operator():
        st.caption(
            "Fetching an address and saving are for the operator of this server: [sign in](/operator). "
            "A file can be tried by anybody."
        )
        return ""
    return st.text_input("Address", placeholder="https://example.org/leaderboard.csv", key="address").strip()


def _file() -> Any:
    kinds = "CSV, JSON, YAML, Excel, Parquet, HTML, archives and others."
    most = drafting.MOST_BYTES // 1_000_000
    return st.file_uploader(
        "Or drop a file" if frame.operator() else "Drop a file", key="file", help=kinds, max_upload_size=most
    )


def _name(given: str) -> str:
    proposed = drafting.name_for(given) if given else ""
    return st.text_input(
        "Name",
        value=proposed,
        key=f"name-{proposed}",
        help="Lower-case words joined by hyphens. The source is called so everywhere.",
    ).strip()
