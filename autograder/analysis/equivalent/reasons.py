"""Reasons that several lessons give."""

from __future__ import annotations

SIZE = "torch.Size([2, 3]) shows the same numbers as (2, 3), and a message is right when they can be read in it."
WORDS = "Only the type of this error is fixed. Its words are for people."
_TEXT = "Python answers `raise` with a text by a TypeError of its own. Only the words differ."
_NO_BOOL = "f'the mask must be bool (True = {}), not {{mask.dtype}}'"


def unfitting_mask(meaning: str, others: tuple[str, ...]) -> dict[str, str]:
    """Changes of the words with which a mask that is not bool is refused."""
    message = _NO_BOOL.format(meaning)
    changed = {f"{message} → {message.replace('mask.dtype', f'{other}.dtype')}": WORDS for other in others}
    return changed | {f"TypeError({message}) → {message}": _TEXT, f"TypeError({message}) → TypeError()": WORDS}


def shown(*names: str) -> dict[str, str]:
    """Changes of how the shapes of these tensors are written in a message."""
    return {f"tuple({name}.shape) → {name}.shape": SIZE for name in names}
