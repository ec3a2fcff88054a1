"""Kernels: the standard one, started anew or forked from a process that is warm."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from jupyter_client.session import Session
from jupyter_core.utils import run_sync

from crackdown import forks
from crackdown.forks import ARGUMENTS, Forked, fork_kernel
from crackdown.line import Line, LineClient

_LAUNCHER = "ipykernel_launcher"


class ForkProvisioner(LocalProvisioner):
    """Start IPython's kernel by forking this process, where a new one would run the same.

    The kernel is the standard one with its standard command line; it only
    finds imported what this process has imported, and speaks over a `Line`.
    Any other kernel, and any kernel where nothing can be forked, is started
    as always. Registered in the group ``jupyter_client.kernel_provisioners``
    as ``crackdown-fork``.
    """

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Find ports and write a connection file only for a kernel that takes them."""
        cmd = self.parent.format_kernel_cmd(extra_arguments=kwargs.get("extra_arguments"))
        if not _can_fork(self.parent, cmd):
            return await super().pre_launch(**kwargs)
        kwargs.pop("extra_arguments", None)
        return await KernelProvisionerBase.pre_launch(self, cmd=cmd, **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Launch the kernel; see the base class."""
        if not _can_fork(self.parent, cmd):
            return await super().launch_kernel(cmd, **kwargs)
        arguments = cmd[cmd.index(_LAUNCHER) + 1 :]
        waiting, self.parent.waiting = self.parent.waiting, None
        self.process = waiting or fork_kernel(arguments, kwargs.get("env"), kwargs.get("cwd"))
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd") or pathlib.Path.cwd()
        return {}

    async def wait(self) -> int | None:
        """Wait for the kernel's end; the base class looks only ten times a second."""
        while await self.poll() is None:
            await asyncio.sleep(0.002)
        return await super().wait()


class WarmKernels(KernelSpecManager):
    """The installed kernels, each to be started by `ForkProvisioner`."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a kernel's specification; see the base class."""
        spec = super().get_kernel_spec(kernel_name)
        provisioner = {"provisioner_name": "crackdown-fork"}
        spec.metadata = {**spec.metadata, "kernel_provisioner": provisioner}
        return spec


class WarmManager(AsyncKernelManager):
    """Manages a kernel that may be forked.

    Attributes
    ----------
    waiting
        A kernel that was forked before anybody asked for it.
    """

    waiting: Forked | None = None

    @property
    def forked(self) -> Forked | None:
        """The kernel's process, if it was forked."""
        process = self.provisioner and self.provisioner.process
        return process if isinstance(process, Forked) else None

    def client(self, **kwargs: Any) -> AsyncKernelClient:
        """Return what speaks to the kernel; see the base class."""
        if not self.forked:
            return super().client(**kwargs)
        # Nothing is signed: nobody else can speak on the line.
        return LineClient(Line().open(self.forked.end), parent=self, session=Session(key=b""))

    async def _async_interrupt_kernel(self) -> None:
        # One that is to be ended at once is not asked to speak of that first.
        if not (self.shutting_down and self.forked):
            await super()._async_interrupt_kernel()

    # A line has no ports, and no channel for control.

    def _reconcile_connection_info(self, info: dict[str, Any]) -> None:
        if not self.forked:
            super()._reconcile_connection_info(info)

    def _connect_control_socket(self) -> None:
        if not self.forked:
            super()._connect_control_socket()


@contextlib.contextmanager
def start_kernel(
    name: str = "python3", *, warm: bool = False, waiting: Forked | None = None,
    arguments: Sequence[str] = (),
) -> Iterator[AsyncKernelManager]:
    """Start a kernel; it is stopped at the end, whatever happens.

    Parameters
    ----------
    name
        An installed kernel.
    warm
        Fork it from this process, where that is possible.
    waiting
        Take this one, which was forked before, if it is the kernel that was asked for.
    arguments
        For the kernel, besides those that all get.
    """
    specs = WarmKernels() if warm or waiting else KernelSpecManager()
    kernel = WarmManager(kernel_name=name, kernel_spec_manager=specs)
    kernel.waiting = waiting
    # The argument comes too late for what finds the kernel's own program.
    env = {**os.environ, "PYTHONSAFEPATH": "1"}
    run_sync(kernel.start_kernel)(extra_arguments=[*ARGUMENTS, *arguments], env=env)
    forked = kernel.forked
    try:
        yield kernel
    finally:
        run_sync(kernel.shutdown_kernel)(now=True)
        if forked:
            forked.end.close()


def _can_fork(manager: AsyncKernelManager, cmd: list[str]) -> bool:
    return (
        forks.CAN_FORK
        and isinstance(manager, WarmManager)
        and _LAUNCHER in cmd
        and cmd[0] == sys.executable
    )
