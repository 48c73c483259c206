"""Whatever a server sends in place of a table costs its source only: an error; the last good rows stay."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Final

import polars as pl
import pytest
import zstandard

from store.ledger import Status
from store.store import store_of
from tests.faults.small_place import SmallPlace
from tests.loopback import Answer, Reply, page, redirect

GOOD: Final = [{"Model": "alpha-1", "Score": 81}, {"Model": "beta-2", "Score": 64}]
FORM: Final = """
title = "{name}"
homepage = "https://example.org/"
licence = "CC0-1.0"
credit = "Example"
url = "{url}"
format = "{format}"
cadence = "1d"
max_megabytes = 1

[score]
model_name = "Model"
score = {{ column = "Score", unit = "percent" }}
constants = {{ benchmark_id = "{name}", unit = "fraction", reported_by = "community" }}
"""


def parquet() -> bytes:
    """The good table as Parquet."""
    file = io.BytesIO()
    pl.DataFrame(GOOD).write_parquet(file)
    return file.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """An archive of files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


CSV: Final = b"Model,Score\nalpha-1,81\nbeta-2,64\n"
GOODS: Final = {
    "csv": CSV,
    "json": json.dumps(GOOD).encode(),
    "yaml": b"- {Model: alpha-1, Score: 81}\n- {Model: beta-2, Score: 64}\n",
    "parquet": parquet(),
    "zip": zipped({"a.csv": CSV}),
}


@dataclass(frozen=True, slots=True)
class Hostile:
    """What is sent; `fails` is False where the rows that are good are taken and the others refused."""

    name: str
    answer: Answer
    format: str = "csv"
    fails: bool = True


def flipped(body: bytes, every: int) -> bytes:
    """The bytes with a bit turned in every so many of them."""
    return bytes(byte ^ 4 if at % every == every - 1 else byte for at, byte in enumerate(body))


def body(content: bytes, **headers: str) -> Answer:
    """An answer with status 200."""
    return page(content, **headers)


BOMB: Final = gzip.compress(b"a,b\n" * 1_000_000)
NESTED: Final = b"[" * 100_000
LAUGHS: Final = b"".join(
    [b"- &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"]
    + [f"- &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n".encode() for level in range(1, 12)]
)

