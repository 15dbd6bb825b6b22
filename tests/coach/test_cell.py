"""Reading a cell: which names come from elsewhere, and what is worth carrying over."""

import pytest
from coach.cell import definitions, names_from_elsewhere, source_of

KNOWN = {"torch", "math", "F", "nn", "Tensor", "stable_softmax"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x): return torch.exp(x)", []),
        ("def f(x): return helper(x)", ["helper"]),
        ("def helper(x): return x\ndef f(x): return helper(x)", []),
        ("import numpy as np\ndef f(x): return np.exp(x)", []),
        ("def f(x: Tensor, y: Matrix = SIZE) -> Tensor: return stable_softmax(x)", ["Matrix", "SIZE"]),
        ("def f(x):\n    y = [i for i in range(3)]\n    return {k: len(k) for k in x}, y", []),
        ("def f(x):\n    def g(): return x + z\n    return g()", ["z"]),
        ("class A(nn.Module):\n    n = 3\n    def forward(self, x):\n        return super().g(x) + width", ["width"]),
        ("def f():\n    global counter\n    counter = 1\n    return counter", []),
        ("def f(x): return (n := len(x)) + n", []),
        ("def f(:", []),
    ],
)
def test_names_from_other_cells(source, expected):
    assert names_from_elsewhere(source, KNOWN) == expected


def test_only_bare_calls_are_dropped():
    kept = '"""What I tried."""\nimport math\n\n@decorate\ndef f(x):\n    print(x)\n    return x\n'
    assert definitions(kept + "\nprint(\n    f(1)\n)\n\n# end\n") == kept + "\n\n# end\n"


def test_code_of_a_file_gives_only_its_own_definition():
    assert source_of(test_only_bare_calls_are_dropped).startswith("def test_only_bare_calls_are_dropped")


def test_what_was_not_written_in_python_has_no_source():
    assert source_of(len) is None
