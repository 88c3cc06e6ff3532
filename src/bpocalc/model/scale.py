"""Scale: prices that fall with volume and experience, and discounts on a provider's charges of a contract year."""

from __future__ import annotations

from collections.abc import Sequence

from bpocalc.model.book import Lines, line
from bpocalc.quantity import (
    ONE,
    Quantity,
    apply,
    at_least,
    at_most,
    previous,
    ratio,
    running_total,
    sum_of,
    where,
    year_total,
)
from bpocalc.scenario.scale import Elasticity, Learning, VolumeDiscount
from bpocalc.timeline import MONTHS, Clock


@line("units/month")
def full_units(volume: Quantity, share: Quantity) -> Quantity:
    """Units of the leg at its full share, ramped up or not."""
    return volume * share


@line("factor")
def economy(full_units: Quantity, elasticity: Elasticity) -> Quantity:
    """Economies of scale: (volume at which the price holds ÷ units at full share)^exponent; without units no change."""
    return ratio(elasticity.at, full_units, 1) ** elasticity.exponent


@line("")
def learning_exponent(learning: Learning) -> Quantity:
    """Exponent of the learning curve: the logarithm, to the base of a doubling, of what is left of the price."""
    return apply("log", learning.rate) / apply("log", ONE + ONE)


@line("units")
def units_so_far(units: Quantity) -> Quantity:
    """Units that the provider has handled so far."""
    return running_total(units)


@line("")
def experience(units_so_far: Quantity, exponent: Quantity) -> Quantity:
    """Experience: the units so far to the power of 1 + exponent."""
    return units_so_far ** (1 + exponent)


@line("units/month")
def learned_units(experience: Quantity, exponent: Quantity, learning: Learning) -> Quantity:
    """Units as they count at the price: fewer, the more have been handled.

    first^(−b) · (C^(1 + b) − C'^(1 + b)), C and C' being the units up to this month and up to the last, b the exponent;
    on the curve of the single unit divided by 1 + b.
    """
    counted = learning.first ** (0 - exponent) * (experience - previous(experience, 0))
    return counted if learning.curve == "cumulative_average" else counted / (1 + exponent)


def learned(name: str, learning: Learning | None, units: Quantity, lines: Lines) -> Quantity:
    """The units of a charge as they count at its price."""
    if learning is None:
        return units
    exponent = lines.driver(learning_exponent, learning, of=name)
    so_far = lines.driver(units_so_far, units, of=name)
    known = lines.driver(experience, so_far, exponent, of=name)
    return lines.driver(learned_units, known, exponent, learning, of=name)


@line("$/month")
def spend(charges: Sequence[Quantity]) -> Quantity:
    """What the provider charges before discount."""
    return sum_of(charges)


@line("$/year")
def year_spend(spend: Quantity, clock: Clock) -> Quantity:
    """What the provider charges in the contract year, before discount."""
    return year_total(spend, clock.year)


@line("$/year")
def year_discount(year_spend: Quantity, discount: VolumeDiscount, clock: Clock) -> Quantity:
    """Discount of the contract year, by slice of the spend or one rate for all of it.

    A part year has its part of the edges.
    """
    part = clock.year_length / MONTHS
    edges = [tier.above * part for tier in discount.tiers]
    rates = [tier.rate for tier in discount.tiers]
    if discount.by == "whole":
        rate: Quantity | float = 0
        for edge, tier in zip(edges, rates, strict=True):
            rate = where(year_spend > edge, tier, rate)
        return year_spend * rate
    slices = []
    for number, (edge, rate_of_slice) in enumerate(zip(edges, rates, strict=True)):
        upper = at_most(year_spend, edges[number + 1]) if number + 1 < len(edges) else year_spend
        slices.append(rate_of_slice * at_least(upper - edge, 0))
    return sum_of(slices)


@line("$/month", "fees")
def volume_discount(spend: Quantity, year_spend: Quantity, year_discount: Quantity) -> Quantity:
    """Volume discount, taken off each month in proportion to its charges."""
    return 0 - spend * ratio(year_discount, year_spend, 0)
