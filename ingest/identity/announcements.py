"""Which post or change-log entry announces a model, and which model: rules over titles and known names.

Precision first: a title counts only where a launch word stands right before a known name, or the name right
before words that say that it is there, or the title is the name alone; and only where its publisher is the
model's maker. A name that goes on in an unknown way ("GPT-5-Codex" where only "GPT-5" is known) is no match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

SCHEMA: Final = pl.Schema(
    {"entry_id": pl.String, "source_id": pl.String, "model_name": pl.String, "rule": pl.String}
)

_LAUNCH: Final = re.compile(
    r"introduc(e|ed|ing)|announc(e|ed|ing)|launch(ed|es|ing)?|releas(e|ed|es|ing)|unveil(ed|ing)|present(ing)?"
    r"|debut(ed|ing)|meet|welcome"
)
_BEFORE_LAUNCH: Final = re.compile(r"we|we've|ve|have|are|today|now|also|just|openai|anthropic|google")
_BEFORE_NAME: Final = re.compile(r"the|our|a|an|new|models?|openai|anthropic|google|deepmind|meta")
_AFTER_NAME: Final = re.compile(
    r"\W|and|for|with|in|to|on|as|is|are|our|an?|the|from|by|models?|family|preview|now|via|at|which|that|brings"
)
_JOINT: Final = re.compile(r"[,&]|and|the|our")
_IS_HERE: Final = re.compile(
    r"(is|are) (here|out|available|now available|generally|now generally)|now available"
)
_NOT_A_LAUNCH: Final = re.compile(
    r"system card|technical report|safety|addendum|evaluat|how (we|to)|guide|prompting|pricing|customer"
    r"|lessons|retir|deprecat|sunset|shut ?down|outage|incident|fine-tuning|support for|tokenizer|bug|faq"
    r"|\b(in|on|to) (amazon|aws|microsoft|azure|google cloud|vertex|bedrock|snowflake|github|xcode|slack)",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.']*|[^\sA-Za-z0-9]")
_HYPHEN: Final = re.compile(r"(?<=[A-Za-z0-9])[‐‑‒_\-/](?=[A-Za-z0-9])")
_LONGEST_NAME: Final = 10


@dataclass(frozen=True, slots=True)
class _Model:
    """A known model: its name as given and its maker, folded."""

    name: str
    maker: str


_Names = Mapping[tuple[str, ...], Sequence[_Model]]


@dataclass(frozen=True, slots=True)
class _Title:
    """The words of a title, and for each whether a hyphen joins it to the next."""

    words: tuple[str, ...]
    joined: tuple[bool, ...]


def announcements(releases: pl.DataFrame, models: pl.DataFrame) -> pl.DataFrame:
    """The releases that announce a model: one row per entry and model, with the rule that fired.

    releases   columns entry_id, source_id, title, kind, organization (the publisher), as `release` records
    models     columns model_name and organization (the maker); names without a digit count only when they
               have two words or more

    Returns entry_id, source_id, model_name, rule. Rules: `launch-word` ("Introducing NAME"), `name-is-here`
    ("NAME is now available"), `title-is-name`, `name-then-colon` ("NAME: our best model yet").
    Entries without a publisher, of software, of incidents and of shutdowns never count. Where a change-log
    entry stands once per model that it names, its first row speaks for all.
    """
    names = _known(models)
    statements = releases.filter(
        pl.col("kind").is_in(["post", "changelog"]), pl.col("organization").is_not_null()
    ).unique(["source_id", "title"], keep="first", maintain_order=True)
    rows = [
        {"entry_id": entry, "source_id": source, "model_name": model, "rule": rule}
        for entry, source, title, publisher in statements.select(
            "entry_id", "source_id", "title", "organization"
        ).iter_rows()
        for model, rule in _announced(title, publisher, names)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def _known(models: pl.DataFrame) -> _Names:
    names: dict[tuple[str, ...], list[_Model]] = {}
    stated = models.select("model_name", "organization").drop_nulls()
    for name, maker in dict.fromkeys(stated.iter_rows()):
        words = _read(name).words
        if len(words) > 1 or re.search(r"\d", name):
            names.setdefault(words, []).append(_Model(name, maker.casefold()))
    return names


def _read(text: str) -> _Title:
    words: list[str] = []
    joined: list[bool] = []
    parts = [part.split() for part in _HYPHEN.sub(" \0 ", text).split("\0")]
    for part in parts:
        if joined:
            joined[-1] = True
        found = [word.casefold().rstrip(".'") or word for piece in part for word in _TOKEN.findall(piece)]
        words += found
        joined += [False] * len(found)
    return _Title(tuple(words), tuple(joined))


def _announced(text: str, publisher: str, names: _Names) -> Iterator[tuple[str, str]]:
    if _NOT_A_LAUNCH.search(text):
        return
    title = _read(text)
    start = _after_launch_word(title)
    if start is not None:
        yield from ((model, "launch-word") for model in _listed(title, start, publisher, names)[0])
        return
    found, end = _listed(title, 0, publisher, names)
    if not found:
        return
    if end == len(title.words):
        yield from ((model, "title-is-name") for model in found)
    elif _IS_HERE.match(" ".join(title.words[end : end + 3])):
        yield from ((model, "name-is-here") for model in found)
    elif title.words[end] == ":" and len(found) == 1:
        yield found[0], "name-then-colon"


def _after_launch_word(title: _Title) -> int | None:
    """Where the announced thing begins: behind a launch word that opens the title, and behind "the new"."""
    at = _skip(title, 0, _BEFORE_LAUNCH)
    if at >= len(title.words) or not _LAUNCH.fullmatch(title.words[at]):
        return None
    return _skip(title, at + 1, _BEFORE_NAME)


def _skip(title: _Title, start: int, words: re.Pattern[str]) -> int:
    at = start
    while at < len(title.words) and words.fullmatch(title.words[at]):
        at += 1
    return at


def _listed(title: _Title, start: int, publisher: str, names: _Names) -> tuple[list[str], int]:
    """The names that stand in a row from a place on, joined by commas and "and", and where the row ends."""
    found: list[str] = []
    at = end = start
    while (hit := _name_at(title, at, publisher, names)) is not None:
        name, end = hit
        found.append(name)
        at = _skip(title, end, _JOINT)
        if at == end:
            break
    return found, end


def _name_at(title: _Title, start: int, publisher: str, names: _Names) -> tuple[str, int] | None:
    """The longest known name of the publisher's at a place, if it ends there, and where it ends."""
    words = title.words
    for end in range(min(len(words), start + _LONGEST_NAME), start, -1):
        ends = end == len(words) or (not title.joined[end - 1] and _AFTER_NAME.fullmatch(words[end]))
        for model in names.get(words[start:end], ()) if ends else ():
            if _made_by(publisher.casefold(), model.maker):
                return model.name, end
    return None


def _made_by(publisher: str, maker: str) -> bool:
    """Whether one of two spellings of an organisation holds the other as whole words."""
    pairs = ((publisher, maker), (maker, publisher))
    return any(re.search(rf"\b{re.escape(short)}\b", long) for short, long in pairs)
