"""Change logs of makers: dated headings, entries, and the models that they name."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.errors import ParseError
from ingest.formats.changelog import (
    api_names,
    changelog_table,
    html_changelog,
    markdown_changelog,
    read_day,
)
from ingest.formats.changelog_headings import meaning_of

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


@pytest.mark.parametrize(
    "heading",
    [
        "1.2.0 (2026-05-04)",
        "[1.2.0](https://example.org/compare/v1.1.0...v1.2.0) (2026-05-04)",
        "[1.2.0] - 2026-05-04",
        "[1.2.0](https://example.org/c) - 2026-05-04",
        "v1.2.0 — May 4, 2026",
        "1.2.0 - 4 May 2026",
        "1.2.0 / 2026-05-04",
        "1.2.0, 2026-05-04",
        "1.2.0: 2026-05-04",
        "[1.2.0] 2026-05-04",
        "2026-05-04 - 1.2.0",
        "2026-05-04, Version 1.2.0 (Current), @maker",
        "May 4, 2026 (v1.2.0)",
        "Version 1.2.0 (May 4th, 2026)",
        "Release 1.2.0 on 2026-05-04",
        "package-name-v1.2.0 (2026-05-04)",
        "@scope/package@1.2.0 (2026-05-04)",
        "1.2.0-beta.1+build.5 (2026-05-04)",
        "[1.2.0] - 2026-05-04 [YANKED]",
        "1.2.0 (04.05.2026)",
        "1.2.0 (2026年5月4日)",
    ],
)
def test_headings_of_versions_with_a_day(heading: str) -> None:
    """The forms of release-please, keep-a-changelog and those who write by hand."""
    rows = markdown_changelog(f"# Changelog\n\n## {heading}\n\n* first\n", URL)
    assert rows.select("valid_on", "kind", "excerpt").rows() == [("2026-05-04", "software", "first")]


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("2026-03-04", "2026-03-04"),
        ("02.03.2026", "2026-03-02"),
        ("2026/3/4", "2026-03-04"),
        ("March 4, 2026 - New models", "2026-03-04"),
        ("2026-03-04: Claude Opus 4.6", "2026-03-04"),
        ("4. März 2026", "2026-03-04"),
        ("May 2026", "2026-05"),
        ("Q2 2026", "2026Q2"),
    ],
)
def test_headings_of_days_and_months(heading: str, day: str) -> None:
    """Whole days in any unambiguous writing; a month keeps its precision; a model's number is no version."""
    rows = markdown_changelog(f"## {heading}\n\n- out\n", URL)
    assert rows.select("valid_on", "kind").rows() == [(day, "changelog")]


@pytest.mark.parametrize(
    "heading", ["Unreleased", "Added", "What is new in 2026", "1", "GPT-5.5", "Chapter 3.4 ends"]
)
def test_other_headings_mean_nothing(heading: str) -> None:
    """Neither a date nor a version."""
    assert meaning_of(heading).is_none


def test_entries_below_sub_headings_belong_to_what_is_above() -> None:
    """To the version or the day; what stands below "Removed" and names a model is a shutdown."""
    text = """# Notes

## [1.2.0] - 2026-05-04

### Added

- New models `claude-opus-9` and `claude-haiku-9`

### Removed

- `claude-3-opus-20240229`

## [1.1.0] - 2026-04-04

### Fixed

- a bug

## 2026-03-04

### New models

- `gpt-9` is out

## Unreleased

- not yet
"""
    rows = markdown_changelog(text, URL)
    assert rows.select("valid_on", "model_name", "kind").rows() == [
        ("2026-05-04", "claude-opus-9", "software"),
        ("2026-05-04", "claude-haiku-9", "software"),
        ("2026-05-04", "claude-3-opus-20240229", "shutdown"),
        ("2026-04-04", None, "software"),
        ("2026-03-04", "gpt-9", "changelog"),
    ]
    assert rows["excerpt"].to_list()[3] == "a bug"


def test_days_below_a_year() -> None:
    """A year, then its days or months, then entries."""
    rows = markdown_changelog("# 2026\n\n## March 4\n\n- a\n\n## 2 March\n\n- b\n\n## January\n\n- c\n", URL)
    assert rows["valid_on"].to_list() == ["2026-03-04", "2026-03-02", "2026-01"]


def test_a_day_in_the_first_line_below_a_version() -> None:
    """ "Released on May 4, 2026" is the version's day."""
    rows = markdown_changelog(
        "## 1.2.0\n\n_Released on May 4, 2026_\n\n- a\n\n## 1.1.0\n\n*2026-04-02*\n\n- b\n", URL
    )
    assert rows["valid_on"].to_list() == ["2026-05-04", "2026-04-02"]


def test_a_heading_that_may_be_two_days_is_told() -> None:
    """Its entries are left out until the form says which order is meant."""
    text = "## 2026-05-04\n\n- a\n\n## 06/05/2026\n\n- b\n"
    table = changelog_table(text, URL, "markdown")
    assert table.frame["valid_on"].to_list() == ["2026-05-04"]
    assert [unfit.line for unfit in table.unfit] == ["06/05/2026"]
    assert changelog_table(text, URL, "markdown", "mdy").frame["valid_on"].to_list() == [
        "2026-05-04",
        "2026-06-05",
    ]


