"""Place labels beside marks so that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import NamedTuple

import numpy as np

# Widths of letters differ between the reader's fonts; this is the mean of a wide one (DejaVu
# Sans), in parts of the font size, so that a label placed free stays free in any other.
LETTER = 0.6
LINE = 1.25
# Where to try, nearest the mark first; right and left read best.
DIRECTIONS = (
    (1, 0), (-1, 0), (0.7, 0.7), (0.7, -0.7), (-0.7, 0.7), (-0.7, -0.7), (0, 1), (0, -1),
    (0.92, 0.38), (0.92, -0.38), (-0.92, 0.38), (-0.92, -0.38),
)  # fmt: skip
DISTANCES = (3, 9, 18, 28, 40)
# From this distance on a line must lead from the label to its mark.
LEADER_FROM = 9
LEADER_STEP = 4.0
# How far a leader keeps from what it passes.
CLEARANCE = 2.0


class Box(NamedTuple):
    """Hold a rectangle in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: "Box") -> bool:
        """Tell whether this rectangle lies inside another."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


class Label(NamedTuple):
    """Hold where a label stands: its box, the side that faces its mark, its leader line if any."""

    box: Box
    anchor: str
    leader: tuple[tuple[float, float], tuple[float, float]] | None


@dataclass
class Page:
    """Know what is taken on a drawing, in pixels, and find room for more.

    Parameters
    ----------
    bounds
        Nothing is placed outside.
    taken
        What must not be covered: marks, legends, labels placed before.
    """

    bounds: Box
    taken: list[Box] = field(default_factory=list)

    def take_circle(self, x: float, y: float, radius: float) -> None:
        """Keep a round mark free."""
        self.taken.append(Box(x - radius, y - radius, x + radius, y + radius))

    def take_box(self, x: float, y: float, width: float, height: float) -> None:
        """Keep a box around a point free."""
        self.taken.append(Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2))

    def is_free(self, box: Box) -> bool:
        """Tell whether a box lies on the drawing and covers nothing taken."""
        if not box.within(self.bounds):
            return False
        left, bottom, right, top = box
        # The innermost loop of placing labels: written out, as a call for each pair would cost
        # three times as much.
        for its_left, its_bottom, its_right, its_top in self.taken:
            if left < its_right and its_left < right and bottom < its_top and its_bottom < top:
                return False
        return True

    def are_free(self, boxes: np.ndarray) -> np.ndarray:
        """Tell of each of many boxes, rows of four numbers, what `is_free` tells of one."""
        left, bottom, right, top = boxes.T
        bounds = self.bounds
        inside = (left >= bounds.left) & (right <= bounds.right)
        inside &= (bottom >= bounds.bottom) & (top <= bounds.top)
        left, bottom, right, top = boxes.T[:, :, None]
        its_left, its_bottom, its_right, its_top = np.reshape(self.taken, (-1, 4)).T
        across = (left < its_right) & (its_left < right)
        return inside & ~(across & (bottom < its_top) & (its_bottom < top)).any(axis=1)

    def near(self, box: Box) -> "Page":
        """Know only what is taken in and around a box."""
        left, bottom, right, top = box
        return Page(self.bounds, [
            one for one in self.taken
            if left < one[2] and one[0] < right and bottom < one[3] and one[1] < top
        ])

    def place(self, text: str, x: float, y: float, *, radius: float, size: float) -> Label | None:
        """Find the nearest free place for a label beside a mark and take it.

        The search is greedy and in a fixed order: place the weightiest label first. The mark
        itself must be among what is taken.

        Parameters
        ----------
        text
            The label, one line.
        x, y, radius
            Centre and radius of the mark.
        size
            Font size.

        Returns
        -------
        The place, or None when there is none within reach.
        """
        width, height = text_width(text, size), LINE * size
        # On a full map most labels are held against much that lies far off, in 60 places.
        reach = radius + DISTANCES[-1] + CLEARANCE
        around = (x - reach - width, y - reach - height, x + reach + width, y + reach + height)
        near = self.near(Box(*around))
        for distance in DISTANCES:
            for right, rise in DIRECTIONS:
                box = _beside(x, y, (right, rise), radius + distance, (width, height))
                if not near.is_free(box):
                    continue
                line = _leader(box, x, y, radius) if distance >= LEADER_FROM else []
                if near._is_crossed(line, x, y):
                    continue
                self.taken.append(box)
                self.taken.extend(Box(at - 1, up - 1, at + 1, up + 1) for at, up in line)
                anchor = "left" if right > 0 else "right" if right < 0 else "center"
                return Label(box, anchor, (line[0], line[-1]) if line else None)
        return None

    def _is_crossed(self, line: Sequence[tuple[float, float]], x: float, y: float) -> bool:
        """Tell whether a leader line runs over anything but the mark at (x, y) itself."""
        return any(
            left - CLEARANCE < at < right + CLEARANCE
            and bottom - CLEARANCE < up < top + CLEARANCE
            and not (left <= x <= right and bottom <= y <= top)
            for at, up in line
            for left, bottom, right, top in self.taken
        )


def text_width(text: str, size: float) -> float:
    """Estimate the width of a line of text; Hangul and other wide letters count as one font size."""
    return sum(size if ord(letter) >= 0x1100 else LETTER * size for letter in text)


def _beside(
    x: float, y: float, direction: tuple[float, float], reach: float, size: tuple[float, float]
) -> Box:
    width, height = size
    right, up = direction
    left = x + right * reach - (width if right < 0 else width / 2 if right == 0 else 0)
    bottom = y + up * reach - (height if up < 0 else height / 2 if up == 0 else 0)
    return Box(left, bottom, left + width, bottom + height)


def _leader(box: Box, x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Lead from the rim of the mark to the nearest point of the box, in steps of a few pixels."""
    end_x = min(max(x, box.left), box.right)
    end_y = min(max(y, box.bottom), box.top)
    length = hypot(end_x - x, end_y - y) or 1.0
    steps = max(int((length - radius) / LEADER_STEP), 1)
    shares = [radius / length + (1 - radius / length) * step / steps for step in range(steps + 1)]
    return [(x + (end_x - x) * share, y + (end_y - y) * share) for share in shares]
