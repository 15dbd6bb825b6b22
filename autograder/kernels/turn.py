"""One request to a kernel and what has come back for it. Pure; used by kernel.py."""

from __future__ import annotations

from typing import Any

from autograder.kernels import messages
from autograder.kernels.limits import Execution

REFUSED = ("MemoryError", "can't allocate memory", "Cannot allocate memory")  # Python's, torch's and libc's words
DROPPED = {"output_type": "stream", "name": "stderr", "text": "[more output was dropped]\n"}
OVERHEAD = 100  # bytes that an empty output costs: a million of them are not free


def size_of(output: dict[str, Any]) -> int:
    """Characters that an output holds, in whichever of its fields, and what it costs besides."""
    texts = (output.get("text", ""), output.get("ename", ""), output.get("evalue", ""))
    return sum(map(len, (*texts, *output.get("traceback", ()), *output.get("data", {}).values()))) + OVERHEAD


class Turn:
    """What has come in for one request so far."""

    def __init__(self, ident: str, capture: bool, room: int) -> None:
        self.ident = ident
        self.capture = capture
        self.room = room
        self.reply: messages.Message | None = None
        self.idle = False
        self.outputs: list[dict[str, Any]] = []

    def take(self, message: messages.Message, channel: str) -> None:
        if message.parent != self.ident:
            return
        if channel == "shell":
            self.reply = self.reply or message
        elif message.type == "status":
            self.idle = self.idle or message.content.get("execution_state") == "idle"
        elif self.capture and message.type == "clear_output":
            self.outputs.clear()
        elif self.capture and self.room > 0:
            self._keep(messages.output(message))

    def _keep(self, output: dict[str, Any] | None) -> None:
        if output is None:
            return
        size = size_of(output)
        if size > self.room:
            size = self.room
            output = dict(DROPPED)
        self.room -= size
        last = self.outputs[-1] if self.outputs else {}
        if output["output_type"] == "stream" == last.get("output_type") and output["name"] == last["name"]:
            last["text"] += output["text"]
        else:
            self.outputs.append(output)

    def result(self, interrupted: bool) -> Execution:
        """The execution that the reply stands for; an interrupted one is a time-out, whatever it answered."""
        assert self.reply is not None
        content = self.reply.content
        fault = content
        value = None
        if content.get("status") == "ok":
            evaluated = content.get("user_expressions")
            evaluated = evaluated.get("value") if isinstance(evaluated, dict) else None
            if isinstance(evaluated, dict):
                fault = evaluated
                data = evaluated.get("data")
                value = messages.unquote(data.get("text/plain")) if isinstance(data, dict) else None
        outputs = tuple(self.outputs)
        if interrupted:
            return Execution("timeout", outputs=outputs)
        if fault.get("status") == "ok":
            return Execution("ok", outputs=outputs, value=value)
        ename, evalue = messages.text(fault.get("ename")), messages.text(fault.get("evalue"))
        refused = any(words in f"{ename} {evalue}" for words in REFUSED)
        lines = messages.traceback(fault.get("traceback"))
        return Execution("error", "memory" if refused else None, ename, evalue, lines, outputs)
