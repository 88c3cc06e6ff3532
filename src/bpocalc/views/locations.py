"""The reference figures as text, Markdown, CSV and JSON: an overview, one location, the pay of a role, the sources."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from bpocalc import __version__
from bpocalc.locations import cite, edition, roles
from bpocalc.locations.listing import OPTIONAL, Entry
from bpocalc.views.csv import safe
from bpocalc.views.entries import column_of, labelled, wrapped
from bpocalc.views.json import dump
from bpocalc.views.layout import INDENT
from bpocalc.views.markdown import cell

FORMAT, VERSION = "bpocalc.locations", 1
TITLES = {
    "exchange_rate": "Exchange rate",
    "wages": "Wages, gross, before employer charges",
    "burden": "Employer charges, share of pay",
    "wage_growth": "Wage growth",
    "paid_hours": "Paid hours",
    "minimum_wage": "Minimum wage",
    "uprating": "To carry the wages to a later year: uprating: reference",
    "severance": "Severance",
    "hours": "Hours",
    "facts": "Other facts, for orientation",
    "optional wages": "Wages taken only where a scenario names them: use: [NAME]",
    "optional burden": "Employer charges taken only where a scenario names them: use: [NAME], or use: [burden] for all",
    "optional wage_growth": "Wage growth taken only where a scenario names it: use: [NAME]",
    "optional paid_hours": "Paid hours taken only where a scenario names them: use: [NAME]",
}
LONGEST_LABEL = 34
GRADES = (
    "Grades: A official and current; B official, but at second hand, coarser than a role or years old; C a headline."
)


class Shown(NamedTuple):
    """What is to be shown: locations with their figures, all of them or those of a role, or the sources."""

    keys: tuple[str, ...]
    entries: tuple[Entry, ...]
    role: str | None
    in_full: bool
    """Whether the figures are shown, and not only how many there are."""
    sources: bool


class Part(NamedTuple):
    """A part of a text: its title, and labels with the lines that belong to each."""

    title: str
    rows: list[tuple[str, list[str]]]


def render(shown: Shown, format: str, room: int | None) -> str:
    """What is shown as `text` (within `room` columns where that is given), `markdown`, `csv` or `json`."""
    makers = {"text": lambda: _text(shown, room), "markdown": lambda: _markdown(shown)}
    makers |= {"csv": lambda: _csv(shown), "json": lambda: _json(shown)}
    return makers[format]()


# What text and Markdown share


def value_of(entry: Entry) -> str:
    """A figure with its unit and bounds: `6.2 % up to 184,500 USD/year`, `22.4 USD/hour`."""
    shares = {"per year": "% a year", "share of pay": "%", "share of labour cost": "% of labour cost"}
    if entry.unit in shares:
        text = f"{entry.value * 100:.6g} {shares[entry.unit]}"
    elif entry.unit.startswith("share of"):
        text = f"{entry.value * 100:.6g} % {entry.unit.removeprefix('share ')}"
    else:
        text = f"{entry.value:,.15g} {entry.unit}".replace(" factor", "")
    return f"{text} {entry.bounds}".rstrip()


def _age(entry: Entry) -> str:
    old = f"{entry.age} month{'' if entry.age == 1 else 's'} old"
    return f"{entry.period}, {old}"


def _heading(shown: Shown) -> tuple[str, str]:
    places, made = edition()["locations"], f"edition {edition()['edition']}, ages at that month"
    if shown.sources:
        return "Sources of the reference figures", f"edition {edition()['edition']}"
    if shown.role:
        return f"{roles()[shown.role]['title']}: pay of the role {shown.role}", made
    if shown.in_full:
        about = places[shown.keys[0]]
        known = [shown.keys[0], about["currency"], about["time_zone"], ", ".join(about["languages"])]
        return about["name"], " · ".join([*known, made])
    return "Locations with reference figures", f"edition {edition()['edition']}"


def _parts(shown: Shown) -> Iterator[Part]:
    """What there is to show, its sources last."""
    cited = list(dict.fromkeys(entry.source for entry in shown.entries))
    if shown.sources:
        yield Part("", [(source, _source(source)) for source in cited])
    elif not shown.in_full:
        yield Part("", [(key, [_summary(key, shown.entries)]) for key in shown.keys])
    else:
        sections = list(dict.fromkeys(entry.section for entry in shown.entries))
        for section in sections:
            mine = [entry for entry in shown.entries if entry.section == section]
            rows = [(_label(entry, shown), _said(entry, cited)) for entry in mine]
            yield Part(TITLES[section], rows)
        yield Part("Sources", [(f"[{number}]", [cite(source)]) for number, source in enumerate(cited, 1)])


def _label(entry: Entry, shown: Shown) -> str:
    return entry.location if shown.role else entry.name


def _said(entry: Entry, cited: list[str]) -> list[str]:
    source = f"[{cited.index(entry.source) + 1}]"
    return [f"{value_of(entry)} · {_age(entry)} · grade {entry.grade} · {source}", entry.covers]


def _summary(key: str, found: tuple[Entry, ...]) -> str:
    about = edition()["locations"][key]
    mine = [entry for entry in found if entry.location == key]

    def many(section: str) -> list[Entry]:
        return [entry for entry in mine if entry.section == section]

    wages, charges = many("wages"), many("burden")
    groups = any(entry.name == "professionals" for entry in wages)
    kinds = "broad group" if groups else "role"
    known = [
        f"wages of {len(wages)} {kinds}{'' if len(wages) == 1 else 's'}" if wages else "no wages",
        f"{len(charges)} employer charge{'' if len(charges) == 1 else 's'}" if charges else "no employer charges",
        *(f"wage growth {value_of(entry)}" for entry in many("wage_growth")),
    ]
    asked = sum(entry.section.startswith(OPTIONAL) for entry in mine)
    known += [f"{asked} more by name"] if asked else []
    return " · ".join([about["name"], about["currency"], *known])


def _source(key: str) -> list[str]:
    about = edition()["sources"][key]
    known = [cite(key), about["licence"], about["how"].replace("_", " ")]
    return [
        " · ".join(known),
        *([about["url"]] if "url" in about else []),
        *([about["note"]] if "note" in about else []),
    ]


def _notes(shown: Shown) -> list[str]:
    if shown.sources:
        return ["Credits that the licences ask for are in NOTICE and in docs/locations.md."]
    if shown.in_full:
        return [GRADES]
    return ["The figures of one: bpocalc locations PH   of a role: bpocalc locations --role accountant", GRADES]


# Text


def _text(shown: Shown, room: int | None) -> str:
    title, basis = _heading(shown)
    lines = [*wrapped(title, room, ""), *wrapped(basis, room, "")]
    for part in _parts(shown):
        lines += ["", *(wrapped(part.title, room, INDENT) if part.title else [])]
        column = column_of([label for label, _ in part.rows], LONGEST_LABEL, room)
        for label, said in part.rows:
            lines += labelled(label, said, column, room)
    lines += ["", *(line for note in _notes(shown) for line in wrapped(note, room, INDENT))]
    return "\n".join(lines) + "\n"


# Markdown


def _markdown(shown: Shown) -> str:
    title, basis = _heading(shown)
    parts = [f"# {cell(title)}\n\n{cell(basis)}\n"]
    for part in _parts(shown):
        parts.append(f"## {cell(part.title)}\n" if part.title else "")
        rows = [f"- **{cell(label)}**: {'. '.join(cell(text) for text in said)}" for label, said in part.rows]
        parts.append("\n".join(rows) + "\n")
    parts.append("\n".join(f"- {cell(note)}" for note in _notes(shown)) + "\n")
    return "\n".join(part for part in parts if part)


# CSV and JSON


def _csv(shown: Shown) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if shown.sources:
        columns = ("source", "publisher", "title", "licence", "how", "url", "note")
        writer.writerow(columns)
        for key, about in _cited(shown).items():
            writer.writerow([safe(key), *(safe(about.get(column, "")) for column in columns[1:])])
        return stream.getvalue()
    writer.writerow(Entry._fields)
    for entry in shown.entries:
        writer.writerow([safe(field) if isinstance(field, str) else field for field in entry])
    return stream.getvalue()


def _cited(shown: Shown) -> dict[str, dict[str, Any]]:
    cited = {entry.source for entry in shown.entries}
    return {key: about for key, about in edition()["sources"].items() if key in cited}


def _json(shown: Shown) -> str:
    places = edition()["locations"]
    made: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "engine": __version__,
        "edition": edition()["edition"],
        "locations": [
            {
                "key": key,
                **{name: places[key][name] for name in ("name", "currency", "time_zone", "languages")},
                "figures": [_figure(entry) for entry in shown.entries if entry.location == key],
            }
            for key in shown.keys
        ],
        "sources": _cited(shown),
    }
    return dump(made) + "\n"


def _figure(entry: Entry) -> dict[str, Any]:
    known = entry._asdict()
    del known["location"]
    return known
