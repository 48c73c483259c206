"""Claims: what the data say of each claim of the article of December 2024, then and now."""

from __future__ import annotations

from pages.shared.face import show
from questions.claims.question import QUESTION

show(QUESTION)
