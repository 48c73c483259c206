"""The route /metrics: runs, failures, age of data by source, queue and memory, as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from config import Settings, load_settings, release
from store.beat import beats, endings
from store.ledger import Ledger
from store.store import store_of

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


async def metrics(_request: Request) -> Response:
    """All figures, read from the ledger at the moment of asking, so that every server says the same."""
    body = await run_in_threadpool(lambda: figures(load_settings()))
    return Response(body, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def figures(settings: Settings, now: datetime | None = None) -> bytes:
    """The page of figures."""
    registry = CollectorRegistry()
    registry.register(_FromLedger(settings, now or datetime.now(UTC)))
    return generate_latest(registry)


class _FromLedger(Collector):
    def __init__(self, settings: Settings, now: datetime) -> None:
        self._settings = settings
        self._now = now

    def collect(self) -> Iterable[Metric]:
        """All figures."""
        ledger = store_of(self._settings).ledger()
        yield _one("hypecurve_info", "The version that runs.", 1, {"version": release()})
        yield from self._runs(ledger)
        yield from self._ages(ledger)
        yield from self._scheduler(ledger)
        stores = GaugeMetricFamily("hypecurve_store_bytes", "Disk space.", labels=["store"])
        for name, size in ledger.room().items():
            stores.add_metric([name], size)
        yield stores

    def _runs(self, ledger: Ledger) -> Iterable[Metric]:
        runs = GaugeMetricFamily(
            "hypecurve_runs",
            "Runs of the last 90 days, by source and how they ended.",
            labels=["source", "status"],
        )
        for row in ledger.rows(
            "SELECT source_id, status, count(*) AS n FROM run GROUP BY 1, 2 ORDER BY 1, 2"
        ):
            runs.add_metric([row["source_id"], row["status"]], row["n"])
        yield runs
        rows = GaugeMetricFamily("hypecurve_last_rows", "Rows of the last run.", labels=["source", "what"])
        newest = "SELECT max(run_id) FROM run WHERE status <> 'running' GROUP BY source_id"
        for row in ledger.rows(f"SELECT * FROM run WHERE run_id IN ({newest}) ORDER BY source_id"):
            for what in ("added", "revised", "gone", "refused"):
                rows.add_metric([row["source_id"], what], row[f"rows_{what}"])
        yield rows

    def _ages(self, ledger: Ledger) -> Iterable[Metric]:
        told = {
            "last_success_at": ("hypecurve_seconds_since_success", "Since a source was last refreshed."),
            "last_new_at": ("hypecurve_seconds_since_new_data", "Since a source last brought something new."),
        }
        health = ledger.health()
        for column, (name, about) in told.items():
            family = GaugeMetricFamily(name, about, labels=["source"])
            for source, at in health.select("source_id", column).drop_nulls().iter_rows():
                family.add_metric([source], (self._now - at).total_seconds())
            yield family
        failing = GaugeMetricFamily(
            "hypecurve_failures_in_a_row", "Since the last success.", labels=["source"]
        )
        paused = GaugeMetricFamily("hypecurve_paused", "Whether a person paused a source.", labels=["source"])
        for row in health.iter_rows(named=True):
            failing.add_metric([row["source_id"]], row["failures_in_a_row"])
            paused.add_metric([row["source_id"]], int(row["paused"]))
        yield from (failing, paused)

    def _scheduler(self, ledger: Ledger) -> Iterable[Metric]:
        known = beats(ledger)
        yield _one(
            "hypecurve_scheduler_endings", "Ends of the refresher unasked for, kept.", len(endings(ledger))
        )
        if not known:
            return
        now = ledger.agreed(self._now)
        machines = GaugeMetricFamily(
            "hypecurve_machine_silent_seconds",
            "Since the last sign of life of each machine that refreshes.",
            labels=["machine"],
        )
        for one in reversed(known):  # of two homes on one machine the newer one counts
            machines.add_metric([one.machine], (now - one.beat_at).total_seconds())
        yield machines
        beat = next((one for one in known if one.is_of(self._settings.home)), known[0])
        silent = (now - beat.beat_at).total_seconds()
        running = (now - beat.run_since).total_seconds() if beat.run_since else 0
        yield _one("hypecurve_scheduler_silent_seconds", "Since the refresher's last sign of life.", silent)
        yield _one("hypecurve_scheduler_run_seconds", "How long the refresh under way has taken.", running)
        yield _one("hypecurve_scheduler_waiting", "Sources that are due.", beat.waiting)
        yield _one("hypecurve_scheduler_memory_bytes", "Memory of the refresher.", beat.megabytes * 1e6)
        yield _one(
            "hypecurve_scheduler_offline",
            "Whether no server can be reached.",
            int(beat.offline_since is not None),
        )


def _one(name: str, about: str, value: float, labels: dict[str, str] | None = None) -> Metric:
    family = GaugeMetricFamily(name, about, labels=list(labels or {}))
    family.add_metric(list((labels or {}).values()), value)
    return family
