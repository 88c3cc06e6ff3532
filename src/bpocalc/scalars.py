"""Scalars: what a plain word of YAML is, following YAML 1.2 in spirit.

`1e6` and `100_000` are numbers, `NO` is Norway, `12:30` is text.
"""

from __future__ import annotations

import re

NUMBER = re.compile(r"[-+]?(0|[1-9][0-9_]*)?(\.[0-9_]*)?([eE][-+]?[0-9]+)?")
THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{2}0(?![0-9])")
"""The beginning of a figure whose point may be meant to part thousands."""
CONSTANTS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
CONSTANTS |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)


class Spelled(float):
    """A number like any other that knows how it was written, so that a rule can ask what was meant."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Spelled:
        made = super().__new__(cls, text)
        made.text = text
        return made


def scalar(text: str) -> str | float | bool | None:
    """The value of a plain word: a number, true or false, nothing, or else itself."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    if text[0] in "0123456789-+." and NUMBER.fullmatch(text):
        if THOUSANDS.fullmatch(text):
            return Spelled(text)
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
    return text


def spelling(value: object) -> str:
    """How a figure was written, as far as it is known; empty for a plain number."""
    return value if isinstance(value, str) else value.text if isinstance(value, Spelled) else ""
