"""Memory: what it holds stays what it is, however the system keeps it."""

import multiprocessing
import sys

import numpy as np
import pytest

from crackdown.memory import join_pages


@pytest.mark.skipif(sys.platform != "linux", reason="pages are joined on Linux only")
def test_memory_in_large_pages_holds_the_same_here_and_in_a_fork():
    numbers, texts = np.arange(4 << 20), [f"text {n}" for n in range(200_000)]
    join_pages()
    with multiprocessing.get_context("fork").Pool(1) as forked:
        assert forked.apply(_add, (numbers[::1000],)) == int(numbers[::1000].sum())
    assert (numbers == np.arange(4 << 20)).all()
    assert texts == [f"text {n}" for n in range(200_000)]


def _add(numbers):
    return int(numbers.sum())
