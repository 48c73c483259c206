"""Data wall: when the largest training set would need all public human text."""

from __future__ import annotations

from pages.shared.face import show
from questions.datawall.question import QUESTION

show(QUESTION)
