"""Keys in addresses: stored and told as placeholders, given to their own server only."""

from __future__ import annotations

import pytest

from store.concealed import Secrets, conceal


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/x?token=abc123", "https://a.example/x?token={token}"),
        ("https://a.example/x?page=2&API_KEY=abc&n=1", "https://a.example/x?page=2&API_KEY={api_key}&n=1"),
        (
            "https://a.example/x?X-Amz-Signature=ff00#top",
            "https://a.example/x?X-Amz-Signature={x-amz-signature}#top",
        ),
        ("https://ann:secret@a.example/x", "https://{login}@a.example/x"),
        ("cannot get 'http://a.example/?sig=abc': no", "cannot get 'http://a.example/?sig={sig}': no"),
        (
            "https://a.example/x?nextPageToken=abc&keyword=gpt",
            "https://a.example/x?nextPageToken=abc&keyword=gpt",
        ),
        ("https://a.example/x?api_key={key}", "https://a.example/x?api_key={key}"),
        ("https://a.example/@user?monkey=1", "https://a.example/@user?monkey=1"),
    ],
)
def test_an_address_is_shown_without_its_key(address: str, shown: str) -> None:
    """Keys, tokens, signatures and logins go; paging, key words and placeholders stay."""
    assert conceal(address) == shown
    assert conceal(shown) == shown


def test_its_own_server_gets_the_key_back() -> None:
    """Also a further page, whose address was made from the one that is shown."""
    url = "https://ann:pw@a.example/x?token=a%2Fbc"
    secrets = Secrets.of([url, "https://a.example/y?id={key}"], key="k&y")
    assert secrets.reveal(conceal(url)) == url
    assert (
        secrets.reveal("https://a.example/x?token={token}&page=2")
        == "https://a.example/x?token=a%2Fbc&page=2"
    )
    assert secrets.reveal("https://a.example/x?page=2&token=%7Btoken%7D").endswith("token=a%2Fbc")
    assert secrets.reveal("https://a.example/y?id={key}") == "https://a.example/y?id=k%26y"


def test_no_text_tells_a_key_in_any_spelling() -> None:
    """As it is, and as it is written in an address."""
    secrets = Secrets.of([], key="very/secret")
    assert secrets.hide("very/secret very%2Fsecret") == "{key} {key}"
    assert "secret" not in repr(secrets)


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [
        ("abcd", "it was abcd", "it was {key}"),
        ("abc", "it was abc", "it was abc"),
        ("a b+c", "a b+c a%20b%2Bc a+b%2Bc", "{key} {key} {key}"),
    ],
)
def test_a_value_of_four_characters_is_looked_for_and_no_shorter_one(
    value: str, text: str, shown: str
) -> None:
    """Three letters stand in many words; a longer one goes in each of its spellings."""
    assert Secrets.of([], key=value).hide(text) == shown


def test_what_is_hidden_of_a_source_is_hidden_of_any_other_too() -> None:
    """A text about one source may hold another one's address."""
    assert Secrets().hide("see https://a.example/?token=abc123") == "see https://a.example/?token={token}"


def test_an_address_tells_its_keys_and_its_login_and_nothing_else() -> None:
    """A mark of the next page is no key, and without a key of its own a source has none."""
    urls = ["https://ann:pw@a.example/x?nextPageToken=page2&Token=one", "https://b.example/?sig=two&n=1"]
    assert Secrets.of(urls).values == {"{token}": "one", "{sig}": "two", "{login}": "ann:pw"}
    assert Secrets.of(urls, "mine").values["{key}"] == "mine"
    assert Secrets.of([]).values == {}
    assert Secrets.of([]).reveal("https://a.example/?id={key}") == "https://a.example/?id={key}"
