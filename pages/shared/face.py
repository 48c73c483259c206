"""How a page shows an answer: its first lines, the widgets, then the blocks, each as it is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from faces.tiles import tiles_html
from pages.shared import frame
from pages.shared.chart_block import show_chart
from pages.shared.entries import show_entries
from pages.shared.folded import folded
from pages.shared.how_we_know import how_we_know
from pages.shared.tables import show_table, show_table_when_seen
from pages.shared.unseen import REST, forget_seen, somebody_presses, was_seen
from pages.shared.widgets import Widgets, chosen
from questions.answer import (
    Answer,
    Beside,
    Block,
    Drawn,
    Entries,
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
    chart_named,
)
from questions.cache import ANSWERS
from questions.controls import specs, written
from questions.question import Question
from questions.wording import listed

_PAGE: Final = "page_seen"
_DAY: Final = "day_told"
FIRST_LINES_PIXELS: Final = 120
REST_PIXELS: Final = 900
_FEW: Final = 4
"""So many folded paragraphs are sent at once; more of them cost a page more than they tell while shut."""

BASIS: Final = "What it rests on, what would change it"


Actions = Mapping[str, Callable[[Widgets], None]]
"""What a page itself draws below the widget of a control that the answer places."""


def show(question: Question, actions: Actions = MappingProxyType({})) -> None:
    """The page of a question; `actions` are what a reader can do there besides asking.

    A browser that gets all of a page at once draws the first chart last. So on the first page of a visit what
    stands below that follows once it is there.
    """
    view = frame.view()
    st.title(question.title)
    if question.purpose:
        st.markdown(question.purpose)
    else:
        st.caption(question.asks)
    controls, problems = chosen(question, view)
    for problem in problems:
        st.warning(frame.plain(problem))
    # What cannot be used of an address is said in one run only, so a second one must not follow by itself.
    has_complained = bool(problems) or frame.day_was_refused()
    comes_in_two = _PAGE not in st.session_state and not has_complained and somebody_presses()
    if st.session_state.get(_PAGE) != question.name:
        st.session_state[_PAGE] = question.name
        forget_seen()
    widgets = Widgets(question, view, controls)
    first, above = st.container(), st.container()
    made = ANSWERS.made(question, view, controls)
    if made is None:
        # While it is computed, what can be set is there already.
        _set_above(above, widgets)
    answer = made or _computed(first, widgets)
    with first:
        show_first_lines(answer)
        st.session_state[_DAY] = view.as_of
        if not answer.badge:
            show_basis(answer)
    if made is not None:
        _set_above(above, widgets)
    if question.feeds:
        st.caption(feeds_line(widgets))
    lead, rest = around_first_chart(answer.blocks)
    if rest and comes_in_two:
        Drawing(widgets, actions, is_lead=True).blocks(lead)
        was_seen(REST, "rest of the page", REST_PIXELS)
        return
    Drawing(widgets, actions).blocks(answer.blocks)
    if answer.badge:
        show_basis(answer)


def _computed(first: DeltaGenerator, widgets: Widgets) -> Answer:
    """The answer that nobody asked for before; what held on another day is not left standing meanwhile."""
    question, view, controls = widgets.question, widgets.view, widgets.controls
    if st.session_state.get(_DAY, view.as_of) == view.as_of:
        return ANSWERS.answer(question, view, controls)
    with first, st.skeleton(height=FIRST_LINES_PIXELS):
        return ANSWERS.answer(question, view, controls)


def _set_above(place: DeltaGenerator, widgets: Widgets) -> None:
    """The widgets that shape the whole answer, and which filters it does not take."""
    with place:
        widgets.above()
        if unheeded := widgets.unheeded():
            st.caption(unheeded_line(unheeded))


def unheeded_line(filters: Sequence[str]) -> str:
    """That filters which the reader keeps do not hold here, said once: better than passing over them."""
    named = listed(filters, "or")
    return f"This page is not filtered by {named}. What you chose stays for the pages that can be."


def feeds_line(widgets: Widgets) -> str:
    """Where to follow the question as it is asked here, without the day: a feed goes on."""
    asked = urlencode(written(widgets.controls))
    links = [f"[{name}]({address}?{asked})" for name, address in widgets.question.feeds.items()]
    return f"Follow this: {' · '.join(links)}"


def show_first_lines(answer: Answer) -> None:
    """What the reader came for; then, smaller, what is doubtful."""
    if answer.badge:
        frame.badge(answer.badge)
    if answer.known:
        frame.answer(answer.first_line)
    else:
        st.info(frame.plain(answer.first_line))
    if answer.caveat:
        st.markdown(frame.plain(answer.caveat))


def show_basis(answer: Answer) -> None:
    """Folded: what the answer rests on. It stands last on a page that is met first."""
    told = {"What it rests on": answer.rests_on, "What would change it": answer.would_change}
    if any(told.values()):
        with st.expander(BASIS):
            show_paragraphs([f"**{what}.** {text}" for what, text in told.items() if text])


def show_paragraphs(texts: Sequence[str]) -> None:
    """Paragraphs in one piece: an element for each of them costs a browser more than its words do."""
    st.markdown("\n\n".join(frame.plain(text) for text in texts))


def around_first_chart(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks down to the first chart, and those below it; without a chart all are of the first."""
    for place, block in enumerate(blocks, 1):
        if isinstance(block, Drawn) or (isinstance(block, Later) and block.charts):
            return blocks[:place], blocks[place:]
    return blocks, ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws the blocks of one answer."""

    widgets: Widgets
    actions: Actions
    drawn: list[str] = field(default_factory=list)
    """The charts so far, by name: the first is drawn at once."""
    tables: list[str] = field(default_factory=list)
    """The tables so far, by name, but those of words."""
    is_lead: bool = False
    """Only the first chart is drawn, and not yet what goes along with it."""

    def blocks(self, blocks: tuple[Block, ...], level: int = 2) -> None:
        """All blocks in order; what was put off is computed when its turn comes.

        `level` is that of a chart's title among the headings: one lower below a heading.
        """
        for is_text, group in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
            if is_text:
                show_paragraphs([block.text for block in group if isinstance(block, Paragraph)])
                continue
            for block in group:
                if isinstance(block, Heading):
                    level = 3
                self._block(block, level)

    def _block(self, block: Block, level: int) -> None:  # noqa: PLR0912 - one line for each kind
        match block:
            case Heading():
                st.header(block.text)
            case Notice():
                st.info(frame.plain(block.text))
            case Table() if self.drawn or self.tables:
                # What tables are drawn by is large, and would be loaded before what stands above is there.
                show_table_when_seen(block)
            case Table():
                show_table(block)
                self.tables.extend(() if block.wraps else (block.name,))
            case Entries():
                show_entries(block, self.widgets.view)
            case Drawn():
                draw = self._by_itself if self.widgets.only_redraw(block.chart.name) else self._chart
                draw(block, level, is_first=not self.drawn)
                self.drawn.append(block.chart.name)
            case Tiles():
                st.html(tiles_html(block, frame.mode()))
            case Folded() if self._can_wait(block.blocks):
                self._unfolding(block, _key_of(block), level)
            case Folded():
                with st.expander(frame.plain(block.title)):
                    self.blocks(block.blocks, level)
            case Beside():
                for column, group in zip(st.columns(len(block.groups)), block.groups, strict=True):
                    with column:
                        self.blocks(group, level)
            case Method():
                how_we_know(block.name, block.of)
            case Link():
                frame.link(block.question, block.text, block.controls)
            case Placed():
                self._place(block.control)
            case Later() if block.is_made:
                st.empty()  # in the place of what is shown while it is made, so that nothing below it moves
                self.blocks(block.blocks, level)
            case Later():
                with st.skeleton(height=block.height):
                    found = block.blocks
                self.blocks(found, level)

    def _chart(self, block: Drawn, level: int, *, is_first: bool) -> None:
        self.widgets.near([block.chart.name])
        show_chart(block, self.widgets, level, is_first=is_first, is_bare=self.is_lead)

    @st.fragment
    def _by_itself(self, block: Drawn, level: int, *, is_first: bool) -> None:
        """A chart with controls that change nothing else: to draw the whole page anew takes twice as long."""
        now = self.widgets.as_now()
        if now.controls == self.widgets.controls:
            self._chart(block, level, is_first=is_first)
            return
        chart = None
        if now.redraws_only_charts(self.widgets):
            answer = ANSWERS.answer(now.question, now.view, now.controls)
            chart = chart_named(answer, block.chart.name)
        if chart is None:  # as after a click on a mark, which chooses for another part of the page
            st.rerun()
        Drawing(now, self.actions)._chart(replace(block, chart=chart), level, is_first=is_first)

    def _can_wait(self, blocks: tuple[Block, ...]) -> bool:
        """Whether folded blocks are made when they are opened: not where they are but a few words.

        Controls shape the whole answer, so what holds their widgets is drawn with it.
        """
        near = {spec.near for spec in specs(type(self.widgets.controls)).values()}
        if any(isinstance(block, Placed) or near & _names_in(block) for block in blocks):
            return False
        is_large = any(isinstance(block, Drawn | Table | Entries | Method | Later) for block in blocks)
        return is_large or len(blocks) > _FEW

    @st.fragment
    def _unfolding(self, block: Folded, key: str, level: int) -> None:
        with folded(frame.plain(block.title), key) as is_open:
            if is_open:
                Drawing(self.widgets, self.actions).blocks(block.blocks, level)

    def _place(self, control: str) -> None:
        self.widgets.draw(control)
        if control in self.actions:
            self.actions[control](self.widgets)


def _key_of(block: Folded) -> str:
    """What stays the same when a title counts anew, so that what was opened stays open."""
    names = (name for one in block.blocks for name in sorted(_names_in(one)))
    return f"folded-{next(names, block.title)}"


def _names_in(block: Block) -> set[str]:
    match block:
        case Drawn():
            return {block.chart.name}
        case Table() | Entries():
            return {block.name}
        case Later():
            return set(block.charts)
        case _:
            return set()
