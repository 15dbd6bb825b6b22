"""Every limit reached, every wall touched, in the real sandbox; then the next kernel works and nothing is left."""

from __future__ import annotations

import pytest

from autograder.kernels import WarmKernels
from tests.kernels.attacks import ATTACKS, Attack
from tests.kernels.overlooked import OVERLOOKED
from tests.kernels.traces import private_directories, sandbox_processes, wait_until


@pytest.mark.parametrize("attack", ATTACKS + OVERLOOKED, ids=lambda attack: attack.name)
def test_ends_within_its_limit_and_the_next_kernel_works(warm: WarmKernels, attack: Attack) -> None:
    before, directories = {process.pid for process in sandbox_processes()}, private_directories()
    with warm.open() as kernel:
        result = kernel.execute(attack.code, timeout=attack.timeout)
    found = " ".join(filter(None, (result.status, result.ename, result.reason)))
    assert found in attack.ends
    assert wait_until(lambda: {process.pid for process in sandbox_processes()} <= before)
    assert private_directories() <= directories
    with warm.open() as kernel:
        assert kernel.execute("import torch", timeout=20, expression="str(torch.ones(2).sum().item())").value == "2.0"
