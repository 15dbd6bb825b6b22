"""Which cgroup is ours to divide, and what is done in it: on trees of plain files that look like a cgroup v2."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.kernels import Limits, cgroups, delegation
from autograder.kernels.delegation import LEAF, NotDelegated, find

V1 = "4:memory:/jobs\n1:name=systemd:/jobs\n"
V1_MOUNT = "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"


def mount(point: Path, root: str = "/", options: str = "rw,nosuid") -> str:
    return f"41 31 0:38 {root} {point} {options} shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"


def make(path: Path, controllers: str = "cpu memory pids", processes: str = "", root: bool = False) -> Path:
    """A group; only that of a hierarchy's root has no type."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "cgroup.controllers").write_text(f"{controllers}\n")
    (path / "cgroup.procs").write_text(processes)
    (path / "cgroup.subtree_control").write_text("\n")
    if not root:
        (path / "cgroup.type").write_text("domain\n")
    return path


def say(monkeypatch: pytest.MonkeyPatch, folder: Path, answer: str) -> Path:
    """Puts a systemctl first on the path that gives this answer and writes down the question."""
    folder.mkdir()
    (folder / "systemctl").write_text(f'#!/bin/sh\necho "$@" >{folder}/asked\necho {answer}\n')
    (folder / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder / "asked"


def reason(own: str, mounts: str) -> str:
    with pytest.raises(NotDelegated) as caught:
        find(own, mounts)
    return str(caught.value)


@pytest.fixture(params=["ours", "in a session of its own"])
def neighbour(request: pytest.FixtureRequest) -> Iterator[tuple[bool, int]]:
    """Whether a process is of our session, and its number."""
    ours = request.param == "ours"
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=not ours) as process:
        yield ours, process.pid
        process.kill()


def test_the_root_of_a_hierarchy_is_ours_whatever_runs_in_it(tmp_path: Path) -> None:
    make(tmp_path, processes="1\n2\n", root=True)
    assert find("0::/\n", V1_MOUNT + mount(tmp_path)) == tmp_path


def test_a_mount_with_an_odd_name_is_in_nobody_s_way(tmp_path: Path) -> None:
    make(tmp_path, root=True)
    odd = "".join(f"36 31 0:33 / /media/a{end}b rw - tmpfs none rw\n" for end in "\r\f\v\x1c\x85\u2028")
    assert find("0::/\n", odd + mount(tmp_path)) == tmp_path


def test_a_container_s_own_group_is_the_top_of_what_it_sees(tmp_path: Path) -> None:
    make(tmp_path, processes=f"{os.getpid()}\n")
    assert find("0::/\n", mount(tmp_path)) == tmp_path
    assert find("0::/docker/1\n", mount(tmp_path, root="/docker/1")) == tmp_path
    assert find(f"0::/{LEAF}\n", mount(tmp_path)) == tmp_path


def test_a_group_with_programs_of_another_session_is_not_ours(tmp_path: Path, neighbour: tuple[bool, int]) -> None:
    ours, pid = neighbour
    make(tmp_path, processes=f"{os.getpid()}\n{pid}\n")
    if ours:
        assert find("0::/\n", mount(tmp_path)) == tmp_path
    else:
        assert reason("0::/\n", mount(tmp_path)) == "our cgroup holds other programs"


def test_a_process_of_another_pid_namespace_is_shown_as_zero_and_not_ours(tmp_path: Path) -> None:
    make(tmp_path, processes=f"0\n{os.getpid()}\n")
    assert reason("0::/\n", mount(tmp_path)) == "our cgroup holds other programs"


def test_a_process_that_is_gone_is_in_nobody_s_way() -> None:
    assert delegation.is_ours(1 << 30)


@pytest.mark.parametrize("leaf", ["", f"/{LEAF}"])
@pytest.mark.parametrize(("answer", "ours"), [("yes", True), ("no", False)])
@pytest.mark.parametrize("slice_", ["system.slice", "user.slice/user-7.slice/user@7.service/app.slice"])
def test_systemd_is_asked_whether_it_has_delegated_a_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slice_: str, answer: str, ours: bool, leaf: str
) -> None:
    group = make(tmp_path / "tree" / slice_ / "run-1.scope")
    asked = say(monkeypatch, tmp_path / "bin", answer)
    own, mounts = f"0::/{slice_}/run-1.scope{leaf}\n", mount(tmp_path / "tree")
    if ours:
        assert find(own, mounts) == group
    else:
        assert reason(own, mounts) == "our cgroup is not delegated to us"
    words = asked.read_text().split()
    assert words[-1] == "run-1.scope" and ("--user" in words) == ("user@" in slice_)


