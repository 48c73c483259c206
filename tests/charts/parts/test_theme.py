"""What colour, shape and fill mean, and that both grounds keep them legible."""

from __future__ import annotations

import tomllib
from colorsys import rgb_to_hls
from itertools import pairwise

import pytest

from charts.parts import theme
from charts.parts.theme import Mode
from tests.places import ROOT

CONFIG = ROOT / "pages" / ".streamlit" / "config.toml"


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def hue_and_lightness(colour: str) -> tuple[float, float]:
    """Of a colour, each from 0 to 1."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, lightness, _ = rgb_to_hls(red, green, blue)
    return hue, lightness


@pytest.mark.parametrize("mode", list(Mode))
def test_marks_stand_out_from_the_ground(mode: Mode) -> None:
    """Every hue, and the grey of all others, keeps 3:1 on white and 4:1 on the dark ground."""
    least = {Mode.LIGHT: 3.0, Mode.DARK: 4.0}[mode]
    for colour in (*theme.HUES[mode], theme.grey(mode), theme.ordered(0, 2, mode)):
        assert contrast(colour, theme.paper(mode)) >= least, colour


@pytest.mark.parametrize("mode", list(Mode))
def test_a_figure_can_be_read_on_a_mark(mode: Mode) -> None:
    """Of a maker as of all others; orange on white is the palest mark that carries one."""
    for colour in (*theme.HUES[mode], theme.grey(mode)):
        assert contrast(theme.on_colour(colour, mode), colour) >= 3.8, colour


@pytest.mark.parametrize("mode", list(Mode))
def test_words_can_be_read(mode: Mode) -> None:
    """All text keeps a contrast of 4.5:1 on the ground of its mode."""
    for colour in (theme.ink(mode), theme.faint_ink(mode)):
        assert contrast(colour, theme.paper(mode)) >= 4.5, colour


@pytest.mark.parametrize("mode", list(Mode))
def test_charts_stand_on_the_ground_of_the_page(mode: Mode) -> None:
    """The theme of the pages and that of the charts name the same ground and the same ink."""
    ground = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][mode.value]
    assert ground["backgroundColor"] == theme.paper(mode)
    assert ground["textColor"] == theme.ink(mode)
    assert theme.template(mode)["layout"]["paper_bgcolor"] == theme.paper(mode)


def test_an_organisation_keeps_its_colour() -> None:
    """A maker's hue is the same in both modes, lighter on the dark ground; all others are grey."""
    for name in theme.ORGANIZATIONS:
        light, dark = (hue_and_lightness(theme.colour_of(name, mode)) for mode in Mode)
        assert light[0] == pytest.approx(dark[0], abs=0.03)
        assert light[1] < dark[1]
    for nobody in ("Somebody else", None):
        assert theme.colour_of(nobody, Mode.LIGHT) == theme.grey(Mode.LIGHT)


def test_there_are_never_more_than_five_hues() -> None:
    """Five makers have hues of their own, all different; all others are grey."""
    assert [len(set(kinds)) for kinds in (theme.ORGANIZATIONS, *theme.HUES.values())] == [5, 5, 5]


@pytest.mark.parametrize("mode", list(Mode))
def test_what_is_no_maker_has_no_makers_hue(mode: Mode) -> None:
    """A colour that means a maker on one page never means a test, a host or a curve on another."""
    assert theme.accent(mode) not in {*theme.HUES[mode], theme.ink(mode), theme.grey(mode)}
    assert contrast(theme.accent(mode), theme.paper(mode)) >= 3.0
    assert theme.template(mode)["layout"]["colorway"] == [theme.accent(mode)]


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_lines_with_an_order_go_from_pale_to_strong(mode: Mode, count: int) -> None:
    """Each stands out from the ground, each more than the one below it, and none has a maker's hue."""
    colours = [theme.ordered(place, count, mode) for place in range(count)]
    strength = [contrast(colour, theme.paper(mode)) for colour in colours]
    assert strength == sorted(strength)
    assert len(set(colours)) == count
    assert min(strength) >= 3.0
    assert not set(colours) & set(theme.HUES[mode])
    assert colours[-1] == theme.ordered(1, 2, mode)


@pytest.mark.parametrize("mode", list(Mode))
def test_things_without_an_order_differ_in_colour_and_shape(mode: Mode) -> None:
    """Neighbours in both, all in one of the two; no hue of a maker, not the grey, no model's shape."""
    looks = [theme.apart(place, mode) for place in range(15)]
    assert len({(look.colour, look.symbol) for look in looks}) == len(looks)
    for one, other in pairwise(looks):
        assert one.colour != other.colour
        assert one.symbol != other.symbol
    for look in looks:
        assert contrast(look.colour, theme.paper(mode)) >= 3.0
        assert look.colour not in {*theme.HUES, theme.grey(mode)}
        assert look.symbol not in {theme.symbol_of(weights) for weights in (True, False, None)}
    strength = [contrast(look.colour, theme.grey(mode)) for look in looks[:2]]
    assert min(strength) >= 1.5, "the first two stand beside the grey of all others"


def test_shape_says_weights_and_hollow_says_vendor() -> None:
    """Open, closed and unknown weights have three shapes; the vendor's own figures are the hollow ones."""
    shapes = {theme.symbol_of(weights) for weights in (True, False, None)}
    assert len(shapes) == 3
    assert all(theme.symbol_of(weights, hollow=True).endswith("-open") for weights in (True, False, None))


@pytest.mark.parametrize("opacity", [0.1, 0.45, 0.9])
def test_what_is_faint_is_seen_in_the_dark(opacity: float) -> None:
    """Dark hues vanish sooner on the dark ground; in the light it is what was asked for."""
    hue = theme.HUES[Mode.DARK][0]
    assert theme.faint(hue, opacity, Mode.LIGHT) == theme.see_through(hue, opacity)
    assert theme.faint(hue, opacity, Mode.DARK) == theme.see_through(hue, min(1.0, 1.6 * opacity))
