"""Every reference figure as an entry of a list: to be shown, searched and exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from bpocalc.locations import edition, role_group
from bpocalc.timeline import MONTHS, Month

SINGLE = {"wage_growth": "per year", "paid_hours": "hours/year", "minimum_wage": "", "uprating": "factor"}
"""Sections of one figure, each with its unit where the figure does not say it."""
SECTIONS = {"wages": "", "burden": "share of pay", **SINGLE, "severance": "", "hours": "", "facts": ""}
BOUNDS = {"above": "above", "up_to": "up to", "if_pay_above": "for pay above", "if_pay_up_to": "for pay up to"}
OPTIONAL, RATE = "optional", "exchange_rate"


class Entry(NamedTuple):
    """A figure with all that is known about it."""

    location: str
    section: str
    """What it is one of; `optional wages` and so on for what is taken only where a scenario names it."""
    name: str
    value: float
    """A share as a number: 0.062 for 6.2 %."""
    unit: str
    bounds: str
    """Of an employer charge: between which pays, and from which, it is due."""
    period: str
    """What it was observed over, or since when it holds."""
    age: int
    """Whole months from the end of its period to the edition."""
    grade: str
    source: str
    covers: str


def entries(key: str) -> Iterator[Entry]:
    """All figures of a location, in the order in which they are shown."""
    about = edition()["locations"][key]
    money = about["currency"]
    if (rate := edition()["per_euro"].get(money)) is not None:
        yield _entry(key, RATE, money, f"{money}/EUR", rate)
    for section, unit in SECTIONS.items():
        found = about.get(section, {})
        named = {section: found} if "value" in found else found
        yield from (_entry(key, section, name, unit, node) for name, node in named.items())
    for section, found in about.get(OPTIONAL, {}).items():
        unit = SECTIONS[section]
        yield from (_entry(key, f"{OPTIONAL} {section}", name, unit, node) for name, node in found.items())


def _entry(key: str, section: str, name: str, unit: str, node: dict[str, Any]) -> Entry:
    bounds = [f"{word} {readable(node[field])}" for field, word in BOUNDS.items() if field in node]
    return Entry(
        key,
        section,
        name,
        number(node["value"]),
        node.get("unit", unit),
        " ".join(bounds),
        str(node.get("period", node["as_of"])),
        age(node["as_of"]),
        node["grade"],
        node["source"],
        node["covers"],
    )


def number(value: Any) -> float:
    """A figure as a number: 6.2% as 0.062, 184_500 as it is."""
    text = str(value)
    return round(float(text[:-1]) / 100, 12) if text.endswith("%") else float(text)


def readable(bound: str) -> str:
    """A bound such as `184_500 USD/year` as it is shown."""
    amount, _, unit = bound.partition(" ")
    return f"{number(amount):,.15g} {unit}"


def age(as_of: str) -> int:
    """Whole months from the end of a period to the edition."""
    year, month = edition()["edition"].split(".")
    made = Month(int(year), int(month))
    then = Month.parse(as_of[:7]) or Month(int(as_of[:4]), MONTHS)
    return then.until(made)


def wage_of(key: str, role: str) -> Entry | None:
    """The wage that a role is paid at a location: its own, else that of its group; None if there is none."""
    wages = {entry.name: entry for entry in entries(key) if entry.section == "wages"}
    return wages.get(role) or wages.get(role_group(role))


def search(text: str) -> list[str]:
    """The locations that a text means: the one with that key, else those with it in their name."""
    places = edition()["locations"]
    if text.upper() in places:
        return [text.upper()]
    return [key for key, about in places.items() if text.casefold() in about["name"].casefold()]
