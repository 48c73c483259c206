"""What a script assigns to a name, read and never run."""

from __future__ import annotations

import re
from typing import Any, Final

from ingest.errors import ParseError
from ingest.formats.texts import json_of_text, loading
from ingest.formats.yaml_texts import yaml_of_text

_ASSIGNED: Final = (
    r"(?:^|[;\n{{}}(,])\s*(?:export\s+)?(?:const\s+|let\s+|var\s+)?(?:[\w$]+\.)*{name}\s*"
    r"(?::(?:[^=\n;{{,<]|<[^=\n;]*>)*=|[=:])\s*"  # TypeScript writes a type between the name and the sign
)
_FIRST_VALUE: Final = re.compile(
    r"[=:(]\s*(?=[\[{`]|JSON\.parse\()|export\s+default\s+(?=[\[{])|\A\s*(?=[\[{])"
)
_QUOTED: Final = re.compile(
    r"(?:JSON\.parse\(\s*)?(`(?:[^`\\]|\\[\s\S])*`|'(?:[^'\\\n]|\\[\s\S])*'|\"(?:[^\"\\\n]|\\[\s\S])*\")"
)
_ESCAPE: Final = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[\s\S])")
_ESCAPED: Final = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "0": "\0",
    "\n": "",
    "\r\n": "",
}


def assigned_in_javascript(text: str, name: str | None, where: str) -> Any:
    """The object or list that a script assigns to a name, or the first that it holds.

    A text in quotes or backticks is read as the JSON or YAML that it holds. Raises ParseError where there is
    none.
    """
    found = re.search(_ASSIGNED.format(name=re.escape(name)), text) if name else _FIRST_VALUE.search(text)
    if found is None:
        raise ParseError(f"{where} assigns no object, list or text to {repr(name) if name else 'any name'}")
    rest = text[found.end() :]
    quoted = _QUOTED.match(rest)
    if quoted:
        return _data_in(_ESCAPE.sub(_unescaped, quoted[1][1:-1]), where)
    import chompjs  # noqa: PLC0415 - for this format only: no other command waits for it

    try:
        return loading(lambda said, **hook: chompjs.parse_js_object(said, json_params=hook or None), where)(
            rest
        )
    except (ValueError, RecursionError) as error:
        said = " ".join(str(error).split())[:200]
        raise ParseError(f"{where} assigns no object or list that can be read: {said}") from error


def _data_in(text: str, where: str) -> Any:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", errors="replace")
    try:
        return json_of_text(whole, where)
    except ParseError:
        return yaml_of_text(whole, where)


def _unescaped(found: re.Match[str]) -> str:
    said = found[1]
    if len(said) > 1 and said[0] in "ux":
        code = int(said[1:].strip("{}"), 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    return _ESCAPED.get(said, said)
