"""The text that lesson 5 learns from, and the pictures of letters."""

from __future__ import annotations

import pytest
import torch
from coach import documentation, figures_text


def test_the_documentation_is_enough_prose_in_few_letters():
    paragraphs = documentation.paragraphs()
    text = "\n".join(paragraphs)
    assert len(set(paragraphs)) == len(paragraphs) > 500
    assert len(text) > 150_000 and 60 < len(set(text)) < 110  # Python versions differ
    assert paragraphs == documentation.paragraphs()
    assert all(line[0].isupper() and line[-1] in ".:" and "  " not in line for line in paragraphs)


def test_the_puzzle_is_no_sentence_of_the_documentation_and_covers_letters_only():
    assert figures_text.PUZZLE not in "\n".join(documentation.paragraphs())
    assert len(figures_text.PUZZLE) <= figures_text.PER_LINE
    assert all(figures_text.PUZZLE[place].isalpha() for place in figures_text.PUZZLE_HIDDEN)


def test_pictures_are_described_in_words(monkeypatch):
    said = []
    monkeypatch.setattr("coach.drawing.show", lambda figure, description: said.append(description))
    figures_text.show_guessing_game("to be", (0, 3))
    figures_text.show_surprise("to be", torch.tensor([0.0, 1.0, 2.0, 9.0, 0.5]))
    figures_text.show_losses([3.0, 2.0, 1.0], {"uniform": 3.4, "bigram": 2.1})
    figures_text.show_distributions({"flat": torch.ones(20) / 20}, "abcdefghijklmnopqrst", same_letters=False)
    assert "[1]o [2]e" in said[0] and "to be" in said[1] and "bigram" in said[2] and "flat" in said[3]


def test_every_letter_needs_a_surprise():
    with pytest.raises(ValueError, match="5 letters have 2"):
        figures_text.show_surprise("to be", torch.zeros(2))
