"""The pages of the dashboard as data. A new page is a new file and a new line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its question, after which its file is named, its address, its name in the navigation.

    symbol    name of its icon among Material's symbols
    formerly  addresses that led here once, or by which people guess it: they are led on
    line      what a page begins with that answers no question, but lets do or look up something
    takes     the parameters that such a page reads
    """

    question: str
    address: str
    title: str
    symbol: str
    section: str
    formerly: tuple[str, ...] = ()
    line: str = ""
    takes: tuple[str, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether it shows the answer to a question."""
        return not self.line

    @property
    def file(self) -> str:
        """The file beside this one."""
        return f"{self.question}.py"

    @property
    def icon(self) -> str:
        """The icon as Streamlit takes it."""
        return f":material/{self.symbol}:"


PAGES: Final = (
    PageEntry("overview", "overview", "Overview", "home", "", ("home", "index", "index.html")),
    PageEntry("news", "news", "What's new", "newspaper", "", ("whats-new", "new")),
    PageEntry("modellist", "model-list", "List", "list", "Models", ("list", "modellist")),
    PageEntry("compare", "compare", "Compare", "compare_arrows", "Models", ("side-by-side",)),
    PageEntry("models", "models", "One model", "search", "Models", ("model",)),
    PageEntry("capability", "capability", "Frontier and cost", "scatter_plot", "Capability", ("frontier",)),
    PageEntry("gains", "gains", "Gains against cost", "stairs", "Capability", ("gains-against-cost",)),
    PageEntry("trends", "trends", "Trends and S-curves", "trending_up", "Capability", ("s-curves",)),
    PageEntry("relay", "relay", "S-curves: the relay", "conveyor_belt", "Capability"),
    PageEntry("agents", "agents", "Agents", "smart_toy", "Capability", ("computer-use",)),
    PageEntry("speed", "speed", "Speed", "speed", "Capability", ("latency",)),
    PageEntry("benchmarks", "benchmarks", "Benchmarks", "grid_on", "Capability", ("benchmark",)),
    PageEntry("price", "price", "Falling price", "sell", "Price", ("prices",)),
    PageEntry("worth", "value", "Is it worth it?", "balance", "Price", ("worth",)),
    PageEntry("claims", "claims", "Claims", "fact_check", "Context"),
    PageEntry("hype", "hype", "Hype", "campaign", "Context"),
    PageEntry("hypemap", "hype-map", "The hype map", "map", "Context", ("hypemap",)),
    PageEntry("dotcom", "dotcom", "Dot-com", "history", "Context", ("dot-com",)),
    PageEntry("datawall", "data-wall", "Data wall", "database_off", "Context", ("datawall",)),
    PageEntry("sources", "data", "Sources", "database", "Data", ("sources",)),
    PageEntry(
        "add_source",
        "add-source",
        "Add a source",
        "add_circle",
        "Data",
        line="Paste the address of a table, feed or change log, or drop a file, and see what it would add.",
    ),
    PageEntry(
        "export_api",
        "export",
        "Export and API",
        "api",
        "Data",
        ("export-and-api",),
        line="Everything you see here can be had as data, without a key or an account.",
    ),
    PageEntry(
        "methods",
        "methods",
        "Methods",
        "menu_book",
        "Data",
        ("method",),
        line="How each figure is computed, what it assumes, and how its method was tried where the answer is "
        "known.",
        takes=("method",),
    ),
    PageEntry(
        "about",
        "about",
        "About",
        "info",
        "Data",
        line="hypecurve shows, from public data and with error bars, whether AI is still climbing or "
        "flattening, and what each gain costs.",
    ),
)
"""In the order of the navigation; the first is where a visit without an address begins."""


def sections() -> dict[str, list[PageEntry]]:
    """The pages by section, in order."""
    found: dict[str, list[PageEntry]] = {}
    for page in PAGES:
        found.setdefault(page.section, []).append(page)
    return found


def page_of(question: str) -> PageEntry:
    """The page of a question. Raises KeyError where it has none."""
    return {page.question: page for page in PAGES}[question]


def moved() -> dict[str, str]:
    """Where addresses that are none any more lead, without slashes; the front page has the empty address."""
    return {
        old: "" if page is PAGES[0] else page.address
        for page in PAGES
        for old in ((page.address, *page.formerly) if page is PAGES[0] else page.formerly)
    }
