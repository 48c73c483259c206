"""S-curves and plateaus: does a series still climb, has it bent, and can a ceiling be known?"""

from __future__ import annotations

from pages.shared.face import show
from questions.trends.question import QUESTION

show(QUESTION)
