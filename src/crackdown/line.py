"""A line to a kernel in a forked process: Jupyter's own messages over a pair of sockets.

Frames are those that `jupyter_client.session.Session` makes; only what carries them differs.
A kernel's usual five channels over TCP take four threads on its side and one on ours, each
message several changes between them, which is more time than small cells take to run.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.session import DELIM, Session

_LENGTH = struct.Struct("<Q")
_AT_ONCE = 1 << 20


class Line:
    """One end: sends messages, each a list of frames, and gives those that have arrived.

    Attributes
    ----------
    end
        None until the line is opened.
    owner
        The process that opened it.
    """

    end: socket.socket | None = None
    owner = 0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._arrived = bytearray()

    def open(self, end: socket.socket) -> Line:
        """Send and receive from now on by this socket."""
        self.end, self.owner = end, os.getpid()
        return self

    def send(self, frames: list[bytes]) -> None:
        """Send a message; blocks until it is out."""
        parts = [bytes(frame) for frame in frames]
        lengths = [_LENGTH.pack(len(parts)), *(_LENGTH.pack(len(part)) for part in parts)]
        with self._lock:
            self.end.sendall(b"".join(lengths + parts))

    def receive(self) -> list[list[bytes]] | None:
        """Give the messages that have arrived whole by now; None at the end of the line."""
        try:
            data = self.end.recv(_AT_ONCE)
        except OSError:
            data = b""
        if not data:
            return None
        self._arrived += data
        messages = []
        while (message := self._cut()) is not None:
            messages.append(message)
        return messages

    def listen(self, answer: Callable[[list[bytes]], Any]) -> None:
        """Have each message answered by the event loop of this thread, while it runs."""
        self._loop = asyncio.get_event_loop()

        def hear() -> None:
            messages = self.receive()
            if messages is None:
                self._loop.remove_reader(self.end)
            for message in messages or ():
                answer(message)

        self._loop.add_reader(self.end, hear)

    def ignore(self) -> None:
        """End what `listen` began."""
        self._loop.remove_reader(self.end)

    def _cut(self) -> list[bytes] | None:
        size = _LENGTH.size
        if len(self._arrived) < size:
            return None
        count = _LENGTH.unpack_from(self._arrived)[0]
        start = size * (count + 1)
        if len(self._arrived) < start:
            return None
        lengths = [_LENGTH.unpack_from(self._arrived, size * n)[0] for n in range(1, count + 1)]
        if len(self._arrived) < start + sum(lengths):
            return None
        frames = []
        with memoryview(self._arrived) as arrived:
            for length in lengths:
                frames.append(bytes(arrived[start : start + length]))
                start += length
        del self._arrived[:start]
        return frames


class Port:
    """What a kernel takes for a socket of one channel, at its end of a line."""

    def __init__(self, line: Line, channel: bytes) -> None:
        self._line = line
        self._channel = channel
        self.elsewhere: Any = None

    def send_multipart(self, frames: list[bytes], **_: Any) -> None:
        """Send a message; one of a process that the notebook has forked goes another way."""
        if self.elsewhere is not None and os.getpid() != self._line.owner:
            self.elsewhere.send_multipart(frames)
        else:
            self._line.send([self._channel, *frames])

    def on_recv(self, callback: Callable[[list[Any]], Any], **_: Any) -> None:
        """Have each message dispatched, as a ZMQStream does."""
        import zmq

        def answer(frames: list[bytes]) -> None:
            task = asyncio.ensure_future(callback([zmq.Frame(frame) for frame in frames[1:]]))
            running.add(task)
            task.add_done_callback(running.discard)

        running: set[asyncio.Future] = set()
        self._line.listen(answer)

    def flush(self, *_: Any) -> None:
        """Nothing waits here."""


class Channel:
    """One channel of a `LineClient`."""

    def __init__(self, line: Line, name: bytes, session: Session) -> None:
        self._line = line
        self._name = name
        self._session = session
        self.arrived: asyncio.Queue[list[bytes]] = asyncio.Queue()

    def start(self) -> None:
        """Nothing is to be started."""

    stop = start

    def is_alive(self) -> bool:
        """Say that the channel is open."""
        return True

    def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        self._line.send([self._name, *self._session.serialize(message)])

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Give the next message; raises `queue.Empty` if none comes in so many seconds."""
        try:
            frames = self.arrived.get_nowait()
        except asyncio.QueueEmpty:
            try:
                frames = await asyncio.wait_for(self.arrived.get(), timeout)
            except TimeoutError:
                raise Empty from None
        return self._unpack(frames)

    def _unpack(self, frames: list[bytes]) -> dict[str, Any]:
        """Read a message as `Session.deserialize` does, but for dates that nobody asks for."""
        frames = frames[frames.index(DELIM) + 2 :]
        header, parent, metadata, content = map(self._session.unpack, frames[:4])
        header["date"] = datetime.fromisoformat(header["date"])
        return {
            "header": header,
            "msg_id": header["msg_id"],
            "msg_type": header["msg_type"],
            "parent_header": parent,
            "metadata": metadata,
            "content": content,
            "buffers": [memoryview(frame) for frame in frames[4:]],
        }


class LineClient(AsyncKernelClient):
    """Speaks to a kernel at the other end of a line."""

    def __init__(self, line: Line, **traits: Any) -> None:
        super().__init__(**traits)
        self._shell_channel = Channel(line, b"shell", self.session)
        self._iopub_channel = Channel(line, b"iopub", self.session)
        self._line = line
        self._asked: deque[str] = deque()

    def ask(self, code: str) -> None:
        """Ask for code to be run as soon as the kernel gets to it; `execute` tells of it later."""
        self._asked.append(super().execute(code))

    def execute(self, code: str, *arguments: Any, **options: Any) -> str:
        """Have code run, unless that was asked for already; see the base class."""
        if self._asked:
            return self._asked.popleft()
        return super().execute(code, *arguments, **options)

    def start_channels(self, **_: Any) -> None:
        """Listen to the kernel; see the base class."""
        channels = {b"shell": self._shell_channel, b"iopub": self._iopub_channel}
        self._line.listen(lambda frames: channels[frames[0]].arrived.put_nowait(frames[1:]))

    def stop_channels(self) -> None:
        """Listen no longer; see the base class."""
        self._line.ignore()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the kernel's first answer; see the base class."""
        self.kernel_info()
        while True:
            try:
                await self.shell_channel.get_msg(timeout=min(timeout or 1, 1))
                return
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
