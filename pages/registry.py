"""The pages of the dashboard as data. A new page is a new file and a new line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its file beside this one, its address, its name in the navigation."""

    file: str
    address: str
    title: str
    icon: str
    section: str


PAGES: Final = (
    PageEntry("overview.py", "overview", "Overview", ":material/home:", "Now"),
    PageEntry("capability.py", "capability", "Capability and cost", ":material/scatter_plot:", "Now"),
    PageEntry("trends.py", "trends", "S-curves and plateaus", ":material/trending_up:", "Now"),
    PageEntry("price.py", "price", "Price of a capability", ":material/sell:", "Now"),
    PageEntry("value.py", "value", "Is it worth it?", ":material/balance:", "Judge"),
    PageEntry("datawall.py", "data-wall", "Data wall", ":material/database_off:", "Judge"),
    PageEntry("claims.py", "claims", "Claims", ":material/fact_check:", "Judge"),
    PageEntry("hype.py", "hype", "Hype against reality", ":material/campaign:", "Judge"),
    PageEntry("dotcom.py", "dotcom", "Dot-com parallels", ":material/history:", "Judge"),
    PageEntry("models.py", "models", "Models", ":material/search:", "Look up"),
    PageEntry("data.py", "data", "Data", ":material/database:", "Look up"),
)
"""In the order of the navigation; the first is where a visit without an address begins."""


def sections() -> dict[str, list[PageEntry]]:
    """The pages by section, in order."""
    found: dict[str, list[PageEntry]] = {}
    for page in PAGES:
        found.setdefault(page.section, []).append(page)
    return found
