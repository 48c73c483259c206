"""How soon pages show what readers came for, beside an empty page of Streamlit and one with a bare chart.

    python -m benchmarks.pages [--home HOME] [--rounds 3] [--visits 500] [--only first,moving,...] [--write]

A real Chromium, both servers on this machine, their visits in turn, so that a busy machine burdens both;
every figure is a median. Without --home the data that ship are loaded into a home of the benchmark's own.
What was measured is kept in .ci/out/pages.json part by part: --only measures some parts anew, and --write
puts the table of all that is there into docs/benchmarks.md. The floor runs with our settings of Streamlit.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser

from benchmarks.visits.browser import Times, Visit, among, at_once, browsing, visiting
from benchmarks.visits.serving import FLOOR, OURS, ROOT, Server, ours, serving
from benchmarks.visits.socket import visit as visit_bare
from benchmarks.visits.socket import visit_with_files
from config import Settings
from pages.registry import PAGES, PageEntry
from pipeline.refresh import start_with_bundle

KEPT: Final = ROOT / ".ci" / "out" / "pages.json"
DOCS: Final = ROOT / "docs" / "benchmarks.md"
BEGIN: Final = "<!-- pages: python -m benchmarks.pages --write -->"
END: Final = "<!-- end of pages -->"
AS_OURS: Final = {
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
    "STREAMLIT_RUNNER_POST_SCRIPT_GC": "false",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
}
SWITCHES: Final = {
    "capability": "Logarithmic cost axis",
    "price": "Logarithmic price axis",
    "dotcom": "Logarithmic axis",
    "hype": "Logarithmic axis",
}
"""Of each page a control that changes a chart."""

LISTS: Final = {
    "capability": "Benchmark",
    "gains": "Sold by",
    "trends": "Series",
    "price": "Sold by",
    "models": "Model",
    "modellist": "Sorted by",
}
"""Of each page a list that changes the whole answer."""

MANY: Final = 10
_FRONT: Final = "empty"
"""The floor's first page, which has no address of its own."""

HAS_CHARTS: Final = "line", "chart", "whole"
Floors = dict[str, list[dict[str, float | None]]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What all parts measure with."""

    browser: Browser
    ours: Server
    floor: Server
    rounds: int
    visits: int
    pages: Sequence[PageEntry]


def first_visits(bench: Bench) -> dict[str, Any]:
    """Every page, and both floors, as the first page of a visitor with nothing in the cache."""
    found: dict[str, list[Times]] = {}
    sent: dict[str, int] = {}
    for number in range(bench.rounds):
        for place, page in enumerate(bench.pages):
            for name in ("empty", "plotly") if place % 3 == 0 else ("plotly",):
                with visiting(bench.browser) as visit:
                    found.setdefault(name, []).append(
                        visit.open(f"{bench.floor.address}/{name.removeprefix(_FRONT)}")
                    )
            with visiting(bench.browser) as visit:
                found.setdefault(page.question, []).append(visit.open(_address(bench, page)))
                if number == 0:
                    visit.read_to_the_end()
                    sent[page.question] = visit.figure_bytes
    return {"times": _medians(found), "figure_bytes": sent}


def moving(bench: Bench) -> dict[str, Any]:
    """From page to page in the order of the navigation; on the floor between its two pages of a kind."""
    found: dict[str, list[Times]] = {}
    with visiting(bench.browser) as reader, visiting(bench.browser) as below:
        below.open(f"{bench.floor.address}/plotly")
        reader.open(_address(bench, bench.pages[0]))
        for _ in range(bench.rounds):
            for place, page in enumerate((*bench.pages[1:], bench.pages[0])):
                found.setdefault("plotly", []).append(_move_on(below, "plotly", "plotly-too"))
                if place % 3 == 0:
                    below.move("empty-too")
                    found.setdefault("empty", []).append(below.move("empty"))
                found.setdefault(page.question, []).append(reader.move(page.title))
    return {"times": _medians(found)}


def _move_on(below: Visit, one: str, other: str) -> Times:
    return below.move(one if below.page.url.endswith(other) else other)


def controls(bench: Bench) -> dict[str, Any]:
    """A switch that changes a chart, beside the floor's."""
    found: dict[str, list[Times]] = {}
    for name, reader, below in _readers(bench, SWITCHES):
        for _ in range(2 * bench.rounds):
            found.setdefault("plotly", []).append(below.switch(_toggle("Higher")))
            found.setdefault(name, []).append(reader.switch(_toggle(SWITCHES[name])))
    return {"times": _medians(found)}


def lists(bench: Bench) -> dict[str, Any]:
    """Another choice from a list, beside the floor's switch: asked for the first time, and later on."""
    found: dict[str, list[Times]] = {}
    anew: dict[str, list[Times]] = {}
    for name, reader, below in _readers(bench, LISTS):
        for number in range(2 * bench.rounds):
            kept = found if number else anew
            kept.setdefault("plotly", []).append(below.switch(_toggle("Higher")))
            kept.setdefault(name, []).append(reader.choose(LISTS[name], (number + 1) % 2))
    return {"times": _medians(found), "anew": _medians(anew)}


def _readers(bench: Bench, wanted: Container[str]) -> Iterator[tuple[str, Visit, Visit]]:
    """Of each wanted page its question, a visitor who has opened it, and one of the floor's chart."""
    with visiting(bench.browser) as below:
        below.open(f"{bench.floor.address}/plotly")
        for page in bench.pages:
            if page.question in wanted:
                with visiting(bench.browser) as reader:
                    reader.open(_address(bench, page))
                    yield page.question, reader, below


def _toggle(label: str) -> str:
    return f'[data-testid="stCheckbox"] label:has-text("{label}")'


def scripts(bench: Bench) -> dict[str, Any]:
    """The processor time of each page's script, all answers in memory."""
    command = [sys.executable, "-m", "benchmarks.visits.scripts", str(max(3, bench.rounds))]
    home = bench.ours.process.environ()["HYPECURVE_HOME"]
    environment = bench.ours.process.environ() | ours(Path(home))
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    lines = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]
    return {"ms": {line["page"]: median(line["ms"]) for line in lines}}


