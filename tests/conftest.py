"""One thread per test process, and which tests run together, in which order: the longest first, so that all workers end
together.
"""

from __future__ import annotations

import os

import pytest

# Before anything imports torch. The tensors are tiny and the cores are taken by the other test processes: a second
# thread would do nothing but wait for its turn, and made some tests four times slower
os.environ["OMP_NUM_THREADS"] = "1"

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
    groups = {item: group_of(item) for item in items}
    if config.pluginmanager.hasplugin("xdist"):
        for item, group in groups.items():
            item.add_marker(pytest.mark.xdist_group(group))
    place = {group: number for number, group in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(groups[item], len(LONGEST)))
