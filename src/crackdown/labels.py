"""Place labels beside marks so that none covers another."""

from dataclasses import dataclass, field
from math import hypot
from typing import NamedTuple

# Widths of letters differ between the reader's fonts; this is the mean of a wide one (DejaVu
# Sans), in parts of the font size, so that a label placed free stays free in any other.
LETTER = 0.6
LINE = 1.25
# Where to try, nearest the mark first; right and left read best.
DIRECTIONS = ((1, 0), (-1, 0), (0.7, 0.7), (0.7, -0.7), (-0.7, 0.7), (-0.7, -0.7), (0, 1), (0, -1))
DISTANCES = (3, 9, 18, 28, 40, 54)
# From this distance on a line must lead from the label to its mark.
LEADER_FROM = 9


class Box(NamedTuple):
    """Hold a rectangle in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two rectangles share any point inside."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def within(self, other: "Box") -> bool:
        """Tell whether this rectangle lies inside another."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


class Label(NamedTuple):
    """Hold where a label stands: its box, and the two ends of its leader line if it has one."""

    box: Box
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

    def is_free(self, box: Box) -> bool:
        """Tell whether a box lies on the drawing and covers nothing taken."""
        return box.within(self.bounds) and not any(box.meets(other) for other in self.taken)

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
        for distance in DISTANCES:
            for right, up in DIRECTIONS:
                box = _beside(x, y, (right, up), radius + distance, (width, height))
                if self.is_free(box):
                    self.taken.append(box)
                    leader = _leader(box, x, y, radius) if distance >= LEADER_FROM else None
                    return Label(box, leader)
        return None


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


def _leader(
    box: Box, x: float, y: float, radius: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Lead from the rim of the mark to the nearest point of the box."""
    end_x = min(max(x, box.left), box.right)
    end_y = min(max(y, box.bottom), box.top)
    length = hypot(end_x - x, end_y - y) or 1.0
    start = (x + (end_x - x) * radius / length, y + (end_y - y) * radius / length)
    return start, (end_x, end_y)
