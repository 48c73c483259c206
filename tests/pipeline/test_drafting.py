"""What a person chooses on the page Add a source becomes a form, and nothing is stored before it is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings
from errors import ExpectedError
from ingest.declared.check import read_form
from ingest.registry import load_sources
from pipeline import drafting
from pipeline.new_source import NewSourceError
from store.store import store_of

BOARD = b"System,Right (%),GPQA (%),Maker\nquokka-1,81.5,61,A\nquokka-2,64,52,B\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An empty home."""
    return Settings(home=tmp_path / "home")


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> drafting.Proposal:
    """What is proposed for the board: two tables of scores."""
    settings = Settings(home=tmp_path_factory.mktemp("draft"))
    return drafting.guess(settings, drafting.come_as_file(settings, "own-board", "b.csv", BOARD)).proposals[0]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.example.org/data/Board_v2.csv?x=1", "example-board-v2"),
        ("quokka board.csv", "quokka-board"),
        ("http://localhost:8000/", "localhost-8000"),
        ("日本.csv", "own-source"),
    ],
)
def test_a_name_is_proposed_from_the_address(address: str, name: str) -> None:
    """Lower-case words joined by hyphens, whatever the address holds."""
    assert drafting.name_for(address) == name


def test_the_table_is_shown_as_it_came(proposal: drafting.Proposal) -> None:
    """Texts under the source's own names, before anything is mapped."""
    table = drafting.table_of(proposal)
    assert table.columns == ["System", "Right (%)", "GPQA (%)", "Maker"]
    assert table.rows()[0] == ("quokka-1", "81.5", "61", "A")


def test_what_is_chosen_stands_in_the_form(proposal: drafting.Proposal) -> None:
    """A column, a unit and a word for all rows; a table that is not kept is left out."""
    tables = drafting.tables(proposal.draft)
    assert list(tables.values()) == ["own-board-right", "own-board-gpqa"]
    kept = [at for at, name in tables.items() if name.endswith("right")]
    fields = {field.name: field for field in drafting.fields(proposal.draft, kept)}
    assert fields["model_name"].column == "System"
    assert fields["model_name"].needed
    assert fields["score"].unit == "percent"
    assert fields["reported_by"].words == ("independent", "vendor", "community")
    choices = {
        "organization": drafting.Choice(),
        "score": drafting.Choice(column="GPQA (%)", unit="percent"),
        "reported_by": drafting.Choice(constant="vendor"),
    }
    (record,) = read_form(drafting.text_of(proposal.draft, choices, kept), "own-board").records
    assert "organization" not in record.fields
    assert record.fields["score"].columns == ("GPQA (%)",)
    assert record.fields["reported_by"].constant == "vendor"


def test_what_all_tables_share_is_chosen_once(proposal: drafting.Proposal) -> None:
    """With several tables only the fields that they fill alike are offered, and a choice goes into each."""
    kept = list(drafting.tables(proposal.draft))
    names = [field.name for field in drafting.fields(proposal.draft, kept)]
    assert "score" not in names
    assert "model_name" in names
    text = drafting.text_of(proposal.draft, {"organization": drafting.Choice()}, kept)
    assert [record.fields.get("organization") for record in read_form(text, "own-board").records] == [
        None
    ] * 2


def test_a_form_is_tried_without_a_trace(settings: Settings, proposal: drafting.Proposal) -> None:
    """Rows and problems are told, and neither a form nor a payload is kept."""
    came = drafting.come_as_file(settings, "own-board", "b.csv", BOARD)
    good = drafting.tried(settings, came, proposal.text)
    assert sum(frame.height for frame in good.frames.values()) == 4
    assert good.problems == ()
    wrong = drafting.tried(settings, came, proposal.text.replace('"System"', '"Sytem"'))
    assert "did you mean 'System'" in wrong.problems[0]
    torn = drafting.tried(settings, came, proposal.text + "[score")
    assert torn.problems[0].startswith("line ")
    assert not (settings.home / "sources").exists()
    assert store_of(settings).archive().sources() == []


def test_a_saved_file_can_be_read_again_and_is_never_run(
    settings: Settings, proposal: drafting.Proposal
) -> None:
    """Form, file and payload are there; a file that calls itself a module is data all the same."""
    came = drafting.come_as_file(settings, "own-board", "evil.py", BOARD)
    saved = drafting.save(settings, came, proposal.text.replace("own-board.csv", "own-board.py"))
    catalogue = load_sources(settings.sources_folder)
    assert catalogue.files["own-board"] == saved.file
    assert [problem for problem in catalogue.problems if "own-board" in str(problem)] == []
    assert [entry.url for entry in store_of(settings).archive().entries("own-board")] == [came.entry.url]
    assert store_of(settings).ledger().waiting() == ["own-board"]
    with pytest.raises(NewSourceError, match="already"):
        drafting.come_as_file(settings, "own-board", "b.csv", BOARD)


@pytest.mark.parametrize("name", ["", "Own Board", "../own", "litellm-prices"])
def test_a_name_that_cannot_be_is_told(settings: Settings, name: str) -> None:
    """No words joined by hyphens, or another source's."""
    with pytest.raises(ExpectedError):
        drafting.come_as_file(settings, name, "b.csv", BOARD)
