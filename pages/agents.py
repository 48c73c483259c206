"""Agents: computer use, horizons, tests of agents, and what a task costs."""

from __future__ import annotations

from pages.shared.face import show
from questions.agents.question import QUESTION

show(QUESTION)
