"""What can be asked, for programs: the index of /api/ and its OpenAPI description, from the questions."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from config import release
from faces.addresses import AS_OF
from faces.rows import MEDIA_TYPES, RowFormat
from questions.controls import Choice, Day, Number, Several, Span, Spec, Switch, allowed, read, specs
from questions.question import Question
from questions.registry import all_questions
from questions.view import FIRST_DAY, View

Document = dict[str, Any]
_AS_OF: Final[Document] = {
    "name": AS_OF,
    "in": "query",
    "description": f"As known on this day, from {FIRST_DAY}; today when it is left out.",
    "schema": {"type": "string", "format": "date"},
}
_SEARCHED: Final[Document] = {
    "name": "q",
    "in": "query",
    "description": "A name, or a part of one, of a model, benchmark, maker, source or question.",
    "schema": {"type": "string"},
}
_WRONG: Final[Document] = {
    "400": {"description": "A parameter cannot be used; the sentence in `error` says what can."},
    "404": {"description": "There is no such question or chart, or it is not drawn with these controls."},
    "503": {"description": "There is no data yet, or the answer took too long."},
}


def index(view: View) -> Document:
    """All questions with their controls and charts."""
    return {
        "name": "hypecurve",
        "description": "Is AI still climbing, is it flattening, and what does each gain cost?",
        "snapshot": view.snapshot.id,
        "openapi": "/api/openapi.json",
        "sources": "/api/sources",
        "search": "/api/search?q=",
        "questions": [_described(question, view) for question in all_questions().values()],
    }


def openapi(view: View) -> Document:
    """The description of all routes in OpenAPI 3.1."""
    paths: Document = {
        "/api/": _path("All questions", [], {"application/json": {}}),
        "/api/search": _path("What a name finds", [_AS_OF, _SEARCHED], {"application/json": {}}),
    }
    for question in all_questions().values():
        parameters = [_AS_OF, *_parameters(question, view)]
        paths[f"/api/ask/{question.name}.json"] = _path(
            question.asks, parameters, {"application/json": {"schema": {"type": "object"}}}
        )
        for chart in question.charts:
            for kind in RowFormat:
                paths[f"/api/chart/{chart}.{kind}"] = _path(
                    f"The rows of the chart {chart}", parameters, {MEDIA_TYPES[kind].partition(";")[0]: {}}
                )
    about = {"title": "hypecurve", "version": release(), "description": "Read-only; no key is needed."}
    return {"openapi": "3.1.0", "info": about, "paths": paths}


def control_lines(question: Question, view: View) -> list[tuple[str, str, str, str]]:
    """Name, label, allowed values and default of each control, in words, at the others' defaults."""
    controls, _ = read(question.controls, view, {})
    chosen = {item.name: getattr(controls, item.name) for item in dataclasses.fields(controls)}
    return [
        (name, spec.label, allowed(spec, view, chosen), str(chosen[name]))
        for name, spec in specs(question.controls).items()
    ]


def _described(question: Question, view: View) -> Document:
    return {
        "name": question.name,
        "title": question.title,
        "asks": question.asks,
        "address": f"/api/ask/{question.name}.json",
        "charts": {name: f"/api/chart/{name}.csv" for name in question.charts},
        "controls": [
            {"name": name, "label": label, "takes": takes, "default": default}
            for name, label, takes, default in control_lines(question, view)
        ],
    }


def _parameters(question: Question, view: View) -> list[Document]:
    known = specs(question.controls)
    return [
        {
            "name": name,
            "in": "query",
            "description": f"{label}: {takes}.",
            "schema": _schema(known[name]),
        }
        for name, label, takes, _ in control_lines(question, view)
    ]


def _schema(spec: Spec) -> Document:
    match spec:
        case Number():
            return {"type": "number", "minimum": spec.low, "maximum": spec.high}
        case Span():
            ends = {"type": "number", "minimum": spec.low, "maximum": spec.high}
            return {"type": "array", "items": ends, "minItems": 2, "maxItems": 2}
        case Day():
            return {"type": "string", "format": "date"}
        case Switch():
            return {"type": "boolean"}
        case Several():
            items = {"type": "string"}
            return {"type": "array", "items": items, "minItems": spec.fewest, "maxItems": spec.most}
        case Choice():
            fixed = () if callable(spec.options) else spec.options
            return {"type": "string"} | ({"enum": [option.value for option in fixed]} if fixed else {})


def _path(summary: str, parameters: list[Document], content: Document) -> Document:
    good = {"200": {"description": "Found.", "content": content}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": good | _WRONG}}
