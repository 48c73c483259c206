"""Scores, prices, speeds and facts: proposals for tables whose rows speak of models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ingest.declared.guess.column import Column, is_model
from ingest.declared.guess.drafts import RecordDraft
from ingest.declared.guess.intervals import interval_columns, with_ends
from ingest.declared.guess.seen import Day, Seen, said_only
from ingest.declared.guess.words import is_named, lower_is_better, plain_name, says, speaks_of_price
from ingest.formats.slugs import slug
from ingest.records import Kind

MOST_BOARDS: Final = 60
"""So many columns of scores become benchmarks of their own."""

KNOWN_BENCHMARKS: Final = frozenset(
    {
        "gpqa-diamond",
        "mmlu",
        "mmlu-pro",
        "gsm8k",
        "ifeval",
        "arc-agi-1",
        "arc-agi-2",
        "weirdml",
        "terminal-bench-2",
    }
)
"""Benchmarks that other sources report under these ids: a column of such a name speaks of the same."""

_POINTS: Final = re.compile(r"\b(elo|rating|points|punkte)\b")
_UNIT_WORDS: Final = re.compile(
    r"%|\b(percent|pct|score|accuracy|acc|avg|average|(?:higher|lower) is better)\b|[↑↓()]"
)
_JOINT: Final = re.compile(r"\.(?!\d)")
"""What stands between the names of members of members; a point before a digit is one of a version."""

_COUNTS_OR_SPREADS: Final = re.compile(
    r"^#|\b(count|number of|std|stdev|deviation|variance|elapsed|tokens?|length|words|coverage|running time"
    r"|run ?time)\b"
)
"""Words of columns that are no scores, though that word may stand beside them."""

_MEDIUM: Final = re.compile(r"\bmedium\b")
_LEVEL: Final = re.compile(r"\b(?:low|high|hard|easy)\b")
"""Beside a column that is medium these are levels of difficulty, and no ends of an interval."""

_TEN: Final = 10
_HUNDRED: Final = 100


def scores(seen: Seen, day: Day) -> list[RecordDraft]:
    """One table for each column of scores; for a column that names benchmarks, one for all."""
    if seen.model is None:
        return []
    taken = {seen.model.name, day.column}
    shared, comments = _shared(seen, day, taken)
    benchmark = seen.text("benchmark", taken | {str(value) for value in shared.values()}) or seen.above(taken)
    offered = _score_columns(seen, taken)
    ends = interval_columns(offered, [item for item in seen.columns if item.is_number])
    used = {end.name for pair in ends.values() for end in pair}
    columns = [column for column in offered if column.name not in used][:MOST_BOARDS]
    if benchmark is not None:
        columns = [column for column in columns if says(column.name, "score") or len(columns) == 1]
        named = {"benchmark_id": {"column": benchmark.name, "slug": True}}
        columns = columns[:1]
        made = [mapped_score(seen, column, {**shared, **named}, {}, comments) for column in columns]
    else:
        only = len(columns) == 1
        made = [
            mapped_score(
                seen,
                column,
                shared,
                {"benchmark_id": _benchmark(seen.about.name, column, only=only)},
                comments,
            )
            for column in columns
        ]
    drafts = [
        with_ends(record, ends[column.name]) if column.name in ends else record
        for record, column in zip(made, columns, strict=True)
    ]
    return [*_of_errors(seen, made, columns), *drafts]


def _of_errors(seen: Seen, made: Sequence[RecordDraft], columns: Sequence[Column]) -> Iterator[RecordDraft]:
    """What must be known of benchmarks on which, by the names of their columns, lower is better."""
    for record, column in zip(made, columns, strict=True):
        name = record.constants.get("benchmark_id")
        if name is not None and lower_is_better(column.name):
            title = f"{seen.about.title or seen.about.name}, {column.name}"
            yield RecordDraft(
                Kind.BENCHMARK,
                constants={
                    "benchmark_id": name,
                    "title": title,
                    "unit": record.constants["unit"],
                    "higher_is_better": "false",
                },
                where={"@row": ["1"]},
                comments={"constants": "by its name lower is better: is it?"},
            )


def _shared(seen: Seen, day: Day, taken: set[str]) -> tuple[dict[str, Any], dict[str, str]]:
    assert seen.model is not None
    fields: dict[str, Any] = {"model_name": seen.model.name}
    comments: dict[str, str] = {}
    maker = seen.text("organization", taken)
    if maker is not None:
        fields["organization"] = maker.name
    setting = seen.text("setting", {*taken, maker.name if maker else ""})
    if setting is not None:
        fields["setting"] = {"column": setting.name, "default": ""}
        comments["setting"] = "what tells two scores of one model apart"
    if day.field is not None:
        fields["valid_on"] = day.field
    trials = next((item for item in seen.columns if item.is_number and is_named(item.name, "trials")), None)
    if trials is not None and all(value == int(value) >= 0 for value in trials.numbers):
        fields["trials"] = trials.name
    error = next((item for item in seen.columns if item.is_number and is_named(item.name, "stderr")), None)
    if error is not None:
        fields["stderr"] = error.name
    address = seen.address()
    if address is not None:
        fields["url"] = address
    return fields, comments


def _score_columns(seen: Seen, taken: set[str]) -> Sequence[Column]:
    """Columns of figures that may be scores; where some are called so, the others only in a wide board."""
    has_levels = any(_MEDIUM.search(plain_name(column.name)) for column in seen.columns)
    return [
        column
        for column in seen.columns
        if column.is_number
        and column.name not in taken
        and not (_is_aside(column) and not (has_levels and _LEVEL.search(plain_name(column.name))))
        and set(column.numbers)
        # a column that is called like a model holds scores of that model, not of those in the rows
        and not is_model(column.name)
    ]


def _is_aside(column: Column) -> bool:
    name = column.name
    if any(is_named(name, role) for role in ("rank", "trials", "stderr", "parameters", "context", "date")):
        return True
    if _COUNTS_OR_SPREADS.search(plain_name(name)) is not None:
        return True
    if says(name, "score") or lower_is_better(name):
        return False
    return any(says(name, role) for role in ("aside", "parameters", "context", "trials", "stderr")) or (
        (speaks_of_price(name) and not column.percent)
        or column.date not in (None, "")
        or column.currency is not None
    )


def _benchmark(name: str, column: Column, *, only: bool) -> str:
    inner = _JOINT.split(column.name)[-1].lower().replace("_", " ")
    own = slug(_UNIT_WORDS.sub(" ", inner), dots=True)
    if own in KNOWN_BENCHMARKS:
        return own
    bare = not own or is_named(column.name, "score") or is_named(own, "score")
    if only and bare:
        return name
    return f"{name}-{own or slug(column.name, dots=True) or 'score'}"


def mapped_score(
    seen: Seen,
    column: Column,
    fields: Mapping[str, Any],
    constants: Mapping[str, str],
    comments: Mapping[str, str],
) -> RecordDraft:
    """A table of the form for one column of scores, with its unit and what is in doubt of it."""
    unit, of_column, comment = _unit(column)
    said = {**comments, "score": comment} if comment else dict(comments)
    said["constants"] = "reported_by: independent, vendor or community?"
    blank = len(column.texts) < max(len(other.texts) for other in seen.columns)
    score: Any = column.as_field(**of_column)
    mapped = {**fields, "score": score}
    if unit == "fraction" and "stderr" in mapped and of_column:
        mapped["stderr"] = {"column": mapped["stderr"], **of_column}
    return RecordDraft(
        Kind.SCORE,
        mapped,
        {**constants, "unit": unit, "reported_by": "community"},
        said_only(seen, column.name) if blank else {},
        said,
    )


def _unit(column: Column) -> tuple[str, Mapping[str, Any], str]:
    """The unit of scores, what the field must say of it, and what is in doubt."""
    least, most = min(column.numbers), max(column.numbers)
    in_name = column.percent or re.search(r"%|\bpercent\b|\bpct\b", plain_name(column.name)) is not None
    if _POINTS.search(plain_name(column.name)) and not column.percent:
        return "points", {}, ""
    if least < 0 or most > _HUNDRED:
        return "points", {}, f"figures from {least:g} to {most:g}: taken as points"
    if in_name:
        small = (
            f"figures up to {most:g}: percent, as the name says" if most <= 1 and not column.percent else ""
        )
        return "fraction", {"unit": "percent"}, small
    if most <= 1:
        return "fraction", {}, ""
    if most <= _TEN:
        return "points", {}, f"figures up to {most:g}: taken as points, not as percent"
    return "fraction", {"unit": "percent"}, f"figures up to {most:g}: taken as percent"
