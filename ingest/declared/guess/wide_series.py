"""Tables of days with a column for each series: turned, so that a column that comes later is a series too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ingest.declared.guess.by_day import asked_of_topic, may_be_series, topic_of, unit_and_field
from ingest.declared.guess.column import Column
from ingest.declared.guess.drafts import RecordDraft
from ingest.declared.guess.seen import Day, Seen, said_only
from ingest.declared.guess.words import is_named, plain_name
from ingest.records import Kind

FEWEST_SERIES: Final = 3
"""With fewer columns each has a table of its own, which can say what its figures are of."""

_NAME: Final = "series"
_VALUE: Final = "value"
_IN_BRACKETS: Final = re.compile(r"[(\[]([^)\]]+)[)\]]")


def wide_series(
    seen: Seen, day: Day, columns: Sequence[str]
) -> tuple[Mapping[str, Any], list[RecordDraft]] | None:
    """The key that turns a table, and its series; None where its columns are few, or not of one kind.

    columns   all of the table, those that nothing is known of among them
    """
    figures = [
        column
        for column in seen.columns
        if column.is_number and column.name != day.column and not is_named(column.name, "rank")
    ]
    if (
        day.field is None
        or len(figures) < FEWEST_SERIES
        or not may_be_series(seen, day)
        or not _alike(figures)
    ):
        return None
    names = {column.name for column in figures}
    key = {
        "unpivot": {"keep": [name for name in columns if name not in names], "name": _NAME, "value": _VALUE}
    }
    of_one = Column(_VALUE, figures[0].texts, figures[0].numbers, *_signs(figures))
    unit, field = unit_and_field(of_one)
    brackets = _brackets(figures[0])
    series_id = {"column": _NAME, "slug": True, "prefix": f"{seen.about.name}-"}
    topic = topic_of(f"{seen.about.title} {plain_name(figures[0].name)}")
    said = said_only(seen, _VALUE)
    return key, [
        RecordDraft(
            Kind.SERIES,
            {"series_id": series_id, "title": {"template": f"{seen.about.title}, {{{_NAME}}}"}},
            {"topic": topic or "data", "unit": brackets or ("figures" if unit == _VALUE else unit)},
            said,
            {"constants": asked_of_topic(topic)},
        ),
        RecordDraft(
            Kind.SERIES_POINT, {"series_id": series_id, "valid_on": day.field, "value": field}, {}, said
        ),
    ]


def _signs(figures: Sequence[Column]) -> tuple[bool, str | None]:
    return figures[0].percent, figures[0].currency


def _brackets(column: Column) -> str:
    found = _IN_BRACKETS.search(column.name)
    return found[1] if found else ""


def _alike(figures: Sequence[Column]) -> bool:
    """Whether one reading fits all: percent or not, one currency, one unit in brackets, nothing behind."""
    kinds = {(*_signs([column]), _brackets(column), column.behind, column.pattern) for column in figures}
    return len(kinds) == 1 and not figures[0].behind and not figures[0].pattern
