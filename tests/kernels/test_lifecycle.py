"""Kernels live and die as they should: seeds, interrupts, time-outs, a killed sandbox, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from autograder.kernels import (
    Kernel,
    KernelFailure,
    Limits,
    PlainKernels,
    SandboxKernels,
    SandboxMissing,
    WarmKernels,
    bubble,
    sandbox,
)
from autograder.kernels.processors import Processor
from tests.kernels.traces import private_directories, sandbox_processes, wait_until

ROOT = Path(__file__).parents[2]
FACTORIES = {"plain": PlainKernels, "sandbox": SandboxKernels}


@pytest.fixture(params=["plain", "sandbox", "warm"])
def any_kernel(request: pytest.FixtureRequest):
    """A fresh kernel of each sort."""
    if request.param == "warm":
        with request.getfixturevalue("warm").open() as kernel:
            yield kernel
        return
    with FACTORIES[request.param](Limits()) as factory, factory.open() as kernel:
        yield kernel


def test_runs_code_and_returns_what_was_asked_for(any_kernel: Kernel) -> None:
    result = any_kernel.execute("print('dropped'); x = 'a\\'\\n'", timeout=20, expression="x")
    assert (result.status, result.value, result.outputs) == ("ok", "a'\n", ())
    result = any_kernel.execute("print('kept'); 1 / 0", timeout=20, capture=True)
    assert (result.status, result.ename) == ("error", "ZeroDivisionError")
    assert result.outputs[0] == {"output_type": "stream", "name": "stdout", "text": "kept\n"}
    assert any_kernel.execute("", timeout=20, expression="1").value is None
    assert any_kernel.execute("", timeout=20, expression="undefined").ename == "NameError"
    assert any_kernel.execute("import coach", timeout=60).status == "ok"
    assert any_kernel.execute("import os; assert not os.listdir('.')", timeout=20).status == "ok"


def test_survives_an_interrupt_and_dies_once(any_kernel: Kernel) -> None:
    assert any_kernel.execute("y = 1\nimport time; time.sleep(60)", timeout=0.3).status == "timeout"
    assert any_kernel.alive() and any_kernel.execute("", timeout=20, expression="str(y)").value == "1"
    assert any_kernel.execute("import os; os._exit(3)", timeout=20).reason == "exit"
    assert not any_kernel.alive()
    again = any_kernel.execute("1", timeout=20)
    assert (again.status, again.reason) == ("dead", "exit")
    any_kernel.close()
    any_kernel.close()


def test_a_large_reply_arrives_and_a_larger_one_is_a_flood(any_kernel: Kernel) -> None:
    assert len(any_kernel.execute("", timeout=60, expression="'x' * (15 << 20)").value or "") == 15 << 20
    assert any_kernel.execute("", timeout=60, expression="'x' * (18 << 20)").status == "flood"


def test_pictures_come_as_outputs(kernel: Kernel) -> None:
    result = kernel.execute("import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()", timeout=60, capture=True)
    assert any("image/png" in output.get("data", {}) for output in result.outputs)


def test_random_numbers_repeat_from_kernel_to_kernel(warm: WarmKernels) -> None:
    drawn = set()
    for _ in range(2):
        with warm.open() as kernel:
            expression = "str((torch.rand(1).item(), numpy.random.rand(), random.random(), hash('a')))"
            drawn.add(kernel.execute("import torch, numpy, random", timeout=20, expression=expression).value)
    assert len(drawn) == 1 and None not in drawn


def test_the_clock_of_a_notebook_ends_it() -> None:
    with SandboxKernels(Limits(notebook_s=0.5, grace_s=0.3)) as factory, factory.open() as kernel:
        kernel.execute("import time; time.sleep(0.4)", timeout=60)
        assert kernel.execute("time.sleep(60)", timeout=60).status == "timeout"


def test_processor_time_is_limited_too() -> None:
    with SandboxKernels(Limits(cpu_s=2)) as factory, factory.open() as kernel:
        result = kernel.execute("while True: pass", timeout=60)
        assert (result.status, result.reason) == ("dead", "killed")


def test_neighbours_are_invisible(warm: WarmKernels) -> None:
    look = """
import os, stat
def kinds():
    for fd in range(3, 256):
        try: mode = os.fstat(fd).st_mode
        except OSError: continue
        yield stat.S_ISDIR(mode) or stat.S_ISREG(mode)
