"""From the text of a TOML file to a valid form, or to messages that point at the line and say what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from ingest.declared.form import (
    CONDITION_KEYS,
    FIELD_KEYS,
    FORMATS,
    RECORD_KEYS,
    SELF_NAMED_COLUMNS,
    SOURCE_KEYS,
    UNITS,
    Condition,
    FieldForm,
    Paging,
    RecordForm,
    SourceForm,
    TableForm,
    Unpivot,
)
from ingest.declared.reader import FormProblem, FormReader, as_text, compiled_pattern, nearest
from ingest.declared.toml_lines import lines_of_keys
from ingest.errors import IngestError
from ingest.records import SCHEMAS, Kind

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CADENCE: Final = re.compile(r"\d+(m|h|d)|(\S+\s+){4}\S+")
_ADDRESS: Final = re.compile(r"https?://[^\s]+")
_KINDS: Final = {kind.value: kind for kind in Kind}
_FILLED_IN: Final[Mapping[tuple[Kind, str], str]] = {(Kind.SCORE, "setting"): "", (Kind.SPEED, "setting"): ""}
"""Fields that a form may leave out although every record has them: no setting stated is the empty setting."""


class FormError(IngestError):
    """A TOML file is not a valid form; `problems` holds everything found, in order of lines."""

    def __init__(self, problems: Iterable[FormProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_form(text: str, name: str) -> SourceForm:
    """Read and check a form; `name` is its id where the text states none.

    Raises FormError with all problems at once.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormError([_syntax_problem(error)]) from error
    reader = FormReader(data, lines_of_keys(text))
    form = _source_form(reader, name)
    if reader.problems:
        raise FormError(reader.problems)
    return form


def _syntax_problem(error: tomllib.TOMLDecodeError) -> FormProblem:
    found = re.search(r"\(at line (\d+), column \d+\)", str(error))
    message = re.sub(r"\s*\(at .*\)$", "", str(error))
    return FormProblem(int(found[1]) if found else 1, f"not valid TOML: {message}")


def _source_form(reader: FormReader, name: str) -> SourceForm:
    reader.only([*SOURCE_KEYS, *_KINDS], "a source")
    table = _table_form(reader)
    return SourceForm(
        id=_matching(reader, "id", _ID, "must be lower-case words joined by hyphens", name),
        title=reader.text("title"),
        homepage=_matching(reader, "homepage", _ADDRESS, "must be an address such as https://example.org"),
        licence=reader.text("licence"),
        credit=reader.text("credit"),
        urls=_urls(reader),
        cadence=_matching(reader, "cadence", _CADENCE, 'must be like "6h", "1d" or "17 */6 * * *"'),
        table=table,
        records=_record_forms(reader, table.format),
        paging=_paging(reader),
        complete=reader.flag("complete", False),
        grouped=reader.flag("grouped", False),
        shippable=reader.flag("shippable", True),
        core=reader.flag("core", False),
        enabled=reader.flag("enabled", True),
        key_env=reader.maybe_text("key"),
        headers=reader.words("headers"),
        max_megabytes=int(reader.number("max_megabytes", 64)),
        copies=reader.texts("copies"),
        replay_ids=reader.texts("replay"),
    )


def _matching(
    reader: FormReader, key: str, pattern: re.Pattern[str], rule: str, default: str | None = None
) -> str:
    value = reader.text(key, default)
    if value and not pattern.fullmatch(value):
        reader.wrong(f"{key!r} {rule}, not {value!r}", key)
    return value


def _urls(reader: FormReader) -> tuple[str, ...]:
    if "url" not in reader.table:
        reader.wrong(f"'url' is missing: {SOURCE_KEYS['url']}")
    urls = reader.texts("url")
    for url in urls:
        if not re.match(r"(https?://|facts:)\S+", url):
            reader.wrong(
                f"'url' must hold addresses such as https://example.org/data.csv, not {url!r}", "url"
            )
        for braces in re.findall(r"\{([^}]*)\}", url):
            if not re.fullmatch(r"(today|yesterday)([+-]\d+d)?:[%\w\-/.]+", braces):
                reader.wrong(f"'url' holds {{{braces}}}; {SOURCE_KEYS['url']}", "url")
    return urls


def _table_form(reader: FormReader) -> TableForm:
    form = reader.text("format")
    if form and form not in FORMATS:
        reader.wrong(f"'format' cannot be {form!r}; {nearest(form, FORMATS)}", "format")
    return TableForm(
        format=form,
        rows=reader.path_to_rows("rows"),
        table=reader.position_or_text("table"),
        header_row=reader.position_or_text("header_row") or 1,
        members=reader.text("members", "*.csv"),
        missing=reader.texts("missing"),
    )


def _paging(reader: FormReader) -> Paging | None:
    said = reader.table.get("paging")
    if said is None:
        return None
    if not isinstance(said, dict):
        reader.wrong(f"'paging' must be a {SOURCE_KEYS['paging']}", "paging")
        return None
    inner = reader.inner(said, "paging")
    inner.only(["next", "link", "parameter", "first", "step", "last", "more"], "paging")
    if sum(key in said for key in ("next", "link", "parameter")) != 1:
        inner.wrong("paging needs exactly one of 'next', 'link' and 'parameter'")
    return Paging(
        next=inner.path_to_rows("next"),
        link=inner.compiled("link", re.compile, "regular expression"),
        parameter=inner.maybe_text("parameter"),
        first=int(inner.number("first", 1)),
        step=int(inner.number("step", 1)),
        last=int(inner.number("last", 100)),
        more=inner.path_to_rows("more"),
    )


