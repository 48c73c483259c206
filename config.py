"""Settings of one installation: defaults, then hypecurve.toml, then environment variables."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from errors import ExpectedError

PREFIX = "HYPECURVE_"
NO_CONTACT = "no contact set"


class SettingsError(ExpectedError):
    """A setting that cannot be used; the message names it, where it stands and what would do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person may set.

    home               folder of all state (HYPECURVE_HOME)
    contact            e-mail or URL that is sent along in the User-Agent, so that a source can reach you
    host, port         where the dashboard listens
    lock_wait_seconds  how long a writer waits for another one
    schedule           whether the dashboard's process refreshes sources by itself
    parse_megabytes    how much memory reading one payload may take
    parse_seconds      how long reading one payload may take
    github_token       optional; raises GitHub's limit from 60 to 5,000 calls an hour for back-fills
    """

    home: Path
    contact: str = NO_CONTACT
    host: str = "127.0.0.1"
    port: int = 8501
    lock_wait_seconds: float = 120.0
    schedule: bool = True
    parse_megabytes: int = 2_000
    parse_seconds: int = 120
    github_token: str = ""

    def environment(self) -> dict[str, str]:
        """The variables that give another process these very settings, whichever folder it runs in."""
        values = {PREFIX + item.name.upper(): str(getattr(self, item.name)) for item in fields(self)}
        return values | {f"{PREFIX}SCHEDULE": "true" if self.schedule else "false"}

    @property
    def archive_folder(self) -> Path:
        """The raw archive: every payload ever taken in."""
        return self.home / "archive"

    @property
    def warehouse_file(self) -> Path:
        """The DuckDB file that one writer at a time fills."""
        return self.home / "warehouse.duckdb"

    @property
    def snapshot_folder(self) -> Path:
        """The numbered read-only copies that the dashboard opens."""
        return self.home / "snapshots"

    @property
    def ledger_file(self) -> Path:
        """SQLite: runs, requests, schedule."""
        return self.home / "ledger.sqlite"

    @property
    def sources_folder(self) -> Path:
        """A person's own sources."""
        return self.home / "sources"

    @property
    def aliases_file(self) -> Path:
        """A person's own decisions on model names."""
        return self.home / "aliases.csv"

    @property
    def user_agent(self) -> str:
        """How hypecurve introduces itself to every server."""
        return f"hypecurve/{release()} (+{self.contact})"


def release() -> str:
    """The installed version of hypecurve."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - few commands need it

    try:
        return version("hypecurve")
    except PackageNotFoundError:
        return "0.0.0"


def load_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Settings from defaults, `hypecurve.toml` in `folder` (else the current one) and the environment.

    Raises SettingsError for an unknown name in the file or a value of the wrong type.
    """
    env = os.environ if environment is None else environment
    file = (folder or Path.cwd()) / "hypecurve.toml"
    settings = Settings(home=Path(platformdirs.user_data_dir("hypecurve", appauthor=False)))
    for where, values in ((str(file), _from_file(file)), ("the environment", _from_environment(env))):
        for name, value in values.items():
            settings = replace(settings, **{name: _converted(name, value, where)})
    return replace(settings, home=settings.home.expanduser().absolute())


def _from_file(file: Path) -> dict[str, object]:
    if not file.is_file():
        return {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}") from error
    known = {item.name for item in fields(Settings)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise SettingsError(
            f"{file}: unknown setting {', '.join(unknown)}. The settings are: {', '.join(sorted(known))}"
        )
    return values


def _from_environment(env: Mapping[str, str]) -> dict[str, object]:
    names = {item.name: PREFIX + item.name.upper() for item in fields(Settings)}
    return {name: env[key] for name, key in names.items() if env.get(key)}


def _converted(name: str, value: object, where: str) -> Any:
    text = str(value)
    try:
        match name:
            case "home":
                return Path(text)
            case "port" | "parse_megabytes" | "parse_seconds":
                return int(text)
            case "lock_wait_seconds":
                return float(text)
            case "schedule":
                return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[
                    text.lower()
                ]
            case _:
                return text
    except (KeyError, ValueError) as error:
        raise SettingsError(
            f"{name} = {text!r} in {where} is not usable; see the README, section Settings"
        ) from error
