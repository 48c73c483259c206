"""Models: find one, and see its scores, its price steps, its releases and the sources of all of it."""

from __future__ import annotations

from pages.shared.face import show
from questions.models.question import QUESTION

show(QUESTION)