def _record_forms(reader: FormReader, form: str) -> tuple[RecordForm, ...]:
    found = []
    for name, kind in _KINDS.items():
        said = reader.table.get(name, [])
        many = isinstance(said, list)
        for position, table in enumerate(said if many else [said]):
            keys = (name, position) if many else (name,)
            if not isinstance(table, dict):
                reader.wrong(f"{name!r} must be a table: [{name}]", name)
                continue
            found.append(_record_form(reader.inner(table, *keys), kind, form))
    if not found:
        reader.wrong(
            "no kind of record is mapped; add a table such as [score]; there are: " + ", ".join(_KINDS)
        )
    shared_where, shared_unpivot = _conditions(reader), _unpivot(reader)
    return tuple(
        replace(record, where=shared_where + record.where, unpivot=record.unpivot or shared_unpivot)
        for record in found
    )


def _record_form(reader: FormReader, kind: Kind, form: str) -> RecordForm:
    schema = SCHEMAS[kind].columns()
    reader.only([*schema, *RECORD_KEYS], f"a {kind.value} record")
    constants = reader.words("constants")
    inner = reader.inner(constants, "constants")
    inner.only(schema, f"a {kind.value} record")
    fields = {name: FieldForm(constant=value) for name, value in constants.items()}
    for name in reader.table:
        if name in schema:
            fields[name] = _field_form(reader, name)
    for (filled_kind, name), value in _FILLED_IN.items():
        if filled_kind is kind:
            fields.setdefault(name, FieldForm(constant=value))
    for name in SELF_NAMED_COLUMNS.get(form, ()):
        fields.setdefault(name, FieldForm(columns=(name,)))
    for name, column in schema.items():
        if not column.nullable and name not in fields:
            reader.wrong(f"a {kind.value} record needs {name!r}: name its column, or give it under constants")
    return RecordForm(
        kind=kind,
        fields=fields,
        source_part=reader.maybe_text("from"),
        rows=reader.path_to_rows("rows"),
        unpivot=_unpivot(reader),
        where=_conditions(reader),
    )


def _field_form(reader: FormReader, name: str) -> FieldForm:
    said = reader.table[name]
    if isinstance(said, str):
        return FieldForm(columns=(said,))
    if isinstance(said, list):
        return FieldForm(columns=reader.texts(name))
    if not isinstance(said, dict):
        reader.wrong(f"{name!r} must name a column in quotes; a fixed value belongs under constants", name)
        return FieldForm()
    inner = reader.inner(said, name)
    inner.only(FIELD_KEYS, f"the field {name!r}")
    if sum(key in said for key in ("column", "template", "constant")) != 1:
        inner.wrong(f"the field {name!r} needs exactly one of 'column', 'template' and 'constant'")
    return FieldForm(
        columns=inner.texts("column"),
        template=inner.maybe_text("template"),
        constant=as_text(said["constant"]) if "constant" in said else None,
        scale=_scale(inner),
        dates=inner.texts("date"),
        pattern=inner.compiled("pattern", compiled_pattern, "regular expression"),
        words=inner.words("words"),
        missing=inner.texts("missing"),
        prefix=inner.text("prefix", ""),
        slug=inner.flag("slug", False),
        optional=inner.flag("optional", False),
    )


def _scale(reader: FormReader) -> float:
    unit = reader.maybe_text("unit")
    if unit is not None and unit not in UNITS:
        reader.wrong(f"'unit' cannot be {unit!r}; {nearest(unit, UNITS)}", "unit")
    return reader.number("scale", 1.0) * UNITS.get(unit or "", 1.0)


def _unpivot(reader: FormReader) -> Unpivot | None:
    said = reader.table.get("unpivot")
    if said is None:
        return None
    if not isinstance(said, dict):
        reader.wrong(f"'unpivot' must be a {SOURCE_KEYS['unpivot']}", "unpivot")
        return None
    inner = reader.inner(said, "unpivot")
    inner.only(["keep", "name", "value"], "unpivot")
    return Unpivot(inner.texts("keep"), inner.text("name", "name"), inner.text("value", "value"))


def _conditions(reader: FormReader) -> tuple[Condition, ...]:
    said = reader.table.get("where", {})
    if not isinstance(said, dict):
        reader.wrong(f"'where' must be a {SOURCE_KEYS['where']}", "where")
        return ()
    inner = reader.inner(said, "where")
    return tuple(_condition(inner, column) for column in said)


def _condition(reader: FormReader, column: str) -> Condition:
    said = reader.table[column]
    if not isinstance(said, dict):
        return Condition(column, one_of=reader.texts(column))
    inner = reader.inner(said, column)
    inner.only(CONDITION_KEYS, "a condition")
    return Condition(
        column,
        one_of=inner.texts("is"),
        none_of=inner.texts("not"),
        matches=inner.compiled("matches", compiled_pattern, "regular expression"),
        lacks=inner.compiled("lacks", compiled_pattern, "regular expression"),
        least=inner.maybe_number("min"),
        most=inner.maybe_number("max"),
        present=inner.flag("present", True) if "present" in said else None,
    )
