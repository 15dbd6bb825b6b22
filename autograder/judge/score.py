"""From the answers to the cases of one exercise to its verdict. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from coach.compare import Difference

from autograder.exercises.model import Case, Exercise
from autograder.judge.describe import describe
from autograder.judge.verdict import ExerciseVerdict, Verdict

# Ways in which a case can end without an answer, and what the student is told
ENDED = {
    Verdict.TIMEOUT: "It takes more than {seconds:g} seconds in the case “{case}”: look for a loop without an end.",
    Verdict.MEMORY: "It used more than the {memory:.0f} GB of memory allowed, in the case “{case}”.",
    Verdict.KILLED: "The program ended in the case “{case}”: exit calls, crashes and floods of output do that.",
}

MAX_RATIO = 100.0  # a forgotten or doubled factor is smaller; more would only give a program more to say with
ANY_ERROR = {"Exception", "BaseException", "object"}
SAME_RATIO = 1e-3  # relative; float32 answers of a few digits lie well within it


@dataclass(frozen=True)
class Outcome:
    """What became of one case. `ended` is set if there was no answer at all; `reply` is None then."""

    case: Case
    request: dict
    differences: tuple[Difference, ...] = ()
    reply: dict | None = None
    expects_error: bool = False
    ended: Verdict | None = None

    @property
    def passed(self) -> bool:
        return self.ended is None and self.reply is not None and not self.differences

    @property
    def answered(self) -> bool:
        """Whether the code returned something, right or wrong."""
        return self.reply is not None and not any("raised" in step for step in self.reply["steps"])

    @property
    def errors(self) -> set[str]:
        """What was raised, under all names that say something."""
        steps = self.reply["steps"] if self.reply is not None else []
        return {name for step in steps for name in step.get("raised", {}).get("types", ())} - ANY_ERROR


def earned(exercise: Exercise, outcomes: list[Outcome]) -> dict[str, float]:
    """Points per property: all of its cases must pass.

    Code that only ever raises earns nothing by raising, nor does code that refuses right inputs as it refuses wrong
    ones: it has not shown that it tells them apart.
    """
    answers = any(outcome.answered and not outcome.expects_error for outcome in outcomes)
    refusals = {name for outcome in outcomes if outcome.expects_error for name in outcome.errors}
    blind = any(outcome.errors & refusals for outcome in outcomes if not outcome.expects_error)
    points = {}
    for name, worth in exercise.points.items():
        cases = [outcome for outcome in outcomes if outcome.case.property == name]
        complete = len(cases) == sum(case.property == name for case in exercise.cases)
        passed = all(case.passed and not (case.expects_error and blind) for case in cases)
        points[name] = worth if answers and complete and passed else 0.0
    return points


def verdict_of(exercise: Exercise, outcomes: list[Outcome], mistakes: list[str], limits: dict) -> ExerciseVerdict:
    """The verdict on an exercise whose cases ended as `outcomes`; `mistakes` are the named ones that explain them."""
    points = earned(exercise, outcomes)
    score = sum(points.values())
    if all(outcome.passed for outcome in outcomes) and score == exercise.max_score:
        return ExerciseVerdict(exercise.name, Verdict.CORRECT, score, score, "All cases are right.")
    ended = next((outcome for outcome in outcomes if outcome.ended), None)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if ended is not None:
        message = ENDED[ended.ended].format(case=ended.case.name, **limits)
        return ExerciseVerdict(exercise.name, ended.ended, score, exercise.max_score, message)
    main = next(iter(exercise.points))
    if points[main]:
        verdict = Verdict.PARTIAL
    elif any(outcome.answered and not outcome.expects_error for outcome in outcomes):
        verdict = Verdict.WRONG
    else:
        verdict = Verdict.ERROR
    named = next((m for m in exercise.catalogue if [m.name] == mistakes), None)
    ratio = common_ratio(failed)
    if named is not None:
        message = f"{named.sentence} {named.why} See “{named.look}” in the lesson."
        refusals = [outcome for outcome in failed if outcome.expects_error]
        if refusals and len(refusals) < len(failed):  # a forgotten check, told besides
            message += f" Besides: {describe(refusals[0].case.name, refusals[0].differences[0])}"
    elif ratio is not None:
        message = f"The {failed[0].differences[0].where} is {ratio:.2g} times what is expected, in every case."
    else:
        message = describe(failed[0].case.name, failed[0].differences[0])
    single = named.name if named in exercise.mistakes else None  # two at once are no one named mistake
    return ExerciseVerdict(exercise.name, verdict, score, exercise.max_score, message, single)


def common_ratio(failed: list[Outcome]) -> float | None:
    """r, if every wrong answer is r times the right one: the same number for all inputs, so it tells nothing of them.

    Two cases at least must agree: one alone says nothing of the others.
    """
    first = [outcome.differences[0] for outcome in failed if not outcome.expects_error]
    ratios = [difference.ratio for difference in first]
    if len(first) < 2 or len({d.where for d in first}) > 1 or any(d.kind != "value" for d in first) or None in ratios:
        return None
    if abs(ratios[0] - 1) <= SAME_RATIO:  # that is rounding, not a factor
        return None
    if not max(ratios) - min(ratios) <= SAME_RATIO * abs(ratios[0]) or not 1 / MAX_RATIO <= abs(ratios[0]) <= MAX_RATIO:
        return None
    return ratios[0]
