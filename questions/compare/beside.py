"""Ways from wherever a model is named to all that is known of it, and to it beside another model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from questions.answer import Link
from questions.compare.compared import models_to_compare
from questions.controls import Option
from questions.view import View


def ways_of(view: View) -> Callable[[str | None], tuple[Link, ...]]:
    """A function from a model_id to the links that lead on; none for a model that cannot be compared.

    Beside the leader only where both have an index: else the comparison would be of facts and prices alone.
    """
    offered = models_to_compare(view, {})
    indexed = set(view.ask("index_for_trend").drop_nulls("value")["model_id"])
    labels = {option.value: option.label for option in offered}

    def ways(model_id: str | None) -> tuple[Link, ...]:
        if model_id is None or model_id not in labels:
            return ()
        own = Link("models", f"more on {labels[model_id]}", (("find", model_id),))
        other = _leader_beside(offered, model_id)
        if other is None or not {model_id, other} <= indexed:
            return (own,)
        beside = f"compare with {labels[other]}"
        return (own, Link("compare", beside, (("models", model_id), ("models", other))))

    return ways


def comparing(view: View) -> Callable[[Sequence[str]], Link | None]:
    """A function from model_ids to those of them that are known, side by side; one alone beside the leader.

    It gives None where none is known, or nothing stands beside it.
    """
    offered = models_to_compare(view, {})
    labels = {option.value: option.label for option in offered}

    def comparison(model_ids: Sequence[str]) -> Link | None:
        there = [name for name in model_ids if name in labels]
        if len(there) == 1 and (other := _leader_beside(offered, there[0])):
            there.append(other)
        if len(there) < 2:
            return None
        *first, last = (labels[name] for name in there)
        controls = tuple(("models", name) for name in there)
        return Link("compare", f"Compare {', '.join(first)} and {last}, or others", controls)

    return comparison


def _leader_beside(offered: Sequence[Option], model_id: str) -> str | None:
    """The model of the highest index, or the next where it is itself that one."""
    return next((option.value for option in offered if option.value != model_id), None)
