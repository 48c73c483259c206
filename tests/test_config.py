"""Settings: handed to another process whole."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest

from config import Settings, SettingsError, load_settings

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
    refresh_megabytes=900,
    stale_after_hours=1.5,
    report_url="https://code.example/issues/new?title={title}&body={body}",
    log_format="json",
    hosts="dashboard.example.org",
    notify='[{"to": "ntfys://topic", "about": "failing"}]',
    allow_private_urls=True,
    bound_to="127.0.0.1",
    operator_token="a token that is long enough",
    operator_header="X-Remote-User",
    operator_names="ann,ben",
    operator_proxy="10.0.0.0/8",
    store_url="ducklake:postgres:host=db dbname=team",
    store_data="s3://bucket/prefix",
)


def test_every_setting_survives_the_environment(tmp_path: Path) -> None:
    """Another process in another folder has them all, whatever a file there says."""
    default = Settings(home=Path("/nowhere"))
    assert all(getattr(CHOSEN, item.name) != getattr(default, item.name) for item in fields(Settings))
    (tmp_path / "hypecurve.toml").write_text('contact = "another"\nport = 1\n')
    assert load_settings(CHOSEN.environment(), tmp_path) == CHOSEN


def test_where_a_teams_store_lies_is_a_table_of_the_file(tmp_path: Path) -> None:
    """`store.url` and `store.data`, dotted or below [store]; another name there is refused."""
    (tmp_path / "hypecurve.toml").write_text('store.url = "elsewhere"\n[other]\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="unknown setting other"):
        load_settings({}, tmp_path)
    (tmp_path / "hypecurve.toml").write_text('[store]\nurl = "elsewhere"\ndata = "/shared"\n')
    found = load_settings({}, tmp_path)
    assert (found.store_url, found.store_data) == ("elsewhere", "/shared")
    (tmp_path / "hypecurve.toml").write_text('[store]\nurls = "elsewhere"\n')
    with pytest.raises(SettingsError, match=r"unknown setting store\.urls.*store\.url"):
        load_settings({}, tmp_path)


def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    """Whoever sets an operator's token is told how long it must be, without the token."""
    with pytest.raises(SettingsError, match="it needs 16 or more") as told:
        load_settings({"HYPECURVE_OPERATOR_TOKEN": "hunter2"}, tmp_path)
    assert "hunter2" not in str(told.value)


def test_a_proxy_that_is_no_address_is_refused(tmp_path: Path) -> None:
    """A name would be believed of nobody, so that the operator is told at the start."""
    with pytest.raises(SettingsError, match="operator_proxy"):
        load_settings({"HYPECURVE_OPERATOR_PROXY": "proxy.internal"}, tmp_path)


def test_secrets_do_not_stand_in_what_settings_print() -> None:
    """Neither a log nor a traceback that shows the settings shows a token."""
    assert "token" not in repr(CHOSEN).replace("operator_token", "").replace("github_token", "")


def test_keys_come_from_a_file_that_only_its_owner_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`keys.env` in the home fills what the environment lacks; one that others may read is refused."""
    monkeypatch.setenv("HYPECURVE_HOME", str(tmp_path))
    monkeypatch.setenv("FIRST_KEY", "from outside")
    monkeypatch.delenv("SECOND_KEY", raising=False)
    file = tmp_path / "keys.env"
    file.write_text("# keys\n\nFIRST_KEY=a\nexport SECOND_KEY='b=c'\n")
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        load_settings(folder=tmp_path)
    file.chmod(0o600)
    load_settings(folder=tmp_path)
    assert (os.environ["FIRST_KEY"], os.environ.pop("SECOND_KEY")) == ("from outside", "b=c")
    file.write_text("SECRET")
    with pytest.raises(SettingsError, match="line 1") as told:
        load_settings(folder=tmp_path)
    assert "SECRET" not in str(told.value)


@pytest.mark.parametrize(
    "text",
    ['github_token = "abc"', '[[notify]]\nto = "ntfys://topic-nobody-guesses"\nabout = "failing"'],
)
def test_a_file_of_settings_with_keys_is_for_its_owner_only(tmp_path: Path, text: str) -> None:
    """Tokens and addresses of notices are keys; names of variables in their place are none."""
    file = tmp_path / "hypecurve.toml"
    file.write_text(text)
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        load_settings({}, tmp_path)
    file.write_text('[[notify]]\nto = "{TOPIC}"\nabout = "failing"')
    assert "TOPIC" in load_settings({}, tmp_path).notify
