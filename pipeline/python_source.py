"""A source in Python, for what no form can say: a stub of twenty lines and its test, to write on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from config import Settings
from pipeline.new_source import Came

FIXTURES: Final = "_fixtures"
"""Beside the modules, for what was served; names with an underscore are no sources."""

_STUB: Final = '''"""{title}: say in a sentence what it lists."""

from __future__ import annotations

{imports}from collections.abc import Sequence

import polars as pl

{reader}from ingest.records import Kind, Records
from ingest.source import Payload, Source


def parse(payloads: Sequence[Payload]) -> Records:
    """Scores in points; ingest/records.py names the other kinds and what each field may hold."""
    rows = [
        {{"model_name": {model}, "score": float({score}), "benchmark_id": "{name}", "unit": "points",
         "setting": "", "reported_by": "community"}}
        for payload in payloads
        for item in {items}
    ]
    return Records({{Kind.SCORE: pl.DataFrame(rows)}})


SOURCE = Source(
    id="{name}", title={quoted_title}, homepage={homepage}, licence="not looked up", attribution={host},
    urls=({url},), cadence="1d", kinds=(Kind.SCORE,), parse=parse, shippable=False,
)
'''
_TEST: Final = '''"""What was served on {on} goes in: `python -m pytest {test}`."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from ingest.records import check
from ingest.registry import read_source
from ingest.source import Payload

HERE = Path(__file__).parent


def test_what_was_served_goes_in() -> None:
    """Every row is taken in, and there is one at least."""
    source = read_source(HERE / "{name}.py", "{name}")
    body = (HERE / "{fixtures}" / "{file}").read_bytes()
    day = datetime.fromisoformat("{on}").replace(tzinfo=UTC)
    found = check(source.parse([Payload("{name}", {url}, day, sha256(body).hexdigest(), body)]))
    assert found.refused["reason"].to_list() == []
    assert sum(frame.height for frame in found.frames.values()) > 0
'''


@dataclass(frozen=True, slots=True)
class Stub:
    """The module that was written, and its test."""

    module: Path
    test: Path


def write_stub(settings: Settings, came: Came) -> Stub:
    """Write a module that reads what came as far as can be guessed, its test, and what was served."""
    about, folder = came.about, settings.sources_folder
    suffix = PurePosixPath(urlsplit(about.url or about.path).path).suffix or ".txt"
    module, test = folder / f"{about.name}.py", folder / f"_test_{about.name.replace('-', '_')}.py"
    address = came.entry.url
    is_json = came.body.lstrip()[:1] in (b"{", b"[")
    (folder / FIXTURES).mkdir(parents=True, exist_ok=True)
    (folder / FIXTURES / f"{about.name}{suffix}").write_bytes(came.body)
    reading = (
        {"imports": "", "reader": "from ingest.formats.texts import loaded_json\n",
         "model": 'item["model"]', "score": 'item["score"]',
         "items": "loaded_json(payload.body, payload.url)"}
        if is_json
        else {"imports": "import re\n", "reader": "", "model": "item[0]", "score": "item[1]",
              "items": 're.findall(r"(?m)^(\\S+) ([\\d.]+)$", payload.body.decode())'}
    )  # fmt: skip
    stub = _STUB.format(
        title=about.title,
        name=about.name,
        quoted_title=json.dumps(about.title),
        homepage=json.dumps(f"https://{about.host or 'example.org'}/"),
        host=json.dumps(about.host or about.name),
        url=json.dumps(address),
        **reading,
    )
    with module.open("x", encoding="utf-8") as new:
        new.write(stub)
    on = came.entry.as_of
    said = {"name": about.name, "url": json.dumps(address), "on": f"{on:%Y-%m-%d}", "test": test.name}
    test.write_text(_TEST.format(**said, fixtures=FIXTURES, file=f"{about.name}{suffix}"), encoding="utf-8")
    return Stub(module, test)
