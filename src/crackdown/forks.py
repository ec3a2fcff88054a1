"""Forks: kernels in processes that start with what their parent has imported."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Mapping, Sequence

# Nothing that takes long to import: a cold start forks before all else.

#: Only Linux lets a process that has loaded libraries fork safely, and makes
#: a child die with its parent.
CAN_FORK = sys.platform == "linux"

#: What every kernel gets: no history kept for others, and none of the kernel's
#: own remarks on its transport, which are not the reader's. Nor is anything
#: imported from the working directory, which may hold files of anybody.
ARGUMENTS = (
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.ignore_cwd=True",
    "--log-level=ERROR",
)

_PR_SET_PDEATHSIG = 1


class Forked:
    """A forked kernel, as a provisioner expects `subprocess.Popen` to show it.

    Attributes
    ----------
    pid, returncode
    end
        Our end of the line to it.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, end: socket.socket) -> None:
        self.pid = pid
        self.end = end
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


def fork_kernel(
    arguments: Sequence[str], env: Mapping[str, str] | None = None, cwd: str | None = None
) -> Forked:
    """Fork this process; the child runs IPython's kernel and never returns.

    Parameters
    ----------
    arguments
        The kernel's command line.
    env, cwd
        Its environment and working directory; None keeps those of this process.
    """
    parent, (ours, theirs) = os.getpid(), socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return Forked(pid, ours)
    try:
        ours.close()
        die_with_parent(parent)
        _become_fresh(env, cwd)
        _run_kernel(theirs, arguments)
    except BrokenPipeError:
        # Whoever wanted it has gone.
        os._exit(1)
    except BaseException:
        # Nobody above may see it: those are the parent's frames.
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(1)


def die_with_parent(parent: int) -> None:
    """Let the system kill this process as soon as its parent, whose number is given, ends."""
    if CAN_FORK:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _run_kernel(end: socket.socket, arguments: Sequence[str]) -> None:
    # Whatever is imported here stays: none of it is garbage.
    gc.disable()
    from crackdown import preload  # noqa: F401
    from crackdown.kernelapp import run_kernel

    gc.freeze()
    gc.enable()
    run_kernel(end, arguments)


def _become_fresh(env: Mapping[str, str] | None, cwd: str | None) -> None:
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
