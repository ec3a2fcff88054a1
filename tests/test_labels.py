"""Labels find room or are left out; none covers another."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crackdown.labels import Box, Page, text_width

BOUNDS = Box(0, 0, 400, 300)
# A thousandth of a pixel: sums of floating-point numbers that ought to touch.
TOUCH = 1e-3


def cover(one: Box, other: Box) -> bool:
    return (
        one.left < other.right - TOUCH
        and other.left < one.right - TOUCH
        and one.bottom < other.top - TOUCH
        and other.bottom < one.top - TOUCH
    )


def test_a_lone_label_stands_right_of_its_mark():
    page = Page(BOUNDS)
    page.take_circle(100, 100, 5)
    label = page.place("Musan 25", 100, 100, radius=5, size=10)
    assert label.box.left == 108
    assert label.anchor == "left"
    assert label.leader is None


def test_at_the_right_edge_a_label_stands_left_of_its_mark():
    page = Page(BOUNDS)
    page.take_circle(390, 100, 5)
    assert page.place("Rason 2", 390, 100, radius=5, size=10).anchor == "right"


def test_a_label_that_stands_off_is_led_to_its_mark():
    page = Page(BOUNDS)
    page.taken.append(Box(188, 138, 212, 162))
    label = page.place("Onsong 19", 200, 150, radius=5, size=10)
    assert label.box.left == 214
    assert label.leader == ((205, 150), (214, 150))


def test_a_leader_runs_over_no_other_mark():
    page = Page(BOUNDS)
    page.taken.append(Box(188, 138, 212, 162))
    page.take_circle(213, 150, 0.4)
    label = page.place("Onsong 19", 200, 150, radius=5, size=10)
    assert label.anchor == "right"


def test_without_room_there_is_no_label_and_nothing_is_taken():
    page = Page(Box(0, 0, 20, 20))
    assert page.place("Hoeryong 59", 10, 10, radius=5, size=10) is None
    assert page.taken == []


def test_hangul_is_wider_than_latin_letters():
    assert text_width("회령", 10) == 20
    assert text_width("ab", 10) == 12


boxes = st.lists(st.tuples(st.integers(-20, 410), st.integers(-20, 310), st.integers(0, 90), st.integers(0, 90)), max_size=30)


@given(boxes, boxes)
def test_many_boxes_are_free_where_each_of_them_is(taken, asked):
    page = Page(BOUNDS, [Box(x, y, x + width, y + height) for x, y, width, height in taken])
    asked = [Box(x, y, x + width, y + height) for x, y, width, height in asked]
    assert page.are_free(np.reshape(asked, (-1, 4))).tolist() == [page.is_free(box) for box in asked]


marks = st.lists(
    st.tuples(st.floats(10, 390), st.floats(10, 290), st.floats(2, 19), st.integers(3, 18)),
    max_size=25,
)


@given(marks)
def test_no_label_covers_a_mark_or_another_label(marks):
    page = Page(BOUNDS)
    for x, y, radius, _ in marks:
        page.take_circle(x, y, radius)
    circles = list(page.taken)
    placed = [
        page.place("n" * length, x, y, radius=radius, size=10) for x, y, radius, length in marks
    ]
    boxes = [label.box for label in placed if label]
    assert all(box.within(BOUNDS) for box in boxes)
    assert not any(cover(box, circle) for box in boxes for circle in circles)
    assert not any(cover(one, other) for one, other in itertools.combinations(boxes, 2))
