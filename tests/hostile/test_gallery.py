"""The hostile gallery through the real sandbox and the real classroom: forwards, backwards and in parallel.

One class per order; every sample is a student, and every sample's notebook carries a mark that must turn up in nobody
else's results. `tests/hostile/gallery` states for each sample what must come of it.
"""

from __future__ import annotations

import html
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.classroom.feedback import write_feedback
from autograder.classroom.grade import grade_class
from autograder.classroom.journal import read_verdict
from autograder.classroom.layout import Classroom
from tests.classroom.test_feedback import assert_no_live_markup
from tests.hostile import grading
from tests.hostile.samples import Sample, canary, hand_in, read, samples
from tests.hostile.traces import children, drawn_for_file, everything_in, hidden_numbers, leaked


def _honest(sample: Sample) -> bool:
    return sample.name.startswith("honest_")


SAMPLES = samples()
TECHNIQUES = range(1, 49)  # the catalogue of known forgeries and attacks
AT_LEAST = 150
LEAKERS = [sample for sample in SAMPLES if sample.name.startswith("leak_") and sample.exercise != "padding_mask"]
# What a successful attack would print; refused ones print something else
TROPHIES = (
    "root:x:0:0", "shadow:", "CONNECTED", "RESOLVED", "UID0", "PATCHED", "VSOCK", "PTRACE 0", "UNSHARE 0", "MOUNT 0",
    "NOTES ['note']", "SHADOWED", "/secret", "gradebook.db", "TOUCHED", "ALL TERMINALS", "CORES TO THE HOST",
)  # fmt: skip
HOSTILE_FILES = ("PICKLE_RAN", "HOSTILE_FILE", "HOSTILE_LEAK", "HOSTILE_ZIP", "HOSTILE_KERNEL")
# `make gallery` runs all three orders; CI has one, in which most can go wrong; `make test`, minutes, and a part of it
EVERYTHING = os.environ.get("GALLERY") == "all"
# (workers, reversed, the pages): made once, in the order in which most can go wrong between neighbours
ORDERS = {
    "in parallel": (2, False, grading.page if EVERYTHING else grading.most_pages),
    "forwards": (1, False, grading.no_page),
    "backwards": (1, True, grading.no_page),
}
# One sample of each technique, and the honest ones: what `make test` has time for
SOME = list(
    {sample.technique or sample.name: sample for sample in SAMPLES if sample.technique or _honest(sample)}.values()
)
PART = "a part, in parallel"
CHOSEN = list(ORDERS) if EVERYTHING else [PART, pytest.param("in parallel", marks=pytest.mark.thorough)]


@dataclass(frozen=True)
class Graded:
    """A class of samples after grading: verdicts and students' folder names, both by the name of the sample."""

    samples: list[Sample]
    verdicts: dict[str, dict]
    room: Path
    students: dict[str, str]


@pytest.fixture(scope="module", params=CHOSEN)
def graded(request, tmp_path_factory) -> Graded:
    order = request.param.removeprefix("a part, ")
    workers, reverse, page = ORDERS[order]
    room = tmp_path_factory.mktemp("class")
    taken = SOME if request.param == PART else SAMPLES
    chosen = sorted(taken, key=lambda sample: sample.name, reverse=reverse)
    (room / "secret").write_text(
        "5ec2e7" * 11
    )  # always the same, so that numbers equal by chance are so always or never
    students = {sample.name: f"s{number:03}-{sample.name}" for number, sample in enumerate(chosen)}
    for sample in chosen:
        hand_in(sample, room / "submitted" / students[sample.name])
    (room / "before.json").write_text(json.dumps(list(children())))
    verdicts = grade_class(room, workers=workers, page=page, judge=grading.judge, fresh=True)
    write_feedback(room)
    by_student = {verdict["student"]: verdict for verdict in verdicts}
    return Graded(chosen, {name: by_student[student] for name, student in students.items()}, room, students)


def _exercise(sample: Sample, verdict: dict) -> dict:
    return next(item for item in verdict["exercises"] if item["name"] == sample.exercise)


def test_every_sample_gets_its_verdict_and_score(graded):
    wrong = []
    for sample in graded.samples:
        verdict = graded.verdicts[sample.name]
        if verdict["status"] == "judge_error":
            wrong.append(f"{sample.name}: {verdict['message']}")
            continue
        got = _exercise(sample, verdict)
        kind = "unreadable" if verdict["status"] == "unreadable" else got["verdict"]
        if kind not in sample.verdicts or got["score"] not in sample.scores:
            wrong.append(f"{sample.name}: {kind} {got['score']} – {got['message']}")
        told = str(got["review"])
        wrong += [f"{sample.name}: nobody is told of {what}" for what in sample.review if what not in told]
    assert not wrong, "\n".join(wrong)


