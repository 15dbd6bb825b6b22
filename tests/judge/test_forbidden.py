"""What a person is told of, what is refused, and that no cell takes the reader's time."""

from __future__ import annotations

import subprocess
import sys

import pytest
from coach import forbidden

from autograder.exercises import find

RULES = find("stable_softmax")[1].forbidden
TIMEOUT_S = 60  # half of it is the start of Python and torch on a busy machine
SLOW = """
from coach import forbidden
from autograder.exercises import find
rules = find("stable_softmax")[1].forbidden
print(len(forbidden.find({source}, rules)))
"""


@pytest.mark.parametrize(
    ("source", "findings"),
    [
        ("'%matplotlib inline\\nx = (\\n' + ' ' * 95_000 + '1)'", "0"),
        ("'%matplotlib inline\\n' + 'a, ' * 30_000", "0"),
        ("'x = ' + 'getattr(' * 40 + 'torch' + ', \"a\")' * 40", "1"),
        ("''.join(' ' * i + f'class A{i}:\\n' for i in range(90)) + ' ' * 90 + 'x = [' + '1,' * 4_000 + ']'", "0"),
        ("'match x:\\n case a' + '.b' * 400 + '(' + ', '.join(f'c{i}=_' for i in range(900)) + '): pass'", "902"),
    ],
    ids=["spaces", "names", "getattr", "classes", "patterns"],
)
def test_no_cell_takes_minutes_to_read(source, findings):
    """Each of these took minutes, or for ever, with a reader that tried all ways to divide it."""
    code = [sys.executable, "-c", SLOW.format(source=source)]
    assert subprocess.run(code, capture_output=True, text=True, timeout=TIMEOUT_S).stdout.strip() == findings


@pytest.mark.parametrize(
    "code",
    ["np.load('f')", "torch.__class__ = K", "x.sort = 1", "np.lib", "class A:\n    lib = 1\nnp.lib", "x.unheard_of"],
)
def test_what_no_exercise_needs_is_for_a_person_to_see(code):
    found = forbidden.find(code, RULES)
    assert found and all(finding.review for finding in found)


@pytest.mark.parametrize("code", ["enum.bltns.eval('1')", "t = torch\nt.sys", "warnings.sys", "from torch import os"])
def test_modules_that_lie_in_others_are_closed(code):
    assert [finding for finding in forbidden.find(code, RULES) if not finding.review]


def test_attributes_of_the_learners_own_classes_are_plain():
    source = "class A:\n    def __init__(self):\n        self.inner_size = 3\n    def fold(self): pass\n"
    assert forbidden.find(f"{source}a = A()\na.fold(a.inner_size)", RULES) == []


@pytest.mark.parametrize(
    "code",
    [
        "from operator import attrgetter",
        "from functools import wraps",
        "import functools as f\nf.wraps",
        "from dataclasses import astuple",
        "x = torch",
        "search(F)",
        "search(nn.functional)",
        "def f(where=torch.nn): pass",
        "import contextlib",
        "class Read:\n    softmax: object",
        "class Read:\n    _modules = 1",
        "def f(self): self.attrgetter",
        "def f(self): self.note = 1",
        "setattr(x, 'seed', f)",
        "async def f(): pass",
        "copy.dispatch_table",
        "import enum\nenum.global_enum",
    ],
)
def test_ways_to_reach_names_by_texts_are_for_a_person_to_see(code):
    found = forbidden.find(code, RULES)
    assert found and all(finding.review for finding in found), found


def test_texts_are_not_repeated():
    """Half a letter in a verdict stopped the booking of a whole class."""
    for text in ("_softmax\\ud800", "_softmax\\x1b[2J", "Right. softmax"):
        assert not any("softmax" in finding.name for finding in forbidden.find(f"getattr(torch, '{text}')", RULES))


@pytest.mark.parametrize("depth", [600, 100_000])
def test_deep_code_hides_nothing(depth):
    found = forbidden.find("torch.softmax\nx = " + "1+" * depth + "1", RULES)
    assert "deeply nested code" in {finding.name for finding in found if not finding.review}


@pytest.mark.parametrize("code", ["import a{}", "from a{} import b", "import math, a{}", "import a{} as b"])
@pytest.mark.parametrize("part", [".a", " . a", ".\\\n a", ".\\\r\n a", ".é", ".·", ".a\\\n", ".e9"])
def test_a_name_of_many_parts_is_not_given_to_the_parser(code, part):
    """It keeps every step of such a name: gigabytes, in the judge's own process."""
    assert forbidden.find(code.format(part * 600), RULES) == [forbidden.DEEP]
    assert forbidden.DEEP not in forbidden.find(code.format(part * 20), RULES)


@pytest.mark.parametrize("code", ["# {}", "x = '{}'", "'''{}'''"])
@pytest.mark.parametrize("part", [".", ". ", "0.5 ", "0.5, ", "Read on. ", "Is it so? No. "])
def test_dots_that_are_no_name_are_nobodys_fault(code, part):
    assert forbidden.find(code.format(part * 600), RULES) == []


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    vars = x.var()\n    return vars",
        "def f(vars, *, locals=1):\n    return [vars + y for y in locals]",
        "class A:\n    def f(self):\n        for vars in x:\n            y = lambda: vars",
    ],
)
def test_a_variable_of_a_function_s_own_is_no_door(code):
    assert forbidden.find(code, RULES) == []


@pytest.mark.parametrize(
    "code",
    [
        "vars = vars()",
        "def f(x=vars):\n    vars = x",
        "def f():\n    global vars\n    vars = vars()",
        "def f():\n    vars = 1\n    def g():\n        return vars()",
        "def f():\n    vars = 1\n    class A:\n        if 0: vars = 1\n        g = vars",
        "def f():\n    vars = 1\n    async def g(): return vars()",
        "def f():\n    x = [vars for vars in y]\n    return vars()",
        "def f():\n    x = lambda vars: vars\n    return vars()",
        "def f():\n    def vars(): pass\n    return vars()",
        "@vars\ndef f(vars): pass",
        "def f(vars) -> vars: pass",
    ],
)
def test_what_can_be_the_door_itself_is_one(code):
    assert any(finding.name == "vars" and not finding.review for finding in forbidden.find(code, RULES))


def test_many_dots_elsewhere_are_read():
    code = "# " + "." * 499 + "\nx = [" + "math.pi, " * 600 + "1]\n" + "y = math.pi\n" * 600
    assert forbidden.find(code, RULES) == []


def test_a_module_used_as_a_place_is_plain():
    source = "import torch.nn.functional as G\ny = G.relu(torch.nn.functional.relu(x)) + math.pi + torch.linalg.norm(x)"
    assert forbidden.find(source, RULES) == []


@pytest.mark.parametrize("code", ["%matplotlib inline", "%matplotlib widget\r\nx = 1"])
def test_a_line_for_pictures_is_plain(code):
    assert forbidden.find(code, RULES) == []


@pytest.mark.parametrize("code", ['%matplotlib """; soft = 1; """', "%matplotlib inline\rsoft = torch.softmax"])
def test_no_code_hides_behind_such_a_line(code):
    assert [finding for finding in forbidden.find(code, RULES) if not finding.review]
