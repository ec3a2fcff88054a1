"""A Dask cluster: its workers make pages of inputs that are sent to them.

They need the same version of the package and of what it stands on, and no
folder in common with the caller, who alone writes the results.
"""

from __future__ import annotations

import io
import queue
import shutil
import tempfile
import zipfile
from collections.abc import Generator, Iterable
from pathlib import Path

import distributed
from distributed.diagnostics.plugin import WorkerPlugin

from crackdown.digests import BOUNDARIES, TABLES, digest_code
from crackdown.editions import Site
from crackdown.errors import CrackdownError, UsageError
from crackdown.server import Server
from crackdown.workers import Outcome, Task

#: How long a scheduler may take to answer.
TIMEOUT = "30s"

#: The name of the plug-in that holds the inputs on each worker.
PLUGIN = "crackdown"

# No time of day: the same inputs make the same parcel.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Workshop(WorkerPlugin):
    """The inputs of a site on a worker, and a warm process for each of its threads.

    Parameters
    ----------
    parcel
        As `pack` returns.
    code
        The caller's `digest_code`: other code would make other pages.
    """

    name = PLUGIN

    def __init__(self, parcel: bytes, code: str) -> None:
        self.parcel = parcel
        self.code = code

    def setup(self, worker: distributed.Worker) -> None:
        """Unpack the inputs and start the processes."""
        if digest_code() != self.code:
            raise CrackdownError(
                f"The worker {worker.address} has another version of crackdown, of Python or of a "
                "library than this machine. Install the same lock on both."
            )
        self._folder = Path(tempfile.mkdtemp(prefix="crackdown-", dir=worker.local_directory))
        with zipfile.ZipFile(io.BytesIO(self.parcel)) as archive:
            archive.extractall(self._folder)
        self._idle: queue.Queue[Server] = queue.Queue()
        self._servers = [Server(self._folder) for _ in range(worker.state.nthreads)]
        for server in self._servers:
            self._idle.put(server)

    def make(self, task: Task) -> Outcome:
        """Make one page, in the calling thread."""
        server = self._idle.get()
        try:
            return server.make(task)
        finally:
            self._idle.put(server)

    def teardown(self, worker: distributed.Worker) -> None:
        """End the processes and remove the inputs."""
        for server in self._servers:
            server.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def make_pages(tasks: Iterable[Task], site: Site, address: str) -> Generator[Outcome]:
    """Make pages on a cluster and give each as soon as it is there.

    A page whose worker dies is made by another; one that has outlived as
    many workers as Dask allows has failed.

    Parameters
    ----------
    tasks
    site
        Its notebooks, tables and boundaries are sent to the workers.
    address
        Of the scheduler, such as ``tcp://host:8786``.

    Raises
    ------
    UsageError
        If no scheduler answers, or a folder lies outside the working directory.
    CrackdownError
        If a worker has other versions.
    """
    parcel = pack(site)
    try:
        client = distributed.Client(address, timeout=TIMEOUT)
    except (OSError, ValueError) as error:
        raise UsageError(f"No Dask scheduler answers at {address} ({error}).") from None
    with client:
        client.register_plugin(Workshop(parcel, digest_code()))
        try:
            futures = {client.submit(_make, task, pure=False): task.name for task in tasks}
            for future in distributed.as_completed(futures):
                error = future.exception()
                if error is None:
                    yield future.result()
                else:
                    yield Outcome(futures[future], failure=f"{type(error).__name__}: {error}")
                future.release()
        finally:
            client.unregister_worker_plugin(PLUGIN)


def pack(site: Site) -> bytes:
    """Pack notebooks, tables and boundaries under the paths that the parameters give.

    Raises
    ------
    UsageError
        If a folder lies outside the working directory: it has no place on a worker.
    """
    folders = {str(site.notebooks): (".ipynb",)}
    for name, endings in (("data", TABLES), ("shapefiles", BOUNDARIES)):
        folders[site.elsewhere.get(name, name)] = endings
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder, endings in folders.items():
            if Path(folder).is_absolute() or ".." in Path(folder).parts or not Path(folder).is_dir():
                raise UsageError(
                    f'"{folder}" is no folder inside the working directory. '
                    "A cluster takes only such ones: run in a folder above it."
                )
            for path in sorted(Path(folder).iterdir()):
                if path.suffix in endings:
                    entry = zipfile.ZipInfo(path.as_posix(), _EPOCH)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, path.read_bytes())
    return parcel.getvalue()


def _make(task: Task) -> Outcome:
    return distributed.get_worker().plugins[PLUGIN].make(task)
