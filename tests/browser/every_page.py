"""Look at every page of the dashboard in a real Chromium, at several widths, light and dark.

    python -m tests.browser.every_page [--looks 390-dark,1280-light] [--address http://localhost:8501]
                                       [--pages capability,news] [--write docs/looks.md]

Without an address a dashboard of its own is started, on the bundled data. What must hold: labels cover
nothing and are whole, no word is cut, nothing sticks out, headings are in order, no sentence is met twice,
a table stands behind each chart and keys reach it, nothing moves for who wants no motion, the first line has
thirty words at most, axe finds nothing serious that is ours, the first key leads to the answer and focus is
seen. The exit code is 1 where something is broken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Error, sync_playwright

from pages.registry import PAGES, PageEntry
from tests.browser.conftest import serving
from tests.browser.looking import WHOLE, Look, Seen, looks_at
from tests.install_browser import ADVICE, chromium

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "labels that cover or are cut": ("labels",),
    "words cut, or beyond the edge": ("cut", "beyond"),
    "headings out of order": ("headings",),
    "sentences met twice": ("twice",),
    "charts without a table, tables without keys": ("tables",),
    "motion": ("moving",),
    "first line over 30 words": ("first line",),
    "axe, serious": ("axe",),
    "focus not seen": ("keys",),
    "errors": ("errors",),
}
"""The columns of the table, and the rules whose faults each counts."""

Found = dict[str, dict[Look, Seen]]


def look_at_all(address: str, pages: Sequence[PageEntry], looks: Sequence[Look]) -> Found:
    """Every page in every look, told as it goes."""
    found: Found = {}
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for page in pages:
            began = time.monotonic()
            path = "" if page is PAGES[0] else page.address
            try:
                found[page.title] = looks_at(opened, f"{address}/{path}", looks)
            except (AssertionError, Error) as error:  # a page that does not come costs no other its look
                found[page.title] = {looks[0]: Seen(0, 0, {"errors": [str(error).partition("\n")[0]]})}
            _tell(page.title, found[page.title], time.monotonic() - began)
        opened.close()
    return found


def table(found: Found) -> str:
    """One row for each page: how much there was to see, and how often each rule was broken over all looks."""
    heads = ("page", "charts", "labels", *COLUMNS)
    rows = [
        (title, str(max(one.charts for one in seen.values())), _labels(seen), *_counts(seen))
        for title, seen in found.items()
    ]
    lines = [heads, ("---", *("--:" for _ in heads[1:])), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _labels(seen: Mapping[Look, Seen]) -> str:
    counts = [one.labels for one in seen.values()]
    return str(max(counts)) if min(counts) == max(counts) else f"{min(counts)} to {max(counts)}"


def _counts(seen: Mapping[Look, Seen]) -> Iterator[str]:
    for rules in COLUMNS.values():
        yield str(sum(len(one.broken.get(rule, ())) for one in seen.values() for rule in rules))


def _tell(title: str, seen: Mapping[Look, Seen], seconds: float) -> None:
    faults = {look: one.faults() for look, one in seen.items()}
    sys.stdout.write(f"{title}: {'broken' if any(faults.values()) else 'well'}, {seconds:.0f} s\n")
    for look, broken in faults.items():
        for rule, told in broken.items():
            sys.stdout.write(f"  {look}, {rule} ({len(told)}): {'; '.join(told[:4])}\n")
    sys.stdout.flush()


@contextmanager
def _dashboard(address: str) -> Iterator[str]:
    if address:
        yield address.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as home, serving(Path(home)) as served:
        yield served.address


def look_named(said: str) -> Look:
    """A look by its name: 390-dark. Raises ArgumentTypeError for what is none."""
    width, _, scheme = said.partition("-")
    if not width.isdigit() or scheme not in ("light", "dark"):
        raise argparse.ArgumentTypeError(f"{said!r} is no look; write a width and light or dark: 390-dark.")
    return Look(int(width), scheme)


def _looks(said: str) -> list[Look]:
    return [look_named(one) for one in said.split(",")]


def main() -> None:
    """Look, tell, and write the table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--looks", type=_looks, default=list(WHOLE))
    asked.add_argument("--address", default="")
    asked.add_argument("--pages", default="", help="addresses, by commas; all without")
    asked.add_argument("--write", type=Path, help="write the table in place of the one in this file")
    options = asked.parse_args()
    if chromium() is None:
        sys.exit(ADVICE)
    wanted = options.pages.split(",") if options.pages else [page.address for page in PAGES]
    with _dashboard(options.address) as address:
        found = look_at_all(address, [page for page in PAGES if page.address in wanted], options.looks)
    sys.stdout.write(f"\n{table(found)}\n")
    if options.write:
        write(options.write, table(found))
    sys.exit(any(one.faults() for seen in found.values() for one in seen.values()))


def write(file: Path, rows: str) -> None:
    """Put the rows in place of the table that the file holds."""
    lines = file.read_text(encoding="utf-8").splitlines()
    places = [place for place, line in enumerate(lines) if line.startswith("|")]
    file.write_text("\n".join([*lines[: places[0]], rows, *lines[places[-1] + 1 :]]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
