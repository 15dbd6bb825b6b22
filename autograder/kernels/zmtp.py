"""One ZMTP connection to a kernel with a bound on every byte. Used by client.py only.

Why not libzmq: a message of endless parts fills its reader's memory whatever ZMQ_MAXMSGSIZE and ZMQ_RCVHWM say (both
count single frames and whole messages), and hostile bytes would be parsed by C code in the grader. The protocol (RFC
23, ZMTP 3.0 with the NULL mechanism) is small: a greeting, one READY command each way, then frames `flags, length,
body`.
"""

from __future__ import annotations

import socket

MORE, LONG, COMMAND = 1, 2, 4
GREETING = b"\xff" + bytes(8) + b"\x7f" + b"\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)
CHUNK = 1 << 18
MAX_PARTS = 64  # a Jupyter message has six parts and a few buffers
MESSAGE_COST = 256  # what a message counts beyond its bytes: millions of empty ones would cost time, not memory
MAX_COMMANDS = 64  # READY and a few PINGs; more is a flood in disguise


class Flood(Exception):
    """The peer sent more than it may; the connection is of no further use."""


class Garbled(Exception):
    """The peer does not speak the protocol, or hung up."""


def frame(body: bytes, flags: int = 0) -> bytes:
    if len(body) < 256:
        return bytes((flags, len(body))) + body
    return bytes((flags | LONG,)) + len(body).to_bytes(8, "big") + body


def ready(role: bytes) -> bytes:
    """The READY command of a socket of this type ("DEALER", "SUB"), with an empty identity."""
    body = b"\x05READY"
    for name, value in ((b"Socket-Type", role), (b"Identity", b"")):
        body += bytes((len(name),)) + name + len(value).to_bytes(4, "big") + value
    return frame(body, COMMAND)


class Channel:
    """A connected, non-blocking stream socket that speaks ZMTP as `role`; `max_bytes` bounds one message."""

    def __init__(self, stream: socket.socket, role: bytes, max_bytes: int) -> None:
        stream.setblocking(False)
        self.stream = stream
        self.max_bytes = max_bytes
        self.received = 0  # bytes, and a price per message, since the owner last set it to zero
        self._out = bytearray(GREETING + ready(role))
        self._later = bytearray(frame(b"\x01") if role == b"SUB" else b"")  # subscribe to every topic
        self._in = bytearray()
        self._greeted = self._ready = False
        self._commands = 0
        self._parts: list[bytes] = []
        self._size = 0

    def fileno(self) -> int:
        return self.stream.fileno()

    def close(self) -> None:
        self.stream.close()

    def wants_write(self) -> bool:
        return bool(self._out)

    def send(self, parts: list[bytes]) -> None:
        """Queue a message; `flush` writes it as far as the peer reads."""
        queue = self._out if self._ready else self._later  # libzmq hangs up on a message before its own READY
        for part in parts[:-1]:
            queue += frame(part, MORE)
        queue += frame(parts[-1])

    def flush(self) -> None:
        """Write what can be written without waiting. Raises Garbled when the peer is gone."""
        try:
            while self._out:
                del self._out[: self.stream.send(self._out[:CHUNK])]
        except BlockingIOError:
            return
        except OSError as fault:
            raise Garbled("the kernel hung up") from fault

    def receive(self) -> list[list[bytes]]:
        """The whole messages that one read completes. Raises Flood or Garbled."""
        try:
            data = self.stream.recv(CHUNK)
        except BlockingIOError:
            return []
        except OSError as fault:
            raise Garbled("the kernel hung up") from fault
        if not data:
            raise Garbled("the kernel hung up")
        self.received += len(data)
        self._in += data
        return self._parse()

    def _parse(self) -> list[list[bytes]]:
        buffer = self._in
        start = 0
        messages = []
        if not self._greeted:
            if len(buffer) < len(GREETING):
                return []
            if buffer[0] != 0xFF or buffer[9] != 0x7F or buffer[10] < 3 or bytes(buffer[12:32]) != GREETING[12:32]:
                raise Garbled("no ZMTP greeting")
            self._greeted, start = True, len(GREETING)
        while len(buffer) - start >= 2:
            flags = buffer[start]
            head = 9 if flags & LONG else 2
            if len(buffer) - start < head:
                break
            length = int.from_bytes(buffer[start + 1 : start + head], "big")
            if self._size + length > self.max_bytes or len(self._parts) >= MAX_PARTS:
                raise Flood(f"a message of more than {self.max_bytes} bytes or {MAX_PARTS} parts")
            if len(buffer) - start - head < length:
                break
            body = bytes(memoryview(buffer)[start + head : start + head + length])
            start += head + length
            if flags & COMMAND:
                self._command(body)
                continue
            self._parts.append(body)
            self._size += length
            if not flags & MORE:
                self.received += MESSAGE_COST
                messages.append(self._parts)
                self._parts, self._size = [], 0
        del buffer[:start]
        return messages

    def _command(self, body: bytes) -> None:
        self._commands += 1
        if self._commands > MAX_COMMANDS:
            raise Flood("too many protocol commands")
        if body.startswith(b"\x05READY") and not self._ready:
            self._ready = True
            self._out += self._later
        if body.startswith(b"\x04PING") and len(body) <= 32:
            self._out += frame(b"\x04PONG" + body[7:], COMMAND)
