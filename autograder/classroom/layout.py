"""Where things lie in a classroom folder, and which submissions are in it. Used by every file beside this one.

A classroom is an nbgrader course directory plus `verdicts/`. What students put into it is not trusted: names are
checked, links are never followed, sizes are capped before a byte is read.
"""

from __future__ import annotations

import itertools
import os
import re
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from autograder.classroom.errors import ClassroomError
from autograder.judge.collect import Unreadable, all_below, content_hash, read_below

MAX_ENTRIES = 10_000  # of one student, that are looked at for links
HEXADECIMAL = re.compile("([0-9a-fA-F]{2})*")
SECRET_BYTES = 32  # as long as the SHA-256 that it keys

# A name becomes a path, a column of a CSV file and a line in a terminal: nothing that any of these reads as a command.
STUDENT_NAME = re.compile(r"\w[\w.@+ -]{0,99}(?<! )")
MAX_NAME_BYTES = 240  # a file may have 255, and ours are called like the student and `.ipynb`
NAME_RULE = (
    "a student's folder is no link, and its name has up to 100 letters, digits and . _ @ + - or spaces "
    f"(and {MAX_NAME_BYTES} bytes), a letter or digit first"
)


@dataclass(frozen=True)
class Work:
    """One submission as it was found: its bytes, or the sentence that says why there are none.

    file: which one it is on its disk, if there is one. linked: it has other names there, and may be anybody's: a
    neighbour's, or the teacher's own.
    """

    student: str
    lesson: str
    content: bytes | None
    problem: str | None = None
    file: str = ""
    linked: bool = False

    @property
    def hash(self) -> str:
        """Names the content: the same hash means that an earlier verdict still holds."""
        return content_hash(self.content if self.content is not None else (self.problem or "").encode())


@dataclass(frozen=True)
class Classroom:
    """The paths of one classroom folder."""

    root: Path

    def submission(self, student: str, lesson: str) -> Path:
        return self.root / "submitted" / student / lesson / f"{lesson}.ipynb"

    def verdict(self, student: str, lesson: str) -> Path:
        return self.root / "verdicts" / lesson / f"{student}.json"

    def shown(self, student: str, lesson: str) -> Path:
        """The grafted notebook with the outputs of the show kernel, sanitised."""
        return self.root / "verdicts" / lesson / f"{student}.ipynb"

    def feedback(self, student: str, lesson: str) -> Path:
        return self.root / "feedback" / student / lesson / f"{lesson}.html"

    def places(self) -> list[Path]:
        """Where it lies, and what of it: each may be a link to another place."""
        parts = ("", "submitted", "verdicts", "autograded", "feedback", "secret", "gradebook.db")
        return [(self.root / part).resolve() for part in parts]

    @property
    def journal(self) -> Path:
        return self.root / "verdicts" / "journal.jsonl"

    @property
    def gradebook(self) -> Path:
        return self.root / "gradebook.db"

    def secret(self) -> bytes:
        """The key from which hidden inputs are drawn: made once, readable by its owner only."""
        path = self.root / "secret"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            text = path.read_text(errors="replace").strip()
            key = bytes.fromhex(text) if HEXADECIMAL.fullmatch(text) else b""
            if len(key) < SECRET_BYTES:
                sentence = f"{path} holds no key of {SECRET_BYTES} bytes; delete the file to have a new one made."
                raise ClassroomError(sentence) from None
            return key
        key = secrets.token_bytes(SECRET_BYTES)
        with os.fdopen(descriptor, "w") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        return key


def find_work(room: Classroom, lessons: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """(student, lesson) of every submission of these lessons, and a sentence for each entry that was passed over, or
    that could lead a teacher's own copy elsewhere.

    Raises ClassroomError with one sentence when the classroom has no `submitted` folder.
    """
    submitted = room.root / "submitted"
    if not submitted.is_dir():
        raise ClassroomError(f"There is no folder {submitted}: a classroom keeps its submissions there.")
    found, refused = [], []
    for entry in sorted(os.scandir(submitted), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        # ascii(): such a name may hold control characters, and the sentence goes to a terminal
        named = STUDENT_NAME.fullmatch(entry.name) and len(os.fsencode(entry.name)) <= MAX_NAME_BYTES
        if not named or not entry.is_dir(follow_symlinks=False):
            refused.append(f"{ascii(entry.name)} in submitted/ was passed over: {NAME_RULE}.")
            continue
        if odd := _first_oddity(entry.path):
            refused.append(f"{entry.name} handed in {odd}.")
        found += [(entry.name, lesson) for lesson in lessons if os.path.lexists(Path(entry) / lesson)]
    return sorted(found, key=lambda pair: (lessons.index(pair[1]), pair[0])), refused


def _first_oddity(folder: str) -> str | None:
    """Of all that lies below a student's folder, the first that keeps a teacher from looking at it or copying over it:
    a link, a file with another name on its disk, a folder that nobody may open. In words."""
    place = folder
    try:
        for entry in itertools.islice(all_below(folder), MAX_ENTRIES):
            place = entry.path
            found = entry.stat(follow_symlinks=False)
            if stat.S_ISLNK(found.st_mode) or (found.st_nlink > 1 and not stat.S_ISDIR(found.st_mode)):
                return f"a link, {_inside(folder, place)}: take it away before anything is copied over it"
    except OSError as fault:
        where = _inside(folder, fault.filename or place)
        return f"what cannot be looked into, {where} ({fault.strerror}): its rights or its depth are the reason"
    return None


def _inside(folder: str, place: str) -> str:
    path = os.path.relpath(place, os.path.dirname(folder))
    return ascii(path if len(path) <= MAX_NAME_BYTES else f"{path[:MAX_NAME_BYTES]}…")


def read_work(room: Classroom, student: str, lesson: str) -> Work:
    """One submission. Whatever is wrong with the file becomes the work's `problem`, never an exception.

    No link below `submitted` is followed, whenever it was put there.
    """
    try:
        content, which = read_below(room.root / "submitted", student, lesson, f"{lesson}.ipynb")
    except Unreadable as fault:
        return Work(student, lesson, None, str(fault))
    return Work(student, lesson, content, file=which.file, linked=which.names > 1)
