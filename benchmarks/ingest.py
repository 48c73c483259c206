"""Taking in recordings from nothing, beside dlt loading the same payloads; growth; a second refresh.

    python benchmarks/ingest.py [--recordings FOLDER]
    python benchmarks/ingest.py --against CHECKOUT   # only: this one beside another version of the project

Every measurement runs in a process of its own, the two sides in turn in one run. Printed are ratios and peak
memory. dlt loads every field of every payload as it comes, without checks, differences or identities; we keep
the fields of our records, check them, and store differences only.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
SOURCES = ("litellm-prices", "epoch-benchmarks")
RUNS = 3


def ours(recordings: Path, home: Path) -> int:
    """Archive, parse, check and load every recording of both sources; returns rows read."""
    return _taken_in(recordings, home, SOURCES)


def everything(recordings: Path, home: Path) -> int:
    """The same for every source there is."""
    return _taken_in(recordings, home, None)


def _taken_in(recordings: Path, home: Path, names: Sequence[str] | None) -> int:
    from config import Settings
    from ingest.fetch.replay import Recordings
    from ingest.take_in.backfill import archive_recordings
    from ingest.take_in.load import carry_out, plan
    from pipeline.place import Place, silent
    from pipeline.take_in import read_ahead

    place, replay = Place.at(Settings(home=home), silent), Recordings(recordings)
    rows = 0
    with place.parsers() as parsers:
        for name in names or place.catalogue.sources:
            source = place.catalogue.sources[name]
            archive_recordings(source, replay, place.archive)
            with place.warehouse() as warehouse:
                planned = plan(source, place.archive, warehouse, {}, place.forms[name])
            read_ahead(place, parsers, [planned])
            with place.warehouse() as warehouse:
                rows += carry_out(planned, place.archive, warehouse, parsers.read).loaded.read
            parsers.forget(name)
    return rows


def dlts(recordings: Path, home: Path) -> int:
    """The same payloads through dlt into DuckDB: a row per LiteLLM entry, one per line of Epoch's tables."""
    import csv
    import io
    import zipfile

    import dlt

    from ingest.fetch.replay import Recordings

    replay = Recordings(recordings)
    rows = 0

    def prices():
        nonlocal rows
        for payload in replay.of("litellm-prices"):
            try:
                entries = json.loads(payload.body)
            except json.JSONDecodeError:
                continue
            for name, entry in entries.items():
                if isinstance(entry, dict):
                    rows += 1
                    yield {"name": name, "as_of": payload.as_of, **entry}

    def scores():
        nonlocal rows
        for payload in replay.of("epoch-benchmarks"):
            with zipfile.ZipFile(io.BytesIO(payload.body)) as archive:
                for member in (name for name in archive.namelist() if name.endswith(".csv")):
                    text = io.TextIOWrapper(archive.open(member), encoding="utf-8-sig")
                    for line in csv.DictReader(text):
                        rows += 1
                        table = Path(member).stem
                        yield dlt.mark.with_table_name({"as_of": payload.as_of, **line}, table)

    pipeline = dlt.pipeline(
        pipeline_name="peer",
        pipelines_dir=str(home / "pipelines"),
        destination=dlt.destinations.duckdb(str(home / "side.duckdb")),
        dataset_name="peer",
    )
    pipeline.run([dlt.resource(prices, name="prices"), dlt.resource(scores, name="scores")])
    return rows


def grown(factor: int, home: Path) -> int:
    """One price list of 1,000 names times `factor`, served at four moments, a tenth of it changed each."""
    from datetime import UTC, datetime, timedelta

    from ingest.registry import load_sources
    from ingest.take_in.load import load_source
    from store.archive import Archive, describe
    from store.warehouse import open_warehouse

    source, archive = load_sources().sources["litellm-prices"], Archive(home / "archive")
    for moment in range(4):
        entries = {
            f"model-{i}": {
                "input_cost_per_token": 1e-6 * (1 + (i % 10 == moment)),
                "output_cost_per_token": 4e-6,
                "litellm_provider": "openai",
                "mode": "chat",
            }
            for i in range(1000 * factor)
        }
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=moment)
        body = json.dumps(entries).encode()
        url = source.urls[0] if isinstance(source.urls, tuple) else ""
        archive.add(describe(body, source_id=source.id, url=url, as_of=at, fetched_at=at), body)
    with open_warehouse(home / "warehouse.duckdb", 10) as warehouse:
        started = time.perf_counter()
        read = load_source(source, archive, warehouse, {}).read
        print(json.dumps({"load_seconds": time.perf_counter() - started}), file=sys.stderr)
    return read


