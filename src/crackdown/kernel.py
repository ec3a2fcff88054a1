"""Kernels: the standard one, started anew or forked from a process that is warm."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import pathlib
import signal
import sys
import traceback
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from jupyter_core.utils import run_sync

#: Only Linux lets a process that has loaded libraries fork safely, and makes
#: a child die with its parent.
CAN_FORK = sys.platform == "linux"

_LAUNCHER = "ipykernel_launcher"
_PR_SET_PDEATHSIG = 1

#: What nbclient and we give to every kernel: no history on disk, and none of
#: the kernel's own remarks on its transport, which are not the reader's. Nor is
#: anything imported from the working directory, which may hold files of anybody.
_ARGUMENTS = (
    "--HistoryManager.hist_file=:memory:",
    "--InteractiveShellApp.ignore_cwd=True",
    "--log-level=ERROR",
)


class ForkProvisioner(LocalProvisioner):
    """Start IPython's kernel by forking this process, where a new one would run the same.

    The kernel is the standard one with its standard command line; it only
    finds imported what this process has imported. Any other kernel, and any
    kernel where `CAN_FORK` is false, is started as always. Registered in the
    group ``jupyter_client.kernel_provisioners`` as ``crackdown-fork``.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Launch the kernel; see the base class."""
        if not CAN_FORK or _LAUNCHER not in cmd or cmd[0] != sys.executable:
            return await super().launch_kernel(cmd, **kwargs)
        arguments = cmd[cmd.index(_LAUNCHER) + 1 :]
        self.process = _Forked(_fork_kernel(arguments, kwargs.get("env"), kwargs.get("cwd")))
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd") or pathlib.Path.cwd()
        return self.connection_info


class WarmKernels(KernelSpecManager):
    """The installed kernels, each to be started by `ForkProvisioner`."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a kernel's specification; see the base class."""
        spec = super().get_kernel_spec(kernel_name)
        provisioner = {"provisioner_name": "crackdown-fork"}
        spec.metadata = {**spec.metadata, "kernel_provisioner": provisioner}
        return spec


@contextlib.contextmanager
def start_kernel(
    name: str = "python3", *, warm: bool = False, arguments: Sequence[str] = ()
) -> Iterator[AsyncKernelManager]:
    """Start a kernel; it is stopped at the end, whatever happens.

    Parameters
    ----------
    name
        An installed kernel.
    warm
        Fork it from this process, where that is possible.
    arguments
        For the kernel, besides those that all get.
    """
    specs = WarmKernels() if warm else KernelSpecManager()
    kernel = AsyncKernelManager(kernel_name=name, kernel_spec_manager=specs)
    # The flag comes too late for what finds the kernel's own program.
    env = {**os.environ, "PYTHONSAFEPATH": "1"}
    run_sync(kernel.start_kernel)(extra_arguments=[*_ARGUMENTS, *arguments], env=env)
    try:
        yield kernel
    finally:
        run_sync(kernel.shutdown_kernel)(now=True)


def die_with_parent(parent: int) -> None:
    """Let the system kill this process as soon as its parent, whose number is given, ends."""
    if CAN_FORK:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


class _Forked:
    """A forked process, as a provisioner expects `subprocess.Popen` to show it."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self._wait(os.WNOHANG)

    def wait(self) -> int | None:
        return self._wait(0)

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def _wait(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def _fork_kernel(arguments: list[str], env: dict[str, str] | None, cwd: str | None) -> int:
    """Fork; return the child's number in the parent, never in the child."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        die_with_parent(parent)
        _become_fresh(env, cwd)
        _run_kernel(arguments)
    except BaseException:
        # Nobody above may see it: those are the parent's frames.
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(1)


def _become_fresh(env: dict[str, str] | None, cwd: str | None) -> None:
    """Take over nothing of the parent but what it has imported."""
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__
    # The folder of the script that runs here is none of the kernel's.
    script = os.path.dirname(os.path.abspath(sys.argv[0]))
    sys.path[:] = [folder for folder in sys.path if folder != script]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    if env is not None:
        os.environ.clear()
        os.environ.update(env)
    if cwd is not None:
        os.chdir(cwd)
    # What has been warned of here has not been in the kernel; the rules are Python's own.
    warnings.resetwarnings()
    for category in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    if "numpy" in sys.modules:
        # Python's own generator seeds itself after a fork, numpy's does not.
        sys.modules["numpy"].random.seed()


def _run_kernel(arguments: list[str]) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from ipykernel.kernelapp import IPKernelApp

    asyncio.set_event_loop(asyncio.new_event_loop())
    for singleton in (IPKernelApp, InteractiveShell):
        if singleton.initialized():
            singleton.clear_instance()
    sys.argv = [_LAUNCHER, *arguments]
    # The parent as it was imported may be the parent's own.
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)
    _show_figures_inline()
    app.start()


def _show_figures_inline() -> None:
    """Let pyplot draw into the notebook, as it does in a kernel that imports it later."""
    backend = os.environ.get("MPLBACKEND")
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].switch_backend(backend)
    elif "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = backend
