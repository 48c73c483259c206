"""The tags that a figure takes as such: those of our own charts. Others, from outside, are drawn as text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol

from charts.parts.compact import compact
from charts.parts.percent import no_break_percent

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from charts.parts.theme import Mode

_OTHERS: Final = re.compile(r"<(?!/?(?:b|i|em|strong|br|extra|sub|sup|span)\b)", re.IGNORECASE)
_WORDS: Final = ("text", "hovertext", "name")
_TEMPLATES: Final = ("hovertemplate", "texttemplate")
"""Words are set as all others, with a true minus; in templates a percent sign is part of a format."""


class Draw(Protocol):
    """Makes a figure in a mode."""

    def __call__(self, mode: Mode, /) -> go.Figure:
        """The figure."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A figure as it is sent: `meta` holds the words around it, `height` is in pixels."""

    json: str
    meta: Mapping[str, Any]
    height: int


class OwnTags:
    """Draws what `draw` draws, in which no tags but our own are tags."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self._finished: dict[Mode, Finished] = {}
        self._turn = Lock()

    def finished(self, mode: Mode) -> Finished:
        """The figure as it is sent, made once: drawing takes far longer than all else on a page."""
        with self._turn:
            if mode not in self._finished:
                figure = self(mode)
                plain = compact(json.loads(figure.to_json(validate=False)))
                self._finished[mode] = Finished(
                    json.dumps(plain, ensure_ascii=False, separators=(",", ":")),
                    figure.layout.meta,
                    int(figure.layout.height or 0),
                )
            return self._finished[mode]

    def __call__(self, mode: Mode) -> go.Figure:
        """The figure."""
        figure = self.draw(mode)
        for trace in figure.data:
            for field in _WORDS:
                _rewrite(trace, field, as_set)
            for field in _TEMPLATES:
                _rewrite(trace, field, own_tags)
        for note in figure.layout.annotations:
            _rewrite(note, "text", as_set)
        return figure


def _rewrite(holder: Any, field: str, rule: Callable[[str], str]) -> None:
    """Follow a rule in a text or in a list of texts, where it changes one: writing to a figure is slow."""
    said = getattr(holder, field, None)
    if isinstance(said, str):
        now: Any = rule(said)
    elif said is not None:
        said = list(said)
        now = [rule(one) if isinstance(one, str) else one for one in said]
    else:
        return
    if now != said:
        holder[field] = now


def as_set(text: str) -> str:
    """Words of a figure as all others are set, and no tags but our own in them."""
    return own_tags(no_break_percent(text))


def own_tags(text: str) -> str:
    """The text with other tags than our own written out."""
    return _OTHERS.sub("&lt;", text)
