"""What a sandbox sees of this machine's files, as arguments of bubblewrap. Called by bubble.py; only looks at paths.

Read-only, and only what Python needs to run: parts of /usr, the directories of this Python and its packages, `coach`,
and the folder inside/. This repository and this package are covered wherever they lie, for they hold the reference
solutions.
"""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
INSIDE = PACKAGE / "kernels" / "inside"
SYSTEM = Path("/usr")
# Elsewhere in there lie sources, other Pythons, somebody's checkout; and in local/share nbgrader's exchange, where
# everybody's work of the whole term is
SYSTEM_PARTS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec", "include", "share")
LOCAL_PARTS = (*SYSTEM_PARTS[:-1], "cuda*", "share/fonts", "share/terminfo", "share/zoneinfo")
SYSTEM_LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")  # links into /usr on a merged system
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/ssl/openssl.cnf")
PRIVATE = ("autograder", "coach")  # as installed packages; the coach is bound elsewhere, for those who may see it
PACKAGES = ("lib*/python3*/site-packages", "lib*/python3*/dist-packages")
PACKAGES += tuple(f"{part}/*/{names}" for part in ("lib*", "share") for names in PACKAGES)  # a Python in a part of /usr
# Of a directory in which a Python lies: it may be the repository, the classroom or somebody's home as well; and its etc
# and ssl may hold keys and passwords, those of a Jupyter server for one
PARTS = ("bin", "lib", "lib32", "lib64", "include", "etc/fonts", "ssl/openssl.cnf")
PARTS += ("share/fonts", "share/terminfo", "share/zoneinfo")
MAX_LINKS = 20  # from one name of Python to the next


def within(path: Path, roots: Iterable[Path]) -> bool:
    return any(path.is_relative_to(root) for root in roots)


def python_prefixes() -> list[Path]:
    """The directories in which this Python and its packages lie, under all their names; no more than is needed."""
    prefixes = {Path(name) for name in (sys.base_prefix, sys.base_exec_prefix, sys.prefix, sys.exec_prefix)}
    paths = [prefix.absolute() / part for prefix in prefixes for part in (*PARTS, "pyvenv.cfg")]
    if site.ENABLE_USER_SITE:
        paths.append(Path(site.getusersitepackages()).absolute())
    paths += [path.resolve() for path in paths]
    return sorted({path for path in paths if path.exists()})


def system_parts() -> list[Path]:
    """What is shown of /usr."""
    parts = (*SYSTEM_PARTS, *(f"local/{part}" for part in LOCAL_PARTS))
    return sorted(path for part in parts for path in SYSTEM.glob(part) if path.is_dir())


def links_of_python() -> list[Path]:
    """Every step from sys.executable to the real file: a link in a directory that is not bound would lead nowhere."""
    steps, path = [], Path(sys.executable).absolute()
    while path.is_symlink() and len(steps) < MAX_LINKS:
        steps.append(path)
        path = Path(os.path.normpath(path.parent / os.readlink(path)))
    return [*steps, path]


def private_places() -> list[Path]:
    """What no student may read, should a bound directory hold it: the repository, then packages, of whatever Python."""
    repository = PACKAGE.parent
    places = [repository if (repository / "pyproject.toml").is_file() else PACKAGE]
    directories = [Path(name).resolve() for name in (*site.getsitepackages(), site.getusersitepackages())]
    homes = (SYSTEM, SYSTEM / "local", Path(sys.base_prefix), Path(sys.prefix))
    directories += [folder.resolve() for home in homes for names in PACKAGES for folder in home.glob(names)]
    packages = (path for folder in directories for name in PRIVATE if (path := folder / name).is_dir())
    return list(dict.fromkeys([*places, *packages]))


def bind(source: Path, target: Path | str) -> list[str]:
    """A read-only bind; its parents by name, because bubblewrap would make them for the owner alone."""
    arguments: list[str] = []
    for parent in reversed(Path(target).parents[:-1]):
        arguments += ["--dir", str(parent)]
    return [*arguments, "--ro-bind", str(source), str(target)]


def python_binds() -> list[str]:
    """Outer directories first, then covers over what is private in them, then what lies inside a covered repository."""
    prefixes, private = python_prefixes(), private_places()
    system = system_parts()
    outer: list[Path] = [*system]
    for path in prefixes:
        if not within(path, [*outer, private[0]]):
            outer.append(path)
    inner: list[Path] = []
    for path in prefixes:
        if within(path, [private[0]]) and not within(path, inner):
            inner.append(path)
    arguments: list[str] = []
    for path in outer[len(system) :]:
        arguments += bind(path.resolve(), path)
    # under each name that a directory is bound to: lib64 is mostly a link to lib, and bound as a directory of its own
    named = [(path, real) for path in [*outer, *inner] for real in (path, path.resolve())]
    covered = [path / place.relative_to(real) for path, real in named for place in private if within(place, [real])]
    covered = list(dict.fromkeys(covered))
    if private[0] in covered:
        arguments += ["--tmpfs", str(private[0])]
    for path in inner:
        arguments += bind(path.resolve(), path)
    for place in covered:
        arguments += ["--tmpfs", str(place)] if place != private[0] else []
    for place in covered:
        arguments += ["--remount-ro", str(place)]  # an empty file system that could be filled
    for step in links_of_python():
        if not within(step, [*outer, *inner]):
            arguments += bind(step.resolve(), step)
    return arguments


def arguments(coach: Path | None, box_bytes: int) -> list[str]:
    """All mounts; `coach` is the folder that holds the package of that name."""
    result = [part for path in system_parts() for part in bind(path.resolve(), path)]
    for link in SYSTEM_LINKS:
        if os.path.islink(link):
            result += ["--symlink", os.readlink(link), link]
        elif os.path.isdir(link):
            result += ["--ro-bind", link, link]
    result += ["--dir", "/etc", "--dir", "/etc/ssl"]
    for file in SYSTEM_FILES:
        result += ["--ro-bind-try", file, file]
    result += ["--dir", "/tmp", "--perms", "1777", "--size", str(box_bytes), "--tmpfs", "/box"]
    result += python_binds()
    if coach is not None:
        result += bind(coach / "coach", "/run/lessons/coach")
    return [*result, *bind(INSIDE, "/run/inner/inside")]


def shows(path: Path) -> bool:
    """Whether a sandbox sees what lies in this directory: of all mounts on or above it, the last one decides."""
    given, shown = arguments(None, 0), False
    for flag, first, second in zip(given, given[1:], given[2:], strict=False):
        if flag == "--ro-bind" and within(path, [Path(first), Path(second)]):
            shown = True
        elif flag == "--tmpfs" and within(path, [Path(first)]):
            shown = False
    return shown
