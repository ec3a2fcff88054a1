"""IPython's kernel as a forked process runs it: the standard one at the end of a line."""

from __future__ import annotations

import asyncio
import os
import select
import socket
import sys
import threading
from collections.abc import Sequence
from typing import Any

import faulthandler  # noqa: F401  as the next five, what a kernel loads when it starts
import IPython.core.completerlib  # noqa: F401
import IPython.core.debugger  # noqa: F401
import IPython.extensions.storemagic  # noqa: F401
import ipykernel.kernelspec  # noqa: F401
import tornado.platform.asyncio  # noqa: F401
import zmq
from IPython.core.interactiveshell import InteractiveShell
from ipykernel.iostream import PIPE_BUFFER_SIZE, IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from traitlets import Any as AnyTrait, DottedObjectName, Type

from crackdown.line import Line, Port

_LAUNCHER = "ipykernel_launcher"


def _leave_out_debugger() -> None:
    """Let the kernel find no debugger, which takes longer to load than all the rest of its start.

    Nobody debugs a report; a notebook that wants the module finds it all the same.
    """
    if "debugpy" not in sys.modules:
        sys.modules["debugpy"] = None  # type: ignore[assignment]
        import ipykernel.debugger  # noqa: F401

        del sys.modules["debugpy"]


_leave_out_debugger()


class Stream(OutStream):
    """Standard output or error, which does not wake a thread to send nothing.

    What others write to the file descriptor (a shell that a cell has started) is
    taken in before anything that comes later is shown, and not when a thread gets to it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._taking = threading.Lock()
        super().__init__(*arguments, **options)

    def flush(self) -> None:
        """Send what was written; see the base class."""
        if self._should_watch and self._is_master_process():
            self._take()
        if self._buffers:
            super().flush()

    def _watch_pipe_fd(self) -> None:
        while self._should_watch:
            select.select([self._fid], [], [])
            self._take()

    def _take(self) -> None:
        with self._taking:
            while select.select([self._fid], [], [], 0)[0]:
                written = os.read(self._fid, PIPE_BUFFER_SIZE)
                if self._should_watch:
                    self.write(written.decode(errors="replace"))
                    os.write(self._original_stdstream_copy, written)


class NoThread:
    """Stands for the thread that would sort requests; cells ask which thread started it."""

    parent_thread = threading.main_thread()

    def __bool__(self) -> bool:
        return False


class LineKernel(IPythonKernel):
    """The kernel, whose requests come over a line, one after the other."""

    shell_stream = AnyTrait()
    shell_channel_thread = NoThread()
    _supports_kernel_subshells = False


class LineKernelApp(IPKernelApp):
    """The kernel's application, without sockets, connection file and heartbeat."""

    kernel_class = Type(LineKernel, klass="ipykernel.kernelbase.Kernel")
    outstream_class = DottedObjectName("crackdown.kernelapp.Stream", allow_none=True)
    line = AnyTrait()

    def init_connection_file(self) -> None:
        """Sign nothing: nobody else can speak on this line."""
        self.session.key = b""
        # The log would make its remarks on each message, and then show none of them.
        self.log.setLevel(self.log_level)

    def init_sockets(self) -> None:
        """Open the two channels that are used."""
        self.iopub_socket = Port(self.line, b"iopub")
        # Its thread sends what threads and forked processes of the notebook print.
        self.iopub_socket.context = self.context = zmq.Context()
        self.iopub_thread = IOPubThread(self.iopub_socket, pipe=True, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket.elsewhere = self.iopub_thread
        self.configure_tornado_logger()

    def _nothing(self, **_: Any) -> None:
        """Leave out what only the usual channels need."""

    init_poller = init_heartbeat = write_connection_file = log_connection_info = _nothing

    def init_kernel(self) -> None:
        """Make the kernel; see the base class."""
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=self.session,
            shell_stream=Port(self.line, b"shell"),
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count


def run_kernel(end: socket.socket, arguments: Sequence[str]) -> None:
    """Run the kernel until somebody ends it."""
    asyncio.set_event_loop(asyncio.new_event_loop())
    for singleton in (IPKernelApp, InteractiveShell):
        if singleton.initialized():
            singleton.clear_instance()
    sys.argv = [_LAUNCHER, *arguments]
    app = LineKernelApp.instance(line=Line(end))
    app.initialize(list(arguments))
    _show_figures_inline()
    app.start()


def _show_figures_inline() -> None:
    """Let pyplot draw into the notebook, as it does in a kernel that imports it later."""
    backend = os.environ.get("MPLBACKEND")
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].switch_backend(backend)
    elif "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = backend
