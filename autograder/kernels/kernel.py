"""One kernel as the judge sees it: run code within limits, whatever the code does. The factories of this package
build it.

`Kernel` owns the two connections (shell for replies, iopub for outputs) and a `Process`, which knows how to
interrupt, kill and measure whatever stands behind them. Nothing that a kernel sends or fails to send raises here.
"""

from __future__ import annotations

import secrets
import select
import socket
import time
from typing import Any, Protocol

from autograder.kernels import messages
from autograder.kernels.limits import MIB, Execution, Exit, KernelFailure, Limits, Reason
from autograder.kernels.turn import Turn
from autograder.kernels.zmtp import Channel, Flood, Garbled

TICK_S = 0.1  # between two looks at memory: torch fills about 1 GB/s, so an overshoot stays within the machine
RESEND_S = 0.01  # between two kernel_info requests while the first iopub message is missing
LAST_WORDS_S = 0.5  # after a connection closed, time for the exit status to arrive; after a reply, for its outputs


class Process(Protocol):
    """What runs a kernel; implemented in plain.py and sealed.py."""

    def interrupt(self) -> None:
        """SIGINT to the kernel itself; no error if it is gone."""

    def kill(self) -> None:
        """SIGKILL to the kernel and all it started; no error if it is gone."""

    def wait(self, timeout: float) -> Exit | None:
        """How it ended, None while it runs; waits at most `timeout` seconds."""

    def too_big(self) -> bool:
        """Asked every TICK_S: whether it uses too much memory. A sealed kernel has a keeper that looks itself."""

    def close(self) -> None:
        """Kill and remove every trace: processes, sockets, directories. Idempotent."""


class Kernel:
    """A running kernel; `open()` of a factory makes it. Use it as a context manager or call `close`."""

    def __init__(
        self, process: Process, shell: socket.socket, iopub: socket.socket, key: bytes, limits: Limits
    ) -> None:
        self._process = process
        self._key = key
        self._limits = limits
        self._session = secrets.token_hex(8)
        self._allowed = {"shell": limits.reply_bytes + MIB, "iopub": limits.flood_bytes}
        self._channels = {
            "shell": Channel(shell, b"DEALER", self._allowed["shell"]),
            "iopub": Channel(iopub, b"SUB", self._allowed["iopub"]),
        }
        self._ended: Execution | None = None
        self._notebook_ends: float | None = None
        try:
            self._wait_until_ready()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def alive(self) -> bool:
        return self._ended is None and self._process.wait(0) is None

    def close(self) -> None:
        """End the kernel and all it started, and remove what it used. Idempotent."""
        self._ended = self._ended or Execution("dead", "killed")
        for channel in self._channels.values():
            channel.close()
        self._process.close()

    def execute(self, code: str, *, timeout: float, capture: bool = False, expression: str | None = None) -> Execution:
        """Run `code`, then evaluate `expression`; never raises for anything that the kernel does.

        Raises KernelFailure when the sandbox itself was killed from outside, the one end that no student can cause.

        `capture=False` (judging) drops all outputs; `capture=True` keeps them, at most `Limits.output_bytes`.
        """
        start = time.monotonic()
        if self._ended is None:
            try:
                result = self._execute(code, start, timeout, capture, expression)
            except Flood:
                result = self._end(Execution("flood"))
            except Garbled:
                result = self._end(Execution("dead", self._reason()))
        else:
            result = self._ended
        return Execution(**{**vars(result), "seconds": time.monotonic() - start})

    def _execute(self, code: str, start: float, timeout: float, capture: bool, expression: str | None) -> Execution:
        if self._notebook_ends is None:
            self._notebook_ends = start + self._limits.notebook_s
        deadline = min(start + timeout, self._notebook_ends)
        turn = self._send("execute_request", messages.execute_content(code, capture, expression), capture)
        for channel in self._channels.values():
            channel.received = 0
        interrupted = False
        while turn.reply is None:
            now = time.monotonic()
            if now >= deadline and interrupted:
                return self._end(Execution("timeout", outputs=tuple(turn.outputs)))
            if now >= deadline:
                self._process.interrupt()
                interrupted, deadline = True, now + self._limits.grace_s
            self._pump(turn, min(deadline - now, TICK_S))
            if self._process.too_big():
                return self._end(Execution("dead", "memory", outputs=tuple(turn.outputs)))
        last = time.monotonic() + LAST_WORDS_S
        while capture and not turn.idle and time.monotonic() < last:
            self._pump(turn, last - time.monotonic())
        return turn.result(interrupted)

    def _end(self, result: Execution) -> Execution:
        """Kill the kernel; `result` says why, and later calls say "dead" for the same reason."""
        self._process.kill()
        self._ended = Execution("dead", result.reason or "killed")
        return result

    def _reason(self) -> Reason:
        """Why a kernel whose connection broke is gone."""
        end = self._process.wait(LAST_WORDS_S)
        if end is None:  # it has hung up, but lives on, or takes its time to die
            self._process.kill()
            end = self._process.wait(0)
        if end and end.ours:
            raise KernelFailure("the sandbox was killed from outside")
        if end is None or end.status < 0:
            return "memory" if end and end.memory else "killed"
        return "exit"

    def _send(self, kind: str, content: dict[str, Any], capture: bool = False) -> Turn:
        ident, frames = messages.request(kind, content, self._key, self._session)
        self._channels["shell"].send(frames)
        return Turn(ident, capture, self._limits.output_bytes)

    def _pump(self, turn: Turn, wait_s: float) -> bool:
        """Move bytes for at most `wait_s` seconds or until something came; whether anything came on iopub."""
        poll = select.poll()
        for channel in self._channels.values():
            poll.register(channel, select.POLLIN | (select.POLLOUT if channel.wants_write() else 0))
        ready = {fd for fd, event in poll.poll(max(0.0, wait_s) * 1000) if event}
        published = False
        for name, channel in self._channels.items():
            if channel.fileno() not in ready:
                continue
            channel.flush()
            for frames in channel.receive():
                message = messages.parse(frames, self._key)
                if message is not None:
                    turn.take(message, name)
                published = published or name == "iopub"
            if channel.received > self._allowed[name]:
                raise Flood(f"too much on {name}")
        return published

    def _wait_until_ready(self) -> None:
        """Ask for kernel_info until a reply AND an iopub message came: before that, outputs may still be lost."""
        deadline = time.monotonic() + self._limits.start_s
        published = False
        turn = self._send("kernel_info_request", {})
        try:
            while turn.reply is None or not published:
                if time.monotonic() > deadline:
                    raise KernelFailure(f"a kernel did not start within {self._limits.start_s:.0f} s")
                answered = turn.reply is not None
                published = self._pump(turn, RESEND_S if answered else TICK_S) or published
                if answered and not published:
                    turn = self._send("kernel_info_request", {})
        except (Flood, Garbled) as fault:
            raise KernelFailure(f"a kernel ended before it was ready ({self._process.wait(LAST_WORDS_S)})") from fault
