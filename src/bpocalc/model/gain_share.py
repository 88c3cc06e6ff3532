"""Gain share: what the provider earns by staying below a cost that was agreed, and pays back by exceeding it."""

from __future__ import annotations

from collections.abc import Sequence

from bpocalc.model.book import Lines, line
from bpocalc.quantity import Quantity, at_least, between, ratio, sum_of, where, year_total
from bpocalc.scenario.gain_share import GainShare
from bpocalc.timeline import MONTHS, Clock


@line("$/month")
def leg_charges(charges: Sequence[Quantity]) -> Quantity:
    """What is charged for the leg, before the volume discount."""
    return sum_of(charges)


@line("$/month")
def discounted_charges(charges: Quantity, spend: Quantity, discount: Quantity) -> Quantity:
    """What is charged for the leg, with its part of the volume discount taken off."""
    return charges + discount * ratio(charges, spend, 0)


@line("$/month")
def run_before(lines: Sequence[Quantity]) -> Quantity:
    """Run cost of the option before governance and gain shares."""
    return sum_of(lines)


@line("$/month")
def run_measured(run: Quantity, ramp: Quantity) -> Quantity:
    """Run cost that is measured, as far as the leg is ramped up."""
    return run * ramp


@line("factor")
def gain_scale(ramp: Quantity, clock: Clock) -> Quantity:
    """What target, floor and cap are multiplied by: the ramp of the year's months, a part year in proportion."""
    return year_total(ramp, clock.year) / MONTHS


@line("$/year")
def below_target(measured: Quantity, scale: Quantity, charge: GainShare, clock: Clock) -> Quantity:
    """What the cost of the contract year stays below its target."""
    return charge.target * scale - year_total(measured, clock.year)


@line("$/month", "fees")
def gain_share(below: Quantity, scale: Quantity, charge: GainShare, clock: Clock) -> Quantity:
    """Gain share: the provider's part of what stays below target, within floor and cap, in the year's last month."""
    part, least = charge.provider_keeps * below, 0 - charge.floor * scale
    within = at_least(part, least) if charge.cap is None else between(part, least, charge.cap * scale)
    return where(clock.closing, within, 0)


def shared(name: str, charge: GainShare, measured: Quantity, scale: Quantity, lines: Lines) -> Quantity:
    """The cost line of one gain share."""
    below = lines.driver(below_target, measured, scale, charge, lines.clock, of=name)
    title = charge.title or name
    return lines.cost(gain_share, below, scale, charge, lines.clock, name=f"charges.{name}", title=title)
