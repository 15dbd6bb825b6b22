"""The coach: what a learner's notebook imports.

`check` tells whether an exercise is right and, if not, which mistake was made; `hint` helps in
three steps; `progress` shows the road; `carry_over` brings the learner's own code to the next lesson.
The package knows inputs, expected numbers and the numbers that known mistakes produce, but no solution.
"""

from coach.carry_over import carry_over
from coach.check import CheckFailed, check
from coach.hints import hint
from coach.progress import progress

__all__ = ["CheckFailed", "carry_over", "check", "hint", "progress"]
