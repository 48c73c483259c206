"""Bytes as YAML: its safe subset, and no nesting that would exhaust the reader."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from ingest.formats.encodings import decode
from ingest.formats.texts import (
    MOST_LEVELS,
    RepeatedKeys,
    Tell,
    listening,
    not_valid,
    refuse_web_page,
)

MOST_NODES: Final = 5_000_000
"""More values than this, references written out, are no data."""

_MOST_ALIASES: Final = 1000
_MERGE: Final = "tag:yaml.org,2002:merge"


@cache
def _yaml_loader() -> Any:
    import yaml  # noqa: PLC0415 - for this format only: no other command waits for it

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _telling_loader() -> Any:
    """The safe loader that also hears of keys that a mapping states twice with differing values."""

    class Telling(_yaml_loader()):  # type: ignore[misc] # which of the two loaders there is shows at run time
        repeated: RepeatedKeys

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            said: dict[str, Any] = {}
            for key, value in node.value:
                if key.tag == _MERGE or not isinstance(key.value, str):
                    continue  # what a merge brings in may well be stated anew
                first = said.get(key.value)
                if first is not None and _plain(first) != _plain(value):
                    self.repeated.state(key.value, _plain(first)[:200], _plain(value)[:200])
                said[key.value] = value
            return super().construct_mapping(node, deep)

    return Telling


def _plain(node: Any) -> str:
    """A node as it would stand in one line."""
    if isinstance(node.value, str):
        return str(node.value)
    members = [
        f"{_plain(member[0])}: {_plain(member[1])}" if isinstance(member, tuple) else _plain(member)
        for member in node.value
    ]
    return f"{{{', '.join(members)}}}" if node.id == "mapping" else f"[{', '.join(members)}]"


def loaded_yaml(body: bytes, where: str) -> Any:
    """The bytes as YAML (its safe subset); raises ParseError where they are something else.

    `tell`, or else who is `hearing`, hears of each key that a mapping states twice with differing values; the
    last one counts, as it does for JSON.
    """
    refuse_web_page(body, where, "YAML")
    return yaml_of_text(decode(body), where)


def yaml_of_text(text: str, where: str, tell: Tell | None = None) -> Any:
    """A text as YAML; see `loaded_yaml`."""
    import yaml  # noqa: PLC0415 - for this format only: no other command waits for it

    try:
        _refuse_endless(text)
        listener = listening(where, tell)
        return yaml.load(text, Loader=_yaml_loader()) if listener is None else _told(text, listener)
    except (ValueError, TypeError, yaml.YAMLError) as error:  # TypeError: a list as a key
        raise not_valid(text, where, "YAML", " ".join(str(error).split())) from error
    except RecursionError as error:
        raise not_valid(text, where, "YAML", "it is nested without end") from error


def _told(text: str, tell: Tell) -> Any:
    loader = _telling_loader()(text)
    loader.repeated = RepeatedKeys(tell)
    try:
        found = loader.get_single_data()
    finally:
        loader.dispose()
    loader.repeated.end()
    return found


def _refuse_endless(text: str) -> None:
    """Raise ValueError for nesting, or repetition by reference, that no table of figures has.

    YAML's reader in C would take the whole process down with it. Every reference counts as much as what it
    stands for, so that a few lines that double each other are refused before they are built.
    """
    import yaml  # noqa: PLC0415 - for this format only: no other command waits for it

    open_nodes: list[tuple[str | None, int]] = []
    sizes: dict[str, int] = {}
    total = aliases = 0
    for event in yaml.parse(text, Loader=_yaml_loader()):
        size = 1
        if isinstance(event, yaml.CollectionStartEvent):
            open_nodes.append((event.anchor, total))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor is not None:
                sizes[anchor] = total - before + 1
        elif isinstance(event, yaml.AliasEvent):
            # one that stands inside what it refers to never ends
            size = sizes.get(event.anchor or "", MOST_NODES)
            aliases += 1
        elif isinstance(event, yaml.ScalarEvent):
            size = 1 + len(event.value) // 100
            if event.anchor is not None:
                sizes[event.anchor] = size
        total += size
        if len(open_nodes) > MOST_LEVELS or total > MOST_NODES or aliases > _MOST_ALIASES:
            raise ValueError("it is nested without end")
