"""Change logs, in Markdown, HTML, reStructuredText and AsciiDoc: dated headings with entries below them.

One row per entry and model that it names in an API spelling; an entry that names none is one row. The makers'
own change logs say on which day a model came and went, so they are better evidence of a date than any blog
feed. What stands below a sub-heading ("Added", "Removed") belongs to the day or version above it; below a day
or month a sub-heading that is no such word is the title of an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Final

import polars as pl

from ingest.errors import ParseError
from ingest.formats.changelog_headings import Meaning, looks_dated, meaning_of, months_by_order
from ingest.formats.feed import EXCERPT_BYTES
from ingest.formats.plain_text import shortened
from ingest.formats.prose import Block, Part, asciidoc_blocks, html_blocks, markdown_blocks, rst_blocks
from ingest.formats.slugs import slug
from ingest.formats.table import Table, Unfit
from ingest.formats.texts import is_web_page
from ingest.formats.written_dates import Dated

COLUMNS: Final = ("entry_id", "title", "url", "valid_on", "kind", "model_name", "excerpt")
TITLE_BYTES: Final = 200
MOST_TOLD_HEADINGS: Final = 8

_API_NAME: Final = re.compile(
    r"(gpt|chatgpt|codex|dall-e|whisper|tts|sora|text-embedding|text-davinci|davinci|babbage|omni-moderation"
    r"|claude|gemini|gemma|imagen|veo|lyria|learnlm|embedding|grok|mistral|ministral|codestral|magistral"
    r"|devstral|deepseek|qwen|kimi|glm|command|llama|o(?=\d))-?\d*[a-z0-9.\-]*"
)
_NOT_A_MODEL: Final = re.compile(r"(claude-(code|cli|api|console|on)|gpt-actions)\b")
_GONE: Final = re.compile(
    r"\b(retir|deprecat|sunset|discontinu|shut(ting)?[ -]?down|removed from the api|will be removed)", re.I
)
_GONE_HEADING: Final = re.compile(
    r"\s*(removed|retired|retirements?|deprecat\w+|discontinued|sunset\w*|shut ?downs?)\b", re.I
)
_SORTS: Final = re.compile(
    r"(?:(?:new|other|minor|major|known|api|model|general|and|&|bug)\W+)*(?:add(?:ed|itions?)|change[ds]?|fix(?:ed|es)?"
    r"|remov(?:ed|als?)|deprecat\w+|retire\w*|sunset\w*|shut ?downs?|security|features?|improve(?:d|ments?)"
    r"|enhancements?|updated?s?|models?|announcements?|changes|what.?s new|new|highlights|performance|docs"
    r"|documentation|misc\w*|general|notes?|other|launch(?:e[ds])?|released?s?|sdks?|tools?|api|issues|discontinued)\W*",
    re.IGNORECASE,
)
"""Sub-headings that only sort the points below them: they are no titles."""

_SUCCEEDS: Final = re.compile(
    r"(?:\b(?:use|using|by|with|favou?r of|instead|recommend\w*|try)"
    r"|\b(?:switch|migrat|mov|upgrad|redirect|rout|point|fall\w*|serv|transition)\w*[^.;]{0,60}?\bto)\s+(?:the\s+)?\W*$",
    re.IGNORECASE,
)
"""Words before the name of a model that takes the place of one that goes."""

_TAG_LINE: Final = re.compile(r"[\w./\\-]*\w")
_SPOKEN_NAME: Final = re.compile(r"(?<![\w./@-])[a-z][a-z]+-[a-z0-9.\-]*\d[a-z0-9.\-]*(?![\w/@])")


@dataclass(frozen=True, slots=True)
class _Statement:
    """One point or paragraph: its lines, what is set as code in it, and the sub-heading that it is below."""

    lines: tuple[str, ...]
    codes: tuple[str, ...]
    below: str = ""
    is_point: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(slots=True)
class _Part:
    """What stands directly below a section's own heading, or below one of its sub-headings."""

    heading: Block | None = None
    statements: list[_Statement] = field(default_factory=list)

    @property
    def is_entry(self) -> bool:
        """Whether the sub-heading is the title of one entry: it sorts nothing, and no list follows it."""
        if self.heading is None or _SORTS.fullmatch(self.heading.text):
            return False
        return not self.statements or not self.statements[0].is_point