def test_every_verdict_on_file_can_be_read_again(graded):
    """One that is taken for damaged ends the booking of its whole class."""
    for sample in graded.samples:
        verdict = read_verdict(Classroom(graded.room), graded.students[sample.name], sample.lesson)
        assert verdict is not None and verdict["student"] == graded.students[sample.name]


def test_no_point_is_forged_in_another_exercise(graded):
    for sample in graded.samples:
        others = [item for item in graded.verdicts[sample.name]["exercises"] if item["name"] != sample.exercise]
        assert sum(item["score"] for item in others) == 0, sample.name


def test_no_hidden_input_is_in_any_result(graded):
    room = graded.room
    secret = bytes.fromhex((room / "secret").read_text())
    results = everything_in(room / "verdicts") | everything_in(room / "feedback")
    leakers = [sample for sample in graded.samples if sample in LEAKERS]
    assert leakers
    for sample in leakers:
        student = graded.students[sample.name]
        work = room / "submitted" / student / sample.lesson / f"{sample.lesson}.ipynb"
        numbers, pieces = hidden_numbers(sample.exercise, secret, drawn_for_file(student, work))
        assert numbers
        for path, text in results.items():
            assert not leaked(text, numbers, pieces), f"{sample.name} in {path}"


def test_the_search_for_hidden_inputs_finds_them():
    """A search that finds nothing must be able to find something."""
    numbers, pieces = hidden_numbers("attention_scores", b"k", "s")
    some = sorted(numbers)[:5]
    assert leaked(f"the inputs were {some}", {round(x, 8) for x in some}, set())
    assert leaked("…" + next(iter(pieces)) + "…", numbers, pieces)
    assert not leaked("0.5 and 1.25", numbers, pieces)


def test_nobody_sees_a_neighbour_the_host_or_the_secret(graded):
    room = graded.room
    secret = (room / "secret").read_text().strip()
    for path, text in (everything_in(room / "verdicts") | everything_in(room / "feedback")).items():
        shown = html.unescape(text)
        assert secret not in shown, path
        for name, student in graded.students.items():
            assert student in path or f"NEIGHBOUR-CANARY-{name}-END" not in shown, f"{name} in {path}"


def test_no_attack_on_the_host_succeeds(graded):
    room = graded.room
    hostile = [sample.name for sample in graded.samples if sample.name.startswith(("escape_", "exhaust_"))]
    attackers = {graded.students[name] for name in hostile}
    for path, text in everything_in(room / "verdicts").items():
        if path.endswith(".ipynb") and Path(path).stem in attackers:
            outputs = [output for cell in _cells(text) for output in cell.get("outputs", [])]
            for trophy in TROPHIES:
                assert trophy not in str(outputs), f"{trophy} in {path}"
    for folder in ("/tmp", "/", "/dev/shm", tempfile.gettempdir(), str(room)):
        assert not [name for name in HOSTILE_FILES if (Path(folder) / name).exists()], folder


def _cells(text: str) -> list[dict]:
    return json.loads(text)["cells"]


def test_feedback_pages_hold_no_live_markup(graded):
    for path, text in everything_in(graded.room / "feedback").items():
        assert_no_live_markup(text)
        assert "default-src 'none'" in html.unescape(text), path


def test_nothing_is_left_running(graded):
    """Other tests of this process may keep kernels of their own, so only what grading has started counts."""
    before = set(json.loads((graded.room / "before.json").read_text()))
    left = [line for pid, line in children().items() if pid not in before and ("inside" in line or "bwrap" in line)]
    assert not left, left


def test_the_gallery_is_large_and_covers_every_known_technique():
    assert len(SAMPLES) >= AT_LEAST
    assert {sample.technique for sample in SAMPLES} >= set(TECHNIQUES)
    assert {sample.technique for sample in SOME} >= set(TECHNIQUES)
    assert sum(map(_honest, SOME)) >= 10


def test_a_sample_without_a_whole_head_is_refused(tmp_path):
    (tmp_path / "x.py").write_text("# INTENT: nothing\npass\n")
    with pytest.raises(ValueError, match="incomplete"):
        read(tmp_path / "x.py")


def test_marks_are_unique():
    assert len({canary(sample) for sample in SAMPLES}) == len(SAMPLES)
