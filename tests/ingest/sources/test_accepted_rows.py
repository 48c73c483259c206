"""What the fixtures of our sources say, row by row: every name, figure, unit and day.

    python -m tests.ingest.sources.test_accepted_rows [SOURCE ...]

writes `tests/fixtures/SOURCE/rows.jsonl` anew; look at what has changed in it before you keep it.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from ingest.records import check
from ingest.source import Source, State
from tests.ingest.sources.conftest import SOURCES
from tests.ingest.test_sources import fixture_payloads, groups_of
from tests.places import FIXTURES

ASKED_AT: Final = datetime(2026, 10, 5, 12, tzinfo=UTC)
HELD: Final = sorted(name for name in SOURCES if (FIXTURES / name / "rows.jsonl").is_file())


@pytest.mark.parametrize("source_id", HELD)
def test_a_fixture_says_what_stands_beside_it(source_id: str) -> None:
    """Each accepted row with all it holds, each refused one with its reason, and what is asked for next."""
    kept = (FIXTURES / source_id / "rows.jsonl").read_text(encoding="utf-8")
    assert said_by(SOURCES[source_id]) == kept.split("\n")[:-1]


def test_every_source_that_has_a_parser_of_its_own_is_held() -> None:
    """A form in TOML is read by what all forms share; Python can be wrong for one source alone."""
    own = {item.id for item in SOURCES.values() if item.parse.__module__.startswith("ingest.sources.")}
    missing = {name for name in own if (FIXTURES / name).is_dir()} - set(HELD)
    assert not missing, f"python -m {__name__} {' '.join(sorted(missing))}"


def said_by(source: Source) -> list[str]:
    """What comes of a fixture, in lines of JSON and alphabetical order, without cells that hold nothing."""
    payloads = fixture_payloads(source.id)
    lines: list[dict[str, Any]] = []
    for group in groups_of(source, payloads):
        records = check(source.parse(group))
        lines += [
            {"kind": kind.value} | row
            for kind, frame in records.frames.items()
            for row in frame.iter_rows(named=True)
        ]
        lines += [{"refused": row.pop("kind")} | row for row in records.refused.iter_rows(named=True)]
    if source.follow:
        lines += [{"leads_to": list(source.follow(payload))} for payload in payloads]
    if not isinstance(source.urls, tuple):
        asked = list(source.urls(State(now=ASKED_AT)))
        lines.append({"asked_for": asked[:2], "of": len(asked)})
    return sorted(json.dumps(_plain(line), ensure_ascii=False) for line in lines)


def _plain(value: Any) -> Any:
    """Twelve digits of a figure are the same on every machine."""
    match value:
        case dict():
            return {name: _plain(cell) for name, cell in value.items() if cell is not None}
        case list() | tuple():
            return [_plain(item) for item in value]
        case float():
            return float(f"{value:.12g}")
        case date():
            return value.isoformat()
        case _:
            return value


if __name__ == "__main__":
    for name in sys.argv[1:] or [name for name in SOURCES if (FIXTURES / name).is_dir()]:
        text = "".join(f"{line}\n" for line in said_by(SOURCES[name]))
        (FIXTURES / name / "rows.jsonl").write_text(text, encoding="utf-8")
