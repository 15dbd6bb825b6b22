"""Books verdicts into nbgrader's gradebook, by nbgrader itself. Called by `autograder grade` after the judge.

nbgrader never sees what students handed in: it gets a staging folder with our notebook, their solutions in it, and
nothing else – no links, no further files. One process per lesson, and one writer: SQLite wants it so.
"""

from __future__ import annotations

import contextlib
import datetime
import glob
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from autograder.classroom.errors import BookingError
from autograder.classroom.journal import only_writer, write_whole
from autograder.classroom.layout import Classroom
from autograder.classroom.settings import AUTOGRADE, FILE, SANITIZE
from autograder.course import ROOT, released_path
from autograder.judge.collect import Unreadable, content_hash, read_below

MAX_TIMESTAMP = 64  # bytes of nbgrader's timestamp.txt; the longest form it writes has 50
TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(\.\d{1,6})?( (UTC|[+-]\d{4}|[A-Za-z]+(/[A-Za-z_]+){0,2}))?")
YEARS = range(1970, 9999)  # 9999 in one zone may be 10000 in UTC, which ends nbgrader's run with an error
LAST_WORDS = 3  # lines of nbgrader's log that go into our sentence


def book(classroom: Path | str, verdicts: list[dict]) -> None:
    """Books these verdicts; earlier automatic scores of the same submissions are replaced, a teacher's own stay.

    Raises BookingError, ClassroomBusy with one sentence.
    """
    room = Classroom(Path(classroom).resolve())
    if glob.escape(str(room.root)) != str(room.root):
        raise BookingError(f"nbgrader cannot work in {room.root}: move the classroom to a path without * ? [.")
    with only_writer(room):
        if not (room.root / "nbgrader_config.py").exists():
            write_whole(room.root / "nbgrader_config.py", FILE.encode())
        for lesson in dict.fromkeys(verdict["lesson"] for verdict in verdicts):
            students = [verdict["student"] for verdict in verdicts if verdict["lesson"] == lesson]
            with _staging(room) as staging:
                prepare(room, lesson, staging)
                _stage(room, lesson, students, staging / "submitted")
                _nbgrader(
                    room,
                    ["autograde", lesson, "--force", "--Graft.staged=True"]
                    + [f"--CourseDirectory.submitted_directory={staging.name}/submitted"]
                    + [f"--Autograde.sanitize_preprocessors={name}" for name in SANITIZE]
                    + [f"--Autograde.autograde_preprocessors={name}" for name in AUTOGRADE],
                )


@contextlib.contextmanager
def _staging(room: Classroom) -> Iterator[Path]:
    """A folder in the classroom: nbgrader takes a path outside it for a regular expression, unescaped."""
    for left in room.root.glob(".booking-*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".booking-", dir=room.root) as folder:
        yield Path(folder)


def prepare(room: Classroom, lesson: str, staging: Path) -> None:
    """Tells the gradebook about the lesson, once per version of it. The release goes to the staging folder.

    Raises BookingError.
    """
    master = ROOT / "solutions" / lesson / f"{lesson}.ipynb"
    if not master.is_file():
        raise BookingError(f"{master.relative_to(ROOT)} is missing: run `autograder build` first.")
    stamp, version = room.root / "verdicts" / lesson / ".assignment", content_hash(master.read_bytes())
    if stamp.exists() and stamp.read_text() == version and _knows(room.gradebook, lesson):
        return
    source = staging / "source" / lesson
    source.mkdir(parents=True)
    shutil.copyfile(master, source / master.name)
    _nbgrader(
        room,
        ["generate_assignment", lesson, "--force"]
        + [f"--CourseDirectory.source_directory={staging.name}/source"]
        + [f"--CourseDirectory.release_directory={staging.name}/release"],
    )
    write_whole(stamp, version.encode())


def _knows(gradebook: Path, lesson: str) -> bool:
    """Whether the gradebook has the lesson; False for a database elsewhere: asking it again does no harm."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(gradebook))}?mode=ro", uri=True)) as database:
            return database.execute("SELECT 1 FROM assignment WHERE name = ?", (lesson,)).fetchone() is not None
    except sqlite3.Error:
        return False


def _stage(room: Classroom, lesson: str, students: list[str], submitted: Path) -> None:
    for student in students:
        folder = submitted / student / lesson
        folder.mkdir(parents=True)
        shown = room.shown(student, lesson)
        shutil.copyfile(shown if shown.is_file() else released_path(lesson), folder / f"{lesson}.ipynb")
        stamp = timestamp(room.root / "submitted", student, lesson)
        if stamp is not None:
            (folder / "timestamp.txt").write_text(stamp)


def timestamp(root: Path, *steps: str) -> str | None:
    """The time of handing in, if the folder at the end of these steps has one that nbgrader can read; it loses the
    submission otherwise. Links below `root` are not followed.
    """
    try:
        text = read_below(root, *steps, "timestamp.txt")[0].decode("ascii").strip()
        match = TIMESTAMP.fullmatch(text) if len(text) <= MAX_TIMESTAMP else None
        if match is None or datetime.datetime.fromisoformat(match[1]).year not in YEARS:
            return None
    except (Unreadable, ValueError):
        return None
    return text


def _nbgrader(room: Classroom, arguments: list[str]) -> None:
    # nbgrader starts `alembic` by name, so the environment's programs must be on the path
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=room.root,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        words = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise BookingError(f"nbgrader {arguments[0]} failed: {' | '.join(words[-LAST_WORDS:])}")
