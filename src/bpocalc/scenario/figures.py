"""Reading one figure: plain, with a unit or currency, with what is known about it, or in yearly steps."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple

from bpocalc.about import Place, Source, Spread
from bpocalc.document import Map, Origin, Seq
from bpocalc.locations import RateCard, Reference
from bpocalc.overlay import ABOUT, is_count
from bpocalc.problems import Problem, did_you_mean, misspelt, nearest
from bpocalc.scalars import spelling
from bpocalc.timeline import MONTHS, WEEKS

DISTS = ("split_normal", "triangular", "uniform", "pert", "normal", "lognormal")
MOST = 1e13
"""No figure may be larger: sums and powers of it must stay finite."""
MOST_STRANGE = 100
"""So many unknown keys of one figure are told."""
LEAST = 1e-12
"""No figure but 0 may be closer to 0: what is divided by it must stay finite."""

DAYS = 365
"""Days of a year."""
TIMES = {"s": 1 / 3600, "sec": 1 / 3600, "seconds": 1 / 3600, "min": 1 / 60, "minutes": 1 / 60}
TIMES |= {"h": 1.0, "hour": 1.0, "hours": 1.0}
SPANS = {"month": 1.0, "months": 1.0, "year": float(MONTHS), "years": float(MONTHS)}
SPANS |= {"week": MONTHS / WEEKS, "weeks": MONTHS / WEEKS, "day": MONTHS / DAYS, "days": MONTHS / DAYS}
WEEK_SPANS = {"week": 1.0, "weeks": 1.0, "month": WEEKS / MONTHS, "months": WEEKS / MONTHS}

TEXT = re.compile(r"([-+]?(?:[0-9]+(?:_[0-9]+)*)?(?:\.[0-9]+(?:_[0-9]+)*)?(?:[eE][-+]?[0-9]+)?)\s*(%|[^\d\s_].*)?")
DIGIT = re.compile(r"[0-9]")
LEADING_ZERO = re.compile(r"[-+]?0[0-9]")
AS_OF = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


UNKNOWN = Source()
"""Nothing is said of where a figure comes from."""


class Written(NamedTuple):
    """A figure as it stands in the document, with its origin; `stated` is false where a neutral value stands in."""

    node: Any
    origin: Origin
    stated: bool = True


class Read(NamedTuple):
    """What was read: the number in the field's unit (or the currency's), its unit and currency, range and source."""

    value: float
    currency: str
    unit: str
    spread: Spread | None
    source: Source
    written: str


class Unreadable(Exception):
    """A figure cannot be understood; carries the problem."""

    def __init__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        self.problem = Problem(code, message, place, hint)
        super().__init__(message)


class NoNumber(Exception):
    """A text, or what stands in place of one, says no number that a field takes; its place is not known here."""

    def __init__(self, code: str, said: str, hint: str = "") -> None:
        self.code, self.said, self.hint = code, said, hint
        super().__init__(said)


def kind_of(value: Any) -> str:
    """What a value of the document is, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Map):
        return "a section"
    if isinstance(value, Seq):
        return "a list"
    return f"'{value}'"


def commas(section: Map, key: str) -> str:
    """The cure for a key that is the rest of a number, as in `{salary: 50,000}`; empty if it is none."""
    if len(key) != 3 or not key.isdigit() or section[key] is not None:
        return ""
    keys = list(section)
    before = section[keys[keys.index(key) - 1]] if keys[0] != key else None
    number = isinstance(before, int) and not isinstance(before, bool)
    return f"write {before}_{key}: a comma does not separate thousands" if number else ""


def is_share(unit: str) -> bool:
    """Whether a unit is a part of something, so that a per cent sign makes sense."""
    return unit in ("share", "per year")


