"""The frontier through time in a real Chromium: without the server, by keyboard, without motion."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WAIT, Dashboard
from tests.browser.test_journey import settled

pytestmark = pytest.mark.browser

NAME = "frontier-through-time"
PLOT = f"""[...document.querySelectorAll(".js-plotly-plot")]
  .find((one) => one.layout.meta.name === "{NAME}")"""
DRAWN = f"() => ({PLOT}).data[2].x.filter((cost) => cost !== null).length"
AXES = f"""() => {{
  const {{ xaxis, yaxis }} = ({PLOT})._fullLayout;
  return [...xaxis.range, ...yaxis.range].map((end) => end.toFixed(4));
}}"""


def opened(browser: Browser, address: str, motion: str) -> Page:
    """The page in a window of its own, its film drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 1600}, reduced_motion=motion)
    page.goto(address)
    page.locator(f".film, .st-key-unseen-{NAME}").first.scroll_into_view_if_needed(timeout=WAIT)
    expect(page.locator(".film")).to_be_visible()
    page.wait_for_function(f"document.querySelector('.film input') && ({DRAWN})() > 0", timeout=WAIT)
    return page


def test_the_film_plays_on_its_page_without_the_server(browser: Browser, dashboard: Dashboard) -> None:
    """From the first month to the last in about twelve seconds, on axes that stay; no request is made."""
    page = opened(browser, f"{dashboard.address}/capability", "no-preference")
    settled(page)
    axes, asked, sent = page.evaluate(AXES), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: sent.append(socket.url))
    slider, play = page.locator(".film input"), page.locator(".film [data-film=play]")
    last = slider.get_attribute("max")
    page.evaluate(
        """() => { window.began = performance.now(); new MutationObserver(() => {
          if (document.querySelector(".film [data-film=play]").textContent === "Play")
            window.took ??= performance.now() - window.began;
        }).observe(document.querySelector(".film [data-film=play]"), { childList: true }); }"""
    )
    play.focus()
    page.keyboard.press("Enter")
    expect(play).to_have_text("Pause")
    assert page.evaluate(DRAWN) == 1  # in March 2023 there was one model
    page.wait_for_function("window.took !== undefined", timeout=WAIT)
    expect(slider).to_have_value(last)
    assert 10_500 < page.evaluate("window.took") < 16_000
    assert page.evaluate(DRAWN) == 7
    assert page.evaluate(AXES) == axes
    assert (asked, sent) == ([], [])
    page.close()


def test_a_link_leads_to_a_moment_and_keys_move_it_without_motion(
    browser: Browser, dashboard: Dashboard
) -> None:
    """Embedded, where a reader wants no motion: no Play, but steps, slider, and the line of words."""
    page = opened(browser, f"{dashboard.address}/embed/{NAME}#{NAME}=2024-06", "reduce")
    says, month = page.locator(".film-says"), page.locator(".film-month")
    expect(month).to_have_text("June 2024")
    expect(says).to_contain_text("Claude 3.5 Sonnet")
    assert page.evaluate(DRAWN) == 4
    expect(page.locator(".film [data-film=play]")).to_be_hidden()
    page.locator(".film input").focus()
    page.keyboard.press("ArrowLeft")
    expect(month).to_have_text("May 2024")
    page.get_by_role("button", name="One month on").press("Enter")
    expect(month).to_have_text("June 2024")
    page.get_by_label("Go to a large release").select_option(label="August 2025: GPT-5")
    expect(says).to_contain_text("GPT-5")
    assert page.locator(".film [data-film=link]").get_attribute("href") == f"#{NAME}=2025-08"
    page.close()