@dataclass(slots=True)
class _Section:
    """What stands below a heading that means something.

    whole      it is one entry, as under a day line
    is_marked  its heading is a line in bold
    """

    meaning: Meaning
    heading: str
    anchor: str
    level: int
    whole: bool = False
    is_marked: bool = False
    parts: list[_Part] = field(default_factory=lambda: [_Part()])

    @property
    def is_open_time(self) -> bool:
        """Whether it is of a month or a year, so that days may stand below it."""
        return not self.meaning.is_version and (
            self.meaning.dated is None or self.meaning.dated.precision != "day"
        )

    @property
    def statements(self) -> list[_Statement]:
        """All that stands below it."""
        return [statement for part in self.parts for statement in part.statements]

    def entries(self) -> Iterator[_Part]:
        """The parts, but for sub-headings that only stand above further ones."""
        for at, part in enumerate(self.parts):
            following = self.parts[at + 1].heading if at + 1 < len(self.parts) else None
            is_above = part.heading and following and following.level > part.heading.level
            if part.statements or (part.heading and not is_above):
                yield part


def markdown_changelog(text: str, url: str) -> pl.DataFrame:
    """Rows of a Markdown change log; see `changelog_table`."""
    return changelog_table(text, url, "markdown").frame


def html_changelog(body: bytes, url: str) -> pl.DataFrame:
    """Rows of a change log that is a web page; see `changelog_table`."""
    return changelog_table(body.decode("utf-8", errors="replace"), url, "html").frame


def changelog_table(
    text: str, url: str, markup: str, date_order: str | None = None, as_of: date | None = None
) -> Table:
    """Rows of a change log with the columns of COLUMNS, as texts, and the headings that could not be read.

    Understands headings that are dates, months or years with dates below, and versions with or without a
    date (one entry a version). `date_order` says what a date such as 06/05/2026 means, `as_of` when it was
    served. Raises ParseError where there is none of them, naming the headings that there are.
    """
    if markup != "html" and is_web_page(text[:500].encode()):
        raise ParseError(
            f"{url} answered with a web page instead of a change log; open it to see what it says"
        )
    blocks = list(_BLOCKS[markup](text, url))
    read = _Reader(date_order, as_of)
    sections = read.sections(blocks)
    base = re.sub(r"\.(md|rst|adoc|asciidoc)(\.txt)?$", "", url) if markup != "html" else url
    rows: dict[str, dict[str, str | None]] = {}
    for row in (row for section in sections for row in _rows_of(section, base)):
        if rows.setdefault(str(row["entry_id"]), row) is not row:
            read.unfit.append(Unfit(str(row["title"]), "begins like an entry above it, of the same day"))
    if not rows:
        raise ParseError(
            f"{url} has no heading that is a date or a version with entries below it; {_found(blocks)}"
        )
    frame = pl.DataFrame(list(rows.values()), schema=dict.fromkeys(COLUMNS, pl.String))
    return Table(url, frame, tuple(read.unfit))


def api_names(candidates: Iterable[str]) -> tuple[str, ...]:
    """Those candidates that are spelt like a model's API name: a known family, a digit, no slash or space."""
    names = (candidate.strip().lower().rstrip(".-") for candidate in candidates)
    found = [
        name
        for name in names
        if _API_NAME.fullmatch(name) and re.search(r"\d", name) and not _NOT_A_MODEL.match(name)
    ]
    return tuple(dict.fromkeys(found))


