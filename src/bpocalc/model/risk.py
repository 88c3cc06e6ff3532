"""Risk: what may go wrong costs its average, on both sides; the comparison shows its results with and without it."""

from __future__ import annotations

from bpocalc.model.book import Lines, line
from bpocalc.model.improved import blended_line, same
from bpocalc.model.scene import Scene
from bpocalc.model.side import Setting
from bpocalc.quantity import ONE, ZERO, Quantity, sum_of
from bpocalc.scenario.option import InHouse
from bpocalc.scenario.risk import LegRisk, Outcome, Risk
from bpocalc.timeline import MONTHS


@line("$/year")
def mean_outcome(outcomes: list[Outcome]) -> Quantity:
    """What a year costs on average: each outcome times its probability."""
    return sum_of(outcome.cost * outcome.probability for outcome in outcomes)


@line("$/month", "risk")
def expected_cost(risk: Risk, mean: Quantity | None, exposed: Quantity | None, growth: Quantity) -> Quantity:
    """What a risk costs on average: probability a year × impact ÷ 12, as far as the work is exposed to it.

    In an option the in-house risk falls with the work that stays, and that of a leg rises with its ramp; the provider
    bears a share of it.
    """
    if mean is None:
        assert risk.probability is not None
        assert risk.impact is not None
        mean = risk.probability * risk.impact
    monthly = mean / MONTHS
    if isinstance(risk, LegRisk) and risk.provider_bears is not None:
        monthly = monthly * (ONE - risk.provider_bears)
    return (monthly if exposed is None else monthly * exposed) * growth


def in_house(side: InHouse, setting: Setting, lines: Lines) -> None:
    """The risks of doing all the work in-house."""
    for key, risk in side.risks.items():
        _put(key, risk, None, setting, lines)


def improved(old: InHouse, new: InHouse, progress: Quantity, setting: Setting, lines: Lines) -> None:
    """The risks of an improved in-house side: what the overlay changes comes with its ramp."""
    for key in {**old.risks, **new.risks}:
        today, later = old.risks.get(key), new.risks.get(key)
        if later is not None and same(today, later):
            _put(key, later, None, setting, lines)
            continue
        ends = [
            ZERO if risk is None else _put(key, risk, None, setting, lines, way=word)
            for risk, word in ((today, "today"), (later, "improved"))
        ]
        title = next(risk.title for risk in (later, today) if risk is not None) or key
        lines.cost(blended_line, *ends, progress, name="risk", of=key, title=title, category="risk")


def outsourced(scene: Scene) -> None:
    """The risks of the work that stays, and those of every leg."""
    for key, risk in scene.side.risks.items():
        _put(key, risk, ONE - scene.away, scene.setting, scene.lines, name="risk.staying")
    for name, leg in scene.option.parts.items():
        for key, leg_risk in leg.risks.items():
            _put(key, leg_risk, scene.moved.ramps[name], scene.setting, scene.lines.within(name))


def _put(
    key: str,
    risk: Risk,
    exposed: Quantity | None,
    setting: Setting,
    lines: Lines,
    *,
    name: str = "risk",
    way: str = "",
) -> Quantity:
    """One risk as a cost line; `way` names one end of an improvement, which is a driver."""
    of = f"{key}.{way}" if way else key
    growth = setting.inflation if risk.growth is None else lines.clock.yearly(risk.growth)
    mean = lines.figure(mean_outcome, risk.outcomes, name=f"{name}_mean", of=of) if risk.outcomes else None
    title = risk.title or key
    if way:
        return lines.driver(expected_cost, risk, mean, exposed, growth, name=name, of=of, title=title)
    return lines.cost(expected_cost, risk, mean, exposed, growth, name=name, of=of, title=title)
