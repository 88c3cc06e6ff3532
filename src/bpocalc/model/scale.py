"""Scale: discounts on a provider's charges of a contract year."""

from __future__ import annotations

from collections.abc import Sequence

from bpocalc.model.book import line
from bpocalc.quantity import Quantity, at_least, at_most, ratio, sum_of, where, year_total
from bpocalc.scenario.scale import VolumeDiscount
from bpocalc.timeline import MONTHS, Clock


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
