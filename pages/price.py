"""Price of a capability: what it costs to buy a score that was once the frontier, and how fast that falls."""

from __future__ import annotations

from pages.shared.face import show
from questions.price.question import QUESTION

show(QUESTION)
