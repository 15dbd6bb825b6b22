"""What a worker process does besides judging."""

from __future__ import annotations

import ast
import warnings

from autograder.classroom.layout import Work
from autograder.classroom.worker import Task, judge
from tests.classroom.fakes import LESSON


def test_nothing_that_a_source_makes_python_say_reaches_the_terminal():
    """One warning for each line, with a control character in it; what our own code is told of still shows."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        verdict = judge(Task(Work("ada", LESSON, None, "It is no notebook."), b"k"))
        said.clear()
        ast.parse('"\\\x1b[2J"\n' * 3)
        ast.literal_eval(r"'\d'")
        assert not said
        warnings.warn("of our own", SyntaxWarning, stacklevel=1)
        assert [str(warning.message) for warning in said] == ["of our own"]
    assert verdict["status"] == "unreadable"
