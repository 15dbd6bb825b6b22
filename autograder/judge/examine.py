"""Examines one exercise: reads its source, runs its cell, asks its cases, says what it is worth. Called by `run`."""

from __future__ import annotations

from dataclasses import replace

from coach import forbidden as forbidden_names
from coach.compare import Difference, differences
from coach.copies import folded
from coach.magics import parsed

from autograder.exercises.draw import Draw
from autograder.exercises.model import Exercise
from autograder.exercises.requests import prepare
from autograder.judge.diagnose import explain
from autograder.judge.protocol import KNOWN_ERRORS
from autograder.judge.score import Outcome, verdict_of
from autograder.judge.session import JudgeSession, TooManyRestarts, ended_as
from autograder.judge.verdict import ExerciseVerdict, Verdict
from autograder.kernels import Execution, Limits

GIGABYTE = 1 << 30
CELL_ENDED = {
    Verdict.TIMEOUT: "Its cell did not finish within {seconds:g} seconds.",
    Verdict.MEMORY: "Its cell used more than the {memory:.0f} GB of memory allowed.",
    Verdict.KILLED: "Its cell ended the program or was ended: exit calls, crashes and floods of output do that.",
}


def examine(
    exercise: Exercise,
    source: str | None,
    session: JudgeSession,
    whose: str,
    secret: bytes,
    limits: Limits,
    before: tuple[str, ...] = (),
) -> ExerciseVerdict:
    """The verdict on one exercise, given the student's source of its cell (None if unwritten).

    whose: for whom the hidden inputs are drawn (`run.drawn_for`).
    before: the sources of the cells that have run in the same kernel.
    """

    def verdict(kind: Verdict, message: str, review: tuple[str, ...] = ()) -> ExerciseVerdict:
        return ExerciseVerdict(exercise.name, kind, 0.0, exercise.max_score, message, review=review)

    figures = {"seconds": limits.call_s, "memory": limits.memory_bytes / GIGABYTE}
    if source is None:
        return verdict(Verdict.MISSING, "Nothing is written in this exercise's cell.")
    findings = forbidden_names.find(source, exercise.forbidden, before)
    review = tuple(f"line {f.line}: {f.name}: {f.instead}" for f in findings if f.review)
    banned = [f for f in findings if not f.review]
    if banned:
        return verdict(Verdict.FORBIDDEN, f"Line {banned[0].line} uses `{banned[0].name}`. {banned[0].instead}", review)
    if session.exhausted:
        return verdict(Verdict.TIMEOUT, f"The notebook's {limits.notebook_s:g} seconds were used up before.", review)
    try:
        done = session.run_cell(source)
        if ended_as(done):
            message = CELL_ENDED[ended_as(done)].format(seconds=limits.call_s, memory=figures["memory"])
            return verdict(ended_as(done), message, review)
        if done.status == "error":
            return verdict(Verdict.ERROR, _cell_error(source, done), review)
        outcomes, used = _ask_all(exercise, session, whose, secret)
    except TooManyRestarts:
        return verdict(Verdict.KILLED, "The notebook ended its kernel too often; this exercise was not tried.", review)
    if used:
        rule = next(rule for rule in exercise.forbidden if used[0] in rule.names)
        return verdict(Verdict.FORBIDDEN, f"It uses `{used[0]}`. {rule.instead}", review)
    if _undefined(exercise.name, outcomes):
        return verdict(Verdict.MISSING, f"The cell runs, but does not define `{exercise.name}`.", review)
    if _unwritten(outcomes):
        return verdict(Verdict.MISSING, "It still raises NotImplementedError.", review)
    return replace(verdict_of(exercise, outcomes, explain(exercise, outcomes), figures), review=review)


def _ask_all(exercise: Exercise, session: JudgeSession, whose: str, secret: bytes) -> tuple[list[Outcome], list[str]]:
    """The outcome of each case that was asked, and the forbidden names that were seen in use."""
    allowed = {name for rule in exercise.forbidden for name in rule.names}
    prepared = [prepare(exercise, case, secret, whose) for case in exercise.cases]
    count = len(prepared)
    order = Draw(secret, whose, exercise.name, "the order of the cases").sizes(count, low=0, high=count - 1)
    answers = session.ask([request for request, _ in prepared], order)
    outcomes: list[Outcome] = []
    for case, (request, expected), answer in zip(exercise.cases, prepared, answers, strict=True):
        if answer is None:
            continue
        reply, ended = answer
        expects_error = any("raised" in step for step in expected["steps"])
        if ended is not None:
            outcomes.append(Outcome(case, request, expects_error=expects_error, ended=ended))
            continue
        used = [name for name in reply["used"] if name in allowed]
        if used:
            return outcomes, used
        reply = folded(request, reply)
        outcomes.append(Outcome(case, request, _differences(reply, expected), reply, expects_error))
    return outcomes, []


def _differences(reply: dict, expected: dict) -> tuple[Difference, ...]:
    try:
        return tuple(differences(reply, expected))
    except (RuntimeError, OverflowError, ValueError, TypeError) as fault:
        # torch refuses some hostile tensors in ways no check foresees: that is no right answer
        return (Difference(0, "unreadable", "output", "a value of the course", type(fault).__name__),)


def _cell_error(source: str, done: Execution) -> str:
    try:
        parsed(source)
    except SyntaxError as fault:
        return f"The cell is not valid Python: {fault.msg} (line {fault.lineno})."
    except (ValueError, RecursionError, MemoryError):
        return "The cell is not valid Python."
    # The kernel may know hidden inputs of earlier exercises, so the text of the error stays here
    kind = done.ename if done.ename in KNOWN_ERRORS else "an exception"
    hint = " Only this cell is graded: is everything that it uses defined in it?" if kind == "NameError" else ""
    return f"The cell raises {kind} when it is run.{hint}"


def _undefined(name: str, outcomes: list[Outcome]) -> bool:
    message = f"name '{name}' is not defined"
    return bool(outcomes) and all(
        outcome.reply is not None and outcome.reply["steps"][0].get("raised", {}).get("message") == message
        for outcome in outcomes
    )


def _unwritten(outcomes: list[Outcome]) -> bool:
    """The cell's own `raise NotImplementedError()` says no more than that; torch's have a sentence."""
    faults = [outcome.reply["steps"][-1].get("raised", {}) if outcome.reply else {} for outcome in outcomes]
    return bool(faults) and all(
        "NotImplementedError" in fault.get("types", []) and not fault.get("message") for fault in faults
    )
