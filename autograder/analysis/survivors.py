"""Runs mutants on hidden cases and finds those that lose no point. Used by the kill table and its tests."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.analysis.equivalent import MUTANTS
from autograder.analysis.judging import SECRETS, Bench, bench_of, outcome_of
from autograder.analysis.mutants import Mutant, mutants_of
from autograder.exercises import find
from autograder.exercises.model import Exercise
from autograder.exercises.requests import run
from autograder.exercises.variants import reference, solution

DRAWS = 3  # a mutant must be noticed in every one of them
TIME_LIMIT_S = 10.0  # a mutant that loops is noticed too; the longest honest case takes milliseconds


class TooSlow(Exception):
    """The time of one case is over."""


@dataclass(frozen=True)
class Mutation:
    """The mutants of one exercise: how many there are, which survive unexplained, which explanations are stale."""

    exercise: str
    total: int
    killed: int
    survivors: tuple[Mutant, ...]
    stale: tuple[str, ...]

    @property
    def equivalent(self) -> int:
        return self.total - self.killed - len(self.survivors)


def mutation_of(exercise: Exercise, secrets: tuple[bytes, ...] = SECRETS[:DRAWS]) -> Mutation:
    """Runs every mutant of the exercise's reference."""
    mutants = mutants_of(solution(exercise.name))
    benches = [bench_of(exercise.name, secret) for secret in secrets]
    alive = [mutant for mutant in mutants if not all(noticed(mutant, bench) for bench in benches)]
    explained = MUTANTS.get(exercise.name, {})
    return Mutation(
        exercise.name,
        len(mutants),
        len(mutants) - len(alive),
        tuple(mutant for mutant in alive if mutant.change not in explained),
        tuple(change for change in explained if change not in {mutant.change for mutant in alive}),
    )


def noticed(mutant: Mutant, bench: Bench) -> bool:
    """Whether the mutant fails a case of this draw; each failed case costs its property's points."""
    lesson, _ = find(mutant.exercise)
    namespace = dict(reference(lesson))
    try:
        exec(compile(mutant.source, "<mutant>", "exec"), namespace)  # our own source, mechanically changed
    except (SyntaxError, TypeError, NameError):
        return True
    for case, request, expected in bench.prepared:
        try:
            with time_limit():
                reply = run(request, namespace)
        except TooSlow:
            return True
        if not outcome_of(case, request, expected, reply).passed:
            return True
    return False


@contextlib.contextmanager
def time_limit() -> Iterator[None]:
    """Ends the block with TooSlow after a while. Only the main thread can be interrupted so; others run on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
