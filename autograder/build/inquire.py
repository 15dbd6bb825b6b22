"""What the build asks of `autograder.exercises`, each time in a fresh Python process.

A process of its own, because the exercises import the reference module, which the build has perhaps just rewritten:
Python would go on using the old one. Called by `autograder.build.products`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.build.master import BuildError
from autograder.course import ROOT

# Not a module of this package: the answer needs none of what the build imports.
POINTS = """
import json, sys
from autograder.exercises import get
print(json.dumps({lesson: {each.name: float(each.max_score) for each in get(lesson)} for lesson in sys.argv[1:]}))
"""
CASES = """
import pathlib, sys
from autograder.exercises.publish import write_cases
write_cases(sys.argv[1], pathlib.Path(sys.argv[2]))
"""


def environment(**more: str) -> dict[str, str]:
    """This process's environment, with this tree's packages and this Python's programs found before any others.

    One thread, because sums of floats depend on how many threads share them: a rebuild on as many cores as there are
    must change nothing.
    """
    env = dict(os.environ)
    here = [str(ROOT), str(ROOT / "lessons")]
    env["PYTHONPATH"] = os.pathsep.join([*here, *filter(None, [env.get("PYTHONPATH")])])
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", os.defpath)])
    return env | {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"} | more


def points(lessons: list[str]) -> dict[str, dict[str, float]]:
    """The full score of every exercise of these lessons."""
    return json.loads(_ask(POINTS, *lessons))


def cases(lesson: str) -> bytes:
    """The lesson's public cases as the bytes of their .npz file."""
    with tempfile.TemporaryDirectory(prefix="cases-") as folder:
        path = Path(folder) / f"{lesson}.npz"
        _ask(CASES, lesson, str(path))
        return path.read_bytes()


def _ask(question: str, *about: str) -> str:
    command = [sys.executable, "-c", question, *about]
    answer = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        last = (answer.stderr.strip().splitlines() or [f"exit code {answer.returncode}"])[-1]
        raise BuildError(f"autograder/exercises does not fit the masters: {last}")
    return answer.stdout
