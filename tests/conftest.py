"""One thread per test process, and the order of the test files: the longest first, so that two workers end together."""

from __future__ import annotations

import os

# Before anything imports torch. The tensors are tiny and the cores are taken by the other test processes: a second
# thread would do nothing but wait for its turn, and made some tests four times slower
os.environ["OMP_NUM_THREADS"] = "1"

# Files that take half a minute or more by themselves
LONGEST = (
    "hostile/test_gallery.py",
    "notebooks/test_executed.py",
    "browser/test_lesson_in_lab.py",
    "classroom/test_end_to_end.py",
    "build/test_leaks.py",
    "build/test_products.py",
    "exercises/test_mutants.py",
    "exercises/test_kill_table.py",
)


def pytest_collection_modifyitems(items):
    def place(item) -> int:
        path = item.path.as_posix()
        return next((number for number, name in enumerate(LONGEST) if path.endswith(name)), len(LONGEST))

    items.sort(key=place)
