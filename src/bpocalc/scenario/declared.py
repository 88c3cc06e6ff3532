"""What a section declares of its entries: the key, the type with its marks, and what holds without it.

Sections are declared like the models of pydantic, whose core validates them. Models would look at every field of every
section as soon as that is imported, which takes longer than a small scenario; here that is done when one is first met.
"""

from __future__ import annotations

from inspect import get_annotations
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin

from bpocalc.scenario.fields import Each, In

REQUIRED: Any = object()
"""The default of a field that must be written."""
SECTION = object()
"""Marks a section that is there even when it is not written, with all its figures neutral."""
KINDS: dict[Any, str] = {dict: "map", list: "list", str: "text", bool: "flag", int: "number"}


class Default(NamedTuple):
    """What a declaration says beside the type, where that is more than a value."""

    value: Any
    neutral: bool = False
    key: str = ""


def neutral(value: float) -> Any:
    """The default of a figure whose absence changes nothing; it becomes an input all the same, listed as missing."""
    return Default(value, neutral=True)


def written_as(key: str, default: Any = REQUIRED) -> Any:
    """The default of a field whose key in the file is a word of Python."""
    return Default(default, key=key)


class Field(NamedTuple):
    """One entry that a section may have."""

    name: str
    """The name of the attribute."""
    key: str
    """The key in the file."""
    type: Any
    default: Any
    neutral: float | None
    """The figure that stands in where nothing is said, if there is one."""
    kind: str
    """What it takes as far as the document can tell: figure, section, part, map, list, words, text, names, flag or
    number."""
    words: tuple[str, ...] = ()
    items: str = ""
    """What a map or list holds: part or text; empty for a map of anything."""
    read: Any = None
    """The function of a figure or a section, or of each of those held, that makes it of what is written."""

    @property
    def required(self) -> bool:
        """Whether it must be written."""
        return self.default is REQUIRED


class Fields(dict[str, Field]):
    """The fields of a section by key, those of its bases first."""

    def __init__(self, part: type) -> None:
        super().__init__()
        for base in reversed(part.__mro__[:-2]):  # the last two are what all sections share, and the object
            for name, declared in get_annotations(base, eval_str=True).items():
                if ClassVar not in (declared, get_origin(declared)):
                    field = _field(name, declared, base.__dict__.get(name, REQUIRED))
                    self[field.key] = field
        self.known = dict.fromkeys([*self, *getattr(part, "also", ())])
        """The keys that the section may have, those beside its fields among them."""
        self.needed = [f for f in self.values() if f.required or f.neutral is not None or f.kind == "section"]
        """The fields that stand for something where they are not written."""


FIELDS: dict[type, Fields] = {}
"""The fields of the sections met so far."""


def fields_of(part: type) -> Fields:
    """The fields of a section, looked at once."""
    if part not in FIELDS:
        FIELDS[part] = Fields(part)
    return FIELDS[part]


def _field(name: str, declared: Any, default: Any) -> Field:
    said = default if isinstance(default, Default) else Default(default)
    kinds, marks = _parted(declared)
    if SECTION in marks:
        said = Default(None)
    stands_in = said.value if said.neutral else None
    return Field(name, said.key or name, declared, said.value, stands_in, *_taken(kinds, marks))


def _parted(declared: Any) -> tuple[list[Any], tuple[Any, ...]]:
    """The types of which a value may be one, None left out, and what marks them."""
    kinds, marks = list[Any](), tuple[Any, ...]()
    for one in get_args(declared) if get_origin(declared) in (Union, UnionType) else (declared,):
        if get_origin(one) is Annotated:
            marks += one.__metadata__
            one = one.__origin__
        if one is not NoneType:
            kinds.append(one)
    return kinds, marks


def _taken(kinds: list[Any], marks: tuple[Any, ...]) -> tuple[str, tuple[str, ...], str, Any]:
    """What a field takes: the kind, the words, what it holds, and what reads it."""
    reading: Any = next((mark for mark in (*marks, kinds[0]) if hasattr(mark, "read")), None)
    if any(isinstance(mark, In | Each) for mark in marks):
        return "figure", (), "", reading.read
    if SECTION in marks:
        return "section", (), "", reading.read
    if len(kinds) > 1:
        return "names", (), "", None
    origin, args = get_origin(kinds[0]), get_args(kinds[0])
    if origin is Literal:
        return "words", args, "", None
    kind = KINDS.get(origin or kinds[0], "part")
    if kind not in ("map", "list"):
        return kind, (), "", getattr(reading, "read", None)
    below, _, _, read = _taken(*_parted(args[-1])) if args[-1] is not Any else ("", (), "", None)
    return kind, (), below, read
