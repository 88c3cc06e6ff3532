"""What a quantity is about: an input, with its place and source, or a line with a heading of its own."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Where something was written: file, line and column from 1, and how many characters it covers."""

    file: str
    line: int
    column: int
    width: int


class Source(NamedTuple):
    """What is known about where a figure comes from."""

    text: str = ""
    as_of: str = ""
    owner: str = ""
    note: str = ""
    grade: str = ""
    reference: bool = False
    """True for a figure of the bundled reference data."""
    card: bool = False
    """True for a figure of a rate card."""


class Spread(NamedTuple):
    """The range of an uncertain figure, in the figure's unit."""

    low: float
    high: float
    dist: str = "split_normal"


class Input(NamedTuple):
    """What a quantity is when it was read and not computed."""

    address: str
    unit: str
    place: Place | None = None
    stated: bool = True
    least: float | None = None
    most: float | None = None
    spread: Spread | None = None
    source: Source = Source()
    written: str = ""
    """The text as it was written, when a unit was converted on reading or the number may be misread."""
    case: str = ""
    """The case of the scenario that set it."""
    open: bool = False
    """Whether `least` itself is not allowed."""


class Line(NamedTuple):
    """What a quantity is when it has a heading of its own: an address in the book, a unit and a label."""

    name: str
    unit: str
    label: str
