"""How a chart and its data are cited by programs: BibTeX, and rows that carry their citation beside them."""

from __future__ import annotations

import io
import zipfile

from charts.parts.figure import Chart
from faces.rows import citation, csv_of, file_stem

_SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "&%$#_{}"})


def bibtex(chart: Chart, address: str) -> str:
    """An entry for a bibliography; `address` is the chart's own."""
    day, when = chart.footing.as_of, chart.footing.when
    sources = "; ".join(chart.footing.sources)
    fields = {
        "title": f"{{{chart.title.translate(_SPECIAL)}}}",
        "author": "{hypecurve}",
        "year": str(day.year),
        "howpublished": f"\\url{{{address}}}",
        "note": f"{when[0].upper()}{when[1:]}. Data: {sources.translate(_SPECIAL)}",
    }
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{hypecurve-{chart.name}-{day.isoformat()},\n{told}}}\n"


def zipped(chart: Chart, address: str) -> bytes:
    """The rows as CSV with the citation beside them, in words and as BibTeX; the same bytes each time."""
    stem = file_stem(chart)
    files = {
        f"{stem}.csv": csv_of(chart.rows),
        f"{stem}.citation.txt": f"{citation(chart, address)}\n",
        f"{stem}.bib": bibtex(chart, address),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            # A fixed time: rows that are the same make files that are the same.
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return made.getvalue()
