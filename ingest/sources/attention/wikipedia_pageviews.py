"""Views of Wikipedia articles about AI models and makers, by day and by month, former titles summed.

Wikimedia counts views per title and does not follow redirects, so a page that moved lives under several
titles. A subject's figure of a day is the sum over those of its titles that were asked for together; the note
names them. Days before a page existed are missing, not zero; an answer without counts (404: no data for these
days) is refused with its reason, and the other titles go on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final
from urllib.parse import quote, unquote

import polars as pl

from ingest.errors import ParseError
from ingest.formats.slugs import slug
from ingest.records import Kind, Records, complaint, refusals
from ingest.source import Payload, Source, State
from ingest.sources._payloads import read_json

SUBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "chatgpt": ("ChatGPT",),
    "openai": ("OpenAI",),
    "gpt-4": ("GPT-4",),
    "gpt-5": ("GPT-5",),
    "claude": ("Claude_(language_model)", "Claude_(AI)"),
    "anthropic": ("Anthropic",),
    "gemini": ("Bard_(chatbot)", "Gemini_(chatbot)", "Google_Gemini"),
    "deepseek": ("DeepSeek",),
    "llama": ("LLaMA", "Llama_(language_model)"),
    "mistral-ai": ("Mistral_AI",),
    "grok": ("Grok_(chatbot)",),
    "qwen": ("Qwen",),
    "large-language-model": ("Large_language_model",),
    "artificial-intelligence": ("Artificial_intelligence",),
    "ai-bubble": ("AI_bubble",),
    "dot-com-bubble": ("Dot-com_bubble",),
}
"""Article titles of each subject, former ones first."""

TERMS: Final[Mapping[str, tuple[str, ...]]] = {
    "coding-assistants": ("GitHub_Copilot", "Cursor_(code_editor)", "Vibe_coding"),
    "agents": ("AI_agent",),
    "reasoning-models": ("Reasoning_language_model", "Reasoning_model"),
    "open-models": ("Open-source_artificial_intelligence", "DeepSeek", "Qwen"),
    "fast-inference": ("Groq", "Cerebras"),
    "retrieval": ("Retrieval-augmented_generation",),
    "mcp": ("Model_Context_Protocol",),
    "image-generation": ("Text-to-image_model", "Midjourney", "Stable_Diffusion"),
    "video-generation": ("Text-to-video_model", "Sora_(text-to-video_model)", "Veo_(text-to-video_model)"),
}
"""Articles that stand for each term of the hype map; the same words as in `hn_terms`."""

_API: Final = "https://wikimedia.org/api/rest_v1/metrics/pageviews/per-article/en.wikipedia/all-access/user"
_FIRST_DAY: Final = date(2015, 7, 1)
_REREAD_DAYS: Final = 7
_ADDRESS: Final = re.compile(r"/user/(?P<title>[^/]+)/daily/\d{8}/(?P<last>\d{8})")


def addresses(state: State, subjects: Mapping[str, tuple[str, ...]] = SUBJECTS) -> list[str]:
    """One address per title, all titles of a subject over the same days: from the archive's end to yesterday.

    The last week is read again, since counts of the newest days are completed later. A subject with a title
    that was never read starts again at the beginning, so that no sum lacks a title.
    """
    yesterday = state.now.date() - timedelta(days=1)
    ends = _ends(state.previous)
    urls = []
    for titles in subjects.values():
        known = [ends[title] for title in titles if title in ends]
        again = len(known) == len(titles)
        first = max(min(known) - timedelta(days=_REREAD_DAYS), _FIRST_DAY) if again else _FIRST_DAY
        span = f"{first:%Y%m%d}/{yesterday:%Y%m%d}"
        urls += [f"{_API}/{quote(title, safe='')}/daily/{span}" for title in titles]
    return urls


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the series of one source are called: their ids, titles and what they add up."""

    subjects: Mapping[str, tuple[str, ...]]
    prefix: str
    title: str
    summed: str

    def subject_of(self, title: str) -> str:
        """The subject of an article; its own words where it has none here."""
        found = next((subject for subject, titles in self.subjects.items() if title in titles), None)
        return found or slug(title)


PAGES: Final = _Kind(
    SUBJECTS,
    "wikipedia",
    "Views of the English Wikipedia article on {}, {}",
    "former titles of the article summed",
)
OF_TERMS: Final = _Kind(
    TERMS,
    "term-views",
    "Views of the English Wikipedia articles on {}, {}",
    "several articles summed, which the note names",
)


