"""Reference figures by location: wages by role, employer charges, wage growth, exchange rates, each with its source.

The figures are documents like a scenario, so that each keeps the file and line where it stands.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from bpocalc.document import Map, Origin, read

MONTHS_PAID = 12


class Reference(Map):
    """A figure of the reference data: a figure mapping that also carries its grade."""


class Location(NamedTuple):
    """What is known of a location, ready to be laid under a team."""

    name: str
    currency: str
    time_zone: str
    terms: dict[str, Any]
    origins: dict[str, Origin]
    wages: dict[str, tuple[str, Reference, Origin]]
    """By role or group: the field it fills (wage an hour, salary a year), the figure and its place."""
    no_wages: str


@cache
def location_keys() -> frozenset[str]:
    """The locations there are figures for."""
    names = (entry.name for entry in files(__name__).iterdir())
    return frozenset(name[:-5] for name in names if name.endswith(".yaml") and name[:-5].isupper())


@cache
def _read(name: str) -> Map:
    doc, problems = read((files(__name__) / name).read_text("utf-8"), f"locations/{name}")
    if problems:
        raise ValueError(f"{name}: {problems[0].message}")
    return doc


@cache
def roles() -> dict[str, Map]:
    """The known roles, each with its title and its broad occupational group."""
    return dict(_read("roles.yaml"))


def role_group(role: str) -> str:
    """The broad occupational group of a role, for statistics that know no more."""
    return str(roles()[role]["group"]) if role in roles() else ""


def _source(key: str) -> str:
    about = _read("sources.yaml")[key]
    return f"{about['publisher']}: {about['title']}"


def _figure(node: Map, value: Any, note: str = "") -> Reference:
    """A reference figure in the form of a scenario's figure."""
    covers = f"{note}; {node['covers']}" if note else node["covers"]
    items = {"value": value, "source": _source(node["source"]), "as_of": node["as_of"], "note": covers}
    origin = dict.fromkeys(items, node.origin["value"])
    return Reference({**items, "grade": node["grade"]}, {**origin, "grade": node.origin["grade"]}, node.at)


def _money(text: str) -> tuple[float, str]:
    """Amount a year and currency of a bound such as `35_000 PHP/month`."""
    amount, unit = text.split()
    currency, _, period = unit.partition("/")
    return float(amount) * (MONTHS_PAID if period == "month" else 1), currency


def _burden_part(node: Map, address: str) -> Map:
    part = Map({"rate": _figure(node, node["value"])}, {"rate": node.at._replace(address=f"{address}.rate")}, node.at)
    for bound in ("above", "up_to"):
        if bound in node:
            amount, currency = _money(node[bound])
            part[bound] = _figure(node, f"{amount!r} {currency}", f"written as {node[bound]}")
            part.origin[bound] = node.origin[bound]._replace(address=f"{address}.{bound}")
    return part


def _wage(node: Map, address: str) -> tuple[str, Reference, Origin]:
    currency, _, period = node["unit"].partition("/")
    origin = node.at._replace(address=address)
    if period == "hour":
        return "wage", _figure(node, f"{node['value']!r} {currency}"), origin
    times = MONTHS_PAID if period == "month" else 1
    note = f"{times} × {node['value']} {node['unit']}" if times > 1 else ""
    return "salary", _figure(node, f"{node['value'] * times!r} {currency}", note), origin


@cache
def read_location(key: str) -> Location:
    """The figures of a location; KeyError for one that there is no file for."""
    if key not in location_keys():
        raise KeyError(key)
    doc = _read(f"{key}.yaml")
    terms: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    if "burden" in doc:
        parts = doc["burden"]
        at = parts.at._replace(address=f"locations.{key}.burden")
        terms["burden"] = Map(
            {name: _burden_part(parts[name], f"{at.address}.{name}") for name in parts},
            {name: parts.origin[name]._replace(address=f"{at.address}.{name}") for name in parts},
            at,
        )
        origins["burden"] = at
    if "wage_growth" in doc:
        terms["wage_growth"] = _figure(doc["wage_growth"], doc["wage_growth"]["value"])
        origins["wage_growth"] = doc["wage_growth"].at._replace(address=f"locations.{key}.wage_growth")
    wages = {role: _wage(node, f"locations.{key}.wages.{role}") for role, node in doc.get("wages", {}).items()}
    return Location(doc["name"], doc["currency"], doc["time_zone"], terms, origins, wages, doc.get("no_wages", ""))


def cited(location: Location, role: str) -> tuple[str, Reference, Origin] | None:
    """The field, figure and place of a role's pay: of the role itself, else of its group; None if there is none."""
    return location.wages.get(role) or location.wages.get(role_group(role))


@cache
def per_euro() -> dict[str, tuple[Reference, Origin]]:
    """Units of each currency for one euro."""
    rates = _read("fx.yaml")["per_euro"]
    return {
        code: (
            _figure(rates[code], rates[code]["value"]),
            rates.origin[code]._replace(address=f"fx.per_euro.{code}"),
        )
        for code in rates
    }


@cache
def currencies() -> frozenset[str]:
    """The currencies that there is a rate for."""
    return frozenset({"EUR", *per_euro()})
