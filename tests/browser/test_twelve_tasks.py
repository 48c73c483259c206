"""The twelve everyday tasks, each in at most three clicks from Overview, on a wide screen and a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import WAIT, Dashboard, press, serving
from tests.browser.test_journey import settled
from tests.homes.bundled_home import bundled_whole

pytestmark = pytest.mark.browser

MOST_CLICKS: Final = 3
WIDE, NARROW = (1280, 900), (390, 844)


@dataclass
class Reader:
    """Somebody who starts at Overview and may only click what is seen, and type; every click is counted."""

    page: Page
    address: str
    clicks: int = 0

    def click(self, target: Locator) -> None:
        """One click, and wait for what it does."""
        target.click(timeout=WAIT)
        self.clicks += 1
        settled(self.page)

    def open(self, opener: Locator, opens: Locator) -> Locator:
        """One click that opens something on the page."""
        self.clicks += 1
        return press(opener, opens)

    def door(self, name: str) -> None:
        """A link on the page itself."""
        self.click(self.page.get_by_test_id("stMain").get_by_role("link", name=name))

    def go(self, title: str) -> None:
        """A page by its name in the navigation, which a telephone folds away."""
        self.unfold()
        self.click(self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True))

    def unfold(self) -> None:
        """Open the sidebar where it is closed."""
        opener = self.page.get_by_test_id("stExpandSidebarButton")
        if opener.is_visible():
            self.click(opener)

    def says(self, *patterns: str) -> None:
        """The page shown says all this."""
        for pattern in patterns:
            expect(self.page.get_by_test_id("stMain")).to_contain_text(re.compile(pattern))

    def asks(self, pattern: str) -> None:
        """The address asks for this."""
        expect(self.page).to_have_url(re.compile(pattern))


def best_under_a_dollar(reader: Reader) -> None:
    """The best models for at most $1 a million tokens."""
    reader.door("What can I get under $1?")
    reader.asks("price_cap=1")
    reader.says("Filters: ")


def price_of_gpt_4s_level(reader: Reader) -> None:
    """What GPT-4's level costs, and when that fell."""
    reader.door("What does GPT-4's level cost?")
    reader.says(r"times less than in \w+ \d{4}", r"How it fell.*From \d+ \w+ \d{4} to \d+ \w+ \d{4}")


def horizons(reader: Reader) -> None:
    """Whether the lengths of tasks that agents manage still double as fast."""
    reader.door("Is it slowing?")
    chooser = reader.page.get_by_test_id("stMain").get_by_role("combobox", name="Series")
    horizon = reader.page.get_by_role("option", name=re.compile("horizon", re.IGNORECASE))
    settled(reader.page)
    reader.click(reader.open(chooser, horizon))
    reader.says("doubl", "METR")
    reader.asks("series=time-horizon")


def this_week(reader: Reader) -> None:
    """What happened in the last seven days that have evidence."""
    reader.door("All that is new, by day")
    reader.says("the last seven days with evidence, ")


def three_side_by_side(reader: Reader) -> None:
    """Three models next to each other."""
    reader.door("The best of three makers, compared")
    reader.asks("(models=.*){3}")
    reader.says("scores? higher|level", "What they score", "What they cost")


def open_weights_only(reader: Reader) -> None:
    """Nothing but models with open weights."""
    reader.door("What can open models do?")
    reader.says("Filters: open weights")
    reader.asks("weights=open")


def csv_and_citation(reader: Reader) -> None:
    """The rows of a chart as a file, and the words to cite it."""
    settled(reader.page)
    opener = reader.page.get_by_role("button", name="Download").filter(has_text="Download").first
    opened = reader.open(opener, reader.page.get_by_test_id("stPopoverBody"))
    expect(opened).to_contain_text("Please cite")
    with reader.page.expect_download(timeout=WAIT) as saved:
        reader.click(opened.get_by_role("button", name="CSV", exact=True))
    assert "GPT-4" in Path(saved.value.path()).read_text(encoding="utf-8")


def same_link_elsewhere(reader: Reader) -> None:
    """The link of what is seen shows the same to somebody else."""
    reader.door("What can I get under $1?")
    reader.says("Filters: ")  # else the link would be that of the page that is left
    settled(reader.page)
    first_line = reader.page.locator(".st-key-answer").inner_text()
    opener = reader.page.get_by_role("button", name="Link").filter(has_text="Link").first
    code = reader.page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first
    link = reader.open(opener, code).inner_text().strip()
    browser = reader.page.context.browser
    assert browser is not None
    other = browser.new_page()
    other.goto(link)
    expect(other.locator(".st-key-answer")).to_have_text(first_line)
    other.close()


def first_of_december_2024(reader: Reader) -> None:
    """Overview as it would have looked on that day."""
    reader.unfold()
    day = reader.page.get_by_test_id("stDateInput")
    reader.click(day.get_by_role("spinbutton").first)
    reader.page.keyboard.type("20241201")
    reader.click(reader.page.get_by_role("button", name=re.compile("^Sunday, December 1, 2024")))
    expect(reader.page).to_have_url(re.compile("as_of=2024-12-01"))
    settled(reader.page)
    expect(reader.page.locator(".st-key-answer")).to_contain_text("2024")


def groq_and_cerebras(reader: Reader) -> None:
    """How fast both answer."""
    reader.go("Speed")
    reader.says(r"Cerebras.*times", "Groq")


def agents_and_computer_use(reader: Reader) -> None:
    """How far agents get at a computer."""
    reader.go("Agents")
    reader.says("OSWorld", "Computer use")


def notes_of_one_maker(reader: Reader) -> None:
    """What one maker wrote last."""
    reader.door("All that is new, by day")
    reader.click(reader.page.get_by_test_id("stMain").get_by_role("radio", name="Anthropic", exact=True))
    reader.says("Anthropic")
    reader.asks("maker=Anthropic")


TASKS: Final[tuple[Callable[[Reader], None], ...]] = (
    best_under_a_dollar,
    price_of_gpt_4s_level,
    horizons,
    this_week,
    three_side_by_side,
    open_weights_only,
    csv_and_citation,
    same_link_elsewhere,
    first_of_december_2024,
    groq_and_cerebras,
    agents_and_computer_use,
    notes_of_one_maker,
)


@pytest.fixture(scope="module")
def bundled() -> Iterator[Dashboard]:
    """A dashboard on the bundled data, one for all tasks."""
    with serving(bundled_whole()) as dashboard:
        yield dashboard


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_a_task_takes_three_clicks_at_most(browser: Browser, bundled: Dashboard, task, size) -> None:
    """From Overview, by what is seen on the screen, the task ends where its answer stands."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(bundled.address)
    expect(page.locator("h1")).to_have_text("hypecurve")
    settled(page)
    reader = Reader(page, bundled.address)
    task(reader)
    assert 0 < reader.clicks <= MOST_CLICKS
    expect(page.get_by_test_id("stException")).to_have_count(0)
    context.close()
