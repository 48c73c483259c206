"""Charts and manners in a real Chromium: what holds on all pages, pictures, zoom, Back, the tour.

A few pages here; all of them, with real data, by `make look`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from charts.parts.theme import Mode
from faces.html import page_style
from faces.tiles import tiles_html
from questions.answer import Tile, Tiles
from tests.browser.conftest import WAIT, Dashboard, press
from tests.browser.looking import WIDTHS, Look, looks_at, measured
from tests.browser.test_journey import NARROW, WIDE, Visit, settled

pytestmark = pytest.mark.browser

FEW = ("", "capability")

SENTENCE = "<p>Each sentence of a page is met only once.</p>"
LABELS = """<div class="js-plotly-plot"><svg class="main-svg" width="300" height="60">
<g class="annotation"><text class="annotation-text" x="10" y="20">One label</text></g>
<g class="xtick"><text x="14" y="22">2024</text></g></svg></div>
<script>document.querySelector(".js-plotly-plot").layout = { meta: { name: "chart" } }</script>"""
FAULTY = {
    "labels": LABELS,
    "beyond": '<div style="width: 900px">wide</div>',
    "cut": '<p style="width: 40px; overflow: hidden; white-space: nowrap">much too long to be read here</p>',
    "headings": "<h3>A heading that leaves one out</h3>",
    "twice": SENTENCE + SENTENCE,
    "tables": '<div class="stDataFrame" style="width: 90px; height: 20px">rows</div>',
    "moving": "<style>@keyframes go { to { opacity: 0 } } b { animation: go 2s infinite }</style><b>!</b>",
    "first line": f'<p class="answer">{"word " * 31}</p>',
    "errors": '<p data-testid="stException">Failed</p>',
}
"""By rule of measure.js, a page that breaks it."""


@pytest.fixture
def page(browser: Browser, dashboard: Dashboard) -> Iterator[Page]:
    """A wide, light page of a visitor who has seen the tour."""
    visit = Visit(browser, dashboard, WIDE, "light")
    visit.context.add_init_script("try { localStorage.setItem('hypecurve-tour', 'seen') } catch {}")
    yield visit.page
    visit.context.close()


def opened(page: Page, address: str) -> Page:
    """Go to an address and wait until it is drawn."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    settled(page)
    return page


@pytest.mark.parametrize("path", FEW)
def test_a_page_keeps_what_holds_for_all_pages(browser: Browser, dashboard: Dashboard, path: str) -> None:
    """At five widths, light and dark: labels, words, headings, sentences, tables, motion, keys, axe."""
    looks = [*(Look(width, "light") for width in WIDTHS), Look(390, "dark")]
    seen = looks_at(browser, f"{dashboard.address}/{path}", looks)
    assert {str(look): one.faults() for look, one in seen.items() if one.faults()} == {}
    assert all(one.charts for one in seen.values())


@pytest.mark.parametrize("rule", FAULTY)
def test_a_look_notices_what_is_broken(browser: Browser, rule: str) -> None:
    """Each rule on a page that breaks it and no other."""
    page = browser.new_page(viewport={"width": 400, "height": 400})
    page.set_content(f"<main><h1>Title</h1>{FAULTY[rule]}</main>")
    assert list(measured(page).faults()) == [rule]
    page.close()


def test_a_line_leads_from_a_label_to_a_mark_that_is_far(page: Page, dashboard: Dashboard) -> None:
    """From the label's side; none where a label stands beside its mark, or where the figure draws a line."""
    opened(page, f"{dashboard.address}/capability")
    figure = (
        "{data: [{x: [1, 2], y: [1, 2]}], layout: {width: 500, height: 300, meta: {name: 'test'}, "
        "annotations: [{x: 1, y: 1, text: 'far', showarrow: false, xanchor: 'left', xshift: 60},"
        " {x: 2, y: 2, text: 'near', showarrow: false, xanchor: 'right', xshift: -8},"
        " {x: 1.6, y: 1.2, text: 'pointing', showarrow: true, ax: -60, ay: -50},"
        " {x: 0, xref: 'paper', y: 2, text: 'of a row', showarrow: false, yshift: 40}]}}"
    )
    led = page.evaluate(
        "async () => { const stage = document.createElement('div'); document.body.append(stage);"
        f"await Plotly.newPlot(stage, {figure}); hypecurveCharts.care(stage);"
        "return [...stage.querySelectorAll('.leaders line')].map((one) => one.dataset.index) }"
    )
    assert led == ["0"]


