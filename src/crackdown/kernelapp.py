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
from ipykernel.kernelbase import Kernel
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


class Publisher(IOPubThread):
    """The thread that publishes what others print, beside which the line is open to all.

    A message that waited for this thread would arrive after those that a cell has sent later.
    """

    def send_multipart(self, *arguments: Any, **options: Any) -> None:
        """Send a message at once; see the base class."""
        self._really_send(*arguments, **options)


class Stream(OutStream):
    """Standard output or error, whose texts are sent by whoever flushes it.

    What others write to the file descriptor (a shell that a cell has started) is
    taken in before anything that comes later is shown, and not when a thread gets to it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        # What is printed while a text is sent may ask for a flush of its own.
        self._taking, self._sending = threading.Lock(), threading.RLock()
        super().__init__(*arguments, **options)

    def flush(self) -> None:
        """Send what was written; see the base class."""
        if self._should_watch and self._is_master_process():
            self._take()
        self._flush()

    def _flush(self) -> None:
        # What its thread is just sending comes first.
        with self._sending:
            super()._flush()

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

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        # A cell has failed that none was to follow: no other is run, whenever it was asked for.
        self._aborting = True


class LineKernelApp(IPKernelApp):
    """The kernel's application, without ports, connection file and heartbeat.

    It is made in two steps, so that a process may take the first, which takes longest,
    for all kernels that are forked from it.

    Attributes
    ----------
    options
        Those of the command line that it was made for.
    line
        Where it speaks.
    """

    kernel_class = Type(LineKernel, klass="ipykernel.kernelbase.Kernel")
    outstream_class = DottedObjectName("crackdown.kernelapp.Stream", allow_none=True)

    def initialize(self, argv: Sequence[str] = ()) -> None:
        """Make the kernel and its shell, which show nothing yet to anybody."""
        # What comes first for any application of IPython.
        super(IPKernelApp, self).initialize(list(argv))
        self.options, self.line = [*argv], Line()
        self.init_pdb()
        # Nothing is signed: nobody else can speak on this line.
        self.session.key = b""
        # The log would make its remarks on each message, and then show none of them.
        self.log.setLevel(self.log_level)
        self.configure_tornado_logger()
        self.iopub_socket = Port(self.line, b"iopub")
        self.init_kernel()

    def init_kernel(self) -> None:
        """Make the kernel; see the base class."""
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=self.session,
            shell_stream=Port(self.line, b"shell"),
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )

    def answer(self, end: socket.socket) -> None:
        """Run the kernel in this process, until somebody ends it."""
        self.line.open(end)
        self.session.pid = os.getpid()
        self.init_crash_handler()
        self.kernel.shell.init_environment()
        self.kernel.shell.init_sys_modules()
        # Its thread sends what threads and forked processes of the notebook print.
        self.iopub_socket.context = self.context = zmq.Context()
        self.iopub_thread = Publisher(self.iopub_socket, pipe=True, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket.elsewhere = self.kernel.iopub_thread = self.iopub_thread
        self.init_io()
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count
        self.init_signal()
        self.init_path()
        self.init_shell()
        self.init_gui_pylab()
        self.init_extensions()
        self.init_code()
        _show_figures_inline()
        # Nothing that was written up to here belongs to the first cell.
        sys.stdout.flush()
        sys.stderr.flush()
        self.start()


def prepare_kernel(options: Sequence[str]) -> None:
    """Take the first step for all kernels with these options that this process forks."""
    if InteractiveShell.initialized():
        # One that is ready, or the shell of somebody who works in this process.
        return
    environment, main, hook = dict(os.environ), sys.modules["__main__"], sys.excepthook
    try:
        _make_app(options)
    finally:
        # All this is for the forks to change.
        sys.excepthook, sys.modules["__main__"] = hook, main
        os.environ.clear()
        os.environ.update(environment)


def run_kernel(end: socket.socket, arguments: Sequence[str]) -> None:
    """Run the kernel until somebody ends it."""
    asyncio.set_event_loop(asyncio.new_event_loop())
    sys.argv = [_LAUNCHER, *arguments]
    # All but the connection file: a line has none.
    options = [one for one in arguments if one.startswith("--")]
    ready = LineKernelApp.initialized() and LineKernelApp.instance().options == options
    app = LineKernelApp.instance() if ready else _make_app(options)
    app.answer(end)


def _make_app(options: Sequence[str]) -> LineKernelApp:
    for singleton in (IPKernelApp, Kernel, InteractiveShell):
        if singleton.initialized():
            type(singleton.instance()).clear_instance()
    app = LineKernelApp.instance()
    app.initialize(options)
    return app


def _show_figures_inline() -> None:
    """Let pyplot draw into the notebook, as it does in a kernel that imports it later."""
    backend = os.environ.get("MPLBACKEND")
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].switch_backend(backend)
    elif "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = backend
