"""The addresses under which answers, rows, pictures and news can be had, as Markdown, from the registry."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from charts.capability.frontier_through_time import NAME as FILM
from faces.rows import RowFormat
from pages.registry import PAGES
from pages.shared import frame
from questions.question import Question
from questions.registry import all_questions, question_named

_EXAMPLE: Final = "capability"
"""The question whose first chart stands for all others in examples."""

_NAMES: Final = {RowFormat.PARQUET: "Parquet"}


def sources_link() -> None:
    """To the licences."""
    frame.link("sources", "Sources and their licences")


def addresses() -> str:
    """One line for each kind of address, with an example that works."""
    question = question_named(_EXAMPLE)
    chart = question.charts[0]
    feeds = {name: path for known in all_questions().values() for name, path in known.feeds.items()}
    lines = (
        ("What there is", _link("/api/"), "all questions, their controls and charts, as JSON"),
        ("OpenAPI 3.1", _link("/api/openapi.json"), "for clients and code generators"),
        ("An answer", _link(f"/api/ask/{question.name}.json"), "first line, doubts and blocks, as JSON"),
        ("A chart's rows", _row_links(chart), "the rows that are drawn"),
        (
            "Its citation",
            _link(f"/api/chart/{chart}.bib"),
            f"BibTeX; {_link(f'/api/chart/{chart}.zip', 'ZIP')} has both",
        ),
        ("The chart alone", _link(f"/embed/{chart}"), "to put into a page of your own as a frame"),
        (
            "A film",
            _link(f"/embed/{FILM}.gif"),
            "the frontier through time as GIF; pictures of charts have a button on their pages",
        ),
        ("A preview", _link(f"/embed/card/{question.name}.png"), "the first line as a picture"),
        ("Search", _link("/api/search?q=gpt"), "models, benchmarks, makers, sources, questions"),
        ("Sources", _link("/api/sources"), "the state of each"),
        *(
            (f"News as {name}", _link(path), "takes `maker`, `kind` and `days`")
            for name, path in feeds.items()
        ),
    )
    return "\n".join(f"- **{what}**: {address}, {note}" for what, address, note in lines)


def in_navigation() -> list[tuple[str, Question]]:
    """The questions as the navigation has them: its names, in its order."""
    return [(page.title, question_named(page.question)) for page in PAGES if page.answers]


def of_question(question: Question) -> str:
    """The addresses of one question: its answer, and of each chart its rows and the chart alone."""
    address = f"/api/ask/{question.name}.json"
    rows = [
        f"- `{chart}`: {_row_links(chart)} · {_link(f'/embed/{chart}', 'embed')}" for chart in question.charts
    ]
    return "\n".join((f"- the answer: {_link(address)}", *rows))


def commands(page: str) -> str:
    """What to type for rows, an answer and the static copy; `page` is the address of this page."""
    at = urlsplit(page)
    chart = question_named(_EXAMPLE).charts[0]
    return "\n".join(
        (
            f"curl '{at.scheme}://{at.netloc}/api/chart/{chart}.csv'",
            f"hypecurve ask {_EXAMPLE} --chart {chart} --format parquet > {chart}.parquet",
            f"hypecurve ask {_EXAMPLE} --help    # its controls",
            "hypecurve export site/    # all pages with their rows, for a static host",
        )
    )


def _row_links(chart: str) -> str:
    links = (_link(f"/api/chart/{chart}.{kind}", _NAMES.get(kind, kind.upper())) for kind in RowFormat)
    return " · ".join(links)


def _link(address: str, text: str = "") -> str:
    return f"[{text or frame.plain(address)}]({address})"
