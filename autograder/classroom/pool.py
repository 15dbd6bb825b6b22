"""Runs jobs in an executor and outlives its workers. Used by `grade`; knows nothing about grading.

Any `concurrent.futures.Executor` will do: a pool of processes here, or the executor of a distributed scheduler.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Generic, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

ATTEMPTS = 2  # a crash may be bad luck once
PER_WORKER = 2  # one job at work and one waiting, so that no worker idles and few notebooks are held in memory
JOB_SECONDS = 900.0  # far above all limits of the kernels together: only a stuck judge reaches it
WATCH_SECONDS = 1.0


@dataclass(frozen=True)
class Lost(Generic[Job]):
    """A job that no worker could finish, and why, for the teacher."""

    job: Job
    reason: str


@dataclass(frozen=True)
class Done(Generic[Job, Result]):
    job: Job
    result: Result


def process_pool(workers: int) -> ProcessPoolExecutor:
    """Workers are spawned, not forked: the parent's threads, locks and open files stay out of them."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_watch, initargs=(os.getpid(),))


class Pool:
    """An executor that is replaced when it breaks. A context manager; its end waits for what still runs.

    open_executor: opens another one. workers: for how many jobs at once it is good.
    """

    def __init__(self, open_executor: Callable[[], Executor], workers: int) -> None:
        self._open, self.workers = open_executor, workers
        self._executor = open_executor()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *fault: object) -> None:
        self._executor.shutdown(wait=True)

    def replace(self) -> None:
        self._executor.shutdown(wait=True)
        self._executor = self._open()

    def submit(self, work: Callable, job: object) -> Future:
        """A pool may break while nothing waits for it; that shows at the next submission."""
        try:
            return self._executor.submit(work, job)
        except BrokenExecutor as fault:
            failed: Future = Future()
            failed.set_exception(fault)
            return failed


def run_all(
    jobs: Iterable[Job], work: Callable[[Job], Result], pool: Pool, fatal: tuple[type[BaseException], ...] = ()
) -> Iterator[Done[Job, Result] | Lost[Job]]:
    """Yields every job as `Done` or `Lost`, in the order in which they end; draws from `jobs` only what is needed.

    When a worker dies, the executor dies with it: a new one is opened, and the jobs that were in it run again one at a
    time, so that only the one that kills workers is blamed. Exceptions in `fatal` end the run.
    """
    source = iter(jobs)
    suspects: deque[tuple[Job, int]] = deque()  # with the attempts they have had
    running: dict[Future, tuple[Job, int]] = {}
    try:
        while True:
            room = 1 if suspects else pool.workers * PER_WORKER  # a suspect runs alone
            while len(running) < room:
                job, attempts = suspects.popleft() if suspects else (next(source, None), 0)
                if job is None:
                    break
                running[pool.submit(work, job)] = (job, attempts + 1)
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            broken = any(isinstance(future.exception(), BrokenExecutor) for future in finished)
            for future in list(running) if broken else finished:
                (job, attempts), fault = running.pop(future), future.exception()
                if fault is None:
                    yield Done(job, future.result())
                elif isinstance(fault, fatal):
                    raise fault
                elif attempts < ATTEMPTS:
                    suspects.append((job, attempts))
                else:
                    yield Lost(job, _reason(fault))
            if broken:
                pool.replace()
    finally:
        for future in running:  # not by `cancel_futures`: a distributed executor does not know it
            future.cancel()


def _reason(fault: BaseException) -> str:
    if isinstance(fault, BrokenExecutor):
        return "the process that judged it ended unexpectedly"
    return f"the judge failed ({type(fault).__name__})"  # no more: the text may hold hidden inputs, and pages show it


# ---- inside a worker -------------------------------------------------------------------------------------------------

_started: float | None = None


@contextmanager
def timed() -> Iterator[None]:
    """Marks a job as begun and ended, for the worker's watch."""
    global _started
    _started = time.monotonic()
    try:
        yield
    finally:
        _started = None


def _watch(parent: int) -> None:
    """Ends the worker when the run was killed (nobody would tell it) or when a job is stuck."""

    def look() -> None:
        while os.getppid() == parent:
            if _started is not None and time.monotonic() - _started > JOB_SECONDS:
                break
            time.sleep(WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=look, name="watch", daemon=True).start()
