"""The order of the test files: the longest first, so that two workers end together."""

from __future__ import annotations

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
