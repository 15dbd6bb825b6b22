"""Every named mistake loses points, and judge and check call it by its name. One draw; `make kill-table` takes five."""

from __future__ import annotations

import pytest

from autograder.analysis.equivalent import MISTAKES
from autograder.analysis.readme import line, lines_in_readme
from autograder.analysis.table import NAMED_SHARE, shares, table_of
from tests.exercises.conftest import SECRET, book_of


@pytest.fixture
def table(exercise):
    return table_of(exercise, (SECRET,), book_of)


def test_mistakes_are_killed_and_named(exercise, table):
    assert table.faults == []
    figures = shares(table.rows)
    assert figures.killed == figures.total
    assert figures.wrong == 0
    assert figures.judge >= NAMED_SHARE * figures.total
    assert figures.check >= NAMED_SHARE * figures.total
    assert line(table) in lines_in_readme(), "make kill-table writes the table anew"


def test_reasons_for_equivalent_mistakes_are_given():
    assert all(reason.endswith(".") for reason in MISTAKES.values())
