"""Change logs of makers: dated headings, entries, and the models that they name."""

from __future__ import annotations

import pytest

from ingest.errors import ParseError
from ingest.formats.changelog import api_names, html_changelog, markdown_changelog, read_day

URL = "https://example.org/docs/changelog.md"


def test_each_bullet_under_a_dated_heading_is_an_entry() -> None:
    """One row per bullet, with the day, the anchor, and the model that it names in its API spelling."""
    text = (
        "# Notes\n\n### April 30, 2026\n- We've launched X (`claude-opus-9`), our best.\n  More.\n- A tool.\n"
    )
    rows = markdown_changelog(text, URL)
    assert rows["valid_on"].to_list() == ["2026-04-30", "2026-04-30"]
    assert rows["model_name"].to_list() == ["claude-opus-9", None]
    assert rows["url"][0] == "https://example.org/docs/changelog#april-30-2026"
    assert rows["title"][0] == "We've launched X (claude-opus-9), our best."


def test_day_lines_under_a_month_are_dates() -> None:
    """A line "Jun 24" under "June, 2026" is a day; names on their own lines are tags; days repeat."""
    lines = [
        "### June, 2026",
        "Jun 24",
        "Feature",
        "gpt-9",
        "v1/responses",
        "Released GPT-9.",
        "Jun 24",
        "A fix.",
    ]
    text = "\n\n".join(lines)
    rows = markdown_changelog(text, URL)
    assert rows["valid_on"].to_list() == ["2026-06-24", "2026-06-24"]
    assert rows["model_name"].to_list() == ["gpt-9", None]
    assert rows["title"].to_list() == ["Released GPT-9.", "A fix."]


def test_versions_are_software_and_may_lack_a_date() -> None:
    """A heading that is a version is one entry of software."""
    rows = markdown_changelog("# Changelog\n\n## 2.1.9\n\n- Fix\n\n## 2.1.8 - 2026-01-05\n\n- Faster\n", URL)
    assert rows["title"].to_list() == ["2.1.9", "2.1.8 - 2026-01-05"]
    assert rows["kind"].to_list() == ["software", "software"]
    assert rows["valid_on"].to_list() == [None, "2026-01-05"]


def test_an_entry_with_several_models_gives_a_row_for_each() -> None:
    """Rows of one entry differ in their id and model only; a retirement is a shutdown."""
    page = b"""<html><body><h2 id="11-04-2025">November 4, 2025</h2>
    <ul><li><p>The following models will be deprecated:</p><ul><li><code>gemini-0.5-pro</code></li>
    <li><code>gemini-0.5-flash</code></li></ul></li></ul>
    <h2>Other</h2><ul><li>no date</li></ul></body></html>"""
    rows = html_changelog(page, "https://example.org/changelog")
    assert rows["model_name"].to_list() == ["gemini-0.5-pro", "gemini-0.5-flash"]
    assert rows["entry_id"].n_unique() == 2
    assert rows["kind"].to_list() == ["shutdown", "shutdown"]
    assert rows["valid_on"].to_list() == ["2025-11-04", "2025-11-04"]
    assert rows["url"][0] == "https://example.org/changelog#11-04-2025"


def test_an_edited_link_or_later_sentence_keeps_the_entry() -> None:
    """The id of an entry rests on its day and the beginning of its text."""
    log = "### May 1, 2026\n- Released a model for hard problems, of long texts and speech, today. See {}\n"
    first = markdown_changelog(log.format("[notes](/a). One."), URL)
    later = markdown_changelog(log.format("[notes](/b). Two."), URL)
    assert first["entry_id"].to_list() == later["entry_id"].to_list()


@pytest.mark.parametrize("text", ["", "# Title\n\nwords\n", "<!doctype html><html></html>"])
def test_a_text_without_dates_is_an_error(text: str) -> None:
    """A text that is no change log is refused, not taken for an empty one."""
    with pytest.raises(ParseError):
        markdown_changelog(text, URL)


@pytest.mark.parametrize(
    ("written", "is_name"),
    [
        ("gpt-5.4-mini", True),
        ("claude-3-5-sonnet-20241022", True),
        ("o3", True),
        ("gemini-2.5-pro-preview-05-06", True),
        ("output-300k-2026-03-24", False),
        ("claude-code-20250219", False),
        ("max_tokens", False),
        ("v1/responses", False),
        ("gpt-latest", False),
    ],
)
def test_api_names_are_told_from_other_code(written: str, is_name: bool) -> None:
    """Parameters, paths and beta headers are not models."""
    assert bool(api_names([written])) is is_name


@pytest.mark.parametrize(
    "written", ["April 30, 2026", "Apr 30, 2026", "2026-04-30", "04-30-2026", "April 30th, 2026"]
)
def test_days_in_headings(written: str) -> None:
    """Makers write days in several ways."""
    day = read_day(written)
    assert day is not None
    assert day.isoformat() == "2026-04-30"
