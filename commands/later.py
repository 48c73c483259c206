"""A group of commands that is imported when one of its commands is asked for."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup


class Later(TyperGroup):
    """`hypecurve analyse`: its module brings all of the statistics along."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of its commands."""
        return list(self._group().list_commands(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name; None where there is none."""
        return self._group().get_command(ctx, cmd_name)

    def _group(self) -> Any:
        import analyse

        return typer.main.get_command(analyse.commands)
