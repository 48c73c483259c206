"""Series, events, uses and facts: proposals for tables whose rows speak of days, or of models themselves."""

from __future__ import annotations

import re
from typing import Any, Final

from ingest.declared.guess.column import Column
from ingest.declared.guess.drafts import RecordDraft
from ingest.declared.guess.seen import Day, Seen, said_only
from ingest.declared.guess.words import is_named, plain_name, says, slug
from ingest.records import Kind

_OF_ONE_ANSWER: Final = re.compile(r"\b(?:max|limit|context|per|input|output|completion|prompt|training)\b")
"""Words of columns that count the tokens of one answer, not of a day."""

MOST_SERIES: Final = 20
MOST_NAMES: Final = 400
"""So many different words may name series in one column."""

_TOPICS: Final = (
    ("market", r"close|price|stock|index|nasdaq|shares? price|volume"),
    ("compute", r"gpu|flop|compute|chips?|datacenter|data center|megawatt|gigawatt"),
    ("money", r"revenue|capex|spend|spending|investment|funding|usd|sales|umsatz|\$|€"),
    ("adoption", r"users?|adoption|share|firms|customers|downloads|installs|nutzer"),
    ("attention", r"views?|search(?:es)?|stories|mentions|visits|posts|interest"),
)


def series(seen: Seen, day: Day) -> list[RecordDraft]:
    """One series a column of figures, or one a word of the column that names them."""
    figures = [
        column
        for column in seen.columns
        if column.is_number and column.name != day.column and not is_named(column.name, "rank")
    ]
    if day.field is None or not figures or seen.model is not None or _tells_events(seen):
        return []
    names = _names(seen, day)
    if names is not None:
        value = next((column for column in figures if says(column.name, "figure")), figures[0])
        return _named_series(seen, day, names, value)
    return [draft for column in figures[:MOST_SERIES] for draft in _one(seen, day, column, len(figures) == 1)]


def _tells_events(seen: Seen) -> bool:
    """Whether each row has a title of its own: then its figures belong to what happened."""
    return any(
        column.is_text and column.varied > 0.9 and says(column.name, "title") for column in seen.columns
    )


def _names(seen: Seen, day: Day) -> Column | None:
    """The column whose words say which series a row belongs to."""
    words = [column for column in seen.columns if column.is_text and column.name != day.column]
    fit = [column for column in words if column.varied < 0.7 and len(set(column.texts)) <= MOST_NAMES]
    return max(fit, key=lambda column: len(set(column.texts)), default=None)


def _named_series(seen: Seen, day: Day, names: Column, value: Column) -> list[RecordDraft]:
    key = {"column": names.name, "slug": True, "prefix": f"{seen.about.name}-"}
    unit, field = _unit(value)
    topic = _topic(f"{seen.about.title} {value.name}")
    where = {names.name: {"present": True}}
    return [
        RecordDraft(
            Kind.SERIES,
            {"series_id": key, "title": {"template": f"{seen.about.title}, {{{names.name}}}"}},
            {"topic": topic or "data", "unit": unit},
            where,
            {"constants": _asked(topic)},
        ),
        RecordDraft(
            Kind.SERIES_POINT,
            {"series_id": key, "valid_on": day.field, "value": field},
            {},
            _said(seen, value, where),
        ),
    ]


def _one(seen: Seen, day: Day, column: Column, only: bool) -> list[RecordDraft]:
    own = slug(plain_name(column.name))
    key = seen.about.name if only or not own else f"{seen.about.name}-{own}"
    title = seen.about.title if only else f"{seen.about.title}, {column.name}"
    unit, field = _unit(column)
    topic = _topic(f"{seen.about.title} {column.name}")
    return [
        RecordDraft(
            Kind.SERIES,
            {},
            {"series_id": key, "title": title, "topic": topic or "data", "unit": unit},
            {},
            {"constants": _asked(topic)},
        ),
        RecordDraft(
            Kind.SERIES_POINT,
            {"valid_on": day.field, "value": field},
            {"series_id": key},
            _said(seen, column, {}),
        ),
    ]


