"""What the sandbox sees, wherever Python and the repository lie: the command line read as bubblewrap reads it."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.kernels import bubble, mounts
from tests.kernels import late_mounts

PLACES = {  # where the repository is, where the prefix of Python is, both under a temporary directory
    "apart": ("repository", "python"),
    "venv in the repository": ("repository", "repository/.venv"),
    "repository in the prefix": ("python/repository", "python"),
    "all in one": ("python/repository", "python/repository/.venv"),
    "repository and prefix the same": ("repository", "repository"),
}


def visible(arguments: list[str], path: Path) -> bool:
    """Whether a path is visible: the last mount on or above it decides."""
    shown = False
    for flag, first, second in zip(arguments, arguments[1:], [*arguments[2:], ""], strict=False):
        if flag == "--ro-bind" and path.is_relative_to(second):
            shown = True
        if flag == "--tmpfs" and path.is_relative_to(first):
            shown = False
    return shown


@pytest.mark.parametrize("place", PLACES)
def test_python_is_seen_and_the_reference_is_not(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository, prefix = (tmp_path / name for name in PLACES[place])
    package, packages = repository / "autograder", prefix / "lib" / "python3" / "site-packages"
    for directory in (package, packages / "torch", packages / "autograder", prefix / "bin"):
        directory.mkdir(parents=True)
    (repository / "pyproject.toml").touch()
    monkeypatch.setattr(mounts, "PACKAGE", package)
    monkeypatch.setattr(mounts.site, "getsitepackages", lambda: [str(packages)])
    for name in ("prefix", "exec_prefix"):
        monkeypatch.setattr(sys, name, str(prefix))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path / "python" if "python" in PLACES[place] else prefix))
    monkeypatch.setattr(sys, "base_exec_prefix", sys.base_prefix)
    arguments = mounts.python_binds()
    assert visible(arguments, packages / "torch")
    assert not visible(arguments, package / "reference")
    assert not visible(arguments, packages / "autograder" / "reference")
    assert not visible(arguments, repository / "solutions")


def test_nothing_else_that_lies_beside_python_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment made in the classroom, or in somebody's home."""
    for directory in ("bin", "lib/python3", "submitted/a", "Documents", "share/keyrings", "etc/fonts", "etc/jupyter"):
        (tmp_path / directory).mkdir(parents=True)
    for name in ("prefix", "exec_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path))
    arguments = mounts.python_binds()
    assert visible(arguments, tmp_path / "lib" / "python3") and visible(arguments, tmp_path / "etc" / "fonts")
    for directory in ("submitted", "Documents", "share/keyrings", "secret", "etc/jupyter", "ssl/private"):
        assert not visible(arguments, tmp_path / directory)


def test_a_directory_that_every_sandbox_sees_is_known_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "class").mkdir()
    (tmp_path / "other").symlink_to("lib")
    for name in ("prefix", "exec_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path))
    seen = (Path("/usr/lib"), Path("/usr/local/lib/class"), tmp_path / "lib" / "class", Path(mounts.INSIDE))
    assert all(map(mounts.shows, seen))
    local = ("src/course", "miniconda3", "share/nbgrader/exchange")
    unseen = (tmp_path, tmp_path / "class", Path("/home/class"), mounts.PACKAGE / "reference", Path("/"))
    for path in (*unseen, Path("/usr/src"), *(Path("/usr/local") / name for name in local)):
        assert not mounts.shows(path)


def test_an_installed_course_is_covered_under_every_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "lib" / "python3" / "site-packages" / "autograder"
    package.mkdir(parents=True)
    (tmp_path / "lib64").symlink_to("lib")
    monkeypatch.setattr(mounts.site, "getsitepackages", lambda: [str(package.parent)])
    for name in ("prefix", "base_prefix", "exec_prefix", "base_exec_prefix"):
        monkeypatch.setattr(mounts.sys, name, str(tmp_path))
    read = mounts.arguments(None, 1)
    for lib in (tmp_path / "lib", tmp_path / "lib64"):
        assert visible(read, lib / "python3") and not visible(read, lib / "python3" / "site-packages" / "autograder")


@pytest.mark.parametrize(
    "folder",
    [
        "lib/python3/dist-packages",
        "local/lib/python3.11/dist-packages",
        "lib64/python3.13/site-packages",
        "local/lib/course/lib/python3.12/site-packages",
    ],
)
def test_a_course_that_another_python_has_is_covered(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / folder / "autograder"
    package.mkdir(parents=True)
    monkeypatch.setattr(mounts, "SYSTEM", tmp_path)
    read = mounts.arguments(None, 1)
    assert visible(read, package.parent) and not visible(read, package)


def test_every_link_of_python_leads_somewhere() -> None:
    arguments = [*mounts.arguments(None, 1 << 20)]
    for step in mounts.links_of_python():
        assert visible(arguments, step)


def test_what_the_host_mounts_later_cannot_be_written_either() -> None:
    """In a mount namespace of the test's own, which hands its mounts on as a host's does."""
    apart = ["unshare", "--mount", "--propagation", "shared"]
    apart += [] if bubble.leaves_root() else ["--map-current-user", "--keep-caps"]
    done = subprocess.run(
        [*apart, sys.executable, "-m", late_mounts.__name__], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == len(late_mounts.PLACES) * ["True", str(errno.EROFS)], done.stderr
