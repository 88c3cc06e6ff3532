"""Figures as JSON Schema: a number, a number with its unit, what is known about it, steps by contract year.

An editor reads YAML 1.2, for which `44_000` is a text: every form is therefore allowed as a text as well, and bounds
hold for what it takes as a number.
"""

from __future__ import annotations

import re
from typing import Any

from bpocalc.overlay import ABOUT
from bpocalc.scenario.fields import Each, In
from bpocalc.scenario.figures import AS_OF, DISTS, SPANS, TIMES, WEEK_SPANS, is_share

Schema = dict[str, Any]

NUMBER = r"(?=\.?[0-9])(0|[1-9][0-9]*(_[0-9]+)*)?(\.[0-9]+(_[0-9]+)*)?([eE][-+]?[0-9]+)?"
TEXT: Schema = {"type": ["string", "number"]}
"""A text, which may look like a number."""
ABOUT_A_FIGURE = "about_a_figure_"
SAID = {
    "value": "The figure itself; the median where there is a range.",
    "low": "Lower end of its range: the 10th percentile, or the least for triangular, uniform and pert.",
    "high": "Upper end of its range: the 90th percentile, or the most for triangular, uniform and pert.",
    "dist": "How the figure is distributed over its range.",
    "source": "Where the figure comes from.",
    "as_of": "When it held, as 2026, 2026-09 or 2026-09-30.",
    "owner": "Who answers for it.",
    "note": "Anything else.",
}
"""What may be said of a figure."""


def plain(mark: In) -> Schema:
    """A number within its bounds, or a text with a unit."""
    sign = "[-+]?" if (mark.ge or mark.gt or 0) < 0 or (mark.ge is None and mark.gt is None) else "[+]?"
    text = {"type": "string", "pattern": f"^\\s*{sign}{NUMBER}\\s*({_units(mark.unit)})\\s*$"}
    return {"anyOf": [_number(mark), text]}


def known(plainly: Schema, beside: Schema | None = None) -> Schema:
    """A figure with what is known about it, and with what else may stand beside that."""
    items: Schema = {name: {"$ref": f"#/definitions/{ABOUT_A_FIGURE}{name}"} for name in ABOUT}
    items |= {name: {"description": SAID[name], "allOf": [plainly]} for name in ("value", "low", "high")}
    properties = items | (beside or {})
    return {"type": "object", "required": ["value"], "properties": properties, "additionalProperties": False}


def about_a_figure() -> Schema:
    """The definitions of what is known about a figure, the same for all of them."""
    made: dict[str, Schema] = {name: {"description": SAID[name], **TEXT} for name in ABOUT}
    made["dist"] = {"description": SAID["dist"], "enum": list(DISTS)}
    made["as_of"]["pattern"] = f"^{AS_OF.pattern}$"
    return {f"{ABOUT_A_FIGURE}{name}": made[name] for name in ABOUT if name not in ("value", "low", "high")}


def steps(single: Schema) -> Schema:
    """A figure for some of the contract years."""
    return {
        "description": "Steps by contract year: a value holds until the next.",
        "type": "object",
        "minProperties": 1,
        "patternProperties": {"^[1-9][0-9]*$": single},
        "additionalProperties": False,
    }


def single(mark: In) -> In:
    """The mark of a figure that does not change."""
    return In(mark.unit, ge=mark.ge, gt=mark.gt, le=mark.le)


def several(mark: Each, item: Schema) -> Schema:
    """A list of figures, or a map of them by name."""
    if mark.length:
        return {"type": "array", "items": item, "minItems": mark.length, "maxItems": mark.length}
    if mark.any_length:
        return {"type": "array", "items": item, "minItems": 1}
    return {"type": "object", "additionalProperties": item, "minProperties": 1}


def in_words(mark: In | Each) -> str:
    """The unit and the bounds of a figure, in words."""
    if isinstance(mark, Each):
        return f"each {in_words(mark.item)}"
    share = is_share(mark.unit)
    bounds = (("at least", mark.ge), ("above", mark.gt), ("at most", mark.le))
    shown = [f"{word} {x * 100:,g} %" if share else f"{word} {x:,g}" for word, x in bounds if x is not None]
    forms = (("may change by contract year", mark.steps), ("may be a list of all months", mark.monthly))
    unit = mark.unit.replace("$", "money")
    return ", ".join([f"in {unit}" if unit != "hours" else "with its unit, such as 8.5 min", *shown,
                      *(word for word, taken in forms if taken)])  # fmt: skip


def name_of(mark: In) -> str:
    """The name of the definition of a figure."""
    bounds = [f"{sign}{x:g}" for sign, x in (("from", mark.ge), ("above", mark.gt), ("to", mark.le)) if x is not None]
    words = [mark.unit.replace("$", "money"), *bounds, *(["steps"] * mark.steps), *(["monthly"] * mark.monthly)]
    return re.sub(r"[^a-z0-9.]+", "_", " ".join(["figure", *words]).lower().replace("-", "minus "))


def _number(mark: In) -> Schema:
    if mark.unit == "hours":
        return {"enum": [0]}
    share = is_share(mark.unit)
    least = -1.0 if share and mark.ge is None and mark.gt is None else mark.ge
    most = min(1.0, mark.le if mark.le is not None else 1.0) if share else mark.le
    bounds = {"minimum": least, "exclusiveMinimum": mark.gt, "maximum": most}
    return {"type": "number", **{name: bound for name, bound in bounds.items() if bound is not None}}


def _units(unit: str) -> str:
    """The units that a figure may carry, as a pattern."""
    if is_share(unit):
        return "%?"
    if unit.startswith("$"):
        per = "(/year|/month)?" if unit == "$/year" else f"({re.escape(unit[1:])})?"
        return f"[A-Z]{{3}}{per}|"
    words = {"hours": TIMES, "months": SPANS, "weeks": WEEK_SPANS}.get(unit, {})
    return "|".join([*words, *([""] if unit != "hours" else [])])
