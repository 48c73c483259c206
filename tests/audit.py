"""Whether what is installed is what requirements.lock pins, byte for byte, and whether holes in it are known.

    python -m tests.audit

Without the network: every line of the lock names one version and its hashes; what is installed has these
versions and nothing beside them; every file of every package still has the hash that its wheel gave it. With
the network, and pip-audit: the list of known holes is asked; where it does not answer, that is said, and
nothing fails.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackagePath, distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[1]
LOCK: Final = ROOT / "requirements.lock"
OURS: Final = "hypecurve"
TOOLS: Final = frozenset({OURS, "pip", "setuptools", "uv", "wheel"})
"""What is there before the lock is installed."""
_SHA256: Final = re.compile(r"sha256:[0-9a-f]{64}")


def pinned(lock: str) -> tuple[dict[str, str], list[str]]:
    """The version of each package that a lock pins for this Python, and what is wrong with its lines."""
    versions: dict[str, str] = {}
    faults: list[str] = []
    for line in filter(None, map(_told, lock.replace("\\\n", " ").splitlines())):
        words, *hashes = line.split("--hash=")
        try:
            asked = Requirement(words)
            [version] = [item.version for item in asked.specifier if item.operator == "=="]
        except (InvalidRequirement, ValueError):
            faults.append(f"{LOCK.name}: {words.strip()!r} names no single version")
            continue
        name = canonicalize_name(asked.name)
        if not hashes or not all(_SHA256.fullmatch(item.strip()) for item in hashes):
            faults.append(f"{LOCK.name}: {name} has no hash, or one that is none")
        if asked.marker is None or asked.marker.evaluate():
            if name in versions:
                faults.append(f"{LOCK.name}: {name} is pinned to {versions[name]} and to {version}")
            versions[name] = version
    return versions, faults


def _told(line: str) -> str:
    return re.sub(r"(^|\s)#.*", "", line).strip()


def strangers(versions: Mapping[str, str], installed: Iterable[Distribution]) -> Iterator[str]:
    """What is installed in another version than the lock says, or beside it."""
    for item in installed:
        name = canonicalize_name(item.name)
        if name not in versions and name not in TOOLS:
            yield f"{name} {item.version} is installed and is not in {LOCK.name}"
        elif name in versions and item.version != versions[name]:
            yield f"{name} {item.version} is installed, and {LOCK.name} says {versions[name]}"


def changed(installed: Iterable[Distribution]) -> Iterator[str]:
    """Files that are gone, or are no longer what the package brought."""
    for item in installed:
        for file in item.files or ():
            if file.hash is not None and canonicalize_name(item.name) != OURS:
                place = Path(str(item.locate_file(file)))
                if not place.is_file():
                    yield f"{item.name}: {file} is gone"
                elif not _as_brought(file, place):
                    yield f"{item.name}: {file} was changed after it was installed"


def known_holes() -> tuple[list[str], str]:
    """Holes that are known of what the lock pins, and why they could not be asked for, if so."""
    if find_spec("pip_audit") is None:
        return [], "pip-audit is not installed"
    words = "--require-hashes --disable-pip --vulnerability-service osv --format json --progress-spinner off"
    said = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), *words.split()],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        asked = json.loads(said.stdout)["dependencies"]
    except ValueError:
        return [], (said.stderr.strip().splitlines() or ["no answer"])[-1]
    found = [
        f"{item['name']} {item['version']}: {hole['id']}; mended in: {', '.join(hole['fix_versions']) or '-'}"
        for item in asked
        for hole in item.get("vulns", ())
    ]
    left_out = sum("skip_reason" in item for item in asked)
    return found, f"{left_out} packages are not known there" if left_out else ""


def _as_brought(file: PackagePath, place: Path) -> bool:
    assert file.hash is not None
    with place.open("rb") as stream:
        digest = hashlib.file_digest(stream, file.hash.mode).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == file.hash.value


def main() -> None:
    """Look, and say what was found; exit code 1 where something is wrong."""
    versions, faults = pinned(LOCK.read_text(encoding="utf-8"))
    installed = list(distributions())
    faults += [*strangers(versions, installed), *changed(installed)]
    holes, silent = known_holes()
    lines = [*faults, *holes, f"{len(versions)} packages are pinned by hash, {len(installed)} are installed."]
    lines.append(f"Known holes: {silent}." if silent else f"Known holes: {len(holes)}.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(1 if faults or holes else 0)


if __name__ == "__main__":
    main()
