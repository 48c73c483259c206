"""What the filters offer: each may be left open, and the words in addresses stay."""

from __future__ import annotations

from questions.controls import Choice, specs
from questions.filters import CAPS, FILTERS, KindOfModel, ModelFilters, scope


def test_every_filter_may_be_left_open() -> None:
    """Then all models are asked; the widgets of all stand together."""
    known = specs(ModelFilters)
    choices = [one for one in known.values() if isinstance(one, Choice)]
    assert len(choices) == len(known) == 4
    assert all(one.optional and one.near == FILTERS and not one.chips for one in choices)
    assert (ModelFilters(), KindOfModel()) == (
        ModelFilters(None, None, None, None),
        KindOfModel(None, None, None),
    )
    assert scope(ModelFilters()) == scope(KindOfModel()) == ""


def test_words_of_weights_reasoning_and_caps() -> None:
    """From ten cents to twenty dollars for a million tokens, blended."""
    offered = {
        name: [option.value for option in one.options]
        for name, one in specs(ModelFilters).items()
        if isinstance(one, Choice) and not callable(one.options)
    }
    assert offered == {
        "weights": ["open", "closed"],
        "reasoning": ["yes", "no"],
        "price_cap": ["0.1", "0.5", "1", "2", "5", "10", "20"],
    }
    assert [float(word) for word in offered["price_cap"]] == list(CAPS)
