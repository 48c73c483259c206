"""One journey through the dashboard in a real Chromium, with screenshots kept in .ci/out/screenshots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from charts.parts import theme
from pages.registry import PAGES, PageEntry
from questions.registry import question_named
from tests.browser.conftest import WAIT, Dashboard, press
from tests.homes.small_home import fill
from tests.places import ROOT

pytestmark = pytest.mark.browser

SCREENSHOTS = ROOT / ".ci" / "out" / "screenshots"
STREAMLITS_OWN = ("/_stcore/host-config", "/_stcore/health")
"""Each deep link asks for these below its own path, gets 404, and asks again at the root."""

WIDE, NARROW = 1400, 390


class Visit:
    """A page of a browser that notes what its console complains of and where its requests go."""

    def __init__(self, browser: Browser, dashboard: Dashboard, width: int, scheme: str) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 1000}, color_scheme=scheme, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.address = dashboard.address
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._note_request(request.url))

    def open(self, path: str) -> Page:
        """Go to a path and wait until the page is drawn."""
        self.page.goto(f"{self.address}/{path}")
        expect(self.page.locator("h1")).to_be_visible()
        settled(self.page)
        return self.page

    def _note(self, message: ConsoleMessage) -> None:
        url = str(message.location.get("url", ""))
        if message.type == "error" and not url.endswith(STREAMLITS_OWN):
            self.complaints.append(f"{message.text} ({url})")

    def _note_request(self, url: str) -> None:
        if url.startswith("http") and not url.startswith(self.address):
            self.elsewhere.append(url)


@pytest.fixture
def visit(browser: Browser, dashboard: Dashboard) -> Iterator[Visit]:
    """A visit on a wide, light screen; its console must stay silent, and it must ask no other host."""
    opened = Visit(browser, dashboard, WIDE, "light")
    yield opened
    opened.context.close()
    assert opened.complaints == []
    assert opened.elsewhere == []


def heading(entry: PageEntry) -> str:
    """What stands above a page: the title of its question, or its own where it answers none."""
    return question_named(entry.question).title if entry.answers else entry.title


QUIET: Final = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const isQuiet = app?.dataset.testScriptState === "notRunning"
        && !document.querySelector('[data-testid="stSkeleton"], .st-key-unseen-rest');
    window.quietSince = isQuiet ? window.quietSince ?? performance.now() : null;
    return isQuiet && performance.now() - window.quietSince > 400;
}"""
"""Whether nothing has run for a while: what a click begins has not begun yet when the click is done."""


def settled(page: Page) -> None:
    """Wait until the script has run to its end and nothing is a placeholder any more."""
    page.evaluate("window.quietSince = null")
    page.wait_for_function(QUIET, timeout=WAIT)


