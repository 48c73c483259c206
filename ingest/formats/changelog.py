"""Makers' change logs, as Markdown and as web pages: dated headings with entries below them.

One row per entry and model that it names in an API spelling; an entry that names none is one row. The change
logs say on which day a model came and went, so they are better evidence of a date than any blog feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

import lxml.html
import polars as pl
from lxml.etree import LxmlError

from ingest.errors import ParseError
from ingest.formats.feed import EXCERPT_BYTES, plain_text, shortened
from ingest.formats.texts import is_web_page

COLUMNS: Final = ("entry_id", "title", "url", "valid_on", "kind", "model_name", "excerpt")
TITLE_BYTES: Final = 200

_API_NAME: Final = re.compile(
    r"(gpt|chatgpt|codex|dall-e|whisper|tts|sora|text-embedding|text-davinci|davinci|babbage|omni-moderation"
    r"|claude|gemini|gemma|imagen|veo|lyria|learnlm|embedding|grok|mistral|ministral|codestral|magistral"
    r"|devstral|deepseek|qwen|kimi|glm|command|llama|o(?=\d))-?\d*[a-z0-9.\-]*"
)
_NOT_A_MODEL: Final = re.compile(r"(claude-(code|cli|api|console|on)|gpt-actions)\b")
_GONE: Final = re.compile(
    r"\b(retir|deprecat|sunset|discontinu|shut(ting)?[ -]?down|removed from the api|will be removed)", re.I
)
_HEADING: Final = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{#([\w-]+)\})?\s*#*\s*$")
_VERSION: Final = re.compile(r"^\[?v?\d+\.\d+(\.\d+)*[\w.\-]*\]?(\s+-\s+(?P<day>\d{4}-\d{2}-\d{2}))?$")
_MONTH_HEADING: Final = re.compile(r"^([A-Z][a-z]+),? (\d{4})$")
_DAY_LINE: Final = re.compile(r"^([A-Z][a-z]{2,8})\.? (\d{1,2})$")
_BULLET: Final = re.compile(r"^[-*+]\s+")
_TAG_LINE: Final = re.compile(r"^[\w./\\-]*[\w]$")
_DATE_FORMS: Final = ("%B %d, %Y", "%b %d, %Y", "%Y-%m-%d", "%m-%d-%Y", "%d %B %Y", "%d %b %Y")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One statement: its day (None under a bare version number), its heading, text and model names."""

    day: date | None
    heading: str
    anchor: str
    text: str
    models: tuple[str, ...]
    is_version: bool = False


def markdown_changelog(text: str, url: str) -> pl.DataFrame:
    """Rows of a Markdown change log with the columns of COLUMNS, as texts.

    Understands headings that are dates, headings that are a month with lines such as "Jun 24" below, and
    headings that are version numbers (one entry a version). Raises ParseError where there is none of them.
    """
    if is_web_page(text[:500].encode()):
        raise ParseError(f"{url} answered with a web page instead of Markdown; open it to see what it says")
    return _frame(_markdown_entries(text), re.sub(r"\.md(\.txt)?$", "", url), url)


def html_changelog(body: bytes, url: str) -> pl.DataFrame:
    """Rows of a change log that is a web page: headings that are dates (by id or text), entries below.

    Raises ParseError where the page cannot be read or has no dated heading.
    """
    try:
        page = lxml.html.fromstring(body)
    except (LxmlError, ValueError) as error:
        raise ParseError(f"{url} is not readable as a web page: {error}") from error
    return _frame(_html_entries(page), url, url)


def api_names(candidates: Iterable[str]) -> tuple[str, ...]:
    """Those candidates that are spelt like a model's API name: a known family, a digit, no slash or space."""
    names = (candidate.strip().lower() for candidate in candidates)
    found = [
        name
        for name in names
        if _API_NAME.fullmatch(name) and re.search(r"\d", name) and not _NOT_A_MODEL.match(name)
    ]
    return tuple(dict.fromkeys(found))


