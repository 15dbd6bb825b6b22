"""What a careless test would let through: the right shape and dtype, or a property such as "rows sum to 1".

One file per lesson's module, each with LAZY: exercise → name → function or class. For `test_cases`.
"""

from __future__ import annotations

import importlib
import pkgutil

LAZY: dict[str, dict] = {
    exercise: answers
    for file in pkgutil.iter_modules(__path__)
    for exercise, answers in importlib.import_module(f"{__name__}.{file.name}").LAZY.items()
}
