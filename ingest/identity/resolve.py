"""Names of models -> identities. Rules first, then curated aliases, then published match rules, then nothing.

Precision first: a setting never makes an identity, a dated version always does, and a name that no rule
explains stays an entry of its own. Nothing here guesses; `suggest` offers near names to a person.
See docs/methods/identity.md for the form of a model_id.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import polars as pl

from ingest.identity.catalogue import (
    Alias,
    Catalogue,
    Model,
    ModelKind,
    Pointing,
    load_catalogue,
    read_aliases,
)
from ingest.identity.match_rules import MatchRule, MatchRules
from ingest.identity.model_index import Found, ModelIndex
from ingest.identity.observed_names import Observed, is_listing_slug, observe
from ingest.identity.spelling.left_out_words import (
    UNFINISHED,
    point_or_active_size_left_out,
    weights_that_think,
    word_left_out,
)
from ingest.identity.spelling.model_names import (
    ParsedName,
    dated_id,
    default_reading,
    is_combination,
    parse_name,
    plain,
    readings_of,
    spelt,
)
from ingest.identity.spelling.name_prefixes import Spellings
from ingest.identity.spelling.name_settings import is_scaffold, scaffold_and_model

UNRESOLVED: Final = "unresolved"
"""The rule of a name that no rule explains: it stands on its own, under its own normalised spelling."""


_HARMLESS_WORDS: Final = frozenset({"instruct", "chat", "preview", "latest", "exp", "beta", "v1"})
_OTHER_KIND: Final = re.compile(
    r"embed(?:ding)?|audio|realtime|image|vision|tts|transcribe|moderation|rerank"
)

RESOLVED_SCHEMA: Final = pl.Schema(
    {
        "source_id": pl.String,
        "model_name": pl.String,
        "model_id": pl.String,
        "version": pl.String,
        "setting": pl.String,
        "rule": pl.String,
        "kind": pl.String,
        "organization": pl.String,
        "family": pl.String,
    }
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means.

    model_id      the identity: the dated version, where there is one
    version       its date or number, as text; None where the maker names no versions
    setting       what the name says of how the model was run or served; None if nothing
    rule          the rule that led here; `unresolved` where none did
    kind          dated, undated, alias (a moving name) or family (several models)
    organization  the maker, None where unknown
    family        the undated name that all versions of the model share
    """

    name: str
    model_id: str
    version: str | None
    setting: str | None
    rule: str
    kind: ModelKind
    organization: str | None
    family: str

    def to_json(self) -> dict[str, str | None]:
        """What `hypecurve resolve --json` prints for the name."""
        return {
            "name": self.name,
            "model_id": self.model_id,
            "version": self.version,
            "setting": self.setting,
            "rule": self.rule,
        }


