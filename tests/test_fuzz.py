"""Random bytes and damaged good ones: read rightly or refused with a message; ``make fuzz`` tries longer."""

import random

import pytest
import targets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

#: How many inputs are tried, a little for what takes longer.
EXAMPLES = {"table": 150, "parameters": 150, "editions": 200, "boundaries": 25, "layers": 25}
#: What stands between letters in tables, declarations and lists.
MARKS = st.sampled_from([b",", b";", b'"', b"\n", b"\r\n", b"\0", b":", b"- ", b"{", b"[", b"\xff", b"\xef\xbb\xbf", b"\t"])


@pytest.fixture(scope="module")
def opened():
    with targets.open_targets() as opened:
        yield opened


@pytest.mark.parametrize("name", targets.TARGETS)
def test_any_bytes_are_read_or_refused(opened, name):
    seeds = targets.list_seeds(name)

    @settings(max_examples=EXAMPLES[name], suppress_health_check=list(HealthCheck))
    @given(
        seed=st.sampled_from(seeds),
        changes=st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 30), MARKS | st.binary(max_size=12)), max_size=4),
    )
    def try_one(seed, changes):
        data = bytearray(seed)
        for place, length, new in changes:
            start = place % (len(data) + 1)
            data[start : start + length] = new
        targets.TARGETS[name](opened, bytes(data))

    try_one()


@pytest.mark.parametrize("name", targets.TARGETS)
def test_bytes_of_no_kind_are_read_or_refused(opened, name):
    chance = random.Random(name)
    for size in (0, 1, 4, 40, 400):
        targets.TARGETS[name](opened, chance.randbytes(size))


def test_every_seed_is_read_or_refused(opened):
    for name in ("table", "parameters", "editions"):
        for seed in targets.list_seeds(name):
            targets.TARGETS[name](opened, seed)


def test_a_target_tells_an_error_that_is_no_message(opened, monkeypatch):
    monkeypatch.setattr(targets, "load_editions", lambda path: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        opened.read_editions(b"title: x")


def test_a_target_tells_a_value_that_was_not_given(opened, monkeypatch):
    monkeypatch.setattr(targets, "check_parameters", lambda values: targets.Parameters(start="2024-01-02"))
    with pytest.raises(AssertionError):
        opened.read_parameters(targets._write_values({"start": "2024-01-01"}))
