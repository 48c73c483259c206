"""How often Python looks for garbage in a process that does one thing, or reads one payload after another."""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 100_000
"""New objects between two looks. Imported libraries, and a payload that is read, make hundreds of thousands
in no circle; with Python's 700 they are looked through again and again, a tenth of a short command's time."""


def look_rarely_for_garbage() -> None:
    """From now on, in this process."""
    gc.set_threshold(YOUNG)