def _said(seen: Seen, column: Column, where: dict[str, Any]) -> dict[str, Any]:
    longest = max(len(other.texts) for other in seen.columns)
    return {**where, **said_only(seen, column.name)} if len(column.texts) < longest else where


def _unit(column: Column) -> tuple[str, Any]:
    """The unit of a series in words, and its field."""
    if column.percent:
        return "fraction", {"column": column.name, "unit": "percent"}
    if column.currency is not None:
        in_brackets = re.search(r"\(([^)]*)\)", column.name)
        unit = in_brackets[1] if in_brackets else column.currency
        return unit, {"column": column.name, "currency": column.currency}
    in_brackets = re.search(r"[(\[]([^)\]]+)[)\]]", column.name)
    return (in_brackets[1] if in_brackets else plain_name(column.name) or "figures"), column.name


def _topic(text: str) -> str | None:
    words = plain_name(text)
    return next(
        (topic for topic, said in _TOPICS if re.search(rf"(?<![a-z])(?:{said})(?![a-z])", words)), None
    )


def _asked(topic: str | None) -> str:
    known = "" if topic else "not known: "
    return f"topic {known}attention, adoption, market, money, compute, data or diffusion? unit: of what?"


def uses(seen: Seen, day: Day) -> list[RecordDraft]:
    """Tokens or shares of models by day."""
    tokens = [
        column for column in seen.numbers("tokens") if not _OF_ONE_ANSWER.search(plain_name(column.name))
    ]
    shares = seen.numbers("share")
    if seen.model is None or day.field is None or not (tokens or shares):
        return []
    fields: dict[str, Any] = {"model_name": seen.model.name, "valid_on": day.field}
    if tokens:
        fields["tokens"] = tokens[0].name
    if shares:
        share = shares[0]
        in_percent = share.percent or max(share.numbers) > 1
        fields["share"] = {"column": share.name, "unit": "percent"} if in_percent else share.name
    return [RecordDraft(Kind.USAGE, fields)]


def facts(seen: Seen, day: Day) -> list[RecordDraft]:
    """What a table says of models themselves: context, parameters, the day of release."""
    if seen.model is None:
        return []
    fields: dict[str, Any] = {"model_name": seen.model.name}
    context = [column for column in seen.numbers("context") if min(column.numbers) >= 1]
    parameters = [column for column in seen.numbers("parameters") if min(column.numbers) > 0]
    if context and all(value == int(value) for value in context[0].numbers):
        fields["context_tokens"] = context[0].name
    comments = {}
    if parameters:
        in_billions = max(parameters[0].numbers) < 1e5
        fields["parameters"] = (
            {"column": parameters[0].name, "unit": "billions"} if in_billions else parameters[0].name
        )
        comments["parameters"] = "small figures: taken as billions" if in_billions else ""
    if day.field is not None and (len(fields) > 1 or "release" in plain_name(day.column)):
        fields["valid_on"] = day.field
    if len(fields) == 1:
        return []
    maker = seen.text("organization", {seen.model.name})
    if maker is not None:
        fields["organization"] = maker.name
    return [RecordDraft(Kind.MODEL_FACT, fields, {}, {}, comments)]


def events(seen: Seen, day: Day) -> list[RecordDraft]:
    """What happened on days."""
    words = [column for column in seen.columns if column.is_text and column.varied > 0.5]
    title = next((column for column in words if says(column.name, "title")), words[0] if words else None)
    if day.field is None or title is None:
        return []
    fields: dict[str, Any] = {
        "event_id": {
            "template": f"{{{day.column}}} {{{title.name}}}",
            "slug": True,
            "prefix": f"{seen.about.name}-",
        },
        "title": title.name,
        "valid_on": day.field,
    }
    maker = seen.text("organization", {title.name})
    if maker is not None:
        fields["organization"] = maker.name
    address = seen.address()
    if address is not None:
        fields["url"] = address
    return [
        RecordDraft(Kind.EVENT, fields, {"topic": seen.about.name}, {}, {"constants": "topic: of what kind?"})
    ]
