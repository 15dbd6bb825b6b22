"""`check(exercise)`: runs the public cases on a learner's function or class, shows a card, and keeps what passes.

`evaluate` is the pure half: no display, no file. `check` shows and saves, and raises CheckFailed if a case failed,
so that nbgrader's Validate and an executed notebook see it.
"""

from __future__ import annotations

from coach import casebook, cell, compare, copies, diagnose, forbidden, harness, phrases, storage, targets
from coach.casebook import ExerciseBook, MistakeNote
from coach.course import earlier_modules
from coach.result import Answers, CheckResult, Failure, Part, main_difference
from coach.show import Misuse, show

__all__ = ["CheckFailed", "CheckResult", "Failure", "Misuse", "Part", "check", "evaluate"]


class CheckFailed(AssertionError):
    """A public case failed; the card above says which and why. One line in IPython, for the rest would be noise."""

    def _render_traceback_(self) -> list[str]:
        return [f"CheckFailed: {self}"]


def check(target: object) -> None:
    """Checks the exercise that `target` (a function or a class) solves, and shows what was found.

    Raises CheckFailed if a public case fails, Misuse (a ValueError) if `target` is no exercise.
    """
    from coach import card

    result = evaluate(target)
    notes = _remember(result) if result.passed else []
    state = storage.read()
    notes = [state.note, *notes] if state.note else notes
    notes += warnings_of(result, state)
    show(card.build(result, state, tuple(dict.fromkeys(notes))))
    if not result.passed:
        # from None: nothing that happened inside the coach is of interest
        raise CheckFailed(f"{result.name}: {(result.error or '').replace('`', '')}") from None


def evaluate(target: object, source: str | None = None, book: ExerciseBook | None = None) -> CheckResult:
    """Runs every public case on `target`. Shows nothing, saves nothing. Raises Misuse if `target` is no exercise."""
    name = targets.name_for_check(target)
    book = book or targets.find_book(name)
    source = cell.source_of(target) if source is None else source
    namespace = targets.namespace_for(target, book)
    answers = Answers(book)
    load = answers.load
    replies = [_asked(case.request, namespace, answers) for case in book.cases]
    found = [tuple(compare.differences(r, c.expected, load)) for r, c in zip(replies, book.cases, strict=True)]
    parts = tuple(Part(c.property, c.name, not ds, ds) for c, ds in zip(book.cases, found, strict=True))
    failures = [Failure(c, r, ds) for c, r, ds in zip(book.cases, replies, found, strict=True) if ds]
    smallest = min(failures, key=_how_soon_to_tell, default=None)
    names = targets.argument_names(target, smallest.case.request, smallest.differences[0].step) if smallest else None
    matching = tuple(_matching(replies, failures, book, load)) if failures else ()
    mistake = next((note for note in book.mistakes if matching == (note.name,)), None)
    findings = _findings(source, replies, book)
    # an exercise that calls another one's empty stub is written
    own_stub = source is None or "NotImplementedError" in source
    unwritten = bool(failures) and own_stub and all(map(_is_stub, replies))
    error = _error(unwritten, findings, mistake, smallest, names)
    return CheckResult(
        name, error is None, parts, mistake, matching, findings, error, smallest, book, load, source, unwritten, names
    )


def _asked(request: dict, namespace: dict, answers: Answers) -> dict:
    reply = harness.run(request, namespace, load=answers.load, store=answers.store)
    return copies.folded(request, reply, answers.load, answers.store)


def _how_soon_to_tell(failure: Failure) -> tuple[bool, int]:
    """Wrong values before missing errors, few numbers before many."""
    return targets.refuses(failure.case), targets.size_of(failure.case.request)


def _error(unwritten, findings, mistake: MistakeNote | None, smallest: Failure | None, names) -> str | None:
    """Why the check failed, in one sentence; None if it passed."""
    refused = [finding for finding in findings if not finding.review]
    if unwritten:
        return "not written yet."
    if refused:
        return f"uses `{refused[0].name}`. {refused[0].instead}"
    if mistake is not None:
        return mistake.sentence
    return phrases.sentence(main_difference(smallest.differences), names) if smallest else None


