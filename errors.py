"""The one kind of error that a person is told of without a traceback."""

from __future__ import annotations


class ExpectedError(Exception):
    """Something that goes wrong in the best of programs; its message is one sentence to a person.

    It says what is wrong, where, and what to do. A command prints it and ends; any other error is a fault of
    the program and keeps its traceback.
    """