def read_day(text: str) -> date | None:
    """A whole day written as in a heading ("April 30, 2026", "11-11-2025", "2026-04-30"); None otherwise."""
    cleaned = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", text.strip(" []*_"))
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(cleaned, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _markdown_entries(text: str) -> Iterator[_Entry]:
    heading, anchor = "", ""
    day: date | None = None
    month: str | None = None
    version = False
    block: list[str] = []
    for line in [*text.splitlines(), "# "]:
        mark = _HEADING.match(line) or (
            _HEADING.match("# " + line) if month and _day_under(line, month) else None
        )
        if mark is None and line != "# ":
            block.append(line)
            continue
        if day is not None or version:
            yield from _entries_of(block, day, heading, anchor, version, month is not None)
        block = []
        said = mark.group(2) if mark else ""
        month, day, version = _heading_means(said, month, line.startswith("#"))
        heading = said if day is None or month is None else day.strftime("%B %-d, %Y")
        anchor = (mark and mark.group(3)) or _slug(heading)


def _heading_means(said: str, month: str | None, is_heading: bool) -> tuple[str | None, date | None, bool]:
    """The month that goes on, the day, and whether it is a version, that a heading or day line sets."""
    if not is_heading and month:
        return month, _day_under(said, month), False
    if _MONTH_HEADING.match(said):
        return said, None, False
    version = _VERSION.match(said)
    if version:
        return None, read_day(version["day"]) if version["day"] else None, True
    return None, read_day(said), False


def _day_under(line: str, month: str) -> date | None:
    """The day of a line such as "Jun 24" under the heading "June, 2026"."""
    found, of = _DAY_LINE.match(line.strip()), _MONTH_HEADING.match(month)
    if not found or not of or found[1][:3] != of[1][:3]:
        return None
    return read_day(f"{of[1]} {found[2]}, {of[2]}")


def _entries_of(
    block: Sequence[str], day: date | None, heading: str, anchor: str, version: bool, whole: bool
) -> Iterator[_Entry]:
    """Entries of one heading: a block is one entry under a version or a day line, else one per bullet."""
    if version or whole:
        tags = [line.strip().replace("\\", "") for line in block if _TAG_LINE.match(line.strip())]
        text = "\n".join(line for line in block if not _TAG_LINE.match(line.strip()) or version)
        parts = [(text, tags)]
    else:
        parts = [(part, []) for part in _bullets(block)]
    for text, tags in parts:
        plain = _unmarked(text)
        if plain or version:
            models = api_names([*re.findall(r"`([^`\n]+)`", text), *tags]) if not version else ()
            yield _Entry(day, heading, anchor, plain, api_names(tags) or models, version)


def _bullets(block: Sequence[str]) -> list[str]:
    """Top-level bullets with what is indented below them; text before or between them on its own."""
    parts: list[list[str]] = []
    for line in block:
        if not line.strip():
            continue
        if _BULLET.match(line) or not parts:
            parts.append([_BULLET.sub("", line)])
        elif line.startswith((" ", "\t")):
            parts[-1].append(line.strip())
        else:
            parts.append([line])
    return ["\n".join(part) for part in parts]


def _unmarked(markdown: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"^\s*[-*+]\s+", "", text, flags=re.MULTILINE)
    return plain_text(re.sub(r"\*\*|`|\\(?=[_*])", "", text)).strip("- ")


def _html_entries(page: Any) -> Iterator[_Entry]:
    for heading in page.iter("h1", "h2", "h3", "h4"):
        title = " ".join(heading.text_content().split())
        day = read_day(heading.get("id") or "") or read_day(title)
        if day is None:
            continue
        anchor = heading.get("id") or _slug(title)
        for element in _statements(heading):
            names = api_names(code.text_content() for code in element.iter("code"))
            text = plain_text(" ".join(element.itertext()))
            if text:
                yield _Entry(day, title, anchor, re.sub(r" ([,.;:])", r"\1", text), names)


def _statements(heading: Any) -> Iterator[Any]:
    for sibling in heading.itersiblings():
        if sibling.tag in ("h1", "h2", "h3", "h4"):
            return
        if sibling.tag in ("ul", "ol"):
            yield from sibling.findall("li")
        elif sibling.tag == "p":
            yield sibling


def _frame(entries: Iterable[_Entry], base: str, url: str) -> pl.DataFrame:
    rows = [row for entry in entries for row in _rows(entry, base)]
    if not rows:
        raise ParseError(f"{url} has no heading that is a date or a version with entries below it")
    distinct = {row["entry_id"]: row for row in reversed(rows)}
    return pl.DataFrame(list(reversed(distinct.values())), schema=dict.fromkeys(COLUMNS, pl.String))


def _rows(entry: _Entry, base: str) -> Iterator[dict[str, str | None]]:
    day = None if entry.day is None else entry.day.isoformat()
    title = entry.heading if entry.is_version else shortened(_first_sentence(entry.text), TITLE_BYTES)
    key = entry.heading if entry.is_version else f"{day}:{_fingerprint(entry.text)}"
    for model in entry.models or (None,):
        yield {
            "entry_id": key if model is None else f"{key}:{model}",
            "title": title,
            "url": f"{base}#{entry.anchor}",
            "valid_on": day,
            "kind": _kind(entry),
            "model_name": model,
            "excerpt": shortened(entry.text, EXCERPT_BYTES) or None,
        }


def _kind(entry: _Entry) -> str:
    if entry.is_version:
        return "software"
    says_gone = _GONE.search(_first_sentence(entry.text))
    return (
        "shutdown" if says_gone and (entry.models or re.search(r"\bmodels?\b", entry.text)) else "changelog"
    )


def _first_sentence(text: str) -> str:
    found = re.match(r"(.{20,}?[.!?:])(?=\s+[A-Z]|$)", text, re.DOTALL)
    return found[1].rstrip(":") if found else text


def _fingerprint(text: str) -> str:
    """Stays when links or later sentences of an entry are edited."""
    letters = re.sub(r"[^a-z0-9]", "", text.lower())[:60]
    return sha256(letters.encode()).hexdigest()[:12]


def _slug(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
