"""The student's notebook and the gradebook's source cells, by nbgrader itself. Called by `autograder.build.products`.

`nbgrader generate_assignment` runs in a temporary course with its own gradebook; what it writes is the product.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.build.inquire import environment
from autograder.build.master import BuildError, text_of

COURSE = "build"  # the temporary gradebook's course; its name gets into no product


@dataclass(frozen=True)
class Release:
    """notebook: what students receive. source_cells: what a gradebook knows of it. Both as text."""

    notebook: str
    source_cells: str


def release(lesson: str, teacher: NotebookNode) -> Release:
    """Releases the teacher's notebook. Raises BuildError with nbgrader's last words if it refuses."""
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        root = Path(folder)
        source = root / "source" / lesson / f"{lesson}.ipynb"
        source.parent.mkdir(parents=True)
        source.write_text(text_of(teacher), encoding="utf-8")
        database = f"sqlite:///{root / 'gradebook.db'}"
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", lesson]
        settings = {
            "root": root,
            "source_directory": root / "source",
            "release_directory": root / "release",
            "db_url": database,
            "course_id": COURSE,
        }
        command += [f"--CourseDirectory.{name}={value}" for name, value in settings.items()]
        # In the temporary folder, so that no configuration of a class is read.
        done = subprocess.run(command, env=environment(), cwd=root, capture_output=True, text=True, check=False)
        made = root / "release" / lesson / f"{lesson}.ipynb"
        if done.returncode or not made.exists():
            words = [line for line in done.stderr.splitlines() if line.strip()] or ["no message"]
            raise BuildError(f"nbgrader cannot release {lesson}: {words[-1]}")
        notebook = nbformat.read(made, as_version=4)
        return Release(text_of(notebook), _source_cells(lesson, database))


def _source_cells(lesson: str, database: str) -> str:
    from nbgrader.api import Gradebook  # imports SQLAlchemy: only when something is stale

    with closing(Gradebook(database, COURSE)) as gradebook:
        notebook = gradebook.find_notebook(lesson, lesson)
        points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        cells = [
            {
                "grade_id": cell.name,
                "cell_type": cell.cell_type,
                "locked": bool(cell.locked),
                "points": points.get(cell.name),
                "checksum": cell.checksum,
                "source": cell.source,
            }
            for cell in sorted(notebook.source_cells, key=lambda cell: cell.name)
        ]
    return json.dumps({"lesson": lesson, "cells": cells}, indent=1, ensure_ascii=False) + "\n"
