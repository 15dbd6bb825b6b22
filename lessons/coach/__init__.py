"""The coach: what a learner's notebook imports.

`check` tells whether an exercise is right and, if not, which mistake was made; `hint` helps in
three steps; `progress` shows the road; `carry_over` brings the learner's own code to the next lesson.
The package knows inputs, expected numbers and the numbers that known mistakes produce, but no solution.
"""

import importlib

# Loaded when first used, so that the judge can share the coach's core without its display. No module has the name of
# a function here: importing a module binds it in the package, and would hide the function.
_HOMES = {
    "CheckFailed": "coach.checking",
    "carry_over": "coach.carrying",
    "check": "coach.checking",
    "hint": "coach.hints",
    "progress": "coach.overview",
}
__all__ = ["CheckFailed", "carry_over", "check", "hint", "progress"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"the coach has no {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(_HOMES[name]), name)
