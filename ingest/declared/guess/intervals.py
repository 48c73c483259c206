"""Columns with the ends of a score's interval: `ci_low` and `ci_high`, `rating_q025` and `rating_q975`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from ingest.declared.guess.column import Column
from ingest.declared.guess.drafts import RecordDraft
from ingest.declared.guess.words import plain_name

_LOWER: Final = r"low(?:er)?(?: (?:bound|limit|ci))?|lo|lb|min|[qp] ?0?(?:0?25|0?5|2 ?5)|(?:2 ?5|5) ?%?"
_UPPER: Final = (
    r"(?:high|upp)(?:er)?(?: (?:bound|limit|ci))?|hi|ub|max|[qp] ?0?(?:975|95|97 ?5)|(?:97 ?5|95) ?%?"
)
_ENDS: Final = tuple(re.compile(rf"(?:^|(?<= ))(?:{words})(?= |$)") for words in (_LOWER, _UPPER))
_ENCLOSED: Final = 0.95
"""So large a share of the scores lies between the ends of their intervals; slips of rounding are the rest."""


def interval_columns(
    scores: Sequence[Column], numbers: Sequence[Column]
) -> Mapping[str, tuple[Column, Column]]:
    """The columns that enclose each score, by the name of its column; only where one score fits a pair."""
    found: dict[str, tuple[Column, Column]] = {}
    for low, high in _pairs(numbers):
        held = [
            column
            for column in scores
            if column.name not in (low.name, high.name) and _encloses(low, column, high)
        ]
        if len(held) == 1:
            found.setdefault(held[0].name, (low, high))
    return found


def with_ends(record: RecordDraft, ends: tuple[Column, Column]) -> RecordDraft:
    """The record with its interval, in the unit of its score."""
    said = record.fields["score"]
    unit = {key: value for key, value in said.items() if key == "unit"} if isinstance(said, Mapping) else {}
    fields: dict[str, Any] = {
        **record.fields,
        **{name: column.as_field(**unit) for name, column in zip(("low", "high"), ends, strict=True)},
    }
    comment = f"{ends[0].name!r} and {ends[1].name!r} lie around every score"
    return replace(record, fields=fields, comments={**record.comments, "low": comment})


def _pairs(numbers: Sequence[Column]) -> list[tuple[Column, Column]]:
    """Columns whose names differ only by the end that they name."""
    lower, upper = (
        {stem: one for one in numbers if (stem := _stem(one.name, end)) is not None} for end in _ENDS
    )
    return [(lower[stem], upper[stem]) for stem in lower if stem in upper]


def _stem(name: str, end: re.Pattern[str]) -> str | None:
    plain = plain_name(name)
    return " ".join(end.sub(" ", plain).split()) if end.search(plain) else None


def _encloses(low: Column, column: Column, high: Column) -> bool:
    if not len(low.numbers) == len(column.numbers) == len(high.numbers):
        return False
    rows = list(zip(low.numbers, column.numbers, high.numbers, strict=True))
    inside = sum(below <= value <= above for below, value, above in rows)
    return bool(rows) and inside >= _ENCLOSED * len(rows)
