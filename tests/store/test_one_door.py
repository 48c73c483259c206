"""Nobody outside of the store knows where data lie and how they are kept there."""

from __future__ import annotations

import re

from tests.places import ROOT

OUTSIDE = ("analysis", "charts", "commands", "faces", "ingest", "pages", "pipeline", "questions")
FILES = [ROOT / "app.py", *(file for folder in OUTSIDE for file in sorted((ROOT / folder).rglob("*.py")))]
WHERE = re.compile(
    r"\.(?:archive_folder|warehouse_file|snapshot_folder|ledger_file)\b|\bLedger\(|\b(?:open|fresh)_warehouse\("
    r"|\bimport\b.*\bstore\.(?:team|one_machine)\b|\bfrom store\.(?:team|one_machine)\b"
    r"|\b(?:OneMachine|TeamStore|TeamLedger|TeamArchive|store_url|store_data|psycopg|obstore)\b|(?i:ducklake|postgres)"
)
ALLOWED = ("commands/store.py", "commands/backup.py")
"""They are about the kinds of stores themselves."""


def test_data_are_reached_through_the_store_alone() -> None:
    """A file, a folder or a kind of store that is named elsewhere would be wrong for a team."""
    found = [
        f"{name}: {line.strip()}"
        for file in FILES
        if (name := file.relative_to(ROOT).as_posix()) not in ALLOWED
        for line in file.read_text(encoding="utf-8").splitlines()
        if WHERE.search(line)
    ]
    assert found == []
