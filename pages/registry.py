"""The pages of the dashboard as data. A new page is a new file and a new line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its file beside this one, its question and address, its name in the navigation."""

    file: str
    question: str
    address: str
    title: str
    icon: str
    section: str


PAGES: Final = (
    PageEntry("overview.py", "overview", "overview", "Overview", ":material/home:", "Now"),
    PageEntry(
        "capability.py", "capability", "capability", "Capability and cost", ":material/scatter_plot:", "Now"
    ),
    PageEntry("trends.py", "trends", "trends", "S-curves and plateaus", ":material/trending_up:", "Now"),
    PageEntry("price.py", "price", "price", "Price of a capability", ":material/sell:", "Now"),
    PageEntry("worth.py", "worth", "value", "Is it worth it?", ":material/balance:", "Judge"),
    PageEntry("datawall.py", "datawall", "data-wall", "Data wall", ":material/database_off:", "Judge"),
    PageEntry("claims.py", "claims", "claims", "Claims", ":material/fact_check:", "Judge"),
    PageEntry("hype.py", "hype", "hype", "Hype against reality", ":material/campaign:", "Judge"),
    PageEntry("dotcom.py", "dotcom", "dotcom", "Dot-com parallels", ":material/history:", "Judge"),
    PageEntry("models.py", "models", "models", "Models", ":material/search:", "Look up"),
    PageEntry("sources.py", "sources", "data", "Data", ":material/database:", "Look up"),
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
