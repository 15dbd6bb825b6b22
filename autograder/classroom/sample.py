"""Writes a class of submissions to try the grader on: right ones, every named mistake, broken and hostile ones.

Called by `autograder sample-class` and by tests. `sample.json` beside `submitted/` says what each student did, and
marks the folder as ours to write into again.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from autograder.classroom import sample_code
from autograder.classroom.errors import SampleError
from autograder.classroom.journal import write_whole
from autograder.course import LESSONS, released

MARK = "sample.json"
LINK = None  # in place of a file's content: a link to the gradebook


def write_sample_class(folder: Path | str, students: int | None = None, lessons: list[str] | None = None) -> int:
    """Writes `folder/submitted/<student>/<lesson>/<lesson>.ipynb` and returns how many submissions there are.

    students: how many; beyond one of each kind they repeat with a number, below it the list is cut.
    Raises SampleError with one sentence if the folder holds anything but an earlier sample class.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise SampleError(f"{folder} is not a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise SampleError(f"{folder} is not empty and holds no sample class: name a new folder.")
    if students is not None and students < 1:
        raise SampleError("A class has at least one student.")
    lessons = lessons or list(LESSONS)
    works = {lesson: submissions(lesson) for lesson in lessons}
    kinds = list(dict.fromkeys(name for work in works.values() for name in work))
    students = len(kinds) if students is None else students
    write_whole(folder / MARK, (json.dumps(_about(works), indent=1) + "\n").encode())
    shutil.rmtree(folder / "submitted", ignore_errors=True)
    count = 0
    for number in range(students):
        turn, kind = divmod(number, len(kinds))
        student = kinds[kind] if turn == 0 else f"{kinds[kind]}-{turn + 1}"
        for lesson in lessons:
            if kinds[kind] in works[lesson]:
                count += 1
                _write(folder / "submitted" / student / lesson / f"{lesson}.ipynb", works[lesson][kinds[kind]][0])
    return count


def submissions(lesson: str) -> dict[str, tuple[bytes | None, dict[str, str]]]:
    """Student → (content of the file, named mistakes made by exercise). Deterministic."""
    ours = released(lesson)
    right = sample_code.as_file(sample_code.right(lesson, ours))
    other = next(name for name in LESSONS if name != lesson)
    plain = {
        "right": right,
        "half-done": sample_code.as_file(sample_code.half(lesson, ours)),
        "untouched": sample_code.as_file(ours),
    }
    made = sample_code.mistakes(lesson, ours)
    wrong = {
        f"mistakes-{number:02}": (sample_code.as_file(book), names) for number, (book, names) in enumerate(made, 1)
    }
    cells = sample_code.broken(lesson, ours) | sample_code.rearranged(lesson, ours)
    files = {
        "empty-file": b"",
        "half-a-file": right[: len(right) // 2],
        "other-lesson": sample_code.as_file(sample_code.right(other, released(other))),
        "link-to-the-gradebook": LINK,
    }
    return {
        **{name: (content, {}) for name, content in plain.items()},
        **wrong,
        **{name: (sample_code.as_file(book), {}) for name, book in cells.items()},
        **{name: (content, {}) for name, content in files.items()},
    }


def _about(works: dict[str, dict]) -> dict:
    """What a reader of the results may want to compare them with."""
    return {
        "what": "a sample class, written by `autograder sample-class`; it may be overwritten",
        "mistakes": {
            lesson: {name: made for name, (_, made) in work.items() if made} for lesson, work in works.items()
        },
    }


def _write(path: Path, content: bytes | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if content is LINK:
        path.symlink_to(Path("../../../gradebook.db"))
    else:
        path.write_bytes(content)
