"""Hype against reality: which release drew attention, does it follow capability, and what shape has it."""

from __future__ import annotations

from pages.shared.face import show
from questions.hype.question import QUESTION

show(QUESTION)
