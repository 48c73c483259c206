"""A source that is one TOML file: from its text to a `Source` like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.declared.check import read_form
from ingest.declared.form import RecordForm, SourceForm
from ingest.declared.urls import addresses, further_pages, linked
from ingest.errors import ParseError
from ingest.formats.texts import is_web_page
from ingest.records import Records, complaint, merge
from ingest.source import MEGABYTE, Fallback, Payload, Source

if TYPE_CHECKING:
    from ingest.formats.table import Table

_PAGES: Final = ("html", "changelog-html")


def source_from_toml(text: str, name: str, folder: Path | None = None) -> Source:
    """The source that a TOML text declares; `name` is its id where the text states none.

    `folder` is where the text's own file lies, from which its `path` is seen. Raises FormError with every
    problem and its line.
    """
    return source_of(read_form(text, name), folder)


def source_of(form: SourceForm, folder: Path | None = None) -> Source:
    """The source that a valid form describes."""
    follow: Callable[[Payload], Sequence[str]] | None = further_pages(form.paging) if form.paging else None
    return Source(
        id=form.id,
        title=form.title,
        homepage=form.homepage,
        licence=form.licence,
        attribution=form.credit,
        urls=addresses(form, folder),
        cadence=form.cadence,
        kinds=tuple(dict.fromkeys(record.kind for record in form.records)),
        parse=partial(parse_payloads, form),
        core=form.core,
        complete=form.complete,
        grouped=form.grouped,
        shippable=form.shippable,
        key_env=form.key_env,
        headers=form.headers,
        follow=follow,
        copies=form.copies,
        replay_ids=form.replay_ids,
        max_bytes=form.max_megabytes * MEGABYTE,
        enabled=form.enabled,
        folder=folder,
        fallbacks=tuple(Fallback(item.url, item.key_env) for item in form.fallbacks),
        frozen=form.frozen,
        recognises=partial(_recognises, form),
        columns=partial(_columns, form),
    )


def parse_payloads(form: SourceForm, payloads: Sequence[Payload]) -> Records:
    """All records that the form finds in the payloads; ParseError where a payload is not of its form."""
    return merge(_parse_payload(form, payload) for payload in payloads)


def _recognises(form: SourceForm, payload: Payload) -> bool:
    """Whether an answer is no web page in place of a file: a refusal, or a page that lost its link."""
    if form.table_at(payload.url).format in _PAGES or not is_web_page(payload.body):
        return True
    link = form.paging.link if form.paging else None
    return link is not None and bool(linked(link, payload))


def _columns(form: SourceForm, payload: Payload) -> tuple[str, ...]:
    """The names of the columns of all tables, in their order."""
    from ingest.formats.tables import read_tables, served

    how = form.table_at(payload.url)
    places = {(record.rows, record.parents) for record in form.records if _may_hold(record, form, payload)}
    tables = [table for rows, parents in places for table in read_tables(served(payload), how, rows, parents)]
    return tuple(dict.fromkeys(name for table in tables for name in table.frame.columns))


def _parse_payload(form: SourceForm, payload: Payload) -> Records:
    from ingest.declared.fields import read_records
    from ingest.formats.tables import read_tables, served

    if form.paging is not None and form.paging.link is not None and is_web_page(payload.body):
        if not linked(form.paging.link, payload):
            raise ParseError(
                f"{payload.url} is a web page without a link to the file ({form.paging.link}); "
                "open it to see whether the file has moved"
            )
        return Records()
    meant = [record for record in form.records if _may_hold(record, form, payload)]
    how = form.table_at(payload.url)
    tables = {
        (rows, parents): read_tables(served(payload), how, rows, parents)
        for rows, parents in {(record.rows, record.parents) for record in meant}
    }
    read = [
        (record, table, read_records(record, table, payload, how))
        for record in meant
        for table in tables[record.rows, record.parents]
        if _named(record, payload.url) or _named(record, table.name)
    ]
    return merge([*(found for _, _, found in read), *_unmet(read, payload)])


def _unmet(read: Sequence[tuple[RecordForm, Table, Records]], payload: Payload) -> Iterator[Records]:
    """A complaint for each kind that finds no row in tables that have some: a word may have changed."""
    from ingest.declared.fields import FEWEST_TO_JUDGE

    for kind in dict.fromkeys(record.kind for record, _, _ in read):
        found = [(table, records) for record, table, records in read if record.kind is kind]
        offered = max(table.frame.height for table, _ in found)
        taken = sum(records.refused.height + records.frames[kind].height for _, records in found)
        if offered >= FEWEST_TO_JUDGE and not taken:
            reason = (
                f"{payload.url}: not one of {offered:,} rows meets the conditions for {kind.value} records"
            )
            yield Records(refused=complaint(f"{reason}; a word or a column may have changed"))


def _may_hold(record: RecordForm, form: SourceForm, payload: Payload) -> bool:
    """Members of an archive are known by name only once it is open."""
    return form.table_at(payload.url).format in ("zip", "tar") or _named(record, payload.url)


def _named(record: RecordForm, name: str) -> bool:
    return record.source_part is None or record.source_part in name
