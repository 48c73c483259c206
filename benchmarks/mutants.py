"""Tests that notice: one small change to the code at a time, and whether the module's own tests fail.

    python -m benchmarks.mutants [--seed 8] [--each 4] [--seconds N] [--only PATH ...] [--again] [--report]

A seeded sample by module over store, ingest, analysis and questions. Results are appended to
.ci/out/mutants.csv, so that a run can be stopped and resumed; `--again` retries what was not noticed.
Survivors that change nothing stand in benchmarks/mutants_equal.csv, each with the reason.

No file is changed: a fork imports the changed module from memory, with the libraries loaded once before, and
runs only the tests that enter the changed function. mutmut 3 changes only bodies of functions (many rules
here are numbers at module level), runs the whole suite first and draws no sample; cosmic-ray changes files
in place and starts Python anew for each change.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from benchmarks.own_tests import ROOT, own_tests
from benchmarks.small_changes import Change, changed, changes
from benchmarks.test_runs import Tests, changed_run, watched_run

PACKAGES = ("store", "ingest", "analysis", "questions")
OUT = ROOT / ".ci" / "out"
RESULTS = OUT / "mutants.csv"
EQUAL = Path(__file__).with_name("mutants_equal.csv")
KEY = ("path", "function", "what", "nth")
Key = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a change: noticed, survived, never run (no own test enters it) or out of time."""

    change: Change
    outcome: str
    seconds: float

    @property
    def noticed(self) -> bool:
        return self.outcome in {"noticed", "out of time"}


def sampled(seed: int, each: int, only: Sequence[str]) -> Iterator[list[Change]]:
    """Changes of one module after another, both drawn by the seed."""
    paths = sorted(str(file.relative_to(ROOT)) for top in PACKAGES for file in (ROOT / top).rglob("*.py"))
    chosen = [path for path in paths if not only or path.startswith(tuple(only))]
    random.Random(seed).shuffle(chosen)
    for path in chosen:
        offered = changes((ROOT / path).read_text(), path)
        drawn = random.Random(f"{seed}:{path}").sample(offered, min(each, len(offered)))
        yield sorted(drawn, key=lambda change: change.line)


def tried(change: Change, tests: Tests) -> Result:
    """The change made in a fork, and the tests that enter its function run there."""
    started = time.monotonic()
    chosen = tests.entering(change.function)
    if not chosen:
        return Result(change, "never run", 0.0)
    tree = changed((ROOT / change.path).read_text(), change)
    outcome = changed_run(change.path, tree, chosen)
    return Result(change, outcome, time.monotonic() - started)


def kept() -> dict[Key, Result]:
    """The last result of every change tried before."""
    if not RESULTS.exists():
        return {}
    with RESULTS.open(newline="") as file:
        read = [
            Result(
                Change(row["path"], row["function"], row["what"], int(row["nth"]), int(row["line"])),
                row["outcome"],
                float(row["seconds"]),
            )
            for row in csv.DictReader(file)
        ]
    return {result.change.key: result for result in read}


def still_offered(results: Iterable[Result]) -> Iterator[Result]:
    """Results of changes that the code of today still offers."""
    for path, own in groupby(sorted(results, key=lambda r: (r.change.path, r.change.line)), _path):
        file = ROOT / path
        offered = {change.key for change in changes(file.read_text(), path)} if file.exists() else set()
        yield from (result for result in own if result.change.key in offered)


def _path(result: Result) -> str:
    return result.change.path


def keep(result: Result) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    fresh, change = not RESULTS.exists(), result.change
    with RESULTS.open("a", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if fresh:
            writer.writerow([*KEY, "line", "outcome", "seconds"])
        writer.writerow([*change.key, change.line, result.outcome, f"{result.seconds:.1f}"])


def reasons() -> dict[Key, str]:
    """Why changes that no test can notice change nothing."""
    with EQUAL.open(newline="") as file:
        return {(r["path"], r["function"], r["what"], int(r["nth"])): r["why"] for r in csv.DictReader(file)}


def told(results: Iterable[Result]) -> None:
    """By package: tried, noticed, equal, and the share; then each survivor with its place."""
    equal, by_package = reasons(), defaultdict[str, list[Result]](list)
    for result in results:
        by_package[result.change.path.split("/", 1)[0]].append(result)
        by_package["all"].append(result)
    print(f"{'package':10} {'tried':>6} {'noticed':>8} {'share':>6} {'equal':>6} {'share of unequal':>17}")
    for package in (*PACKAGES, "all"):
        own = by_package[package]
        noticed = sum(result.noticed for result in own)
        same = sum(not result.noticed and result.change.key in equal for result in own)
        shares = (noticed / max(len(own), 1), noticed / max(len(own) - same, 1))
        print(f"{package:10} {len(own):6} {noticed:8} {shares[0]:6.0%} {same:6} {shares[1]:17.0%}")
    for result in by_package["all"]:
        if not result.noticed:
            change = result.change
            why = equal.get(change.key)
            print(f"{change.path}:{change.line} {change.function} #{change.nth}: {change.what}")
            print(f"    {'equal: ' + why if why else result.outcome}")


def main() -> None:
    """Try what was not tried before, until the time is up; then tell."""
    parser = argparse.ArgumentParser(description="Tests that notice.")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--each", type=int, default=4, help="changes of each module")
    parser.add_argument("--seconds", type=float, default=3600.0, help="begin no other after that time")
    parser.add_argument("--only", nargs="*", default=(), help="beginnings of paths")
    parser.add_argument("--again", action="store_true", help="retry what was not noticed")
    parser.add_argument("--report", action="store_true", help="only tell what is known")
    asked = parser.parse_args()
    os.chdir(ROOT)
    results, equal, until = kept(), reasons(), time.monotonic() + asked.seconds
    for drawn in sampled(asked.seed, 0 if asked.report else asked.each, asked.only):
        open_ones = [
            change
            for change in drawn
            if change.key not in results
            or (asked.again and not results[change.key].noticed and change.key not in equal)
        ]
        if not open_ones or time.monotonic() > until:
            continue
        tests = watched_run(own_tests(open_ones[0].path), open_ones[0].path)
        for change in open_ones:
            results[change.key] = tried(change, tests)
            keep(results[change.key])
            print(
                f"{results[change.key].outcome:12} {change.path}:{change.line} {change.what}", file=sys.stderr
            )
    wanted = tuple(asked.only) or PACKAGES
    told(result for result in still_offered(results.values()) if _path(result).startswith(wanted))


if __name__ == "__main__":
    main()
