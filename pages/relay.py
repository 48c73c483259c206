"""S-curves: the relay. Tests are used up one after the other; does it go faster?"""

from __future__ import annotations

from pages.shared.face import show
from questions.relay.question import QUESTION

show(QUESTION)
