"""Shapes that no plain table has, fetched as a refresh does it: packed, in any encoding, with headers."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pytest
import zstandard

from config import Settings
from ingest.fetch.client import Limits
from pipeline.refresh import Outcome
from store.ledger import Status
from store.snapshot import Snapshot
from store.store import store_of
from tests.faults.small_place import SmallPlace
from tests.loopback import Loopback, page

SCORE: Final = """
[score]
model_name = "Model"
score = { column = "Score", unit = "percent" }
constants = { benchmark_id = "own-board", unit = "fraction", reported_by = "community" }
"""
HEAD: Final = """
title = "{name}"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
url = "{url}"
cadence = "1d"
"""
SCORES: Final = (
    "SELECT model_name, benchmark_id, round(score, 4) FROM score WHERE source_id = '{source}' ORDER BY ALL"
)
PRICES: Final = (
    "SELECT model_name, provider, valid_on::VARCHAR, input_usd_per_mtok, output_usd_per_mtok FROM price "
    "WHERE source_id = '{source}' ORDER BY ALL"
)
BOARD: Final = b"Model,Score\nalpha-1,81\n"
ONE: Final = (("alpha-1", "own-board", 0.81),)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a server sends, the form that a person writes, and the rows that readers then see."""

    name: str
    body: bytes
    form: str
    rows: tuple[tuple[object, ...], ...] = ONE
    asked: str = SCORES
    headers: dict[str, str] = field(default_factory=dict)


GBK: Final = "模型,分数\n通义千问-72B,81\n".encode("gbk")
CHINESE: Final = SCORE.replace('"Model"', '"模型"').replace('"Score"', '"分数"')

SHAPES: Final = (
    Shape(
        "semicolon",
        b"Model;Score\nalpha-1;81,5\n",
        'format = "csv"\nseparator = ";"\ndecimal = ","\n' + SCORE,
        (("alpha-1", "own-board", 0.815),),
    ),
    Shape(
        "encoding-of-the-form",
        GBK,
        'format = "csv"\nencoding = "gbk"\n' + CHINESE,
        (("通义千问-72B", "own-board", 0.81),),
    ),
    Shape(
        "encoding-of-the-header",
        GBK,
        'format = "csv"\n' + CHINESE,
        (("通义千问-72B", "own-board", 0.81),),
        headers={"Content_Type": "text/csv; charset=gbk"},
    ),
    Shape("gzip-file", gzip.compress(BOARD), 'format = "csv"\n' + SCORE),
    Shape(
        "gzip-on-the-way",
        gzip.compress(BOARD),
        'format = "csv"\n' + SCORE,
        headers={"Content_Encoding": "gzip"},
    ),
    Shape("zstd-file", zstandard.compress(BOARD), 'format = "csv"\n' + SCORE),
    Shape(
        "offers-of-a-model",
        b'{"alpha-1": [{"seller": "A", "in": 5, "out": 15}, {"seller": "B", "in": 4, "out": 12}]}',
        """format = "json"
parent = "@"

[price]
model_name = "parent.key"
provider = "seller"
input_usd_per_mtok = "in"
output_usd_per_mtok = "out"
constants = { tier = "standard", seller = "reseller" }
""",
        (("alpha-1", "A", None, 5.0, 15.0), ("alpha-1", "B", None, 4.0, 12.0)),
        PRICES,
    ),
    Shape(
        "results-of-a-model",
        b'{"models": [{"name": "alpha-1", "results": [{"bench": "GPQA", "score": 81}, '
        b'{"bench": "AIME", "score": 91}]}]}',
        """format = "json"
parent = "models"
rows = "results"

[score]
model_name = "parent.name"
benchmark_id = { column = "bench", slug = true }
score = { column = "score", unit = "percent" }
constants = { unit = "fraction", reported_by = "community" }
""",
        (("alpha-1", "aime", 0.91), ("alpha-1", "gpqa", 0.81)),
    ),
    Shape(
        "by-column",
        b'{"Model": {"0": "alpha-1", "1": "beta-2"}, "Score": {"0": 81, "1": 64}}',
        'format = "json"\nlayout = "columns"\n' + SCORE,
        (("alpha-1", "own-board", 0.81), ("beta-2", "own-board", 0.64)),
    ),
    Shape(
        "figures-in-rows",
        b"date,model,field,old,new\n2026-05-04,alpha-1,input,2,1\n2026-05-04,alpha-1,output,8,4\n",
        """format = "csv"
pivot = { keep = ["date", "model"], name = "field", value = "new" }

[price]
model_name = "model"
valid_on = "date"
input_usd_per_mtok = "input"
output_usd_per_mtok = "output"
constants = { provider = "shop", tier = "standard", seller = "reseller" }
""",
        (("alpha-1", "shop", "2026-05-04", 1.0, 4.0),),
        PRICES,
    ),
    Shape(
        "interval",
        b"model,score,ci\nalpha-1,1470,+5/-4\n",
        r"""format = "csv"

[derive]
above = { column = "ci", pattern = '\+(\d+)' }
below = { column = "ci", pattern = '-(\d+)' }

[score]
model_name = "model"
score = "score"
low = { formula = "{score} - {below}" }
high = { formula = "{score} + {above}" }
constants = { benchmark_id = "own-board", unit = "points", reported_by = "community" }
""",
        (("alpha-1", 1470.0, 1466.0, 1475.0),),
        "SELECT model_name, score, low, high FROM score WHERE source_id = '{source}'",
    ),
)


@dataclass(frozen=True, slots=True)
class Served:
    """What came of refreshing all shapes at once, and then a second time."""

    first: dict[str, Outcome]
    again: dict[str, Outcome]
    snapshot: Snapshot
    published: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One home with a source of each shape, and the server that they ask."""
    limits = Limits(
        read_seconds=5.0, total_seconds=5.0, attempts=2, first_wait_seconds=0.01, seconds_between_requests=0.0
    )
    with Loopback() as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.take_in.backfill.bundle_files", lambda *_: None)
        patch.setattr("pipeline.refresh.Limits", lambda: limits)
        home = tmp_path_factory.mktemp("shapes") / "home"
        place = SmallPlace(Settings(home=home, allow_private_urls=True), server)
        place.settings.sources_folder.mkdir(parents=True)
        for shape in SHAPES:
            url = server.on(f"/{shape.name}", page(shape.body, '"1"', **shape.headers))
            form = HEAD.format(name=shape.name, url=url) + shape.form
            (place.settings.sources_folder / f"{shape.name}.toml").write_text(form, encoding="utf-8")
        names = [shape.name for shape in SHAPES]
        first = place.refresh(*names)
        snapshot = store_of(place.settings).latest()
        again = place.refresh(*names)
        yield Served(first, again, snapshot, place.published())


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_shape_that_is_served_becomes_rows(served: Served, shape: Shape) -> None:
    """By one refresh, with nothing refused."""
    assert served.first[shape.name].status is Status.NEW, served.first[shape.name]
    rows = served.snapshot.select(shape.asked.format(source=shape.name)).rows()
    assert tuple(rows) == shape.rows
    refused = served.snapshot.select(f"SELECT reason FROM quarantine WHERE source_id = '{shape.name}'")
    assert refused.is_empty(), refused.rows()


def test_what_is_served_again_changes_nothing(served: Served) -> None:
    """The server says 304 to whoever has it."""
    assert {outcome.status for outcome in served.again.values()} == {Status.UNCHANGED}
    assert served.published == served.snapshot.id
