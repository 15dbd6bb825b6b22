"""`hint(exercise, level)`: three hints of rising strength, from the exercise's own data. Remembers what was seen."""

from __future__ import annotations

from dataclasses import dataclass

from coach import storage, targets
from coach.show import Misuse, show

LEVELS = 3


@dataclass(frozen=True)
class Hint:
    """A hint as Markdown, and as text where there is no Markdown."""

    name: str
    level: int
    words: str
    note: str = ""

    def __repr__(self) -> str:
        more = f'\n  Still stuck? hint("{self.name}", {self.level + 1})' if self.level < LEVELS else ""
        note = f"\n  Note: {self.note}" if self.note else ""
        return f"Hint {self.level} of {LEVELS} for {self.name}: {self.words}{more}{note}"

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        more = f'\n\nStill stuck? `hint("{self.name}", {self.level + 1})`' if self.level < LEVELS else ""
        note = f"\n\n*{self.note}*" if self.note else ""
        head = f"**Hint {self.level} of {LEVELS} for `{self.name}`.**"
        return {"text/plain": repr(self), "text/markdown": f"{head} {self.words}{more}{note}"}


def hint(exercise: object, level: int = 1) -> None:
    """Shows a hint for an exercise (its name, or the function or class itself); `level` is 1, 2 or 3.

    Raises Misuse (a ValueError) with one sentence if there is no such exercise or level.
    """
    name = exercise if isinstance(exercise, str) else getattr(exercise, "__name__", None)
    if not isinstance(name, str):
        raise Misuse('hint needs the name of an exercise, as in hint("stable_softmax", 1).')
    book = targets.find_book(name)
    if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= LEVELS:
        raise Misuse(f"There is no hint {level!r}: the hints for {name} are 1, 2 and 3, from a nudge to nearly all.")
    note = storage.mark_hint(name, level)
    show(Hint(name, level, book.hints[level - 1], note))
