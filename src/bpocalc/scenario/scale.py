"""Scale: what more volume makes cheaper, unit by unit and over a contract year."""

from typing import Annotated, Literal

from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import In
from bpocalc.scenario.parts import Part, Share


class Elasticity(Part):
    """A price that falls as the volume grows."""

    exponent: Annotated[Quantity, In("factor", ge=0, le=1)]
    """The price is multiplied by (volume of the leg at full share ÷ `at`) to the power of minus this."""
    at: Annotated[Quantity, In("units/month", gt=0)]
    """Volume at which the price holds."""


class Learning(Part):
    """A price that falls with every doubling of the units handled so far."""

    rate: Annotated[Quantity, In("share", gt=0.5, le=1)]
    """What of the price is left when the units handled so far have doubled."""
    curve: Literal["unit", "cumulative_average"]
    """Whether the rate is that of the next unit's price, or of the average price of all units so far."""
    first: Annotated[Quantity, In("units", gt=0)]
    """Units handled when the price holds: for that unit, or on average up to it."""


class DiscountTier(Part):
    """A discount from an amount of spend on."""

    above: Annotated[Quantity, In("$/year", ge=0)]
    """Spend of a contract year above which the discount holds."""
    rate: Share
    """Share of the spend that is given back."""


class VolumeDiscount(Part):
    """A discount on the provider's charges of a contract year, before discount."""

    by: Literal["slice", "whole"]
    """Whether each rate holds for its slice of spend, or one rate for all of it."""
    tiers: list[DiscountTier]
    """The tiers, from the lowest up."""