@pytest.mark.parametrize(("width", "left", "name"), [(400, 128, "Half … compute"), (900, 250, "Half of it")])
def test_names_of_lanes_are_whole_where_there_is_room(
    page: Page, dashboard: Dashboard, width: int, left: int, name: str
) -> None:
    """A figure made for a telephone has its longer names, and the margin for them, on a wide screen."""
    opened(page, f"{dashboard.address}/capability")
    lanes = "{narrow: {left: 128, names: ['Half … compute']}, wide: {left: 250, names: ['Half of it']}}"
    figure = (
        f"{{data: [{{x: [1], y: [0]}}], layout: {{width: {width}, height: 200, margin: {{l: 128}}, "
        f"yaxis: {{tickvals: [0], ticktext: ['Half … compute']}}, meta: {{name: 'test', lanes: {lanes}}}}}}}"
    )
    shown = page.evaluate(
        "async () => { const stage = document.createElement('div'); document.body.append(stage);"
        f"await Plotly.newPlot(stage, {figure}); hypecurveCharts.care(stage);"
        "await new Promise((done) => setTimeout(done, 300));"
        "return [stage._fullLayout.margin.l, stage.querySelector('.ytick text').textContent] }"
    )
    assert shown == [left, name]


def test_a_picture_of_a_chart_carries_its_words(page: Page, dashboard: Dashboard, tmp_path: Path) -> None:
    """Saved from a telephone it is 1200 pixels wide; the SVG holds title, key, sources and the link."""
    opened(page, f"{dashboard.address}/capability")
    page.set_viewport_size({"width": NARROW, "height": 900})
    opener = page.get_by_test_id("stPopover").filter(has_text="Download").first.get_by_role("button")
    press(opener, page.locator("button.chart-picture").first)
    saved = {}
    for kind in ("PNG", "SVG"):
        with page.expect_download(timeout=WAIT) as saving:
            page.locator(f"button.chart-picture[data-picture={kind.lower()}]").first.click()
        saved[kind] = tmp_path / kind
        saving.value.save_as(saved[kind])
    assert Image.open(saved["PNG"]).width == 1200
    drawn = saved["SVG"].read_text(encoding="utf-8").replace("\u00a0", " ")
    for said in ("closed weights", "Sources:", f"{dashboard.address}/embed/score-against-cost?as_of="):
        assert said in drawn


def test_back_undoes_one_control(page: Page, dashboard: Dashboard) -> None:
    """Each change of a reader is an entry of the history; going back shows what was before it."""
    opened(page, f"{dashboard.address}/capability")
    first_line = page.locator(".st-key-answer").inner_text()
    page.get_by_text("Logarithmic cost axis").click()
    page.wait_for_url("**log_cost=false**", timeout=WAIT)
    settled(page)
    with page.expect_event("load", timeout=WAIT):  # the address goes back, then the page opens anew
        page.go_back(wait_until="commit")
    settled(page)
    assert "log_cost" not in parse_qs(urlsplit(page.url).query)
    expect(page.locator(".st-key-answer")).to_have_text(first_line)
    assert urlsplit(page.url).path == "/capability"


