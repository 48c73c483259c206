"""The table of all sources as Markdown, made from the source files, for docs/sources.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ingest.source import Source

BEGIN: Final = "<!-- sources -->"
END: Final = "<!-- /sources -->"
HEAD: Final = "| source | what | refreshed | licence | notes |\n|---|---|---|---|---|"


def source_table(sources: Iterable[Source]) -> str:
    """One row per source: id, linked title, cadence, licence, and what a reader must know before using it."""
    rows = [
        f"| `{source.id}` | {_titled(source)} | {_code(source.cadence)} "
        f"| {_cell(source.licence)} | {', '.join(_notes(source))} |"
        for source in sources
    ]
    return "\n".join([HEAD, *rows])


def with_source_table(text: str, sources: Iterable[Source]) -> str:
    """`text` with the table between its marks replaced. Raises ValueError where a mark is missing."""
    if BEGIN not in text or END not in text:
        raise ValueError(f"the text lacks {BEGIN} or {END}, between which the table of sources stands")
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return pattern.sub(lambda _: f"{BEGIN}\n{source_table(sources)}\n{END}", text)


def write_source_table(file: Path, sources: Iterable[Source]) -> None:
    """Bring the table in `file` up to the source files."""
    file.write_text(with_source_table(file.read_text(encoding="utf-8"), sources), encoding="utf-8")


def _notes(source: Source) -> list[str]:
    said = {
        "core": source.core,
        f"frozen {(source.frozen or '').partition(':')[0]}": source.frozen is not None,
        "with fallbacks": bool(source.fallbacks),
        "not bundled": not source.shippable,
        f"needs `{source.key_env}`": source.key_env is not None,
        "off by default": not source.enabled,
    }
    return [note for note, holds in said.items() if holds]


def _titled(source: Source) -> str:
    return f"[{source.title}]({source.homepage})" if source.homepage else source.title


def _code(cadence: str) -> str:
    return f"`{cadence}`" if cadence else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
