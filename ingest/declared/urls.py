"""The addresses of a declared source: dates filled in, and the pages that follow a page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

from ingest.declared.form import Paging, SourceForm
from ingest.declared.local_files import local_addresses
from ingest.errors import ParseError
from ingest.formats.encodings import decode
from ingest.formats.paths import found_at
from ingest.formats.patterns import searched
from ingest.formats.texts import is_web_page, loaded_json
from ingest.source import Payload, State

_DATE: Final = re.compile(r"\{(today|yesterday|last_month)([+-]\d+)?d?:([^}]+)\}")


def addresses(
    form: SourceForm, folder: Path | None = None
) -> tuple[str, ...] | Callable[[State], Sequence[str]]:
    """The form's addresses as they are, or a function of the day where they hold dates or are files here."""
    path = form.path
    if path is not None:
        return lambda _: local_addresses(path, folder, form.table.members)
    if not any(_DATE.search(url) for url in form.urls):
        return tuple(_first_page(url, form.paging) for url in form.urls)
    return lambda state: [_first_page(dated(url, state.now.date()), form.paging) for url in form.urls]


def dated(url: str, today: date) -> str:
    """`{today:%Y-%m-%d}`, `{yesterday:%Y%m%d}` and `{today-30d:%Y%m%d}` become dates.

    `{last_month:%Y%m}` is the last day of the last whole calendar month.
    """
    days = {
        "today": today,
        "yesterday": today - timedelta(days=1),
        "last_month": today.replace(day=1) - timedelta(days=1),
    }

    def written(match: re.Match[str]) -> str:
        return (days[match[1]] + timedelta(days=int(match[2] or 0))).strftime(match[3])

    return _DATE.sub(written, url)


def further_pages(paging: Paging) -> Callable[[Payload], Sequence[str]]:
    """The function that names the page after a page: by the answer's own link, or by counting up."""

    def follow(payload: Payload) -> Sequence[str]:
        if paging.link is not None:
            return linked(paging.link, payload)
        found = _loaded(payload.body)
        if found is None:
            return ()
        if paging.next is not None:
            link = _found(paging.next, found, payload.url)
            return _on_the_web(urljoin(payload.url, link)) if isinstance(link, str) and link else ()
        return _counted(paging, payload.url, found)

    return follow


def _first_page(url: str, paging: Paging | None) -> str:
    if paging is None or paging.parameter is None:
        return url
    return with_parameter(url, paging.parameter, str(paging.first))


def with_parameter(url: str, name: str, value: str) -> str:
    """The address with one query parameter set, the others kept."""
    parts = urlsplit(url)
    query = {key: said for key, said in parse_qs(parts.query, keep_blank_values=True).items() if key != name}
    return urlunsplit(parts._replace(query=urlencode({**query, name: value}, doseq=True)))


def linked(pattern: str, payload: Payload) -> Sequence[str]:
    if not is_web_page(payload.body):
        return ()
    found = searched(pattern, decode(payload.body))
    return _on_the_web(urljoin(payload.url, html.unescape(found))) if found else ()


def _on_the_web(address: str) -> Sequence[str]:
    """The address, unless it leads elsewhere than to the web: no answer may name a file here."""
    return (address,) if address.startswith(("http://", "https://")) else ()


def _found(path: str, data: Any, where: str) -> Any:
    """What a path finds, None where it fails: loading the payload will say why."""
    try:
        return found_at(path, data, where)
    except ParseError:
        return None


def _counted(paging: Paging, url: str, found: Any) -> Sequence[str]:
    name = paging.parameter or ""
    at = int(parse_qs(urlsplit(url).query).get(name, [str(paging.first)])[0])
    more = _found(paging.more, found, url) if paging.more else bool(found)
    following = at + paging.step
    return (with_parameter(url, name, str(following)),) if more and following <= paging.last else ()


def _loaded(body: bytes) -> Any:
    try:
        return loaded_json(body, "the page")
    except ParseError:
        return None
