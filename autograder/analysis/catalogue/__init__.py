"""The catalogue of real mistakes: which named mistakes stand for each entry, or which lesson will.

One file per lesson's module. A test finds every name; the maintainers' README shows the table.
"""

from __future__ import annotations

import importlib
import pkgutil

from coach.course import LESSONS

from autograder.analysis.catalogue.entry import Entry

__all__ = ["ENTRIES", "Entry"]

_FILES = {file.name for file in pkgutil.iter_modules(__path__)}
_PARTS = [importlib.import_module(f"{__name__}.{module}") for module in LESSONS.values() if module in _FILES]

ENTRIES: tuple[Entry, ...] = tuple(sorted((e for part in _PARTS for e in part.ENTRIES), key=lambda e: e.number))
