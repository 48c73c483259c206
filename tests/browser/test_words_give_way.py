"""The first words of a page stand where Streamlit will draw them, and are gone once it has."""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Dashboard
from tests.browser.test_journey import NARROW, WIDE, Visit, settled

pytestmark = pytest.mark.browser

NEAR: Final = 4
"""Pixels that words may move when the page takes their place."""

NOTE: Final = """addEventListener("DOMContentLoaded", () => {
  const of = (name) => document.querySelector(`#first-words .${name}`);
  window.early = ["title", "badge", "line"].filter(of).map((name) => {
    const { x, y } = of(name).getBoundingClientRect();
    return { name, text: of(name).textContent, x, y };
  });
})"""
LATER: Final = """(name) => {
  const found = document.querySelector({
    title: "[data-testid=stMain] h1",
    badge: "[data-testid=stMain] .badge",
    line: ".st-key-answer [data-testid=stMarkdownContainer] p",
  }[name]);
  const { x, y } = found.getBoundingClientRect();
  return { name, text: found.textContent.trim(), x, y };
}"""


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("path", ["", "capability", "compare?as_of=2025-06-01", "about"])
def test_the_first_words_give_way_to_the_page(
    browser: Browser, dashboard: Dashboard, path: str, width: int
) -> None:
    """Met twice at once by nobody, and not jumping."""
    visit = Visit(browser, dashboard, width, "light")
    visit.context.add_init_script(NOTE)
    for _ in range(2):  # on the first visit the answer may not be at hand yet
        visit.page.goto(f"{dashboard.address}/{path}")
        expect(visit.page.locator("[data-testid=stMain] h1")).to_be_visible()
        settled(visit.page)
    assert visit.page.locator("#first-words").count() == 0
    early: list[dict[str, Any]] = visit.page.evaluate("early")
    assert {one["name"] for one in early} == {
        "title",
        "line",
        *({"badge"} if not path else ()),
    }
    for one in early:
        later = visit.page.evaluate(LATER, one["name"])
        assert one["text"] == later["text"]
        assert (one["x"], one["y"]) == pytest.approx((later["x"], later["y"]), abs=NEAR)
    visit.context.close()
