"""The controls of a question as data: one definition for widgets, addresses, options of commands and routes.

A question's controls are a frozen dataclass whose fields are made by `control(default, spec)`:

    @dataclass(frozen=True, slots=True)
    class Controls:
        benchmark: str = control("gpqa-diamond", Choice("Benchmark", benchmarks_to_choose))
        log_cost: bool = control(True, Switch("Logarithmic cost axis"))

`read` turns words (of an address, a command line, a form) into them, or into sentences that name what is
allowed; `written` turns them back. A default that the data do not offer gives way to the first that they do,
and to None where they offer nothing.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from errors import ExpectedError
from questions.kept import kept_small
from questions.view import View

Chosen = Mapping[str, Any]
"""The values of the controls that stand before one, by name: what may be chosen can depend on them."""

C = TypeVar("C")
_SHOWN: Final = 12
"""So many allowed words are listed where one is wrong; of more, the nearest are named and all are counted."""


class ControlError(ExpectedError):
    """A value that a control does not allow, or a control that there is not; the message says what is."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value that can be chosen: its word in addresses and commands, and its name for readers.

    count   how many things it leaves, where that is known: pages set it behind the name
    """

    value: str
    label: str
    count: int | None = None

    @property
    def with_count(self) -> str:
        """The name as a page offers it."""
        return self.label if self.count is None else f"{self.label} {self.count}"


Options = Callable[[View, Chosen], Sequence[Option]]


def always(_chosen: Chosen) -> bool:
    """Whatever else is chosen, the control has a meaning."""
    return True


@dataclass(frozen=True, slots=True)
class _Widget:
    """What every kind of control says of itself.

    near            name of the chart, or heading, beside which a page sets the widget; above all when empty
    only_its_chart  nothing of the answer depends on it but the chart that it is near to: a page then draws
                    that one anew and leaves all else
    applies         whether the control has a meaning, given the controls before it
    """

    label: str
    help: str = field(default="", kw_only=True)
    near: str = field(default="", kw_only=True)
    only_its_chart: bool = field(default=False, kw_only=True)
    applies: Callable[[Chosen], bool] = field(default=always, kw_only=True)


@dataclass(frozen=True, slots=True)
class _Offering(_Widget):
    """What is chosen among values that may depend on the view and on what was chosen before.

    chips   pages set the options side by side to be clicked at once, of many the first ones
    """

    options: Sequence[Option] | Options
    chips: bool = field(default=False, kw_only=True)

    def offered(self, view: View, chosen: Chosen) -> Sequence[Option]:
        """What can be chosen; a page asks it many times, of the widget and of every word in its address."""
        options = self.options
        if not callable(options):
            return options
        return kept_small(view, "options", (options, tuple(chosen.items())), lambda: options(view, chosen))


@dataclass(frozen=True, slots=True)
class Choice(_Offering):
    """One of several values; with `optional`, or none of them (None)."""

    optional: bool = False


@dataclass(frozen=True, slots=True)
class Several(_Offering):
    """Several of the offered values, from `fewest` to `most` (a tuple of words)."""

    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class _Scale(_Widget):
    """What lies between two ends."""

    low: float
    high: float
    step: float


@dataclass(frozen=True, slots=True)
class Number(_Scale):
    """A number between two ends; whole where its default is an int."""


@dataclass(frozen=True, slots=True)
class Span(_Scale):
    """Two numbers between two ends, the lower first (a tuple)."""


@dataclass(frozen=True, slots=True)
class Day(_Widget):
    """A day from `first` to the as-of date; a default of None is the as-of date."""

    first: date


@dataclass(frozen=True, slots=True)
class Switch(_Widget):
    """On or off."""


Spec = Choice | Several | Number | Span | Day | Switch


def control(default: Any, spec: Spec) -> Any:
    """A field of a question's controls."""
    return dataclasses.field(default=default, metadata={"spec": spec})


@dataclass(frozen=True, slots=True)
class NoControls:
    """The controls of a question that has none."""


def specs(controls: type[Any]) -> dict[str, Spec]:
    """The definition of each control by its name, in order."""
    return {item.name: item.metadata["spec"] for item in dataclasses.fields(controls)}


