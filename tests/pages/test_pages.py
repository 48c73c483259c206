"""Every page through AppTest: no exception, the answer first, the controls, words where data are missing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.registry import PAGES, PageEntry
from pages.shared import face
from tests.homes.small_home import fill
from tests.places import ROOT

ENTRY = ROOT / "pages" / "navigation.py"
TIMEOUT_SECONDS = 60


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> object:
    """Open a page of a home; gives the AppTest after its first run."""

    def open_page(home: Path, file: str, **parameters: str) -> AppTest:
        monkeypatch.setenv("HYPECURVE_HOME", str(home))
        app = AppTest.from_file(str(ENTRY), default_timeout=TIMEOUT_SECONDS)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        app = app.switch_page(file)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return open_page


def words(app: AppTest) -> str:
    """All text of a page."""
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.info, *app.title])


def tiles(app: AppTest) -> str:
    """All figures that are set off."""
    return "\n".join(element.proto.body for element in app.get("html") if "tiles" in element.proto.body)


@pytest.mark.parametrize("file", [page.file for page in PAGES])
def test_every_page_draws_on_a_small_home(visit, filled_home: Path, file: str) -> None:
    """Whatever page is opened, it draws without an exception and says something under its title."""
    app = visit(filled_home, file)
    assert not app.exception
    assert app.title
    assert len(words(app)) > 80


@pytest.mark.parametrize("file", [page.file for page in PAGES if page.answers])
def test_every_page_says_in_words_that_there_is_no_data(visit, empty_home: Path, file: str) -> None:
    """With empty tables no page breaks: each says that there is no data yet."""
    app = visit(empty_home, file)
    assert not app.exception
    assert "No data yet" in words(app)


@pytest.mark.parametrize("file", [page.file for page in PAGES if page.answers])
def test_every_page_explains_a_home_without_any_snapshot(visit, tmp_path: Path, file: str) -> None:
    """Before anything was published every page says which command brings data."""
    app = visit(tmp_path, file)
    assert not app.exception
    assert "hypecurve" in words(app)


@pytest.mark.parametrize("file", [page.file for page in PAGES])
def test_every_page_says_that_a_date_cannot_be_used(visit, filled_home: Path, file: str) -> None:
    """Once, above whatever it shows: also pages that answer nothing drop the date from their address."""
    app = visit(filled_home, file, as_of="tomorrow")
    told = [warning.value for warning in app.warning if "as_of" in warning.value]
    assert len(told) == 1
    assert told[0].endswith("This is today.")


@pytest.mark.parametrize("file", ["capability.py", "about.py", "methods.py"])
def test_a_parameter_that_cannot_be_used_is_said(visit, filled_home: Path, file: str) -> None:
    """On pages that answer nothing, too; not what was added to the link by who passed it on."""
    app = visit(filled_home, file, colour="red", fbclid="abc", utm_source="mail", as_of="2025-06-01")
    assert [warning.value.partition(";")[0] for warning in app.warning] == ["There is no control 'colour'"]


def test_the_date_stays_with_the_reader_over_pages(visit, filled_home: Path) -> None:
    """Also in each address, which else would open today elsewhere; today needs no words there."""
    app = visit(filled_home, "capability.py", as_of="2025-06-01")
    assert app.query_params["as_of"] == "2025-06-01"
    for file in ("trends.py", "methods.py"):
        app.query_params.clear()  # as Streamlit does on the way to another page
        app.switch_page(file).run()
        assert app.query_params["as_of"] == "2025-06-01"
        assert app.date_input(key="as_of").value == date(2025, 6, 1)
    app.date_input(key="as_of").set_value(date(2025, 7, 1)).run()
    assert app.query_params["as_of"] == "2025-07-01"
    app.date_input(key="as_of").set_value(datetime.now(UTC).date()).run()
    assert "as_of" not in app.query_params


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.question)
def test_links_within_a_page_keep_the_past_day(visit, filled_home: Path, page: PageEntry) -> None:
    """A tab of its own knows nothing of the day that was chosen but what stands in its address."""
    app = visit(filled_home, page.file, as_of="2025-06-01")
    days = [parse_qs(link.proto.query_string).get("as_of") for link in app.main.get("page_link")]
    assert days == [["2025-06-01"]] * len(days)


def test_what_held_on_another_day_does_not_stay_while_this_one_is_computed(
    visit, filled_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place is kept free for the first lines; another choice of the same day leaves them standing."""
    kept: list[int] = []
    skeleton = st.skeleton
    monkeypatch.setattr(st, "skeleton", lambda **given: kept.append(given["height"]) or skeleton(**given))
    app = visit(filled_home, "modellist.py", as_of="2025-06-01")
    assert face.FIRST_LINES_PIXELS not in kept
    app.date_input(key="as_of").set_value(date(2025, 5, 3)).run()
    assert face.FIRST_LINES_PIXELS in kept
    assert not app.exception


