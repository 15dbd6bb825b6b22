"""One processor for each kernel, so that a notebook with sixty busy threads slows only itself. Used by sealed.py.

A processor is taken by binding an abstract socket of its name: all graders of this machine see it, and the system
frees it when its holder ends, however that happens. With more kernels than processors the late ones share.
"""

from __future__ import annotations

import os
import random
import socket

NAME = "\0transformer-course-processor-{}"


class Processor:
    """A processor's number while this object is open."""

    def __init__(self) -> None:
        numbers = sorted(os.sched_getaffinity(0))
        random.SystemRandom().shuffle(numbers)
        self.number = numbers[0]
        self._lock: socket.socket | None = None
        for number in numbers:
            lock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            try:
                lock.bind(NAME.format(number))
            except OSError:  # somebody else's
                lock.close()
                continue
            self.number, self._lock = number, lock
            return

    def close(self) -> None:
        """Let another kernel have it. Idempotent."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
