"""One thread per test process, and the order of the test files: the longest first, so that two workers end together."""

from __future__ import annotations

import os

# Before anything imports torch. The tensors are tiny and the cores are taken by the other test processes: a second
# thread would do nothing but wait for its turn, and made some tests four times slower
os.environ["OMP_NUM_THREADS"] = "1"

# Files that take 20 seconds or more by themselves
LONGEST = (
    "notebooks/test_executed.py",
    "hostile/test_gallery.py",
    "exercises/test_kill_table.py",
    "build/test_leaks.py",
    "browser/test_lesson_in_lab.py",
    "exercises/test_alternatives.py",
    "build/test_products.py",
    "classroom/test_end_to_end.py",
    "exercises/test_mutants.py",
    "build/test_tree.py",
    "classroom/test_stock.py",
    "classroom/test_gradebook.py",
)


def pytest_collection_modifyitems(items):
    def place(item) -> int:
        path = item.path.as_posix()
        return next((number for number, name in enumerate(LONGEST) if path.endswith(name)), len(LONGEST))

    items.sort(key=place)