def parse(payloads: Sequence[Payload], kind: _Kind = PAGES) -> Records:
    """Series and points, one series per subject and granularity; of two counts of a day the newer holds.

    An answer that is none (an error page, say) is complained of, and the others go on: ranges of days are
    asked for once, so it would stand in the way of all that comes after it.
    """
    in_time = sorted(payloads, key=lambda payload: payload.as_of)
    answers, broken = _answers(in_time)
    counts = [_count(item, url, kind) for url, answer in answers for item in answer.get("items", [])]
    silent = [
        {"url": url, "detail": str(answer.get("detail"))} for url, answer in answers if "items" not in answer
    ]
    unsaid = refusals(Kind.SERIES_POINT, pl.DataFrame(silent), pl.lit("no counts: ") + pl.col("detail"))
    refused = pl.concat([unsaid, *broken])
    if not counts:
        return Records({}, refused)
    views = pl.DataFrame(counts, orient="row", schema=_COUNTS).unique(
        ["subject", "granularity", "title", "valid_on"], keep="last", maintain_order=True
    )
    points = (
        views.group_by("subject", "granularity", "valid_on")
        .agg(
            value=pl.col("views").sum(),
            note=pl.col("title").sort().str.join(" + "),
            url=pl.col("url").first(),
        )
        .with_columns(series_id=_series_id(kind), valid_precision=_precision())
        .sort("series_id", "valid_on")
        .select("series_id", "valid_on", "valid_precision", "value", "note", "url")
    )
    series = (
        views.select("subject", "granularity")
        .unique(maintain_order=True)
        .select(
            series_id=_series_id(kind),
            title=pl.format(kind.title, "subject", "granularity"),
            topic=pl.lit("attention"),
            unit=pl.format("views by people, {}", "granularity"),
            definition=pl.lit(f"all access, agents taken for robots left out, {kind.summed}"),
        )
    )
    return Records({Kind.SERIES: series, Kind.SERIES_POINT: points}, refused)


_COUNTS: Final = {
    "subject": pl.String,
    "granularity": pl.String,
    "title": pl.String,
    "valid_on": pl.Date,
    "views": pl.Float64,
    "url": pl.String,
}


def _series_id(kind: _Kind) -> pl.Expr:
    return pl.format("{}-{}-{}", pl.lit(kind.prefix), "granularity", "subject")


def _precision() -> pl.Expr:
    return pl.when(pl.col("granularity") == "monthly").then(pl.lit("month")).otherwise(pl.lit("day"))


def _answers(payloads: Sequence[Payload]) -> tuple[list[tuple[str, dict[str, Any]]], list[pl.DataFrame]]:
    """The answers by address, and complaints of those that cannot be read.

    Where a later answer about the same title could be read, that one has asked for the days again.
    """
    answers: list[tuple[str, dict[str, Any]]] = []
    broken: dict[str, str] = {}
    for payload in payloads:
        title = _title(payload.url) or payload.url
        try:
            answers.append((payload.url, _answer(payload)))
            broken.pop(title, None)
        except ParseError as error:
            broken[title] = str(error)
    return answers, [complaint(reason) for reason in broken.values()]


def _title(url: str) -> str | None:
    found = _ADDRESS.search(url)
    return unquote(found["title"]) if found else None


def _answer(payload: Payload) -> dict[str, Any]:
    answer = read_json(payload)
    items = answer.get("items", []) if isinstance(answer, dict) else None
    if not isinstance(items, list) or not all(_is_count(item) for item in items):
        raise ParseError(f"{payload.url} is not an answer of the page views interface")
    return dict(answer)


def _is_answer(payload: Payload) -> bool:
    try:
        return bool(_answer(payload))
    except ParseError:
        return False


def _is_count(item: Any) -> bool:
    """Whether an item is a whole count; a figure of another kind means that the interface has changed."""
    if not isinstance(item, dict) or not {"article", "timestamp", "granularity", "views"} <= set(item):
        return False
    views = item["views"]
    countable = isinstance(views, (int, float)) and not isinstance(views, bool) and views >= 0
    return countable and re.fullmatch(r"\d{8}\d{0,2}", str(item["timestamp"])) is not None


def _count(item: Mapping[str, Any], url: str, kind: _Kind) -> tuple[str, str, str, date, float, str]:
    title = str(item["article"])
    day = datetime.strptime(str(item["timestamp"])[:8], "%Y%m%d").replace(tzinfo=UTC).date()
    return kind.subject_of(title), str(item["granularity"]), title, day, float(item["views"]), url


def _ends(previous: Mapping[str, Payload]) -> dict[str, date]:
    """The last day that was asked for and answered, per title."""
    ends: dict[str, date] = {}
    for url, payload in previous.items():
        found = _ADDRESS.search(url)
        if found and _is_answer(payload):
            title = unquote(found["title"])
            last = datetime.strptime(found["last"], "%Y%m%d").replace(tzinfo=UTC).date()
            ends[title] = max(last, ends.get(title, last))
    return ends


def _source(source_id: str, title: str, kind: _Kind, *, core: bool) -> Source:
    return Source(
        id=source_id,
        title=title,
        homepage="https://pageviews.wmcloud.org/",
        licence="CC0-1.0",
        attribution="Wikimedia Foundation",
        urls=partial(addresses, subjects=kind.subjects),
        cadence="1d",
        kinds=(Kind.SERIES, Kind.SERIES_POINT),
        parse=partial(parse, kind=kind),
        core=core,
        grouped=True,
    )


SOURCES: Final = (
    _source("wikipedia-pageviews", "Views of Wikipedia articles on AI", PAGES, core=True),
    _source("wikipedia-terms", "Views of Wikipedia articles on terms of AI", OF_TERMS, core=False),
)
