"""Runs of pytest in forks that see other code than the files hold: watched, or with one change.

Libraries are imported once, before the forks, and nothing of ours is; so each fork is a fresh program that
starts at once.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import importlib
import importlib.util
import json
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType
from typing import Any

import psutil
import pytest

from benchmarks.own_tests import ROOT, imports, module_name, reached
from benchmarks.small_changes import watched

LIBRARIES = (
    "numpy",
    "polars",
    "scipy.stats",
    "scipy.optimize",
    "duckdb",
    "hypothesis",
    "pyarrow",
)
WATCHED = ("analysis", "ingest", "questions", "store")
CACHE = ROOT / ".ci" / "out" / "watched"
LOG = ROOT / ".ci" / "out" / "mutants.log"
EXAMPLES = 20
"""Of each property test, in place of Hypothesis's 100: a lower share noticed, in a quarter of the time."""

STILL_SECONDS = 60
"""After so long without use of a processor a fork waits on a lock that nobody gives back."""

os.environ.update(OPENBLAS_NUM_THREADS="1", POLARS_MAX_THREADS="2", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")


@dataclass(frozen=True, slots=True)
class Tests:
    """Tests that pass on the code as it is: seconds by node id, and the functions of a module each enters."""

    seconds: Mapping[str, float]
    entered: Mapping[str, frozenset[str]]
    functions: frozenset[str]

    def entering(self, function: str) -> dict[str, float]:
        """The tests that enter a function; all that enter the module at all for what runs at import."""
        if function in self.functions:
            return {test: self.seconds[test] for test, names in self.entered.items() if function in names}
        return {test: self.seconds[test] for test, names in self.entered.items() if names} or dict(
            self.seconds
        )


def watched_run(files: Sequence[str], path: str) -> Tests:
    """Run test files on the code as it is, or read how they ran before, and keep what concerns one module."""
    seconds: dict[str, float] = {}
    entered: dict[str, frozenset[str]] = {}
    for file in files:
        run = _watched_file(file)
        imported = [name for name in run["at_import"] if name.startswith(path + ":")]
        for test, (took, names) in run["tests"].items():
            seconds[test] = took
            met = [*imported, *(name for name in names if name.startswith(path + ":"))]
            entered[test] = frozenset(name.partition(":")[2] for name in met)
    functions = watched((ROOT / path).read_text(), "x")[1]
    return Tests(seconds, entered, frozenset(functions))


def changed_run(path: str, tree: ast.Module, tests: Mapping[str, float]) -> str:
    """What becomes of a module with a change under these tests: noticed, survived or out of time."""
    code = compile(tree, str(ROOT / path), "exec")
    chosen = _Chosen(tests)
    files = sorted({test.partition("::")[0] for test in tests}, key=chosen.of_file)

    def run(answer: Connection) -> None:
        _see(lambda name: code if name == module_name(Path(path)) else None)
        answer.send(int(pytest.main([*_OPTIONS, "-x", *files], plugins=[chosen])))

    status = _forked(run, 60 + 5 * sum(tests.values()))
    if status is None:
        return "out of time"
    return "survived" if status == pytest.ExitCode.OK else "noticed"


_PLUGINS = ("pytest_timeout", "_hypothesis_pytestplugin")
_OPTIONS = (
    # Pytest would import our own modules named `..._test` itself, past the change, to rewrite their asserts.
    *("-q", "--tb=line", "--timeout=1800", "--hypothesis-profile=changes", "-p", "no:cacheprovider"),
    "--assert=plain",
    *(word for plugin in _PLUGINS for word in ("-p", plugin)),
)


def _watched_file(file: str) -> dict[str, Any]:
    texts = (ROOT / name.replace(".", "/") for name in sorted(reached(file)))
    found = (p if (p := text.with_suffix(".py")).exists() else text / "__init__.py" for text in texts)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in found)).hexdigest()[:16]
    kept = CACHE / f"{file.replace('/', '.')}.{digest}.json"
    if not kept.exists():

        def run(answer: Connection) -> None:
            watcher = _Watcher()
            vars(builtins)["_entered"] = watcher.enter
            _see(_watched_code)
            pytest.main([*_OPTIONS, file], plugins=[watcher])
            answer.send(watcher.said())

        CACHE.mkdir(parents=True, exist_ok=True)
        said = _forked(run, 900)
        if said is None:
            return {"tests": {}, "at_import": []}
        kept.write_text(json.dumps(said))
    run_before: dict[str, Any] = json.loads(kept.read_text())
    return run_before


def _watched_code(name: str) -> CodeType | None:
    if name.partition(".")[0] not in WATCHED or name not in imports():
        return None
    path = Path(name.replace(".", "/"))
    path = path.with_suffix(".py") if (ROOT / path.with_suffix(".py")).exists() else path / "__init__.py"
    tree, _ = watched((ROOT / path).read_text(), "_entered", f"{path}:")
    return compile(tree, str(ROOT / path), "exec")