def many(bench: Bench) -> dict[str, Any]:
    """Ten visitors at once against one, on the front page and on the floor's chart.

    Ten browsers share this machine with the server, which visitors' do not. So another ten are one browser
    and nine who ask the server for all that browsers ask for, and draw nothing ("among").
    """
    found: dict[str, list[float]] = {}
    pairs = ((bench.ours, "", ""), (bench.floor, "plotly", "floor "))
    for _ in range(bench.rounds):
        for server, path, whose in pairs:
            url = f"{server.address}/{path}"
            found.setdefault(f"{whose}one", []).extend(at_once(bench.browser, [url]))
            crowd = among(bench.browser, url, partial(visit_with_files, server, path), MANY - 1)
            found.setdefault(f"{whose}among", []).append(crowd)
            found.setdefault(f"{whose}ten", []).append(median(at_once(bench.browser, [url] * MANY)))
    cpu = {
        f"{whose}cpu {count}": _cpu_of(server, path, count)
        for server, path, whose in ((bench.ours, "", ""), (bench.floor, "plotly", "floor "))
        for count in (1, MANY)
    }
    return {"ms": {name: median(values) for name, values in found.items()} | cpu}


def _cpu_of(server: Server, path: str, count: int) -> float:
    """Milliseconds of the server's processor for so many bare visits, per visit."""
    before = server.cpu_seconds()
    for _ in range(count):
        visit_bare(server, path)
    return (server.cpu_seconds() - before) * 1000 / count


