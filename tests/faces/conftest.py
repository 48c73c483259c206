"""A home that all tests of faces read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from faces.api import api
from faces.embed import embed
from tests.homes.small_home import fill


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a few models, prices and posts; read only."""
    folder = tmp_path_factory.mktemp("faces")
    fill(folder)
    return folder


@pytest.fixture
def routes(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """What is mounted at /api."""
    monkeypatch.setenv("HYPECURVE_HOME", str(home))
    with TestClient(api()) as client:
        yield client


@pytest.fixture
def embedded(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """What is mounted at /embed."""
    monkeypatch.setenv("HYPECURVE_HOME", str(home))
    with TestClient(embed()) as client:
        yield client
