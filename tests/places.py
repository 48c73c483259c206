"""Where things are: the project, its fixtures, and the real payloads that stand beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FIXTURES: Final = ROOT / "tests" / "fixtures"
SHARED: Final = ROOT.parent / "shared"
RECORDINGS: Final = SHARED / "recordings"
FACTS: Final = SHARED / "facts"
