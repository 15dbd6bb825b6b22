"""A lesson's own earlier code may be called by its name, even where torch's function of the same name is forbidden."""

from __future__ import annotations

import pytest
from coach import forbidden

from autograder.exercises import find

RULES = find("MultiHeadAttention")[1].forbidden
CALL = "weights = attention.scaled_dot_product_attention(query, key, value)[1]\n"


def names(source: str) -> list[str]:
    return [finding.name for finding in forbidden.find(source, RULES) if not finding.review]


def test_the_learners_own_attention_may_be_called():
    assert names(CALL) == []
    assert names(f"class Layer:\n    def forward(self, query, key, value):\n        {CALL}") == []


@pytest.mark.parametrize(
    "disguise",
    [
        "attention = F\n",
        "import torch.nn.functional as attention\n",
        "from torch.nn import functional as attention\n",
        "attention: object = F\n",
        "for attention in [F]: pass\n",
        "with F as attention: pass\n",
        "(attention := F)\n",
        "def attention(): pass\n",
        "class attention(nn.Module): pass\n",
        "f = lambda attention: 0\n",
        "match F:\n    case attention: pass\n",
        "try: pass\nexcept F as attention: pass\n",
        "[0 for attention in [F]]\n",
    ],
)
def test_a_name_that_the_cell_gives_to_something_else_is_no_disguise(disguise):
    assert names(disguise + CALL) == ["attention.scaled_dot_product_attention"]


@pytest.mark.parametrize("owner", ["F", "torch.nn.functional", "self.attention", "attention.functional", "f()"])
def test_any_other_owner_is_torchs(owner):
    assert len(names(CALL.replace("attention.scaled", f"{owner}.scaled", 1))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\nx = (\n" + " " * 95_000 + "1)\n",
        "%matplotlib inline\n" + "a, " * 30_000 + "\n",
        "x = " + "getattr(" * 40 + "torch" + ', "a")' * 40 + "\n",
    ],
    ids=["spaces", "names", "getattr"],
)
def test_no_cell_takes_long_to_read(source):
    """Each of these took minutes, or for ever, with a reader that tried all ways to divide it."""
    forbidden.find(source, RULES)


@pytest.mark.parametrize(
    "hidden",
    ["enum.bltns.eval('1')", "t = torch\nt.sys", "warnings.sys", "np.load('f')", "torch.__class__ = K", "x.sort = 1"],
)
def test_what_no_exercise_needs_is_for_a_person_to_see(hidden):
    assert [finding for finding in forbidden.find(hidden, RULES) if finding.review]


def test_attributes_of_the_learners_own_classes_are_plain():
    source = (
        "class A(nn.Module):\n    def __init__(self):\n        self.inner_size = 3\n    def fold(self): pass\na = A()\n"
    )
    assert forbidden.find(source + "a.fold(a.inner_size)", RULES) == []