def test_the_message_names_the_headings_that_were_found() -> None:
    """So that a reader sees at once what the text is."""
    with pytest.raises(ParseError, match=r"its headings are 'Notes', 'Intro', 'Usage'"):
        markdown_changelog("# Notes\n\n## Intro\n\n- a\n\n## Usage\n\n- b\n", URL)
    with pytest.raises(ParseError, match="no headings at all"):
        markdown_changelog("- a\n", URL)


RST = """
Changelog
=========

1.2.0 (2026-05-04)
------------------

Added
~~~~~

- New model ``claude-opus-9``
- something

May 4, 2025
-----------

Words.

.. include:: /etc/hostname
.. raw:: html

   <b>x</b>
"""
ASCIIDOC = """= Changelog

:toc:

== 1.2.0 (2026-05-04)

=== Added

* New model `claude-opus-9`
* something

== May 4, 2025

See link:https://example.org[Words].
"""


@pytest.mark.parametrize(("markup", "text"), [("rst", RST), ("asciidoc", ASCIIDOC)])
def test_other_markups_give_the_same_rows(markup: str, text: str) -> None:
    """reStructuredText and AsciiDoc; nothing that a text names is included."""
    rows = changelog_table(text, URL, markup).frame
    assert rows.select("valid_on", "model_name").rows() == [
        ("2026-05-04", "claude-opus-9"),
        ("2025-05-04", None),
    ]
    assert "Words." in str(rows["excerpt"][1])


def test_a_web_page_may_wrap_its_headings() -> None:
    """Sub-headings, wrappers and navigation do not come between a day and its entries."""
    page = b"""<html><body><nav><ul><li>Home</li></ul></nav><main>
    <div class="row"><h2>May 4, 2026</h2></div><h3>Models</h3>
    <div><ul><li><code>gpt-9</code> is out</li></ul></div>
    <div class="row"><h2>May 1, 2026</h2></div><p>Faster.</p></main>
    <footer><p>Imprint</p></footer></body></html>"""
    rows = html_changelog(page, "https://example.org/changelog")
    assert rows.select("valid_on", "title").rows() == [
        ("2026-05-04", "gpt-9 is out"),
        ("2026-05-01", "Faster."),
    ]


XAI_FORM = """# Release Notes

## February

### [Quokka 5 is live](/quokka-5)

Quokka 5 is served as `grok-9`. It reads more.

### Batches

* **Files.** Batches may hold files.
* **Limits.** They are higher.

## January

### Weights of Quokka 4

## December 2025

- `grok-7` is retired; use `grok-8` instead.
"""


def test_a_sub_heading_that_sorts_nothing_is_the_title_of_an_entry() -> None:
    """Its text is the excerpt, it leads there, and points below it stay entries of their own."""
    rows = changelog_table(XAI_FORM, URL, "markdown", as_of=date(2026, 2, 20)).frame
    assert rows.select("title", "model_name", "valid_on").rows() == [
        ("Quokka 5 is live", "grok-9", "2026-02"),
        ("Files. Batches may hold files.", None, "2026-02"),
        ("Limits. They are higher.", None, "2026-02"),
        ("Weights of Quokka 4", None, "2026-01"),
        ("grok-7 is retired; use grok-8 instead.", "grok-7", "2025-12"),
        ("grok-7 is retired; use grok-8 instead.", "grok-8", "2025-12"),
    ]
    assert rows["url"][0].endswith("#quokka-5-is-live")
    assert rows["excerpt"][0] == "Quokka 5 is served as grok-9. It reads more."


def test_what_takes_the_place_of_a_model_does_not_go_with_it() -> None:
    """Of two models in one notice the one that is to be used stays."""
    rows = changelog_table(XAI_FORM, URL, "markdown", as_of=date(2026, 2, 20)).frame
    assert rows.filter(model_name="grok-7")["kind"].to_list() == ["shutdown"]
    assert rows.filter(model_name="grok-8")["kind"].to_list() == ["changelog"]


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        ("`gpt-7` and `gpt-7-mini` are retired", ["gpt-7", "gpt-7-mini"]),
        ("`gpt-7` is retired, migrate to `gpt-8`", ["gpt-7"]),
        ("`gpt-7` was deprecated in favor of `gpt-8`", ["gpt-7"]),
        ("Requests to `gpt-7`, now retired, are redirected to `gpt-8`", ["gpt-7"]),
    ],
)
def test_only_those_that_go_are_shut_down(text: str, goes: list[str]) -> None:
    """Words before a name say that it takes the other's place."""
    rows = markdown_changelog(f"# Notes\n\n## 2026-05-04\n\n- {text}.\n", URL)
    assert rows.filter(kind="shutdown")["model_name"].to_list() == goes


