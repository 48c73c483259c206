"""The tables of the docs say what the code says, a row for each field and each source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.field_table import field_table
from ingest.records import KEYS, SCHEMAS, Kind, Records
from ingest.source import Fallback, Source
from ingest.source_table import BEGIN, END, source_table, with_source_table, write_source_table

PLAIN = Source(
    id="own-board",
    title="Own board",
    homepage="https://a.example/",
    licence="CC0 | none",
    attribution="A",
    urls=("https://a.example/x",),
    cadence="6h",
    kinds=(Kind.SCORE,),
    parse=lambda _payloads: Records(),
)


def noted(**others: object) -> str:
    """The row of a source that differs from the plain one."""
    given = {name: getattr(PLAIN, name) for name in PLAIN.__slots__}
    return source_table([Source(**{**given, **others})]).splitlines()[-1]


def test_every_field_of_every_kind_has_its_row() -> None:
    """With what it holds, in which unit, and whether it is needed."""
    sections = field_table().split("\n## ")[1:]
    assert [section.splitlines()[0] for section in sections] == [kind.value for kind in SCHEMAS]
    for kind, section in zip(SCHEMAS, sections, strict=True):
        rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
        columns = SCHEMAS[kind].columns()
        assert [row[0].strip("| `") for row in rows] == list(columns)
        assert ["yes" in row[-1] for row in rows] == [not column.nullable for column in columns.values()]
        assert f"Key: {', '.join(f'`{name}`' for name in KEYS[kind])}." in section


@pytest.mark.parametrize(
    "row",
    [
        "| `model_name` | text | yes |",
        "| `score` | number | yes |",
        "| `trials` | whole number |  |",
        "| `open_weights` | true or false |  |",
        "| `valid_on` | date |  |",
        "| `valid_precision` | one of `day`, `month`, `quarter`, `year` |  |",
        "| `cost_usd` | number, USD |  |",
        "| `cost_usd_per_task` | number, USD per task |  |",
        "| `seconds_per_task` | number, seconds per task |  |",
        "| `input_usd_per_mtok` | number, USD per million tokens |  |",
        "| `output_tokens_per_second` | number, tokens per second |  |",
        "| `latency_seconds` | number, seconds |  |",
    ],
)
def test_a_field_says_its_type_and_unit(row: str) -> None:
    """The unit is the one in its name."""
    assert row in field_table().splitlines()


def test_a_source_has_its_row_with_what_a_reader_must_know() -> None:
    """No note where there is nothing to say; a bar within a cell does not end it."""
    assert noted() == "| `own-board` | [Own board](https://a.example/) | `6h` | CC0 \\| none |  |"
    assert noted(homepage="", cadence="").startswith("| `own-board` | Own board |  | CC0")
    assert noted(core=True, frozen="2025-01-01: its makers have stopped").endswith(
        "| core, frozen 2025-01-01 |"
    )
    assert noted(fallbacks=(Fallback("https://b.example/"),), shippable=False).endswith(
        "| with fallbacks, not bundled |"
    )
    assert noted(key_env="A_KEY", enabled=False).endswith("| needs `A_KEY`, off by default |")


def test_the_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """What stands around it stays; without its marks there is no place for it."""
    file = tmp_path / "sources.md"
    file.write_text(f"Before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write_source_table(file, [PLAIN])
    text = file.read_text(encoding="utf-8")
    assert text == f"Before\n{BEGIN}\n{source_table([PLAIN])}\n{END}\nafter\n"
    assert with_source_table(text, [PLAIN]) == text
    for torn in (text.replace(BEGIN, ""), text.replace(END, "")):
        with pytest.raises(ValueError, match="lacks"):
            with_source_table(torn, [PLAIN])
