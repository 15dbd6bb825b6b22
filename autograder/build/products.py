"""The five products of one master: where they lie, what each is made from, and how. Called by `autograder.build`.

What makes a product stale was chosen per product, so that no edit is missed and few cost more than a second:

- the reference depends on the exported cells;
- the public cases on this and all earlier references, the exercises, and the coach's files that run and encode a case;
- the released notebook and the source cells on the teacher's notebook (the master with the points filled in);
- the executed notebook on the teacher's notebook, on the public cases (a check card names their properties) and on the
  coach's files that draw and train. The rest of the coach is left out on purpose: what it prints is text, and nbval
  compares every text output with a fresh run in `make thorough`, while nobody compares a picture, so its makers must
  count here. When nbval finds that the coach now says something else on purpose: delete the executed notebook, build.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from nbformat import NotebookNode

from autograder.build import inquire
from autograder.build.execute import execute
from autograder.build.files import digest, digest_all, digest_of
from autograder.build.master import BuildError, Master, exported, teacher_notebook, text_of
from autograder.build.release import release
from autograder.course import LESSONS, ROOT, released_path

COACH = ROOT / "lessons" / "coach"
MAKERS_OF_CASES = ("casebook", "compare", "copies", "diagnose", "forbidden", "harness", "watch", "wire")
MAKERS_OF_PICTURES = ("datasets", "drawing", "figures", "training")

HEADER = '''"""Reference implementation for lesson {lesson}: what the judge compares with.

Generated from solutions/{lesson}.py by `autograder build`.
Do not edit it: edit the master and build again.
"""

'''


@dataclass(frozen=True)
class Step:
    """One run of a maker: the products it writes, the digest of all it depends on, and the maker."""

    made_from: str
    paths: tuple[Path, ...]
    make: Callable[[], list[bytes]]


def executed_path(lesson: str) -> Path:
    return ROOT / "solutions" / lesson / f"{lesson}.ipynb"


def reference_path(lesson: str) -> Path:
    return ROOT / "autograder" / "reference" / f"{LESSONS[lesson]}.py"


def cases_path(lesson: str) -> Path:
    return COACH / "cases" / f"{lesson}.npz"


def source_cells_path(lesson: str) -> Path:
    return ROOT / "autograder" / "build" / "source_cells" / f"{lesson}.json"


def reference_step(master: Master) -> Step:
    """The reference comes first: the exercises import it, and all that follows asks the exercises."""
    text = _formatted(HEADER.format(lesson=master.lesson) + exported(master), master)
    return Step(digest(text), (reference_path(master.lesson),), lambda: [text.encode()])


def later_steps(master: Master, reference: Step, points: dict[str, float]) -> Iterator[Step]:
    """The other four products, in the order in which they must be made."""
    lesson = master.lesson
    teacher = teacher_notebook(master, points)
    text = text_of(teacher)

    earlier = list(LESSONS)[: list(LESSONS).index(lesson)]
    inputs = [
        *_exercise_files(lesson),
        *map(reference_path, earlier),
        *(COACH / f"{name}.py" for name in MAKERS_OF_CASES),
    ]
    made_from = digest(reference.made_from + digest_all(ROOT, inputs))
    yield Step(made_from, (cases_path(lesson),), lambda: [inquire.cases(lesson)])

    made_from = digest(text + version("nbgrader"))
    yield Step(made_from, (released_path(lesson), source_cells_path(lesson)), lambda: _released(lesson, teacher))

    pictures = digest_all(ROOT, _makers_of_pictures(text))
    made_from = digest(text + digest_of(cases_path(lesson)) + pictures)
    yield Step(made_from, (executed_path(lesson),), lambda: [text_of(execute(lesson, teacher)).encode()])


def _makers_of_pictures(text: str) -> list[Path]:
    """The coach's files that draw, train and bring data: those of all lessons, and those that this one names."""
    own = [
        path
        for path in sorted(COACH.glob("*_*.py"))
        if path.stem.startswith(tuple(f"{name}_" for name in MAKERS_OF_PICTURES)) and path.stem in text
    ]
    return [*(COACH / f"{name}.py" for name in MAKERS_OF_PICTURES), *own]


def _released(lesson: str, teacher: NotebookNode) -> list[bytes]:
    made = release(lesson, teacher)
    return [made.notebook.encode(), made.source_cells.encode()]


def _exercise_files(lesson: str) -> list[Path]:
    """All of autograder/exercises but what belongs to later lessons: `<module>.py`, `<module>_….py`, `<module>/…`."""
    folder = ROOT / "autograder" / "exercises"

    def owner(path: Path) -> str | None:
        first = path.relative_to(folder).parts[0].removesuffix(".py")
        owners = [module for module in LESSONS.values() if first == module or first.startswith(f"{module}_")]
        return max(owners, key=len, default=None)

    used = (None, *list(LESSONS.values())[: list(LESSONS).index(lesson) + 1])  # decoder's cases use some of encoder's
    return [path for path in folder.rglob("*.py") if owner(path) in used]


def _formatted(source: str, master: Master) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(reference_path(master.lesson)), "-"]
    done = subprocess.run(command, input=source, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[0]
        raise BuildError(f"The exported cells of {master.path.name} are not valid Python: {reason}")
    return done.stdout
