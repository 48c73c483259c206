"""The digests of forms are made when they are asked for, and each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.take_in import form_digest
from ingest.take_in.form_digest import FormDigests


def test_only_what_is_asked_for_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refresh of one source reads one form, however often it asks; a source without a file has none."""
    read: list[Path] = []
    monkeypatch.setattr(form_digest, "form_digest", lambda file: read.append(file) or file.name)
    files = {name: tmp_path / f"{name}.toml" for name in ("a", "b", "lost")}
    for name in ("a", "b"):
        files[name].touch()
    digests = FormDigests(files)
    assert set(digests) == {"a", "b"}
    assert len(digests) == 2
    assert "lost" not in digests
    assert digests.get("lost") is None
    assert read == []
    assert digests["a"] == digests.get("a") == "a.toml"
    assert read == [files["a"]]
