"""Bands: a charge for a contracted volume, more for each unit above it and less for each unit below (ARC and RRC)."""

from __future__ import annotations

from collections.abc import Sequence

from bpocalc.model.book import Lines, line
from bpocalc.quantity import Quantity, at_least, sum_of, where
from bpocalc.scenario.banded import Band, Banded


@line("units/month")
def contracted(charge: Banded, ramp: Quantity) -> Quantity:
    """Contracted volume, as the leg ramps up."""
    return charge.baseline * ramp


@line("units/month")
def additional(units: Quantity, contracted: Quantity, charge: Banded) -> Quantity:
    """Units above the deadband, counted from its edge; or, once they are beyond it, from the contracted volume."""
    edge = contracted * (1 + charge.deadband)
    if charge.excess_over == "edge":
        return at_least(units - edge, 0)
    return where(units > edge, units - contracted, 0)


@line("units/month")
def reduced(units: Quantity, contracted: Quantity, charge: Banded) -> Quantity:
    """Units below the deadband, counted from its edge; or, once they are beyond it, from the contracted volume."""
    edge = contracted * (1 - charge.deadband)
    if charge.excess_over == "edge":
        return at_least(edge - units, 0)
    return where(units < edge, contracted - units, 0)


@line("units/month")
def further_above(units: Quantity, contracted: Quantity, band: Band) -> Quantity:
    """Units above the distance to the contracted volume at which another band begins."""
    return at_least(units - contracted * (1 + band.beyond), 0)


@line("units/month")
def further_below(units: Quantity, contracted: Quantity, band: Band) -> Quantity:
    """Units below the distance to the contracted volume at which another band begins."""
    return at_least(contracted * (1 - band.beyond) - units, 0)


def by_band(steps: Sequence[tuple[Quantity, Quantity]]) -> Quantity:
    """Units of each band at its price; a step holds the units from where a band begins, and its price."""
    ends = [units for units, _ in steps[1:]]
    slices = [price * (units - end) for (units, price), end in zip(steps, ends, strict=False)]
    units, price = steps[-1]
    return sum_of([*slices, price * units])


@line("$/month")
def resource_charge(steps: Sequence[tuple[Quantity, Quantity]]) -> Quantity:
    """Additional resource charge: the units above, those of each band at its price."""
    return by_band(steps)


@line("$/month")
def resource_credit(steps: Sequence[tuple[Quantity, Quantity]]) -> Quantity:
    """Reduced resource credit: the units below, those of each band at its price."""
    return by_band(steps)


@line("$/month")
def banded_charge(charge: Banded, ramp: Quantity, more: Quantity, less: Quantity) -> Quantity:
    """Charge for the contracted volume, with the additional charge and less the credit."""
    return charge.amount * ramp + more - less


def banded(name: str, charge: Banded, units: Quantity, ramp: Quantity, lines: Lines) -> Quantity:
    """What is charged at the base price for the units that the provider handles."""
    agreed = lines.driver(contracted, charge, ramp, of=name)
    above = [(lines.driver(additional, units, agreed, charge, of=name), charge.arc)]
    below = [(lines.driver(reduced, units, agreed, charge, of=name), charge.rrc)]
    for number, band in enumerate(charge.bands, 1):
        of = f"{name}.{number}"
        if band.arc is not None:
            above.append((lines.driver(further_above, units, agreed, band, of=of), band.arc))
        if band.rrc is not None:
            below.append((lines.driver(further_below, units, agreed, band, of=of), band.rrc))
    more = lines.driver(resource_charge, above, of=name)
    less = lines.driver(resource_credit, below, of=name)
    return lines.driver(banded_charge, charge, ramp, more, less, of=name, name="base")
