"""The third step: which column fills which field, in which unit, and what is the same in every row."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.shared import frame
from pipeline import drafting

_NOTHING: Final = ""


def choose(proposal: drafting.Proposal) -> str:
    """The form with what was chosen, as TOML."""
    draft = proposal.draft
    for line in draft.said:
        st.info(frame.plain(line))
    tables = drafting.tables(draft)
    kept = list(tables)
    if tables:
        kept = st.multiselect(
            "Take in", kept, default=kept, format_func=lambda at: tables[at], key=_key(proposal, "kept")
        )
        if not kept:
            st.warning("Choose at least one.")
            kept = list(tables)
    fields = drafting.fields(draft, kept)
    used = [field for field in fields if field.needed or field.column or field.constant]
    choices = _rows(proposal, used)
    with st.expander("More fields"):
        choices |= _rows(proposal, [field for field in fields if field not in used])
    return drafting.text_of(draft, choices, kept)


def _rows(proposal: drafting.Proposal, fields: list[drafting.Field]) -> dict[str, drafting.Choice]:
    found = {}
    for start in range(0, len(fields), 2):
        for place, field in zip(st.columns(2), fields[start : start + 2], strict=False):
            with place:
                found[field.name] = _choice(proposal, field)
    return found


def _choice(proposal: drafting.Proposal, field: drafting.Field) -> drafting.Choice:
    called = field.name.replace("_", " ")
    label = f"{called} (needed)" if field.needed else called
    if field.is_fixed:
        return drafting.Choice(constant=_word(proposal, field, label))
    names = [_NOTHING, *proposal.columns]
    if field.column and field.column not in names:
        names.append(field.column)
    column = st.selectbox(
        label,
        names,
        index=names.index(field.column),
        format_func=lambda name: name or "(no column)",
        key=_key(proposal, field.name),
    )
    if not (field.is_figure and column):
        return drafting.Choice(column=column)
    units = [_NOTHING, *drafting.UNIT_WORDS]
    unit = st.selectbox(
        f"{called}: its figures are",
        units,
        index=units.index(field.unit),
        format_func=lambda word: word or "as they are",
        key=_key(proposal, f"{field.name}-unit"),
    )
    return drafting.Choice(column=column, unit=unit)


def _word(proposal: drafting.Proposal, field: drafting.Field, label: str) -> str:
    key = _key(proposal, field.name)
    if field.words:
        words = [_NOTHING, *field.words]
        return st.selectbox(
            label,
            words,
            index=words.index(field.constant),
            format_func=lambda word: word or "(nothing)",
            key=key,
        )
    return st.text_input(label, value=field.constant, key=key, help="The same in every row.").strip()


def _key(proposal: drafting.Proposal, name: str) -> str:
    """Widgets of another proposal are other widgets."""
    return f"map-{proposal.draft.about.name}-{proposal.table}-{proposal.kind.value}-{name}"
