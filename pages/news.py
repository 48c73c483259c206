"""What's new: what changed in the last days that have evidence, by whose word."""

from __future__ import annotations

from pages.shared.face import show
from questions.news.question import QUESTION

show(QUESTION)
