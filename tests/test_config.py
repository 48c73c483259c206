"""Settings: handed to another process whole."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from config import Settings, load_settings

CHOSEN = Settings(
    home=Path("/somewhere/else"),
    contact="somebody@example.org",
    host="0.0.0.0",
    port=8600,
    lock_wait_seconds=1.5,
    schedule=False,
    github_token="a token",
    parse_megabytes=512,
    parse_seconds=7,
)


def test_every_setting_survives_the_environment(tmp_path: Path) -> None:
    """Another process in another folder has them all, whatever a file there says."""
    default = Settings(home=Path("/nowhere"))
    assert all(getattr(CHOSEN, item.name) != getattr(default, item.name) for item in fields(Settings))
    (tmp_path / "hypecurve.toml").write_text('contact = "another"\nport = 1\n')
    assert load_settings(CHOSEN.environment(), tmp_path) == CHOSEN
