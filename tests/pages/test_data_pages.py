"""The pages of the section Data that answer no question: they list all that there is."""

from __future__ import annotations

import re

from pages.registry import PAGES, sections
from pages.shared.how_we_know import METHODS, by_section, method_text, methods
from pages.shared.ways_out import addresses, in_navigation, of_question
from questions.registry import all_questions


def test_every_method_is_listed_with_pages_that_there_are() -> None:
    """docs/methods.md names each file of docs/methods once, and the page where it counts by its title."""
    listed = methods()
    assert sorted(method.name for method in listed) == sorted(file.stem for file in METHODS.glob("*.md"))
    titles = {page.title for page in PAGES}
    assert {method.name for method in listed if not titles.intersection(method.pages)} == {"two_times"}


def test_every_method_is_listed_by_the_question_that_it_answers() -> None:
    """It stands behind the name of a page, and readers look for a question, not for the name of a method."""
    assert [method.question for method in methods() if not method.question.endswith("?")] == []


def test_methods_stand_under_the_headings_of_the_navigation() -> None:
    """In its order, each once, where the page stands that it counts on."""
    found = by_section(methods())
    assert list(found) == [section for section in sections() if section]
    assert sorted(one.name for part in found.values() for one in part) == sorted(
        one.name for one in methods()
    )
    of = {one.name: section for section, part in found.items() for one in part}
    assert (of["frontier"], of["price_history"], of["two_times"]) == ("Capability", "Price", "Data")


def test_a_link_between_methods_leads_to_the_page() -> None:
    """Relative links of the files would lead nowhere in the dashboard."""
    told = "\n".join(method_text(method.name) for method in methods())
    names = {method.name for method in methods()}
    assert not re.search(r"\]\([^)]*\.md\)", told)
    assert set(re.findall(r"\]\(/methods\?method=(\w+)\)", told)) <= names


def test_every_chart_can_be_taken_away() -> None:
    """Each chart of each question is linked as CSV, JSON, Parquet and alone."""
    told = addresses() + "".join(of_question(question) for question in all_questions().values())
    for question in all_questions().values():
        for chart in question.charts:
            for address in (f"/api/chart/{chart}.{kind}" for kind in ("csv", "json", "parquet")):
                assert f"({address})" in told
            assert f"(/embed/{chart})" in told


def test_what_can_be_taken_away_is_listed_as_in_the_navigation() -> None:
    """Every question, by the name and in the place that its page has there."""
    listed = in_navigation()
    assert [title for title, _ in listed] == [page.title for page in PAGES if page.answers]
    assert {question.name for _, question in listed} == set(all_questions())


def test_the_film_shows_the_frontier_as_pages_call_it() -> None:
    """One word for one thing: what leads is the frontier on every page."""
    assert "the frontier through time as GIF" in addresses()
