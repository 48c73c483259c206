"""The hype map: attention beside capability, price, use and money, technology by technology."""

from __future__ import annotations

from pages.shared.face import show
from questions.hypemap.question import QUESTION

show(QUESTION)