def test_the_front_of_a_past_day_uses_the_prices_of_that_day(visit, filled_home: Path) -> None:
    """With the slider before GPT-5's price cut, its cost is the launch price; after it, the lower one."""
    app = visit(filled_home, "capability.py", model="gpt-5")
    assert "$1.75" in tiles(app)
    app.slider(key="capability.front_on").set_value(date(2025, 12, 1)).run()
    assert "$3.50" in tiles(app)
    app.slider(key="capability.front_on").set_value(date(2025, 2, 1)).run()
    assert "o1 led" in words(app)


def test_filters_stay_with_the_reader_over_pages(visit, filled_home: Path) -> None:
    """A filter that was set on one page still holds after another page was looked at, and in its address."""
    app = visit(filled_home, "capability.py", maker="OpenAI", weights="closed")
    assert "among OpenAI closed models" in words(app)
    app.query_params.clear()
    app.switch_page("trends.py").run()
    assert "This page is not filtered by maker or weights." in words(app), "said, not passed over"
    app.query_params.clear()
    app.switch_page("capability.py").run()
    assert "This page is not filtered" not in words(app)
    assert "among OpenAI closed models" in words(app)
    assert app.query_params["weights"] == "closed"


def test_a_new_address_speaks_for_the_switch_of_one_chart_too(visit, filled_home: Path) -> None:
    """What the switch said before is not read beside an address that does not name it."""
    app = visit(filled_home, "capability.py")
    app.toggle(key="capability.log_cost").set_value(False).run()
    assert app.query_params["log_cost"] == "false"
    app.query_params.clear()
    app.run()
    assert app.toggle(key="capability.log_cost").value
    assert "log_cost" not in app.query_params


def test_a_chosen_mark_leads_to_its_sources(visit, filled_home: Path) -> None:
    """For the chosen model score and price each show source address, payload hash and date."""
    text = words(visit(filled_home, "capability.py", model="gpt-5"))
    for expected in (
        "https://scores.example/gpt-5",
        "https://scores.example/benchmark_data.zip",
        "https://prices.example/gpt-5",
        "a" * 64,
        "b" * 64,
        "17 July 2026",
    ):
        assert expected in text


def test_a_chart_out_of_sight_is_drawn_when_it_is_seen(visit, filled_home: Path) -> None:
    """The first chart is there at once, the second when its button was pressed; then it stays."""
    app = visit(filled_home, "capability.py")
    assert len(app.get("plotly_chart")) == 1
    app.button(key="see-frontier-through-time").click().run()
    assert len(app.get("plotly_chart")) == 2
    assert len(app.run().get("plotly_chart")) == 2
    app.switch_page("trends.py").run()
    assert len(app.switch_page("capability.py").run().get("plotly_chart")) == 1


def test_models_without_a_price_are_listed_not_dropped(visit, filled_home: Path) -> None:
    """A model that has a score but no price stands in the list of unpriced models."""
    app = visit(filled_home, "capability.py")
    assert not any("reason" in frame.value for frame in app.dataframe)  # folded, it is not even made
    app.session_state["folded-unpriced"] = True
    app.run()
    assert any("Unpriced: 1 model" in expander.label for expander in app.expander)
    assert any("Quiet model" in frame.value.to_string() for frame in app.dataframe if "reason" in frame.value)


@pytest.mark.parametrize("file", [page.file for page in PAGES])
def test_no_page_breaks_on_a_date_before_everything(visit, filled_home: Path, file: str) -> None:
    """As of a day before the first model and the first price every page still draws."""
    assert not visit(filled_home, file, as_of="2021-05-01").exception


