"""With the plug-ins switched off, stock nbgrader grades the same notebooks through their hidden regions."""

from __future__ import annotations

from autograder.classroom.layout import Classroom
from autograder.classroom.sample_code import as_file, half
from autograder.classroom.settings import ROOT
from autograder.course import released
from autograder.exercises import get
from tests.classroom.test_gradebook import gradebook, nbgrader

LESSON = "00_welcome"
STOCK = f"c = get_config()\nc.CourseDirectory.source_directory = {str(ROOT / 'solutions')!r}\n"
STOCK += "c.CourseDirectory.release_directory = 'release'\nc.ExecutePreprocessor.timeout = 300\n"


def test_stock_nbgrader_grades_by_the_hidden_regions(tmp_path):
    room = Classroom(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text(STOCK)
    path = room.submission("half", LESSON)  # one exercise right, one untouched
    path.parent.mkdir(parents=True)
    path.write_bytes(as_file(half(LESSON, released(LESSON))))
    assert nbgrader(room, "generate_assignment", LESSON).returncode == 0
    done = nbgrader(room, "autograde", LESSON)
    assert done.returncode == 0, done.stderr[-2000:]
    points = [exercise.max_score for exercise in get(LESSON)]
    with gradebook(room) as opened:
        found = {submission.student.id: submission.score for submission in opened.assignment_submissions(LESSON)}
    assert found == {"half": points[0]} and sum(points) > points[0] > 0