def test_without_systemd_nobody_has_delegated_a_group_within_a_tree_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "jobs.scope")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert reason("0::/jobs.scope\n", mount(tmp_path)) == "our cgroup is not delegated to us"


def test_a_group_handed_to_this_user_needs_no_systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    group = make(tmp_path / "jobs")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(delegation.os, "access", lambda path, mode: Path(path).is_relative_to(group))
    assert find("0::/jobs\n", mount(tmp_path)) == group


def test_a_group_that_we_cannot_write_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path)
    for name in ("cgroup.procs", "cgroup.subtree_control"):
        monkeypatch.setattr(delegation.os, "access", lambda path, mode, name=name: Path(path).name != name)
        assert reason("0::/\n", mount(tmp_path)) == "cgroup v2 is not delegated to us"


@pytest.mark.parametrize(
    ("controllers", "missing"), [("hugetlb", "memory and pids"), ("cpu pids", "memory"), ("memory", "pids"), ("", "m")]
)
def test_a_hybrid_system_keeps_its_controllers_elsewhere(tmp_path: Path, controllers: str, missing: str) -> None:
    make(tmp_path, controllers, root=True)
    assert reason(f"{V1}0::/\n", V1_MOUNT + mount(tmp_path)).startswith(f"cgroup v2 lacks {missing}")


def test_a_read_only_tree_is_passed_over_for_one_that_can_be_written(tmp_path: Path) -> None:
    make(tmp_path, root=True)
    closed = mount(tmp_path, options="ro,nosuid")
    assert reason("0::/\n", closed) == "cgroup v2 is mounted read-only"
    assert find("0::/\n", closed + mount(tmp_path)) == tmp_path


@pytest.mark.parametrize("own", ["", V1, "0::/../elsewhere\n", "0::/elsewhere\n"])
def test_a_group_that_no_mount_shows_is_not_ours(tmp_path: Path, own: str) -> None:
    assert reason(own, V1_MOUNT + mount(make(tmp_path), root="/docker/1")) == "cgroup v2 is not mounted"


def test_a_kernel_s_group_bears_its_grader_s_name_and_the_limits(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cgroups, "REMOVE_S", 0)  # plain files do not vanish with their directory
    first, second = (cgroups.Group(tmp_path, Limits(memory_bytes=5000, processes=7)) for _ in range(2))
    assert first.path != second.path
    assert cgroups.NAME.fullmatch(first.path.name)[1] == str(os.getpid())
    written = {path.name: path.read_text() for path in first.path.iterdir()}
    assert written == {"memory.max": "5000", "memory.oom.group": "1", "pids.max": "7"}
    assert not first.lacked_memory()
    (first.path / "memory.events").write_text("low 0\nmax 12\noom 1\noom_kill 0\n")
    assert not first.lacked_memory()
    (first.path / "memory.events").write_text("low 0\nmax 12\noom 1\noom_kill 3\n")
    assert first.lacked_memory()


def test_what_a_dead_grader_has_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    mine = f"autograder-{os.getpid()}-{cgroups._started(os.getpid())}-0"
    left = [f"autograder-{gone.pid}-1-0", f"autograder-{os.getpid()}-1-0"]
    kept = [mine, LEAF, "autograder", "autograder-1-1", "other", f"autograder-{gone.pid}-1-1"]
    for name in [*left, *kept]:
        (tmp_path / name).mkdir()
    (tmp_path / kept[-1] / "held").mkdir()
    cgroups.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


@pytest.mark.parametrize("root", [True, False])
def test_only_a_group_below_the_root_is_emptied_before_its_controllers_are_handed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: bool
) -> None:
    make(tmp_path, processes=f"{os.getpid()}\n", root=root)
    monkeypatch.setattr(cgroups, "find", lambda: tmp_path)
    monkeypatch.setattr(cgroups, "REMOVE_S", 0)
    assert cgroups.parent.__wrapped__() == tmp_path
    assert (tmp_path / "cgroup.subtree_control").read_text() == "+memory +pids"
    assert (tmp_path / LEAF).exists() != root
    assert root or (tmp_path / LEAF / "cgroup.procs").read_text() == str(os.getpid())


def test_a_group_that_cannot_be_divided_after_all_is_left_alone(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cgroups, "find", lambda: tmp_path / "gone")
    assert cgroups.parent.__wrapped__() is None