def test_a_switch_of_one_chart_leaves_the_rest_of_the_page_alone(page: Page, dashboard: Dashboard) -> None:
    """Only that chart is drawn anew; links that are opened later know of it; another control goes on."""
    opened(page, f"{dashboard.address}/capability")
    page.evaluate(
        """() => { window.touched = []; const answer = document.querySelector(".st-key-answer");
        new MutationObserver((all) => all.forEach((one) => touched.push(one.type + one.attributeName)))
        .observe(answer.parentElement, { attributes: true, childList: true, subtree: true }); }"""
    )
    axis = "document.querySelector('.js-plotly-plot')?._fullLayout?.xaxis.type"
    assert page.evaluate(axis) == "log"
    page.get_by_text("Logarithmic cost axis").click()
    page.wait_for_function(f"{axis} === 'linear'", timeout=WAIT)
    settled(page)
    assert page.evaluate("touched") == []
    assert parse_qs(urlsplit(page.url).query) == {"log_cost": ["false"]}
    opener = page.get_by_test_id("stPopover").filter(has_text="Link").last.get_by_role("button")
    told = page.locator("code").filter(has_text="/capability?")
    press(opener, told.first)
    assert "log_cost=false" in told.first.inner_text()
    page.keyboard.press("Escape")
    chooser = page.get_by_role("combobox", name="Cost").first
    press(chooser, page.get_by_role("option").nth(1)).click()
    page.wait_for_url("**&cost=**", timeout=WAIT)
    settled(page)
    assert page.evaluate(axis) == "linear"
    assert parse_qs(urlsplit(page.url).query)["log_cost"] == ["false"]


def test_a_click_on_a_mark_tells_below_where_it_comes_from(page: Page, dashboard: Dashboard) -> None:
    """The chart is drawn by itself, what it chooses stands elsewhere on the page."""
    opened(page, f"{dashboard.address}/capability")
    page.get_by_text("Logarithmic cost axis").click()
    page.wait_for_url("**log_cost=false**", timeout=WAIT)
    settled(page)
    page.locator(".js-plotly-plot .scatterlayer .point").first.click(force=True)
    page.wait_for_url("**model=**", timeout=WAIT)
    settled(page)
    chosen = parse_qs(urlsplit(page.url).query)["model"][0]
    expect(page.get_by_text(f"`{chosen}`").or_(page.get_by_text(chosen)).first).to_be_visible()
    assert page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.xaxis.type") == "linear"


def test_a_chart_keeps_its_zoom_when_a_control_changes_it(page: Page, dashboard: Dashboard) -> None:
    """The range that a reader chose stands again after the figure was drawn anew."""
    opened(page, f"{dashboard.address}/capability")
    plot = "document.querySelector('.js-plotly-plot')"
    page.evaluate(f"Plotly.relayout({plot}, {{'yaxis.range': [0.2, 0.6], 'xaxis.range': [-1, 1]}})")
    chooser = page.get_by_role("combobox", name="Where a mark comes from").first
    chooser.click()
    chooser.press("ArrowDown")
    chooser.press("Enter")
    page.wait_for_function("location.search.includes('model=')")
    settled(page)
    page.wait_for_timeout(800)
    assert page.evaluate(f"{plot}._fullLayout.yaxis.range.map((end) => Math.round(end * 10))") == [2, 6]


def test_the_first_stop_of_the_keyboard_leads_to_the_answer(page: Page, dashboard: Dashboard) -> None:
    """Two keys, and the focus stands at the title, past all of the navigation."""
    opened(page, f"{dashboard.address}/capability")
    page.locator("body").press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_the_tour_ends_for_good(browser: Browser, dashboard: Dashboard) -> None:
    """A first visit shows three steps at the edge; whoever has ended them never sees them again."""
    visit = Visit(browser, dashboard, WIDE, "light")
    page = opened(visit.page, dashboard.address)
    tour = page.get_by_role("complementary", name="A short tour")
    for _step in range(2):
        tour.get_by_role("button", name="Next").click()
    tour.get_by_role("button", name="Done").click()
    expect(tour).to_have_count(0)
    opened(page, dashboard.address)
    page.wait_for_timeout(1200)
    expect(tour).to_have_count(0)
    visit.context.close()


UNSEEN = '[class*="st-key-unseen-"]'
REST = ".st-key-unseen-rest"


