"""What lies in a classroom is not trusted: names, links, pipes, sizes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.classroom.errors import ClassroomError
from autograder.classroom.journal import write_whole
from autograder.classroom.layout import STUDENT_NAME, Classroom, find_work, read_work
from tests.classroom.fakes import LESSON, nested, write_class

GOOD = ["ada", "Zoë", "李明", "s-1.b_c", "ada lovelace", "ada@uni.example", "a", "x" * 100]
BAD = [
    "-rf",
    "=cmd()",
    "+1",
    "@sum",
    ".hidden",
    "a\nb",
    "a\x1b[31m",
    "a,b",
    'a"b',
    "a;b",
    "x" * 101,
    "a ",
    "%s",
    "{x}",
    "*",
]


@pytest.mark.parametrize("name", GOOD)
def test_a_usual_name_is_taken(name):
    assert STUDENT_NAME.fullmatch(name)


@pytest.mark.parametrize("name", BAD)
def test_a_name_that_could_be_a_command_is_not_taken(name):
    assert not STUDENT_NAME.fullmatch(name)


def test_an_odd_folder_is_passed_over_with_a_sentence_and_the_others_stay(tmp_path):
    room = write_class(tmp_path, ["ada"])
    odd = tmp_path / "submitted" / "a\x1b[31mb,c" / LESSON
    odd.mkdir(parents=True)
    (tmp_path / "submitted" / "roster.csv").write_text("ada")
    (tmp_path / "submitted" / ".git").mkdir()
    found, refused = find_work(room, [LESSON])
    assert found == [("ada", LESSON)]
    assert len(refused) == 2 and not any("\x1b" in sentence for sentence in refused)


def test_a_name_too_long_for_our_own_files_is_passed_over(tmp_path):
    room = write_class(tmp_path, ["ada"])
    (tmp_path / "submitted" / ("字" * 84) / LESSON).mkdir(parents=True)
    found, refused = find_work(room, [LESSON])
    assert found == [("ada", LESSON)] and "240 bytes" in refused[0]


def test_a_linked_student_folder_is_passed_over(tmp_path):
    room = write_class(tmp_path, ["ada"])
    (tmp_path / "submitted" / "eve").symlink_to("ada")
    found, refused = find_work(room, [LESSON])
    assert found == [("ada", LESSON)] and "eve" in refused[0]


def _link_to_a_neighbour(room, path):
    path.unlink()
    path.symlink_to(room.submission("ada", LESSON))


def _linked_lesson(room, path):
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(room.submission("ada", LESSON).parent)


def _pipe(room, path):
    path.unlink()
    os.mkfifo(path)


def _folder(room, path):
    path.unlink()
    path.mkdir()


def _missing(room, path):
    path.unlink()


def _huge(room, path):
    with path.open("wb") as file:
        file.truncate(11 << 20)


@pytest.mark.parametrize("trick", [_link_to_a_neighbour, _linked_lesson, _pipe, _folder, _missing, _huge])
def test_what_is_no_ordinary_notebook_file_becomes_a_problem(tmp_path, trick):
    room = write_class(tmp_path, ["ada", "eve"])
    trick(room, room.submission("eve", LESSON))
    work = read_work(room, "eve", LESSON)
    assert work.content is None and work.problem.endswith(".") and str(tmp_path) not in work.problem
    assert ("eve", LESSON) in find_work(room, [LESSON])[0]


@pytest.mark.parametrize("level", ["eve", f"eve/{LESSON}", f"eve/{LESSON}/{LESSON}.ipynb"])
def test_a_link_that_is_put_there_after_every_look_is_not_followed(tmp_path, monkeypatch, level):
    """The last moment is that of the open itself: a look before it would still have found all in order."""
    room = write_class(tmp_path, ["ada", "eve"])
    path, opened = tmp_path / "submitted" / level, os.open
    neighbour = tmp_path / "submitted" / level.replace("eve", "ada")

    def links_first(name, *arguments, **options):
        if path.name in Path(name).parts and not path.is_symlink():
            path.rename(tmp_path / "moved")
            path.symlink_to(neighbour)
        return opened(name, *arguments, **options)

    monkeypatch.setattr(os, "open", links_first)
    work = read_work(room, "eve", LESSON)
    assert path.is_symlink() and work.content is None and work.problem.endswith(".")


def test_a_folder_that_becomes_a_link_while_it_is_read_still_gives_the_student_s_own_work(tmp_path, monkeypatch):
    """Once a folder is open, what its name leads to does not matter."""
    room = write_class(tmp_path, ["ada", "eve"])
    own, path, opened = room.submission("eve", LESSON).read_bytes(), tmp_path / "submitted" / "eve", os.open

    def links_last(name, *arguments, **options):
        if os.fspath(name).endswith(".ipynb") and not path.is_symlink():
            path.rename(tmp_path / "moved")
            path.symlink_to("ada")
        return opened(name, *arguments, **options)

    monkeypatch.setattr(os, "open", links_last)
    assert read_work(room, "eve", LESSON).content == own and path.is_symlink()


def test_without_a_folder_of_submissions_there_is_a_problem_and_no_exception(tmp_path):
    assert read_work(Classroom(tmp_path), "ada", LESSON).problem.startswith("submitted is not an ordinary folder")


def test_no_descriptor_is_left_open(tmp_path):
    room = write_class(tmp_path, ["ada"])
    _linked_lesson(write_class(tmp_path, ["eve"]), room.submission("eve", LESSON))
    before = len(os.listdir("/proc/self/fd"))
    for student in ("ada", "eve", "nobody"):
        read_work(room, student, LESSON)
    assert len(os.listdir("/proc/self/fd")) == before


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path):
    room = Classroom(tmp_path)
    key = room.secret()
    assert room.secret() == key and len(key) == 32
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["file", "folder", "second name"])
def test_a_link_in_a_hand_in_is_told(tmp_path, kind):
    """It harms nobody here; but whoever copies the next hand-in over it, writes where it leads."""
    room = write_class(tmp_path, ["ada", "eve"])
    link = room.submission("eve", LESSON).parent / "notes"
    if kind == "second name":
        link.hardlink_to(room.submission("ada", LESSON))
    else:
        link.symlink_to(tmp_path if kind == "folder" else "../../../nbgrader_config.py")
    found, told = find_work(room, [LESSON])
    assert found == [("ada", LESSON), ("eve", LESSON)]
    assert f"eve handed in a link, 'eve/{LESSON}/notes'" in told[-1]


@pytest.mark.parametrize("levels", [1_200, 2_500])
def test_folders_inside_one_another_stop_nobody(tmp_path, levels):
    """Python calls itself for each in os.walk, and ends at a thousand; Linux takes no name of 4,096 bytes."""
    room = write_class(tmp_path, ["ada", "eve"])
    with nested(room.submission("eve", LESSON).parent, levels):
        found, told = find_work(room, [LESSON])
        assert read_work(room, "eve", LESSON).problem is None
    assert found == [("ada", LESSON), ("eve", LESSON)]
    assert any("eve handed in what cannot be looked into, 'eve/" in line for line in told) == (levels > 2_000)
    assert all(len(line) < 500 for line in told)


def test_a_folder_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    room = write_class(tmp_path, ["ada", "eve"])
    look = os.scandir

    def refused(place):
        if str(place).endswith("eve"):
            raise PermissionError(13, "Permission denied", place)
        return look(place)

    monkeypatch.setattr(os, "scandir", refused)
    assert "eve handed in what cannot be looked into, 'eve' (Permission denied)" in find_work(room, [LESSON])[1][-1]


@pytest.mark.parametrize("text", ["00", "", "no key " * 20, "\ufffd" * 64])
def test_a_secret_that_is_no_key_is_refused(text, tmp_path):
    (tmp_path / "secret").write_text(text)
    with pytest.raises(ClassroomError, match="holds no key"):
        Classroom(tmp_path).secret()


def test_who_may_read_what_is_written_is_for_the_umask_to_say(tmp_path):
    before = os.umask(0o077)
    try:
        write_whole(tmp_path / "verdict.json", b"1")
        assert (tmp_path / "verdict.json").stat().st_mode & 0o777 == 0o600
        os.umask(0o022)
        write_whole(tmp_path / "verdict.json", b"2")
        assert (tmp_path / "verdict.json").stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)
    assert [path.name for path in tmp_path.iterdir()] == ["verdict.json"]
