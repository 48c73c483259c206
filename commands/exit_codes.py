"""What a command's exit code means; 0 is success and 2 a command that was not understood, as Typer has it."""

from __future__ import annotations

from typing import Final

FAILED: Final = 1
"""It could not be done."""

PARTLY: Final = 3
"""Some sources failed, the others were taken in."""
