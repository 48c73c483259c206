"""The last stages: describe sources, identify, derive, publish; each only when what it rests on has changed.

What a stage rests on is noted in the warehouse when it is done, and a snapshot carries the notes that it was
published with. So a crash anywhere costs the stages that were not done, and the next refresh does them,
whether or not it brings anything new.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

import ingest.identity
import ingest.prices
from config import release
from ingest.errors import ParseError
from ingest.identity.match_rules import MatchRule
from ingest.registry import Catalogue
from ingest.sources.prices.genai_prices import SOURCE as GENAI_PRICES
from ingest.sources.prices.genai_prices import genai_match_rules
from ingest.take_in.form_digest import folder_digest
from ingest.take_in.gather import payload_of
from ingest.take_in.load import archived_bundle
from pipeline.place import Place
from store.bodies import ArchiveError
from store.concealed import conceal
from store.sql import SCHEMA, query, query_files
from store.warehouse import CONTENT, Warehouse

SOURCES: Final = "sources"
IDENTITY: Final = "identity"
DERIVED: Final = "derived"
DERIVATIONS: Final = Path(__file__).parent / "derive.py"


def bring_up(place: Place, warehouse: Warehouse) -> None:
    """Do every stage before publishing whose inputs have changed since it was last done."""
    if not _is_up(place, warehouse):
        with warehouse.close_by() as near:
            _bring_up(place, near)


def _is_up(place: Place, warehouse: Warehouse) -> bool:
    identified = _identity_digest(place, warehouse)
    wanted = {
        SOURCES: _digest(describe_sources(place.catalogue).write_json()),
        IDENTITY: identified,
        DERIVED: _derived_digest(identified),
    }
    return wanted.items() <= warehouse.stages().items()


def _bring_up(place: Place, warehouse: Warehouse) -> None:
    about = describe_sources(place.catalogue)
    done = warehouse.stages()
    described = _digest(about.write_json())
    if done.get(SOURCES) != described:
        warehouse.replace("source", about)
        warehouse.note_stage(SOURCES, described)
    identified = _identity_digest(place, warehouse)
    if done.get(IDENTITY) != identified:
        from ingest.identity.identify import identify

        place.tell("identify", "resolving model names")
        identify(warehouse, place.settings.aliases_file, _published_rules(place, warehouse))
        warehouse.note_stage(IDENTITY, identified)
    derived = _derived_digest(identified)
    if done.get(DERIVED) != derived:
        from pipeline.derive import derive

        place.tell("derive", "computing what is slow")
        warehouse.replace("sighting", place.archive.sightings())  # news lie between two readings
        derive(warehouse, place.tell, archived_bundle(place.archive))
        warehouse.note_stage(DERIVED, derived)


def publish_if_behind(place: Place, warehouse: Warehouse) -> bool:
    """Publish unless the snapshot that readers see is whole and of this very state; whether it was done."""
    if place.store.published_stages() == warehouse.stages():
        return False
    with warehouse.alone():
        bring_up(place, warehouse)  # what others have loaded since
        return _publish(place, warehouse)


def _publish(place: Place, warehouse: Warehouse) -> bool:
    if place.store.published_stages() == warehouse.stages():
        return False
    warehouse.replace("sighting", place.archive.sightings())
    place.tell("publish", "writing a snapshot")
    place.store.publish(warehouse)
    return True


def finish(place: Place, warehouse: Warehouse) -> None:
    """All last stages."""
    bring_up(place, warehouse)
    publish_if_behind(place, warehouse)


def describe_sources(catalogue: Catalogue) -> pl.DataFrame:
    """The table `source`."""
    about = [
        {
            "source_id": source.id,
            "title": source.title,
            "homepage": source.homepage,
            "licence": source.licence,
            "attribution": source.attribution,
            "urls": [conceal(url) for url in source.urls] if isinstance(source.urls, tuple) else [],
            "cadence": source.cadence,
            "kinds": [kind.value for kind in source.kinds],
            "core": source.core,
            "complete": source.complete,
            "shippable": source.shippable,
            "key_env": source.key_env,
            "dates_readings": source.dates_readings,
            "copies": list(source.copies),
            "fallbacks": [fallback.url for fallback in source.fallbacks],
            "frozen": source.frozen,
        }
        for source in catalogue.sources.values()
    ]
    return pl.DataFrame(
        about,
        infer_schema_length=None,
        schema_overrides={"fallbacks": pl.List(pl.String), "frozen": pl.String},
    )


def _identity_digest(place: Place, warehouse: Warehouse) -> str:
    stages = warehouse.stages()
    aliases = place.settings.aliases_file
    return _digest(
        stages.get(CONTENT, ""),
        stages[SCHEMA],
        _queries(),
        aliases.read_bytes().hex() if aliases.is_file() else "",
        *(folder_digest(Path(package.__path__[0])) for package in (ingest.identity, ingest.prices)),
        repr([entry.sha256 for entry in place.archive.entries(GENAI_PRICES.id)][-1:]),
    )


def _derived_digest(identified: str) -> str:
    return _digest(identified, release(), DERIVATIONS.read_text(encoding="utf-8"))


def _queries() -> str:
    return _digest(*(query(name) for name in query_files()))


def _digest(*parts: str) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def _published_rules(place: Place, warehouse: Warehouse) -> Sequence[MatchRule]:
    """The newest rules of genai-prices that can be read; none where none is archived.

    Only payloads that a parser survived are looked at here, where nothing bounds it.
    """
    readable = warehouse.payloads(GENAI_PRICES.id).filter(~pl.col("unread"))["sha256"].to_list()
    for entry in reversed(place.archive.entries(GENAI_PRICES.id)):
        if entry.sha256 not in readable:
            continue
        try:
            return genai_match_rules(payload_of(entry, place.archive.body(entry.sha256)))
        except (ParseError, ArchiveError):
            continue
    return ()