ANSWERS: Final = (
    Hostile("html-with-200", body(b"<!doctype html><html><body>Please sign in</body></html>")),
    Hostile("empty", body(b"")),
    Hostile("blanks-only", body(b" \n\n")),
    Hostile("cut-in-the-middle", Reply(200, {}, (CSV[:20],), declared=len(CSV))),
    Hostile("wrong-type", body(b"%PDF-1.7 not a table", content_type="application/pdf")),
    Hostile("gzip-bomb", body(BOMB, content_encoding="gzip")),
    Hostile("no-gzip", body(b"no", content_encoding="gzip")),
    Hostile("unknown-encoding", body(b"abc", content_encoding="rot13")),
    Hostile("gzip-in-gzip", body(gzip.compress(gzip.compress(CSV)), content_encoding="gzip"), fails=False),
    Hostile("gzip-named-twice", body(gzip.compress(gzip.compress(CSV)), content_encoding="gzip, gzip")),
    Hostile("brotli-unasked", body(b"\xff\xff\xff\xff" * 100, content_encoding="br")),
    Hostile("zstd-unasked", body(zstandard.compress(b"0" * 50_000_000), content_encoding="zstd")),
    Hostile("empty-gzip-members", body(gzip.compress(b"") * 40_000, content_encoding="gzip")),
    Hostile("charset-that-is-none", body(CSV, content_type="text/csv; charset=klingon"), fails=False),
    Hostile("charset-that-is-no-text", body(CSV, content_type="text/csv; charset=base64"), fails=False),
    Hostile("head-without-end", Reply(raw=(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 1_000_000)), fails=True),
    Hostile("many-heads", Reply(raw=(b"HTTP/1.1 100 Continue\r\n\r\n" * 50_000,))),
    Hostile("negative-length", Reply(raw=(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", CSV))),
    Hostile("long-tag", body(CSV, etag="a" * 60_000), fails=False),
    Hostile("redirect-to-nonsense", redirect("http://[::1")),
    Hostile("redirect-to-no-port", redirect("http://example.org:99999999/")),
    Hostile("redirect-to-data", redirect("data:text/csv,Model,Score")),
    Hostile("redirect-to-file", redirect("file:///etc/passwd")),
    Hostile("redirect-to-itself", lambda seen: redirect(seen.path)),
    Hostile("endless", lambda _: Reply(200, {}, (b"x,y\n" * 250_000,) * 10, length=False)),
    Hostile("slow", lambda _: Reply(200, {}, (b"a",) * 50, pause_seconds=0.2)),
    Hostile("hundred-thousand-columns", body(b",".join(b"c%d" % at for at in range(100_000)) + b"\n1\n")),
    Hostile("columns-of-one-name", body(b",".join([b"Score"] * 3_000) + b"\n" + b",".join([b"1"] * 3_000))),
    Hostile("nul", body(b"Model,Score\nal\0pha,81\nbeta-2,64\n"), fails=False),
    Hostile("control-codes", body(b"Model,Score\n\x1b[2Jalpha,81\nbeta-2,64\n"), fails=False),
    Hostile("markup", body(b"Model,Score\n<script>alert(1)</script>,81\nbeta-2,64\n"), fails=False),
    Hostile("right-to-left", body("Model,Score\n\u202eahpla,81\nbeta-2,64\n".encode()), fails=False),
    Hostile("not-finite", body(b"Model,Score\na,NaN\nb,Infinity\nc,1e400\nd,-inf\nbeta-2,64\n"), fails=False),
    Hostile("huge-integers", body(b"Model,Score\na," + b"9" * 400 + b"\nbeta-2,64\n"), fails=False),
    Hostile("infinity-in-json", body(b'[{"Model": "a", "Score": Infinity}]'), "json"),
    Hostile(
        "1e400-in-json",
        body(b'[{"Model": "a", "Score": 1e400}, {"Model": "beta-2", "Score": 64}]'),
        "json",
        fails=False,
    ),
    Hostile("deep-json", body(NESTED), "json"),
    Hostile("duplicate-keys", body(b'[{"Model": "a", "Score": 1, "Score": 2}]'), "json", fails=False),
    Hostile(
        "lone-surrogate",
        body(b'[{"Model": "\\ud800", "Score": 1}, {"Model": "beta-2", "Score": 64}]'),
        "json",
        fails=False,
    ),
    Hostile("json-cut", body(b'[{"Model": "a", "Score": 1'), "json"),
    Hostile("yaml-aliases", body(LAUGHS), "yaml"),
    Hostile("yaml-tags", body(b"- !!python/object/apply:os.system [touch /tmp/never]\n"), "yaml"),
    Hostile("parquet-cut", body(GOODS["parquet"][:-30]), "parquet"),
    Hostile("parquet-flipped", body(flipped(GOODS["parquet"], 7)), "parquet"),
    Hostile("zip-bomb", body(zipped({"a.csv": b"0" * 300_000_000})), "zip"),
    Hostile("zip-that-climbs", body(zipped({"../../evil.csv": b"x\n1\n"})), "zip"),
    Hostile("zip-cut", body(GOODS["zip"][:-40]), "zip"),
)


@pytest.fixture
def answered(hurried: SmallPlace) -> SmallPlace:
    """Every source has served a good table once."""
    place = hurried
    place.settings.sources_folder.mkdir(parents=True)
    for item in ANSWERS:
        url = place.server.on(f"/{item.name}", page(GOODS[item.format]))
        text = FORM.format(name=item.name, url=url, format=item.format)
        (place.settings.sources_folder / f"{item.name}.toml").write_text(text, encoding="utf-8")
    place.refresh(*(item.name for item in ANSWERS))
    return place


def test_no_answer_costs_more_than_its_own_source(answered: SmallPlace) -> None:
    """Each fails in a sentence, or its bad rows are refused; the rows of before stay; nothing gets out."""
    place = answered
    before = rows(place)
    assert len(before) == 2 * len(ANSWERS)
    for item in ANSWERS:
        place.server.on(f"/{item.name}", item.answer)
    outcomes = place.refresh(*(item.name for item in ANSWERS))
    wrong = {
        item.name: outcomes[item.name].message
        for item in ANSWERS
        if item.fails != (outcomes[item.name].status is Status.FAILED)
    }
    assert wrong == {}
    for item in ANSWERS:
        said = outcomes[item.name].message
        assert "Traceback" not in said
        assert not item.fails or len(said) > 20
    after = rows(place)
    assert before <= after
    assert all(name.isprintable() and "<" not in name for _, name, _ in after)
    assert store_of(place.settings).archive().problems(deep=True) == []
    assert not list(place.settings.home.parent.rglob("evil.csv"))


def rows(place: SmallPlace) -> set[tuple[str, str, float]]:
    """All scores that readers see."""
    sql = "SELECT source_id, model_name, score FROM score WHERE NOT gone"
    return set(store_of(place.settings).latest().select(sql).iter_rows())
