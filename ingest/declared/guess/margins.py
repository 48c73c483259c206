"""Columns that give the interval of a score as its margins: "+5/-4"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from ingest.declared.guess.column import MARGINS
from ingest.declared.guess.drafts import RecordDraft, column_of
from ingest.declared.guess.seen import Seen
from ingest.records import Kind

_ABOVE: Final = r"\+\s*(\d[\d.,]*)"
_BELOW: Final = r"[-−–]\s*(\d[\d.,]*)"
_NO_NAME_IN_A_FORMULA: Final = re.compile(r"[{}]")


def with_margins(
    seen: Seen, records: list[RecordDraft], columns: Collection[str]
) -> tuple[Mapping[str, Any], list[RecordDraft]] | None:
    """The key that takes margins apart, and the scores with their intervals.

    None where no column holds margins, or several columns hold scores, so that it is not sure whose they are.
    """
    margins = [
        column for column in seen.columns if column.texts and all(map(MARGINS.fullmatch, column.texts))
    ]
    scores = [record for record in records if record.kind is Kind.SCORE]
    if len(margins) != 1 or len(scores) != 1:
        return None
    described, (record,) = records[: -len(scores)], scores
    field = record.fields["score"]
    score, further = column_of(field), dict(field) if isinstance(field, Mapping) else {}
    if _NO_NAME_IN_A_FORMULA.search(score) or "pattern" in further:
        return None
    further.pop("column", None)
    above, below = (_free(name, columns) for name in ("above", "below"))
    ends = {
        "low": {"formula": f"{{{score}}} - {{{below}}}", **further},
        "high": {"formula": f"{{{score}}} + {{{above}}}", **further},
    }
    key = {
        "derive": {
            above: {"column": margins[0].name, "pattern": _ABOVE},
            below: {"column": margins[0].name, "pattern": _BELOW},
        }
    }
    comments = {**record.comments, "low": f"{margins[0].name!r} taken as margins below and above"}
    return key, [*described, replace(record, fields={**record.fields, **ends}, comments=comments)]


def _free(name: str, columns: Collection[str]) -> str:
    return name if name not in columns else _free(f"{name}_the_score", columns)
