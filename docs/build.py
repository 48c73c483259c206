"""Make those parts of the docs that come from the code: `make docs`.

docs/sources.md gets the table of sources, docs/commands.md the help of every command, docs/fields.md the
fields of every kind of record, docs/form.schema.json the JSON Schema of the TOML forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from cli import commands
from ingest.declared.json_schema import form_schema_text
from ingest.field_table import field_table
from ingest.registry import load_sources
from ingest.source_table import write_source_table

ROOT = Path(__file__).parents[1]
INTRODUCTION = """# Commands

Made from the commands' own help by `make docs`. All state lives under `HYPECURVE_HOME`. Exit codes: 0 all
went well; 1 it could not be done; 2 the command was not understood; 3 some sources failed, the others were
taken in.
"""


def command_reference() -> str:
    """Every command with its purpose, arguments and options, as Markdown."""
    group = typer.main.get_command(commands)
    return "\n".join([INTRODUCTION, *_sections(group, ())])


def _sections(command: Any, path: tuple[str, ...]) -> Iterator[str]:
    if hasattr(command, "list_commands"):
        if path and command.invoke_without_command:
            yield from _section(command, path)
        for name in command.list_commands(None):
            yield from _sections(command.get_command(None, name), (*path, name))
        return
    yield from _section(command, path)


def _section(command: Any, path: tuple[str, ...]) -> Iterator[str]:
    yield f"## `hypecurve {' '.join(path)}`\n"
    yield f"{(command.help or '').strip()}\n"
    shown = [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]
    for parameter in shown:
        yield f"- {_name(parameter)}: {(getattr(parameter, 'help', None) or '').strip()}"
    if shown:
        yield ""


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.name.upper()}`"
    return " / ".join(f"`{option}`" for option in (*parameter.opts, *parameter.secondary_opts))


if __name__ == "__main__":
    write_source_table(ROOT / "docs" / "sources.md", load_sources().sources.values())
    (ROOT / "docs" / "commands.md").write_text(command_reference(), encoding="utf-8")
    (ROOT / "docs" / "fields.md").write_text(field_table(), encoding="utf-8")
    (ROOT / "docs" / "form.schema.json").write_text(form_schema_text(), encoding="utf-8")
