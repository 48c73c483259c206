"""Benchmarks: which models sat which, and what is known of each benchmark."""

from __future__ import annotations

from pages.shared.face import show
from questions.benchmarks.question import QUESTION

show(QUESTION)
