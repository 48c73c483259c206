"""From the text of a TOML file to a valid form, or to messages that point at the line and say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Final

import tomli

from ingest.declared.check_records import KINDS, record_forms
from ingest.declared.form import FallbackForm, Paging, SourceForm, TableForm
from ingest.declared.keys import FORMATS, MEMBER_FORMATS, SOURCE_KEYS
from ingest.declared.money import CODES
from ingest.declared.reader import FormProblem, FormReader, nearest
from ingest.declared.toml_lines import lines_of_keys
from ingest.errors import IngestError
from ingest.formats.encodings import known_encoding
from ingest.formats.written_dates import ORDERS
from store.cadence import interval_of
from store.cron_lines import cadence_problem

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS: Final = re.compile(r"https?://[^\s]+")
_ENDLESS_KEY: Final = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++\s*+\.\s*+){100}")
"""A TOML reader takes a time quadratic in the parts of a key."""

_KEY: Final = "{key}"

MONTHLY: Final = timedelta(days=28)
"""A frozen source is asked no more often."""

MOST_CHARACTERS: Final = 200_000
"""A longer text is no form."""


class FormError(IngestError):
    """A TOML file is not a valid form; `problems` holds everything found, in order of lines."""

    def __init__(self, problems: Iterable[FormProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_form(text: str, name: str) -> SourceForm:
    """Read and check a form; `name` is its id where the text states none.

    Raises FormError with all problems at once.
    """
    if len(text) > MOST_CHARACTERS:
        raise FormError([FormProblem(1, f"longer than {MOST_CHARACTERS:,} characters: this is no form")])
    endless = _ENDLESS_KEY.search(text)
    if endless:
        line = text.count("\n", 0, endless.start()) + 1
        raise FormError([FormProblem(line, "not valid TOML: a key of more parts than any form has")])
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise FormError([FormProblem(error.lineno, f"not valid TOML: {error.msg}")]) from error
    except (RecursionError, ValueError) as error:
        raise FormError([FormProblem(1, f"not valid TOML: {_plainly(error)}")]) from error
    reader = FormReader(data, cache(lambda: lines_of_keys(text)))  # read when something is wrong
    form = _source_form(reader, name)
    if reader.problems:
        raise FormError(reader.problems)
    return form


def _plainly(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _source_form(reader: FormReader, name: str) -> SourceForm:
    reader.only([*SOURCE_KEYS, *KINDS], "a source")
    table = _table_form(reader)
    return SourceForm(
        id=_matching(reader, "id", _ID, "must be lower-case words joined by hyphens", name),
        title=reader.text("title"),
        homepage=_matching(reader, "homepage", _ADDRESS, "must be an address such as https://example.org"),
        licence=reader.text("licence"),
        credit=reader.text("credit"),
        urls=_urls(reader),
        cadence=_cadence(reader),
        table=table,
        records=record_forms(reader, table),
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
        path=reader.maybe_text("path"),
        fallbacks=_fallbacks(reader),
        frozen=reader.maybe_text("frozen"),
    )


def _matching(
    reader: FormReader, key: str, pattern: re.Pattern[str], rule: str, default: str | None = None
) -> str:
    value = reader.text(key, default)
    if value and not pattern.fullmatch(value):
        reader.wrong(f"{key!r} {rule}, not {value!r}", key)
    return value


def _cadence(reader: FormReader) -> str:
    said = reader.text("cadence")
    problem = cadence_problem(said) if said else None
    if problem is not None:
        reader.wrong(f'\'cadence\' must be like "6h", "1d" or "17 */6 * * *": {problem}', "cadence")
    span = interval_of(said)
    if "frozen" in reader.table and span is not None and span < MONTHLY:
        reader.wrong('a frozen source is asked once a month: cadence = "30d"', "cadence")
    return said


def _urls(reader: FormReader) -> tuple[str, ...]:
    if "url" not in reader.table and "path" not in reader.table:
        reader.wrong(f"'url' is missing: {SOURCE_KEYS['url']}")
    if "url" in reader.table and "path" in reader.table:
        reader.wrong("'path' stands in place of 'url': one of them is too many", "path")
    urls = reader.texts("url")
    for url in urls:
        if not re.match(r"(https?://|facts:)\S+", url):
            reader.wrong(
                f"'url' must hold addresses such as https://example.org/data.csv, not {url!r}", "url"
            )
        for braces in re.findall(r"\{([^}]*)\}", url):
            is_key = braces == "key" and "key" in reader.table
            if not is_key and not re.fullmatch(r"(today|yesterday|last_month)([+-]\d+d)?:[%\w\-/.]+", braces):
                reader.wrong(f"'url' holds {{{braces}}}; {SOURCE_KEYS['url']}", "url")
    return urls


def _fallbacks(reader: FormReader) -> tuple[FallbackForm, ...]:
    said = reader.table.get("fallbacks", [])
    found = []
    for position, item in enumerate(said if isinstance(said, list) else [said]):
        keys = ("fallbacks", position) if isinstance(said, list) else ("fallbacks",)
        inner = reader.inner(item if isinstance(item, dict) else {"url": item}, *keys)
        inner.only(["url", "format", "rows", "key"], "a fallback")
        url, key = inner.text("url"), inner.maybe_text("key")
        if url and not _ADDRESS.fullmatch(url.replace(_KEY, "key")):
            inner.wrong(f"a fallback must be an address such as https://example.org/a.csv, not {url!r}")
        if (key is not None) != (_KEY in url):
            inner.wrong("'key' names the environment variable that takes the place of {key} in the address")
        found.append(FallbackForm(url, inner.one_of("format", FORMATS), inner.path_to_rows("rows"), key))
    return tuple(found)


def _table_form(reader: FormReader) -> TableForm:
    form = reader.text("format")
    if form and form not in FORMATS:
        reader.wrong(f"'format' cannot be {form!r}; {nearest(form, FORMATS)}", "format")
    return TableForm(
        format=form,
        rows=reader.path_to_rows("rows"),
        table=reader.position_or_text("table"),
        header_row=reader.position_or_text("header_row") or 1,
        header_rows=reader.count("header_rows", 1, 10),
        members=reader.text("members", "*" if form == "tar" or "member_format" in reader.table else "*.csv"),
        member_format=reader.one_of("member_format", MEMBER_FORMATS, "csv") or "csv",
        missing=reader.texts("missing"),
        parents=reader.paths("parent"),
        layout=reader.one_of("layout", ("rows", "columns"), "rows") or "rows",
        names=reader.path_to_rows("names"),
        separator=_separator(reader),
        encoding=_encoding(reader),
        decimal=reader.one_of("decimal", (".", ","), ".") or ".",
        currency=reader.one_of("currency", CODES, "USD") or "USD",
        date_order=reader.one_of("date_order", ORDERS),
    )


def _separator(reader: FormReader) -> str | None:
    said = reader.maybe_text("separator") if reader.table.get("separator") != "\t" else "\t"
    if said is not None and (len(said) != 1 or said in '"\r\n' or not said.isascii()):
        reader.wrong(f'\'separator\' must be one sign such as ";" or "|" or "\\t", not {said!r}', "separator")
        return None
    return said


def _encoding(reader: FormReader) -> str | None:
    said = reader.maybe_text("encoding")
    found = known_encoding(said) if said else None
    if said and found is None:
        reader.wrong(
            f"'encoding' cannot be {said!r}; it is a name such as gbk, shift_jis, cp1251, utf-8", "encoding"
        )
    return found


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
        link=inner.pattern("link"),
        parameter=inner.maybe_text("parameter"),
        first=int(inner.number("first", 1)),
        step=int(inner.number("step", 1)),
        last=int(inner.number("last", 100)),
        more=inner.path_to_rows("more"),
    )
