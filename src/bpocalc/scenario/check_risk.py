"""Checks of quality and risk: what each of them needs."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from bpocalc.scenario.check_parts import check_name
from bpocalc.scenario.check_volume import check_for
from bpocalc.scenario.context import Loading
from bpocalc.scenario.function import Function
from bpocalc.scenario.option import Improved, InHouse, Leg
from bpocalc.scenario.parts import Part
from bpocalc.scenario.risk import Risk

CLOSE = 1e-9
"""How far probabilities may be from 100 % in all."""


def check_quality_and_risk(function: Function, loading: Loading) -> None:
    """The quality and the risks of every side of a function."""
    sides: list[InHouse | Leg] = [function.in_house]
    for option in function.options.values():
        sides += [option.in_house] if isinstance(option, Improved) else option.parts.values()
    for side in sides:
        if side.quality is not None and not function.has_demand:
            hint = "write demand: {volume: …, per: month, unit: …}"
            origin, lack = side.origin("quality"), f"{function.address}.demand"
            said = "the cost of errors needs the function's demand"
            loading.note("BPO004", said, origin, hint, key=True, lack=lack)
        if side.quality is not None:
            check_for(side.quality, "the errors", function, loading, needs=True)
        check_risks(side.risks, side, loading)


def check_risks(risks: Mapping[str, Risk], side: Part, loading: Loading) -> None:
    """Each risk has a probability and an impact, or outcomes of which one comes true."""
    for key, risk in risks.items():
        check_name(key, "a risk", side.written.get("risks"), loading)
        plain = [name for name in ("probability", "impact") if risk.said(name)]
        if risk.said("outcomes"):
            _check_outcomes(key, risk, loading)
            if plain:
                said = f"{key} has outcomes and {' and '.join(plain)}"
                hint = "outcomes have a cost and a probability each: leave the others out"
                loading.note("BPO021", said, risk.origin(*plain), hint, key=True)
        elif len(plain) < 2:
            missing = [name for name in ("probability", "impact") if name not in plain]
            hint = "write probability: 5% (in a year) and impact: 200_000 (when it happens)"
            at = risk.origin(*plain)
            loading.note("BPO004", f"{key} has no {' and no '.join(map(repr, missing))}", at, hint, key=True)


def _check_outcomes(key: str, risk: Risk, loading: Loading) -> None:
    total = sum(outcome.probability.figure for outcome in risk.outcomes)
    if not isnan(total) and abs(total - 1) > CLOSE and risk.outcomes:
        said = f"the probabilities of the outcomes of {key} add up to {total * 100:g} %"
        hint = "a year ends in one of them: together they are 100 %; give one with cost: 0 for nothing"
        loading.note("BPO021", said, risk.origin("outcomes"), hint, key=True)
