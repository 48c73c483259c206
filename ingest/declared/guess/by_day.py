"""Series, events, uses and facts: proposals for tables whose rows speak of days, or of models themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from ingest.declared.guess.column import Column
from ingest.declared.guess.drafts import RecordDraft
from ingest.declared.guess.seen import Day, Seen, said_only
from ingest.declared.guess.words import is_named, plain_name, says, speaks_of_price
from ingest.declared.keys import UNITS
from ingest.formats.slugs import slug
from ingest.records import Kind

_OF_ONE_ANSWER: Final = re.compile(
    r"\b(?:max|limit|context|per|input|output|completion|prompt|training|average|avg|mean|median)\b"
)
"""Words of columns that count the tokens of one answer, not of a day."""

FEWEST_TOKENS: Final = 500
"""No model reads less."""

_SIZES: Final = {
    "thousands": ("k", "thousand", "tsd", "tsd."),
    "millions": ("m", "mn", "mm", "mio", "mio.", "million", "millions"),
    "billions": ("b", "bn", "mrd", "mrd.", "billion", "billions"),
}
"""What stands behind figures and means that they count by so many."""

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
        others = [column.name for column in figures if column is not value]
        return _named_series(seen, day, names, value, others)
    return [draft for column in figures[:MOST_SERIES] for draft in _one(seen, day, column, len(figures) == 1)]


def may_be_series(seen: Seen, day: Day) -> bool:
    """Whether each column of figures can be a series: no column says of whom a row is, nor what happened."""
    return seen.model is None and _names(seen, day) is None and not _tells_events(seen)


def _tells_events(seen: Seen) -> bool:
    """Whether each row has a title, or a maker, of its own: then its figures belong to what happened."""
    return any(
        column.is_text
        and column.varied > 0.9
        and (says(column.name, "title") or says(column.name, "organization"))
        for column in seen.columns
    )


def _names(seen: Seen, day: Day) -> Column | None:
    """The column whose words say which series a row belongs to."""
    words = [column for column in seen.columns if column.is_text and column.name != day.column]
    fit = [column for column in words if column.varied < 0.7 and len(set(column.texts)) <= MOST_NAMES]
    return max(fit, key=lambda column: len(set(column.texts)), default=None)


def _named_series(
    seen: Seen, day: Day, names: Column, value: Column, others: Sequence[str]
) -> list[RecordDraft]:
    key = {"column": names.name, "slug": True, "prefix": f"{seen.about.name}-"}
    unit, field = unit_and_field(value)
    topic = topic_of(f"{seen.about.title} {value.name}")
    where = {names.name: {"present": True}}
    return [
        RecordDraft(
            Kind.SERIES,
            {"series_id": key, "title": {"template": f"{seen.about.title}, {{{names.name}}}"}},
            {"topic": topic or "data", "unit": unit},
            where,
            {"constants": asked_of_topic(topic)},
        ),
        RecordDraft(
            Kind.SERIES_POINT,
            {"series_id": key, "valid_on": day.field, "value": field},
            {},
            _said(seen, value, where),
            {"value": f"or is another figure meant: {', '.join(others)}?"} if others else {},
        ),
    ]


def _one(seen: Seen, day: Day, column: Column, only: bool) -> list[RecordDraft]:
    own = slug(plain_name(column.name), dots=True)
    key = seen.about.name if only or not own else f"{seen.about.name}-{own}"
    title = seen.about.title if only else f"{seen.about.title}, {column.name}"
    unit, field = unit_and_field(column)
    topic = topic_of(f"{seen.about.title} {column.name}")
    return [
        RecordDraft(
            Kind.SERIES,
            {},
            {"series_id": key, "title": title, "topic": topic or "data", "unit": unit},
            {},
            {"constants": asked_of_topic(topic)},
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


def _sized(column: Column) -> dict[str, str]:
    """The unit of a field, where every cell says behind its figure that it counts by thousands or more."""
    size = next((unit for unit, words in _SIZES.items() if column.behind in words), None)
    return {} if size is None else {"unit": size}


def _counts_context(column: Column) -> bool:
    """Whether the figures of a column can be how many tokens models read."""
    if column.behind and not _sized(column):
        return False
    times = UNITS[_sized(column).get("unit", "")] if _sized(column) else 1
    figures = [value * times for value in column.numbers]
    return (
        min(figures) >= 1 and max(figures) >= FEWEST_TOKENS and all(value == int(value) for value in figures)
    )


def unit_and_field(column: Column) -> tuple[str, Any]:
    """The unit of a series in words, and its field."""
    sized = _sized(column)
    if column.percent:
        return "fraction", column.as_field(unit="percent")
    if column.currency is not None:
        in_brackets = re.search(r"\(([^)]*)\)", column.name)
        unit = in_brackets[1] if in_brackets else column.currency
        counted = unit if sized else f"{unit} {column.behind}".strip()
        return counted, column.as_field(currency=column.currency, **sized)
    in_brackets = re.search(r"[(\[]([^)\]]+)[)\]]", column.name)
    return (
        in_brackets[1] if in_brackets else plain_name(column.name if sized else column.spoken) or "figures"
    ), column.as_field(**sized)


def topic_of(text: str) -> str | None:
    """What figures are of, by the words beside them; None where no word says it."""
    words = plain_name(text)
    return next(
        (topic for topic, said in _TOPICS if re.search(rf"(?<![a-z])(?:{said})(?![a-z])", words)), None
    )


def asked_of_topic(topic: str | None) -> str:
    """What is left to a person of a series' constants."""
    known = "" if topic else "not known: "
    return f"topic {known}attention, adoption, market, money, compute, data or diffusion? unit: of what?"


def uses(seen: Seen, day: Day) -> list[RecordDraft]:
    """Tokens or shares of models by day."""
    tokens = [
        column
        for column in seen.numbers("tokens")
        if not _OF_ONE_ANSWER.search(plain_name(column.name))
        and not speaks_of_price(column.name)
        and column.currency is None
        and all(value == int(value) for value in column.numbers)
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
    context = [column for column in seen.numbers("context") if _counts_context(column)]
    parameters = [column for column in seen.numbers("parameters") if min(column.numbers) > 0]
    if context:
        fields["context_tokens"] = context[0].as_field(**_sized(context[0]))
    comments = {}
    if parameters and (not parameters[0].behind or _sized(parameters[0])):
        in_billions = not parameters[0].behind and max(parameters[0].numbers) < 1e5
        size = {"unit": "billions"} if in_billions else _sized(parameters[0])
        fields["parameters"] = parameters[0].as_field(**size)
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
