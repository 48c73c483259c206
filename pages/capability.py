"""Capability and cost: who is best at which price, at any past date, on any benchmark."""

from __future__ import annotations

from pages.shared.face import show
from questions.capability.question import QUESTION

show(QUESTION)
