"""One look at one page: its width, its colours, and what it breaks of what must hold on all pages.

The rules on what is drawn stand in measure.js; those on keys and axe, which need a real keyboard or another
library, stand here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journey import settled
from tests.places import ROOT

MEASURE: Final = (ROOT / "tests" / "browser" / "measure.js").read_text(encoding="utf-8")
KEYS: Final = (ROOT / "tests" / "browser" / "keys.js").read_text(encoding="utf-8")
OURS: Final = {"include": [[".stMainBlockContainer"]], "exclude": [["[data-baseweb]"], [".stDataFrame"]]}
"""What axe judges: our words and charts, not the inside of Streamlit's own widgets."""

STOPS: Final = 12
"""So many stops of the keyboard behind the title are looked at."""

_HEIGHT: Final = 1000
_MAIN: Final = "document.querySelector('[data-testid=stMain], main')"
_STILL: Final = "*, *::before, *::after { transition: none !important; }"


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """How a page is looked at."""

    width: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


WIDTHS: Final = (390, 768, 1024, 1280, 1440)
WHOLE: Final = tuple(Look(width, scheme) for scheme in ("light", "dark") for width in WIDTHS)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look found: how much there was, and by rule what breaks it."""

    charts: int
    labels: int
    broken: Mapping[str, Sequence[str]]

    def faults(self) -> dict[str, Sequence[str]]:
        """Only the rules that are broken."""
        return {rule: found for rule, found in self.broken.items() if found}


def looks_at(browser: Browser, address: str, looks: Sequence[Look]) -> dict[Look, Seen]:
    """Open a page once in each scheme and look at it at each width; the slow rules once in each scheme."""
    found: dict[Look, Seen] = {}
    for scheme in dict.fromkeys(look.scheme for look in looks):
        ordered = [look for look in looks if look.scheme == scheme]
        context = browser.new_context(
            viewport={"width": ordered[0].width, "height": _HEIGHT},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.add_init_script("try { localStorage.setItem('hypecurve-tour', 'seen') } catch {}")
        page = context.new_page()
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        settled(page)
        for place, look in enumerate(ordered):
            unfold(page, look.width)
            seen = measured(page)
            once = {"axe": serious(page), "keys": unseen_stops(page)} if place == 0 else {}
            found[look] = Seen(seen.charts, seen.labels, {**seen.broken, **once})
        context.close()
    return found


def unfold(page: Page, width: int) -> None:
    """Go down the whole page, so that what waits to be seen is drawn, and back; it is as wide as asked."""
    page.set_viewport_size({"width": width, "height": _HEIGHT})
    page.wait_for_timeout(500)  # Plotly draws again a moment after the window has changed
    height, now = 0, _scroll_height(page)
    while now > height:
        for place in range(height, now, _HEIGHT):
            page.evaluate(f"{_MAIN}.scrollTo(0, {place})")
            page.wait_for_timeout(50)
        settled(page)
        height, now = now, _scroll_height(page)
    page.evaluate(f"{_MAIN}.scrollTo(0, 0)")


def _scroll_height(page: Page) -> int:
    return int(page.evaluate(f"{_MAIN}.scrollHeight"))


def measured(page: Page) -> Seen:
    """What measure.js finds on the page as it stands."""
    told = page.evaluate(MEASURE)
    return Seen(told["charts"], told["labels"], told["broken"])


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical, with the beginning of the first element."""
    violations = Axe().run(page, context=OURS).response["violations"]
    return [
        f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:160]}"
        for one in violations
        if one["impact"] in ("serious", "critical")
    ]


def unseen_stops(page: Page) -> list[str]:
    """The first key leads to the answer; from there on the focus is seen at each stop."""
    page.add_style_tag(content=_STILL)
    page.evaluate(KEYS)
    page.locator("body").press("Tab")
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.tagName") != "H1":
        return ["the first stop does not lead to the answer"]
    unseen = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate("stopOfKeys()")
        if stop is None:
            break
        name, seen = stop
        if not seen:
            unseen.append(f"focus not seen: {name}")
    return unseen
