"""The bytes of a hostile kernel, without a kernel: frames, messages, and what is made of them."""

from __future__ import annotations

import json
import random
import socket

import pytest
import zmq
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.kernels import messages
from autograder.kernels.messages import DELIMITER, Message, parse, sign, unquote
from autograder.kernels.turn import Turn
from autograder.kernels.zmtp import COMMAND, GREETING, LONG, MORE, Channel, Flood, Garbled, frame, ready

KEY = b"key"
LIMIT = 1 << 16


def channel_fed_with(data: bytes) -> list[list[bytes]]:
    """What a channel makes of these bytes after a good greeting."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours, b"DEALER", LIMIT)
        theirs.sendall(GREETING + data)
        return channel.receive()


def signed(header: object, parent: object, content: object) -> list[bytes]:
    parts = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, parent, {}, content)]
    return [b"topic", DELIMITER, sign(KEY, parts), *parts]


def test_speaks_with_libzmq(tmp_path) -> None:
    context = zmq.Context()
    router = context.socket(zmq.ROUTER)
    router.bind(f"ipc://{tmp_path}/r")
    stream = socket.socket(socket.AF_UNIX)
    stream.connect(f"{tmp_path}/r")
    channel = Channel(stream, b"DEALER", LIMIT)
    channel.send([b"a", b"b" * 300])
    received: list[list[bytes]] = []
    while not received:
        channel.flush()
        if router.poll(10):
            router.send_multipart(router.recv_multipart())
        received = channel.receive()
    assert received == [[b"a", b"b" * 300]]
    channel.close()
    context.destroy(linger=0)


def test_a_message_split_anywhere_arrives_whole() -> None:
    data = GREETING + ready(b"ROUTER") + frame(b"x" * 500, MORE) + frame(b"y")
    for cut in range(1, len(data), 37):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            channel = Channel(ours, b"DEALER", LIMIT)
            theirs.sendall(data[:cut])
            received = channel.receive()
            theirs.sendall(data[cut:])
            received += channel.receive()
            assert received == [[b"x" * 500, b"y"]]


@pytest.mark.parametrize(
    "data",
    [
        frame(b"x", MORE) * 100,
        bytes((LONG,)) + (1 << 62).to_bytes(8, "big"),
        bytes((LONG,)) + (LIMIT + 1).to_bytes(8, "big"),
        frame(b"x" * 60000, MORE) + frame(b"x" * 60000),
        frame(b"\x04PING", COMMAND) * 100,
    ],
    ids=["endless parts", "a frame of 4 EB", "a frame one byte too long", "a sum too long", "commands"],
)
def test_too_much_is_a_flood_before_it_is_read(data: bytes) -> None:
    with pytest.raises(Flood):
        channel_fed_with(data)


def test_another_protocol_is_garbled() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"HTTP/1.1 200 OK\r\n" * 10)
        with pytest.raises(Garbled):
            Channel(ours, b"DEALER", LIMIT).receive()


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_messages_flood_or_nothing(data: bytes) -> None:
    try:
        frames = channel_fed_with(data)
    except Flood:
        return
    for one in frames:
        assert parse(one, KEY) is None


FIELDS = (
    "status data text/plain user_expressions value name text traceback ename msg_type msg_id execution_state".split()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(FIELDS), inner),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(
    JSON, JSON, JSON, st.sampled_from(["execute_reply", "stream", "error", "display_data", "status", "clear_output"])
)
def test_any_json_is_taken_without_an_exception(header: object, parent: object, content: object, kind: str) -> None:
    parse(signed(header, parent, content), KEY)
    message = parse(signed({"msg_type": kind}, {"msg_id": "1"}, content), KEY)
    if message is None:
        assert not isinstance(content, dict)
        return
    turn = Turn("1", capture=True, room=1000)
    turn.take(message, "iopub")
    turn.take(message, "shell")
    result = turn.result(interrupted=False)
    assert result.status in ("ok", "error")
    json.dumps(result.outputs).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" + b"[]," * 2_000_000 + b"[]]",
        b'{"a":' + b"9" * 100_000 + b"}",
        b"\xff",
        b"",
    ],
    ids=["depth", "depth of objects", "many tokens", "a huge number", "no text", "nothing"],
)
def test_json_bombs_are_no_message(content: bytes) -> None:
    assert parse(signed({"msg_type": "stream"}, {"msg_id": "1"}, content), KEY) is None


def test_a_wrong_signature_is_no_message() -> None:
    frames = signed({"msg_type": "stream"}, {"msg_id": "1"}, {})
    assert parse(frames, KEY) == Message("stream", "1", {})
    assert parse(frames, b"other") is None


@given(st.text())
def test_a_string_comes_back_from_its_repr(text: str) -> None:
    assert unquote(repr(text)) == messages.text(text)


@pytest.mark.parametrize(
    "literal", ["1", "'a' + 'b'", "'a' 'b'", "b'a'", "f'{1}'", "(" * 10**6, "'", "", None, "'''a'''", "['a']"]
)
def test_anything_but_one_string_is_no_value(literal: object) -> None:
    assert unquote(literal) is None


def test_outputs_stop_at_the_limit() -> None:
    turn = Turn("1", capture=True, room=1000)
    for _ in range(100):
        turn.take(Message("stream", "1", {"name": "stdout", "text": "x" * 300}), "iopub")
    kept = "".join(output["text"] for output in turn.outputs)
    assert kept.count("x") <= 1000 and kept.endswith("[more output was dropped]\n")


@pytest.mark.parametrize("field", ["ename", "evalue", "traceback"])
def test_errors_count_by_their_length(field: str) -> None:
    """They come as messages of the kernel too, as many as it likes."""
    turn = Turn("1", capture=True, room=10_000)
    text = "x" * 3000
    for _ in range(100):
        turn.take(Message("error", "1", {field: [text] if field == "traceback" else text}), "iopub")
    assert 3000 <= str(turn.outputs).count("x") <= 10_000
    assert turn.outputs[-1]["text"] == "[more output was dropped]\n"


def test_an_answer_to_another_request_is_ignored() -> None:
    turn = Turn("1", capture=True, room=1000)
    turn.take(Message("execute_reply", "2", {"status": "ok"}), "shell")
    turn.take(Message("stream", random.choice(["", "2"]), {"name": "stdout", "text": "x"}), "iopub")
    assert turn.reply is None and not turn.outputs
