"""`hypecurve sources new`: from an address or a file to a form that takes it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.exit_codes import FAILED
from commands.printing import complain, say

if TYPE_CHECKING:
    from config import Settings
    from ingest.declared.guess.proposal import Proposal
    from ingest.take_in.guessing import Guessed
    from pipeline.new_source import Came

commands = typer.Typer()


@commands.command()
def new(
    name: Annotated[str, typer.Argument(help="What to call it: lower-case words joined by hyphens.")],
    url: Annotated[str | None, typer.Option(help="The address that serves it.")] = None,
    file: Annotated[Path | None, typer.Option(help="In place of an address: a file on this machine.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take what seems right.")] = False,
    usd: Annotated[
        float | None, typer.Option(help="Of prices in another currency: what one unit of it is in USD.")
    ] = None,
    table: Annotated[
        str, typer.Option(help="Of several tables: which one, by its name or its place from 1.")
    ] = "",
    shared: Annotated[
        bool, typer.Option("--shared", help="Among the project's own, with fixture and row of the docs.")
    ] = False,
    python: Annotated[
        bool, typer.Option("--python", help="A module and its test in place of a form, to write on.")
    ] = False,
) -> None:
    """Make a source. Fetch it once, propose its form, write that into the folder of your own sources.

    The form is a TOML file with comments on what could not be known. `hypecurve sources check NAME` judges
    it, `hypecurve refresh NAME` takes it in. Where no form can say what is served, --python writes twenty
    lines to start from.
    """
    from config import load_settings
    from pipeline.new_source import described, fetched, guess, write_form
    from store.store import store_of

    settings = load_settings()
    about = described(settings, name, url, file, usd)
    came = fetched(settings, about, store_of(settings).archive())
    say(f"Fetched {len(came.body):,} bytes from {came.entry.url}.")
    if python:
        _write_stub(settings, came)
        return
    found = guess(settings, came, table)
    if not found.proposals:
        complain(
            f"No form was written, since no table of models, figures or dates was found. {found.reason} "
            "What was fetched is kept. docs/add_a_source.md says how a form is written; with --python this "
            "command writes a module to start from."
        )
        raise typer.Exit(FAILED)
    proposal = found.proposals[0] if yes else _agreed(found)
    others = "" if table else found.others(proposal)
    if shared:
        _share(came, proposal)
        return
    written = write_form(settings, name, proposal.text)
    say(f"{written} takes in {_counted(proposal)}.")
    for line in (*proposal.draft.said, *filter(None, [others])):
        say(f"Open: {line}.".replace("..", "."))
    say(f"Next: `hypecurve sources check {name}`, then `hypecurve refresh {name}`.")


def _write_stub(settings: Settings, came: Came) -> None:
    from pipeline.python_source import write_stub

    stub = write_stub(settings, came)
    name = came.about.name
    say(f"{stub.module} is yours to write on; {stub.test} tests it: `python -m pytest {stub.test}`.")
    say(f"Next: `hypecurve sources check {name}`, then `hypecurve refresh {name}`.")


def _share(came: Came, proposal: Proposal) -> None:
    from pipeline.shared_source import share

    written = share(came, proposal.text)
    say(f"{written.form} takes in {_counted(proposal)}.")
    whole = "cut to its first rows" if written.is_cut else "as it was served"
    say(f"Open: {written.fixture} holds the payload {whole}: put made-up names and figures in its place.")
    for line in (*proposal.draft.said, "licence, credit and homepage in the form."):
        say(f"Open: {line}")
    say("Next: `python -m pytest tests/ingest/test_sources.py`. docs/sources.md has its row.")


def _agreed(found: Guessed) -> Proposal:
    """The proposal that a person picks: one question, and none where there is one proposal only.

    Which of several tables is meant is said by an option, and the answer names them.
    """
    from ingest.declared.guess.writing import kind_in_words

    if len(found.proposals) == 1:
        return found.proposals[0]
    say("Its rows may be read as")
    for number, proposal in enumerate(found.proposals, start=1):
        say(f"  {number}  {kind_in_words(proposal.kind)}: {_counted(proposal)}")
    asked: int = typer.prompt("Which", default=1, type=int)
    return found.proposals[min(max(asked, 1), len(found.proposals)) - 1]


def _counted(proposal: Proposal) -> str:
    kind = proposal.kind.value.replace("_", " ")
    rows = f"{proposal.taken:,} {kind} {'row' if proposal.taken == 1 else 'rows'}"
    return f"{rows}, {proposal.refused:,} in quarantine" if proposal.refused else rows
