"""Small changes to the code: which there are, that each is made where it says, and what is no code."""

from __future__ import annotations

import ast

import pytest

from benchmarks.small_changes import Change, changed, changes, watched

SOURCE = '''"""A module."""
LIMIT = 3


def told(values: list[int] | None, share: float = 0.5) -> bool | None:
    """Whether enough is known."""
    if not values or len(values) < LIMIT:
        return None
    return sum(values) / len(values) > share and values[0] > share


class Thing:
    size: int | None = -1

    def grows(self) -> None:
        self.size += 1
'''


def test_operators_numbers_and_returns_are_offered_and_texts_and_annotations_are_not() -> None:
    """Every slip once, by the function it is in; a union in an annotation and a docstring are no code."""
    assert [(change.function, change.what) for change in changes(SOURCE, "m.py")] == [
        ("", "3 -> 4"),
        ("told", "0.5 -> 0.625"),
        ("told", "not values or len(values) < LIMIT -> not values and len(values) < LIMIT"),
        ("told", "not values -> values"),
        ("told", "len(values) < LIMIT -> len(values) <= LIMIT"),
        (
            "told",
            "return sum(values) / len(values) > share and values[0] > share -> return None",
        ),
        (
            "told",
            "sum(values) / len(values) > share and values[0] > share -> "
            "sum(values) / len(values) > share or values[0] > share",
        ),
        ("told", "sum(values) / len(values) > share -> sum(values) / len(values) >= share"),
        ("told", "sum(values) / len(values) -> sum(values) * len(values)"),
        ("told", "values[0] > share -> values[0] >= share"),
        ("told", "0 -> 1"),
        ("Thing", "-1 -> 1"),
        ("Thing", "1 -> 2"),
        ("Thing.grows", "self.size += 1 -> self.size -= 1"),
        ("Thing.grows", "1 -> 2"),
    ]


def test_one_change_is_made_and_nothing_else() -> None:
    """Each changed module differs from the source in one place, and no two are the same program."""
    whole = ast.unparse(ast.parse(SOURCE))
    programs = {ast.unparse(changed(SOURCE, change)) for change in changes(SOURCE, "m.py")}
    assert len(programs) == 15
    for program in programs:
        pairs = zip(whole.splitlines(), program.splitlines(), strict=True)
        assert sum(before != after for before, after in pairs) == 1


def test_equal_changes_of_a_function_are_counted_and_keep_their_name_when_lines_move() -> None:
    """The key says which of equal ones, not in which line."""
    twice = "def f(x):\n    return x[1] + x[1]\n"
    ones = [change for change in changes(twice, "m.py") if change.what == "1 -> 2"]
    assert [change.nth for change in ones] == [1, 2]
    moved = changes(f"\n\n# a word\n{twice}", "m.py")
    assert [change.key for change in moved] == [change.key for change in changes(twice, "m.py")]
    assert ast.unparse(changed(twice, ones[1])) == "def f(x):\n    return x[1] + x[2]"


def test_a_change_that_the_source_no_longer_offers_is_said() -> None:
    """A kept result of older code is not silently made elsewhere."""
    with pytest.raises(KeyError, match="no longer offers"):
        changed("x = 1\n", Change("m.py", "f", "7 -> 8", 1, 1))


def test_watched_functions_tell_their_name_and_do_what_they_did() -> None:
    """Dotted, with methods and inner functions; docstrings stay."""
    inner = "        def g():\n            return 1\n        return g()\n"
    source = f'class A:\n    def f(self):\n        "says"\n{inner}'
    tree, names = watched(source, "seen", "m:")
    met: list[str] = []
    space = {"seen": met.append}
    exec(compile(tree, "m.py", "exec"), space)
    thing = space["A"]
    assert names == {"A.f", "A.f.g"}
    assert thing().f() == 1
    assert thing.f.__doc__ == "says"
    assert met == ["m:A.f", "m:A.f.g"]
