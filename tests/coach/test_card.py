"""The card: complete in plain text, safe in HTML, and never more than a learner may know."""

import html
import re
from html.parser import HTMLParser

import nh3
import pytest
import torch
from coach.card import build
from coach.checking import check, evaluate
from coach.grids import compare_grids
from coach.storage import State

from autograder.exercises import find
from autograder.exercises.variants import mistaken, solution

CELLS = {
    "wrong shape": "def causal_mask(length):\n    return torch.ones(length, length + 1, dtype=torch.bool).tril()\n",
    "exception": "def causal_mask(length):\n    size = (length, length)\n    return torch.ones(size).tril(None)\n",
    "unnamed": "def causal_mask(length):\n    return torch.eye(length, dtype=torch.bool)\n",
    "hostile": "def causal_mask(length):\n    raise ValueError('<script>alert(1)</script> & \"quotes\"')\n",
}


@pytest.fixture
def card(run_cell):
    def make(kind: str, state: State | None = None):
        return build(evaluate(run_cell(CELLS[kind])["causal_mask"]), state or State())

    return make


def no_scale_card(run_cell):
    exercise = find("attention_scores")[1]
    variant = next(mistake for mistake in exercise.mistakes if mistake.name == "no_scale")
    return variant, build(evaluate(run_cell(mistaken(exercise, variant))["attention_scores"]), State())


def test_a_named_mistake_comes_with_its_sentence_why_and_where(run_cell):
    variant, made = no_scale_card(run_cell)
    text = " ".join(made.text().split())
    assert f"The mistake: {variant.sentence}" in text
    assert f"Why it matters: {variant.why}" in text
    assert variant.look in text
    assert re.search(r"The result is \d\.\d\d × expected, everywhere\.", text)
    assert text.index("The mistake") < text.index("What was checked")


def test_a_wrong_shape_states_both_shapes(card):
    assert re.search(r"The result has shape \((\d+), \d+\); expected is \(\1, \1\)\.", card("wrong shape").text())


def test_an_exception_shows_type_message_and_the_learners_line(card):
    text = card("exception").text()
    assert "Your code raised TypeError" in text
    assert "It happened in line 3 of the cell:\n      return torch.ones(size).tril(None)" in text


def test_an_unnamed_error_shows_yours_expected_and_where_they_differ(card):
    text = card("unnamed").text()
    assert "The result is first wrong at index [1, 0] (yours False, expected True)." in text
    assert "yours" in text and "expected" in text and "where they differ" in text and "[≠]" in text
    assert "The mistake" not in text


def test_everything_a_learners_code_says_is_escaped(card):
    page = card("hostile").html()
    assert "<script" not in page
    assert html.escape("<script>alert(1)</script> & \"quotes\"", quote=True) in page


def test_a_pass_never_says_that_all_is_well_while_hidden_cases_remain(run_cell, capsys):
    check(run_cell(solution("causal_mask"))["causal_mask"])
    text = capsys.readouterr().out
    assert "✓ `causal_mask`: the public checks pass" in text
    assert "Hidden cases with other sizes and numbers are graded later." in text
    assert "all passed" not in text.lower()


def test_a_card_never_holds_the_answer(run_cell):
    _, made = no_scale_card(run_cell)
    lines = [line.split("#")[0].strip() for line in solution("attention_scores").splitlines() if "return" in line]
    assert lines and not any(line in made.text() or html.escape(line) in made.html() for line in lines)


@pytest.mark.parametrize("kind", CELLS)
def test_text_is_stable_and_free_of_places_and_addresses(card, kind):
    first, second = card(kind).text(), card(kind).text()
    assert first == second
    assert not re.search(r"0x[0-9a-f]{6}|/tmp/|/home/|ipykernel", first)


@pytest.mark.parametrize("kind", CELLS)
def test_html_keeps_its_words_when_every_style_is_taken_away(card, kind):
    made = card(kind)
    clean = nh3.clean(made.html())
    assert "style" not in clean and "<table>" in clean and "<caption>" in clean
    words = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", clean)))
    for word in re.findall(r"[A-Za-z]{4,}", made.text().replace("`", "")):
        assert word in words


class _Balance(HTMLParser):
    """Counts open elements, and tables without a caption or header cells."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tables: list[set[str]] = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag == "table":
            self.tables.append(set())
        elif self.tables and tag in ("caption", "th"):
            self.tables[-1].add(tag)
        assert tag != "img" and not tag.startswith("h1"), tag

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", CELLS)
def test_every_table_has_a_caption_and_header_cells(card, kind):
    reader = _Balance()
    reader.feed(card(kind).html())
    assert reader.open == []
    assert reader.tables and all(found == {"caption", "th"} for found in reader.tables)
    assert 'aria-label="causal_mask: not right yet"' in card(kind).html()


@pytest.mark.parametrize(("seen", "offered"), [(0, '("causal_mask", 1)'), (2, '("causal_mask", 3)'), (3, "seen all 3")])
def test_the_next_unseen_hint_is_offered(card, seen, offered):
    assert offered in card("unnamed", State(hints={"causal_mask": seen})).text()


def test_a_name_from_another_cell_is_warned_about(run_cell, capsys):
    run_cell("size = 3\n")
    target = run_cell("def causal_mask(length):\n    return torch.ones(size, size, dtype=torch.bool)\n")["causal_mask"]
    with pytest.raises(AssertionError):
        check(target)
    assert "uses `size` from another cell" in " ".join(capsys.readouterr().out.split())


def test_an_earlier_exercise_that_is_still_open_is_named(run_cell, capsys):
    for name in ("stable_softmax", "attention_scores"):
        run_cell(solution(name))
    check(run_cell("attention_scores")["stable_softmax"])
    check(run_cell(solution("scaled_dot_product_attention"))["scaled_dot_product_attention"])
    text = " ".join(capsys.readouterr().out.split())
    assert "calls `attention_scores`, which has not passed its own check yet" in text
    assert "calls `stable_softmax`" not in text


def test_a_large_tensor_is_cut_to_a_corner_around_the_first_difference():
    want = torch.zeros(3, 40, 50)
    got = want.clone()
    got[1, 30, 45] = 2.0
    yours, expected, difference = compare_grids(got, want, (1, 30, 45))
    assert len(yours.rows) == 8 and len(yours.rows[0]) == 8
    assert "yours[1], part of shape (3, 40, 50)" == yours.title
    (place,) = difference.marked
    assert yours.row_labels[place[0]] == "30" and yours.column_labels[place[1]] == "45"
    assert yours.rows[place[0]][place[1]] == "2.000" and difference.rows[place[0]][place[1]] == "+2.000"


@pytest.mark.parametrize("shape", [(), (0, 3), (5,), (1, 1), (2, 1, 3, 4, 5)])
def test_any_shape_can_be_shown(shape):
    got, want = torch.ones(shape), torch.zeros(shape)
    for grid in compare_grids(got, want, tuple(0 for _ in shape) if got.numel() else None):
        assert len(grid.rows) == len(grid.row_labels) == len(grid.shades)


def test_nan_and_infinity_are_written_out():
    got = torch.tensor([[float("nan"), float("inf"), -float("inf"), 1e-9, 12345.0]])
    assert compare_grids(got, torch.zeros(1, 5), (0, 0))[0].rows == (("nan", "inf", "-inf", "1e-09", "1.2e+04"),)