def number(text: Any, unit: str, name: str, place: Place) -> tuple[float, str]:
    """The number in the field's unit and the currency it is in (empty for the scenario's).

    Raises Unreadable, with the cure, for anything else than a number with a fitting unit.
    """
    try:
        if isinstance(text, str):
            return parsed(text, unit)
        if isinstance(text, bool) or not isinstance(text, int | float):
            raise NoNumber("BPO005", f"is {kind_of(text)}, not a figure{_in(unit)}", _example(unit))
        if unit == "hours" and text != 0:
            raise _timeless(text)
        return _finite(text), ""
    except NoNumber as wrong:
        raise Unreadable(wrong.code, f"{name} {wrong.said}", place, wrong.hint) from None


@lru_cache(maxsize=4096)
def parsed(text: str, unit: str) -> tuple[float, str]:
    """The number that a text says in a unit, and its currency (empty for the scenario's); NoNumber if it says none."""
    found = TEXT.fullmatch(text.strip())
    digits, tail = (found.group(1), (found.group(2) or "").strip()) if found else ("", "")
    if not digits or digits in "+-" or not DIGIT.search(digits):
        raise NoNumber("BPO016", f"is '{text}', not a figure{_in(unit)}", _cure(text, unit))
    if LEADING_ZERO.match(digits):
        raise NoNumber("BPO016", f"is '{text}': a number with a leading zero", f"write {digits.lstrip('0')}")
    value = _finite(float(digits))
    if not tail and unit == "hours" and value:
        raise _timeless(text)
    if not tail:
        return value, ""
    if tail == "%" and is_share(unit):
        return value / 100, ""
    scale = {"hours": TIMES, "months": SPANS, "weeks": WEEK_SPANS}.get(unit, {})
    if tail in scale:
        return value * scale[tail], ""
    code, _, per = tail.partition("/")
    if unit.startswith("$") and re.fullmatch(r"[A-Z]{3}", code):
        if per in ("", unit.partition("/")[2]):
            return value, code
        if (unit, per) == ("$/year", "month"):
            return value * MONTHS, code
    raise NoNumber("BPO016", f"is '{text}': '{tail}' is no unit for it", _cure(text, unit))


def _timeless(text: object) -> NoNumber:
    return NoNumber("BPO016", "needs a unit of time", f"write '{text} min', '{text} s' or '{text} h'")


def _finite(value: float) -> float:
    try:
        value = float(value)
    except OverflowError:
        value = float("inf")
    if not isfinite(value) or abs(value) > MOST:
        raise NoNumber("BPO006", f"is larger than {MOST:.0e}, the most that is computed with")
    if 0 < abs(value) < LEAST:
        raise NoNumber("BPO006", f"is closer to 0 than {LEAST:.0e}, the least that is computed with")
    return value


def _in(unit: str) -> str:
    return f" in {unit.replace('$', 'money')}" if unit else ""


def _example(unit: str) -> str:
    if unit.startswith("$"):
        return "write a number, or a number and a currency such as 280 PHP"
    if is_share(unit):
        return "write a share such as 35% or 0.35"
    return {"hours": "write a time such as 8.5 min", "months": "write a number of months"}.get(unit, "write a number")


def _cure(text: str, unit: str) -> str:
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?( .*|%)?", text):
        return f"write {text.replace(',', '_')}: a comma does not separate thousands"
    if re.fullmatch(r"[-+]?\d+,\d+( .*|%)?", text):
        return f"write {text.replace(',', '.')}: the decimal sign is a point"
    if re.fullmatch(r"\d+:\d+(:\d+)?", text):
        return "write a time with its unit, such as 8.5 min"
    if text.lower() in (".inf", "-.inf", "+.inf", ".nan"):
        return "every figure must be finite"
    return _example(unit)