class Resolver:
    """Resolves names against a catalogue; built once, then read only.

    aliases_text  the person's own aliases as CSV (name, model_id, source_id): they win over everything
    match_rules   the rules that genai-prices publishes
    observed      names as their makers list them: a whole date among them makes a version known that the
                  catalogue does not have yet
    hosts         further sellers, as they stand before the names of what they sell
    """

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        aliases_text: str | None = None,
        match_rules: Sequence[MatchRule] = (),
        observed: Iterable[str] = (),
        hosts: Iterable[str] = (),
    ) -> None:
        known = catalogue or load_catalogue()
        self._catalogue = replace(known, spellings=known.spellings.with_hosts(hosts))
        self._rules = MatchRules(match_rules)
        self._index = ModelIndex()
        self._labels: dict[str, str | None] = {}
        self._models: dict[str, Model] = dict(self._catalogue.models)
        own = read_aliases(aliases_text, "your aliases.csv") if aliases_text else ()
        self._own = self._literal(own)
        self._curated = self._literal(self._catalogue.aliases)
        self._fill_index()
        self._observed = self._learn(observed)

    @property
    def models(self) -> Iterable[Model]:
        """All known models."""
        return self._models.values()

    def resolve(
        self, name: str, *, source_id: str | None = None, organization: str | None = None
    ) -> Resolution:
        """What a name means; never raises, whatever the name."""
        text = plain(name)
        own = self._own.get((text, source_id)) or self._own.get((text, None))
        if own:
            return self._known(name, Found(own, "your alias"), self.reading(text).setting)
        curated = self._curated.get((text, source_id)) or self._curated.get((text, None))
        if curated:
            return self._known(name, Found(curated, "alias"), None)
        composed = self._composed(name, text, source_id)
        if composed:
            return composed
        readings = readings_of(name, self._catalogue.spellings)
        if not any(parsed.words for parsed, _ in readings):
            return self._alone(name, text or name, None, None)
        return self._by_rules(name, readings) or self._unresolved(name, readings, organization)

    def resolve_all(self, names: pl.DataFrame) -> pl.DataFrame:
        """Resolve a frame of names (source_id, model_name, and if known organization and setting).

        One row out per row in, in the same order, with the columns of RESOLVED_SCHEMA. A setting that the
        source states stands before one that the name says.
        """
        cache: dict[tuple[str, str | None, str | None], Resolution] = {}
        rows = []
        for row in names.iter_rows(named=True):
            key = (row["model_name"], row["source_id"], row.get("organization"))
            if key not in cache:
                cache[key] = self.resolve(key[0], source_id=key[1], organization=key[2])
            found = cache[key]
            rows.append(
                (
                    row["source_id"],
                    row["model_name"],
                    found.model_id,
                    found.version,
                    row.get("setting") or found.setting,
                    found.rule,
                    found.kind.value,
                    found.organization,
                    found.family,
                )
            )
        return pl.DataFrame(rows, schema=RESOLVED_SCHEMA, orient="row")

    @property
    def spellings(self) -> Spellings:
        """How makers and hosts are spelt."""
        return self._catalogue.spellings

    def reading(self, name: str) -> ParsedName:
        """The parts of a name, as it is read where no rule leads to a known model."""
        return default_reading(name, self._catalogue.spellings)

    def suggest(self, name: str, n: int = 3) -> list[str]:
        """The model_ids most alike a name, best first: candidates for a person, never stored unasked."""
        parsed = self.reading(name)
        label = parsed.version_label()
        wanted = spelt(parsed.words) + (f"-{label}" if label else "")
        return difflib.get_close_matches(wanted, list(self._models), n=n, cutoff=0.6)

    def pointings(self, alias: str) -> list[Pointing]:
        """Which versions a moving name pointed to, oldest first."""
        return sorted(
            (pointing for pointing in self._catalogue.pointings if pointing.alias == alias),
            key=lambda pointing: pointing.from_on,
        )

    def _literal(self, aliases: Iterable[Alias]) -> dict[tuple[str, str | None], Model]:
        return {
            (plain(alias.name), alias.source_id): self._models.get(alias.model_id)
            or self._made(alias.model_id)
            for alias in aliases
        }

    def _made(self, model_id: str) -> Model:
        """A model that only a person's alias knows."""
        found = Model(model_id, "", model_id, ModelKind.UNDATED)
        self._models[model_id] = found
        return found

    def _fill_index(self) -> None:
        for model in self._catalogue.models.values():
            self._index.add_model(self._first(model.model_id), model)
        for alias in self._catalogue.aliases:
            if alias.source_id is None:
                self._index.add_alias(self._first(alias.name), self._models[alias.model_id])

    def _first(self, name: str) -> ParsedName:
        """A known name as it stands: nothing is taken off that could be a setting elsewhere."""
        return next(iter(parse_name(name, self._catalogue.spellings)))[0]

    def _learn(self, names: Iterable[str]) -> Observed:
        observed = observe(names, self._catalogue.spellings, self._index)
        for parsed, model in observed.versions:
            self._models[model.model_id] = model
            self._index.add_model(parsed, model)
        return observed

    def _by_rules(self, name: str, readings: Sequence[tuple[ParsedName, bool]]) -> Resolution | None:
        if readings[0][0].namespace:
            return None
        for step in (
            partial(weights_that_think, self._index),
            self._as_it_stands,
            partial(word_left_out, self._index),
            partial(point_or_active_size_left_out, self._index),
        ):
            for parsed, _ in readings:
                found = step(parsed)
                if found:
                    return self._known(name, found, parsed.setting)
        meant = [parsed for parsed, is_default in readings if is_default][-1]
        published = self._published(meant)
        return self._known(name, published, meant.setting) if published else None

    def _as_it_stands(self, parsed: ParsedName) -> Found | None:
        found = self._index.find(parsed)
        if found is None and parsed.is_moving:
            found = self._index.find(parsed, tuple(word for word in parsed.key if word != "latest"))
        return found or self._moving(parsed)

    def _moving(self, parsed: ParsedName) -> Found | None:
        """An undated name of which several versions are known is the moving alias, although not listed."""
        if parsed.version_label():
            return None
        key = tuple(word for word in parsed.key if word != "latest")
        line = self._index.line(key)
        if line is None or len(line.versions()) < 2:
            return None
        version = line.versions()[0]
        model = Model(version.family, version.organization, version.family, ModelKind.ALIAS)
        return Found(model, "moving alias")

    def _published(self, parsed: ParsedName) -> Found | None:
        """What genai-prices' rules say: one that names the spelling in full holds unless the name speaks of
        another kind of model; one that describes it, only if no word tells name and target apart."""
        label = parsed.version_label()
        text = spelt(parsed.words) + (f"-{label}" if label else "")
        for target in self._rules.naming(text):
            found = self._index.find(self._first(target))
            extra = set(parsed.key) - set(self._first(target).key)
            if found and not any(_OTHER_KIND.fullmatch(word) for word in extra):
                return Found(found.model, "published match rule")
        for target in () if label else self._rules.describing(text):
            key = self._first(target).key
            found = self._index.find(self._first(target))
            is_unfinished = bool(UNFINISHED & (set(parsed.key) - set(key)))
            if found and not is_unfinished and set(parsed.key) ^ set(key) <= _HARMLESS_WORDS:
                return Found(found.model, "published match rule")
        return None

    def _composed(self, name: str, text: str, source_id: str | None) -> Resolution | None:
        """What a name means that holds a scaffold or several models; None for the name of one model."""
        pair = scaffold_and_model(text)
        if pair:
            return self._scaffolded(name, *pair, source_id)
        if is_combination(text):
            return self._combination(name, text, source_id)
        if " with " in text or " using " in text:
            return self._run_with(name, text, source_id)
        return None

    def _combination(self, name: str, text: str, source_id: str | None) -> Resolution:
        """A scaffold and one model is that model under a setting; several models are none of them."""
        parts = [part.strip() for part in re.split(r"\s[&+/]\s|\sand\s", text)]
        if len(parts) == 2 and "&" not in text and " / " not in text and " and " not in text:
            for scaffold, model in (parts, reversed(parts)):
                scaffolded = self._scaffolded(name, scaffold, model, source_id)
                is_known = scaffolded.rule != UNRESOLVED and not self._speaks_of_a_model(scaffold)
                if is_scaffold(scaffold) or is_known:
                    return scaffolded
        return self._alone(name, text, None, None)

    def _run_with(self, name: str, text: str, source_id: str | None) -> Resolution | None:
        """`ReAct with gpt-4o`: one part is a known model, the other a scaffold or a tool."""
        before, behind = re.split(r" (?:with|using) ", text, maxsplit=1)
        for scaffold, model in ((before, behind), (behind, before)):
            found = self._scaffolded(name, scaffold, model, source_id)
            if found.rule != UNRESOLVED and not self._speaks_of_a_model(scaffold):
                return found
        return None

    def _scaffolded(self, name: str, scaffold: str, model: str, source_id: str | None) -> Resolution:
        resolved = self.resolve(model, source_id=source_id)
        settings = ", ".join(part for part in (scaffold, resolved.setting) if part)
        rule = UNRESOLVED if resolved.rule == UNRESOLVED else "scaffold and model"
        return replace(resolved, name=name, setting=settings, rule=rule)

    def _speaks_of_a_model(self, text: str) -> bool:
        words = re.findall(r"[a-z]+", text)
        return any(word in self._catalogue.spellings.heads for word in words) or bool(
            re.search(r"\bo[134]\b|\d+b\b", text)
        )

    def _known(self, name: str, found: Found, setting: str | None) -> Resolution:
        model = found.model
        return Resolution(
            name=name,
            model_id=model.model_id,
            version=self._version(model),
            setting=setting,
            rule=found.rule,
            kind=model.kind,
            organization=model.organization or None,
            family=model.family,
        )

    def _version(self, model: Model) -> str | None:
        if model.kind is not ModelKind.DATED:
            return None
        if model.model_id not in self._labels:
            self._labels[model.model_id] = self._first(model.model_id).version_label()
        return self._labels[model.model_id]

    def _unresolved(
        self, name: str, readings: Sequence[tuple[ParsedName, bool]], organization: str | None
    ) -> Resolution:
        parsed = [parsed for parsed, is_default in readings if is_default][-1]
        spellings = self._catalogue.spellings
        observed = self._observed
        if parsed.key in observed.undated and is_listing_slug(name):
            parsed = replace(parsed, date=None)
        if not parsed.namespace:
            parsed = replace(parsed, namespace=observed.owners.get(parsed.key))
        by_head = spellings.heads.get(parsed.words[0]) if not parsed.namespace else None
        maker = spellings.maker(organization) or by_head or parsed.maker
        is_latest = len(parsed.words) > 1 and parsed.words[-1] == "latest" and not parsed.date
        words = parsed.words[:-1] if is_latest else parsed.words
        stem = observed.stems.get(parsed.key) or spelt(words)
        return self._alone(name, stem, parsed, maker)

    def _alone(self, name: str, stem: str, parsed: ParsedName | None, maker: str | None) -> Resolution:
        namespace = f"{parsed.namespace}/" if parsed and parsed.namespace else ""
        label = parsed.version_label() if parsed else None
        family = f"{namespace}{stem}"
        return Resolution(
            name=name,
            model_id=dated_id(family, label.replace("/", "-"), maker) if label else family,
            version=label,
            setting=parsed.setting if parsed else None,
            rule=UNRESOLVED,
            kind=ModelKind.DATED if label else ModelKind.UNDATED,
            organization=maker,
            family=family,
        )
