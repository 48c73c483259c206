"""`hypecurve sources new`: from an address or a file to a form that takes it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.exit_codes import FAILED
from commands.printing import complain, say

if TYPE_CHECKING:
    from ingest.declared.guess.proposal import Proposal
    from pipeline.new_source import Fetched

commands = typer.Typer()


@commands.command()
def new(
    name: Annotated[str, typer.Argument(help="What to call it: lower-case words joined by hyphens.")],
    url: Annotated[str | None, typer.Option(help="The address that serves it.")] = None,
    file: Annotated[Path | None, typer.Option(help="In place of an address: a file on this machine.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take what seems right.")] = False,
) -> None:
    """Make a source. Fetch it once, propose its form, write that into the folder of your own sources.

    The form is a TOML file with comments on what could not be known. `hypecurve sources check NAME` judges
    it, `hypecurve refresh NAME` takes it in.
    """
    from config import load_settings
    from pipeline.new_source import described, fetched, write_form

    settings = load_settings()
    found = fetched(settings, described(settings, name, url, file))
    say(f"Fetched {len(found.payload.body):,} bytes from {found.payload.url}.")
    if not found.proposals:
        complain(
            f"No form was written, since no table of models, figures or dates was found. {found.reason} "
            "What was fetched is kept. docs/add_a_source.md says how a form or a Python source is written."
        )
        raise typer.Exit(FAILED)
    proposal = found.proposals[0] if yes else _agreed(found)
    written = write_form(settings, proposal)
    say(f"{written} takes in {_counted(proposal)}.")
    for line in proposal.draft.said:
        say(f"Open: {line}")
    say(f"Next: `hypecurve sources check {name}`, then `hypecurve refresh {name}`.")


def _agreed(found: Fetched) -> Proposal:
    """The proposal that a person picks: one question, and none where there is one proposal only."""
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
