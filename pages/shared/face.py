"""How a page shows an answer: its first lines, the widgets, then the blocks, each as it is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import streamlit as st

from pages.registry import page_of
from pages.shared import frame
from pages.shared.chart_block import show_chart
from pages.shared.how_we_know import how_we_know
from pages.shared.tables import show_table
from pages.shared.widgets import Widgets, chosen
from questions.answer import (
    Answer,
    Beside,
    Block,
    Drawn,
    Folded,
    Heading,
    Later,
    Link,
    Method,
    Notice,
    Paragraph,
    Placed,
    Table,
    Tiles,
)
from questions.cache import ANSWERS
from questions.question import Question

BASIS: Final = "What this rests on, and what would change it"


Actions = Mapping[str, Callable[[Widgets], None]]
"""What a page itself draws below the widget of a control that the answer places."""


def show(question: Question, actions: Actions = MappingProxyType({})) -> None:
    """The page of a question; `actions` are what a reader can do there besides asking."""
    view = frame.view()
    st.title(question.title)
    controls, problems = chosen(question, view)
    for problem in problems:
        st.warning(frame.plain(problem))
    widgets = Widgets(question, view, controls)
    first = st.container()
    widgets.above()
    answer = ANSWERS.answer(question, view, controls)
    with first:
        show_first_lines(answer)
    Drawing(widgets, actions).blocks(answer.blocks)


def show_first_lines(answer: Answer) -> None:
    """What the reader came for; then, smaller, what is doubtful; folded, what it rests on."""
    if answer.known:
        frame.answer(answer.first_line)
    else:
        st.info(frame.plain(answer.first_line))
    if answer.caveat:
        st.markdown(frame.plain(answer.caveat))
    if answer.rests_on or answer.would_change:
        with st.expander(BASIS):
            if answer.rests_on:
                st.markdown(frame.plain(f"**What it rests on.** {answer.rests_on}"))
            if answer.would_change:
                st.markdown(frame.plain(f"**What would change it.** {answer.would_change}"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws the blocks of one answer."""

    widgets: Widgets
    actions: Actions

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        """All blocks in order; what was put off is computed when its turn comes."""
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:  # noqa: PLR0912 - one line for each kind
        match block:
            case Heading():
                st.subheader(block.text)
            case Paragraph():
                st.markdown(frame.plain(block.text))
            case Notice():
                st.info(frame.plain(block.text))
            case Table():
                show_table(block)
            case Drawn():
                self.widgets.near([block.chart.name])
                show_chart(block, self.widgets)
            case Tiles():
                self._tiles(block)
            case Folded():
                with st.expander(frame.plain(block.title)):
                    self.blocks(block.blocks)
            case Beside():
                for column, group in zip(st.columns(len(block.groups)), block.groups, strict=True):
                    with column:
                        self.blocks(group)
            case Method():
                how_we_know(block.name, block.of)
            case Link():
                page = page_of(block.question)
                st.page_link(page.file, label=block.text, icon=page.icon)
            case Placed():
                self._place(block.control)
            case Later():
                with st.skeleton(height=block.height):
                    found = block.blocks
                self.blocks(found)

    def _place(self, control: str) -> None:
        self.widgets.draw(control)
        if control in self.actions:
            self.actions[control](self.widgets)

    def _tiles(self, block: Tiles) -> None:
        for column, tile in zip(st.columns(len(block.tiles)), block.tiles, strict=True):
            with column:
                st.metric(tile.label, frame.plain(tile.value))
                if tile.note:
                    st.caption(frame.plain(tile.note))