def again(recordings: Path, home: Path) -> int:
    """First all of it, then the same again; reports the share of the second in the first."""
    started = time.perf_counter()
    ours(recordings, home)
    first = time.perf_counter() - started
    started = time.perf_counter()
    rows = ours(recordings, home)
    print(json.dumps({"share": (time.perf_counter() - started) / first}), file=sys.stderr)
    return rows


def measured(what: str, recordings: Path, checkout: Path = ROOT) -> dict[str, float]:
    """Run one side in a fresh process: wall seconds, peak megabytes, rows, and what it says of itself.

    `processor` is the processor's time of that process and of all that it started.
    """
    script = checkout / "benchmarks" / Path(__file__).name
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, str(script), "--recordings", str(recordings), "--side", what]
        done = subprocess.run(
            [*command, "--home", home], check=True, capture_output=True, text=True, cwd=checkout
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = {"processor": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}
    for line in (*done.stdout.splitlines(), *done.stderr.splitlines()):
        if line.startswith("{"):
            said.update(json.loads(line))
    return said


def side(what: str, recordings: Path, home: Path) -> None:
    """What a child process does."""
    started = time.perf_counter()
    if what.startswith("grown"):
        rows = grown(int(what.removeprefix("grown")), home)
    else:
        rows = {"ours": ours, "dlt": dlts, "again": again, "everything": everything}[what](recordings, home)
    largest = max(
        resource.getrusage(whose).ru_maxrss for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    peak = largest / 1000
    print(json.dumps({"seconds": time.perf_counter() - started, "megabytes": peak, "rows": rows}))


def against(checkout: Path, recordings: Path) -> None:
    """Print what this version takes over what another one takes, in turn, of the processor and the memory."""
    pairs = [(measured("ours", recordings), measured("ours", recordings, checkout)) for _ in range(RUNS)]
    for word in ("processor", "megabytes", "rows"):
        ratio = median(mine[word] / theirs[word] for mine, theirs in pairs)
        print(f"{word} over that of {checkout}, median of {RUNS} pairs: {ratio:.2f}")


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recordings", type=Path, default=ROOT.parent / "shared" / "recordings")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="another version of the project")
    parser.add_argument("--side", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.side:
        side(arguments.side, arguments.recordings, arguments.home)
        return
    if arguments.against:
        against(arguments.against.absolute(), arguments.recordings)
        return
    pairs = [
        (measured("ours", arguments.recordings), measured("dlt", arguments.recordings)) for _ in range(RUNS)
    ]
    ratio = median(theirs["seconds"] / mine["seconds"] for mine, theirs in pairs)
    mine, theirs = pairs[-1]
    print(f"rows read: ours {mine['rows']:,.0f}, dlt {theirs['rows']:,.0f}")
    print(f"dlt's time over ours, median of {RUNS} pairs: {ratio:.1f}")
    print(f"peak memory: ours {mine['megabytes']:.0f} MB, dlt {theirs['megabytes']:.0f} MB")
    share = measured("again", arguments.recordings)["share"]
    print(f"the same again, nothing new: {share:.1%} of the first time")
    whole = measured("everything", arguments.recordings)
    print(f"all recordings of all sources: {whole['rows']:,.0f} rows, peak {whole['megabytes']:.0f} MB")
    base = measured("grown1", arguments.recordings)
    for factor in (10, 100):
        more = measured(f"grown{factor}", arguments.recordings)
        growth = more["load_seconds"] / base["load_seconds"]
        print(
            f"{factor} times the rows: {growth:.1f} times the time to load, peak {more['megabytes']:.0f} MB"
        )


if __name__ == "__main__":
    main()
