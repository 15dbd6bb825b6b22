"""One submission's *judge* kernel: solution cells in, answers out. It survives the death of the kernel.

Nothing that this kernel prints or publishes is read. When it dies or has to be killed, a new one is started and gets
the cells that ran; the question that killed the old one is not asked again.
"""

from __future__ import annotations

import time

from autograder.course import LESSONS, earlier_modules
from autograder.judge.graft import source_of
from autograder.judge.protocol import (
    MAX_REPLY,
    BadReply,
    carried_module,
    prelude,
    question,
    read_replies,
    stand_in_code,
)
from autograder.judge.verdict import JudgeError, Verdict
from autograder.kernels import Execution, Kernel, KernelFactory, KernelFailure, Limits

# A submission whose every exercise kills its kernel still ends
MAX_RESTARTS = 24  # eight exercises, and three kernels for each: see `ask`
MAX_ENDED = 2  # questions of one exercise that may end the kernel; more would only take time
OUR_CODE_S = 60.0  # for our own cells; a slow machine is not the student's fault


class JudgeSession:
    """Runs solution cells and asks questions, in a kernel of its own. A context manager."""

    def __init__(self, kernels: KernelFactory, lesson: str, ours: dict, limits: Limits) -> None:
        self._kernels, self._lesson, self._limits = kernels, lesson, limits
        self._setup = [source_of(cell) for cell in ours["cells"] if "setup" in cell["metadata"].get("tags", [])]
        # code that a new kernel needs to be where the old one was, and whether it is the student's
        self._history: list[tuple[str, bool]] = []
        self._kernel: Kernel | None = None
        self._restarts = 0
        self._left = MAX_REPLY  # characters that may still come as an answer to the questions of one exercise
        self.spent_s = 0.0

    def __enter__(self) -> JudgeSession:
        return self

    def __exit__(self, *fault: object) -> None:
        self._close()

    def _close(self) -> None:
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None

    def _ready(self) -> Kernel:
        if self._kernel is not None and self._kernel.alive():
            return self._kernel
        self._close()
        if self._restarts > MAX_RESTARTS:
            raise TooManyRestarts
        self._restarts += 1
        self._kernel = self._open()
        for code in [prelude(), *map(carried_module, earlier_modules(self._lesson)), *self._setup]:
            done = self._kernel.execute(code, timeout=OUR_CODE_S)
            if done.status != "ok":
                raise JudgeError(f"the kernel cannot run the course's own code: {done.ename} {done.evalue}")
        for code, students in self._history:
            if students:
                self._load_what_it_needs(self._kernel, code)
            self._timed(self._kernel, code, self._limits.call_s if students else OUR_CODE_S)
        return self._kernel

    def _open(self) -> Kernel:
        try:
            return self._kernels.open(coach=False)
        except KernelFailure as fault:
            raise JudgeError(str(fault)) from None

    def _timed(self, kernel: Kernel, code: str, wanted: float, expression: str | None = None) -> Execution:
        """Run code where a student's has run, ours or theirs: it can make ours slow too, so all of it is their time."""
        limit = min(wanted, max(0.5, self._limits.notebook_s - self.spent_s))
        done = kernel.execute(code, timeout=limit, expression=expression)
        self.spent_s += done.seconds
        return done

    def _load_what_it_needs(self, kernel: Kernel, source: str) -> None:
        """Loading torch's compiler takes seconds, more than a call has."""
        if "compile" in source:
            self._timed(kernel, "import torch._dynamo", OUR_CODE_S)

    @property
    def exhausted(self) -> bool:
        return self.spent_s >= self._limits.notebook_s

    def run_cell(self, source: str) -> Execution:
        """Run a solution cell. What ran is run again in a kernel that replaces this one."""
        kernel = self._ready()
        self._load_what_it_needs(kernel, source)
        done = self._timed(kernel, source, self._limits.call_s)
        if done.status in ("ok", "error"):
            self._history.append((source, True))
        return done

    def ask(self, requests: list[dict], order: list[int]) -> list[tuple[dict | None, Verdict | None] | None]:
        """Per request (reply, None), (None, how it ended), or None if it was not asked.

        All requests go in one message, which is much faster; only if that does not come back whole are they asked
        one by one, each with its own time, to find those that end it; of a kernel that has not seen them, or it could
        answer from memory. Always in `order`, which the student does not know: code that counts its calls must not
        know which of them is to be refused.
        """
        self._left = MAX_REPLY
        replies, ended = self._ask([requests[number] for number in order])
        answers: list[tuple[dict | None, Verdict | None] | None] = [None] * len(requests)
        if ended is None:
            for number, reply in zip(order, replies, strict=True):
                answers[number] = (reply, None)
            return answers
        self._close()
        self._left = MAX_REPLY  # of all: what answers in one message fits there, too
        for number in order:
            replies, ended = self._ask([requests[number]])
            answers[number] = (replies[0], None) if ended is None else (None, ended)
            if sum(answer is not None and answer[0] is None for answer in answers) == MAX_ENDED:
                break
        return answers

    def _ask(self, requests: list[dict]) -> tuple[list[dict], Verdict | None]:
        done = self._timed(self._ready(), "pass", self._limits.call_s, question(requests))
        ended = ended_as(done)
        if ended is not None:
            return [], ended
        start = time.monotonic()
        try:
            replies = read_replies(done.value, len(requests), self._left)
        except BadReply:
            return [], Verdict.KILLED
        finally:  # a reply can be made to take long to read
            self.spent_s += time.monotonic() - start
        self._left -= len(done.value)
        if any(step.get("raised", {}).get("memory") for reply in replies for step in reply["steps"]):
            return [], Verdict.MEMORY
        return replies, None

    def settle(self, name: str) -> None:
        """The exercise is judged: from here on its stand-in answers under its name."""
        code = stand_in_code(LESSONS[self._lesson], (name,))
        self._history.append((code, False))
        if self._kernel is not None and self._kernel.alive() and not self.exhausted:
            self._timed(self._kernel, code, OUR_CODE_S)


class TooManyRestarts(RuntimeError):
    """The submission killed its kernel more often than it has exercises."""


def ended_as(done: Execution) -> Verdict | None:
    """The verdict for an execution that did not end by itself; None if it did."""
    if done.status == "timeout":
        return Verdict.TIMEOUT
    if done.status in ("dead", "flood"):
        return Verdict.MEMORY if done.reason == "memory" else Verdict.KILLED
    return None
