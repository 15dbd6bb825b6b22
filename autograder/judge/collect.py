"""Reads a submitted notebook safely. Whatever is wrong with the file becomes one sentence, never a crash."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import stat
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MAX_NOTEBOOK_BYTES = 10 << 20  # the released notebooks are under 1 MB; room for a learner's plots
MAX_CELLS = 5_000
GRADED_COPY = "autograder_graded_copy"  # in the metadata of what we write: it holds somebody's work, and is no hand-in
NO_FILE = "{} is not an ordinary file: hand in the notebook itself."
MAX_DIGITS = 400  # int() of a longer number takes quadratic time


# Of Linux's statx(2), which Python does not have
AT_EMPTY_PATH, STATX_BTIME, STATX_BYTES, STATX_BTIME_AT = 0x1000, 0x800, 256, 80


class Unreadable(ValueError):
    """The file is no notebook that can be graded; the text says why, for the student."""


class Which(NamedTuple):
    """Which file it is, on this machine and for as long as it is there, and how many names it has on its disk."""

    file: str
    names: int


def _born(handle: int, found: os.stat_result) -> int:
    """When an open file was made, in nanoseconds: its number alone may be that of one which is gone. 0 if unknown."""
    if hasattr(found, "st_birthtime"):  # not Linux
        return int(found.st_birthtime * 1e9)
    buffer = ctypes.create_string_buffer(STATX_BYTES)
    statx = getattr(ctypes.CDLL(None), "statx", None)
    if statx is None or statx(handle, b"", AT_EMPTY_PATH, STATX_BTIME, buffer) != 0:
        return 0
    seconds, nanoseconds = struct.unpack_from("qI", buffer, STATX_BTIME_AT)
    return seconds * 10**9 + nanoseconds


def silence_sources() -> None:
    """From now on, nothing is said of what Python finds odd in a student's source that is parsed in this process.

    Each line of a cell could write a warning into the teacher's terminal, with a control character in it (Python 3.12
    and newer). It concerns the file of which nothing is known but the text: `ast.parse` of a text has no other.
    """
    warnings.filterwarnings("ignore", module="<unknown>")


def read_below(root: Path, *steps: str, most: int = MAX_NOTEBOOK_BYTES) -> tuple[bytes, Which]:
    """The bytes of a file, by the names of the folders to it and its own, and which it is.

    Follows no link below `root`; but a hard link looks like the file itself, and an archive can hold one.

    Each folder is opened from within the one before: a path could lead elsewhere between a look at it and its use.
    Raises Unreadable.
    """
    with contextlib.ExitStack() as opened:
        folder, follow = None, 0
        for name in (root, *steps[:-1]):
            try:
                folder = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC | follow, dir_fd=folder)
            except OSError:
                text = f"{Path(name).name} is not an ordinary folder: hand in the folder itself."
                raise Unreadable(text) from None
            opened.callback(os.close, folder)
            follow = os.O_NOFOLLOW
        return _read(Path(steps[-1]), folder, most)


def all_below(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Everything in a folder and in those inside it; no link is followed.

    By no function that calls itself, which a few kilobytes of folders inside one another would bring to its end: before
    Python 3.12, os.walk is one. Raises OSError where it cannot look.
    """
    folders = [os.fspath(folder)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file within the size limit. Follows no link at the last step. Raises Unreadable."""
    return _read(path, None, MAX_NOTEBOOK_BYTES)[0]


def _read(path: Path, folder: int | None, most: int) -> tuple[bytes, Which]:
    """What `read_below` gives; folder: a descriptor of where the path starts, if not in the folder at work."""
    _refuse_device(path, folder)
    try:
        # O_NONBLOCK: opening a named pipe must not wait for its other end
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        raise Unreadable(f"There is no file {path.name}: hand in the notebook under this name.") from None
    except OSError:
        raise Unreadable(f"{path.name} cannot be opened: hand in the notebook itself, not a link to it.") from None
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):  # before fdopen, which raises for a folder
        os.close(handle)
        raise Unreadable(NO_FILE.format(path.name))
    with os.fdopen(handle, "rb") as file:
        which = Which(f"{found.st_dev}:{found.st_ino}:{_born(handle, found)}", found.st_nlink)
        data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable(f"{path.name} is larger than {most >> 20} MB: clear its outputs and hand it in again.")
    return data, which


def _refuse_device(path: Path, folder: int | None) -> None:
    """Before it is opened, which can do something to a device: an archive unpacked as root can hold one."""
    with contextlib.suppress(OSError):
        mode = os.stat(path, dir_fd=folder, follow_symlinks=False).st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
            raise Unreadable(NO_FILE.format(path.name))


def parse_notebook(data: bytes, name: str = "The notebook") -> dict:
    """The notebook in `data` as a dict with a list of cells. Raises Unreadable for anything else."""
    if not data.strip():
        raise Unreadable(f"{name} is empty: save the notebook and hand it in again.")
    try:
        notebook = json.loads(data.decode("utf-8"), parse_int=_bounded_int, parse_constant=lambda _: None)
    except UnicodeDecodeError:
        raise Unreadable(f"{name} is not UTF-8 text: save it with Jupyter and hand it in again.") from None
    except RecursionError:  # the parser's own guard against nesting bombs
        raise Unreadable(f"{name} is nested too deeply to be a notebook.") from None
    except ValueError as fault:
        where = f" (line {fault.lineno})" if isinstance(fault, json.JSONDecodeError) else ""
        raise Unreadable(f"{name} is not valid JSON{where}: it is cut off or damaged; hand it in again.") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Unreadable(f"{name} is not a notebook: it has no list of cells (format 4 is needed).")
    if len(notebook["cells"]) > MAX_CELLS:
        raise Unreadable(f"{name} has more than {MAX_CELLS} cells.")
    return notebook


def read_notebook(path: Path) -> dict:
    """`parse_notebook` of a file. Raises Unreadable."""
    return parse_notebook(read_bytes(path), path.name)


def content_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bounded_int(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError("a number is too long")
    return int(text)
