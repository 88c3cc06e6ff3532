"""Pricing: what a provider charges, step by step: units, base charge, index and productivity, minimum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from bpocalc.model.book import Lines, line
from bpocalc.model.contract import Term
from bpocalc.model.demand import Work
from bpocalc.quantity import Quantity, at_least, at_most, compounded, ratio, round_up, sum_of, where, year_total
from bpocalc.scenario.automation import Automation
from bpocalc.scenario.labor import Team
from bpocalc.scenario.pricing import (
    Blended,
    ByOutcome,
    Charge,
    Fixed,
    HeadCharge,
    HourCharge,
    Indexation,
    PerMinute,
    Tiered,
)
from bpocalc.timeline import MINUTES, MONTHS, Clock


@line("units/month")
def units(work: Work, taken: Quantity) -> Quantity:
    """Units that the provider handles."""
    return work.staffed("follow") * taken


@line("FTE")
def billed_fte(charge: HeadCharge, full: Mapping[str, Quantity], taken: Quantity, ramp: Quantity) -> Quantity:
    """Full-time equivalents billed: those stated, as the leg ramps up, or the in-house ones of the work moved."""
    if charge.fte is not None:
        return charge.fte * ramp
    teams = charge.teams or list(full)
    return sum_of(full[team] for team in teams) * taken * charge.fte_ratio


@line("hours/month")
def billed_hours(charge: HourCharge, units: Quantity | None, ramp: Quantity) -> Quantity:
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
def index(rise: Quantity, indexation: Indexation, years: Quantity) -> Quantity:
    """Indexation: the product of (1 + rise) over the contract years from the first with a rise."""
    return compounded(rise, years, indexation.first_year)


@line("factor")
def glide(fall: Quantity, years: Quantity) -> Quantity:
    """Productivity glide path: the product of (1 − productivity) over the contract years so far."""
    return compounded(fall, years, 1)


@line("hours/unit")
def billed_time(charge: PerMinute, teams: Mapping[str, Team]) -> Quantity:
    """Time of a unit that is billed: its handling time, rounded up to whole increments."""
    time = charge.handling_time
    if time is None:
        name = charge.team or next(key for key, team in teams.items() if team.handling_time is not None)
        time = teams[name].handling_time
    assert time is not None
    return at_least(time, round_up(ratio(time, charge.increment, 0)) * charge.increment)


@line("$")
def blended_rate(charge: Blended) -> Quantity:
    """Blended rate: each rate times its share."""
    return sum_of(part.share * part.rate for part in charge.parts.values())


@line("$/month")
def fte_charge(billed: Quantity, price: Quantity, per: Literal["month", "year"]) -> Quantity:
    """Full-time equivalents at their price."""
    return billed * price if per == "month" else billed * price / MONTHS


@line("$/month")
def minute_charge(units: Quantity, billed_time: Quantity, charge: PerMinute) -> Quantity:
    """Minutes billed at their price."""
    return units * billed_time * MINUTES * charge.price


@line("$/month")
def outcome_charge(units: Quantity, charge: ByOutcome) -> Quantity:
    """Outcomes at their price: units × success rate × price."""
    return units * charge.success_rate * charge.price


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


@line("share")
def automated(part: Automation, clock: Clock) -> Quantity:
    """Share of the leg's work that software does, along its own ramp."""
    return part.share * clock.ramp(part.start + part.months - 1, part.ramp)


@line("factor")
def passed_on(part: Automation, automated: Quantity) -> Quantity:
    """What the charges are multiplied by: 1 − share automated · the client's part of the gain."""
    return 1 - automated * part.client_share


def price_factor(part: Automation | None, lines: Lines) -> Quantity | None:
    """What the charges of a leg are multiplied by; None without automation."""
    if part is None:
        return None
    within = lines.within("automation")
    return within.driver(passed_on, part, within.driver(automated, part, lines.clock))


def factors_of(key: str, charge: Charge, term: Term, lines: Lines) -> list[Quantity]:
    """The index, the glide path and the renewal of a charge, as far as it has them."""
    out = []
    if charge.indexation is not None:
        rise = lines.driver(price_rise, charge.indexation, of=key)
        out.append(lines.driver(index, rise, charge.indexation, term.years, of=key))
    if charge.productivity is not None:
        fall = lines.driver(price_fall, charge, of=key)
        out.append(lines.driver(glide, fall, term.years, of=key))
    if term.renewal is not None:
        out.append(term.renewal)
    return out