def test_what_was_not_seen_is_drawn_before_it_is_printed(page: Page, dashboard: Dashboard) -> None:
    """By its keys: the dialogue waits for the charts below the window, and opens once all are there."""
    page.add_init_script(
        f"window.print = () => {{ window.printedWith = document.querySelectorAll('{UNSEEN}').length }}"
    )
    page.set_viewport_size({"width": 1280, "height": 400})
    opened(page, f"{dashboard.address}/capability")
    page.wait_for_function(f"document.querySelectorAll('{UNSEEN}').length > 0", timeout=WAIT)
    page.keyboard.press("Control+p")
    page.wait_for_function("window.printedWith !== undefined", timeout=WAIT)
    assert page.evaluate("window.printedWith") == 0


def test_an_empty_place_says_why_where_it_is_printed_all_the_same(page: Page, dashboard: Dashboard) -> None:
    """A menu's printing waits for nothing."""
    page.set_viewport_size({"width": 1280, "height": 400})
    opened(page, f"{dashboard.address}/capability")
    page.wait_for_function(f"document.querySelectorAll('{UNSEEN}').length > 0", timeout=WAIT)
    page.emulate_media(media="print")
    said = page.evaluate(f"getComputedStyle(document.querySelector('{UNSEEN}'), '::before').content")
    assert "had not been drawn" in said


def test_a_page_asks_for_nothing_that_is_not_there(page: Page, dashboard: Dashboard) -> None:
    """Streamlit looks for its server below a page's address, and waits for a 404, unless it is told."""
    missing: list[str] = []
    page.on("response", lambda came: missing.append(came.url) if came.status >= 400 else None)
    opened(page, f"{dashboard.address}/price")
    assert not missing


@pytest.mark.parametrize(
    ("width", "number", "columns"), [(1024, 4, 2), (1099, 4, 2), (1100, 4, 4), (1024, 3, 3), (390, 4, 2)]
)
def test_four_tiles_stand_two_by_two_where_four_have_no_room(
    browser: Browser, width: int, number: int, columns: int
) -> None:
    """Never three and one; of another number as many as there is room for."""
    page = browser.new_page(viewport={"width": width, "height": 700})
    tiles = tiles_html(Tiles(tuple(Tile(f"Label {at}", "1", "note") for at in range(number))), Mode.LIGHT)
    page.set_content(f"<style>{page_style()}</style><main>{tiles}</main>")
    tops = page.evaluate("[...document.querySelectorAll('.tile')].map((one) => one.offsetTop)")
    assert tops.count(tops[0]) == columns
    page.close()


def test_the_rest_of_a_page_follows_its_first_chart(page: Page, dashboard: Dashboard) -> None:
    """Nobody has to scroll for it, so that it can be searched and read aloud."""
    page.goto(f"{dashboard.address}/capability", wait_until="commit")
    page.locator(REST).wait_for(state="attached", timeout=WAIT)
    page.locator(".js-plotly-plot .main-svg .infolayer").first.wait_for(state="attached", timeout=WAIT)
    expect(page.locator(REST)).to_have_count(0, timeout=WAIT)
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=2).nth(1)).to_be_attached(timeout=WAIT)


def test_the_rest_of_a_page_comes_without_its_chart_too(page: Page, dashboard: Dashboard) -> None:
    """Where what draws charts cannot be loaded, the words are all there."""
    page.route(re.compile(r"PlotlyChart|plotly"), lambda route: route.abort())
    page.goto(f"{dashboard.address}/capability", wait_until="commit")
    page.locator(REST).wait_for(state="attached", timeout=WAIT)
    expect(page.locator(REST)).to_have_count(0, timeout=WAIT)
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=2).nth(1)).to_be_attached(timeout=WAIT)


def test_a_reader_who_is_quicker_than_the_chart_finds_the_page_whole(
    page: Page, dashboard: Dashboard
) -> None:
    """A control that is set before the rest has come brings it."""
    page.route(re.compile(r"PlotlyChart|plotly"), lambda route: route.abort())
    page.goto(f"{dashboard.address}/capability", wait_until="commit")
    page.locator(REST).wait_for(state="attached", timeout=WAIT)
    chooser = page.get_by_test_id("stMain").get_by_role("combobox").first
    chooser.click()
    chooser.press("ArrowDown")
    chooser.press("Enter")
    expect(page.locator(REST)).to_have_count(0, timeout=WAIT)
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=2).nth(1)).to_be_attached(timeout=WAIT)
