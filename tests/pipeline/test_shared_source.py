"""A source for everyone: form, fixture and row of the docs, as the contract of sources wants them."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.declared.guess.drafts import About
from ingest.registry import read_source
from ingest.source_table import BEGIN, END
from pipeline.new_source import Came, NewSourceError
from pipeline.shared_source import cut, share
from store.archive import describe

URL = "https://example.org/data/board.json"
FORM = f"""#:schema ./form.schema.json
title = "A board"
homepage = "https://example.org/"
licence = "CC0"
credit = "Example"
url = "{URL}"
format = "json"
rows = "rows"
cadence = "1d"

[score]
model_name = "model"
score = "elo"
constants = {{ benchmark_id = "a-board", unit = "points", reported_by = "community" }}
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The folders of a checkout that matter here."""
    for folder in ("tests/fixtures", "ingest/sources/benchmarks", "docs"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "docs" / "sources.md").write_text(f"{BEGIN}\n{END}\n")
    return tmp_path


def came(about: About) -> Came:
    body = json.dumps({"rows": [{"model": f"quokka-{n}", "elo": 1400 + n} for n in range(40)]}).encode()
    now = datetime(2026, 5, 31, tzinfo=UTC)
    return Came(about, describe(body, source_id="a-board", url=URL, as_of=now, fetched_at=now), body)


def test_a_shared_source_has_all_that_its_contract_asks_for(checkout: Path) -> None:
    """The form can be read where it lies, the fixture is small and states its rows, the docs list it."""
    written = share(came(About("a-board", url=URL, host="example.org")), FORM, checkout)
    assert read_source(written.form, "a-board").title == "A board"
    schema = written.form.read_text().splitlines()[0].removeprefix("#:schema ")
    assert (written.form.parent / schema).resolve() == checkout / "docs" / "form.schema.json"
    stated = tomllib.loads((written.fixture / "fixture.toml").read_text())
    assert stated["rows"] == {"score": 3}
    assert stated["payloads"] == {"payload.json": URL}
    assert written.is_cut
    assert "| `a-board` | [A board](https://example.org/)" in (checkout / "docs" / "sources.md").read_text()


def test_what_nobody_else_could_fetch_is_not_shared(checkout: Path, tmp_path: Path) -> None:
    """A file of one's own, or an installation that is no checkout, is told of in a sentence."""
    with pytest.raises(NewSourceError, match="address"):
        share(came(About("a-board", path="board.json")), FORM, checkout)
    with pytest.raises(NewSourceError, match="checkout"):
        share(came(About("a-board", url=URL)), FORM, tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("body", "suffix", "left"),
    [
        (b"a,b\n" + b"1,2\n" * 9, ".csv", b"a,b\n" + b"1,2\n" * 3),
        (b"- a: 1\n- a: 2\n- a: 3\n- a: 4\n", ".yml", b"- a: 1\n- a: 2\n- a: 3\n\n"),
        (b"\xff\xfe\x00", ".bin", b"\xff\xfe\x00"),
        (b"# text\n" * 9, ".md", b"# text\n" * 9),
    ],
)
def test_a_fixture_keeps_the_form_of_what_was_served(body: bytes, suffix: str, left: bytes) -> None:
    """Rows are left out where that is safe; what cannot be cut stays whole."""
    assert cut(body, suffix) == left
