"""Settings that all tests share."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from functools import cache
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from tests.once import Run
from tests.team.fixtures import (  # noqa: F401 - servers for all tests, started once a session
    begun,
    bucket,
    filled,
    once_filled,
    open_warehouse_of_module,
    postgres,
    reopened,
    settings_of_store,
    store,
    store_of_module,
    team,
    team_settings,
    warehouse,
)

# A slow machine is no failing test; timeouts of pytest catch what hangs.
settings.register_profile(
    "thorough", max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("hypecurve", settings.get_profile("thorough"), max_examples=30)
settings.load_profile("hypecurve")  # `--hypothesis-profile thorough` searches longer


LONGEST: Final = (
    "tests/analysis/capability/test_index_models.py",  # makes a home of all recordings: others wait
    "tests/questions/test_every_question.py",
    "tests/faults/test_kills.py",
    "tests/test_wheel.py",
    "tests/browser/test_journey.py",
    "tests/test_cli.py",
    "tests/commands/test_sources_command.py",
    "tests/store/test_fold.py",
)
"""These files are handed out first: one begun last keeps a single core busy when all others are done."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, all others stay in their order; faults and teams are for `make long`."""
    for item in items:
        if item.nodeid.startswith(("tests/faults/", "tests/team/")) or "[team" in item.nodeid:
            item.add_marker(pytest.mark.long)
    place = {file: number for number, file in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.split("::")[0], len(LONGEST)))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays, and what is imported for it: from then on only tests leave garbage.

    To look through the rest took a quarter of this time, and later a third of a second at each full search,
    which Streamlit asks for after every run of a page.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        if "streamlit.testing.v1" in sys.modules:
            _look_for_components_once()


def _look_for_components_once() -> None:
    """Streamlit reads what all installed packages say of themselves, at every start of an app."""
    from streamlit.components.v2 import manifest_scanner  # noqa: PLC0415 - loaded where pages are tested only

    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session", autouse=True)
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where workers find what one of them has made."""
    Run.begin(tmp_path_factory.getbasetemp())


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Streamlit's AppTest leaves a page as the main module, which a process spawned later would run."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


# Servers of tests listen on loopback; the tests of what is refused take this back.
os.environ["HYPECURVE_ALLOW_PRIVATE_URLS"] = "1"