"""
    with warm.open() as first, warm.open() as second:
        first.execute("open('canary', 'w').write('x'); open('/dev/shm/canary', 'w').write('x')", timeout=20)
        seen = "str((os.listdir('/box/work'), os.listdir('/dev/shm'), any(kinds()), os.getpid()))"
        assert second.execute(look, timeout=20, expression=seen).value == "([], [], False, 1)"


def test_every_kernel_has_one_processor_and_keeps_to_it(kernel: Kernel) -> None:
    count = "str(len(os.sched_getaffinity(0)))"
    assert kernel.execute("import os", timeout=20, expression=count).value == "1"
    assert kernel.execute("os.sched_setaffinity(0, range(64))", timeout=20).ename == "OSError"


def test_processors_are_shared_out_one_by_one() -> None:
    available = os.sched_getaffinity(0)
    taken = [Processor() for _ in range(len(available) + 2)]
    assert {one.number for one in taken} <= available
    locked = [one.number for one in taken if one._lock is not None]
    assert len(set(locked)) == len(locked)
    for one in taken:
        one.close()
        one.close()


@pytest.mark.parametrize("factory", ["warm", "sandbox"])
def test_a_kernel_under_judgement_finds_no_coach(factory: str, request: pytest.FixtureRequest) -> None:
    opened = SandboxKernels() if factory == "sandbox" else request.getfixturevalue("warm")
    with opened.open(coach=False) as kernel:
        assert kernel.execute("import coach", timeout=20).ename == "ModuleNotFoundError"
        names = "str(sorted(m for m in __import__('sys').modules if m.startswith(('coach', 'autograder'))))"
        assert kernel.execute("", timeout=20, expression=names).value == "[]"
    if factory == "sandbox":
        opened.close()


def test_the_program_s_own_environment_does_not_reach_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_SECRET", "canary")
    with SandboxKernels() as factory, factory.open() as kernel:
        assert "canary" not in (kernel.execute("import os", timeout=20, expression="str(os.environ)").value or "canary")


@pytest.mark.parametrize("factory", ["WarmKernels", "SandboxKernels"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_runs_on_when_the_grader_is_killed(factory: str, number: int) -> None:
    code = f"""
from autograder.kernels import {factory}
kernel = {factory}().open()
kernel.execute("import subprocess; subprocess.Popen(['sleep', '999'], start_new_session=True)", timeout=20)
print("up", flush=True)
input()
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "lessons")])}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, env=environment) as grader:
        assert grader.stdout is not None and grader.stdout.readline() == b"up\n"
        started = psutil.Process(grader.pid).children(recursive=True)
        assert "sleep" in {process.name() for process in started}
        grader.send_signal(number)
    assert wait_until(lambda: not any(process.is_running() for process in started))


def test_a_sandbox_killed_from_outside_is_our_fault_and_comes_back() -> None:
    with SandboxKernels() as factory:
        with factory.open() as kernel:
            psutil.Process(factory._zygote.process.pid).children()[0].kill()
            with pytest.raises(KernelFailure):
                kernel.execute("import time; time.sleep(60)", timeout=60)
        assert wait_until(lambda: not factory._zygote.alive())
        with factory.open() as kernel:
            assert kernel.execute("1", timeout=20).status == "ok"


def test_a_lost_parent_that_cannot_be_replaced_does_not_end_the_class(
    warm: WarmKernels, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SandboxMissing would; the sandbox was there before."""

    def none(*_: object) -> None:
        raise SandboxMissing("no memory is left")

    monkeypatch.setattr(warm._zygote, "alive", lambda: False)
    monkeypatch.setattr(warm._zygote, "close", lambda: None)
    monkeypatch.setattr(sandbox, "Zygote", none)
    with pytest.raises(KernelFailure, match="no memory is left"):
        warm.open()


def test_a_forgotten_kernel_is_killed(warm: WarmKernels) -> None:
    before = {process.pid for process in sandbox_processes()}
    kernel = warm.open()
    del kernel
    assert wait_until(lambda: {process.pid for process in sandbox_processes()} <= before)


def test_nothing_lies_on_the_disk_while_a_kernel_runs(warm: WarmKernels) -> None:
    before = private_directories()
    with warm.open():
        assert private_directories() <= before


@pytest.mark.parametrize("factory", [SandboxKernels, WarmKernels])
def test_without_bubblewrap_there_is_one_line_that_installs_it(
    factory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxMissing, match=r"^[^\n]*apt-get install bubblewrap$"):
        factory()


def test_a_bubblewrap_that_cannot_work_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SandboxMissing, match=r"^[^\n]*No permissions to create new namespace[^\n]*$"):
        SandboxKernels()


@pytest.mark.parametrize(("name", "bad", "good"), bubble.SWITCHES)
def test_the_switch_that_is_off_is_named(tmp_path: Path, name: str, bad: str, good: str) -> None:
    path = tmp_path / name.replace(".", "/")
    path.parent.mkdir(parents=True)
    path.write_text(f"{bad}\n")
    assert bubble.mend("bwrap: no", tmp_path).endswith(f"sudo sysctl {name}={good}")
    path.write_text(f"{good}\n")
    assert "sysctl" not in bubble.mend("bwrap: no", tmp_path)
