"""The break-even in words and tables, for every format that is read."""

from __future__ import annotations

from math import isnan

from bpocalc.report import Report
from bpocalc.studies.breakeven import BreakEven, Curve
from bpocalc.table import Row, Table
from bpocalc.views.sensitivity.wording import (
    FOUND,
    amount,
    change,
    flip,
    headline,
    held,
    kind_of,
    no_crossing,
    shown,
    under,
    with_unit,
)

ALL_ELSE = "All other inputs stay as they are."
OWN = "* as it is in the scenario."


def of_input(found: BreakEven) -> Report:
    """One input: where the result meets its target, and the result around it."""
    title, basis = under(found.comparison)
    lever, kind = found.lever, kind_of(found.metric, found.comparison.run.loaded.scenario.currency)
    met = {one.at for one in found.crossings}
    rows = tuple(
        Row(_label(found, x, x in met), kind, ("never" if isnan(y) else y,), "total" if x in met else "")
        for x, y in found.points
    )
    table = Table(f"{found.metric.address} by {lever.name}", ((found.metric.title,),), rows)
    return Report(title, basis, (headline(found), _answer(found)), (table,), (OWN, *held(found)), ALL_ELSE)


def _label(found: BreakEven, x: float, met: bool) -> str:
    text = with_unit(found.lever, x, FOUND if met else 5)
    return f"{text} *" if x == found.lever.value else text


def _answer(found: BreakEven) -> str:
    lever, target = found.lever, amount(found, found.target)
    if not found.crossings:
        return f"{lever.name} does not bring it to {target}: {no_crossing(lever)}."
    leaps = any(one.jump for one in found.crossings)
    verb = "It passes" if leaps else "It is"
    at = " and ".join(
        f"{with_unit(lever, one.at, FOUND)}{f' ({apart})' if (apart := change(lever, one.at)) else ''}"
        for one in found.crossings
    )
    return f"{verb} {target} at {lever.name} = {at}; the scenario has {with_unit(lever, lever.value)}."


def of_pair(found: Curve) -> Report:
    """Two inputs: the break-even of the first at values of the second."""
    title, basis = under(found.comparison)
    lever, along = found.lever, found.along
    rows = tuple(
        Row(
            with_unit(along, stop.along) + (" *" if stop.along == along.value else ""),
            "text",
            (", ".join(flip(lever, one) for one in stop.crossings) or "none",),
        )
        for stop in found.stops
    )
    table = Table(f"break-even of {lever.name} by {along.name}", ((lever.name,),), rows)
    target = amount(found, found.target)
    met = [stop for stop in found.stops if stop.crossings]
    if met:
        first, last = met[0], met[-1]
        said = (
            f"It is {target} at {lever.name} = {shown(lever, first.crossings[0].at, FOUND)} with {along.name} = "
            f"{with_unit(along, first.along)}, and at {shown(lever, last.crossings[0].at, FOUND)} with "
            f"{with_unit(along, last.along)}; the scenario has {with_unit(lever, lever.value)} and "
            f"{with_unit(along, along.value)}."
        )
    else:
        said = f"{lever.name} brings it to {target} at none of these: {no_crossing(lever)}."
    return Report(title, basis, (headline(found), said), (table,), (OWN, *held(found)), ALL_ELSE)
