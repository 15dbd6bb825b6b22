"""One thread per test process; which tests are left to `make thorough`; and which tests run together, in which order:
the longest first, so that all workers end together.
"""

from __future__ import annotations

import os

import pytest

# Before anything imports torch. The tensors are tiny and the cores are taken by the other test processes: a second
# thread would do nothing but wait for its turn, and made some tests four times slower
os.environ["OMP_NUM_THREADS"] = "1"

# `make test` has eight minutes. It leaves to `make thorough` what takes long because it is complete: these files, these
# for all lessons but the first two, and (marked in its file) the gallery but for a sample of each technique
COMPLETE = (
    "browser/test_lesson_in_lab.py",
    "classroom/test_killed_runs.py",
    "classroom/test_stock.py",
    "coach/test_own_code.py",
    "exercises/test_classes.py",
    "hostile/test_replies.py",
    "kernels/test_cgroups.py",
    "kernels/test_hostile.py",
    "kernels/test_lifecycle.py",
)
FOR_EVERY_LESSON = (
    "exercises/test_alternatives.py",
    "exercises/test_cases.py",
    "exercises/test_kill_table.py",
    "exercises/test_mutants.py",
    "notebooks/test_executed.py",
)
AT_ONCE = ("00_welcome", "01_attention")

# What takes ten seconds or more by itself; files, and of `notebooks` and `exercises` single lessons and exercises
LONGEST = (
    "notebooks/06_transformer",
    "notebooks/05_decoder",
    "notebooks/04_encoder",
    "hostile/test_gallery.py",
    "notebooks/03_positional_encoding",
    "notebooks/02_multi_head",
    "browser/test_lesson_in_lab.py",
    "notebooks/01_attention",
    "build/test_products.py",
    "exercises/beam_search",
    "exercises/greedy_decode",
    "classroom/test_stock.py",
    "classroom/test_end_to_end.py",
    "build/test_leaks.py",
    "classroom/test_gradebook.py",
    "build/test_tree.py",
)
# Tests with one of these arguments need no neighbours of their file, but share what their exercise has drawn
TOGETHER = {"lesson": "notebooks", "exercise": "exercises"}


def is_thorough(item: pytest.Item) -> bool:
    """Whether `make test` leaves this test to `make thorough`."""
    file = f"{item.path.parent.name}/{item.path.name}"
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    if file in FOR_EVERY_LESSON and TOGETHER.keys() & parameters.keys():
        from autograder.exercises import find  # not above: it imports torch

        return (parameters.get("lesson") or find(parameters["exercise"].name)[0]) not in AT_ONCE
    return file in COMPLETE


def group_of(item: pytest.Item) -> str:
    """Tests of one group run in one process, one after the other: "folder/file", "notebooks/lesson", …"""
    folder, file = item.path.parent.name, item.path.name
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    for argument, place in TOGETHER.items():
        if folder == place and argument in parameters:
            value = parameters[argument]
            return f"{folder}/{getattr(value, 'name', value)}"
    return f"{folder}/{file}"


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist writes the groups into the tests' names
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if is_thorough(item):
            item.add_marker(pytest.mark.thorough)
    groups = {item: group_of(item) for item in items}
    if config.pluginmanager.hasplugin("xdist"):
        for item, group in groups.items():
            item.add_marker(pytest.mark.xdist_group(group))
    place = {group: number for number, group in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(groups[item], len(LONGEST)))