def memory(bench: Bench) -> dict[str, Any]:
    """The server's memory over many visits of all pages, without a browser; cpu is per visit."""
    for page in PAGES:
        visit_bare(bench.ours, _path(page))
    held, before = [bench.ours.megabytes()], bench.ours.cpu_seconds()
    for number in range(bench.visits):
        visit_bare(bench.ours, _path(PAGES[number % len(PAGES)]))
        if (number + 1) % max(1, bench.visits // 10) == 0:
            held.append(bench.ours.megabytes())
    cpu = (bench.ours.cpu_seconds() - before) / max(1, bench.visits)
    return {"megabytes": held, "visits": bench.visits, "cpu_ms": cpu * 1000}


PARTS: Final[dict[str, Callable[[Bench], dict[str, Any]]]] = {
    "first": first_visits,
    "moving": moving,
    "controls": controls,
    "lists": lists,
    "scripts": scripts,
    "many": many,
    "memory": memory,
}


def cold(home: Path, browser: Browser) -> dict[str, Any]:
    """A server that has just answered for the first time, and its very first visitor."""
    found = {}
    for name, app, environment, path in (("ours", OURS, ours(home), ""), ("floor", FLOOR, AS_OURS, "plotly")):
        with serving(app, environment) as server, visiting(browser) as visit:
            times = visit.open(f"{server.address}/{path}")
            found[name] = {"start": server.start_seconds * 1000, **_as_dict(times)}
    return found


def _address(bench: Bench, page: PageEntry) -> str:
    return f"{bench.ours.address}/{_path(page)}"


def _path(page: PageEntry) -> str:
    return "" if page is PAGES[0] else page.address


def _as_dict(times: Times) -> dict[str, float | None]:
    return {what: getattr(times, what) for what in HAS_CHARTS}


def _medians(found: dict[str, list[Times]]) -> dict[str, dict[str, float | None]]:
    return {
        name: {what: _median([getattr(one, what) for one in times]) for what in HAS_CHARTS}
        for name, times in found.items()
    }


def _median(values: Sequence[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return median(there) if there else None


def ratios(times: dict[str, dict[str, float | None]], what: str) -> dict[str, float]:
    """Of each page its time over that of the floor's chart; pages without that are left out."""
    floor = times["plotly"][what]
    assert floor
    return {
        name: value / floor
        for name, one in times.items()
        if name not in ("plotly", "empty") and (value := one[what]) is not None
    }


def table(kept: dict[str, Any]) -> str:
    """What was measured, beside the goals, as Markdown."""
    lines = ["| measure | median page | worst page | goal |", "|---|---|---|---|"]
    for part, said, goals in (
        ("first", "first visit, {}, over that of a page with one bare chart", (1.2, 1.2, 1.4)),
        ("moving", "moving to a page, {}, over the floor's move", (2, 2, 3)),
        ("controls", "a control, {}, over the floor's", (None, None, 2)),
        ("lists", "another choice from a list, {}, over the floor's switch", (None, None, 2)),
    ):
        for what, goal in zip(HAS_CHARTS, goals, strict=True):
            if part in kept and goal:
                of = ratios(kept[part]["times"], what)
                name = {"line": "first line", "chart": "first chart", "whole": "whole"}[what]
                lines.append(f"| {said.format(name)} | {_middle_and_worst(of, '{:.2f}')} | {goal} |")
    if "lists" in kept:
        of = ratios(kept["lists"]["anew"], "whole")
        lines.append(f"| the same when it is computed anew | {_middle_and_worst(of, '{:.2f}')} | |")
    if "scripts" in kept:
        of = kept["scripts"]["ms"]
        lines.append(
            f"| script, warm, ms of processor | {_middle_and_worst(of, '{:.0f}')} | 100, worst 200 |"
        )
    if "first" in kept:
        of = {name: size / 1000 for name, size in kept["first"]["figure_bytes"].items()}
        lines.append(f"| figures of a page read to its end, kB | {_middle_and_worst(of, '{:.0f}')} | 300 |")
    if "many" in kept:
        ms = kept["many"]["ms"]
        over, floor = ms["ten"] / ms["one"], ms["floor ten"] / ms["floor one"]
        lines.append(
            f"| ten visitors at once over one, nine of them without a browser here (the floor: "
            f"{ms['floor among'] / ms['floor one']:.1f}) | {ms['among'] / ms['one']:.1f} | | 3 |"
        )
        lines.append(
            f"| the same with ten browsers on the server's two processors (the floor: {floor:.1f}) "
            f"| {over:.1f} | | |"
        )
        mine, below = ms["cpu 10"], ms["floor cpu 10"]
        lines.append(f"| server, ms of processor, front page (the floor: {below:.0f}) | {mine:.0f} | | |")
    if "memory" in kept:
        held, visits = kept["memory"]["megabytes"], kept["memory"]["visits"]
        half = held[len(held) // 2]
        lines.append(
            f"| memory, MB: before, after half and all of {visits} visits | {held[0]:.0f}, {half:.0f}, "
            f"{held[-1]:.0f} | | flat |"
        )
        lines.append(f"| processor of the server, ms a visit | {kept['memory']['cpu_ms']:.0f} | | |")
    if "cold" in kept:
        mine, floor = kept["cold"]["ours"], kept["cold"]["floor"]
        lines.append(
            f"| first visit right after the start, first line and chart over the floor's "
            f"(start: {mine['start'] / 1000:.0f} s, the floor's {floor['start'] / 1000:.0f} s) | "
            f"{mine['line'] / floor['line']:.1f}, {mine['chart'] / floor['chart']:.1f} | | |"
        )
    return "\n".join(lines)


def _middle_and_worst(of: dict[str, float], form: str) -> str:
    worst = max(of, key=of.__getitem__)
    return f"{form.format(median(of.values()))} | {form.format(of[worst])} ({worst})"


def write(kept: dict[str, Any]) -> None:
    """Put the table between its marks in the documentation. Raises ValueError where they are missing."""
    text = DOCS.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    DOCS.write_text(f"{before}{BEGIN}\n\n{table(kept)}\n\n{END}{after}", encoding="utf-8")


@contextmanager
def _home(given: Path | None) -> Iterator[Path]:
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        start_with_bundle(Settings(home=Path(folder)))
        yield Path(folder)


def main() -> None:
    """Measure what was asked for, keep it, print the table of all that is kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, help="a home with data; else the data that ship")
    parser.add_argument(
        "--rounds", type=int, default=3, help="visits of each page, of which the median counts"
    )
    parser.add_argument("--visits", type=int, default=500, help="visits over which memory is watched")
    parser.add_argument("--pages", default="", help="only these pages, by question, with commas; else all")
    parser.add_argument("--only", default="", help=f"parts, with commas: cold,{','.join(PARTS)}")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    asked = parser.parse_args()
    parts = asked.only.split(",") if asked.only else ["cold", *PARTS]
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    with _home(asked.home) as home, browsing() as browser:
        if "cold" in parts:
            kept["cold"] = cold(home, browser)
            _keep(kept)
        with serving(OURS, ours(home)) as mine, serving(FLOOR, AS_OURS) as floor:
            mine.wait_until_idle()
            named = asked.pages.split(",")
            pages = [page for page in PAGES if not asked.pages or page.question in named]
            bench = Bench(browser, mine, floor, asked.rounds, asked.visits, pages)
            for name in [name for name in PARTS if name in parts]:
                began = time.monotonic()
                kept[name] = PARTS[name](bench)
                _keep(kept)
                print(f"{name}: measured in {time.monotonic() - began:.0f} s", flush=True)
    print(table(kept))
    if asked.write:
        write(kept)


def _keep(kept: dict[str, Any]) -> None:
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
