"""Reference figures by location: wages by role, employer charges, wage growth, exchange rates, each with its source.

People write them as documents (`US.yaml` …); `compiling.py` makes one file of them, and only that is read at run time,
once, when a scenario names a location, a role or a currency without a rate. Each figure keeps the line of its document.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bpocalc.document import Map, Origin

EDITION = "2026.11"
"""Year and month in which the figures were last gone through."""
COMPILED = "reference.json"
PAY = ("salary", "wage")
"""The fields of a team that say what is paid."""
ALL = "all"
"""Stands in an address for all roles of a rate card."""
BOUNDS = ("above", "up_to", "if_pay_above", "if_pay_up_to")
"""What may bound an employer charge; they hang on the source of its rate."""
CHARGES = "burden"
"""Stands for all optional employer charges of a location that do not take the place of the others."""


class Reference(Map):
    """A figure of the reference data: a figure mapping that also carries its grade."""


class RateCard(Map):
    """A figure of a rate card."""


class Term(NamedTuple):
    """Something to be laid under a team: the field it fills, the figure or section, and its place."""

    field: str
    node: Any
    origin: Origin


Card = Mapping[tuple[str, str], Mapping[str, Term]]
"""What a rate card says of a location and a role (empty for all of them), by the field of a team that it fills."""


class Location(NamedTuple):
    """What is known of a location, ready to be laid under a team."""

    name: str
    currency: str
    time_zone: str
    terms: tuple[Term, ...]
    wages: dict[str, Term]
    """By role or group: a wage an hour or a salary a year, in the unit in which it is published."""
    uprating: Term | None
    """The factor that carries the wages to a later year."""
    minimum_wage: Term | None


@cache
def edition() -> dict[str, Any]:
    """All that is known, as it was compiled."""
    made: dict[str, Any] = json.loads(Path(__file__).with_name(COMPILED).read_bytes())
    return made


@cache
def location_keys() -> frozenset[str]:
    """The locations there are figures for."""
    return frozenset(edition()["locations"])


def roles() -> dict[str, dict[str, str]]:
    """The known roles, each with its title and its broad occupational group."""
    made: dict[str, dict[str, str]] = edition()["roles"]
    return made


def role_group(role: str) -> str:
    """The broad occupational group of a role, for statistics that know no more."""
    return roles()[role]["group"] if role in roles() else ""


def cite(source: str) -> str:
    """A source as it is cited: publisher and title."""
    about = edition()["sources"][source]
    return f"{about['publisher']}: {about['title']}"


def _place(file: str, node: dict[str, Any], address: str) -> Origin:
    line, column, width = node["at"]
    return Origin(address, f"locations/{file}.yaml", line, column, width, line, column, width)


def _figure(node: dict[str, Any], value: Any, at: Origin) -> Reference:
    """A reference figure in the form of a scenario's figure."""
    items = {"value": value, "source": cite(node["source"]), "as_of": node["as_of"], "note": node["covers"]}
    items["grade"] = node["grade"]
    return Reference(items, dict.fromkeys(items, at), at)


def _simple(key: str, field: str, node: dict[str, Any] | None) -> Term | None:
    if node is None:
        return None
    at = _place(key, node, f"locations.{key}.{field}")
    return Term(field, _figure(node, node["value"], at), at)


def _charge(key: str, name: str, node: dict[str, Any]) -> Map:
    """An employer charge with its bounds; they hang on the same source."""
    at = _place(key, node, f"locations.{key}.burden.{name}")
    part = Map(at=at)
    for field in ("rate", *BOUNDS):
        value = node.get("value" if field == "rate" else field)
        if value is not None:
            part.origin[field] = at.called(f"{at.address}.{field}")
            part[field] = _figure(node, value, part.origin[field])
    return part


def _burden(key: str, charges: dict[str, dict[str, Any]]) -> Term:
    made = Map({name: _charge(key, name, node) for name, node in charges.items()})
    made.origin = {name: part.at for name, part in made.items()}
    made.at = next(iter(made.values())).at.called(f"locations.{key}.burden")
    return Term("burden", made, made.at)


def _wage(key: str, role: str, node: dict[str, Any]) -> Term:
    """Pay for an hour, or for a month or year as a salary."""
    money, _, period = node["unit"].partition("/")
    at = _place(key, node, f"locations.{key}.wages.{role}")
    unit = money if period == "hour" else node["unit"]
    return Term("wage" if period == "hour" else "salary", _figure(node, f"{node['value']!r} {unit}", at), at)


def optional(key: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """The figures of a location that are taken only where a scenario names them, each with what it is one of."""
    sections = edition()["locations"][key].get("optional", {})
    return {name: (kind, node) for kind, section in sections.items() for name, node in section.items()}


def _chosen(key: str, use: Iterable[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The optional figures that were named, by what they are; `burden` names all charges that may be added."""
    known, made = optional(key), dict[str, dict[str, dict[str, Any]]]()
    for word in use:
        for name, (kind, node) in known.items():
            if name == word or (word == kind == CHARGES and not node.get("instead")):
                made.setdefault(kind, {})[name] = node
    return made


@cache
def read_location(key: str, use: tuple[str, ...] = ()) -> Location:
    """The figures of a location, with the optional ones that are named; KeyError for one that is not known."""
    about, more = edition()["locations"][key], _chosen(key, use)
    extra = more.get("burden", {})
    charges = {**({} if any(part.get("instead") for part in extra.values()) else about.get("burden", {})), **extra}
    terms = [_burden(key, charges)] if charges else []
    for field in ("wage_growth", "paid_hours"):
        found = _simple(key, field, next(iter(more.get(field, {}).values()), about.get(field)))
        terms.extend([found] if found else [])
    wages = {role: _wage(key, role, node) for role, node in about.get("wages", {}).items()}
    wages |= {node["for"]: _wage(key, name, node) for name, node in more.get("wages", {}).items()}
    return Location(
        about["name"],
        about["currency"],
        about["time_zone"],
        tuple(terms),
        wages,
        _simple(key, "uprating", about.get("uprating")),
        _simple(key, "minimum_wage", about.get("minimum_wage")),
    )


def cited(location: Location, role: str) -> Term | None:
    """The pay of a role: of the role itself, else of its group; None if there is none."""
    return location.wages.get(role) or location.wages.get(role_group(role))


@cache
def per_euro() -> dict[str, tuple[Reference, Origin]]:
    """Units of each currency for one euro."""
    made = {}
    for code, node in edition()["per_euro"].items():
        at = _place("fx", node, f"fx.per_euro.{code}")
        made[code] = (_figure(node, node["value"], at), at)
    return made


@cache
def currencies() -> frozenset[str]:
    """The currencies that there is a rate for."""
    return frozenset({"EUR", *edition()["per_euro"]})
