"""`nbgrader collect` with our plug-in, as a command: what a student has put into the exchange by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.classroom.settings import FILE
from tests.classroom.fakes import nested

LESSON = "00_welcome"
OWN, OTHERS = json.dumps({"cells": [], "of": "eve"}), json.dumps({"cells": [], "of": "bob"})


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> tuple[Path, str]:
    """(the folder `submitted`, what nbgrader said) after one `nbgrader collect`; two files there are not Eve's."""
    folder = tmp_path_factory.mktemp("class")
    room, inbound = folder / "room", folder / "exchange" / "course" / "inbound"
    secret = folder / "bob.ipynb"
    room.mkdir()
    (room / "nbgrader_config.py").write_text(FILE)
    secret.write_text(OTHERS)
    hand_in = {}
    for name in ("honest", "soft", "hard", "folder", "huge", "deep"):
        hand_in[name] = inbound / f"{name}+{LESSON}+2026-01-02 03:04:05.000000 UTC"
        if name != "folder":
            hand_in[name].mkdir(parents=True)
    notebook = f"{LESSON}.ipynb"
    (hand_in["honest"] / notebook).write_text(OWN)
    (hand_in["honest"] / "pictures").mkdir()
    (hand_in["honest"] / "pictures" / "one.txt").write_text("mine")
    (hand_in["honest"] / "pictures").chmod(0o777)
    (hand_in["soft"] / notebook).symlink_to(secret)
    (hand_in["hard"] / notebook).hardlink_to(secret)
    (hand_in["soft"] / "folder").symlink_to(hand_in["honest"])
    (hand_in["huge"] / notebook).write_text(OWN + " " * 5_000)
    (hand_in["deep"] / notebook).write_text(OWN)
    hand_in["folder"].symlink_to(hand_in["honest"])
    command = [sys.executable, "-m", "nbgrader", "collect", LESSON, "--course=course"]
    command += [f"--Exchange.root={folder / 'exchange'}", "--ExchangeCollect.check_owner=False"]
    command += ["--CourseDirectory.max_dir_size=3"]  # in kB
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    env = os.environ | {"PATH": path}
    with nested(hand_in["deep"], levels=1_200) as innermost:  # as many as os.walk cannot take
        os.close(os.open("one.txt", os.O_WRONLY | os.O_CREAT, dir_fd=innermost))
        done = subprocess.run(command, cwd=room, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return room / "submitted", done.stderr


def test_what_lies_too_deep_is_left_out_and_the_rest_is_collected(collected):
    submitted, said = collected
    assert (submitted / "deep" / LESSON / f"{LESSON}.ipynb").read_text() == OWN
    assert os.listdir(submitted / "deep" / LESSON) == [f"{LESSON}.ipynb"] and "folders deep" in said


def test_ordinary_files_are_collected(collected):
    submitted, _ = collected
    work = submitted / "honest" / LESSON
    assert (work / f"{LESSON}.ipynb").read_text() == OWN
    assert (work / "pictures" / "one.txt").read_text() == "mine"
    assert not (work / "pictures").stat().st_mode & 0o002


@pytest.mark.parametrize("student", ["soft", "hard", "folder", "huge"])
def test_nothing_that_a_link_leads_to_is_collected_and_nothing_huge(collected, student):
    submitted, said = collected
    assert not (submitted / student / LESSON / f"{LESSON}.ipynb").exists()
    assert f"{student}+{LESSON}" in said and "was left out" in said
    assert "/folder' was left out" in said