def _findings(source: str | None, replies: list[dict], book: ExerciseBook) -> tuple[forbidden.Finding, ...]:
    """What is forbidden: as read in the cell, and, if reading found nothing, as seen while it ran."""
    found = tuple(forbidden.find(source, book.forbidden)) if source else ()
    if any(not finding.review for finding in found):
        return found
    instead = {name: rule.instead for rule in book.forbidden for name in rule.names}
    used = dict.fromkeys(name for reply in replies for name in reply.get("used", []))
    return (*(forbidden.Finding(name, 0, instead.get(name, "")) for name in used), *found)


def _matching(replies: list[dict], failures: list[Failure], book: ExerciseBook, load) -> list[str]:
    """Mistakes that give these answers. A forgotten refusal goes together with any mistake: it does not hide one."""
    wrong_answers = any(not targets.refuses(failure.case) for failure in failures)
    asked = [i for i, case in enumerate(book.cases) if not (wrong_answers and targets.refuses(case))]
    names = [note.name for note in book.mistakes if all(note.name in case.mistakes for case in book.cases)]
    theirs = {name: [book.cases[i].mistakes[name] for i in asked] for name in names}
    return diagnose.named([replies[i] for i in asked], theirs, load)


def _is_stub(reply: dict) -> bool:
    last = reply["steps"][-1] if reply["steps"] else {}
    return "NotImplementedError" in last.get("raised", {}).get("types", [])


def warnings_of(result: CheckResult, state: storage.State) -> list[str]:
    """What to say about the names that the cell uses."""
    if not result.source or result.unwritten:
        return []
    book = casebook.load(result.book.lesson)
    order = [exercise.name for exercise in book.exercises]
    earlier = order[: order.index(result.name)] if result.name in order else []
    known = {*book.setup_names, *earlier, *earlier_modules(book.lesson)}
    said = []
    if names := cell.names_from_elsewhere(result.source, known):
        listed = ", ".join(f"`{name}`" for name in names)
        said.append(f"This cell uses {listed} from another cell, but only this cell is graded and carried over.")
    used = cell.names_used(result.source)
    if waiting := [name for name in earlier if name in used and name not in state.passed]:
        listed = ", ".join(f"`{name}`" for name in waiting)
        said.append(f"This cell calls {listed}, which has not passed its own check yet: begin there.")
    return said


def _remember(result: CheckResult) -> list[str]:
    """Saves a passing cell; returns notes for the learner."""
    notes = [storage.mark_passed(result.name)]
    if not result.source:
        notes.append("The source of this exercise could not be found, so it is not carried over to later lessons.")
    else:
        book = casebook.load(result.book.lesson)
        order = [exercise.name for exercise in book.exercises]
        source = cell.definitions(result.source)
        notes.append(storage.save_cell(book.lesson, book.module, order, setup_lines(book), result.name, source))
    return [note for note in notes if note]


# How the set-up cells of the course import what is not imported by its own name.
_IMPORTS = {
    "Counter": "from collections import Counter",
    "F": "import torch.nn.functional as F",
    "Tensor": "from torch import Tensor",
    "nn": "from torch import nn",
    "np": "import numpy as np",
}


def setup_lines(book: casebook.LessonBook) -> str:
    """The imports of the lesson's set-up cells, for the head of the saved module."""
    carried = [name for name in earlier_modules(book.lesson) if name in book.setup_names]
    lines = [_IMPORTS.get(name, f"import {name}") for name in book.setup_names if name not in carried]
    lines.sort(key=lambda line: (line.startswith("from"), line))
    if carried:
        lines += ["from coach import carry_over", "", *(f'{name} = carry_over("{name}")' for name in carried)]
    return "\n".join(lines)
