"""A new source for everyone: its form among the project's own, a small fixture, its row in the docs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from ingest.declared.guess.writing import SCHEMA_FILE
from ingest.declared.parse import source_from_toml
from ingest.formats.yaml_texts import yaml_of_text
from ingest.records import Kind, check
from ingest.registry import OWN_FOLDER, load_sources
from ingest.source import Payload
from ingest.source_table import write_source_table
from pipeline.new_source import Came, NewSourceError

CHECKOUT: Final = OWN_FOLDER.parents[1]
ROWS_KEPT: Final = 3
"""So many rows of each list stay in a fixture."""

_FOLDERS: Final[Mapping[Kind, str]] = {
    Kind.SCORE: "benchmarks",
    Kind.MODEL_FACT: "benchmarks",
    Kind.BENCHMARK: "benchmarks",
    Kind.PRICE: "prices",
    Kind.SPEED: "prices",
    Kind.RELEASE: "feeds",
    Kind.USAGE: "attention",
}
_MANY: Final = 6


@dataclass(frozen=True, slots=True)
class Shared:
    """What was written into the checkout."""

    form: Path
    fixture: Path
    is_cut: bool


def share(came: Came, text: str, checkout: Path = CHECKOUT) -> Shared:
    """Write form, fixture and row of the docs. Raises NewSourceError outside a checkout, or for a file."""
    name = came.about.name
    fixture = checkout / "tests" / "fixtures" / name
    if not fixture.parent.is_dir():
        raise NewSourceError("--shared is for a checkout of hypecurve; here is an installed package.")
    if not came.about.url:
        raise NewSourceError("--shared needs an address: nobody else has that file.")
    source = source_from_toml(text, name)
    folder = checkout / "ingest" / "sources" / _FOLDERS.get(source.kinds[-1], "markets")
    schema = "../../../docs/" + SCHEMA_FILE
    form = folder / f"{name}.toml"
    form.write_text(text.replace(f"#:schema ./{SCHEMA_FILE}", f"#:schema {schema}"), encoding="utf-8")
    small = cut(came.body, PurePosixPath(urlsplit(came.about.url).path).suffix)
    file = f"payload{PurePosixPath(urlsplit(came.about.url).path).suffix or '.txt'}"
    fixture.mkdir(exist_ok=True)
    (fixture / file).write_bytes(small)
    on = came.entry.as_of.date()
    payload = Payload(
        name, came.about.url, came.entry.as_of, sha256(small).hexdigest(), small, came.entry.content_type
    )
    found = check(source.parse((payload,)))
    counts = {kind.value: frame.height for kind, frame in found.frames.items()}
    counts |= {"refused": found.refused.height} if found.refused.height else {}
    (fixture / "fixture.toml").write_text(_fixture(on, file, came.about.url, counts), encoding="utf-8")
    every = dict(sorted({**load_sources().sources, name: source}.items()))
    write_source_table(checkout / "docs" / "sources.md", every.values())
    return Shared(form, fixture, len(small) < len(came.body))


def _fixture(on: date, file: str, url: str, counts: Mapping[str, int]) -> str:
    rows = "\n".join(f"{kind} = {count}" for kind, count in counts.items())
    return f"as_of = {on}\n\n[payloads]\n{json.dumps(file)} = {json.dumps(url)}\n\n[rows]\n{rows}\n"


def cut(body: bytes, suffix: str) -> bytes:
    """A payload with the first rows only, where its format can be cut without losing its form."""
    try:
        text = body.decode("utf-8")
        if text.lstrip()[:1] in ("{", "["):
            return _cut_text(text, json.loads, lambda found: json.dumps(found, indent=1, ensure_ascii=False))
        if suffix in (".yml", ".yaml"):
            return _cut_text(text, lambda said: yaml_of_text(said, suffix), _as_yaml)
    except ValueError:
        return body
    if suffix in (".csv", ".tsv", ".jsonl", ".ndjson"):
        return "".join(text.splitlines(keepends=True)[: ROWS_KEPT + 1]).encode()
    return body


def _as_yaml(found: Any) -> str:
    return str(yaml.safe_dump(found, sort_keys=False, allow_unicode=True))


def _cut_text(text: str, read: Callable[[str], Any], write: Callable[[Any], str]) -> bytes:
    return (write(_shortened(read(text))) + "\n").encode()


def _shortened(found: Any) -> Any:
    if isinstance(found, list):
        return [_shortened(item) for item in found[:ROWS_KEPT]]
    if isinstance(found, dict):
        members = list(found.items())
        are_rows = len(members) > _MANY and all(isinstance(member, (dict, list)) for _, member in members)
        kept = members[:ROWS_KEPT] if are_rows else members
        return {key: _shortened(member) for key, member in kept}
    return found
