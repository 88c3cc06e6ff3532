"""The assumption book as text, Markdown and JSON: what is stated, what the reference data says, what is neutral."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, NamedTuple

from bpocalc import __version__
from bpocalc.assumptions import Assumption, Register, age_of, findings, sections
from bpocalc.table import clean
from bpocalc.views.entries import column_of, labelled, wrapped
from bpocalc.views.json import dump
from bpocalc.views.layout import INDENT
from bpocalc.views.markdown import cell

FORMAT, VERSION = "bpocalc.assumptions", 1
HEADER = "header"
"""The heading of what stands above all sections."""
LONGEST_LABEL = 28
"""A longer label stands on a line of its own."""
KEPT = "\u00a0"
"""A space at which no line ends; written as a plain one in the end."""
DOT = f"{KEPT}· "
SHARES = {"share": "%", "per year": f"%{KEPT}per year"}
BEFORE = ("month", "year", "factor")
"""Units that stand before their number."""
SINGLE = {"months": "month", "weeks": "week", "hours": "hour", "units": "unit", "people": "person"}
TIME = re.compile(r"(\S*[0-9.])\s*([A-Za-z]+)")
RANGES = {"normal": "normal, P10 to P90", "lognormal": "lognormal, P10 to P90", "split_normal": "P10 to P90"}
"""What the ends of a range are; for all other distributions they are limits."""
IDLE = "no result hangs on it"


class Part(NamedTuple):
    """A part of the book."""

    title: str
    about: str
    entries: list[Assumption]


def render(register: Register, format: str, path: str, sha256: str, room: int | None = None) -> str:
    """The book as `text` (within `room` columns where that is given), `markdown` or `json`; KeyError for another.

    `path` is how the file is shown, `-` for standard input; `sha256` is that of its bytes.
    """
    makers = {
        "text": lambda: _text(register, _shown(path), room),
        "markdown": lambda: _markdown(register, _shown(path)),
        "json": lambda: _json(register, path, sha256),
    }
    return makers[format]()


def _shown(path: str) -> str:
    return "<stdin>" if path == "-" else clean(path)


# Figures


def digits(value: float, significant: int = 15) -> str:
    """A number with all the digits that were written; 15 are never wrong."""
    text = f"{value:,.{significant}g}"
    return text.replace("-", "−", 1) if value < 0 else text


def value_of(item: Assumption) -> str:
    """The value as its reader knows it, and as it is computed with: `8.5 min (0.141667 hours)`, `3 % (0.03)`."""
    if item.unit in SHARES:
        return f"{_with(digits(item.value * 100), SHARES[item.unit])} ({digits(item.value)})"
    number, unit = _as_written(item)
    if unit == item.unit:
        return _with(digits(item.value), unit)
    exact, short = digits(item.value), digits(item.value, 6)
    converted = _with(exact if exact == short else f"≈{KEPT}{short}", item.unit)
    return f"{_with(digits(number), unit)} ({converted})"


def range_of(item: Assumption) -> str:
    """The range in the unit of the value, and what its ends are; empty without one."""
    if item.low is None or item.high is None:
        return ""
    if item.unit in SHARES:
        times, unit, places = 100.0, SHARES[item.unit], 15
    else:
        number, unit = _as_written(item)
        times, places = (1.0, 15) if unit == item.unit else (number / item.value, 12)
    ends = f"{digits(item.low * times, places)} to {digits(item.high * times, places)}"
    return f"{_with(ends, unit)} ({RANGES.get(item.dist, f'limits, {item.dist}')})"


def _as_written(item: Assumption) -> tuple[float, str]:
    """The number and unit of a time as it was written; those of the value where no unit was converted."""
    found = TIME.fullmatch(item.written.strip()) if item.unit in SINGLE else None
    if found is None or item.value in (0, number := float(found[1])):
        return item.value, item.unit
    return number, found[2]


def _with(number: str, unit: str) -> str:
    """A number with its unit: `month 2`, `1 hour`, `3 %`."""
    if unit in BEFORE:
        return f"{unit}{KEPT}{number}"
    return f"{number}{KEPT}{SINGLE.get(unit, unit) if number == '1' else unit}"


def place_of(item: Assumption, path: str) -> str:
    """File and line, without the folder, which stands above; the command line has no lines."""
    if item.place is None:
        return ""
    if item.kind == "set":
        return item.place.file
    return f"{PurePath(path).name if item.kind in ('stated', 'case') else item.place.file}:{item.place.line}"


# What text and Markdown share


def _parts(register: Register, path: str) -> list[Part]:
    stated, sets = register.stated, len(register.of("set"))
    reference = register.of("reference")
    neutral = [item for item in register.of("neutral") if item.used]
    cases = register.of("case")
    by_case = f", {len(cases)} of them by case {cases[0].case}" if cases else ""
    by_set = f"{by_case}, {sets} of them by --set" if sets else by_case
    cards = register.of("card")
    by_set += f", {len(cards)} of them by rate card" if cards else ""
    idle = len(register.of("neutral")) - len(neutral)
    more = f" {idle} more are not stated either; no result hangs on them." if idle else ""
    nothing = f"The file says nothing of these: they count as given here.{more}"
    return [
        Part(f"Stated in {path}: {len(stated)}{by_set}", "", stated),
        Part(f"From the reference data: {len(reference) or 'none'}", "", reference),
        Part(f"Missing, so neutral: {len(neutral) or 'none'}", nothing, neutral),
    ]


def _basis(register: Register, path: str) -> str:
    span = f"{register.months} month{'' if register.months == 1 else 's'}"
    start = f" from {register.start}" if register.start else ""
    return f"assumption book · {path} · {register.currency} · {span}{start}"


# Text


def _text(register: Register, path: str, room: int | None) -> str:
    lines = wrapped(clean(register.title), room, "") + wrapped(_basis(register, path), room, "")
    lines += ["", *(line for found in findings(register) for line in wrapped(clean(found), room, INDENT))]
    for part in _parts(register, path):
        lines += ["", *wrapped(part.title, room, "")]
        lines += wrapped(part.about, room, INDENT) if part.entries and part.about else []
        for section, entries in sections(part.entries).items():
            lines += ["", *wrapped(clean(section) or HEADER, room, INDENT)]
            column = column_of([clean(label) for label, _ in entries], LONGEST_LABEL, room)
            for label, item in entries:
                lines += labelled(clean(label), _said(item, path), column, room)
    return "\n".join(lines).replace(KEPT, " ") + "\n"


def _said(item: Assumption, path: str) -> Iterator[str]:
    """What there is to say about an input, each on lines of its own."""
    if item.kind == "neutral":
        yield value_of(item)
        return
    spread = range_of(item)
    by = f"set by case {item.case}" if item.case else ""
    about = [f"range {spread}" if spread else "", place_of(item, path), by, "" if item.source else f"no{KEPT}source"]
    yield DOT.join(text for text in (value_of(item), *about, "" if item.used else IDLE) if text)
    age = age_of(item)
    dated = f"as{KEPT}of{KEPT}{item.as_of}{f', {age}' if age else ''}" if item.as_of else ""
    known = (
        clean(item.source),
        dated,
        f"owner {clean(item.owner)}" if item.owner else "",
        f"grade {item.grade}" if item.grade else "",
    )
    if any(known):
        yield DOT.join(text for text in known if text)
    if item.note:
        yield clean(f"{'covers' if item.kind == 'reference' else 'note'}: {item.note}")


# Markdown

HEADS = ("input", "value", "range", "source", "as of", "age", "owner", "grade", "note", "place", "remark")
REFERENCE_HEADS = tuple("covers" if head == "note" else head for head in HEADS)


def _markdown(register: Register, path: str) -> str:
    parts = [f"# {_cell(register.title)}\n\n{_cell(_basis(register, path))}\n"]
    parts += ["\n".join(f"- {_cell(found)}" for found in findings(register)) + "\n"]
    for part in _parts(register, path):
        parts.append(f"## {_cell(part.title)}\n")
        if part.entries:
            parts += [f"{_cell(part.about)}\n"] if part.about else []
            heads = REFERENCE_HEADS if part.entries[0].kind == "reference" else HEADS
            parts.append(_grid([_cells(item, path) for item in part.entries], heads))
    return "\n".join(parts)


def _cells(item: Assumption, path: str) -> tuple[str, ...]:
    if item.kind == "neutral":
        return (item.address, value_of(item), *[""] * (len(HEADS) - 2))
    known = (item.source or "none", item.as_of, age_of(item), item.owner, item.grade, item.note)
    return (item.address, value_of(item), range_of(item), *known, place_of(item, path), _remark(item))


def _remark(item: Assumption) -> str:
    by = f"set by case {item.case}" if item.case else ""
    return "; ".join(text for text in (by, "" if item.used else IDLE) if text)


def _grid(rows: list[tuple[str, ...]], heads: tuple[str, ...]) -> str:
    """A table without the columns in which there is nothing."""
    kept = [number for number in range(len(heads)) if any(row[number] for row in rows)]
    lines = [[heads[number] for number in kept], ["---" for _ in kept]]
    lines += [[_cell(row[number]) for number in kept] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return cell(clean(text))


# JSON


def _json(register: Register, path: str, sha256: str) -> str:
    file = next((item.place.file for item in register.of("stated") if item.place), path)
    made = {
        "format": FORMAT,
        "version": VERSION,
        "engine": __version__,
        "scenario": {"path": path, "sha256": sha256, "title": register.title},
        "currency": register.currency,
        "start": register.start,
        "months": register.months,
        "counts": register.counts,
        "assumptions": [_item(item, file, path) for item in register.assumptions],
    }
    return dump(made) + "\n"


def _item(item: Assumption, file: str, path: str) -> dict[str, Any]:
    """An input as an object, null for what is not known; `path` is how the scenario's `file` is shown."""
    known = {name: None if value == "" else value for name, value in item._asdict().items()}
    if place := item.place:
        shown = path if place.file == file else place.file
        known["place"] = {"file": shown, "line": place.line, "column": place.column}
    return known
