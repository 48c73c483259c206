"""`hypecurve search`: models, benchmarks, makers, sources and questions by their names."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.printing import Format, say, show

commands = typer.Typer()


@commands.command()
def search(
    words: Annotated[
        list[str], typer.Argument(help="A name or part of one; blanks and hyphens say nothing.")
    ],
    as_of: Annotated[str, typer.Option("--as-of", help="As known on this day (default: today).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find models, benchmarks, makers, sources and questions.

    Beside each stands the command that asks for it.
    """
    import polars as pl

    from commands.opening import opened
    from config import load_settings
    from faces.current import current_view
    from questions.search import search as find

    settings = load_settings()
    opened(settings)
    found = find(current_view(settings, as_of or None), " ".join(words))
    rows = [
        {
            "kind": item.kind,
            "name": item.name,
            "id": item.also[0] if item.also else item.name,
            "ask": " ".join(
                ["hypecurve", "ask", item.question, *(f"--{name} '{word}'" for name, word in item.controls)]
            ),
        }
        for item in found
    ]
    if rows or as_json:
        schema = dict.fromkeys(("kind", "name", "id", "ask"), pl.String)
        show(pl.DataFrame(rows, schema=schema), Format.JSON if as_json else Format.TABLE)
    else:
        say("Nothing of this name is known.")
