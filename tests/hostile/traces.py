"""Looks for what must not be there: hidden inputs in any byte of the results, processes, files. For test_gallery."""

from __future__ import annotations

import base64
import functools
import re
from pathlib import Path

import psutil
import torch
from coach import wire

from autograder.exercises import find
from autograder.exercises.requests import prepare
from autograder.judge.collect import content_hash, read_bytes
from autograder.judge.run import drawn_for

DIGITS = 8
# A page shows a thousand public float32 numbers, and one of them is now and then equal to a hidden one by chance: two
# normal ones agree about twice in 10⁸ times, as they are 6e-8 apart around 1. Five times as much is no proof either
BY_CHANCE, SAME = 2, 1e-7
NUMBER = re.compile(rf"-?\d+\.\d{{{DIGITS},}}(?:e-?\d+)?")


def drawn_for_file(student: str, path: Path) -> str:
    """For whom the judge draws the hidden inputs of the work at `path`."""
    return drawn_for(student, content_hash(read_bytes(path)))


def hidden_numbers(exercise: str, secret: bytes, whose: str) -> tuple[set[float], set[str]]:
    """The hidden floats of an exercise, rounded, and pieces of their bytes in base64 and hexadecimal."""
    numbers: set[float] = set()
    pieces: set[str] = set()
    _, spec = find(exercise)
    for case in spec.cases:
        request, _ = prepare(spec, case, secret, whose)
        for step in request["steps"]:
            for data in step.get("args", []):
                value = wire.decode(data)
                if isinstance(value, torch.Tensor) and value.is_floating_point():
                    numbers |= {round(x, DIGITS) for x in value.flatten().tolist()}
                    raw = value.contiguous().numpy().tobytes()
                    pieces |= {base64.b64encode(raw).decode()[:32], raw.hex()[:32]}
    return numbers, {piece for piece in pieces if len(piece) == 32}


def leaked(text: str, numbers: set[float], pieces: set[str]) -> list[str]:
    """What of the hidden inputs stands in `text`; [] if no more than chance explains."""
    shown = _numbers_in(text)
    seen = {match for match, number in shown if number in numbers}
    found = {piece for piece in pieces if piece in text}
    chance = BY_CHANCE + SAME * len(shown) * len(numbers)
    return sorted(found | (seen if len(seen) > chance else set()))


@functools.cache  # each text is searched for the inputs of many students
def _numbers_in(text: str) -> frozenset[tuple[str, float]]:
    return frozenset((match, round(float(match), DIGITS)) for match in NUMBER.findall(text))


def everything_in(folder: Path) -> dict[str, str]:
    """The content of every regular file below `folder`, by its path."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path.relative_to(folder)): path.read_bytes().decode("utf-8", "replace") for path in files}


def children() -> dict[int, str]:
    """Command lines of all processes that this one has started, directly or not, by their number."""
    lines = {}
    for process in psutil.Process().children(recursive=True):
        try:
            lines[process.pid] = " ".join(process.cmdline()) or process.name()
        except psutil.Error:  # it has just ended
            continue
    return lines
