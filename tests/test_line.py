"""Lines to forked kernels: messages arrive whole, in order, and the end is told."""

import asyncio
import os
import socket
from queue import Empty

import pytest
from jupyter_client.session import Session

from crackdown.line import Channel, Line, LineClient, Port


@pytest.fixture
def ends():
    """Two ends of a line."""
    ours, theirs = socket.socketpair()
    yield Line().open(ours), Line().open(theirs)
    ours.close()
    theirs.close()


def test_messages_arrive_in_order_with_their_frames_even_empty_ones(ends):
    ours, theirs = ends
    messages = [[b"iopub", b"", b"\x00" * 9], [b"shell"], [b"", b"x"]]
    for message in messages:
        ours.send(message)
    assert theirs.receive() == messages


def test_a_message_in_pieces_is_given_when_it_is_whole(ends):
    ours, theirs = ends
    ours.send([b"iopub", b"abc"])
    data = theirs.end.recv(1000)
    given = []
    for byte in data:
        ours.end.sendall(bytes([byte]))
        given.append(theirs.receive())
    assert given == [[]] * (len(data) - 1) + [[[b"iopub", b"abc"]]]


def test_the_end_of_the_line_is_told_once_the_other_side_is_gone(ends):
    ours, theirs = ends
    ours.end.close()
    assert theirs.receive() is None


def test_a_client_reads_what_a_kernel_sends_on_each_channel(ends):
    ours, theirs = ends
    session = Session(key=b"")

    async def talk():
        client = LineClient(ours, session=session)
        client.start_channels()
        session.send(Port(theirs, b"iopub"), "status", {"execution_state": "busy"})
        session.send(Port(theirs, b"shell"), "execute_reply", {"status": "ok"})
        reply = await client.shell_channel.get_msg(timeout=60)
        status = await client.iopub_channel.get_msg(timeout=60)
        with pytest.raises(Empty):
            await client.iopub_channel.get_msg(timeout=0.001)
        return reply, status

    reply, status = asyncio.run(talk())
    assert (reply["msg_type"], reply["content"]) == ("execute_reply", {"status": "ok"})
    assert status["content"] == {"execution_state": "busy"}
    assert status["header"]["date"].tzinfo is not None


def test_what_a_client_sends_is_what_jupyters_session_reads(ends):
    ours, theirs = ends
    session = Session(key=b"")
    message = session.msg("execute_request", {"code": "1"})
    Channel(ours, b"shell", session).send(message)
    [[channel, *frames]] = theirs.receive()
    assert channel == b"shell"
    assert session.deserialize(session.feed_identities(frames)[1])["content"] == {"code": "1"}


def test_a_process_that_a_notebook_forks_does_not_write_to_the_line(ends):
    ours, theirs = ends

    class Elsewhere:
        def send_multipart(self, frames):
            os.write(writer, frames[0])

    reader, writer = os.pipe()
    port = Port(theirs, b"iopub")
    port.elsewhere = Elsewhere()
    pid = os.fork()
    if not pid:
        port.send_multipart([b"from the child"])
        os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(reader, 100) == b"from the child"
    port.send_multipart([b"from the kernel"])
    assert ours.receive() == [[b"iopub", b"from the kernel"]]
