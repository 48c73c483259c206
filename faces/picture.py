"""The picture of a chart where no reader's browser makes it: one of this machine does, by the same script."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path
from threading import Lock
from typing import Final

from charts.parts.figure import Chart
from charts.parts.theme import Mode
from errors import ExpectedError
from faces.html import chart_body, no_addresses, standalone

KINDS: Final = {"png": "image/png", "svg": "image/svg+xml"}
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MOST_SECONDS: Final = 40.0

_turn: Final = Lock()
_FOUND: Final = re.compile(r'<pre id="picture">(.*?)</pre>', re.DOTALL)


class NoPictureError(ExpectedError):
    """A picture that cannot be made here; the message says where it can."""


def browser() -> str | None:
    """The browser of this machine that can draw, if there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def picture(chart: Chart, kind: str, address: str, mode: Mode) -> bytes:
    """The chart with its words, 1200 pixels wide, as PNG or SVG. Raises NoPictureError.

    One at a time: a browser takes more of the machine than an answer does.
    """
    found = browser()
    if found is None:
        raise NoPictureError(
            "This machine has no Chromium to draw with. The page of the chart, and the chart embedded, give "
            "its picture by their own buttons."
        )
    body = f"<main>{chart_body(chart, address, no_addresses, mode)}</main>"
    page = standalone(chart.title, body, mode).replace("</body>", f"{_script(kind, address)}</body>")
    with _turn, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chart.html"
        file.write_text(page, encoding="utf-8")
        drawn = _dumped(found, file, Path(folder))
    said = _FOUND.search(drawn)
    if said is None:
        raise NoPictureError("The browser of this machine drew nothing. Its own buttons give the picture.")
    text = unescape(said[1])
    return base64.b64decode(text.partition(",")[2]) if kind == "png" else text.encode()


def _dumped(found: str, file: Path, folder: Path) -> str:
    rights = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [
        *(found, "--headless", *rights, "--disable-gpu", "--hide-scrollbars", "--window-size=1300,1000"),
        *(f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000", "--dump-dom"),
        file.as_uri(),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoPictureError(f"The browser of this machine did not draw: {error}.") from error
    return done.stdout


def _script(kind: str, address: str) -> str:
    """Draws the picture once the chart stands, and leaves it as text in the page."""
    made = "await hypecurveCharts.rasterized(svg).then(hypecurveCharts.asText)" if kind == "png" else "svg"
    link = address.replace("\\", "").replace('"', "").replace("<", "")
    return (
        "<script>(async () => {\n"
        'const data = JSON.parse(document.querySelector("script.figure").textContent);\n'
        f'const svg = await hypecurveCharts.picture(data, "{link}");\n'
        'const left = document.createElement("pre"); left.id = "picture";\n'
        f"left.textContent = {made};\n"
        "document.body.append(left);\n})();</script>"
    )
