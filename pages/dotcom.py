"""Dot-com parallels: in what the two booms are alike, in what not, and what followed markets like them."""

from __future__ import annotations

from pages.shared.face import show
from questions.dotcom.question import QUESTION

show(QUESTION)
