"""What goes along with a chart or a page: its card, its citation, the rows with it, and its picture."""

from __future__ import annotations

import io
import zipfile
from functools import partial

import polars as pl
import pytest
from PIL import Image, ImageColor

from charts.parts import theme
from charts.parts.figure import Chart
from charts.parts.theme import Mode
from faces import picture as pictures
from faces.card import card
from faces.citing import bibtex, zipped
from faces.film_picture import LAST_SECONDS, NoFilmError, film
from faces.words_around import film_html
from tests.charts.every_chart import EVERY, against_cost, through_time

ADDRESS = "https://curve.example/embed/score-against-cost?as_of=2024-07-01"


@pytest.fixture(scope="module")
def bare() -> bytes:
    """A card without a chart."""
    return card("Title", "A line.", "As of today.", None)


@pytest.mark.parametrize("make", EVERY.values(), ids=[function.__name__ for function in EVERY])
def test_every_chart_can_stand_on_a_card(make: partial[Chart], bare: bytes) -> None:
    """Whatever the figure is made of, the card is drawn, 1200 by 630, and the figure leaves marks on it."""
    drawn = card("Title", "A line.", "As of today.", make())
    image = Image.open(io.BytesIO(drawn))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert drawn != bare


def test_a_citation_for_programs_escapes_what_tex_reads() -> None:
    """Percent, dollar and ampersand are letters; address and sources stand in it."""
    entry = bibtex(against_cost(), ADDRESS)
    assert entry.startswith("@misc{hypecurve-score-against-cost-")
    assert "\\$" in entry
    assert f"\\url{{{ADDRESS}}}" in entry
    assert "CC BY 4.0" in entry
    assert entry.count("{") == entry.count("}")


def test_rows_take_their_citation_along() -> None:
    """One file with the rows, the citation in words and as BibTeX; the same bytes each time."""
    chart = against_cost()
    packed = zipped(chart, ADDRESS)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = sorted(archive.namelist())
        rows = pl.read_csv(archive.read(names[-1]))
        said = archive.read(names[1]).decode()
    assert [name.partition(".")[2] for name in names] == ["bib", "citation.txt", "csv"]
    assert rows.height == chart.rows.height
    assert chart.title in said
    assert zipped(chart, ADDRESS) == packed


@pytest.mark.parametrize("mode", Mode)
def test_a_film_plays_once_from_its_first_moment_to_its_last(mode: Mode) -> None:
    """A frame for each moment, all different, on the ground of the mode; the last stands."""
    chart = through_time()
    moments = len(chart.draw(mode).layout.meta["film"]["moments"])
    image = Image.open(io.BytesIO(film(chart, ADDRESS, mode)))
    assert (image.format, image.width, image.n_frames) == ("GIF", 1200, moments)
    assert "loop" not in image.info  # nothing moves on for ever
    drawn = []
    for place in range(moments):
        image.seek(place)
        drawn.append(image.convert("RGB").tobytes())
        assert image.convert("RGB").getpixel((0, 0)) == ImageColor.getrgb(theme.paper(mode))
    assert len(set(drawn)) == moments
    assert image.info["duration"] == 1000 * LAST_SECONDS


def test_only_a_chart_that_plays_has_a_film_and_its_link_stands_in_it() -> None:
    """Another chart is refused with a sentence; another address makes another picture."""
    chart = through_time()
    with pytest.raises(NoFilmError, match="does not play"):
        film(against_cost(), ADDRESS, Mode.LIGHT)
    assert film(chart, ADDRESS, Mode.LIGHT) != film(chart, f"{ADDRESS}&theme=dark", Mode.LIGHT)


def test_without_a_browser_the_picture_says_where_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser on the server is needed: the sentence leads to the button of the page."""
    monkeypatch.setattr(pictures, "BROWSERS", ("no-such-browser",))
    with pytest.raises(pictures.NoPictureError, match="by their own buttons"):
        pictures.picture(against_cost(), "png", ADDRESS, Mode.LIGHT)


@pytest.mark.browser
@pytest.mark.skipif(pictures.browser() is None, reason="no browser on this machine")
def test_a_browser_of_the_server_draws_the_picture_with_its_words() -> None:
    """1200 pixels wide, with title, key, sources and link, on the ground of its mode."""
    chart = against_cost()
    image = Image.open(io.BytesIO(pictures.picture(chart, "png", ADDRESS, Mode.DARK)))
    assert image.width == 1200
    assert f"#{bytes(image.convert('RGB').getpixel((2, 2))).hex()}".upper() == theme.paper(Mode.DARK)
    drawn = pictures.picture(chart, "svg", ADDRESS, Mode.LIGHT).decode()
    for said in ("scores highest", "closed weights", "CC BY 4.0", "https://curve.example/embed/"):
        assert said in drawn.replace("\u00a0", " ")


@pytest.mark.parametrize(("address", "links"), [("", 1), (ADDRESS, 2)])
def test_what_is_taken_along_of_a_film_stands_in_one_place(address: str, links: int) -> None:
    """The link and the file go to the next line together, where the line of the slider has no room."""
    page = film_html(through_time().draw(Mode.LIGHT).layout.meta, address)
    _, _, place = page.partition('<span class="film-links">')
    assert place.partition("</span>")[0].count("<a ") == page.count("<a ") == links
