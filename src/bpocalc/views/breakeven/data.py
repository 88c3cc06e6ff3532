"""The break-even as JSON and CSV: figures unrounded, null or empty where there is none."""

from __future__ import annotations

import csv
import io
from typing import Any

from bpocalc.scenario.overrides import override_of
from bpocalc.studies.breakeven import BreakEven, Curve
from bpocalc.studies.crossings import Crossing
from bpocalc.studies.levers import Lever
from bpocalc.views.csv import safe
from bpocalc.views.json import dump
from bpocalc.views.sensitivity.data import envelope, known, lever, metric, switching

FORMAT, VERSION = "bpocalc.breakeven", 1


def render_json(found: BreakEven | Curve, path: str, sha256: str) -> str:
    """One object."""
    made: dict[str, Any] = envelope(FORMAT, VERSION, found.comparison, path, sha256)
    made |= {"metric": metric(found.metric, found.target), "input": lever(found.lever)}
    if isinstance(found, Curve):
        curve = [{"value": one.along, "break_even": _all(found.lever, one.crossings)} for one in found.stops]
        made |= {"along": lever(found.along), "curve": curve}
    else:
        points = [{"value": x, "result": known(y)} for x, y in found.points]
        made |= {"break_even": _all(found.lever, found.crossings), "points": points}
    return dump(made) + "\n"


def _all(of: Lever, crossings: tuple[Crossing, ...]) -> list[dict[str, Any]]:
    return [switching(of, one) for one in crossings]


def render_csv(found: BreakEven | Curve) -> str:
    """The result by the values of the input, or its break-even by those of the second one."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if isinstance(found, Curve):
        writer.writerow([safe(found.along.address), safe(found.lever.address), "leap", "override"])
        for stop in found.stops:
            for one in stop.crossings:
                override = override_of(found.lever.address, found.lever.about, one.at)
                writer.writerow([stop.along, one.at, one.jump, safe(override)])
            if not stop.crossings:
                writer.writerow([stop.along, None, None, None])
        return stream.getvalue()
    met = {one.at for one in found.crossings}
    writer.writerow([safe(found.lever.address), safe(found.metric.address), "break_even"])
    writer.writerows([x, known(y), x in met] for x, y in found.points)
    return stream.getvalue()
