"""The audit of what is installed: each kind of fault is found, and a sound one is not."""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from tests.audit import LOCK, changed, pinned, strangers

HASH = f"--hash=sha256:{'a' * 64}"


def installed(folder: Path, name: str = "one", version: str = "1.0") -> Distribution:
    """A package of one module, as an installer leaves it."""
    content = b"VALUE = 1\n"
    (folder / f"{name}.py").write_bytes(content)
    about = folder / f"{name}-{version}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    (about / "RECORD").write_text(f"{name}.py,sha256={digest},{len(content)}\n{about.name}/RECORD,,\n")
    return Distribution.at(about)


def test_the_lock_of_the_project_is_sound() -> None:
    """Every line one version with hashes, of a hundred packages and more."""
    versions, faults = pinned(LOCK.read_text(encoding="utf-8"))
    assert faults == []
    assert len(versions) > 100


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"one>=1.0 {HASH}", "no single version"),
        ("one==1.0", "no hash"),
        ("one==1.0 --hash=sha256:12", "no hash"),
        ("one @ https://x.example/one.whl", "no single version"),
        (f"one==1.0 {HASH}\nOne==2.0 {HASH}", "pinned to 1.0 and to 2.0"),
    ],
)
def test_a_line_that_pins_nothing_is_told(line: str, said: str) -> None:
    """A range, a missing or short hash, an address, two versions of one package."""
    [fault] = pinned(line)[1]
    assert said in fault


def test_versions_of_other_pythons_are_left_out() -> None:
    """A lock for several of them names a package once for each."""
    lock = (
        f"one==1.0 ; python_version < '3' \\\n    {HASH}\none==2.0 ; python_version >= '3' \\\n    {HASH}\n"
    )
    assert pinned(lock) == ({"one": "2.0"}, [])


def test_what_is_not_in_the_lock_is_told(tmp_path: Path) -> None:
    """Another version, and a package that nobody pinned."""
    package = installed(tmp_path)
    assert list(strangers({"one": "1.0"}, [package])) == []
    assert "says 2.0" in next(strangers({"one": "2.0"}, [package]))
    assert "not in" in next(strangers({}, [package]))


def test_a_file_that_was_changed_or_removed_is_told(tmp_path: Path) -> None:
    """One byte is enough."""
    package = installed(tmp_path)
    assert list(changed([package])) == []
    (tmp_path / "one.py").write_bytes(b"VALUE = 2\n")
    assert "changed" in next(changed([package]))
    (tmp_path / "one.py").unlink()
    assert "gone" in next(changed([package]))
