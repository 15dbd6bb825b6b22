"""The settings that put our plug-ins into nbgrader. Used by `nbgrader_config.py`, by classrooms and by `gradebook`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[2]  # not from autograder.course: that loads torch

# No OverwriteCells: the graft starts from our own notebook, there is nothing of the student's to overwrite.
SANITIZE = ["autograder.classroom.plugins.Graft", "nbgrader.preprocessors.OverwriteKernelspec"]
# No CheckCellMetadata: the metadata are those of the released notebook, which nbgrader itself wrote and checked.
# No Execute: no code runs. No LimitOutput: the outputs were cut to size when they were sanitised.
AUTOGRADE = [
    "autograder.classroom.plugins.ReplayVerdict",
    "autograder.classroom.plugins.SaveVerdicts",
    "nbgrader.preprocessors.AssignLatePenalties",
]

# A classroom's own file: a teacher adds a late penalty or another database below, and our runs of nbgrader read it too.
FILE = '''"""nbgrader's settings for this classroom, written by `autograder grade`; add your own below."""

from autograder.classroom.settings import ROOT, configure

c = get_config()  # noqa: F821 - nbgrader defines it
c.CourseDirectory.source_directory = str(ROOT / "solutions")
configure(c)
'''


def configure(c: Config) -> None:
    """Puts the plug-ins in: `nbgrader autograde` then books the verdicts of `autograder grade` and runs no code, and
    `nbgrader collect` follows no link.
    """
    c.Autograde.sanitize_preprocessors = SANITIZE
    c.Autograde.autograde_preprocessors = AUTOGRADE
    c.ExchangeFactory.collect = "autograder.classroom.collect.Collect"