def applying(controls: object) -> dict[str, Spec]:
    """The definitions of those controls that have a meaning beside the others' values."""
    values = {item.name: getattr(controls, item.name) for item in dataclasses.fields(controls)}  # type: ignore[arg-type] # an instance of a dataclass
    return {name: spec for name, spec in specs(type(controls)).items() if spec.applies(values)}


def read(controls: type[C], view: View, given: Mapping[str, Sequence[str]]) -> tuple[C, tuple[str, ...]]:
    """The controls that words by name ask for, and a sentence for each that cannot be used.

    What cannot be used stands at its default. The values of a name are its words in order (a span has two).
    """
    known = specs(controls)
    problems = [_no_control(name, known) for name in given if name not in known]
    chosen: dict[str, Any] = {}
    for item in dataclasses.fields(controls):  # type: ignore[arg-type] # a class of a dataclass
        spec, words = known[item.name], tuple(given.get(item.name, ()))
        chosen[item.name] = _default(item.default, spec, view, chosen)
        if not words:
            continue
        try:
            if not spec.applies(chosen):
                raise ControlError(_no_meaning(item.name, words, chosen, known))
            chosen[item.name] = _parsed(item.name, spec, words, item.default, view, chosen)
        except ControlError as error:
            problems.append(str(error))
    return controls(**chosen), tuple(problems)


def must_read(controls: type[C], view: View, given: Mapping[str, Sequence[str]]) -> C:
    """The controls that words ask for. Raises ControlError with a sentence for each word that is wrong."""
    found, problems = read(controls, view, given)
    if problems:
        raise ControlError(" ".join(problems))
    return found


def written(controls: object) -> tuple[tuple[str, str], ...]:
    """Every control that has a meaning and a value, as pairs of name and word in order: what `read` takes."""
    pairs: list[tuple[str, str]] = []
    for name in applying(controls):
        value = getattr(controls, name)
        if value is None:
            continue
        several = value if isinstance(value, tuple) else (value,)
        pairs += [(name, word_of(item)) for item in several]
    return tuple(pairs)


