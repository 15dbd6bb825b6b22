"""Jupyter messages as untrusted bytes: sign what we send, take apart what comes. Pure; used by client.py.

A kernel holds the signing key, so a student can forge any message of their own kernel: a valid signature proves
nothing, and everything here returns None instead of raising.
"""

from __future__ import annotations

import ast
import hashlib
import hmac
import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

DELIMITER = b"<IDS|MSG>"
VERSION = "5.3"
# A parsed token costs up to 100 bytes and a byte of JSON can hold one token: bound the tokens, not only the bytes.
MAX_TOKENS = 1 << 20
MAX_ERROR_CHARACTERS = 20_000  # a traceback for the feedback page; deeper recursion is shortened by IPython already
# Possessive, or each of eight million escapes would be remembered as a place to come back to, at 100 bytes each
STRING = re.compile(r"""'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+\"""")
KEPT_MIME = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/svg+xml")


@dataclass(frozen=True)
class Message:
    """One message of the kernel: its type, the request it claims to answer, and its content (any JSON object)."""

    type: str
    parent: str
    content: dict[str, Any]


def sign(key: bytes, parts: list[bytes]) -> bytes:
    return hmac.new(key, b"".join(parts), hashlib.sha256).hexdigest().encode()


def request(kind: str, content: dict[str, Any], key: bytes, session: str) -> tuple[str, list[bytes]]:
    """A signed request: its id and the frames to send."""
    ident = uuid.uuid4().hex
    header = {"msg_id": ident, "msg_type": kind, "username": "judge", "session": session, "version": VERSION}
    parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
    return ident, [DELIMITER, sign(key, parts), *parts]


def execute_content(code: str, capture: bool, expression: str | None) -> dict[str, Any]:
    return {
        "code": code,
        "silent": not capture,
        "store_history": False,
        "allow_stdin": False,
        "stop_on_error": False,
        "user_expressions": {} if expression is None else {"value": expression},
    }


def _json_object(data: bytes) -> dict[str, Any] | None:
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_TOKENS:
        return None
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError, MemoryError):
        return None
    return parsed if isinstance(parsed, dict) else None


def parse(frames: list[bytes], key: bytes) -> Message | None:
    """The message in these frames, or None if it is malformed or not signed with the key."""
    try:
        start = frames.index(DELIMITER, 0, 4)
    except ValueError:
        return None
    signed = frames[start + 2 : start + 6]
    if len(signed) != 4 or not hmac.compare_digest(frames[start + 1], sign(key, signed)):
        return None
    header, parent, content = (_json_object(part) for part in (signed[0], signed[1], signed[3]))
    if header is None or parent is None or content is None:
        return None
    kind, ident = header.get("msg_type"), parent.get("msg_id", "")
    if not isinstance(kind, str) or not isinstance(ident, str):
        return None
    return Message(kind, ident, content)


def text(value: object, limit: int = MAX_ERROR_CHARACTERS) -> str:
    """A string of the kernel as well-formed Unicode of at most `limit` characters; anything else is ""."""
    if not isinstance(value, str):
        return ""
    return value[:limit].encode("utf-8", "replace").decode("utf-8")


def traceback(value: object) -> tuple[str, ...]:
    lines, room = [], MAX_ERROR_CHARACTERS
    for line in value if isinstance(value, list) else ():
        if room <= 0:
            break
        lines.append(text(line, room))
        room -= len(lines[-1]) + 1
    return tuple(lines)


def unquote(literal: object) -> str | None:
    """The string whose repr this is, or None. The pattern comes first: 16 MB of "((((" would cost gigabytes."""
    if not isinstance(literal, str) or not STRING.fullmatch(literal):
        return None
    if "\\" not in literal:
        return text(literal[1:-1], len(literal))
    try:
        value = ast.literal_eval(literal)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return text(value, len(literal))


def output(message: Message) -> dict[str, Any] | None:
    """The nbformat output that this message stands for, with known fields and types only, or None."""
    content = message.content
    whole = 1 << 30  # the caller bounds the sum
    if message.type == "stream" and content.get("name") in ("stdout", "stderr"):
        return {"output_type": "stream", "name": content["name"], "text": text(content.get("text"), whole)}
    if message.type == "error":
        return {
            "output_type": "error",
            "ename": text(content.get("ename")),
            "evalue": text(content.get("evalue")),
            "traceback": list(traceback(content.get("traceback"))),
        }
    if message.type in ("display_data", "execute_result"):
        data = content.get("data")
        kept = {
            mime: text(data[mime], whole)
            for mime in KEPT_MIME
            if isinstance(data, dict) and isinstance(data.get(mime), str)
        }
        result: dict[str, Any] = {"output_type": message.type, "data": kept, "metadata": {}}
        if message.type == "execute_result":
            result["execution_count"] = None
        return result
    return None
