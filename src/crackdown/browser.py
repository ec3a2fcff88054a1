"""A browser that prints: Chromium or Chrome without a window, told what to do over a pipe."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from crackdown.errors import CrackdownError, UsageError, shown
from crackdown.files import scratch_folder

#: The environment variable that names the browser's program.
VARIABLE = "CRACKDOWN_BROWSER"

#: Names of programs that will do, the first that is there is taken.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

#: Where macOS has them, which puts no application on PATH.
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

#: What keeps it to itself: it calls nobody, and asks nobody on the first start.
FLAGS = (
    "--headless",
    "--lang=en-US",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Containers have little shared memory.
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)

#: The address of the folder that a page is opened in, inside another one. No host can have it
#: (RFC 2606), and none is asked.
ADDRESS = "https://report.invalid/site/"

#: Bytes of a folder's path that leave room for the browser's socket in it, of 107 on Linux.
LONGEST_FOLDER = 60

#: Seconds that one page may take.
TIME_LIMIT = 300

_HOW_PRINTED = {
    "displayHeaderFooter": False,
    "printBackground": True,
    "preferCSSPageSize": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}

_REMEDY = (
    "Install one (Debian and Ubuntu: apt-get install chromium; macOS: brew install --cask chromium; "
    f"others: https://www.google.com/chrome/), or name its program in the variable {VARIABLE}."
)


class NoBrowserError(UsageError):
    """Say that there is no browser to print with, and how to come by one."""


class PrintError(CrackdownError):
    """Say why a browser has not printed a page."""


def find_browser() -> str:
    """Find the program of a browser that can print.

    Raises
    ------
    NoBrowserError
        If there is none.
    """
    if not hasattr(os, "posix_spawn"):
        raise NoBrowserError("PDF files are printed on Linux and macOS only. Print the page itself.")
    if named := os.environ.get(VARIABLE):
        if path := shutil.which(named):
            return path
        raise NoBrowserError(f"{VARIABLE} is {shown(named)}, and that is no program. {_REMEDY}")
    for name in (*NAMES, *(APPLICATIONS if sys.platform == "darwin" else ())):
        if path := shutil.which(name):
            return path
    raise NoBrowserError(
        f"PDF files are printed by Chromium or Chrome, and none is found ({', '.join(NAMES)}). {_REMEDY}"
    )


def print_page(page: str, *, limit: float = TIME_LIMIT) -> bytes:
    """Print a page as the browser lays it out for paper.

    Parameters
    ----------
    page
        The HTML, which is all that the browser gets to see. Its scripts do
        not run. A link to a page beside it leads below `ADDRESS`.
    limit
        Seconds after which it is given up.

    Returns
    -------
    A PDF file, tagged, with the headings as its outline; it holds the time of day.

    Raises
    ------
    NoBrowserError
        If there is no browser.
    PrintError
        If the browser does not start, or has not printed the page in time.
    """
    program = find_browser()
    deadline = time.monotonic() + limit
    with scratch_folder() as folder, _start(program, folder) as line:
        try:
            return _print(_Browser(line, deadline), page)
        except TimeoutError:
            raise PrintError(f"{program} has not printed the page in {limit:g} seconds.") from None
        except (EOFError, OSError):
            told = (folder / "log").read_text("utf-8", errors="replace").strip().splitlines()
            said = f" Its last words: {told[-1]}" if told else ""
            raise PrintError(f"{program} ended before the page was printed.{said}") from None


@contextlib.contextmanager
def _start(program: str, folder: Path) -> Iterator[socket.socket]:
    """Start a browser that keeps all that it writes in a folder; give the line to it.

    It ends with the block, and with this process however that ends: then
    nobody is on the line any more.
    """
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            process = _spawn(program, folder, theirs)
        try:
            yield ours
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
            with contextlib.suppress(OSError):
                shutil.rmtree(os.path.dirname(os.readlink(folder / "profile" / "SingletonSocket")))


def _spawn(program: str, folder: Path, line: socket.socket) -> int:
    """Start the browser's process at the other end of a line; return its number."""
    import fcntl

    own = [f"--user-data-dir={folder / 'profile'}", "--remote-debugging-pipe"]
    # As the superuser it has no sandbox and refuses to start with one.
    own += ["--no-sandbox"] if os.geteuid() == 0 else []
    # It has a socket there, and the system takes no longer path for one.
    sockets = folder if len(os.fsencode(folder)) <= LONGEST_FOLDER else "/tmp"
    environment = os.environ | {"HOME": str(folder), "TMPDIR": str(sockets)}
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        environment.pop(name, None)
    # It reads from 3 and writes to 4: out of the way of both.
    end = fcntl.fcntl(line, fcntl.F_DUPFD_CLOEXEC, 10)
    log = (str(folder / "log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, *log),
        *((os.POSIX_SPAWN_DUP2, *pair) for pair in ((1, 2), (end, 3), (end, 4))),
    ]
    try:
        # Not forked from Python, whose other threads might hold a lock; and in a group of its
        # own, so that it is ended with all that it has started.
        return os.posix_spawn(
            program, [program, *FLAGS, *own], environment, file_actions=files, setpgroup=0
        )
    except OSError as error:
        raise PrintError(f"{program} does not start: {error.strerror}.") from None
    finally:
        os.close(end)


class _Browser:
    """The DevTools protocol on a line: JSON, each message ended by a nought."""

    def __init__(self, line: socket.socket, deadline: float) -> None:
        self._line = line
        self._deadline = deadline
        self._read = bytearray()
        self._number = 0
        self.page = b""
        self.loaded = False

    def call(self, method: str, session: str = "", **values: Any) -> dict[str, Any]:
        """Call a method and return what it answers."""
        number = self._send(method, session, values)
        while (told := self.receive()).get("id") != number:
            pass
        if "error" in told:
            raise PrintError(f"The browser refuses {method}: {told['error'].get('message')}.")
        return told["result"]

    def receive(self) -> dict[str, Any]:
        """Wait for one message; what it asks for is answered."""
        while (end := self._read.find(0)) < 0:
            self._line.settimeout(self._left())
            part = self._line.recv(1 << 20)
            if not part:
                raise EOFError
            self._read += part
        told = json.loads(self._read[:end])
        del self._read[: end + 1]
        match told.get("method"):
            case "Fetch.requestPaused":
                self._answer(told["sessionId"], told["params"])
            case "Page.loadEventFired":
                self.loaded = True
            case "Inspector.targetCrashed":
                raise PrintError("The browser's page has crashed; it may want more memory.")
        return told

    def _answer(self, session: str, asked: Mapping[str, Any]) -> None:
        """Hand over the page; nothing else is to be had."""
        which = {"requestId": asked["requestId"]}
        if asked["request"]["url"] != ADDRESS:
            self._send("Fetch.failRequest", session, {**which, "errorReason": "BlockedByClient"})
            return
        kind = {"name": "Content-Type", "value": "text/html; charset=utf-8"}
        answer = {"responseCode": 200, "responseHeaders": [kind]}
        body = base64.b64encode(self.page).decode("ascii")
        self._send("Fetch.fulfillRequest", session, {**which, **answer, "body": body})

    def _send(self, method: str, session: str, values: Mapping[str, Any]) -> int:
        self._number += 1
        words = {"id": self._number, "method": method, "params": values}
        if session:
            words["sessionId"] = session
        self._line.settimeout(self._left())
        self._line.sendall(json.dumps(words).encode() + b"\0")
        return self._number

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _print(browser: _Browser, page: str) -> bytes:
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    steps: Sequence[tuple[str, dict[str, Any]]] = (
        ("Inspector.enable", {}),
        ("Page.enable", {}),
        # Every row and number stands in the page without them.
        ("Emulation.setScriptExecutionDisabled", {"value": True}),
        # From the start, so that fonts which only paper wants are there in time.
        ("Emulation.setEmulatedMedia", {"media": "print"}),
        ("Fetch.enable", {"patterns": [{"urlPattern": "*"}]}),
    )
    for method, values in steps:
        browser.call(method, session, **values)
    browser.page = page.encode()
    browser.call("Page.navigate", session, url=ADDRESS)
    while not browser.loaded:
        browser.receive()
    return base64.b64decode(browser.call("Page.printToPDF", session, **_HOW_PRINTED)["data"])
