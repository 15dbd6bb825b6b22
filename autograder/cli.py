"""The command line: `autograder …`. It reads arguments and prints; the work is done by the packages beside it.

They are imported where they are used, after the arguments were looked at: torch alone takes seconds to load.

Exit codes: 0 done, 1 out of date or below full marks (`check`), 2 wrong use, 3 the machine lacks something.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help="Builds the lessons of the course and grades what students make of them.",
)
STALE_OR_BELOW, WRONG_USE, MACHINE_LACKS = 1, 2, 3

Lessons = Annotated[list[str] | None, typer.Argument(metavar="[LESSON]...", help="such as 01_attention; default: all")]
Classroom = Annotated[Path, typer.Option("--classroom", metavar="DIR", help="an nbgrader course directory")]


def fail(sentence: str, code: int = WRONG_USE) -> typer.Exit:
    """Says what is wrong, on the error stream; raise what it returns."""
    Console(stderr=True, soft_wrap=True).print(sentence, markup=False, highlight=False)
    return typer.Exit(code)


def chosen(lessons: list[str] | None) -> list[str]:
    """The lessons named, each once, or all. A lesson may be named by its number."""
    from autograder.course import LESSONS, check_lesson

    if not lessons:
        return list(LESSONS)
    try:
        names = {lesson.split("_")[0]: lesson for lesson in LESSONS}
        return list(dict.fromkeys(check_lesson(names.get(lesson, lesson)) for lesson in lessons))
    except ValueError as fault:
        raise fail(str(fault)) from None


def existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise fail(f"{folder} is not a folder: name an nbgrader course directory (with submitted/ in it).")
    return folder.resolve()


@app.command()
def build(
    lessons: Lessons = None,
    check: Annotated[bool, typer.Option("--check", help="only say what is out of date (exit 1)")] = False,
) -> None:
    """Make the five products of each master, or say which are out of date."""
    names = chosen(lessons)
    from autograder.build import command

    raise typer.Exit(command(names, check=check))


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="your own notebook")],
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False,
) -> None:
    """Grade one notebook, your own. It runs on this machine without a sandbox."""
    from autograder.course import LESSONS

    lesson = next((name for name in LESSONS if name in (notebook.stem, notebook.parent.name)), None)
    if lesson is None:
        raise fail(f"{notebook.name} is not named after a lesson; the lessons are {', '.join(LESSONS)}.")
    if not notebook.exists():
        raise fail(f"There is no file {notebook}.")
    from autograder.judge.collect import silence_sources
    from autograder.judge.run import judge_notebook
    from autograder.judge.verdict import JudgeError
    from autograder.kernels import Limits, PlainKernels

    silence_sources()
    kernels = PlainKernels(Limits())
    try:
        submission = judge_notebook(notebook, lesson, "self", b"self-check", kernels)
    except JudgeError as fault:
        raise fail(f"The notebook could not be judged: {fault}", MACHINE_LACKS) from None
    finally:
        kernels.close()
    if as_json:
        print(json.dumps(submission.to_json(), indent=1, ensure_ascii=False))
    else:
        from autograder.classroom.table import print_submission

        print_submission(submission.to_json())
    raise typer.Exit(0 if submission.score == submission.max_score else STALE_OR_BELOW)


@app.command("sample-class")
def sample_class(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    students: Annotated[int | None, typer.Option(help="how many students; default: one of each kind")] = None,
) -> None:
    """Write a class of submissions: right ones, every mistake, hostile ones."""
    from autograder.classroom.sample import SampleError, write_sample_class

    try:
        count = write_sample_class(folder, students)
    except SampleError as fault:
        raise fail(str(fault)) from None
    print(f"{count} submissions written to {folder / 'submitted'}")


@app.command()
def grade(
    lessons: Lessons = None,
    classroom: Classroom = Path("."),
    workers: Annotated[int | None, typer.Option(min=1, help="default: one per core")] = None,
    scheduler: Annotated[str | None, typer.Option(metavar="ADDRESS", help="a dask scheduler: tls://…, or here")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="write all verdicts there")] = None,
    resume: Annotated[bool, typer.Option("--resume/--fresh", help="keep verdicts that hold")] = True,
    pictures: Annotated[bool, typer.Option("--pictures", help="run the demonstrations too (slow)")] = False,
) -> None:
    """Grade the submissions of a class, book them, and write the feedback pages."""
    names, folder = chosen(lessons) if lessons else None, existing(classroom)
    if json_file is not None and (json_file.is_dir() or not os.access(json_file.parent, os.W_OK)):
        raise fail(f"{json_file} cannot be written: name a file in a folder of yours.")  # before a class is judged
    from autograder.classroom.command import grade_command
    from autograder.classroom.errors import ClassroomError
    from autograder.kernels import SandboxMissing

    try:
        grade_command(
            folder,
            names,
            workers=workers or os.cpu_count() or 1,
            scheduler=scheduler,
            json_file=json_file,
            fresh=not resume,
            pictures=pictures,
        )
    except SandboxMissing as fault:
        raise fail(str(fault), MACHINE_LACKS) from None
    except ClassroomError as fault:
        raise fail(str(fault)) from None


@app.command()
def feedback(lessons: Lessons = None, classroom: Classroom = Path(".")) -> None:
    """Write the feedback pages again, from the verdicts that are there."""
    names, folder = chosen(lessons), existing(classroom)
    from autograder.classroom.errors import ClassroomError
    from autograder.classroom.feedback import write_feedback

    try:
        count = write_feedback(folder, names)
    except ClassroomError as fault:
        raise fail(str(fault)) from None
    print(f"{count} feedback pages written to {classroom / 'feedback'}")


@app.command()
def doctor() -> None:
    """Say what this machine has and lacks, and the command that mends it."""
    from autograder.doctor import command

    raise typer.Exit(command())


def main() -> None:
    """The entry point named in pyproject.toml."""
    app()
