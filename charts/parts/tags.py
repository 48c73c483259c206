"""The tags that a figure takes as such: those of our own charts. Others, from outside, are drawn as text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol

from charts.parts.compact import compact

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from charts.parts.theme import Mode

_OTHERS: Final = re.compile(r"<(?!/?(?:b|i|em|strong|br|extra|sub|sup|span)\b)", re.IGNORECASE)
_FIELDS: Final = ("text", "hovertext", "name", "hovertemplate", "texttemplate")


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
            for field in _FIELDS:
                said = getattr(trace, field, None)
                if isinstance(said, str):
                    trace[field] = own_tags(said)
                elif said is not None and any(isinstance(one, str) and _OTHERS.search(one) for one in said):
                    trace[field] = [own_tags(one) if isinstance(one, str) else one for one in said]
        for note in figure.layout.annotations:
            if note.text and _OTHERS.search(note.text):
                note.text = own_tags(note.text)
        return figure


def own_tags(text: str) -> str:
    """The text with other tags than our own written out."""
    return _OTHERS.sub("&lt;", text)
