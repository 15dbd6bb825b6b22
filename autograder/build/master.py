"""Reads a jupytext master: the teacher's notebook and the reference module. Pure but for reading the file.

Called by `autograder.build.products`. What a master looks like is told in the README, under "For maintainers".
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

EXPORT = "#| export"
BEGIN_SOLUTION, END_SOLUTION = "BEGIN SOLUTION", "END SOLUTION"  # nbgrader's own words, found anywhere in a line
CARRIED = re.compile(r'(\w+) = carry_over\("(\w+)"\)')  # a line of its own in a cell that is exported
OWN_KEYS = {"exercise", "test"}
KEPT_KEYS = {"tags", "jupyter"}  # of a cell's metadata, what JupyterLab understands
ID_LENGTH = 12  # hexadecimal digits: no clash among the few hundred cells of a lesson
NBGRADER_SCHEMA = 3

# The stable part of what a kernel says about itself: no versions, so that no machine's Python gets into a product.
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python", "pygments_lexer": "ipython3"}

HIDDEN = """
### BEGIN HIDDEN TESTS
from autograder.judge.stock import grade
grade("{name}", {name})
### END HIDDEN TESTS"""


class BuildError(Exception):
    """A lesson cannot be built; the message is one sentence that names the file and what to mend."""


@dataclass(frozen=True)
class Master:
    """A master as it was read: its cells, and the names of its exercises in order."""

    lesson: str
    path: Path
    cells: tuple[NotebookNode, ...]
    exercises: tuple[str, ...]


def read(path: Path) -> Master:
    """The master at `path`. Raises BuildError if it is missing or breaks the format."""
    lesson = path.stem
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BuildError(f"The lesson {lesson} has no master: {path} is missing.") from None
    except UnicodeDecodeError:
        raise BuildError(f"{path.name} is not UTF-8 text.") from None
    cells = tuple(jupytext.reads(text, fmt="py:percent").cells)
    exercises = [cell.metadata["exercise"] for cell in cells if "exercise" in cell.metadata]
    master = Master(lesson, path, cells, tuple(exercises))
    _validate(master)
    return master


def _validate(master: Master) -> None:
    where = master.path.name
    open_exercise = None
    seen: set[str] = set()
    for number, cell in enumerate(master.cells, 1):
        at = f"{where}, cell {number}"
        keys = set(cell.metadata) - OWN_KEYS - KEPT_KEYS - {"lines_to_next_cell"}
        if keys:
            raise BuildError(f"{at}: unknown cell metadata {', '.join(sorted(keys))}.")
        name = cell.metadata.get("exercise")
        marked = BEGIN_SOLUTION in cell.source
        if name is None and (marked or END_SOLUTION in cell.source):
            raise BuildError(f'{at}: a solution outside an exercise; the cell needs exercise="…".')
        if name is not None:
            if open_exercise:
                raise BuildError(f"{at}: the exercise {open_exercise} has no test cell before {name} begins.")
            if name in seen:
                raise BuildError(f"{at}: the exercise {name} is there twice.")
            if not marked or not cell.source.startswith(EXPORT):
                raise BuildError(f"{at}: {name} needs `{EXPORT}` as its first line and a solution region.")
            seen.add(name)
            open_exercise = name
        if "test" in cell.metadata:
            if cell.metadata["test"] != open_exercise:
                raise BuildError(f"{at}: the test of {cell.metadata['test']} does not follow its exercise.")
            open_exercise = None
    if open_exercise:
        raise BuildError(f"{where}: the exercise {open_exercise} has no test cell.")


def exported(master: Master) -> str:
    """The exported cells in order, without the markers: the body of the reference module.

    What a learner carries over from an earlier lesson, the reference takes from that lesson's reference.
    """
    parts = []
    for cell in master.cells:
        if cell.cell_type == "code" and cell.source.startswith(EXPORT):
            lines = _visible(cell).split("\n")
            kept = [line for line in lines if BEGIN_SOLUTION not in line and END_SOLUTION not in line]
            parts.append("\n".join(_own_reference(line) for line in kept))
    return "\n\n\n".join(parts) + "\n"


def _own_reference(line: str) -> str:
    carried = CARRIED.fullmatch(line.split("  #")[0].rstrip())
    if carried is None:
        return line
    name, module = carried.groups()
    return f"from autograder.reference import {module}" + (f" as {name}" if name != module else "")


def teacher_notebook(master: Master, points: dict[str, float]) -> NotebookNode:
    """The master as an nbgrader source notebook, not yet executed. `points`: the full score of each exercise."""
    if set(points) != set(master.exercises):
        raise BuildError(
            f"{master.path.name} has the exercises {', '.join(master.exercises)}, "
            f"but autograder/exercises gives points for {', '.join(points)}."
        )
    notebook = new_notebook(metadata={"kernelspec": KERNELSPEC, "language_info": LANGUAGE})
    section, place = "", 0
    for cell in master.cells:
        metadata = {key: cell.metadata[key] for key in sorted(KEPT_KEYS & set(cell.metadata))}
        source = _visible(cell)
        if "exercise" in cell.metadata:
            identity = section = cell.metadata["exercise"]
            place = 0
            metadata["nbgrader"] = _graded(identity, solution=True)
        elif "test" in cell.metadata:
            identity = f"test_{section}"
            metadata["nbgrader"] = _graded(identity, points=float(points[section]))
            source += HIDDEN.format(name=section)
        else:
            # By place within the part between two exercises: a new cell renames only its neighbours.
            place += 1
            identity = hashlib.sha256(f"{master.lesson}/{section}/{place}".encode()).hexdigest()[:ID_LENGTH]
        make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
        notebook.cells.append(make(source, id=identity, metadata=metadata))
    nbformat.validate(notebook)
    return notebook


def _visible(cell: NotebookNode) -> str:
    return cell.source.removeprefix(EXPORT).lstrip("\n") if cell.cell_type == "code" else cell.source


def _graded(grade_id: str, *, solution: bool = False, points: float | None = None) -> dict:
    fields = {
        "grade": not solution,
        "grade_id": grade_id,
        "locked": not solution,
        "schema_version": NBGRADER_SCHEMA,
        "solution": solution,
        "task": False,
    }
    return fields if points is None else fields | {"points": points}


def text_of(notebook: NotebookNode) -> str:
    """A notebook as the text that every product is stored as."""
    return nbformat.writes(notebook, version=4) + "\n"