def _see(code_of: Callable[[str], CodeType | None]) -> None:
    """From now on import this code for the modules that have some."""

    class Loader(SourceFileLoader):
        def get_code(self, fullname: str) -> CodeType | None:
            return code_of(fullname) or super().get_code(fullname)

    class Finder:
        @staticmethod
        def find_spec(name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
            if code_of(name) is None:
                return None
            file = ROOT / name.replace(".", "/")
            file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
            return importlib.util.spec_from_file_location(name, file, loader=Loader(name, str(file)))

    sys.meta_path.insert(0, Finder)  # type: ignore[arg-type]  # a class with the one method that is asked


def _answers(answer: Connection, pid: int, seconds: float) -> bool:
    """Wait for an answer, but not for a process that waits itself, on a lock that nobody gives back."""
    deadline, used = time.monotonic() + seconds, -1.0
    while time.monotonic() < deadline:
        if answer.poll(STILL_SECONDS):
            return True
        before, used = used, _processor_seconds(pid)
        if used - before < 0.1:
            return False
    return False


def _processor_seconds(pid: int) -> float:
    """Of a process and of its children, the ended ones too; zero where it is gone."""
    try:
        process = psutil.Process(pid)
        times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    except psutil.NoSuchProcess:
        return 0.0
    return float(sum(sum(own[:4]) for own in times))


def _forked(run: Callable[[Connection], None], limit: float) -> Any:
    """What `run` sends from a fork, None where it dies, takes more than `limit` seconds of the processor, or
    uses none for a minute.

    A machine that is busy with something else is no fault of a change: by the clock it may take ten times as
    long.
    """
    for library in LIBRARIES:
        importlib.import_module(library)
    _few_examples()
    ours, theirs = multiprocessing.Pipe(duplex=False)

    def inside() -> None:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit), resource.RLIM_INFINITY))
        with LOG.open("a") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        run(theirs)
        os._exit(0)  # threads that a change left behind must not keep the fork alive

    LOG.parent.mkdir(parents=True, exist_ok=True)
    child = multiprocessing.get_context("fork").Process(target=inside)
    child.start()
    theirs.close()
    try:
        return ours.recv() if _answers(ours, child.pid or 0, 10 * limit) else None
    except EOFError:
        return None
    finally:
        if child.pid is not None and child.is_alive():
            os.killpg(child.pid, signal.SIGKILL)
        child.join()


def _few_examples() -> None:
    from hypothesis import HealthCheck, settings

    quiet = list(HealthCheck)
    settings.register_profile(
        "changes", max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=quiet
    )


class _Watcher:
    """Notes which functions each test enters; what a fixture enters counts for all that ask for it."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._at_import: set[str] = set()
        self._own: dict[str, tuple[set[str], list[str]]] = {}
        self._fixtures: dict[str, set[str]] = {}
        self._seconds: dict[str, float] = {}
        self._failed: set[str] = set()

    def enter(self, name: str) -> None:
        """What a watched function calls."""
        self.seen.add(name)

    @staticmethod
    def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
        """The same tests on a team's store take minutes to watch, and enter hardly anything else."""
        items[:] = [item for item in items if "[team" not in item.nodeid]

    def pytest_collection_finish(self) -> None:
        self._at_import, self.seen = self.seen, set()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        outer, self.seen = self.seen, set()
        yield
        self._fixtures.setdefault(fixturedef.argname, set()).update(self.seen)
        self.seen |= outer

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        self.seen = set()
        yield
        self._own[item.nodeid] = (self.seen, list(item.fixturenames))

    def pytest_runtest_logreport(self, report: Any) -> None:
        self._seconds[report.nodeid] = self._seconds.get(report.nodeid, 0.0) + report.duration
        if report.outcome != "passed":
            self._failed.add(report.nodeid)

    def said(self) -> dict[str, Any]:
        """What can be kept: at_import, and for each test that passed its seconds and the functions."""
        tests = {
            test: (
                self._seconds[test],
                sorted(own.union(*(self._fixtures.get(name, set()) for name in names))),
            )
            for test, (own, names) in self._own.items()
            if test not in self._failed
        }
        return {"tests": tests, "at_import": sorted(self._at_import)}


class _Chosen:
    """Keeps the chosen tests only, the shortest first."""

    def __init__(self, tests: Mapping[str, float]) -> None:
        self._tests = tests

    def of_file(self, file: str) -> float:
        return min(took for test, took in self._tests.items() if test.startswith(file + "::"))

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        mine = [item for item in items if item.nodeid in self._tests]
        items[:] = sorted(mine, key=lambda item: self._tests[item.nodeid])