def test_a_front_later_than_the_as_of_date_is_cut_to_it(visit, filled_home: Path) -> None:
    """An address that asks for a front after the as-of date gets that of the as-of date."""
    app = visit(filled_home, "capability.py", as_of="2025-03-01", front_on="2026-06-01")
    assert not app.exception
    assert re.search(r"On \d+ \w+ 202[45] \S+.* led GPQA diamond", words(app))


def test_a_basis_of_cost_that_nobody_measured_is_said_in_words(visit, filled_home: Path) -> None:
    """Choosing a measured cost where none was measured gives a sentence, not an empty chart."""
    app = visit(filled_home, "capability.py", cost="measured cost per task")
    assert not app.exception
    assert "No data yet: no model with a score on GPQA diamond has a measured cost per task" in words(app)


def test_a_new_snapshot_is_picked_up_without_a_restart(visit, tmp_path: Path) -> None:
    """After a publishing by another process the next run of the page shows the new data."""
    fill(tmp_path, with_rows=False)
    app = visit(tmp_path, "models.py")
    assert "No data yet" in words(app)
    fill(tmp_path)
    assert "Claude 2: its maker asks" in words(app.run())


def test_no_heading_of_the_page_of_exports_ends_in_two_marks(visit, filled_home: Path) -> None:
    """A title that is a question takes no colon."""
    headings = [block.label for block in visit(filled_home, "export_api.py").expander]
    assert any(heading.startswith("Is it worth it? ") for heading in headings)
    assert not [heading for heading in headings if re.search("[?!][:.]", heading)]


def kinds(app: AppTest) -> list[str]:
    """What stands in the middle of a page, by kind, in its order."""
    found: list[str] = []

    def walk(node: object) -> None:
        for child in getattr(node, "children", {}).values():
            found.append(child.type)
            walk(child)

    walk(app.main)
    return found


def test_what_stands_below_the_first_chart_follows_it_on_a_first_visit(
    monkeypatch: pytest.MonkeyPatch, filled_home: Path
) -> None:
    """A browser is sent the first chart alone, and asks for the rest; then all stands as if sent at once."""
    monkeypatch.setenv("HYPECURVE_HOME", str(filled_home))
    whole = AppTest.from_file(str(ENTRY), default_timeout=TIMEOUT_SECONDS).run()
    monkeypatch.setattr(face, "somebody_presses", lambda: True)
    app = AppTest.from_file(str(ENTRY), default_timeout=TIMEOUT_SECONDS).run()
    assert app.title
    assert len(app.get("plotly_chart")) == 1
    assert not app.header
    app.button(key="see-rest").click().run()
    assert kinds(app) == kinds(whole)


def test_whoever_goes_on_to_another_page_gets_all_of_it(
    monkeypatch: pytest.MonkeyPatch, filled_home: Path
) -> None:
    """Only a first visit waits for scripts to be loaded."""
    monkeypatch.setenv("HYPECURVE_HOME", str(filled_home))
    monkeypatch.setattr(face, "somebody_presses", lambda: True)
    app = AppTest.from_file(str(ENTRY), default_timeout=TIMEOUT_SECONDS).run().switch_page("price.py").run()
    assert not [button for button in app.button if button.key == "see-rest"]
    assert app.header


def test_what_is_made_already_stands_where_it_stood_while_it_was_made(visit, filled_home: Path) -> None:
    """Only then a browser finds each element in its place again, and draws none of them anew."""
    first = visit(filled_home, "capability.py")
    before = kinds(first)
    assert "empty" in before
    assert kinds(first.run()) == before


@pytest.mark.parametrize("asked", [{"as_of": "2031-01-01"}, {"colour": "red"}], ids=["day", "control"])
def test_what_an_address_cannot_ask_for_is_said_of_a_whole_page(
    monkeypatch: pytest.MonkeyPatch, filled_home: Path, asked: dict[str, str]
) -> None:
    """It is said once, so no second run follows that would take it away."""
    monkeypatch.setenv("HYPECURVE_HOME", str(filled_home))
    monkeypatch.setattr(face, "somebody_presses", lambda: True)
    app = AppTest.from_file(str(ENTRY), default_timeout=TIMEOUT_SECONDS)
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert len(app.warning) == 1
    assert not [button for button in app.button if button.key == "see-rest"]
    assert app.header
