"""Compare: two to five models side by side."""

from __future__ import annotations

from pages.shared.face import show
from questions.compare.question import QUESTION

show(QUESTION)
