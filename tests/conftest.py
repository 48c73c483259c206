"""Settings that all tests share."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.once import Run

# A slow machine is no failing test; timeouts of pytest catch what hangs.
settings.register_profile("hypecurve", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hypecurve")


@pytest.fixture(scope="session", autouse=True)
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where workers find what one of them has made."""
    Run.begin(tmp_path_factory.getbasetemp())
