"""How a page shows entries: one line each, its note below it, its page behind a link."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from charts.parts.percent import no_break_percent
from faces.addresses import AS_OF
from pages.registry import page_of
from questions.answer import Entries, Entry, Link
from questions.view import View
from questions.wording import site

_MARKS: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~:$^@&=.])")
_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>()\[\]\\]+")


def show_entries(block: Entries, view: View) -> None:
    """All entries in one piece of Markdown, in which words of the data are words and nothing else."""
    past = view.as_of if view.as_of < view.today else None
    st.markdown("\n".join(line(entry, past) for entry in block.entries))


def line(entry: Entry, as_of: date | None = None) -> str:
    """One entry as an item of a list; its ways to other pages keep the past day, where one was chosen."""
    urls = [url for url in (entry.url, *entry.also) if url and _ADDRESS.fullmatch(url)]
    page = f" {' · '.join(f'[{words(site(url))}]({url})' for url in urls)}" if urls else ""
    ways = "".join(f" · [{words(way.text)}]({_address(way, as_of)})" for way in entry.ways)
    note = f"  \n  :small[{words(entry.note)}{page}{ways}]" if entry.note or page or ways else ""
    return f"- **{words(entry.label)}:** {words(entry.text)}{note}"


def _address(way: Link, as_of: date | None) -> str:
    day = [(AS_OF, as_of.isoformat())] if as_of else []
    return f"/{page_of(way.question).address}?{urlencode([*way.controls, *day])}"


def words(text: str) -> str:
    """Text from outside as Markdown that shows exactly it, on one line."""
    return _MARKS.sub(r"\\\1", no_break_percent(" ".join(text.split())))