def keep(page: Page, name: str) -> None:
    """Keep a screenshot of the whole page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    width = page.viewport_size["width"] if page.viewport_size else WIDE
    page.set_viewport_size({"width": width, "height": max(1000, int(height))})
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.mark.parametrize("entry", PAGES[1:], ids=lambda entry: entry.address)
def test_a_deep_link_works_as_the_very_first_visit(visit: Visit, entry) -> None:
    """A link to any page opens it with our navigation, though the visitor has never seen the first page."""
    page = visit.open(entry.address)
    expect(page.locator("h1")).to_have_text(heading(entry))
    links = page.get_by_test_id("stSidebarNav").get_by_role("link")
    expect(links).to_contain_text([listed.title for listed in PAGES])
    keep(page, entry.address)


def test_every_page_opens_from_the_navigation(visit: Visit) -> None:
    """From the overview each page is one click away and draws without an error box."""
    page = visit.open("")
    keep(page, "overview")
    for entry in PAGES[1:]:
        page.get_by_test_id("stSidebarNav").get_by_role("link", name=entry.title, exact=True).click()
        expect(page.locator("h1")).to_have_text(heading(entry))
        settled(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)


def test_only_the_operator_is_offered_to_run_a_source(visit: Visit) -> None:
    """Whoever sits at the machine sees the buttons; who came by another name of it reads and may sign in."""
    run = visit.open("data").get_by_role("button", name="Run now")
    expect(run).to_be_visible()
    visit.address = visit.address.replace("127.0.0.1", "reader.localhost")
    page = visit.open("data")
    expect(page.get_by_role("link", name="sign in")).to_be_visible()
    expect(run).to_have_count(0)


def test_moving_the_slider_moves_the_front_and_the_address(visit: Visit) -> None:
    """The slider takes the front to an earlier day: first line and address say which."""
    page = visit.open("capability")
    before = page.locator(".st-key-answer").inner_text()
    thumb = page.get_by_role("slider").first
    thumb.focus()
    for _ in range(40):
        thumb.press("PageDown")
    thumb.blur()
    expect(page.locator(".st-key-answer")).not_to_have_text(before)
    settled(page)
    chosen = parse_qs(urlsplit(page.url).query)["front_on"][0]
    assert chosen.split("-")[0] in page.locator(".st-key-answer").inner_text()


def test_a_click_on_a_mark_leads_to_the_address_it_came_from(visit: Visit) -> None:
    """Clicking a mark shows where its score was read: the page cited, the payload, and its hash."""
    page = visit.open("capability")
    chart = page.locator(".js-plotly-plot").first  # another below it shows the same through time
    mark = chart.locator(".scatterlayer .points path.point").last
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    cited = page.get_by_role("link", name="page cited").first
    expect(cited).to_be_visible()
    settled(page)
    chosen = parse_qs(urlsplit(page.url).query)["model"][0]
    expect(cited).to_have_attribute("href", f"https://scores.example/{chosen}")
    payload = page.get_by_role("link", name="payload", exact=True).first
    expect(payload).to_have_attribute("href", "https://scores.example/benchmark_data.zip")
    expect(page.get_by_text("a" * 64)).to_be_visible()
    keep(page, "capability-chosen-mark")


def test_the_link_below_a_chart_shows_the_same_view_again(visit: Visit) -> None:
    """The link writes out every control, and whoever opens it sees the same first line."""
    page = visit.open("capability?front_on=2025-03-01&cost=output+list+price&log_cost=false&model=o1")
    first_line = page.locator(".st-key-answer").inner_text()
    code = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first
    link = press(page.get_by_role("button", name="Link").first, code).inner_text().strip()
    parameters = parse_qs(urlsplit(link).query)
    assert set(parameters) == {"as_of", "benchmark", "cost", "front_on", "log_cost", "model"}
    page.goto(link)
    expect(page.locator(".st-key-answer")).to_have_text(first_line)


@pytest.mark.parametrize("kind", ["csv", "parquet", "json"])
def test_a_download_and_its_route_give_the_same_bytes(visit: Visit, kind: str) -> None:
    """What the button saves is what a program gets from the address with the same parameters."""
    page = visit.open("capability?front_on=2025-03-01&log_cost=false")
    settled(page)
    saving = page.get_by_test_id("stPopoverBody").get_by_test_id("stDownloadButton")
    button = saving.filter(has_text=re.compile(kind, re.IGNORECASE)).get_by_role("button")
    opener = page.get_by_test_id("stPopover").filter(has_text="Download").first.get_by_role("button")
    press(opener, button)
    with page.expect_download(timeout=WAIT) as saved:
        button.click()
    route = f"{visit.address}/api/chart/score-against-cost.{kind}?front_on=2025-03-01&log_cost=false"
    with urlopen(route, timeout=30) as answer:
        assert Path(saved.value.path()).read_bytes() == answer.read()


def test_a_chart_that_comes_into_sight_leaves_what_is_open_open(visit: Visit) -> None:
    """Scrolling down with a download open draws the next chart, and shuts nothing."""
    visit.page.set_viewport_size({"width": WIDE, "height": 500})
    page = visit.open("capability")
    settled(page)
    opener = page.get_by_test_id("stPopover").filter(has_text="Download").first.get_by_role("button")
    saving = press(opener, page.get_by_test_id("stPopoverBody"))
    settled(page)
    charts = page.locator(".js-plotly-plot")
    before = charts.count()
    page.locator('[class*="st-key-unseen-"]').first.evaluate("place => place.scrollIntoView()")
    expect(charts).not_to_have_count(before)
    expect(saving).to_be_attached()


def test_what_an_address_cannot_ask_for_is_said_on_the_page(visit: Visit) -> None:
    """The page of the default opens, and says what was wrong and what can be used."""
    page = visit.open("capability?cost=free&as_of=2031-01-01&colour=red")
    told = page.get_by_test_id("stAlert")
    expect(told).to_have_count(3)
    words = " ".join(told.all_inner_texts())
    for said in ("cost-per-task", "2020-01-01", "colour"):
        assert said in words


def test_a_page_that_is_not_there_is_not_found(dashboard: Dashboard) -> None:
    """Unknown addresses answer 404, for people and for machines."""
    for path in ("nowhere", "api/nowhere", "embed/nowhere"):
        with pytest.raises(HTTPError) as error:
            urlopen(f"{dashboard.address}/{path}", timeout=30)
        assert error.value.code == 404


def test_a_new_snapshot_appears_on_an_open_page(visit: Visit, dashboard: Dashboard) -> None:
    """While a page is open another process publishes; the page shows it without a restart or a reload."""
    page = visit.open("data")
    shown = page.get_by_test_id("stSidebar").get_by_text("Data published")
    before = shown.inner_text()
    published = fill(dashboard.home, with_rows=False)
    assert f"no. {int(published.id)}" not in before
    expect(shown).to_contain_text(f"(no. {int(published.id)})")


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.address)
def test_pages_fit_a_telephone_in_the_dark(browser: Browser, dashboard: Dashboard, entry) -> None:
    """At 390 pixels nothing sticks out, and charts stand on the dark ground."""
    visit = Visit(browser, dashboard, NARROW, "dark")
    page = visit.open("" if entry is PAGES[0] else entry.address)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    for chart in page.locator(".js-plotly-plot").all():
        background = chart.locator(".main-svg").first.evaluate("svg => getComputedStyle(svg).backgroundColor")
        red, green, blue = (int(theme.paper(theme.Mode.DARK)[start : start + 2], 16) for start in (1, 3, 5))
        assert background == f"rgb({red}, {green}, {blue})"
    keep(page, f"{entry.address}-narrow-dark")
    visit.context.close()
    assert visit.complaints == []
