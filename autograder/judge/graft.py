"""Graft: our notebook with the student's solution cells. Pure.

Everything but the *source* of the solution cells is ours, so nothing that a student does to test cells, metadata,
tags, points or outputs can matter. Extra cells of the student keep their place, stripped of everything but source.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field

MAX_SOURCE = 100_000  # characters of one cell; our longest solution has under 5,000
MAX_EXTRA_CELLS = 300


@dataclass(frozen=True)
class Grafted:
    """notebook: to be shown. sources: per exercise the student's cell, None if unwritten. notes: for the feedback."""

    notebook: dict
    sources: dict[str, str | None]
    notes: list[str] = field(default_factory=list)


def grade_id(cell: object) -> str | None:
    """The nbgrader id of a cell, ours or anybody's."""
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return None
    nbgrader = cell["metadata"].get("nbgrader")
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else None


def source_of(cell: object) -> str:
    """The source of a cell: nbformat allows a text or a list of lines; anything else is empty."""
    source = cell.get("source", "") if isinstance(cell, dict) else ""
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return ""
    # a lone surrogate can be written in JSON but not in UTF-8
    return source.encode("utf-8", "replace").decode("utf-8")


def is_solution(cell: dict) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution")) and grade_id(cell) is not None


def solution_names(ours: dict) -> list[str]:
    return [grade_id(cell) for cell in ours["cells"] if is_solution(cell)]


def graft(ours: dict, theirs: dict) -> Grafted:
    """The student's solutions in our notebook. `theirs` is any dict with a list of cells (see collect)."""
    names = solution_names(ours)
    stubs = {grade_id(cell): source_of(cell).strip() for cell in ours["cells"] if is_solution(cell)}
    handed_in: dict[str, str] = {}
    notes: list[str] = []
    for cell in theirs["cells"]:
        name = grade_id(cell)
        if name in stubs:
            if name in handed_in:
                notes.append(f"The cell of `{name}` is there more than once: the last one counts.")
            handed_in[name] = source_of(cell)
    sources: dict[str, str | None] = {}
    for name in names:
        source = handed_in.get(name)
        if source is not None and len(source) > MAX_SOURCE:
            notes.append(f"The cell of `{name}` is longer than {MAX_SOURCE} characters and was not read.")
            source = None
        written = source is not None and source.strip() not in ("", stubs[name])
        sources[name] = source if written else None
        if name not in handed_in:
            notes.append(_lost(name, theirs))
    return Grafted(_joined(ours, theirs, sources), sources, notes)


def _lost(name: str, theirs: dict) -> str:
    for cell in theirs["cells"]:
        if grade_id(cell) is None and _defines(source_of(cell)[:MAX_SOURCE], name):
            return f"`{name}` is written in a new cell; only the exercise's own cell is graded: move the code there."
    return f"The cell of `{name}` is missing from the notebook: put your code into a fresh copy of the lesson."


def _defines(source: str, name: str) -> bool:
    """By a glance: to parse thousands of cells of 100,000 characters would take minutes."""
    return re.search(rf"^(?:def|class) {name}\b", source, re.M) is not None


def _joined(ours: dict, theirs: dict, sources: dict[str, str | None]) -> dict:
    """Our cells in our order; each of the student's own cells after the last of our cells that stands before it."""
    by_id = {cell["id"]: number for number, cell in enumerate(ours["cells"])}
    by_source = {source_of(cell).strip(): number for number, cell in enumerate(ours["cells"])}
    by_name = {grade_id(cell): number for number, cell in enumerate(ours["cells"]) if grade_id(cell)}
    extras: dict[int, list[dict]] = {}
    anchor, count = -1, 0
    for cell in theirs["cells"]:
        source = source_of(cell)
        own_id = cell.get("id") if isinstance(cell, dict) and isinstance(cell.get("id"), str) else None
        known = by_name.get(grade_id(cell), by_id.get(own_id, by_source.get(source.strip())))
        if known is not None:
            anchor = known
        elif source.strip() and len(source) <= MAX_SOURCE and count < MAX_EXTRA_CELLS:
            count += 1
            extras.setdefault(anchor, []).append(_extra(cell, source, count))
    cells = extras.get(-1, [])
    for number, cell in enumerate(ours["cells"]):
        clean = copy.deepcopy(cell)
        if clean["cell_type"] == "code":
            clean |= {"outputs": [], "execution_count": None}
        if is_solution(cell) and sources.get(grade_id(cell)) is not None:
            clean["source"] = sources[grade_id(cell)]
        cells += [clean, *extras.get(number, [])]
    return {**{key: copy.deepcopy(value) for key, value in ours.items() if key != "cells"}, "cells": cells}


def _extra(cell: dict, source: str, count: int) -> dict:
    clean = {"id": f"extra-{count}", "metadata": {}, "source": source}
    if cell.get("cell_type") == "code":
        return clean | {"cell_type": "code", "outputs": [], "execution_count": None}
    return clean | {"cell_type": "markdown"}
