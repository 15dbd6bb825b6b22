"""The class in a terminal: a progress bar while it is graded, a table when it is. Used by `autograder grade`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder.classroom.grade import Progress as Step

# One letter would need a legend; these are short and sort the eye
SHORT = {
    "correct": ("right", "green"),
    "partial": ("partly", "yellow"),
    "wrong": ("wrong", "red"),
    "error": ("raises", "red"),
    "missing": ("–", "dim"),
    "forbidden": ("forbidden", "magenta"),
    "timeout": ("time", "red"),
    "memory": ("memory", "red"),
    "killed": ("killed", "red"),
}


def results_tables(verdicts: list[dict]) -> list[Table]:
    """One table per lesson: a row per student, a column per exercise."""
    return [
        _lesson_table(lesson, [verdict for verdict in verdicts if verdict["lesson"] == lesson])
        for lesson in dict.fromkeys(verdict["lesson"] for verdict in verdicts)
    ]


def _lesson_table(lesson: str, verdicts: list[dict]) -> Table:
    names = list(dict.fromkeys(exercise["name"] for verdict in verdicts for exercise in verdict["exercises"]))
    # The names as headings would be wider than most terminals
    legend = " · ".join(f"{number} {name}" for number, name in enumerate(names, start=1))
    table = Table(title=lesson, caption=legend, title_justify="left", caption_justify="left", header_style="bold")
    table.add_column("student", overflow="fold", min_width=12)
    for number in range(1, len(names) + 1):
        table.add_column(str(number), no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("named mistakes", overflow="fold")
    for verdict in verdicts:
        found = {exercise["name"]: exercise for exercise in verdict["exercises"]}
        words = [_word(found.get(name), verdict["status"]) for name in names]
        mistakes = [exercise["mistake"] for exercise in verdict["exercises"] if exercise["mistake"]]
        note = ", ".join(mistakes).replace("_", " ")
        if any(exercise.get("review") for exercise in verdict["exercises"]):
            note = f"{note}; please review" if note else "please review"
        points = f"{verdict['score']:g} / {verdict['max_score']:g}"
        table.add_row(Text(verdict["student"]), *words, points, _remark(verdict, note))
    return table


def _remark(verdict: dict, note: str) -> Text:
    if verdict["status"] == "judge_error":
        return Text(verdict["message"], style="magenta")  # the teacher's to mend, so with the reason
    return Text("unreadable", style="red") if verdict["status"] == "unreadable" else Text(note)


def _word(exercise: dict | None, status: str) -> Text:
    if exercise is None or status != "graded":
        return Text("·", style="dim")
    return Text(*SHORT.get(exercise["verdict"], (exercise["verdict"], "red")))


def print_submission(verdict: dict) -> None:
    """One submission with its messages: `autograder check`."""
    console = Console()
    table = Table(title=verdict["lesson"], title_justify="left", header_style="bold", show_lines=True)
    for name in ("exercise", "verdict", "points", "message"):
        table.add_column(name, justify="right" if name == "points" else "left", overflow="fold")
    for exercise in verdict["exercises"]:
        score = f"{exercise['score']:g} / {exercise['max_score']:g}"
        table.add_row(exercise["name"], _word(exercise, "graded"), score, Text(exercise["message"]))
    console.print(table)
    if verdict.get("message"):
        console.print(verdict["message"], markup=False, highlight=False)
    console.print(f"{verdict['score']:g} of {verdict['max_score']:g} points", style="bold", highlight=False)


@contextlib.contextmanager
def progress_bar(console: Console) -> Iterator[tuple[Callable[[Step], None], Callable[[int, int], None]]]:
    """Bars with the time left; gives what `grade_class` calls after each submission, and after each page."""
    columns = [
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[latest]}"),
    ]
    with Progress(*columns, console=console, transient=True) as bar:
        pages = bar.add_task("pages", total=None, latest="")
        judging = bar.add_task("grading", total=None, latest="", start=False)

        def turn(done: int, total: int) -> None:
            bar.update(pages, completed=done, total=total)
            if done == total:
                bar.start_task(judging)

        def advance(step: Step) -> None:
            latest = f"{escape(step.verdict['student'])} · {step.verdict['lesson']}"
            bar.update(judging, completed=step.done, total=step.total, latest=latest)

        yield advance, turn
