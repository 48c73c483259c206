"""Direct labels never cover each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from charts.parts.labels import (
    _LEADS,
    Around,
    Corner,
    Place,
    _box,
    _line_boxes,
    _overlap,
    place_labels,
    place_led,
)

SHARES = st.floats(0, 1)
MARKS = st.lists(st.tuples(SHARES, SHARES), max_size=12)


@given(MARKS, st.sampled_from(Corner))
def test_labels_that_are_placed_never_overlap(marks: list[tuple[float, float]], corner: Corner) -> None:
    """Whatever the marks, no two placed labels share room."""
    texts = [f"model {number}" for number in range(len(marks))]
    placed: list[tuple[tuple[float, float], str, Place]] = [
        (mark, text, place)
        for mark, text, place in zip(marks, texts, place_labels(marks, texts, Around(corner)), strict=True)
        if place is not None
    ]
    boxes = [_box(x, y, text, place) for (x, y), text, place in placed]
    assert not any(_overlap(one, other) for index, one in enumerate(boxes) for other in boxes[:index])


def test_the_first_label_has_the_first_choice() -> None:
    """The label that comes first takes the best place; the second at the same mark must go elsewhere."""
    first, second = place_labels([(0.5, 0.5), (0.5, 0.5)], ["first", "second"], Around(Corner.UPPER_LEFT))
    assert first == Corner.UPPER_LEFT.value[0]
    assert second != first


def test_a_lone_mark_is_always_labelled() -> None:
    """A mark with room around it gets its label, at every corner of the plot."""
    for x in (0.0, 0.5, 1.0):
        for y in (0.0, 0.5, 1.0):
            for corner in Corner:
                assert place_labels([(x, y)], ["GPT-5"], Around(corner)) != [None]


STEPS = st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=8).map(sorted)


@given(STEPS, st.sampled_from(Corner))
def test_labels_never_stand_on_a_line_of_steps(steps: list[tuple[float, float]], corner: Corner) -> None:
    """Whatever the steps, no label that is placed covers a level or an upright part of their line."""
    texts = [f"model {number}" for number in range(len(steps))]
    boxes = [
        _box(x, y, text, place)
        for (x, y), text, place in zip(
            steps, texts, place_labels(steps, texts, Around(corner, steps)), strict=True
        )
        if place is not None
    ]
    assert not any(_overlap(box, line) for box in boxes for line in _line_boxes(steps))


@given(MARKS, st.sampled_from(Corner))
def test_labels_stay_above_the_axis(marks: list[tuple[float, float]], corner: Corner) -> None:
    """No label reaches down into the ticks."""
    texts = ["model"] * len(marks)
    places = zip(marks, place_labels(marks, texts, Around(corner)), strict=True)
    assert all(_box(x, y, "model", place)[1] >= 0 for (x, y), place in places if place is not None)


def test_the_last_label_of_falling_steps_stands_above_them() -> None:
    """On the level of its mark it would reach over the steps before it in a plot that is narrower."""
    steps = [(0.45, 0.148), (0.69, 0.098), (0.975, 0.156), (1.0, 0.156)]
    assert place_labels([steps[2]], ["GPT-5 nano, $0.14"], Around(Corner.UPPER_RIGHT, steps)) == [
        Place("right", 12)
    ]


def test_a_label_covers_a_mark_only_for_want_of_room() -> None:
    """A mark in the first place sends the label to the second; marks in all places leave it where it was."""
    corner = Corner.UPPER_LEFT
    free = place_labels([(0.5, 0.5)], ["GPT-5"], Around(corner))[0]
    near = [(0.5 - 0.06, 0.5 + 0.028)]
    moved = place_labels([(0.5, 0.5)], ["GPT-5"], Around(corner, others=near))[0]
    crowd = [(0.3 + 0.01 * x, 0.4 + 0.01 * y) for x in range(40) for y in range(20)]
    assert free == corner.value[0]
    assert moved == corner.value[1]
    assert place_labels([(0.5, 0.5)], ["GPT-5"], Around(corner, others=crowd))[0] == free
    assert place_labels([(0.5, 0.5)], ["GPT-5"], Around(corner, others=crowd, may_cover=False)) == [None]


def test_a_label_keeps_away_from_the_mark_of_another_name() -> None:
    """Where there is another place, no name stands so near to a mark that it would be read as its own."""
    corner = Corner.UPPER_LEFT
    other = (0.5 - 9 / 430, 0.5 - 2 / 360)
    near, _ = place_labels([(0.5, 0.5), other], ["GPT-5", "o3"], Around(corner))
    assert near == corner.value[1]


def test_a_name_without_a_place_is_led_to_its_mark() -> None:
    """From the upper left, past the labels that stand; where they leave no room it is not led there."""
    around = Around(Corner.UPPER_LEFT)
    mark = (0.9, 0.5)
    assert place_led(mark, "A name", around, []) == _LEADS[0]
    in_the_way = [((0.9 - 60 / 430, 0.5 + 14 / 360), "another", Place("right", 0))]
    assert place_led(mark, "A name", around, in_the_way) in _LEADS[1:]
    crowd = [((0.01 * x, 0.01 * y), "another", Place("center", 0)) for x in range(100) for y in range(100)]
    assert place_led(mark, "A name", around, crowd) is None
