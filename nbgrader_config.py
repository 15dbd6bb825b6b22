"""Settings of nbgrader for this course; read by every `nbgrader` command that is started in this folder.

`autograder build` uses it to release lessons, a teacher uses it with a class folder:
`nbgrader formgrader --CourseDirectory.root=<class folder>`.
"""

from pathlib import Path

c = get_config()  # noqa: F821  (given by traitlets when it reads this file)

HERE = Path(__file__).resolve().parent if "__file__" in globals() else Path.cwd()

c.CourseDirectory.course_id = "build-the-transformer"
# Masters lie beside the assignment folders, not in them: nbgrader copies every file of such a folder into the release.
c.CourseDirectory.source_directory = str(HERE / "solutions")
c.CourseDirectory.release_directory = str(HERE / "lessons")
# What a student sees in place of a solution.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}

# `nbgrader autograde` books the verdicts of `autograder grade` and runs no student code. Without these lines it runs
# the notebooks itself, through their hidden test regions: in the student's own kernel, where no test is safe.
from autograder.classroom.settings import configure  # noqa: E402

configure(c)
