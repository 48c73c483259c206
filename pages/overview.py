"""Overview: the newest state of capability and price on one page."""

from __future__ import annotations

from pages.shared.face import show
from questions.overview.question import QUESTION

show(QUESTION)
