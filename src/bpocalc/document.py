"""Documents: YAML read by events into values that know where they were written.

Repeated keys, tags, merge keys and several documents are problems; size, depth and expansion are bounded, since files
come from strangers.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import yaml
from yaml.reader import Reader

from bpocalc.about import Place
from bpocalc.problems import Problem, lines_of
from bpocalc.scalars import scalar

MOST_BYTES, MOST_DEPTH, MOST_NODES = 4_000_000, 40, 200_000
NESTED = "exceeded maximum nesting depth"  # libyaml looks ahead; up to where it stops, our own bound is met


class Origin(NamedTuple):
    """Where a key or an item was written: its address in the file, the place of the key and that of the value."""

    address: str
    file: str
    line: int
    column: int
    width: int
    value_line: int
    value_column: int
    value_width: int

    def called(self, address: str) -> Origin:
        """The same places under another address."""
        return Origin(address, *self[1:])

    @property
    def key(self) -> Place:
        """The place of the key."""
        return Place(self.file, self.line, self.column, self.width)

    @property
    def value(self) -> Place:
        """The place of the value."""
        return Place(self.file, self.value_line, self.value_column, self.value_width)


NOWHERE = Origin("", "", 1, 1, 1, 1, 1, 1)


class Map(dict[str, Any]):
    """A mapping whose `origin` says for every key where that key was written, and `at` where the mapping was."""

    __slots__ = ("at", "origin")

    def __init__(
        self, items: Mapping[str, Any] | None = None, origin: Mapping[str, Origin] | None = None, at: Origin = NOWHERE
    ) -> None:
        if items:
            super().__init__(items)
        self.origin: dict[str, Origin] = dict(origin) if origin else {}
        self.at = at

    def copy(self) -> Map:
        """The same keys, values and origins in a mapping of its own."""
        return Map(self, self.origin, self.at)


class Seq(list[Any]):
    """A list whose `origin` says for every item where it was written; items are addressed from 1."""

    __slots__ = ("origin",)

    def __init__(self, items: Iterable[Any] = ()) -> None:
        super().__init__(items)
        self.origin: list[Origin] = []


class _Stop(Exception):
    """Reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _events(text: str) -> Iterator[Any]:
    """The events of the text, by libyaml where PyYAML has it."""
    if not yaml.__with_libyaml__:
        return iter(yaml.parse(text, yaml.SafeLoader))
    from yaml._yaml import CParser

    return iter(CParser(text).get_event, None)


def _scalar(event: Any) -> Any:
    return scalar(event.value) if event.implicit[0] else event.value


