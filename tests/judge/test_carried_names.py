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
