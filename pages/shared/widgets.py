"""The controls of a question as widgets, and in the address of the page: both from their one definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any, Final

import streamlit as st

from faces.addresses import AS_OF, is_passed_on
from questions.controls import (
    Choice,
    Day,
    Number,
    Several,
    Span,
    Spec,
    Switch,
    applying,
    read,
    specs,
    word_of,
    written,
)
from questions.filters import FILTERS, SHARED
from questions.question import Question
from questions.view import View

_NOT_CONTROLS: Final = frozenset({AS_OF, "embed", "embed_options"})
"""Parameters of an address that all pages share, or that Streamlit itself reads."""

_ADDRESS_SHOWN: Final = "address_shown"
_KEPT: Final = "filters_kept"
_ANOTHER: Final = ".another"
_CHIPS: Final = 10
_A_ROW: Final = 3
_FEW: Final = 4
"""Up to so many short options stand side by side; more of them fold into a list."""


@dataclass(frozen=True, slots=True)
class Widgets:
    """The widgets of one question on its page; each is drawn at most once, where it belongs."""

    question: Question
    view: View
    controls: Any

    def above(self) -> None:
        """Those that shape the whole answer: in rows, or folded where they are many.

        Chips of which one is chosen stay in sight: what they offer is what readers come for.
        """
        above = {name: spec for name, spec in applying(self.controls).items() if not spec.near}
        if not self.question.folds:
            self._rows(above)
            return
        seen = [name for name, spec in above.items() if isinstance(spec, Choice) and spec.chips]
        for name in seen:
            self.draw(name)
        with st.expander(self.question.folds, key=f"{self.question.name}-controls", icon=":material/tune:"):
            self._rows({name: spec for name, spec in above.items() if name not in seen})

    def _rows(self, above: Mapping[str, Spec]) -> None:
        chips = [name for name, spec in above.items() if isinstance(spec, Choice | Several) and spec.chips]
        names = [name for name in above if name not in chips]
        for start in range(0, len(names), _A_ROW):
            row = names[start : start + _A_ROW]
            for column, name in zip(st.columns(len(row), vertical_alignment="bottom"), row, strict=True):
                with column:
                    self.draw(name)
        for name in chips:
            self.draw(name)
        self._filters()

    def _filters(self) -> None:
        """The filters that readers keep over pages, folded; what is set stands on the button."""
        names = [name for name, spec in applying(self.controls).items() if spec.near == FILTERS]
        if not names:
            return
        told = [label for name in names if (label := self._label(name))]
        with st.popover(f"Filters: {', '.join(told)}" if told else "Filters", icon=":material/filter_alt:"):
            for name in names:
                self.draw(name)

    def _label(self, name: str) -> str:
        """The chosen option of a filter as readers know it; empty where none is."""
        spec, value = specs(type(self.controls))[name], getattr(self.controls, name)
        assert isinstance(spec, Choice)
        labels = {option.value: option.label for option in spec.offered(self.view, self._values())}
        return labels[value].replace("$", "\\$") if value else ""

    def _values(self) -> dict[str, Any]:
        return {item.name: getattr(self.controls, item.name) for item in fields(self.controls)}

    def unheeded(self) -> tuple[str, ...]:
        """The filters that the reader keeps and this question does not take, by their names for readers."""
        kept: dict[str, list[str]] = st.session_state.get(_KEPT, {})
        taken = applying(self.controls)
        return tuple(
            label
            for name, label in SHARED.items()
            if name in kept and (name not in taken or getattr(self.controls, name) is None)
        )

    def near(self, places: Sequence[str]) -> None:
        """Those that stand beside a chart, or another place of the answer, by its name."""
        for name, spec in applying(self.controls).items():
            if spec.near in places and spec.near:
                self.draw(name)

    def only_redraw(self, chart: str) -> bool:
        """Whether controls stand beside a chart that change it alone."""
        return any(spec.only_its_chart and spec.near == chart for spec in applying(self.controls).values())

    def redraws_only_charts(self, before: Widgets) -> bool:
        """Whether all that was set since changes but the chart beside which it stands."""
        was, values = before._values(), self._values()
        return all(
            spec.only_its_chart
            for name, spec in specs(type(self.controls)).items()
            if values[name] != was[name]
        )

    def as_now(self) -> Widgets:
        """The same as the reader has set them since: a part of the page may have been drawn anew alone."""
        controls, _ = chosen(self.question, self.view)
        return replace(self, controls=controls)

    def draw(self, name: str) -> None:
        """One widget, showing the value that the answer was asked with."""
        spec = specs(type(self.controls))[name]
        key = widget_key(self.question, name)
        value = getattr(self.controls, name)
        if key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value
        _draw(spec, key, self.view, self._values())


def chosen(question: Question, view: View) -> tuple[Any, tuple[str, ...]]:
    """The controls that the reader set, by address or by widget, and what in the address cannot be used.

    The address speaks when it is new: on a first visit, after Back, from a link. Else the widgets do, and
    the address is brought up to them; it holds what differs from the defaults. On coming from another page
    the filters stay as they were, where the address names no others.
    """
    address = _address()
    shown = st.session_state.get(_ADDRESS_SHOWN)
    if shown == (question.name, address):
        controls, _ = read(question.controls, view, _undrawn(question, address) | _from_widgets(question))
        problems: tuple[str, ...] = ()
    else:
        carried = _carried(question, view) if shown and shown[0] != question.name else {}
        controls, problems = read(question.controls, view, carried | address)
        _forget_widgets(question)
    _write_address(question, view, controls)
    _keep_filters(question, view, controls)
    st.session_state[_ADDRESS_SHOWN] = (question.name, _address())
    return controls, problems


def asked_in_vain(takes: Sequence[str]) -> tuple[str, ...]:
    """A sentence for each parameter of which a page without controls reads none but those that it takes.

    Filters that readers keep over pages may stand in any address.
    """
    names = [name for name in _address() if name not in SHARED and name not in takes]
    return tuple(f"There is no control {name!r}; this page has none." for name in names)


def set_control(question: Question, name: str, value: str) -> None:
    """What a click on a chart does: as if the widget had been set."""
    st.session_state[widget_key(question, name)] = value


def widget_key(question: Question, name: str) -> str:
    """The key of a control's widget; questions do not share widgets of the same name."""
    return f"{question.name}.{name}"


