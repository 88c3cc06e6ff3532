"""Pricing: what a provider charges, step by step: units, base charge, index and productivity, minimum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bpocalc.model.book import Lines, line
from bpocalc.model.demand import Work
from bpocalc.quantity import Quantity, at_least, at_most, compounded, ratio, sum_of, where, year_total
from bpocalc.scenario.pricing import Charge, Fixed, Indexation, PerFte, PerHour, Tiered
from bpocalc.timeline import MONTHS, Clock


@line("units/month")
def units(work: Work, taken: Quantity) -> Quantity:
    """Units that the provider handles."""
    return work.staffed("follow") * taken


@line("FTE")
def billed_fte(charge: PerFte, full: Mapping[str, Quantity], taken: Quantity, ramp: Quantity) -> Quantity:
    """Full-time equivalents billed: those stated, as the leg ramps up, or the in-house ones of the work moved."""
    if charge.fte is not None:
        return charge.fte * ramp
    teams = charge.teams or list(full)
    return sum_of(full[team] for team in teams) * taken * charge.fte_ratio


@line("hours/month")
def billed_hours(charge: PerHour, units: Quantity | None, ramp: Quantity) -> Quantity:
    """Hours billed: hours on task over the utilisation. Paying for logged-in hours raises the rate by 1/utilisation."""
    if charge.hours is not None:
        return charge.hours * ramp / charge.utilisation
    assert units is not None
    assert charge.handling_time is not None
    return units * charge.handling_time / charge.utilisation


@line("share")
def price_rise(indexation: Indexation) -> Quantity:
    """Rise of the price in a year: the share of the index passed on, up to the cap."""
    passed = indexation.passed_on * indexation.rate
    return passed if indexation.cap is None else at_most(passed, indexation.cap)


@line("share")
def price_fall(charge: Charge) -> Quantity:
    """Contracted change of the price in a year: the productivity glide path, as a fall."""
    assert charge.productivity is not None
    return 0 - charge.productivity


@line("factor")
def index(rise: Quantity, indexation: Indexation, clock: Clock) -> Quantity:
    """Indexation: the product of (1 + rise) over the contract years from the first with a rise."""
    return compounded(rise, clock.year, indexation.first_year)


@line("factor")
def glide(fall: Quantity, clock: Clock) -> Quantity:
    """Productivity glide path: the product of (1 − productivity) over the contract years so far."""
    return compounded(fall, clock.year, 1)


@line("$/month")
def fte_charge(billed: Quantity, charge: PerFte) -> Quantity:
    """Full-time equivalents at their price."""
    return billed * charge.price if charge.per == "month" else billed * charge.price / MONTHS


@line("$/month")
def price_times(quantity: Quantity, price: Quantity) -> Quantity:
    """Units or hours at their price."""
    return quantity * price


@line("$/month")
def fixed_fee(charge: Fixed, ramp: Quantity) -> Quantity:
    """Fixed fee, as the leg ramps up."""
    return charge.amount * ramp if charge.per == "month" else charge.amount / MONTHS * ramp


@line("units")
def tier_units(units: Quantity, clock: Clock) -> Quantity:
    """Units that the tiers count: those of the contract year."""
    return year_total(units, clock.year)


@line("factor")
def tier_scale(ramp: Quantity, clock: Clock) -> Quantity:
    """What the tiers' edges are multiplied by: the ramp of the year's months, a part year in proportion."""
    return year_total(ramp, clock.year) / MONTHS


@line("$")
def tiered_price(counted: Quantity, scale: Quantity, charge: Tiered) -> Quantity:
    """Price of all units that the tiers count, by slice or at one price for all; edges grow with the ramp."""
    tiers = charge.tiers
    edges = [tier.above * scale for tier in tiers]
    if charge.by == "whole":
        price = tiers[0].price
        for edge, tier in zip(edges[1:], tiers[1:], strict=True):
            price = where(counted > edge, tier.price, price)
        return counted * price
    slices = []
    for number, tier in enumerate(tiers):
        upper = at_most(counted, edges[number + 1]) if number + 1 < len(tiers) else counted
        slices.append(tier.price * at_least(upper - edges[number], 0))
    return sum_of(slices)


@line("$/month")
def tiered_charge(units: Quantity, counted: Quantity, priced: Quantity) -> Quantity:
    """Tiered price of the contract year, charged in proportion to the month's units."""
    return units * ratio(priced, counted, 0)


@line("$/month", "fees")
def charge_line(base: Quantity, factors: Sequence[Quantity]) -> Quantity:
    """Charge of the provider: base charge × indexation × productivity."""
    for factor in factors:
        base = base * factor
    return base


@line("$/month")
def floor(charge: Charge, ramp: Quantity) -> Quantity:
    """Minimum charge, as the leg ramps up."""
    assert charge.minimum is not None
    return charge.minimum * ramp


@line("$/month", "fees")
def shortfall(floor: Quantity, charged: Quantity, charge: Charge, clock: Clock) -> Quantity:
    """What the charge falls short of its minimum, month by month or settled at the end of the contract year."""
    if charge.settled == "month":
        return at_least(floor - charged, 0)
    return clock.closing * at_least(year_total(floor, clock.year) - year_total(charged, clock.year), 0)


def factors_of(key: str, charge: Charge, lines: Lines) -> list[Quantity]:
    """The index and the glide path of a charge, as far as it has them."""
    out = []
    if charge.indexation is not None:
        rise = lines.driver(price_rise, charge.indexation, of=key)
        out.append(lines.driver(index, rise, charge.indexation, lines.clock, of=key))
    if charge.productivity is not None:
        fall = lines.driver(price_fall, charge, of=key)
        out.append(lines.driver(glide, fall, lines.clock, of=key))
    return out
