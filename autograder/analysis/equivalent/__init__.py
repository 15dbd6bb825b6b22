"""What nobody can tell apart, with the reason: read by the kill table and the mutation test. One file per module.

MISTAKES: (exercise, "one or other") for mistakes that no case separates.
MUTANTS: exercise → change → why the changed function still keeps the contract. An entry whose mutant is killed, or does
not exist any more, fails the test.
"""

from __future__ import annotations

import importlib
import pkgutil

from coach.course import LESSONS

_FILES = {file.name for file in pkgutil.iter_modules(__path__)}
_PARTS = [importlib.import_module(f"{__name__}.{module}") for module in LESSONS.values() if module in _FILES]

MISTAKES: dict[tuple[str, str], str] = {key: why for part in _PARTS for key, why in part.MISTAKES.items()}
MUTANTS: dict[str, dict[str, str]] = {name: changes for part in _PARTS for name, changes in part.MUTANTS.items()}
