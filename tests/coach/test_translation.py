"""The data of lesson 6, and the counter of its training loop."""

from __future__ import annotations

import pytest
import torch
from coach import training_loop
from coach.datasets_translation import END, LANGUAGES, PAD, START, Vocabulary, places, translations


def test_the_same_seed_gives_the_same_pairs_and_no_test_day_is_a_known_one():
    known = translations(300, seed=0)
    assert known == translations(300, seed=0)
    new = translations(50, seed=1, without=known)
    assert not {pair.day for pair in new} & {pair.day for pair in known}
    assert all(pair.language != pair.wanted_language for pair in known)
    assert {pair.language for pair in known} == {pair.wanted_language for pair in known} == set(LANGUAGES)


def test_day_month_and_year_are_found_in_every_language_and_month():
    pairs = translations(600, seed=2)
    assert len({(pair.language, pair.day.month) for pair in pairs}) == 12 * len(LANGUAGES)
    for pair in pairs:
        part = {name: "".join(pair.text[place] for place in where) for name, where in places(pair.text).items()}
        assert (part["day"], part["year"]) == (str(pair.day.day), str(pair.day.year))
        assert part["month"].isalpha() and len(part["month"]) >= 3


def test_places_names_a_text_that_is_no_date():
    with pytest.raises(ValueError, match="tomorrow"):
        places("tomorrow")


def test_a_source_with_weekday_differs_by_it_only():
    (pair,) = translations(1, seed=3, languages=["fr"], wanted_languages=["en"], styles=["full"], wanted_style="full")
    assert pair.style == "full" and pair.source[0] == "→en"
    assert pair.wanted.startswith(pair.day.strftime("%A"))


def test_texts_come_back_from_their_tokens():
    texts = ["20 mai 2026", "1. Mai 2026"]
    vocabulary = Vocabulary(texts)
    tokens = vocabulary.encode([*texts, "2"])
    assert tokens.shape == (3, 12) and tokens[2].tolist()[1:] == [END] + [PAD] * 10
    assert [vocabulary.decode(row) for row in tokens] == [*texts, "2"]
    assert vocabulary.decode(torch.cat([torch.tensor([START]), tokens[0]])) == texts[0]
    with pytest.raises(ValueError, match="'x'"):
        vocabulary.encode(["x"])


def test_steps_count_from_one_on_one_thread_and_give_the_threads_back():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        assert [(step, torch.get_num_threads()) for step in training_loop.steps(3)] == [(1, 1), (2, 1), (3, 1)]
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