class _Builder:
    """Builds the document from the events; one for each file."""

    def __init__(self, events: Iterator[Any], file: str) -> None:
        self.next: Callable[[], Any] = events.__next__
        self.file = file
        self.problems: list[Problem] = []
        self.anchors: dict[str, Any] = {}
        self.nodes = 0

    def place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return Place(self.file, start.line + 1, start.column + 1, max(1, width))

    def problem(self, code: str, message: str, event: Any, hint: str = "") -> Problem:
        return Problem(code, message, self.place(event), hint)

    def tagged(self, event: Any) -> None:
        said = f"tags such as '{event.tag}' are not allowed"
        self.problems.append(self.problem("BPO008", said, event, "leave the tag out"))

    def deeper(self, depth: int, event: Any) -> None:
        if depth > MOST_DEPTH:
            raise _Stop(self.problem("BPO010", f"the file is nested more than {MOST_DEPTH} deep", event))

    def count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            said, hint = f"the file holds more than {MOST_NODES:,} values", "aliases count each time they are used"
            raise _Stop(self.problem("BPO010", said, event, hint if self.anchors else ""))

    def value(self, event: Any, address: str, depth: int) -> Any:
        """The value that begins with this event."""
        kind = type(event)
        self.count(event)
        if kind is yaml.AliasEvent:
            if event.anchor not in self.anchors:
                said = f"'*{event.anchor}' stands before its anchor is complete, or has none"
                raise _Stop(self.problem("BPO001", said, event))
            return self.copy(self.anchors[event.anchor], address, event, depth)
        if event.tag and event.tag != "!":
            self.tagged(event)
        if kind is yaml.ScalarEvent:
            made = _scalar(event)
        else:
            self.deeper(depth, event)
            made = (self.mapping if kind is yaml.MappingStartEvent else self.sequence)(address, depth)
        if event.anchor:
            self.anchors[event.anchor] = made
        return made

    def mapping(self, address: str, depth: int) -> Map:
        made = Map()
        origins, follow, file = made.origin, self.next, self.file
        prefix = f"{address}." if address else ""
        while type(event := follow()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise _Stop(self.problem("BPO008", "a key must be a plain word or number", event, "write a plain word"))
            key = event.value
            if key == "<<" and event.implicit[0]:
                hint = "repeat the keys, or lay an option over the baseline: name only what differs"
                self.problems.append(self.problem("BPO008", "merge keys (<<) are not allowed", event, hint))
            if event.tag and event.tag != "!":
                self.tagged(event)
            if key in made:
                hint = f"it was first written in line {origins[key].line}; keep one of the two"
                self.problems.append(self.problem("BPO007", f"'{key}' is written twice", event, hint))
            follower: Any = follow()
            start: Any = event.start_mark
            end: Any = event.end_mark
            at, to = follower.start_mark, follower.end_mark
            column, value_column, child = start.column, at.column, prefix + key
            made[key] = value = self.value(follower, child, depth + 1)
            origins[key] = origin = Origin(
                child, file, start.line + 1, column + 1, (end.column - column) or 1,
                at.line + 1, value_column + 1, (to.column - value_column or 1) if to.line == at.line else 1,
            )  # fmt: skip
            if type(value) is Map:
                value.at = origin
        return made

    def sequence(self, address: str, depth: int) -> Seq:
        made = Seq()
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            place = self.place(event)
            child = f"{address}.{len(made) + 1}"
            value = self.value(event, child, depth + 1)
            origin = Origin(child, *place, *place[1:])
            made.append(value)
            made.origin.append(origin)
            if type(value) is Map:
                value.at = origin
        return made

    def copy(self, node: Any, address: str, event: Any, depth: int) -> Any:
        """An aliased value, addressed where it is used and placed where it was written."""
        self.count(event)
        self.deeper(depth if isinstance(node, Map | Seq) else 0, event)
        if isinstance(node, Map):
            made = Map(at=node.at.called(address))
            for key, value in node.items():
                child = f"{address}.{key}"
                made[key] = self.copy(value, child, event, depth + 1)
                made.origin[key] = node.origin[key].called(child)
            return made
        if isinstance(node, Seq):
            items = Seq()
            for number, value in enumerate(node, 1):
                child = f"{address}.{number}"
                items.append(self.copy(value, child, event, depth + 1))
                items.origin.append(node.origin[number - 1].called(child))
            return items
        return node


def _from_yaml(error: Exception, text: str, file: str) -> Problem:
    """A syntax error of the YAML library as a problem with a place in the text."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        found = Reader.NON_PRINTABLE.search(text)
        before = lines_of(text[: found.start()] if found else "")
        said = "not valid YAML: a control character stands in the text"
        return Problem("BPO001", said, Place(file, len(before), len(before[-1]) + 1, 1), "delete it")
    lines = lines_of(text.rstrip())
    line, column = (mark.line + 1, mark.column + 1) if mark.line < len(lines) else (len(lines), len(lines[-1]) + 1)
    tab = lines[line - 1][column - 1 : column] == "\t"
    hint = "indent with spaces, not tabs" if tab else "check the indentation, quotes and brackets above"
    return Problem("BPO001", f"not valid YAML: {getattr(error, 'problem', '')}", Place(file, line, column, 1), hint)


def decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a file, and a problem where it is too large or not UTF-8."""
    if len(data) > MOST_BYTES:
        said = f"the file has {len(data):,} bytes, at most {MOST_BYTES:,} are read"
        return "", [Problem("BPO010", said, Place(file, 1, 1, 1))]
    try:
        return data.removeprefix(BOM_UTF8).decode(), []
    except UnicodeDecodeError as error:
        before = lines_of(error.object[: error.start].decode())
        said = f"byte {error.object[error.start]:#04x} is not UTF-8 text"
        hint = "save the file with the encoding UTF-8"
        return "", [Problem("BPO002", said, Place(file, len(before), len(before[-1]) + 1, 1), hint)]


def read_value(text: str, file: str, address: str = "") -> tuple[Any, list[Problem]]:
    """The one value that the text holds (None if it holds none), and all problems of its form."""
    builder = _Builder(iter(()), file)
    value: Any = None
    try:
        events = _events(text)
        builder.next = events.__next__
        if any(type(event) is yaml.DocumentStartEvent for event in events):
            value = builder.value(next(events), address, 1)
        for event in events:
            if type(event) is yaml.DocumentStartEvent:
                hint = "keep one scenario in one file"
                builder.problems.append(builder.problem("BPO009", "a second document begins here", event, hint))
                break
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        if isinstance(error, yaml.MarkedYAMLError) and error.problem == NESTED and error.problem_mark:
            return read_value(text[: error.problem_mark.index], file, address)
        builder.problems.append(_from_yaml(error, text, file))
    except _Stop as stop:
        builder.problems.append(stop.problem)
    return value, builder.problems


def read(text: str, file: str) -> tuple[Map, list[Problem]]:
    """The document of a text: a mapping that knows its places, and all problems of its form."""
    value, problems = read_value(text, file)
    if isinstance(value, Map):
        value.at = NOWHERE._replace(file=file)
        return value, problems
    if not problems:
        code, said, hint = "BPO019", "the file is empty", "begin with 'title:', 'currency:', 'months:'"
        if value is not None:
            kind = "a list" if isinstance(value, Seq) else "a single value"
            code, said, hint = "BPO005", f"a scenario is a mapping of fields, not {kind}", ""
        problems = [Problem(code, said, Place(file, 1, 1, 1), hint)]
    return Map(at=NOWHERE._replace(file=file)), problems
