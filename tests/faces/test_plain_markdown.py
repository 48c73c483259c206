"""Markdown from outside shows nothing but words."""

from __future__ import annotations

import pytest

from faces.html import markdown


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://evil.example/seen.png)",
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt:alert(1))",
        "[click]( data:text/html;base64,PHNjcmlwdD4=)",
        "[click](//evil.example/)",
        "[click][x]\n\n[x]: javascript:alert(1)",
        "![x][y]\n\n[y]: https://evil.example/seen.png",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<https://evil.example> is [no](vbscript:x) link",
    ],
)
def test_what_comes_from_outside_does_nothing(text: str) -> None:
    """No picture is loaded, no script is run, no link leads to one."""
    shown = markdown(text)
    assert "<img" not in shown
    assert "<script" not in shown
    for start in ("javascript:", "data:", "vbscript:", "//evil"):
        assert f'href="{start}'.lower() not in shown.lower()


@pytest.mark.parametrize(
    "link", ["[page](https://a.example/x)", "[sign in](/operator)", "[here](#below)", "[it](price.html)"]
)
def test_links_to_pages_stay(link: str) -> None:
    """Ours and those of the web."""
    assert "<a href=" in markdown(link)