def read_day(text: str) -> date | None:
    """A whole day written as in a heading ("April 30, 2026", "11-11-2025", "2026-04-30"); None otherwise."""
    dated = meaning_of(text).dated
    return dated.on if dated is not None and dated.precision == "day" else None


def _found(blocks: Sequence[Block]) -> str:
    headings = [block.text for block in blocks if block.part is Part.HEADING]
    if not headings:
        return "it has no headings at all"
    more = f" and {len(headings) - MOST_TOLD_HEADINGS} more" if len(headings) > MOST_TOLD_HEADINGS else ""
    told = ", ".join(repr(shortened(heading, 60)) for heading in headings[:MOST_TOLD_HEADINGS])
    return f"its headings are {told}{more}"


class _Reader:
    """Sorts blocks under the headings that mean something."""

    def __init__(self, date_order: str | None, as_of: date | None) -> None:
        self.unfit: list[Unfit] = []
        self._order = date_order
        self._as_of = as_of
        self._months: dict[int, Dated] = {}
        self._above: list[tuple[int, Meaning]] = []
        self._level = 0

    def sections(self, blocks: Sequence[Block]) -> list[_Section]:
        """The sections, in order; a month that has days below it gives only these."""
        self._months = months_by_order(
            [(at, block) for at, block in enumerate(blocks) if block.part is Part.HEADING],
            self._order,
            self._as_of,
        )
        found: list[_Section] = []
        current: _Section | None = None
        for at, block in enumerate(blocks):
            is_heading = block.part is Part.HEADING
            if is_heading:
                self._level = block.level
                self._above = [above for above in self._above if above[0] < block.level]
            meaning = self._of_marked_line(block, current) if block.is_marked else self._meaning(block, at)
            if not meaning.is_none:
                current = self._opened(block, meaning, current)
                found.append(current)
            elif is_heading and current is not None and block.level > current.level:
                current.parts.append(_Part(block))
            elif is_heading:
                if looks_dated(block.text):
                    self.unfit.append(
                        Unfit(
                            block.text,
                            "the heading is no date that can be read; what is below it is left out",
                        )
                    )
                current = None
            elif current is not None:
                part = current.parts[-1]
                below = part.heading.text if part.heading else ""
                part.statements.append(_Statement(block.lines, block.codes, below, block.part is Part.POINT))
        return _without_months_of_days(found)

    def _meaning(self, block: Block, at: int) -> Meaning:
        year = next((said.year for _, said in reversed(self._above) if said.year), None)
        months = [said.dated for _, said in self._above if said.dated and said.dated.precision == "month"]
        if block.part is Part.HEADING:
            said = meaning_of(block.text, self._order, year, months[-1] if months else None)
            return Meaning(dated=self._months[at]) if said.is_none and at in self._months else said
        if block.part is Part.TEXT and months and len(block.lines) == 1 and len(block.text) < 16:
            below = meaning_of(block.text, self._order, None, months[-1])
            return below if below.dated is not None and below.dated.precision == "day" else Meaning()
        return Meaning()

    def _of_marked_line(self, block: Block, current: _Section | None) -> Meaning:
        """A date that is all of a line in bold stands for a heading where no heading tells a day itself."""
        if current is not None and not current.is_marked and not current.is_open_time:
            return Meaning()
        year = next((said.year for _, said in reversed(self._above) if said.year), None)
        months = [said.dated for _, said in self._above if said.dated and said.dated.precision == "month"]
        said = meaning_of(block.text, self._order, year, months[-1] if months else None)
        return said if said.dated is not None else Meaning()

    def _opened(self, block: Block, meaning: Meaning, current: _Section | None) -> _Section:
        is_line = block.part is not Part.HEADING
        level = block.level if not is_line else self._level if current is None else current.level
        if meaning.is_version and meaning.dated is None:
            days = [said.dated for depth, said in self._above if depth < level and said.dated]
            meaning = Meaning(True, days[-1]) if days and days[-1].precision == "day" else meaning
        if not is_line:
            self._above.append((level, meaning))
        heading = block.text
        if meaning.dated is not None and self._is_under_month(meaning.dated):
            heading = meaning.dated.on.strftime("%B %-d, %Y")
        anchor = block.anchor or slug(heading)
        whole = is_line and not block.is_marked
        return _Section(meaning, heading, anchor, level, whole, is_marked=block.is_marked)

    def _is_under_month(self, dated: Dated) -> bool:
        months = [said.dated for _, said in self._above if said.dated and said.dated.precision == "month"]
        return dated.precision == "day" and bool(months)


