"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A slow machine is no failing test; timeouts of pytest catch what hangs.
settings.register_profile("hypecurve", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hypecurve")