def read_figure(written: Written, unit: str, name: str, problems: list[Problem]) -> Read:
    """One figure with what is known about it; Unreadable if its value is not understood.

    What is wrong beside the value (an unknown key, a range that does not hold it) is added to the problems.
    """
    node, origin, _ = written
    if not isinstance(node, Map):
        value, currency = number(node, unit, name, origin.value)
        return Read(value, currency, unit, None, UNKNOWN, spelling(node))
    strange = [] if isinstance(node, Reference) else [key for key in node if key not in ABOUT]
    if "value" not in node:
        if not strange:
            raise Unreadable("BPO004", f"{name} has no 'value'", origin.key, _example(unit))
        key = min(strange, key=lambda key: (nearest(key, ABOUT) != "value", is_count(key)))
        said = f"'{key}' says nothing about a figure"
        raise Unreadable("BPO003", said, node.origin[key].key, did_you_mean(key, ABOUT))
    for key in strange[:MOST_STRANGE]:
        hint = commas(node, key) or did_you_mean(key, ABOUT)
        problems.append(Problem("BPO003", f"'{key}' says nothing about a figure", node.origin[key].key, hint))
    value, currency = number(node["value"], unit, f"value of {name}", node.origin["value"].value)
    return Read(
        value,
        currency,
        unit,
        _spread(node, unit, name, value, currency, problems),
        _source(node, problems),
        spelling(node["value"]),
    )


def _spread(node: Map, unit: str, name: str, value: float, currency: str, problems: list[Problem]) -> Spread | None:
    dist = node.get("dist", DISTS[0])
    if dist not in DISTS:
        place = node.origin["dist"].value
        said = f"dist is {kind_of(dist)}, not one of the distributions"
        problems.append(Problem("BPO017", said, place, did_you_mean(str(dist), DISTS)))
    if "low" not in node and "high" not in node:
        if "dist" in node and not any(misspelt(node, ABOUT, key) for key in ("low", "high")):
            said = f"{name} has a distribution and no range"
            problems.append(Problem("BPO021", said, node.origin["dist"].key, "give 'low' and 'high', or leave it out"))
        return None
    ends: dict[str, float] = {}
    for key in ("low", "high"):
        if key not in node:
            if not misspelt(node, ABOUT, key):
                said = f"{name} has a range with one end only"
                problems.append(Problem("BPO021", said, node.at.key, f"give '{key}' as well"))
            return None
        place = node.origin[key].value
        try:
            ends[key], other = number(node[key], unit, f"{key} of {name}", place)
        except Unreadable as error:
            problems.append(error.problem)
            return None
        if other and other != currency:
            problems.append(Problem("BPO021", f"{key} of {name} is in another currency than its value", place))
            return None
    if ends["low"] > ends["high"]:
        said = f"the range of {name} ends at {ends['high']:g}, below its beginning {ends['low']:g}"
        problems.append(Problem("BPO021", said, node.origin["low"].value, "low ≤ value ≤ high"))
        return None
    if not ends["low"] <= value <= ends["high"]:
        said = f"the range {ends['low']:g} to {ends['high']:g} of {name} does not hold its value {value:g}"
        problems.append(Problem("BPO021", said, node.origin["low"].value, "low ≤ value ≤ high"))
        return None
    if dist == "lognormal" and ends["low"] <= 0:
        said = f"the range of {name} begins at {ends['low']:g}: a lognormal distribution lies above 0"
        problems.append(Problem("BPO021", said, node.origin["low"].value, "write dist: pert, or leave it out"))
        return None
    return Spread(ends["low"], ends["high"], str(dist))


def _source(node: Map, problems: list[Problem]) -> Source:
    texts: dict[str, str] = {}
    for key in ("source", "as_of", "owner", "note"):
        if (text := node.get(key)) is None:
            continue
        if isinstance(text, Map | Seq | bool):
            problems.append(Problem("BPO005", f"{key} is a text, not {kind_of(text)}", node.origin[key].value))
            continue
        texts[key] = str(text)
        if key == "as_of" and not AS_OF.fullmatch(texts[key]):
            said = f"as_of is '{text}', not a year, month or day"
            problems.append(Problem("BPO016", said, node.origin[key].value, "write it as 2026-09"))
    return Source(
        text=texts.get("source", ""),
        as_of=texts.get("as_of", ""),
        owner=texts.get("owner", ""),
        note=texts.get("note", ""),
        grade=node.get("grade", "") if isinstance(node, Reference) else "",
        reference=isinstance(node, Reference),
        card=isinstance(node, RateCard),
    )
