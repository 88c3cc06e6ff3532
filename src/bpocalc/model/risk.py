"""Risk: what may go wrong costs its average, on both sides; the comparison shows its results with and without it."""

from __future__ import annotations

from bpocalc.model.book import Lines, line
from bpocalc.model.improved import blended_line, same
from bpocalc.model.scene import Scene
from bpocalc.model.side import Setting
from bpocalc.quantity import ONE, ZERO, Quantity, apply, sum_of
from bpocalc.scenario.option import InHouse
from bpocalc.scenario.risk import LegRisk, Outcome, Risk
from bpocalc.timeline import MONTHS, Clock


@line("events/month")
def risk_events(probability: Quantity, clock: Clock) -> Quantity:
    """Events of a risk, on average as many as its probability a year ÷ 12; a simulation draws them month by month."""
    return apply("chance", probability / MONTHS, clock.month)


@line("share")
def risk_years(probability: Quantity, clock: Clock) -> Quantity:
    """Years that end in an outcome, on average as many as its probability; a simulation draws one for each year."""
    return apply("chance", probability, clock.year)


@line("$/year")
def mean_outcome(outcomes: list[Outcome], shares: list[Quantity]) -> Quantity:
    """What a year costs: each outcome times the share of years that end in it."""
    return sum_of(outcome.cost * share for outcome, share in zip(outcomes, shares, strict=True))


@line("$/month", "risk")
def expected_cost(risk: Risk, due: Quantity, exposed: Quantity | None, growth: Quantity) -> Quantity:
    """What a risk costs: events × impact, or a twelfth of the year's outcome, as far as the work is exposed to it.

    In an option the in-house risk falls with the work that stays, and that of a leg rises with its ramp; the provider
    bears a share of it.
    """
    monthly = due / MONTHS if risk.impact is None else due * risk.impact
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
    title = risk.title or key
    due = _due(risk, lines, name, of)
    if way:
        return lines.driver(expected_cost, risk, due, exposed, growth, name=name, of=of, title=title)
    return lines.cost(expected_cost, risk, due, exposed, growth, name=name, of=of, title=title)


def _due(risk: Risk, lines: Lines, name: str, of: str) -> Quantity:
    """The events of a risk a month, or what its outcomes cost a year."""
    clock = lines.clock
    if risk.probability is not None:
        return lines.driver(risk_events, risk.probability, clock, name=f"{name}_events", of=of)
    shares = [
        lines.driver(risk_years, outcome.probability, clock, name=f"{name}_years", of=f"{of}.{number}")
        for number, outcome in enumerate(risk.outcomes, 1)
    ]
    return lines.driver(mean_outcome, risk.outcomes, shares, name=f"{name}_mean", of=of)
