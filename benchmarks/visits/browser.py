"""Visits in a real Chromium, and when each shows what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks.visits.socket import figure_bytes
from tests.install_browser import ADVICE, chromium

WAIT: Final = 120_000
VIEW: Final = {"width": 1280, "height": 900}
_WATCH: Final = Path(__file__).with_name("watch.js")
_NONE_IN_SIGHT: Final = """[...document.querySelectorAll('[class*="st-key-unseen-"]')].every((one) => {
    const { bottom, top } = one.getBoundingClientRect();
    return bottom < 0 || top > innerHeight || one.closest("details:not([open])") !== null;
})"""
_SEEN: Final = "try { localStorage.setItem('hypecurve-tour', 'seen') } catch {}"


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds to the first line, the first chart (None where there is none) and the whole."""

    line: float | None
    chart: float | None
    whole: float


class Visit:
    """One visitor with nothing in the cache."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(viewport=VIEW, reduced_motion="reduce")
        self._context.add_init_script(_SEEN)
        self._context.add_init_script(path=_WATCH)
        self.page: Page = self._context.new_page()
        self.figure_bytes = 0
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def open(self, url: str) -> Times:
        """Open an address as the very first thing."""
        self.page.goto(url, wait_until="commit")
        return self.times()

    def move(self, title: str) -> Times:
        """Go to a page by its name in the navigation."""
        link = self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True)
        return self._press(lambda: link.click(timeout=WAIT))

    def switch(self, selector: str) -> Times:
        """Press what matches first."""
        return self._press(lambda: self.page.locator(selector).first.click(timeout=WAIT))

    def choose(self, label: str, place: int) -> Times:
        """Take the option at a place of a list; the time counts from that click, not from the opening."""
        self.page.get_by_test_id("stMain").get_by_role("combobox", name=label).first.click(timeout=WAIT)
        option = self.page.get_by_role("option").nth(place)
        option.wait_for(timeout=WAIT)
        return self._press(lambda: option.click(timeout=WAIT))

    def read_to_the_end(self) -> None:
        """Scroll through all of the page, so that all is drawn that is drawn when seen."""
        main = "document.querySelector('[data-testid=stMain]')"
        place = 0
        while place < self.page.evaluate(f"{main}.scrollHeight"):
            self.page.evaluate(f"{main}.scrollTo(0, {place})")
            self.page.wait_for_timeout(150)
            self.page.wait_for_function(
                _NONE_IN_SIGHT,
                timeout=WAIT,
            )
            place += VIEW["height"]

    def times(self) -> Times:
        """Wait until the page is whole."""
        found = self.page.wait_for_function("window.watched?.times()", timeout=WAIT).json_value()
        return Times(found["line"], found["chart"], found["whole"])

    def close(self) -> None:
        """Go away."""
        self._context.close()

    def _press(self, act: object) -> Times:
        self.page.evaluate("watched.press()")
        assert callable(act)
        act()
        return self.times()

    def _count(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self.figure_bytes += figure_bytes(frame)


@contextmanager
def visiting(browser: Browser) -> Iterator[Visit]:
    """A visitor who goes away again."""
    visit = Visit(browser)
    try:
        yield visit
    finally:
        visit.close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """A Chromium without a window. Raises SystemExit with advice where there is none."""
    executable = chromium()
    if executable is None:
        raise SystemExit(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


def among(browser: Browser, url: str, others: Callable[[], None], count: int) -> float:
    """Milliseconds until a visitor sees the whole while so many others come at the same time."""
    with ThreadPoolExecutor(max_workers=count) as crowd, visiting(browser) as reader:
        came = [crowd.submit(others) for _ in range(count)]
        whole = reader.open(url).whole
        for one in came:
            one.result()
    return whole


def at_once(browser: Browser, urls: list[str]) -> list[float]:
    """Visitors who open their addresses at the same time: milliseconds until each sees the whole."""
    visits = [Visit(browser) for _ in urls]
    try:
        for visit, url in zip(visits, urls, strict=True):
            visit.page.goto(url, wait_until="commit")
        return [visit.times().whole for visit in visits]
    except Error as error:
        raise RuntimeError(f"a visitor of many saw nothing: {error}") from error
    finally:
        for visit in visits:
            visit.close()
