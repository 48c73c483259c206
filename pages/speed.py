"""Speed: by host, by day, against price and score, and how long an answer takes."""

from __future__ import annotations

from pages.shared.face import show
from questions.speed.question import QUESTION

show(QUESTION)
