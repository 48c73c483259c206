"""The list of models, with filters; chosen rows lead to one model or a comparison."""

from __future__ import annotations

from pages.shared.face import show
from questions.modellist.question import QUESTION

show(QUESTION)
