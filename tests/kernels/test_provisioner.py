"""Any Jupyter program can use sealed kernels: interrupt, restart, death and shutdown as with an ordinary kernel."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from autograder.kernels import provisioner
from tests.kernels.traces import private_directories, wait_until

GROUP = "jupyter_client.kernel_provisioners"
READY_S = 60


def entry_points() -> dict[str, str]:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["entry-points"][GROUP]


@pytest.fixture
def manager() -> Iterator[KernelManager]:
    """A kernel manager whose kernelspec names our provisioner; the entry point as an installed package has it."""
    factory = KernelProvisionerFactory.instance()
    for name, target in entry_points().items():
        factory.provisioners[name] = EntryPoint(name, target, GROUP)
    metadata = {"kernel_provisioner": {"provisioner_name": "autograder-warm"}}
    manager = KernelManager()
    manager._kernel_spec = KernelSpec(argv=["ignored"], display_name="sealed", language="python", metadata=metadata)
    manager.start_kernel()
    yield manager
    if manager.has_kernel:
        manager.shutdown_kernel(now=True)
    provisioner.close_zygotes()


def test_lives_like_an_ordinary_kernel(manager: KernelManager) -> None:
    directories = private_directories()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=READY_S)
    texts: list[str] = []

    def run(code: str) -> dict:
        keep = texts.append
        return client.execute_interactive(
            code, timeout=READY_S, output_hook=lambda message: keep(message["content"].get("text", ""))
        )["content"]

    assert run("import os; x = 1; print(os.getcwd())")["status"] == "ok" and "/box/work\n" in texts
    threading.Timer(0.3, manager.interrupt_kernel).start()
    assert run("import time; time.sleep(60)")["ename"] == "KeyboardInterrupt"
    assert run("x")["status"] == "ok"
    manager.restart_kernel()
    client.wait_for_ready(timeout=READY_S)
    assert run("x")["ename"] == "NameError"
    client.execute("import os; os._exit(1)")
    assert wait_until(lambda: not manager.is_alive())
    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=READY_S)
    assert manager.is_alive() and client.is_alive() and run("1")["status"] == "ok"
    client.stop_channels()
    manager.shutdown_kernel()
    assert not manager.is_alive()
    assert private_directories() < directories


def test_every_entry_point_names_a_provisioner() -> None:
    for name, target in entry_points().items():
        loaded = EntryPoint(name, target, GROUP).load()
        assert issubclass(loaded, provisioner.SandboxProvisioner)
