"""Commands on names of models: `hypecurve resolve`, `models unresolved`, `models accept`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from commands.printing import Format, say, show

if TYPE_CHECKING:
    import polars as pl

    from config import Settings

commands = typer.Typer()
models = typer.Typer(no_args_is_help=True, help="Names of models and what they mean.")
commands.add_typer(models, name="models")


@commands.command()
def resolve(
    names: Annotated[list[str], typer.Argument(help="Spellings of models.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """Say which model each name means, and which rule says so."""
    import polars as pl

    from config import load_settings
    from ingest.identity.identify import resolver_for

    settings = load_settings()
    resolver = resolver_for(settings.aliases_file, _observed_names(settings), also=names)
    shown = [resolver.resolve(name).to_json() for name in names]
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        show(pl.DataFrame(shown))


@models.command()
def unresolved(
    limit: Annotated[int, typer.Option(help="How many names to list, the weightiest first.")] = 500,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List names that only resemble a model. No rule explains them: decide with `models accept`."""
    from commands.opening import opened
    from config import load_settings
    from ingest.identity.identify import resolver_for
    from ingest.identity.unresolved import with_suggestions

    settings = load_settings()
    names = opened(settings).ask("names_unresolved")
    listed = with_suggestions(names, resolver_for(settings.aliases_file)).head(limit)
    show(listed, Format.JSON if as_json else Format.TABLE)


@models.command()
def accept(
    name: Annotated[str, typer.Argument(help="The spelling.")],
    model_id: Annotated[str, typer.Argument(help="The model that it means.")],
    source: Annotated[str, typer.Option(help="Only in this source.")] = "",
    shared: Annotated[
        bool, typer.Option("--shared", help="Into the project's own list, for everyone.")
    ] = False,
) -> None:
    """Write down which model a name means. `hypecurve rebuild` applies it to the past too."""
    from config import load_settings
    from ingest.identity import unresolved
    from ingest.identity.identify import resolver_for

    settings = load_settings()
    file = unresolved.SHARED_FILE if shared else settings.aliases_file
    unresolved.accept(resolver_for(settings.aliases_file), name, model_id, file, source)
    say(f"{name} is now {model_id} (in {file}). `hypecurve rebuild` applies it everywhere.")


def _observed_names(settings: Settings) -> pl.DataFrame | None:
    """Every spelling that sources use; none before the first snapshot."""
    from store.snapshot import NoSnapshotError
    from store.store import store_of

    try:
        return store_of(settings).latest().ask("names_to_resolve")
    except NoSnapshotError:
        return None
