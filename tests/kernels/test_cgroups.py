"""Kernels in cgroups of their own, on whatever this machine has: nothing is skipped, less is asserted.

Where memory and pids are delegated to us, their limits are reached. Where there is a cgroup v2 without them, kernels
are put in it, killed with it and removed all the same. Where there is none, they behave as they always did.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder import doctor
from autograder.kernels import Kernel, Limits, SandboxKernels, WarmKernels, cgroups, delegation
from tests.kernels.attacks import ATTACKS, Attack
from tests.kernels.overlooked import OVERLOOKED
from tests.kernels.traces import sandbox_processes, wait_until

ROOT = Path(__file__).parents[2]
MIB = 1 << 20
BOMBS = ("memory_in_children", "memory_without_a_first_thread", "fork_bomb")
WITHOUT_CONTROLLERS = """
from autograder.kernels import cgroups, delegation
delegation.CONTROLLERS = cgroups.CONTROLLERS = ()
cgroups.settings = lambda limits: {}
"""
GRADER = """
from autograder.kernels import SandboxKernels
with SandboxKernels() as factory:
    kernel = factory.open()
    group = kernel._process._group
    print(group.path if group else "", flush=True)
    input()
"""
FILES = """
for i in range(12):
    with open(f'/dev/shm/{i}', 'wb') as file: file.write(bytes(50 << 20))
"""
FORKS = """
import os, time
input()
for count in range(40):
    try:
        if os.fork() == 0: time.sleep(60)
    except OSError: break
print(count)
"""


@dataclass(frozen=True)
class Machine:
    """above: where kernels' groups lie, if anywhere. limits: whether groups limit memory and processes here."""

    above: Path | None
    limits: bool


@pytest.fixture(scope="module", autouse=True)
def machine() -> Iterator[Machine]:
    """As it is; one whose cgroup v2 lacks the controllers is used without them."""
    if cgroups.parent() is not None:
        yield Machine(cgroups.parent(), True)
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delegation, "CONTROLLERS", ())
        patch.setattr(cgroups, "CONTROLLERS", ())
        patch.setattr(cgroups, "settings", lambda limits: {})
        cgroups.parent.cache_clear()
        yield Machine(cgroups.parent(), False)
    cgroups.parent.cache_clear()


def group_of(kernel: Kernel) -> cgroups.Group | None:
    return kernel._process._group


def starts_grader(machine: Machine) -> subprocess.Popen:
    """Another grader, which opens one kernel, tells its group, and waits."""
    code = ("" if machine.limits else WITHOUT_CONTROLLERS) + GRADER
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "lessons")])}
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, env=environment, text=True)


def test_every_kernel_lies_with_all_it_starts_in_a_group_of_its_own(machine: Machine, warm: WarmKernels) -> None:
    with warm.open() as first, warm.open() as second:
        start = "import subprocess; p = subprocess.Popen(['sleep', '60'], start_new_session=True)"
        assert first.execute(start, timeout=20).status == "ok"
        groups = [group_of(first), group_of(second)]
        if machine.above is None:
            assert groups == [None, None]
        else:
            inside = [delegation.processes(group.path) for group in groups]
            assert first._process.pid() in inside[0] and len(inside[0]) == 2
            assert inside[1] == [second._process.pid()]
            assert {group.path.parent for group in groups} == {machine.above}
            assert os.getpid() not in inside[0] + inside[1]
    assert not any(group and group.path.exists() for group in groups)


def test_threads_that_share_the_factory_share_no_group(machine: Machine, warm: WarmKernels) -> None:
    with ThreadPoolExecutor(4) as pool:
        kernels = list(pool.map(lambda _: warm.open(), range(4)))
        paths = {group_of(kernel).path for kernel in kernels if group_of(kernel)}
        assert len(paths) == (0 if machine.above is None else 4)
        list(pool.map(Kernel.close, kernels))
    assert not any(path.exists() for path in paths)