def _without_months_of_days(sections: Sequence[_Section]) -> list[_Section]:
    kept: list[_Section] = []
    for at, section in enumerate(sections):
        dated = section.meaning.dated
        following = sections[at + 1].meaning.dated if at + 1 < len(sections) else None
        has_days = (
            dated is not None
            and dated.precision == "month"
            and following is not None
            and following.precision == "day"
            and (following.on.year, following.on.month) == (dated.on.year, dated.on.month)
        )
        if section.meaning.year is None and not has_days:
            kept.append(section)
    return kept


def _rows_of(section: _Section, base: str) -> Iterator[dict[str, str | None]]:
    if section.meaning.is_version:
        yield from _version_rows(_with_day_below(section), base)
        return
    if section.whole:
        yield from _whole_rows(section, base)
        return
    for part in section.entries():
        if part.is_entry:
            yield from _titled_rows(section, part, base)
            continue
        for statement in part.statements:
            models = api_names(statement.codes)
            yield from _entry_rows(section, base, statement.text, models, _is_gone(statement, models))


def _titled_rows(section: _Section, part: _Part, base: str) -> Iterator[dict[str, str | None]]:
    """The one entry below a sub-heading that is its title; who goes stands there or in the first sentence."""
    assert part.heading is not None
    title = part.heading.text
    text = " ".join(statement.text for statement in part.statements)
    first = f"{title} {_first_sentence(text)}"
    codes = [*part.heading.codes, *(code for said in part.statements for code in said.codes)]
    is_gone = _GONE.search(first) is not None
    models = api_names(
        [*_SPOKEN_NAME.findall(title), *(code for code in codes if not is_gone or code in first)]
    )
    rows = _entry_rows(section, base, f"{title}. {text}", models, is_gone and _says_gone(first, models))
    anchor = part.heading.anchor or slug(title)
    for row in rows:
        about = {"title": shortened(title, TITLE_BYTES), "excerpt": shortened(text, EXCERPT_BYTES) or None}
        yield row | about | {"url": f"{base}#{anchor}"}


def _with_day_below(section: _Section) -> _Section:
    """A version whose day stands in the first line below it ("*Released May 4, 2026*")."""
    if section.meaning.dated is not None or not section.statements:
        return section
    first = section.statements[0]
    said = re.sub(r"^(?:released?|date|published)(?: on|:)?\s+", "", first.text.strip(" _*()"), flags=re.I)
    dated = meaning_of(said).dated if len(said) < 40 else None
    if dated is None or dated.precision != "day":
        return section
    return _Section(
        Meaning(True, dated),
        section.heading,
        section.anchor,
        section.level,
        parts=[_Part(statements=section.statements[1:])],
    )


def _whole_rows(section: _Section, base: str) -> Iterator[dict[str, str | None]]:
    """A day line's block is one entry; lines of a single word in it are tags, which may name models."""
    lines = [(line, said.is_point) for said in section.statements for line in said.lines]
    tags = [line.replace("\\", "") for line, _ in lines if _TAG_LINE.fullmatch(line)]
    text = " ".join(line for line, is_point in lines if is_point or not _TAG_LINE.fullmatch(line))
    codes = [code for statement in section.statements for code in statement.codes]
    models = api_names(tags) or api_names(codes)
    if text:
        yield from _entry_rows(section, base, text, models, _says_gone(text, models))


