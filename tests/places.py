"""Where things are: the project, its fixtures, and the real payloads that stand beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from config import Settings
from store.one_machine import OneMachine

ROOT: Final = Path(__file__).parents[1]
FIXTURES: Final = ROOT / "tests" / "fixtures"
SHARED: Final = ROOT.parent / "shared"
RECORDINGS: Final = SHARED / "recordings"
FACTS: Final = SHARED / "facts"


def files_of(settings: Settings) -> OneMachine:
    """The files of a home, for tests that damage them or look at them."""
    return OneMachine(settings.home, settings.lock_wait_seconds)