@pytest.mark.parametrize(
    "bomb", [attack for attack in ATTACKS + OVERLOOKED if attack.name in BOMBS], ids=lambda bomb: bomb.name
)
def test_a_bomb_gets_its_verdict_and_its_group_is_gone(warm: WarmKernels, bomb: Attack) -> None:
    before = {process.pid for process in sandbox_processes()}
    with warm.open() as kernel:
        result = kernel.execute(bomb.code, timeout=bomb.timeout)
        group = group_of(kernel)
    assert f"{result.status} {result.reason}" in bomb.ends
    assert group is None or not group.path.exists()
    assert wait_until(lambda: {process.pid for process in sandbox_processes()} <= before)


def test_memory_that_no_process_has_mapped_counts_only_in_a_group(machine: Machine) -> None:
    with SandboxKernels(Limits(memory_bytes=400 * MIB, file_bytes=1000 * MIB)) as factory, factory.open() as kernel:
        result = kernel.execute(FILES, timeout=60)
        assert (result.status, result.reason) == (("dead", "memory") if machine.limits else ("ok", None))
        assert not machine.limits or group_of(kernel).lacked_memory()


@pytest.mark.parametrize("way", ["all at once", "forgotten"])
def test_a_group_dies_as_a_whole(machine: Machine, warm: WarmKernels, way: str) -> None:
    before = {process.pid for process in sandbox_processes()}
    kernel = warm.open()
    assert kernel.execute("import subprocess; p = subprocess.Popen(['sleep', '60'])", timeout=20).status == "ok"
    path = group_of(kernel).path if machine.above else None
    if way == "all at once" and machine.above:
        group_of(kernel).kill()
        assert kernel.execute("1", timeout=20).status == "dead"
    del kernel
    assert wait_until(lambda: {process.pid for process in sandbox_processes()} <= before)
    assert path is None or wait_until(lambda: not path.exists())


def test_graders_side_by_side_keep_to_their_own_groups_and_a_killed_one_s_is_swept(machine: Machine) -> None:
    graders = [starts_grader(machine) for _ in range(3)]
    said = [grader.stdout.readline().strip() for grader in graders]
    for grader in graders[1:]:
        grader.communicate("\n")
    graders[0].send_signal(signal.SIGKILL)
    graders[0].communicate()
    if machine.above is None:
        assert said == ["", "", ""]
        return
    paths = [Path(path) for path in said]
    assert len(set(paths)) == 3 and {path.parent for path in paths} == {machine.above}
    assert [path.exists() for path in paths] == [True, False, False]
    assert wait_until(lambda: not delegation.processes(paths[0]))
    with starts_grader(machine) as later:
        assert later.stdout.readline().strip() and not paths[0].exists()
        later.communicate("\n")


def test_the_numbers_are_the_system_s_to_keep(machine: Machine) -> None:
    """An ordinary process in a group: no rlimit and no watch could be what stops it."""
    if not machine.limits:
        with pytest.raises(delegation.NotDelegated), pytest.MonkeyPatch.context() as patch:
            patch.setattr(delegation, "CONTROLLERS", ("memory", "pids"))
            delegation.find()
        return
    limits = Limits(memory_bytes=100 * MIB, processes=8)
    for code, memory in ((FORKS, False), ("input(); x = bytearray(300 << 20)", True)):
        group = cgroups.Group(machine.above, limits)
        pipe = subprocess.PIPE
        with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, text=True) as process:
            group.take(process.pid)
            process.stdin.write("\n")
            process.stdin.flush()
            said = process.stdout.readline().strip()
            assert said == ("" if memory else str(limits.processes - 1))
            assert group.lacked_memory() == memory
            group.close()
            assert process.wait() == -signal.SIGKILL if memory else process.wait() in (0, -signal.SIGKILL)
        assert not group.path.exists()


def test_the_doctor_says_which_limit_holds(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delegation, "CONTROLLERS", ("memory", "pids"))
    finding = next(each for each in doctor.doctor() if each.name == "memory limit")
    assert finding.ok == machine.limits and not (finding.needed and not finding.ok)
    assert finding.detail.startswith("cgroup v2" if machine.limits else "rlimits and a watch (")
    assert machine.limits or "-p Delegate=yes autograder grade" in finding.mend