def word_of(value: object) -> str:
    """One value as the word that stands in addresses."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.12g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def allowed(spec: Spec, view: View, chosen: Chosen) -> str:
    """What a control takes, in words: for help, descriptions and messages."""
    match spec:
        case Choice() | Several():
            words = [option.value for option in spec.offered(view, chosen)]
            shown = ", ".join(words[:_SHOWN])
            more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
            many = f"{spec.fewest} to {spec.most} of " if isinstance(spec, Several) else ""
            return f"{many}{shown}{more}" if words else "nothing, since nothing is known as of this date"
        case Number():
            return f"a number from {spec.low:,.12g} to {spec.high:,.12g}"
        case Span():
            return f"two numbers from {spec.low:,.12g} to {spec.high:,.12g}, the lower first"
        case Day():
            return f"a day from {spec.first} to {max(view.as_of, spec.first)} as YYYY-MM-DD"
        case Switch():
            return "true or false"


def _default(default: Any, spec: Spec, view: View, chosen: Chosen) -> Any:
    match spec:
        case Choice() if spec.applies(chosen) and (default is not None or not spec.optional):
            words = [option.value for option in spec.offered(view, chosen)]
            return default if default in words else next(iter(words), None)
        case Several():
            words = [option.value for option in spec.offered(view, chosen)] if spec.applies(chosen) else []
            kept = tuple(word for word in default if word in words)
            return kept if len(kept) >= spec.fewest else tuple(words[: spec.fewest])
        case Day() if default is None:
            return max(view.as_of, spec.first)
        case _:
            return default


def _parsed(name: str, spec: Spec, words: tuple[str, ...], default: Any, view: View, chosen: Chosen) -> Any:
    match spec:
        case Several():
            return _several(name, spec, words, view, chosen)
        case Span():
            low, high = _numbers(name, spec, words, view, chosen, count=2)
            return (low, high)
        case _ if len(words) != 1:
            raise ControlError(f"{name} takes one value and was given {len(words)}: {', '.join(words)}.")
        case Choice():
            return _option(name, spec, words[0], view, chosen)
        case Number():
            (number,) = _numbers(name, spec, words, view, chosen, count=1)
            return _whole(name, number, words[0]) if isinstance(default, int) else number
        case Day():
            return _day(name, spec, words[0], view, chosen)
        case Switch():
            said = {"true": True, "1": True, "yes": True, "on": True}
            said |= {"false": False, "0": False, "no": False, "off": False}
            if words[0].strip().lower() not in said:
                raise _not_allowed(name, spec, words[0], view, chosen)
            return said[words[0].strip().lower()]


def _option(name: str, spec: Choice | Several, word: str, view: View, chosen: Chosen) -> str:
    offered = spec.offered(view, chosen)
    by_value = {option.value: option.value for option in offered}
    by_label = {option.label.casefold(): option.value for option in reversed(offered)}
    found = by_value.get(word) or by_label.get(word.casefold())
    if found is None:
        raise _not_allowed(name, spec, word, view, chosen)
    return found


def _several(name: str, spec: Several, words: tuple[str, ...], view: View, chosen: Chosen) -> tuple[str, ...]:
    offered = {text for option in spec.offered(view, chosen) for text in (option.value, option.label)}
    split = [part for word in words for part in ([word] if word in offered else word.split(","))]
    found = tuple(dict.fromkeys(_option(name, spec, part.strip(), view, chosen) for part in split))
    if not spec.fewest <= len(found) <= spec.most:
        raise ControlError(f"{name} takes {spec.fewest} to {spec.most} values and was given {len(found)}.")
    return found


def _numbers(
    name: str, spec: Number | Span, words: tuple[str, ...], view: View, chosen: Chosen, count: int
) -> tuple[float, ...]:
    try:
        numbers = tuple(float(word) for word in words)
    except ValueError as error:
        raise _not_allowed(name, spec, ", ".join(words), view, chosen) from error
    inside = all(math.isfinite(number) and spec.low <= number <= spec.high for number in numbers)
    if len(numbers) != count or not inside or list(numbers) != sorted(numbers):
        raise _not_allowed(name, spec, ", ".join(words), view, chosen)
    return numbers


def _whole(name: str, number: float, word: str) -> int:
    if number != round(number):
        raise ControlError(f"{name} = {word!r} cannot be used; it takes a whole number.")
    return round(number)


def _day(name: str, spec: Day, word: str, view: View, chosen: Chosen) -> date:
    try:
        day = date.fromisoformat(word)
    except ValueError as error:
        raise _not_allowed(name, spec, word, view, chosen) from error
    if not spec.first <= day <= max(view.as_of, spec.first):
        raise _not_allowed(name, spec, word, view, chosen)
    return day


def _not_allowed(name: str, spec: Spec, word: str, view: View, chosen: Chosen) -> ControlError:
    near = ""
    if isinstance(spec, Choice | Several):
        values = [option.value for option in spec.offered(view, chosen)]
        close = difflib.get_close_matches(word, values, n=3) if len(values) > _SHOWN else []
        near = f" Did you mean {' or '.join(close)}?" if close else ""
    return ControlError(f"{name} = {word!r} cannot be used; it takes {allowed(spec, view, chosen)}.{near}")


def _no_control(name: str, known: Mapping[str, Spec]) -> str:
    there = f"there are {', '.join(known)}" if known else "this question has none"
    return f"There is no control {name!r}; {there}."


def _no_meaning(name: str, words: Sequence[str], chosen: Chosen, known: Mapping[str, Spec]) -> str:
    beside = ", ".join(f"{other} = {word_of(value)}" for other, value in _set_before(name, chosen, known))
    return f"{name} = {', '.join(words)!r} has no meaning with {beside or 'the other controls'}."


def _set_before(name: str, chosen: Chosen, known: Mapping[str, Spec]) -> Iterator[tuple[str, Any]]:
    for other, value in chosen.items():
        if other == name:
            return
        if value is not None and isinstance(known[other], Choice | Switch) and known[other].applies(chosen):
            yield other, value
