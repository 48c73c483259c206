"""Is it worth it: what a call, a solved task and a wait cost, and when the dearer model pays."""

from __future__ import annotations

from pages.shared.face import show
from questions.worth.question import QUESTION

show(QUESTION)
