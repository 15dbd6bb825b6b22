"""Lessons in JupyterLab, as a learner sees them: solved, with a mistake, and one card of every kind in both themes.

Set SCREENSHOTS to a folder to keep the pictures. `make browser` takes every lesson as a learner, experiments included;
`make thorough` only lesson 1 without them, for nbval runs all lessons anyway.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from coach.course import LESSONS

from autograder.exercises import find, get
from autograder.exercises.variants import mistaken
from tests.browser.lab import choose_theme, copy_lessons, run_all
from tests.browser.notebooks import LESSON, gallery_cells, write_gallery, write_solved

EVERYTHING = os.environ.get("BROWSER") == "all"
CHOSEN = list(LESSONS) if EVERYTHING else [LESSON]
VIEW = {"width": 1200, "height": 1000}
TALL = {"width": 1200, "height": 6000}


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def page(browser):
    tab = browser.new_page(viewport=VIEW)
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def learner(jupyter) -> Path:
    """The folder of one learner, who carries code from lesson to lesson."""
    return copy_lessons(jupyter.root / "solved")


@pytest.mark.parametrize("lesson", CHOSEN)
def test_a_solved_lesson_passes_every_check(page, jupyter, pictures, learner, lesson):
    run_all(page, jupyter, write_solved(learner, lesson, experiments=EVERYTHING))
    passed = page.locator(".coach-card.coach-pass")
    titles = [title.strip("✓ ") for title in passed.locator(".coach-title").all_inner_texts()]
    if EVERYTHING:
        for number, picture in enumerate(page.locator(".jp-RenderedImage img").all()):
            picture.screenshot(path=pictures / f"{lesson}-{number}.png")
    passed.last.screenshot(path=pictures / f"{lesson}-passed.png")
    assert titles == [f"{exercise.name}: the public checks pass" for exercise in get(lesson)]
    assert page.locator(".coach-card.coach-fail").count() == 0
    assert page.locator('.jp-Notebook [data-mime-type="application/vnd.jupyter.error"]').count() == 0
    saved = (learner / "my_transformer" / f"{LESSONS[lesson]}.py").read_text("utf-8")
    assert all(re.search(rf"^(def|class) {exercise.name}\b", saved, re.M) for exercise in get(lesson))


def test_the_card_names_a_missing_scale(page, jupyter, pictures):
    attention = find("scaled_dot_product_attention")[1]
    no_scale = next(mistake for mistake in attention.mistakes if mistake.name == "no_scale")
    lessons = copy_lessons(jupyter.root / "no_scale")
    wrong = mistaken(attention, no_scale)
    notebook = write_solved(lessons, demonstrations=False, scaled_dot_product_attention=wrong)
    page.set_viewport_size(TALL)
    run_all(page, jupyter, notebook, until="error")
    card = page.locator(".coach-card.coach-fail")
    card.screenshot(path=pictures / "no_scale.png")
    assert no_scale.sentence in card.inner_text()
    assert 'hint("scaled_dot_product_attention", 1)' in card.inner_text()


def test_every_kind_of_card_is_shown_and_readable(page, jupyter, pictures):
    page.set_viewport_size(TALL)
    run_all(page, jupyter, write_gallery(copy_lessons(jupyter.root / "cards")))
    cards = page.locator("section.coach-card")
    assert cards.count() == len(gallery_cells()) + 2  # and carry_over's and progress's
    for theme in ("Light", "Dark"):
        choose_theme(page, theme)
        for number, kind in enumerate(["carry over", *gallery_cells(), "progress"]):
            shown = cards.nth(number)
            shown.screenshot(path=pictures / f"{theme.lower()}-{kind.replace(' ', '-')}.png")
            assert contrast(shown) >= WCAG_AA, (theme, kind)


# The contrast between text and background that the Web Content Accessibility Guidelines ask for (level AA).
WCAG_AA = 4.5


def contrast(card) -> float:
    """The lowest contrast of a text in the card, tinted cells included."""
    return card.evaluate(
        """card => {
        const parse = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
        const over = (top, under) => { const a = top.length > 3 ? top[3] : 1;
            return [0, 1, 2].map(i => a * top[i] + (1 - a) * under[i]); };
        const light = rgb => { const [r, g, b] = rgb.map(v => v / 255).map(
            v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126*r + 0.7152*g + 0.0722*b; };
        const ground = element => { const chain = [];
            for (let e = element; e; e = e.parentElement) chain.push(parse(getComputedStyle(e).backgroundColor));
            return chain.reverse().reduce((under, top) => over(top, under), [255, 255, 255]); };
        const worst = [...card.querySelectorAll('p, td, th, pre, code, caption')].filter(e => e.innerText.trim())
          .map(e => { const under = ground(e), ink = over(parse(getComputedStyle(e).color), under);
            const [a, b] = [light(under), light(ink)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); });
        return Math.min(...worst); }"""
    )