def _filters_of(question: Question, view: View) -> list[str]:
    """The shared filters that a question takes, but those whose kept value it does not offer."""
    kept: dict[str, list[str]] = st.session_state.get(_KEPT, {})
    taken = [name for name in specs(question.controls) if name in SHARED]
    return [
        name for name in taken if name not in kept or not read(question.controls, view, {name: kept[name]})[1]
    ]


def _carried(question: Question, view: View) -> dict[str, list[str]]:
    """The filters of the pages before that this one has, too."""
    kept: dict[str, list[str]] = st.session_state.get(_KEPT, {})
    return {name: kept[name] for name in _filters_of(question, view) if name in kept}


def _keep_filters(question: Question, view: View, controls: object) -> None:
    """Remember the filters of this page beside those of others; widgets that are not drawn forget theirs."""
    kept: dict[str, list[str]] = st.session_state.setdefault(_KEPT, {})
    for name in _filters_of(question, view):
        value = getattr(controls, name)
        kept.pop(name, None)
        if value is not None:
            kept[name] = [word_of(value)]


def _address() -> dict[str, list[str]]:
    asking = [name for name in st.query_params if name not in _NOT_CONTROLS and not is_passed_on(name)]
    return {name: st.query_params.get_all(name) for name in asking}


def _undrawn(question: Question, address: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What the address says of controls whose widgets were not drawn, as in what is folded."""
    names = [name for name in specs(question.controls) if widget_key(question, name) not in st.session_state]
    return {name: address[name] for name in names if name in address}


def _forget_widgets(question: Question) -> None:
    """Those that are not drawn yet must not say what held before to a chart that reads what is set now."""
    for name in specs(question.controls):
        st.session_state.pop(widget_key(question, name), None)


def _from_widgets(question: Question) -> dict[str, list[str]]:
    given = {}
    for name in specs(question.controls):
        value = st.session_state.get(widget_key(question, name))
        if value is not None:
            several = value if isinstance(value, list | tuple) else [value]
            given[name] = [word_of(item) for item in several]
    return {name: words for name, words in given.items() if words}


def _write_address(question: Question, view: View, controls: object) -> None:
    wanted = _differing(question, view, controls)
    for name in [name for name in _address() if name in specs(question.controls) and name not in wanted]:
        del st.query_params[name]
    now = _address()
    changed = {name: words for name, words in wanted.items() if now.get(name) != words}
    if changed:
        st.query_params.update(changed)


def _differing(question: Question, view: View, controls: object) -> dict[str, list[str]]:
    """The words of those controls that differ from what they would be unset beside the others."""
    said = _by_name(written(controls))
    return {
        name: words
        for name, words in said.items()
        if words != _by_name(written(_without(question, view, said, name))).get(name)
    }


def _without(question: Question, view: View, said: Mapping[str, Sequence[str]], name: str) -> Any:
    rest = {other: words for other, words in said.items() if other != name}
    return read(question.controls, view, rest)[0]


def _by_name(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, word in pairs:
        found.setdefault(name, []).append(word)
    return found


def _draw(spec: Spec, key: str, view: View, chosen: Mapping[str, Any]) -> None:
    about: dict[str, Any] = {"key": key, "help": spec.help or None}
    match spec:
        case Choice() | Several():
            offered = spec.offered(view, chosen)
            values = [option.value for option in offered]
            labels = {option.value: option.with_count for option in offered}
            _draw_choice(spec, values, labels.__getitem__, about)
        case Number():
            whole = isinstance(chosen[key.rpartition(".")[2]], int)
            of = int if whole else float
            st.number_input(spec.label, of(spec.low), of(spec.high), step=of(spec.step), **about)
        case Span():
            st.slider(spec.label, spec.low, spec.high, step=spec.step, **about)
        case Day():
            # A slider needs two ends; where there is one day only, it shows that and moves nowhere.
            only = view.as_of <= spec.first
            last = spec.first + timedelta(days=1) if only else view.as_of
            st.slider(spec.label, spec.first, last, format="D MMM YYYY", disabled=only, **about)
        case Switch():
            st.toggle(spec.label, **about)


def _draw_choice(
    spec: Choice | Several, values: list[str], label: Callable[[str], str], about: dict[str, Any]
) -> None:
    if spec.chips:
        _draw_chips(spec, values, label, about)
    elif isinstance(spec, Several):
        st.session_state[about["key"]] = list(st.session_state[about["key"]])
        st.multiselect(spec.label, values, format_func=label, max_selections=spec.most, **about)
    elif spec.optional:
        nothing = "any" if spec.near == FILTERS else "choose"
        st.selectbox(spec.label, values, index=None, format_func=label, placeholder=nothing, **about)
    elif len(values) <= _FEW and sum(len(label(value)) for value in values) < 28:
        st.segmented_control(spec.label, values, format_func=label, **about)
    else:
        st.selectbox(spec.label, values, format_func=label, **about)


def _draw_chips(
    spec: Choice | Several, values: list[str], label: Callable[[str], str], about: dict[str, Any]
) -> None:
    """The options side by side; of many the first ones and what is chosen, the rest in a list beside them."""
    key = about["key"]
    if isinstance(spec, Several):
        st.session_state[key] = list(st.session_state[key])
        st.pills(spec.label, values, selection_mode="multi", format_func=label, **about)
        return
    chosen = st.session_state[key]
    shown = values[:_CHIPS]
    shown += [chosen] if chosen is not None and chosen not in shown else []
    st.pills(spec.label, shown, format_func=label, required=not spec.optional, **about)
    rest = [value for value in values if value not in shown]
    if rest:
        st.selectbox(
            f"{spec.label}: another",
            rest,
            index=None,
            format_func=label,
            key=f"{key}{_ANOTHER}",
            placeholder="another",
            label_visibility="collapsed",
            on_change=_take_another,
            args=(key,),
            width=260,
        )


def _take_another(key: str) -> None:
    """What was chosen in the list beside the chips becomes a chip, and the list is empty again."""
    value = st.session_state.pop(f"{key}{_ANOTHER}", None)
    if value is not None:
        st.session_state[key] = value
