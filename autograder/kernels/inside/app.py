"""The IPython kernel inside the sandbox: ipykernel's own application on sockets that the grader has opened. Called by
zygote.py.

The sockets listen already and come as descriptors (ZMQ_USE_FD): so the sandbox needs no directory that both sides can
write, no connection file exists, and a neighbour has nothing to read.
"""

from __future__ import annotations

import importlib
import os
import random
import sys
from typing import Any

import zmq
from ipykernel.control import ControlThread
from ipykernel.heartbeat import Heartbeat
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from zmq.eventloop.zmqstream import ZMQStream

# How an exec'd kernel finds this file; argv: CHANNEL=DESCRIPTOR…
BOOT = "import sys; sys.path.insert(0, '/run/inner'); from inside import app; app.main()"
FIRST_USED = (
    "faulthandler",
    "numpy.random",
    "pdb",
    "sqlite3",
    "stack_data",
    "PIL.JpegImagePlugin",
    "pygments.formatters.terminal256",
    "tornado.platform.asyncio",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
)
SEED = 0  # the same in every kernel: a student's random numbers repeat, whichever way the kernel was started


class SealedHeartbeat(Heartbeat):
    """The echo on which other Jupyter programs listen; the judge asks for none."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(zmq.Context(), ("ipc", "/", 1))
        self.descriptor = descriptor

    def _try_bind_socket(self) -> None:
        self.socket.setsockopt(zmq.USE_FD, self.descriptor)
        self.socket.bind("ipc:///hb")


class SealedApp(IPKernelApp):
    """ipykernel on given descriptors; a channel without one is bound inside the process, where nobody can reach it."""

    descriptors: dict[str, int] = {}
    _order = iter(())

    def parse_command_line(self, argv: Any = None) -> None:
        """There is none; building the parser takes as long as binding the sockets."""

    def load_config_file(self, **_: Any) -> None:
        pass

    def init_connection_file(self) -> None:
        pass

    def write_connection_file(self, **_: Any) -> None:
        pass

    def cleanup_connection_file(self) -> None:
        pass

    def _bind(self, socket: Any, channel: str) -> None:
        descriptor = self.descriptors.get(channel)
        if descriptor is None:
            socket.bind(f"inproc://{channel}")
            return
        socket.setsockopt(zmq.USE_FD, descriptor)
        socket.bind(f"ipc:///{channel}")

    def _try_bind_socket(self, socket: Any, port: int) -> int:
        self._bind(socket, next(self._order))
        return 1

    def init_heartbeat(self) -> None:
        if "hb" in self.descriptors:
            self.heartbeat = SealedHeartbeat(self.descriptors["hb"])
            self.heartbeat.start()

    def init_sockets(self) -> None:
        self._order = iter(("shell", "stdin", "control", "iopub"))
        super().init_sockets()

    def init_control(self, context: Any) -> None:
        """Without the debugger and the subshells, which nobody uses here and which cost a third of the start."""
        self.control_socket = context.socket(zmq.ROUTER)
        self.control_port = self._bind_socket(self.control_socket, 0)
        self.control_thread = ControlThread(daemon=True)

    def init_iopub(self, context: Any) -> None:
        """Without the TCP port on which ipykernel collects what forked children print."""
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_socket.linger = 1000
        self.iopub_port = self._bind_socket(self.iopub_socket, 0)
        self.configure_tornado_logger()
        self.iopub_thread = IOPubThread(self.iopub_socket, pipe=False, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_kernel(self) -> None:
        control_stream = ZMQStream(self.control_socket, self.control_thread.io_loop)
        self.control_thread.start()
        self.kernel = IPythonKernel.instance(
            parent=self,
            session=self.session,
            control_stream=control_stream,
            shell_stream=ZMQStream(self.shell_socket),
            control_thread=self.control_thread,
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            stdin_socket=self.stdin_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count


def without_debugger() -> None:
    """Let ipykernel find no debugpy: importing it takes 0.2 s, and it starts threads."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    import ipykernel.debugger  # noqa: F401

    del sys.modules["debugpy"]


def warm_up() -> None:
    """What the first start, error and figure of a kernel import; in the zygote, without a thread."""
    without_debugger()
    for name in FIRST_USED:
        importlib.import_module(name)
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    figure.add_subplot().set_title("fonts")
    FigureCanvasAgg(figure).draw()
    reseed()


def reseed() -> None:
    """The usual generators, as far as they are there; after all else, which draws too."""
    random.seed(SEED)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(SEED)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(SEED)


def show_figures() -> None:
    """What importing pyplot in a running kernel does, for a pyplot that was imported before there was a kernel."""
    if "matplotlib.pyplot" in sys.modules:
        from IPython import get_ipython
        from matplotlib_inline.backend_inline import configure_inline_support

        sys.modules["matplotlib.pyplot"].install_repl_displayhook()
        configure_inline_support(get_ipython(), os.environ["MPLBACKEND"])


def run(key: str, descriptors: dict[str, int]) -> None:
    """Serve requests until a shutdown request or SIGKILL."""
    app = SealedApp.instance(transport="ipc", ip="/", log_level=50)
    app.descriptors = descriptors
    app.session.key = key.encode()
    app.config.HistoryManager.enabled = False
    app.initialize()
    show_figures()
    reseed()
    app.start()
    app.close()  # sends what is still to be sent


def main() -> None:
    """Entry point of an exec'd kernel; the key leaves the environment before student code can print it by accident."""
    sys.path.remove("/run/inner")
    channels = dict(argument.split("=") for argument in sys.argv[1:])
    sys.argv[1:] = []
    without_debugger()
    run(os.environ.pop("KERNEL_KEY"), {name: int(descriptor) for name, descriptor in channels.items()})
