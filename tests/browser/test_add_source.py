"""The page Add a source in a real Chromium: from a dropped table to rows that are taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from store.ledger import Ledger
from tests.browser.conftest import Dashboard, press

pytestmark = pytest.mark.browser

BOARD = (
    "System,Right (%),Tested\ngpt-4-0314,41.5,2026-05-31\nQuokka 2,71,2026-05-31\nQuokka 3,64,2026-06-02\n"
)


@pytest.fixture
def page(browser: Browser, dashboard: Dashboard) -> Page:
    """The page, opened by whoever sits at the machine."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    opened = context.new_page()
    opened.goto(f"{dashboard.address}/add-source")
    expect(opened.get_by_role("heading", name="Add a source")).to_be_visible()
    return opened


def test_a_dropped_table_becomes_a_source(page: Page, dashboard: Dashboard, tmp_path: Path) -> None:
    """Drop a file, see its rows and where they land, take a column out, save: form and request are there."""
    file = tmp_path / "quokka board.csv"
    file.write_text(BOARD)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Score: 3 rows")).to_be_visible()
    expect(page.get_by_text("is a benchmark that nobody reports yet: 3 scores, 1 of")).to_be_visible()
    expect(page.get_by_role("heading", name="3 new points of quokka-board")).to_be_visible()
    chooser = page.get_by_role("combobox", name="valid on")
    press(chooser, page.get_by_role("option", name="(no column)")).click()
    expect(page.get_by_role("heading", name="1 new point of quokka-board")).to_be_visible()
    page.get_by_role("button", name="Save and take in").click()
    expect(page.get_by_text("quokka-board is saved")).to_be_visible()
    form = (dashboard.home / "sources" / "quokka-board.toml").read_text()
    assert 'score = { column = "Right (%)", unit = "percent" }' in form
    assert "valid_on" not in form
    assert Ledger(dashboard.home / "ledger.sqlite").waiting() == ["quokka-board"]


def test_a_form_that_is_wrong_is_told_by_line_while_it_is_written(page: Page, tmp_path: Path) -> None:
    """What is edited by hand is tried at once, and cannot be saved before it takes something in."""
    file = tmp_path / "other.csv"
    file.write_text(BOARD)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Score: 3 rows")).to_be_visible()
    page.get_by_text("The form (TOML)").click()
    page.get_by_text("Edit by hand").click()
    box = page.get_by_role("textbox", name="Form")
    expect(box).to_be_visible()
    box.fill(box.input_value().replace('"System"', '"Sytem"'))
    box.press("Control+Enter")
    expect(page.get_by_text("did you mean 'System'?")).to_be_visible()
    expect(page.get_by_role("button", name="Save and take in")).to_be_disabled()


def test_a_reader_tries_a_file_and_saves_nothing(
    browser: Browser, dashboard: Dashboard, tmp_path: Path
) -> None:
    """Whoever is not the operator has no field for an address and no button to save."""
    file = tmp_path / "third.csv"
    file.write_text(BOARD)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{dashboard.address.replace('127.0.0.1', 'reader.localhost')}/add-source")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Score: 3 rows")).to_be_visible()
    expect(page.get_by_role("button", name="Download the form")).to_be_visible()
    expect(page.get_by_role("button", name="Save and take in")).to_have_count(0)
    expect(page.get_by_label("Address")).to_have_count(0)
