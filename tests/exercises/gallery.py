"""Reads the gallery of correct solutions. Used by `test_alternatives`."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "alternatives"
COMMON = "in every cell"


def cells(exercise: str) -> dict[str, str]:
    """Name of the solution → its cell. A part called COMMON stands at the head of every cell."""
    text = (FOLDER / f"{exercise}.py").read_text(encoding="utf-8")
    parts = text.split("\n# %% ")[1:]
    named = dict(part.split("\n", 1) for part in parts)
    common = named.pop(COMMON, "")
    return {name: common + cell for name, cell in named.items()}
