"""Entries: labels, each with texts beside it or below it, within the columns of a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bpocalc.views.layout import GAP, INDENT, LEAST_ROOM, pad, paragraph, width

LEAST_TEXT = 36
"""Where less is left beside the labels, every label stands on a line of its own."""
SEAM = "\u200b"
"""Has no width: marks where a long address may be broken."""
PARTS = re.compile(r"(?<=[./])(?=[^.\s])")


def column_of(labels: Iterable[str], longest: int, room: int | None) -> int:
    """The width of the labels beside the texts, longer ones left out; 0 where each stands on a line of its own."""
    column = max((size for label in labels if (size := width(label)) <= longest), default=0)
    left = room is None or room - len(INDENT * 2) - column - GAP >= LEAST_TEXT
    return column if left else 0


def labelled(label: str, said: Iterable[str], column: int, room: int | None) -> list[str]:
    """A label with its texts beside it, or below it where it is too long."""
    indent = " " * (len(INDENT * 2) + column + GAP)
    lines = [line for text in said for line in wrapped(text, room, indent)]
    if width(label) > column:
        return [*wrapped(label, room, INDENT * 2), *lines]
    lines[0] = pad(INDENT * 2 + label, len(indent), left=True) + lines[0][len(indent) :]
    return lines


def wrapped(text: str, room: int | None, indent: str) -> list[str]:
    """The text in lines of a width; an address or path that is too long for one is broken between its parts.

    One of the web is not: it would no longer be one.
    """
    if room is not None:
        left = max(room, LEAST_ROOM) - len(indent)
        words = text.split(" ")
        text = " ".join(w if width(w) <= left or "://" in w else PARTS.sub(f"{SEAM} ", w) for w in words)
    return [line[0][0].replace(f"{SEAM} ", "").replace(SEAM, "") for line in paragraph(text, room, indent=indent)]
