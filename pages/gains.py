"""Gains against cost: what better costs, what each level came to cost, what a budget buys."""

from __future__ import annotations

from pages.shared.face import show
from questions.gains.question import QUESTION

show(QUESTION)
