"""The words around a chart as HTML that wraps, the same on pages, embedded and in the static copy."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from charts.parts.figure import Chart, WordsAround
from faces.unbroken import unbroken


def heading_html(words: WordsAround, level: int = 3) -> str:
    """Title, subtitle and key, above the plot."""
    items = "".join(
        f'<li><span class="mark" aria-hidden="true"{_colour(item.colour)}>{escape(item.mark)}</span> '
        f"{unbroken(item.text)}</li>"
        for item in words.key
    )
    key = f'<ul class="chart-key">{items}</ul>' if items else ""
    subtitle = f'<p class="chart-subtitle">{unbroken(words.subtitle)}</p>' if words.subtitle else ""
    return (
        f'<div class="chart-words"><h{level} class="chart-title">{unbroken(words.title)}</h{level}>'
        f"{subtitle}{key}</div>"
    )


def footer_html(words: WordsAround) -> str:
    """Sources, day and number, below the plot."""
    return f'<p class="chart-footer">{unbroken(words.footer)}</p>'


def alt_beside(chart: Chart) -> str:
    """The alternative text without the title, which stands as text above: a screen reader meets it once."""
    return chart.alt.replace(f"{chart.title}.", "").replace("  ", " ").strip() or chart.alt


def picture_buttons(name: str, file_stem: str, link: str) -> str:
    """Buttons by which charts.js saves the chart with its words, as PNG or SVG, 1200 pixels wide."""
    about = f'data-chart="{escape(name)}" data-file="{escape(file_stem)}" data-link="{escape(link)}"'
    return "".join(
        f'<button type="button" class="chart-picture" data-picture="{kind}" {about}>{kind.upper()}</button>'
        for kind in ("png", "svg")
    )


def film_html(meta: Mapping[str, Any], address: str = "") -> str:
    """What plays a figure whose `meta` holds moments (film.js), as they stand at the last; else nothing.

    `address`: that of the chart alone, where a server can give it as GIF; "" where there is none.
    """
    film = meta.get("film")
    if not film:
        return ""
    name, moments, large = escape(meta["name"]), film["moments"], film["large"]
    last = len(moments) - 1
    route, _, asked = address.partition("?")
    file = (
        f'<a href="{escape(f"{route}.gif?{asked}")}" download="{name}.gif">Download as GIF</a>'
        if address
        else ""
    )
    marks = "".join(f'<option value="{one["at"]}"></option>' for one in large)
    releases = "".join(f'<option value="{one["at"]}">{escape(one["name"])}</option>' for one in large)
    return (
        f'<div class="film" role="group" aria-label="Through time" data-chart="{name}">'
        f'<p class="film-says" data-film="says" aria-live="polite">{escape(moments[last]["text"])}</p>'
        '<div class="film-row">'
        '<button type="button" data-film="play">Play</button>'
        '<button type="button" data-film="back" aria-label="One month back">\u2039</button>'
        '<button type="button" data-film="on" aria-label="One month on" disabled>\u203a</button>'
        f'<input type="range" data-film="at" min="0" max="{last}" step="1" value="{last}" aria-label="Month" '
        f'aria-valuetext="{escape(moments[last]["name"])}" list="{name}-large">'
        f'<datalist id="{name}-large">{marks}</datalist>'
        f'<span class="film-month" data-film="month">{escape(moments[last]["name"])}</span>'
        '<select data-film="go" aria-label="Go to a large release"><option value="">Large releases</option>'
        f"{releases}</select>"
        f'<span class="film-links"><a data-film="link" href="#{name}={moments[last]["month"]}">'
        f"Link to this moment</a>{file}</span></div></div>\n"
    )


def _colour(colour: str) -> str:
    return f' style="color:{escape(colour)}"' if colour else ""
