"""Writes a lesson's public cases for the coach. Called by `autograder build`.

The archive holds inputs, expected outputs and what each mistake would answer, as numbers; and the words of hints and
mistakes. It holds no code. The bytes depend on the lesson alone.
"""

from __future__ import annotations

import ast
import dataclasses
import io
import json
from pathlib import Path

import numpy as np
import torch
from coach.course import LESSONS

from autograder.exercises import get
from autograder.exercises.draw import PUBLIC
from autograder.exercises.model import Exercise
from autograder.exercises.requests import prepare, run
from autograder.exercises.variants import module_source, namespace_of


class _Arrays:
    """Collects tensors under short keys; equal ones share a key."""

    def __init__(self) -> None:
        self.by_key: dict[str, np.ndarray] = {}
        self._keys: dict[tuple, str] = {}

    def store(self, tensor: torch.Tensor) -> str:
        array = tensor.numpy()
        identity = (array.dtype.str, array.shape, array.tobytes())
        if identity not in self._keys:
            self._keys[identity] = f"a{len(self._keys)}"
            self.by_key[self._keys[identity]] = array.copy()
        return self._keys[identity]

    def load(self, key: str) -> torch.Tensor:
        return torch.from_numpy(self.by_key[key].copy())


def write_cases(lesson: str, path: Path) -> None:
    """Writes `path`, the .npz that `coach.casebook` reads."""
    arrays = _Arrays()
    exercises = [_exercise(exercise, arrays) for exercise in get(lesson)]
    book = {
        "module": LESSONS[lesson],
        "setup_names": _imported_names(module_source(lesson)),
        "exercises": exercises,
    }
    text = json.dumps(book, sort_keys=True, ensure_ascii=False)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, book=np.frombuffer(text.encode(), np.uint8), **arrays.by_key)
    path.write_bytes(buffer.getvalue())


def _exercise(exercise: Exercise, arrays: _Arrays) -> dict:
    cases = []
    for case in exercise.cases:
        if not case.public:
            continue
        request, expected = prepare(exercise, case, PUBLIC, "everybody", arrays.store, arrays.load)
        answers = {
            mistake.name: run(request, namespace_of(exercise, mistake), arrays.load, store=arrays.store)
            for mistake in exercise.catalogue
        }
        for answer in answers.values():
            for step in answer["steps"]:
                if "raised" in step:  # a message or a line of ours would say how the code is written
                    step["raised"] = {"types": step["raised"]["types"][:1], "message": ""}
        cases.append(
            {
                "name": case.name,
                "property": case.property,
                "request": request | {"interruptible": True},
                "expected": expected,
                "mistakes": answers,
            }
        )
    notes = [
        {key: value for key, value in dataclasses.asdict(m).items() if key in ("name", "sentence", "why", "look")}
        for m in exercise.catalogue
    ]
    return {
        "name": exercise.name,
        "points": exercise.points,
        "hints": exercise.hints,
        "section": exercise.section,
        "forbidden": [dataclasses.asdict(rule) for rule in exercise.forbidden],
        "cases": cases,
        "mistakes": notes,
    }


def _imported_names(source: str) -> list[str]:
    imports = [node for node in ast.parse(source).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    return sorted((alias.asname or alias.name).split(".")[0] for node in imports for alias in node.names)
