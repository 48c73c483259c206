"""Settings of one installation: defaults, then hypecurve.toml, then environment variables."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import platformdirs
import tomli

from errors import ExpectedError
from logs import FORMATS

PREFIX = "HYPECURVE_"
NO_CONTACT = "no contact set"
SHORTEST_TOKEN = 16
SECRETS = ("github_token", "operator_token")
KEYS = "keys.env"
"""The file in the home with the keys of sources and services, which only its owner may read."""


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
    store_url          empty: all data lie in `home`; a folder: there; `ducklake:postgres:...`: a team's store
    store_data         of a team's store: `s3://bucket/prefix`, or a folder that all machines share
    refresh_megabytes  how much memory the process that refreshes may hold
    stale_after_hours  when nothing was refreshed for so long, /healthz says that the data are too old
    report_url         where readers report a mistake, with {title} and {body}; empty: by e-mail to `contact`
    log_format         how processes that stay speak: `text`, or `json`
    notify             rules on who is told of what, as JSON; in hypecurve.toml they are tables [[notify]]
    hosts              names by which readers reach the dashboard, with commas, beside addresses and localhost
    github_token       optional; raises GitHub's limit from 60 to 5,000 calls an hour for back-fills
    allow_private_urls whether sources may lie on addresses of this machine and of private networks
    bound_to           where this very server listens; `hypecurve up` says it, others have to, else loopback
                       does not make an operator
    operator_token     optional; who shows it may change something (docs/settings.md, section Operator)
    operator_header    optional; header by which a reverse proxy names who has signed in
    operator_names     the names in that header that are operators, with commas; empty: all whom it lets in
    operator_proxy     addresses or networks of that proxy, with commas; empty: it runs on this machine
    """

    home: Path
    contact: str = NO_CONTACT
    host: str = "127.0.0.1"
    port: int = 8501
    lock_wait_seconds: float = 120.0
    schedule: bool = True
    parse_megabytes: int = 2_000
    parse_seconds: int = 120
    refresh_megabytes: int = 4_000
    stale_after_hours: float = 48.0
    report_url: str = ""
    log_format: str = "text"
    hosts: str = ""
    notify: str = field(default="", repr=False)
    github_token: str = field(default="", repr=False)
    allow_private_urls: bool = False
    bound_to: str = ""
    operator_token: str = field(default="", repr=False)
    operator_header: str = ""
    operator_names: str = ""
    operator_proxy: str = ""
    store_url: str = ""
    store_data: str = ""

    def environment(self) -> dict[str, str]:
        """The variables that give another process these very settings, whichever folder it runs in."""
        return {PREFIX + item.name.upper(): str(getattr(self, item.name)) for item in fields(self)}

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
    if 0 < len(settings.operator_token) < SHORTEST_TOKEN:
        raise SettingsError(
            f"operator_token has {len(settings.operator_token)} characters; it needs {SHORTEST_TOKEN}"
            " or more, for example what `openssl rand -hex 16` prints"
        )
    settings = replace(settings, home=settings.home.expanduser().absolute())
    if environment is None:
        take_keys(settings.home / KEYS)
    return settings


def _from_file(file: Path) -> dict[str, object]:
    if not file.is_file():
        return {}
    try:
        values = tomli.loads(file.read_text(encoding="utf-8"))
    except tomli.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}") from error
    if isinstance(values.get("store"), dict):
        values |= {f"store.{name}": value for name, value in values.pop("store").items()}
    known = {_IN_FILES.get(item.name, item.name): item.name for item in fields(Settings)}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise SettingsError(
            f"{file}: unknown setting {', '.join(unknown)}. The settings are: {', '.join(sorted(known))}"
        )
    if "notify" in values:
        values["notify"] = json.dumps(values["notify"], default=str)
    if _holds_secrets(values):
        must_be_private(file)
    return {known[name]: value for name, value in values.items()}


_IN_FILES: Mapping[str, str] = {"store_url": "store.url", "store_data": "store.data"}
"""How a file names what stands in a table of it."""


def _holds_secrets(values: Mapping[str, object]) -> bool:
    """Whether a file holds a token, or an address for notices, which is one in most services."""
    written = re.sub(r'"\{[A-Z][A-Z0-9_]*\}"', "", str(values.get("notify", "")))
    return any(values.get(name) for name in SECRETS) or "://" in written


def must_be_private(file: Path) -> None:
    """Raise SettingsError for a file with keys that others than its owner may read."""
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise SettingsError(f"{file} holds keys, and others may read it: `chmod 600 {file}`")


def take_keys(file: Path) -> None:
    """Take the lines `NAME=value` of a file into the environment, as far as that does not have them.

    Raises SettingsError for a file that others may read, and for a line that is none, without its text.
    """
    if not file.is_file():
        return
    must_be_private(file)
    for place, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = re.fullmatch(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(['\"]?)(.*)\2\s*", line)
        if found is None:
            raise SettingsError(f"{file}, line {place}: it must be NAME=value")
        os.environ.setdefault(found[1], found[3])


def _from_environment(env: Mapping[str, str]) -> dict[str, object]:
    names = {item.name: PREFIX + item.name.upper() for item in fields(Settings)}
    return {name: env[key] for name, key in names.items() if env.get(key)}


def _converted(name: str, value: object, where: str) -> Any:
    text = str(value)
    try:
        return _CONVERSIONS.get(name, str)(text)
    except (KeyError, ValueError) as error:
        raise SettingsError(
            f"{name} = {text!r} in {where} is not usable; see the README, section Settings"
        ) from error


def _truth(text: str) -> bool:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]


def _networks(text: str) -> str:
    return ",".join(str(ip_network(part.strip(), strict=False)) for part in text.split(",") if part.strip())


_CONVERSIONS: Mapping[str, Callable[[str], object]] = {
    "home": Path,
    "port": int,
    "parse_megabytes": int,
    "parse_seconds": int,
    "refresh_megabytes": int,
    "lock_wait_seconds": float,
    "stale_after_hours": float,
    "schedule": _truth,
    "allow_private_urls": _truth,
    "log_format": {known: known for known in FORMATS}.__getitem__,
    "operator_proxy": _networks,
}
"""How the settings that are no mere text are read."""
