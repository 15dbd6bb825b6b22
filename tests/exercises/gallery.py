"""Reads the gallery of correct solutions. Used by `test_alternatives`."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "alternatives"


def cells(exercise: str) -> dict[str, str]:
    """Name of the solution → its cell."""
    text = (FOLDER / f"{exercise}.py").read_text(encoding="utf-8")
    parts = text.split("\n# %% ")[1:]
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in parts}