@pytest.mark.parametrize(
    ("headings", "months"),
    [
        (["March", "January", "December 2025"], ["2026-03", "2026-01", "2025-12"]),
        (["March", "March", "December 2025"], ["2026-03", "2025-12"]),
        (["August", "July"], []),
        (["May 2025", "June"], ["2025-05"]),
        (["September", "December 2025"], ["2025-12"]),
    ],
)
def test_a_month_without_a_year_is_told_by_those_below_it_or_not_at_all(
    headings: list[str], months: list[str]
) -> None:
    """Upwards the months go on; none lies ahead of the day on which it was served, and none is guessed."""
    text = "\n\n".join(f"## {heading}\n\n- Something {at}" for at, heading in enumerate(headings))
    try:
        table = changelog_table(text, URL, "markdown", as_of=date(2026, 4, 1))
    except ParseError:
        assert months == []
        return
    assert table.frame["valid_on"].to_list() == months
    assert len(table.unfit) == len(headings) - len(months)


def test_a_name_ends_before_the_full_stop() -> None:
    """`gpt-5.5.` at the end of a sentence is gpt-5.5, once."""
    rows = markdown_changelog(
        "# C\n\n## 1.2.0 (2026-05-04)\n\n- Support for claude-opus-9 and gpt-5.5.\n", URL
    )
    assert rows["model_name"].to_list() == ["claude-opus-9", "gpt-5.5"]


def test_a_quarter_as_a_heading_stays_a_quarter() -> None:
    """Its entries are dated to the quarter."""
    assert markdown_changelog("# C\n\n## Q2 2026\n\n- x\n", URL)["valid_on"].to_list() == ["2026Q2"]


BOLD = "# Changelog\n\nAll that changed.\n\n{}\n\n- Launched `gpt-9`.\n- A tool.\n\n{}\n\nRetired `gpt-7`.\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("**2026-03-01**", "**2026-02-11**"),
        ("__March 1, 2026__", "__February 11, 2026__"),
        ("*1 March 2026*", "*11 February 2026*"),
        ("**2026-03-01:**", "**2026-02-11**:"),
    ],
)
def test_a_date_in_bold_alone_in_its_line_is_a_heading(first: str, second: str) -> None:
    """Each point and paragraph below it is an entry of that day."""
    rows = markdown_changelog(BOLD.format(first, second), URL)
    assert rows["valid_on"].to_list() == ["2026-03-01", "2026-03-01", "2026-02-11"]
    assert rows["model_name"].to_list() == ["gpt-9", None, "gpt-7"]
    assert rows["kind"].to_list() == ["changelog", "changelog", "shutdown"]


def test_a_date_in_bold_may_stand_below_a_month_and_above_sub_headings() -> None:
    """And the text may follow in the next line of its paragraph."""
    text = (
        "## March 2026\n\n**March 9**\nLaunched `gpt-9`.\n\n**March 2**\n\n### Removed\n\n- `gpt-7`\n\n"
        "## February 2026\n\n**February 3**\n\n- Launched `gpt-8`.\n"
    )
    rows = markdown_changelog(text, URL)
    assert rows.select("valid_on", "model_name", "kind").rows() == [
        ("2026-03-09", "gpt-9", "changelog"),
        ("2026-03-02", "gpt-7", "shutdown"),
        ("2026-02-03", "gpt-8", "changelog"),
    ]


def test_a_date_in_bold_below_a_day_or_a_version_is_text() -> None:
    """There it says when something will be, or when the version came."""
    rows = markdown_changelog(
        "## 2026-03-01\n\nShuts down on\n\n**2026-06-01**\n\n- `gpt-7` is retired.\n\n"
        "## 2.0\n\n*May 4, 2026*\n\n- A\n",
        URL,
    )
    assert set(rows["valid_on"]) == {"2026-03-01", "2026-05-04"}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "html",
            "<h1>Log</h1><p><strong>2026-03-01</strong></p><ul><li>Launched <code>gpt-9</code></li></ul>",
        ),
        ("rst", "Log\n===\n\n**2026-03-01**\n\n- Launched ``gpt-9``\n"),
        ("asciidoc", "= Log\n\n*2026-03-01*\n\n* Launched `gpt-9`\n"),
    ],
)
def test_dates_in_bold_are_read_in_every_markup(markup: str, text: str) -> None:
    """As Markdown's are."""
    rows = changelog_table(text, URL, markup).frame
    assert rows.select("valid_on", "model_name").rows() == [("2026-03-01", "gpt-9")]


def test_a_change_log_of_one_version_below_a_title_is_one() -> None:
    """The first release: reStructuredText would make a sub-title of the only section."""
    rows = changelog_table("Log\n===\n\n1.0.0 (2026-05-04)\n------------------\n\n- New\n", URL, "rst").frame
    assert rows.select("title", "valid_on").rows() == [("1.0.0 (2026-05-04)", "2026-05-04")]


def test_a_date_in_bold_may_have_its_colon_behind_it() -> None:
    """On a web page as in Markdown."""
    page = b"<html><body><h1>Log</h1><p><b>2026-03-01</b>:</p><ul><li>Launched</li></ul></body></html>"
    assert html_changelog(page, URL)["valid_on"].to_list() == ["2026-03-01"]
