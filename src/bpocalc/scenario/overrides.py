"""Overrides: values of a document that a case of the scenario or `--set` replaces, by their address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from bpocalc.about import Input, Place
from bpocalc.document import MOST_DEPTH, Map, Origin, Seq, read_value
from bpocalc.overlay import is_count, put, readdressed
from bpocalc.problems import Problem, did_you_mean
from bpocalc.scenario.cases import MOST_CASES
from bpocalc.scenario.context import MOST_PROBLEMS
from bpocalc.scenario.figures import is_share
from bpocalc.scenario.scenario import Scenario

CODE = "BPO024"
MOST_VALUES = 1000
"""So many values may a case set."""
PATH = "an address is the path of keys in the file"


class NoCase(Exception):
    """The scenario has no case of that name."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"there is no case '{name}'")
        self.name = name
        self.known = known


class Chosen(NamedTuple):
    """The case under which a scenario is loaded, and where the values stand that it sets."""

    name: str = ""
    places: frozenset[Place] = frozenset()


def override(doc: Map, text: str, name: str, problems: list[Problem]) -> Map:
    """The document with one override made, such as `months=36`; `name` is what problems call it."""
    address, equals, value = text.partition("=")
    address = address.strip()
    place = Origin(address, name, 1, 1, max(1, len(address)), 1, len(text) - len(value) + 1, max(1, len(value)))
    if not equals or not address:
        hint = "write it as  functions.care.in_house.teams.agents.wage=21.50"
        problems.append(Problem(CODE, "an override is an address, '=' and a value", place.key, hint))
        return doc
    if dead_end := _dead_end(doc, address):
        problems.append(Problem(CODE, dead_end[0], place.key, dead_end[1]))
        return doc
    node, wrong = read_value(" " * (len(text) - len(value)) + value, name, address)
    problems.extend(wrong)
    return doc if wrong else put(doc, address, node, place)


def with_case(doc: Map, name: str, problems: list[Problem]) -> tuple[Map, Chosen]:
    """The document under one of its cases, or as it is for an empty name; NoCase for one that it does not have.

    The addresses of all cases are followed as far as the document leads, and noted where that is a dead end.
    """
    cases = doc.get("cases")
    found: Map = cases if isinstance(cases, Map) else Map()
    if name and name not in found:
        raise NoCase(name, list(found))
    made, places = doc, frozenset[Place]()
    for key, case in islice(found.items(), MOST_CASES):  # that there are more is noted where they are read
        values = case.get("set") if isinstance(case, Map) else None
        if not isinstance(values, Map):
            continue  # noted where the case is read
        if len(values) > MOST_VALUES:
            said = f"{key} sets {len(values):,} values, at most {MOST_VALUES:,} are set by a case"
            problems.append(Problem("BPO010", said, case.origin["set"].key))
            continue
        for address, value in values.items():
            origin = values.origin[address]
            if len(problems) >= MOST_PROBLEMS:
                return made, Chosen(name, places)
            if wrong := _astray(made if key == name else doc, address):
                problems.append(Problem(CODE, wrong[0], origin.key, wrong[1]))
                continue
            if key == name:
                made = put(made, address, readdressed(value, address), origin)
                places |= {origin.value, *_places(value)}
    return made, Chosen(name, places)


def _astray(doc: Map, address: str) -> tuple[str, str] | None:
    """What is wrong with an address in a case, and a hint; None where nothing is."""
    first = address.partition(".")[0]
    if first == "cases":
        return "a case cannot change the cases", "name the figure itself"
    if first == "expect":
        return "a case cannot change what is expected without it", "write its own 'expect' beside 'set'"
    if first not in Scenario.known():
        return f"'{first}' is not a field of a scenario", did_you_mean(first, Scenario.known())
    return _dead_end(doc, address)


def _dead_end(doc: Map, address: str) -> tuple[str, str] | None:
    """What is wrong with an address that no override can follow, and a hint; None where nothing is."""
    keys = address.split(".")
    if len(keys) > MOST_DEPTH:
        return f"the address has more than {MOST_DEPTH} parts", ""
    node: Any = doc
    above = ""
    for number, key in enumerate(keys):
        if node is None:
            return None
        last = number == len(keys) - 1
        if above in ("functions", "options") and isinstance(node, Map) and key not in node and not last:
            return f"there is no '{key}' in {above}", did_you_mean(key, node)
        if isinstance(node, Map):
            node = node.get(key)
        elif isinstance(node, Seq) and is_count(key) and 1 <= int(key) <= len(node):
            node = node[int(key) - 1]
        else:
            return f"'{address}' leads through '{key if isinstance(node, Seq) else above}', which is no section", PATH
        above = key
    return None


def _places(node: Any) -> Iterator[Place]:
    """Where everything within a value stands."""
    if isinstance(node, Map | Seq):
        origins = node.origin.values() if isinstance(node, Map) else node.origin
        yield from (origin.value for origin in origins)
        for item in node.values() if isinstance(node, Map) else node:
            yield from _places(item)


def override_of(address: str, about: Input, value: float) -> str:
    """The override that gives an input another value, in the input's unit."""
    if is_share(about.unit) and abs(value) > 1:
        return f"{address}={value * 100!r}%"
    unit = {"hours": " h", "months": " months", "weeks": " weeks"}.get(about.unit, "")
    return f"{address}={value!r}{unit}"