def _entry_rows(
    section: _Section, base: str, text: str, models: Sequence[str], is_gone: bool
) -> Iterator[dict[str, str | None]]:
    key = f"{_written(section.meaning.dated)}:{_fingerprint(text)}"
    for model in models or (None,):
        yield {
            "entry_id": key if model is None else f"{key}:{model}",
            "title": shortened(_first_sentence(text), TITLE_BYTES),
            "url": f"{base}#{section.anchor}",
            "valid_on": _written(section.meaning.dated),
            "kind": "shutdown" if is_gone and not _succeeds(model, text) else "changelog",
            "model_name": model,
            "excerpt": shortened(text, EXCERPT_BYTES) or None,
        }


def _version_rows(section: _Section, base: str) -> Iterator[dict[str, str | None]]:
    """One row a version; where it is dated, one for each model that it names instead."""
    whole = {
        "entry_id": section.heading,
        "title": section.heading,
        "url": f"{base}#{section.anchor}",
        "valid_on": _written(section.meaning.dated),
        "kind": "software",
        "model_name": None,
        "excerpt": shortened(" ".join(said.text for said in section.statements), EXCERPT_BYTES) or None,
    }
    named: dict[str, _Statement] = {}
    for statement in section.statements if section.meaning.dated else ():
        for model in api_names([*statement.codes, *_SPOKEN_NAME.findall(statement.text)]):
            named.setdefault(model, statement)
    if not named:
        yield whole
    for model, statement in named.items():
        yield whole | {
            "entry_id": f"{section.heading}:{model}",
            "title": shortened(_first_sentence(statement.text), TITLE_BYTES),
            "kind": "shutdown"
            if _is_gone(statement, (model,)) and not _succeeds(model, statement.text)
            else "software",
            "model_name": model,
            "excerpt": shortened(statement.text, EXCERPT_BYTES),
        }


def _written(dated: Dated | None) -> str | None:
    if dated is None:
        return None
    if dated.precision == "quarter":
        return f"{dated.on.year}Q{(dated.on.month + 2) // 3}"
    return dated.on.isoformat() if dated.precision == "day" else dated.on.isoformat()[:7]


def _is_gone(statement: _Statement, models: Sequence[str]) -> bool:
    is_below = _GONE_HEADING.match(statement.below) is not None
    return (is_below and bool(models)) or _says_gone(statement.text, models)


def _says_gone(text: str, models: Sequence[str]) -> bool:
    says = _GONE.search(_first_sentence(text)) is not None
    return says and (bool(models) or re.search(r"\bmodels?\b", text) is not None)


def _succeeds(model: str | None, text: str) -> bool:
    """Whether a text that says of a model that it goes names this one as what takes its place."""
    if model is None:
        return False
    found = re.finditer(rf"(?<![\w.-]){re.escape(model)}(?![\w-])", text, re.IGNORECASE)
    before = [text[: match.start()] for match in found]
    return bool(before) and all(_SUCCEEDS.search(words[-120:]) for words in before)


def _first_sentence(text: str) -> str:
    found = re.match(r"(.{20,}?[.!?:])(?=\s+[A-Z]|$)", text, re.DOTALL)
    return found[1].rstrip(":") if found else text


def _fingerprint(text: str) -> str:
    """Stays when links or later sentences of an entry are edited."""
    letters = re.sub(r"[^a-z0-9]", "", text.lower())[:60]
    return sha256((letters or text[:60]).encode()).hexdigest()[:12]


def _html(text: str, where: str) -> Iterator[Block]:
    return html_blocks(text.encode(), where, "utf-8")


_BLOCKS: Final = {
    "markdown": markdown_blocks,
    "html": _html,
    "rst": rst_blocks,
    "asciidoc": asciidoc_blocks,
}
