"""nbgrader's plug-ins: what `nbgrader autograde` runs in place of student code. Named in `settings`.

`Graft` replaces the submission by our notebook with the student's solutions; `ReplayVerdict` writes our verdicts where
nbgrader looks for scores. No kernel is started. nbgrader reads scores from outputs and gives FULL points for no output,
for a negative number and for NaN: so every graded cell gets exactly one number, finite and within its points.
"""

from __future__ import annotations

import functools
import json
import math
import shutil
import sys
from pathlib import Path

import nbformat
import nbgrader.api
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool

from autograder.classroom.journal import read_verdict
from autograder.classroom.layout import NAME_RULE, STUDENT_NAME, Classroom, read_work

TEST_PREFIX = "test_"  # the test cell of exercise `x` is `test_x`
PENDING = "judge_error"

# nbgrader opens its gradebook eight times for each submission, with a new engine that compiles every statement anew.
# One engine for the process halves the time; what nbgrader does with it stays the same.
nbgrader.api.create_engine = functools.cache(nbgrader.api.create_engine)


def _verdict(resources: dict, same_work: bool) -> dict:
    """The verdict on the submission that nbgrader is at. Ends nbgrader with one sentence if there is none."""
    student, lesson = resources["nbgrader"]["student"], resources["nbgrader"]["assignment"]
    room = Classroom(Path.cwd())  # nbgrader works in the course's folder
    verdict = read_verdict(room, student, lesson)
    if verdict is None and not STUDENT_NAME.fullmatch(student):
        sys.exit(f"{student!a} is never graded: {NAME_RULE}. Rename the folder, or take it out of submitted/.")
    if verdict is None:
        sys.exit(f"There is no verdict on {lesson} of {student!a} yet. Run: autograder grade {lesson} --classroom .")
    if same_work and verdict["hash"] != read_work(room, student, lesson).hash:
        sys.exit(f"{student!a} changed {lesson} after it was graded. Run: autograder grade {lesson} --classroom .")
    return verdict


class Graft(NbGraderPreprocessor):
    """Our notebook, the student's solution cells and sanitised outputs, in place of whatever was handed in."""

    staged = Bool(False, help="The submissions were put in place by `autograder`, already grafted.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        student, lesson = resources["nbgrader"]["student"], resources["nbgrader"]["assignment"]
        if not self.staged:  # first, for without a verdict nbgrader ends here, and leaves the folder as it is
            _take_away_all_but(f"{lesson}.ipynb", Path("autograded", student, lesson))
        _verdict(resources, same_work=not self.staged)
        if not self.staged:
            nb = nbformat.from_dict(grafted(Classroom(Path.cwd()), student, lesson))
        return nb, resources


def _take_away_all_but(notebook: str, folder: Path) -> None:
    """nbgrader has copied here all that lies beside the notebook, also what links led to: another's work, the secret.

    Later it hands all of it back as feedback. A time of handing in stays, as nbgrader compares it with the next.
    """
    from autograder.classroom.gradebook import timestamp  # imports torch, as below

    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name == notebook or (path.name == "timestamp.txt" and timestamp(folder) is not None):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def grafted(room: Classroom, student: str, lesson: str) -> dict:
    """The notebook to be booked: as it was shown, or ours untouched where nothing could be read."""
    from autograder.course import released  # imports torch, by way of the coach

    path = room.shown(student, lesson)
    return json.loads(path.read_bytes()) if path.is_file() else released(lesson)


class ReplayVerdict(NbGraderPreprocessor):
    """Each graded cell gets our message and our score as its outputs: the form in which nbgrader reads scores."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        verdict = _verdict(resources, same_work=False)
        resources["nbgrader"]["pending"] = verdict["status"] == PENDING
        exercises = {TEST_PREFIX + exercise["name"]: exercise for exercise in verdict["exercises"]}
        for number, cell in enumerate(nb.cells, start=1):
            about = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "code" and about.get("grade"):
                cell.outputs = replayed(exercises.get(about["grade_id"]), float(about["points"]), number)
                cell.execution_count = number
        return nb, resources


def replayed(exercise: dict | None, points: float, number: int) -> list[NotebookNode]:
    """One message and one number within [0, points]; no verdict is 0."""
    exercise = exercise or {"score": 0.0, "message": "This exercise was not graded.", "verdict": "missing"}
    text = f"{exercise['verdict']}: {exercise['message']}" if exercise["message"] else exercise["verdict"]
    score = float(exercise["score"])
    score = min(max(score, 0.0), points) if math.isfinite(score) else 0.0
    return [
        new_output("stream", name="stdout", text=text + "\n"),
        new_output("execute_result", data={"text/plain": repr(score)}, execution_count=number),
    ]


class SaveVerdicts(SaveAutoGrades):
    """Stock saving, except for work that we failed to judge: it has no score, old or new, and waits for a person."""

    def _add_score(self, cell: NotebookNode, resources: dict) -> None:
        super()._add_score(cell, resources)
        if resources["nbgrader"].get("pending"):
            name = cell.metadata["nbgrader"]["grade_id"]
            grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
            grade.auto_score = None
            grade.needs_manual_grade = True
            self.gradebook.db.commit()
